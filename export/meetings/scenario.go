package meetings

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"plenary/export/original"
	"plenary/model/calendar"
	"plenary/model/diag"
)

// station is where all meetings are held.
const station = "centre"

// mostSlots is how many slots a scenario may have.
const mostSlots = 96

func (s *Schedule) roomIDs() []string {
	var names []string
	for _, r := range s.Rooms {
		names = append(names, r.Name)
	}
	return original.Titles(names)
}

func (s *Schedule) meetingIDs() []string {
	var names []string
	for _, m := range s.Meetings {
		names = append(names, m.Topic)
	}
	return original.IDs(names)
}

// day gives the position of a day, -1 when it is none of the file.
func (s *Schedule) day(day calendar.Day) int {
	return slices.IndexFunc(s.Days, func(d Day) bool { return d.Day == day })
}

// slot is a time at which a grain starts on some days.
type slot struct {
	id   string
	from calendar.Clock
	on   []calendar.Day
}

// slots gives the times of the grains, in order of the day.
func (s *Schedule) slots() []slot {
	var out []slot
	for _, g := range s.Grains {
		at, there := find(out, g.From)
		if !there {
			out = slices.Insert(out, at, slot{id: "at-" + strings.ReplaceAll(g.From.String(), ":", ""), from: g.From})
		}
		out[at].on = append(out[at].on, s.Days[g.Day].Day)
	}
	return out
}

// find gives where the slot from then stands or would stand.
func find(slots []slot, from calendar.Clock) (int, bool) {
	return slices.BinarySearchFunc(slots, from, func(x slot, from calendar.Clock) int { return int(x.from - from) })
}

// Scenario states the file as a scenario: each meeting is a session of so many
// quarters of an hour; hard constraints are hard, medium is tier 1, soft tier 2.
func (s *Schedule) Scenario() (original.Scenario, diag.List) {
	if problems := s.stated(); len(problems) > 0 {
		return original.Scenario{}, problems
	}
	var b strings.Builder
	fmt.Fprintf(&b, "plenary: 1\ntitle: %s\n", original.Text("Meetings of "+filepath.Base(s.File)))
	fmt.Fprintf(&b, "period: %s\n\n", calendar.Range{First: s.Days[0].Day, Last: s.Days[len(s.Days)-1].Day})
	b.WriteString("slots: # a quarter of an hour each\n")
	for _, slot := range s.slots() {
		times := fmt.Sprintf("%s-%s", slot.from, slot.from+GrainMinutes)
		if len(slot.on) == len(s.Days) && s.everyDay() {
			fmt.Fprintf(&b, "  %s: %s\n", slot.id, times)
		} else {
			fmt.Fprintf(&b, "  %s: {times: %s, on: %s}\n", slot.id, times, original.Days(slot.on))
		}
	}
	fmt.Fprintf(&b, "\nstations:\n  %s:\n    title: Conference centre\n    zone: UTC\n    week: mon-sun\n    rooms:\n", station)
	for r, id := range s.roomIDs() {
		fmt.Fprintf(&b, "      %s: {seats: %d}\n", original.Text(id), s.Rooms[r].Seats)
	}
	people := original.IDs(s.People)
	b.WriteString("\npeople:\n")
	for p, id := range people {
		fmt.Fprintf(&b, "  %s: {title: %s}\n", original.Text(id), original.Text(s.People[p]))
	}
	b.WriteString("\nsessions: # people must be there, those invited would like to be\n")
	for i, id := range s.meetingIDs() {
		s.session(&b, id, s.Meetings[i], people)
	}
	b.WriteString("\npriorities:\n  - nobody invited misses a meeting\n  - early, with breaks, little at the same time, in large rooms\n")
	s.prices(&b)
	return original.Scenario{Text: []byte(b.String()), Levels: levels, Offsets: []int64{0, 0}}, nil
}

// everyDay tells whether meetings can be held on every day of the period.
func (s *Schedule) everyDay() bool {
	return int(s.Days[len(s.Days)-1].Day-s.Days[0].Day) == len(s.Days)-1
}

