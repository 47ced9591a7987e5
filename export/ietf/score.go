package ietf

import (
	"fmt"
	"slices"

	"plenary/export/original"
	"plenary/model/plan"
)

// Assignment is where a session is held: positions in Meeting.Times and
// Meeting.Rooms, or -1 for each.
type Assignment struct{ Time, Room int }

// The parts of a score, in tiers of Soft; where they are not soft, all are hard.
const (
	leftOut     = "session left out"
	twice       = "two sessions of a group at once"
	noRoom      = "two sessions in one room at once, or a room without this timeslot"
	tooShort    = "timeslot too short"
	unavailable = "in a part of the week that the group excluded"
	chair       = "chair conflict"
	key         = "key participant conflict"
	tooSmall    = "room too small"
	order       = "sessions out of order"
	technology  = "technology overlap"
	person      = "somebody in two sessions at once"
	days        = "days of the two sessions of a group"
	adjacent    = "not next to the group it asked for"
)

// parts are the parts in order of their tiers, with the builder's penalty.
var parts = []struct {
	name    string
	tier    int // where penalties are soft
	penalty int64
}{
	{noRoom, 0, 0},
	{twice, 0, 0},
	{tooShort, 0, PenaltyFit},
	{leftOut, 1, 0},
	{unavailable, 2, PenaltyUnavailable},
	{chair, 3, PenaltyConflict},
	{key, 3, PenaltyConflict},
	{tooSmall, 3, PenaltyFit},
	{order, 3, PenaltyOrder},
	{technology, 4, PenaltyTechnology},
	{person, 4, PenaltyPerson},
	{days, 5, PenaltyDays},
	{adjacent, 5, PenaltyAdjacent},
}

// levels are the tiers where penalties are soft.
var levels = []string{"left out", "1,000,000 each", "100,000 each", "10,000 each", "1,000 each"}

// Evaluate counts the violations of an assignment: a conflict once for each
// group that declares it, a person once for each pair of sessions.
func (m *Meeting) Evaluate(assigned []Assignment) original.Score {
	amount := map[string]int{}
	for i, a := range assigned {
		s := m.Sessions[i]
		if a.Time < 0 || a.Room < 0 {
			amount[leftOut]++
			continue
		}
		t := m.Times[a.Time]
		if t.Minutes < s.Minutes {
			amount[tooShort]++
		}
		if !t.Rooms[a.Room] {
			amount[noRoom]++
		}
		if m.Rooms[a.Room].Seats < s.Attendees {
			amount[tooSmall]++
		}
		if slices.Contains(s.Asks.Unavailable, rangeOf(t)) {
			amount[unavailable]++
		}
		if others := m.of(s.Asks.Adjacent); len(others) > 0 && !m.nextTo(assigned, a, others) {
			amount[adjacent]++
		}
		for j, b := range assigned[:i] {
			if b.Time >= 0 && b.Room >= 0 && t.overlaps(m.Times[b.Time]) {
				m.clash(s, m.Sessions[j], a.Room == b.Room, amount)
			}
		}
	}
	for _, group := range m.groups() {
		m.inGroup(assigned, m.of(group), amount)
	}
	var score original.Score
	for _, p := range parts {
		level := 0
		if m.Soft {
			level = p.tier
		}
		score = append(score, original.Part{Name: p.name, Level: level, Amount: int64(amount[p.name]), Weight: 1, Penalty: p.penalty})
	}
	return score
}

// clash adds what two sessions cost that overlap.
func (m *Meeting) clash(a, b Session, sameRoom bool, amount map[string]int) {
	if sameRoom {
		amount[noRoom]++
	}
	if a.Group == b.Group {
		amount[twice]++
	}
	for _, x := range []struct {
		kind Conflict
		name string
	}{{Chair, chair}, {Key, key}, {Technology, technology}} {
		if a.Group == b.Group {
			break
		}
		if slices.Contains(a.Asks.Conflicts[x.kind], b.Group) {
			amount[x.name]++
		}
		if slices.Contains(b.Asks.Conflicts[x.kind], a.Group) {
			amount[x.name]++
		}
	}
	for _, p := range a.Asks.People {
		if slices.Contains(b.Asks.People, p) {
			amount[person]++
		}
	}
}

// nextTo tells whether one of the others is in the same room, with no more than
// 30 minutes between.
func (m *Meeting) nextTo(assigned []Assignment, a Assignment, others []int) bool {
	t := m.Times[a.Time]
	return slices.ContainsFunc(others, func(o int) bool {
		b := assigned[o]
		if b.Room != a.Room || b.Time < 0 || m.Times[b.Time].Day != t.Day {
			return false
		}
		u := m.Times[b.Time]
		between := max(t.Start-u.end(), u.Start-t.end())
		return between >= 0 && between <= adjacentMinutes
	})
}

// inGroup adds what the sessions of one group, in order of their numbers, cost
// together.
func (m *Meeting) inGroup(assigned []Assignment, sessions []int, amount map[string]int) {
	for i := 1; i < len(sessions); i++ {
		a, b := assigned[sessions[i-1]], assigned[sessions[i]]
		if a.Time < 0 || b.Time < 0 {
			continue
		}
		t, u := m.Times[a.Time], m.Times[b.Time]
		if t.Day > u.Day || t.Day == u.Day && t.end() > u.Start {
			amount[order]++
		}
		apart := max(t.Day-u.Day, u.Day-t.Day)
		relation := m.Sessions[sessions[i]].Asks.TimeRelation
		if i == 1 && (relation == SubsequentDays && apart != 1 || relation == OneDayApart && apart == 1) {
			amount[days]++
		}
	}
}

// Score counts the violations of a plan for Scenario.
func (m *Meeting) Score(p *plan.Plan) (original.Score, error) {
	assigned, err := m.Assignments(p)
	if err != nil {
		return nil, err
	}
	return m.Evaluate(assigned), nil
}

// Own tells that the file holds no schedule.
func (m *Meeting) Own() (original.Score, bool) { return nil, false }

// Assignments gives where a plan for Scenario holds the sessions.
func (m *Meeting) Assignments(p *plan.Plan) ([]Assignment, error) {
	rooms, times := original.Index(m.roomIDs()), original.Index(m.timeIDs())
	var out []Assignment
	for _, id := range m.sessionIDs() {
		a := Assignment{-1, -1}
		if session := p.Session(id); session != nil {
			place, err := original.PlaceOf(session)
			if err != nil {
				return nil, err
			}
			time, known := times[place.Slot]
			room, named := rooms[place.Room]
			if !known || !named || m.Times[time].Day != place.Day {
				return nil, fmt.Errorf("the session %s is on %s, in the slot %q and the room %q: there is no such place in the file", id, place.Day, place.Slot, place.Room)
			}
			a = Assignment{time, room}
		}
		out = append(out, a)
	}
	return out, nil
}

// Plan gives the plan for Scenario that holds the sessions so. Sessions without a
// place are left out.
func (m *Meeting) Plan(assigned []Assignment) *plan.Plan {
	ids, rooms, times := m.sessionIDs(), m.roomIDs(), m.timeIDs()
	var sessions []plan.Session
	for i, a := range assigned {
		if a.Time >= 0 && a.Room >= 0 {
			sessions = append(sessions, original.Held(ids[i], station, m.Times[a.Time].Day, []string{times[a.Time]}, rooms[a.Room]))
		}
	}
	return original.Plan(sessions)
}
