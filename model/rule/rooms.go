package rule

import (
	"fmt"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

var roomsKind = Kind{
	Name: "rooms", Unit: "meeting",
	Doc: "Every meeting at a station with rooms has one that suits its session and is open, and no room has two meetings in one slot. The excess is the meetings without.",
	New: func() Rule { return &Rooms{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Stations {
			if s.Stations[i].Used && len(s.Stations[i].Rooms) > 0 {
				out = append(out, &Rooms{Common{Origin: s.Stations[i].Origin}, i})
			}
		}
		return out
	},
	Structural: true,
}

// Rooms gives every meeting at a station a room.
type Rooms struct {
	Common
	Station int
}

func (r *Rooms) resolve(*scenario.Scenario, *diag.List) {}

func (r *Rooms) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Rooms) Statement(s *scenario.Scenario) string {
	st := &s.Stations[r.Station]
	n := len(st.Halls())
	if n == 1 {
		return fmt.Sprintf("every meeting in %s has the only room there to itself, and it is suitable", st.Name())
	}
	return fmt.Sprintf("every meeting in %s has a suitable one of its %s to itself", st.Name(), plural(n, "room"))
}

// Check counts meetings without a room, in one that does not suit, or in one
// that is taken.
func (r *Rooms) Check(f *Facts) (out []Finding) {
	st := &f.S.Stations[r.Station]
	type use struct {
		day        calendar.Day
		slot, room string
	}
	taken := map[use]int{} // by which session
	for i := range f.S.Sessions {
		x := f.Session(i)
		if x == nil || f.S.Station(x.Station) != r.Station {
			continue
		}
		for _, m := range x.Meetings {
			if why := unroomed(f, i, st, m); why != "" {
				out = append(out, Finding{1, fmt.Sprintf("%s on %s: %s", name(f.S, i), slotOf(m.Day, m.Slot), why), []string{x.ID}})
				continue
			}
			key := use{m.Day, m.Slot, m.Room}
			if other, twice := taken[key]; twice {
				out = append(out, Finding{1, fmt.Sprintf("%s on %s: room %s is taken by %s", name(f.S, i), slotOf(m.Day, m.Slot), m.Room, name(f.S, other)), []string{x.ID}})
				continue
			}
			taken[key] = i
		}
	}
	return out
}

// unroomed says what is wrong with a meeting's room by itself, "" if nothing.
func unroomed(f *Facts, session int, st *scenario.Station, m plan.Meeting) string {
	if m.Room == "" {
		return "no room"
	}
	room := st.RoomNamed(m.Room)
	switch {
	case room == nil:
		return fmt.Sprintf("%s has no room %s", st.Name(), m.Room)
	case !room.OpenIn(m.Day, f.slots[m.Slot]):
		text := fmt.Sprintf("room %s is closed", m.Room)
		if why := room.WhyClosed(m.Day, f.slots[m.Slot]); why != "" {
			text += fmt.Sprintf(" (%s)", why)
		}
		return text
	case !room.Suits(f.S.Sessions[session].Room):
		return fmt.Sprintf("room %s (%s, %s) does not suit", m.Room, plural(room.Seats, "seat"), plural(room.Booths, "booth"))
	}
	return ""
}

// Ties ties sessions that can be at the station on the same day.
func (r *Rooms) Ties(s *scenario.Scenario) Tie {
	return Tie{Sessions: atStation(s, r.Station)}
}
