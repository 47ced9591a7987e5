package ietf

import (
	"fmt"
	"slices"
	"strings"

	"plenary/export/original"
	"plenary/model/calendar"
	"plenary/model/diag"
)

// station is where all sessions are held.
const station = "venue"

// mostSlots is how many slots a scenario may have.
const mostSlots = 96

func (m *Meeting) roomIDs() []string {
	var names []string
	for _, r := range m.Rooms {
		names = append(names, r.Name)
	}
	return original.Titles(names)
}

func (m *Meeting) timeIDs() []string {
	var names []string
	for _, t := range m.Times {
		names = append(names, strings.ToLower(t.Day.Weekday().String()[:3])+"-"+strings.ReplaceAll(t.Start.String(), ":", ""))
	}
	return original.IDs(names)
}

// sessionIDs gives the group, with a number where it has several sessions.
func (m *Meeting) sessionIDs() []string {
	var names []string
	for i, s := range m.Sessions {
		of := m.of(s.Group)
		if len(of) == 1 {
			names = append(names, s.Group)
		} else {
			names = append(names, fmt.Sprintf("%s-%d", s.Group, slices.Index(of, i)+1))
		}
	}
	return original.IDs(names)
}

// writing is one run of Scenario.
type writing struct {
	*Meeting
	b        strings.Builder
	sessions []string // ids
	times    []string
}

// Scenario states the session requests as a scenario. Everything that the
// builder has a penalty for is hard; where Soft is set, it is priced: sessions
// left out in the first tier, then one tier for each size of penalty, 1 for each
// violation. Rooms, lengths and two sessions of a group at once are hard always.
func (m *Meeting) Scenario() (original.Scenario, diag.List) {
	if n := len(m.Times); n > mostSlots {
		var problems diag.List
		problems.Add(diag.Place{File: m.File}, fmt.Sprintf("the meeting has %d different timeslots; %d is the most", n, mostSlots), "take timeslots out")
		return original.Scenario{}, problems
	}
	w := &writing{Meeting: m, sessions: m.sessionIDs(), times: m.timeIDs()}
	first, last := m.Times[0].Day, m.Times[len(m.Times)-1].Day
	fmt.Fprintf(&w.b, "plenary: 1\ntitle: %s\nperiod: %s\n\nslots:\n", original.Text(m.Title), calendar.Range{First: first, Last: last})
	for i, t := range m.Times {
		fmt.Fprintf(&w.b, "  %s: {times: %s-%s, on: %s}\n", w.times[i], t.Start, t.end(), t.Day)
	}
	w.rooms()
	people := w.people()
	w.b.WriteString("\nsessions:\n")
	for i := range m.Sessions {
		w.session(i, people)
	}
	out := original.Scenario{}
	if m.Soft {
		out.Levels, out.Offsets = levels, make([]int64, len(levels))
		w.b.WriteString("\npriorities: # with the penalty that the IETF's own builder has for one\n  - sessions held\n  - no excluded times (1,000,000)\n" +
			"  - no conflicts of chairs and key participants, in order, in rooms large enough (100,000)\n" +
			"  - no technology overlaps, nobody in two sessions at once (10,000)\n  - days apart and sessions next to each other (1,000)\n")
	}
	w.rules(len(people) > 0)
	out.Text = []byte(w.b.String())
	return out, nil
}

func (w *writing) rooms() {
	fmt.Fprintf(&w.b, "\nstations:\n  %s:\n    title: Venue\n    zone: UTC\n    week: mon-sun\n    rooms:\n", station)
	for r, id := range w.roomIDs() {
		closed := map[calendar.Day][]string{}
		var order []calendar.Day
		for i, t := range w.Times {
			if !t.Rooms[r] {
				if closed[t.Day] == nil {
					order = append(order, t.Day)
				}
				closed[t.Day] = append(closed[t.Day], w.times[i])
			}
		}
		fmt.Fprintf(&w.b, "      %s:\n        seats: %d\n", original.Text(id), w.Rooms[r].Seats)
		for i, day := range order {
			if i == 0 {
				w.b.WriteString("        closed:\n")
			}
			fmt.Fprintf(&w.b, "          - {days: %s, slots: %s}\n", day, original.List(18, closed[day]))
		}
	}
}

// people writes those who must be in several sessions, and gives their ids.
func (w *writing) people() map[int]string {
	sessions := map[int]int{}
	for _, s := range w.Sessions {
		for _, p := range s.Asks.People {
			sessions[p]++
		}
	}
	out := map[int]string{}
	var order []int
	for p, n := range sessions {
		if n > 1 {
			out[p] = fmt.Sprintf("person-%d", p)
			order = append(order, p)
		}
	}
	slices.Sort(order)
	for i, p := range order {
		if i == 0 {
			w.b.WriteString("\npeople: # asked for in several sessions\n")
		}
		fmt.Fprintf(&w.b, "  %s: {title: Person %d}\n", out[p], p)
	}
	return out
}

