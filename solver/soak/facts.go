package soak

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
)

// facts writes a scenario and its rule instances as facts for rules.lp: what
// stands in the fields, without a judgement on any plan.
type facts struct {
	strings.Builder
	s       *scenario.Scenario
	members map[string]int  // numbers of the rosters' members
	lengths map[string]bool // durations written already
	failed  []string        // what there are no words for
}

// word is a constant; other strings are written in quotes.
type word string

func (f *facts) add(name string, arguments ...any) {
	f.WriteString(name + "(")
	for i, a := range arguments {
		if i > 0 {
			f.WriteString(",")
		}
		switch a := a.(type) {
		case string:
			f.WriteString(strconv.Quote(a))
		case calendar.Day:
			fmt.Fprint(f, int(a))
		default:
			fmt.Fprint(f, a)
		}
	}
	f.WriteString(").\n")
}

// written gives the facts, or what there are no words for.
func written(s *scenario.Scenario, instances []rule.Instance) (string, error) {
	f := &facts{s: s, members: map[string]int{}, lengths: map[string]bool{}}
	f.add("period", s.Period.First, s.Period.Last)
	f.rosters()
	f.slots()
	for i := range s.Stations {
		f.station(i, &s.Stations[i])
	}
	for i := range s.Officers {
		f.officer(i, &s.Officers[i])
	}
	for i := range s.Events {
		f.add("event", i, s.Events[i].Days.First, s.Events[i].Days.Last)
	}
	for i := range s.Sessions {
		f.session(i, &s.Sessions[i])
	}
	for i := range s.Documents {
		f.document(i, &s.Documents[i])
	}
	for i := range instances {
		in := &instances[i]
		f.add("rule", i, in.Kind)
		if in.Hard() {
			f.add("hard", i)
		} else {
			f.add("soft", i, len(s.Priorities)-in.Tier+1, in.Weight)
		}
		f.rule(i, in.Rule)
	}
	if len(f.failed) > 0 {
		return "", fmt.Errorf("no words for %s", strings.Join(f.failed, ", "))
	}
	return f.String(), nil
}

func (f *facts) rosters() {
	for i := range f.s.Rosters {
		for _, m := range f.s.Rosters[i].Table.Members {
			n := len(f.members)
			if _, twice := f.members[m.ID]; twice {
				f.failed = append(f.failed, "a member of two rosters")
			}
			f.members[m.ID] = n
			f.add("member", n, m.Roster)
			for _, column := range slices.Sorted(maps.Keys(m.Values)) {
				for _, v := range m.Values[column] {
					f.add("value", n, column, v)
				}
			}
			for _, away := range m.Away {
				f.add("unavailable", n, away.First, away.Last)
			}
		}
	}
}

func (f *facts) slots() {
	for k := range f.s.Slots {
		x := &f.s.Slots[k]
		f.add("slot", k)
		for d := f.s.Period.First; d <= f.s.Period.Last; d++ {
			if set, _, _ := calendar.ParseDaySet(x.On); set.Has(d) {
				f.add("exists", k, d)
			}
		}
		for _, tag := range x.Tags {
			f.add("slot_tag", k, tag)
		}
	}
}

func (f *facts) station(i int, st *scenario.Station) {
	f.add("station", i)
	week := calendar.MondayToFriday
	if st.Week != nil {
		week = *st.Week
	}
	for d, works := range week {
		if works {
			f.add("works", i, d)
		}
	}
	for _, c := range slices.Concat(st.Closed, st.HolidayDays) {
		f.add("closed", i, c.Days.First, c.Days.Last)
	}
	for _, c := range st.Observances {
		f.add("observance", i, c.Days.First, c.Days.Last)
	}
	for k := range f.s.Slots {
		times := f.s.Slots[k].Slot
		for _, own := range st.Slots {
			if own.ID == f.s.Slots[k].ID {
				times = own.Slot
			}
		}
		f.add("hours", i, k, int(times.From), int(times.To))
		for d := f.s.Period.First; d <= f.s.Period.Last; d++ {
			f.add("minutes", i, d, k, minute(d.At(times.From, st.Location)), minute(d.At(times.To, st.Location)))
		}
	}
	for r, h := range st.Halls() {
		if r == 0 {
			f.add("has_rooms", i)
		}
		f.add("hall", i, r, h.Room.Seats, h.Room.Booths)
		for _, tag := range h.Room.Tags {
			f.add("hall_tag", i, r, tag)
		}
		for _, c := range h.Room.Closed {
			for k := range f.s.Slots {
				if len(c.Slots) == 0 || slices.Contains(c.Slots, f.s.Slots[k].ID) {
					f.add("hall_closed", i, r, c.Days.First, c.Days.Last, k)
				}
			}
		}
	}
	if t := st.Interpretation; t != nil {
		perWeek := 7
		if t.PerWeek != nil {
			perWeek = *t.PerWeek
		}
		f.add("teams", i, t.Teams, perWeek)
		for n, off := range t.Off {
			f.add("off", i, n, off.Teams, off.Days.First, off.Days.Last)
		}
	}
}

