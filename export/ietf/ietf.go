package ietf

import (
	"time"

	"plenary/export/original"
	"plenary/model/calendar"
)

// Meeting is one meeting of the IETF.
type Meeting struct {
	File     string
	Title    string
	Day0     calendar.Day // the day that is number 0 in the file
	Rooms    []Room       // those with a capacity
	Times    []Time       // regular timeslots, in order, without the first Sunday
	Sessions []Session    // those that are held
	// Soft asks Scenario for a scenario in which every penalty is a price, in
	// tiers, and sessions can be left out.
	Soft bool
}

// Room is a room in which sessions can be held.
type Room struct {
	Name  string
	Seats int
}

// Time is a timeslot: the same day, start and length in some rooms.
type Time struct {
	Day     calendar.Day
	Name    string
	Start   calendar.Clock
	Minutes int
	Rooms   map[int]bool // positions in Meeting.Rooms
}

// end gives the time at which it is over.
func (t Time) end() calendar.Clock { return t.Start + calendar.Clock(t.Minutes) }

// overlaps tells whether two timeslots have a part in common.
func (t Time) overlaps(o Time) bool {
	return t.Day == o.Day && t.Start < o.end() && o.Start < t.end()
}

// Session is what a group asks for, with what it asks of the schedule: what one
// session of a group says holds for all of its sessions.
type Session struct {
	ID        int
	Group     string
	Minutes   int // as asked for, trimmed to the longest timeslot there is
	Attendees int // as asked for, trimmed to the largest room there is
	Trimmed   bool
	Joint     []string // groups with which it is held; not counted
	Asks      *Asks    // of the group
}

// Asks is what a group asks of the schedule.
type Asks struct {
	Conflicts    map[Conflict][]string // groups that it must not overlap, by kind
	People       []int                 // who must be there
	Unavailable  []Range
	TimeRelation string // SubsequentDays, OneDayApart or ""
	Adjacent     string // the group next to whose session it wants to be
}

// Conflict is a kind of conflict between groups.
type Conflict string

// The kinds of conflict, as the datatracker names them.
const (
	Chair      Conflict = "chair_conflict"
	Key        Conflict = "key_participant"
	Technology Conflict = "tech_overlap"
)

// The relations between the two sessions of a group, as the datatracker spells
// them.
const (
	SubsequentDays = "subsequent-days"
	OneDayApart    = "one-day-seperation" //nolint:misspell // the datatracker spells it so
)

// Range is a part of a day of the week.
type Range struct {
	Weekday time.Weekday
	Part    string // morning, afternoon-early or afternoon-late
}

// rangeOf gives the part of the week in which a timeslot starts.
func rangeOf(t Time) Range {
	part := "afternoon-late"
	switch {
	case t.Start < 12*60+30:
		part = "morning"
	case t.Start < 15*60+30:
		part = "afternoon-early"
	}
	return Range{t.Day.Weekday(), part}
}

// Penalties of the datatracker's builder for one violation.
const (
	PenaltyUnavailable = 1_000_000 // in a part of the week that the group excluded
	PenaltyConflict    = 100_000   // chair or key participant conflict
	PenaltyFit         = 100_000   // room too small, or timeslot too short
	PenaltyOrder       = 100_000   // sessions of a group out of the order of their numbers
	PenaltyTechnology  = 10_000    // technology overlap
	PenaltyPerson      = 10_000    // somebody who must be there is in two sessions at once
	PenaltyDays        = 1_000     // days of the two sessions of a group
	PenaltyAdjacent    = 1_000     // not next to the group it asked for
)

// adjacentMinutes is the longest pause between sessions next to each other.
const adjacentMinutes = 30

// of gives the positions of the sessions of a group.
func (m *Meeting) of(group string) []int {
	var out []int
	for i, s := range m.Sessions {
		if s.Group == group {
			out = append(out, i)
		}
	}
	return out
}

// groups gives the groups that have sessions, in order of the sessions.
func (m *Meeting) groups() []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range m.Sessions {
		if !seen[s.Group] {
			seen[s.Group] = true
			out = append(out, s.Group)
		}
	}
	return out
}

var _ original.Instance = (*Meeting)(nil)

// Limits of what is read.
const (
	MostSessions  = 1000
	MostRooms     = 200
	MostTimeslots = 10_000
	mostNumber    = 1_000_000
)