func (w *writing) session(i int, people map[int]string) {
	s := w.Sessions[i]
	title := s.Group
	if of := w.of(s.Group); len(of) > 1 {
		title = fmt.Sprintf("%s, session %d of %d", s.Group, slices.Index(of, i)+1, len(of))
	}
	fmt.Fprintf(&w.b, "  - id: %s\n    title: %s\n    at: %s\n    lasts: %d minutes\n", original.Text(w.sessions[i]), original.Text(title), station, s.Minutes)
	if starts := w.starts(s.Minutes); starts != nil {
		fmt.Fprintf(&w.b, "    starts: %s\n", original.List(13, starts))
	}
	if len(s.Joint) > 0 || s.Trimmed {
		note := ""
		if s.Trimmed {
			note = "less than was asked for: there is no such timeslot or room"
		}
		if len(s.Joint) > 0 {
			note = strings.TrimPrefix(note+"; with "+strings.Join(s.Joint, ", "), "; ")
		}
		fmt.Fprintf(&w.b, "    note: %s\n", original.Text(note))
	}
	if w.Soft {
		w.b.WriteString("    optional: yes\n")
	} else if s.Attendees > 0 {
		fmt.Fprintf(&w.b, "    room: {seats: %d}\n", s.Attendees)
	}
	var ids []string
	for _, p := range s.Asks.People {
		if people[p] != "" {
			ids = append(ids, people[p])
		}
	}
	if len(ids) > 0 {
		word := "people"
		if w.Soft {
			word = "invited"
		}
		fmt.Fprintf(&w.b, "    %s: %s\n", word, original.List(6+len(word), ids))
	}
}

// starts gives the timeslots long enough, where a session could otherwise take
// two that follow each other at once; else nil.
func (w *writing) starts(minutes int) []string {
	var out []string
	joined := false
	for i, t := range w.Times {
		if t.Minutes >= minutes {
			out = append(out, w.times[i])
		} else if i+1 < len(w.Times) && w.Times[i+1].Day == t.Day && w.Times[i+1].Start == t.end() {
			joined = true
		}
	}
	if !joined {
		return nil
	}
	return out
}

// rule writes a rule, priced in its tier where penalties are soft.
func (w *writing) rule(tier int, kind, fields string) {
	if w.Soft {
		fields += fmt.Sprintf(", tier: %d", tier)
	}
	fmt.Fprintf(&w.b, "  - %s: {%s}\n", kind, fields)
}

func (w *writing) rules(people bool) {
	w.b.WriteString("\nrules:\n")
	if w.Soft {
		w.b.WriteString("  - held: {of: \"*\", tier: 1}\n")
	}
	for _, group := range w.groups() {
		w.group(group)
	}
	if w.Soft {
		if people {
			w.b.WriteString("\n  # Somebody who must be there is in two sessions at once.\n")
			w.rule(4, "attendance", `of: "*"`)
		}
		w.b.WriteString("\n  # Rooms large enough.\n")
		for i, s := range w.Sessions {
			if s.Attendees > 0 {
				w.rule(3, "places", fmt.Sprintf("of: %s, in: {seats: %d..}", original.Text(w.sessions[i]), s.Attendees))
			}
		}
	}
}

// group writes what a group asks for.
func (w *writing) group(group string) {
	of := w.of(group)
	asks := w.Sessions[of[0]].Asks
	list := w.list(of)
	fmt.Fprintf(&w.b, "\n  # %s\n", group)
	if len(of) > 1 {
		fmt.Fprintf(&w.b, "  - overlap: {of: %s}\n", list)
		for i := 1; i < len(of); i++ {
			w.rule(3, "in-order", fmt.Sprintf("of: %s, then: %s", original.Text(w.sessions[of[i-1]]), original.Text(w.sessions[of[i]])))
		}
		switch pair := w.list(of[:2]); asks.TimeRelation {
		case SubsequentDays:
			w.rule(5, "days-apart", "of: "+pair+", days: 1")
		case OneDayApart:
			w.rule(5, "days-apart", "of: "+pair+", never: 1")
		}
	}
	var not []string
	for i, t := range w.Times {
		if slices.Contains(asks.Unavailable, rangeOf(t)) {
			not = append(not, w.times[i])
		}
	}
	if len(not) > 0 {
		w.rule(2, "times", fmt.Sprintf("of: %s, not: {slots: %s}", list, original.List(16, not)))
	}
	for _, kind := range []struct {
		kind Conflict
		tier int
		note string
	}{{Chair, 3, chair}, {Key, 3, key}, {Technology, 4, technology}} {
		var with []int
		for _, target := range asks.Conflicts[kind.kind] {
			if target != group {
				with = append(with, w.of(target)...)
			}
		}
		if len(with) > 0 {
			slices.Sort(with)
			w.rule(kind.tier, "overlap", fmt.Sprintf("of: %s, with: %s, note: %s", list, w.list(with), kind.note))
		}
	}
	if to := w.of(asks.Adjacent); len(to) > 0 {
		w.rule(5, "next-to", fmt.Sprintf("of: %s, to: %s, within: %d minutes, same-room: yes", list, w.list(to), adjacentMinutes))
	}
}

// list writes sessions.
func (w *writing) list(sessions []int) string {
	var ids []string
	for _, s := range sessions {
		ids = append(ids, w.sessions[s])
	}
	if len(ids) == 1 {
		return original.Text(ids[0])
	}
	return original.List(16, ids)
}