// minute gives a moment in minutes since the beginning of 2018.
func minute(t time.Time) int {
	return int(t.Sub(time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC)) / time.Minute)
}

func (f *facts) officer(i int, o *scenario.Officer) {
	if o.Based != "" {
		f.add("based", i, f.s.Station(o.Based))
	}
	for p, away := range o.Away {
		f.add("away", i, p, away.Days.First, away.Days.Last)
	}
}

func (f *facts) session(i int, x *scenario.Session) {
	f.add("session", i)
	for _, st := range x.StationIDs {
		f.add("can_meet", i, st)
	}
	for _, k := range x.SlotIndex {
		f.add("uses", i, k)
	}
	switch {
	case x.Short:
		f.add("short", i)
		for _, k := range x.StartIndex {
			f.add("may_start", i, k)
		}
		if x.Lasts.Minutes > 0 {
			f.add("lasts_minutes", i, x.Lasts.Minutes)
		} else {
			f.add("lasts_slots", i, x.Lasts.Slots)
		}
	case x.FillsDay:
		f.add("filling", i)
	default:
		f.add("programmed", i)
		for p := range x.Programmed {
			f.kind(i, p, &x.Programmed[p])
		}
	}
	if need := x.Room; need != nil {
		f.add("needs_seats", i, need.Seats)
		f.add("needs_booths", i, need.Booths)
		for _, tag := range need.Tags {
			f.add("needs_tag", i, tag)
		}
		if need.Named != "" {
			f.add("needs_room", i, word("any"))
			for st := range f.s.Stations {
				for r, h := range f.s.Stations[st].Halls() {
					if h.Room.ID == need.Named {
						f.add("needs_room", i, place(st, r))
					}
				}
			}
		}
	}
	if x.Interpretation != scenario.None {
		f.add("speaks", i)
	}
	for _, o := range x.OfficerIDs {
		f.add("chairs", i, o)
	}
	if x.Has("attendees") {
		f.add("attendees", i, x.Attendees)
	}
	for p := range f.s.People {
		if slices.Contains(x.People, f.s.People[p].ID) {
			f.add("needs", i, p)
		}
		if slices.Contains(x.Invited, f.s.People[p].ID) {
			f.add("invites", i, p)
		}
	}
}

func place(station, hall int) word { return word(fmt.Sprintf("room(%d,%d)", station, hall)) }

func (f *facts) kind(i, p int, k *scenario.MeetingKind) {
	count := source.Count{Min: 1, Max: 1}
	if k.Count != nil {
		count = *k.Count
	}
	f.add("kind_of", i, p, count.Min, count.Max)
	for a, seat := range k.Seats {
		n := 1
		if seat.Count != nil {
			n = *seat.Count
		}
		f.add("seat", i, p, a, seat.ID, n)
		for _, roster := range seat.From {
			f.add("from", i, p, a, roster)
		}
		for _, column := range slices.Sorted(maps.Keys(seat.Where)) {
			f.add("where", i, p, a, column, "") // named, even with no values
			for _, v := range seat.Where[column] {
				f.add("where", i, p, a, column, v)
			}
		}
	}
}

func (f *facts) document(i int, d *scenario.Document) {
	f.add("document", i)
	if d.Deadline != nil {
		f.add("due_on", i, *d.Deadline)
	}
	if d.Between != nil {
		f.add("due_on", i, d.Between.Last)
	}
	for _, due := range d.Before {
		for _, id := range f.s.Referred([]string{due.ID}) {
			if id != d.ID {
				f.length("due_before", due.By, i, f.reference(id))
			}
		}
	}
}

// reference names a session, document or event.
func (f *facts) reference(id string) word {
	if i := f.s.Session(id); i >= 0 {
		return word(fmt.Sprintf("session(%d)", i))
	}
	if i := f.s.Document(id); i >= 0 {
		return word(fmt.Sprintf("document(%d)", i))
	}
	return word(fmt.Sprintf("event(%d)", slices.Index(f.s.EventIDs(), id)))
}

// length writes a fact that ends in a duration: its number and its unit.
func (f *facts) length(name string, d calendar.Duration, arguments ...any) {
	unit := word("days")
	if d.Unit == calendar.WorkingDays {
		unit = "working"
	}
	if key := fmt.Sprint(d.N, unit); !f.lengths[key] {
		f.lengths[key] = true
		f.add("duration", d.N, unit)
	}
	f.add(name, append(arguments, d.N, unit)...)
}
