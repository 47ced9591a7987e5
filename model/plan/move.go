package plan

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/scenario"
)

// Move is one difference between two plans, in a planner's words.
type Move struct {
	ID   string // of the session or document
	What string // "held", "days", "station", "slot", "meeting", "room", "seat", "issued"
	Text string // "moves from 22 and 23 May 2017 to 24 and 25 May 2017"
}

// Moves gives what differs in the second plan from the first: what the scenario
// does not have and is withdrawn, then session by session in the order of the
// scenario, then its documents. Interpretation teams are internal and are no move.
func Moves(s *scenario.Scenario, from, to *Plan) (out []Move) {
	for i := range from.Sessions {
		if x := &from.Sessions[i]; s.Session(x.ID) < 0 && to.Session(x.ID) == nil {
			out = append(out, Move{x.ID, "held", fmt.Sprintf("is withdrawn, for the scenario no longer has it (it was on %s in %s)", calendar.Words(x.Days), stationName(s, x.Station))})
		}
	}
	for _, d := range from.Documents {
		if s.Document(d.ID) < 0 && to.Document(d.ID) == nil {
			out = append(out, Move{d.ID, "issued", fmt.Sprintf("is withdrawn, for the scenario no longer has it (it was to be issued on %s)", calendar.Words([]calendar.Day{d.Issued}))})
		}
	}
	for i := range s.Sessions {
		id := s.Sessions[i].ID
		a, b := from.Session(id), to.Session(id)
		add := func(what, text string) { out = append(out, Move{id, what, text}) }
		switch {
		case a == nil && b == nil:
		case a == nil:
			add("held", fmt.Sprintf("is held on %s in %s", calendar.Words(b.Days), stationName(s, b.Station)))
		case b == nil:
			add("held", fmt.Sprintf("is no longer held (it was on %s in %s)", calendar.Words(a.Days), stationName(s, a.Station)))
		default:
			if !slices.Equal(a.Days, b.Days) {
				add("days", fmt.Sprintf("moves from %s to %s", calendar.Words(a.Days), calendar.Words(b.Days)))
			}
			if a.Station != b.Station {
				add("station", fmt.Sprintf("moves from %s to %s", stationName(s, a.Station), stationName(s, b.Station)))
			}
			if s.Sessions[i].Short && len(a.Meetings) > 0 && len(b.Meetings) > 0 {
				if was, is := startOf(s, a.Station, a.Meetings[0]), startOf(s, b.Station, b.Meetings[0]); was != is {
					add("slot", fmt.Sprintf("starts at %s instead of %s", is, was))
				}
				// Its first slot stands for all: they are in one room.
				a, b = &Session{Station: a.Station, Meetings: a.Meetings[:1]}, &Session{Station: b.Station, Meetings: b.Meetings[:1]}
			} else if a.Station == b.Station {
				for _, text := range withinTheDay(s, a, b) {
					add("slot", text)
				}
			}
			meetingMoves(s, a, b, add)
		}
	}
	for i := range s.Documents {
		id := s.Documents[i].ID
		a, b := from.Document(id), to.Document(id)
		switch {
		case b == nil:
		case a == nil:
			out = append(out, Move{id, "issued", fmt.Sprintf("is issued on %s", calendar.Words([]calendar.Day{b.Issued}))})
		case a.Issued != b.Issued:
			out = append(out, Move{id, "issued", fmt.Sprintf("is issued on %s instead of %s", calendar.Words([]calendar.Day{b.Issued}), calendar.Words([]calendar.Day{a.Issued}))})
		}
	}
	return out
}

// withinTheDay says which meetings stay on their day and change their slot.
func withinTheDay(s *scenario.Scenario, a, b *Session) (out []string) {
	for _, m := range a.Meetings {
		i := slices.IndexFunc(b.Meetings, func(x Meeting) bool { return x.Kind == m.Kind && x.Number == m.Number && x.Day == m.Day })
		if i < 0 || b.Meetings[i].Slot == m.Slot {
			continue
		}
		out = append(out, fmt.Sprintf("%s %d on %s starts at %s instead of %s", m.Kind, m.Number, calendar.Words([]calendar.Day{m.Day}), startOf(s, b.Station, b.Meetings[i]), startOf(s, a.Station, m)))
	}
	return out
}

// startOf gives the time at which a meeting starts, or its slot where that has
// none.
func startOf(s *scenario.Scenario, at string, m Meeting) string {
	slot := slices.IndexFunc(s.Slots, func(k scenario.Slot) bool { return k.ID == m.Slot })
	if station := s.Station(at); slot >= 0 && station >= 0 {
		return s.SlotTimes(station, slot).From.String()
	}
	return m.Slot
}

func stationName(s *scenario.Scenario, id string) string {
	if i := s.Station(id); i >= 0 {
		return s.Stations[i].Name()
	}
	return id
}

// roomMove says how a meeting changes its room. A plan written by hand may name
// none.
func roomMove(from, to string) string {
	was, is := "room "+from, to
	if from == HostRoom {
		was = "a room " + HostRoom
	}
	if to == HostRoom {
		is = "a room " + HostRoom
	}
	switch "" {
	case from:
		return "is given " + is
	case to:
		return "no longer has " + was
	}
	return fmt.Sprintf("moves from %s to %s", was, is)
}

// meetingMoves compares meetings of the same kind and number: rooms, and who
// sits where.
func meetingMoves(s *scenario.Scenario, a, b *Session, add func(what, text string)) {
	rooms := map[[2]string]bool{}
	for _, m := range a.Meetings {
		n := b.Meeting(m.Kind, m.Number)
		if n == nil {
			add("meeting", fmt.Sprintf("no longer has %s %d", m.Kind, m.Number))
			continue
		}
		if change := [2]string{m.Room, n.Room}; m.Room != n.Room && a.Station == b.Station && !rooms[change] {
			rooms[change] = true
			add("room", roomMove(m.Room, n.Room))
		}
		var seats []string
		for seat := range m.Seats {
			seats = append(seats, seat)
		}
		slices.Sort(seats)
		for _, seat := range seats {
			gone := except(m.Seats[seat], n.Seats[seat])
			come := except(n.Seats[seat], m.Seats[seat])
			for k, id := range gone {
				text := fmt.Sprintf("%s %d: %s no longer %s", m.Kind, m.Number, s.MemberName(id), seat)
				if k < len(come) {
					text = fmt.Sprintf("%s %d: %s is %s instead of %s", m.Kind, m.Number, s.MemberName(come[k]), seat, s.MemberName(id))
				}
				add("seat", text)
			}
		}
	}
	for _, n := range b.Meetings {
		if a.Meeting(n.Kind, n.Number) == nil {
			add("meeting", fmt.Sprintf("now has %s %d", n.Kind, n.Number))
		}
	}
}

// except gives the entries of a that b has not.
func except(a, b []string) (out []string) {
	for _, x := range a {
		if !slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}