// stated gives what the language cannot say of this file.
func (s *Schedule) stated() (problems diag.List) {
	at := diag.Place{File: s.File + ":Configuration"}
	for _, name := range []string{roomConflict, overtime, sameDay} {
		if s.Weights[name] == 0 {
			problems.Add(at, fmt.Sprintf("%q has weight 0", name), "Plenary always keeps to this: give it a weight of 1 or more")
		}
	}
	if s.Weights[mixedConflict] != s.Weights[preferredConflict] {
		problems.Add(at, fmt.Sprintf("%q and %q have different weights", mixedConflict, preferredConflict), "give both the same weight: Plenary prices every clash of somebody invited alike")
	}
	largest := 0
	for _, r := range s.Rooms {
		largest = max(largest, r.Seats)
	}
	for _, m := range s.Meetings {
		if m.Seats() > largest && s.Weights[roomCapacity] > 0 {
			problems.Add(diag.Place{File: s.File + ":Meetings"}, fmt.Sprintf("%q needs %d seats; the largest room has %d", diag.Shorten(m.Topic), m.Seats(), largest), "no plan can mend that: add a room, or ask fewer people")
		}
	}
	slots := s.slots()
	if len(slots) > mostSlots {
		problems.Add(diag.Place{File: s.File + ":Days"}, fmt.Sprintf("meetings start at %d different times of the day; %d is the most", len(slots), mostSlots), "let all days start at a quarter of an hour")
	}
	for _, slot := range slots {
		if slot.from+GrainMinutes > 24*60 {
			problems.Add(diag.Place{File: s.File + ":Days"}, "a day runs past midnight", "let it end before midnight")
		}
	}
	return problems
}

// session writes one meeting.
func (s *Schedule) session(b *strings.Builder, id string, m Meeting, people []string) {
	unit := "slots"
	if m.Grains == 1 {
		unit = "slot"
	}
	fmt.Fprintf(b, "  - id: %s\n    title: %s\n    at: %s\n    lasts: %d %s\n", original.Text(id), original.Text(m.Topic), station, m.Grains, unit)
	names := func(list []int) (out []string) {
		for _, p := range list {
			out = append(out, people[p])
		}
		return out
	}
	musts, invited := names(m.musts()), names(m.Preferred)
	if s.Weights[requiredConflict] == 0 { // their clashes cost nothing
		musts = nil
	}
	if len(musts) > 0 {
		fmt.Fprintf(b, "    people: %s\n", original.List(14, musts))
	}
	if len(invited) > 0 {
		fmt.Fprintf(b, "    invited: %s\n", original.List(15, invited))
	}
	if m.Seats() > 0 && s.Weights[roomCapacity] > 0 {
		fmt.Fprintf(b, "    room: {seats: %d}\n", m.Seats())
	}
}

// prices writes the soft constraints.
func (s *Schedule) prices(b *strings.Builder) {
	var out strings.Builder
	rule := func(note, name, format string, tier int) {
		if w := s.Weights[name]; w > 0 {
			fmt.Fprintf(&out, "  # %s\n  - "+format+"\n", note, fmt.Sprintf("tier: %d, weight: %d", tier, w))
		}
	}
	if slices.ContainsFunc(s.Meetings, func(m Meeting) bool { return len(m.Preferred) > 0 }) {
		rule("Somebody invited is wanted elsewhere, for each quarter of an hour.", mixedConflict, `attendance: {of: "*", %s}`, 1)
	}
	rule("Each meeting ends as early as it can.", soon, `early: {of: "*", %s}`, 2)
	rule("A quarter of an hour between two meetings that follow each other.", oneBreak, `pause: {of: "*", at-least: 1 slot, %s}`, 2)
	rule("Meetings at the same time, for each quarter of an hour.", overlapping, `overlap: {of: "*", %s}`, 2)
	rule("Larger rooms first: seats that larger rooms have more.", largerRooms, `larger-rooms-first: {of: "*", %s}`, 2)
	rule("Nobody changes rooms between meetings that follow each other within half an hour.", roomStability, `room-change: {of: "*", within: 2 slots, %s}`, 2)
	if out.Len() > 0 {
		b.WriteString("\nrules:\n" + out.String())
	}
}
