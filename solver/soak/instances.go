package soak

import (
	"fmt"
	"slices"
	"time"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
)

// rule writes the fields of a rule instance.
func (f *facts) rule(i int, r rule.Rule) {
	if x, ok := r.(interface{ Selected() *rule.Selection }); ok {
		f.positions("of", i, x.Selected().Sessions)
	}
	switch r := r.(type) {
	case *rule.ClosedDays, *rule.Rooms, *rule.Teams, *rule.Seats:
		// rules.lp has no other plans
	case *rule.Held, *rule.Interpretation, *rule.Breaks, *rule.Idle, *rule.Attendance, *rule.Compact,
		*rule.Early, *rule.RoomSize, *rule.OneRoom, *rule.LargerRooms:
		// their sessions say all
	case *rule.Window:
		f.add("between", i, r.Between.First, r.Between.Last)
	case *rule.Phase:
		f.add("between", i, r.Between.First, r.Between.Last)
	case *rule.Venue:
		f.positions("venue", i, r.Stations)
	case *rule.Length:
		f.amount(i, r.Days)
	case *rule.Span:
		if r.Within != nil {
			f.length("within", *r.Within, i)
		}
	case *rule.Programme:
		if r.Kind != "" {
			f.kinds(i, r.Sessions, r.Kind)
			f.amount(i, r.Count)
		}
	case *rule.Pin:
		f.pin(i, r.Sessions[0])
	case *rule.Keep:
		f.keep(i, r)
	case *rule.Before:
		f.positions("other", i, r.Later)
		f.length("least", r.Gap.Least, i)
		if r.Gap.Most.N != source.NoMost {
			f.length("most", r.Gap.Most, i)
		}
	case *rule.AdjacentTo:
		f.add("side", i, word(r.Side))
		f.add("stands_at", i, r.Event)
		f.length("within", r.Within, i)
	case *rule.ChairedBy:
		f.chairedBy(i, r)
	case *rule.Document:
		f.documentRule(i, r)
	case *rule.DayCap:
		f.dayCap(i, r)
	case *rule.TravelBudget:
		f.add("delegates", i, r.Delegates)
		f.amount(i, source.Count{Min: 0, Max: r.AtMost})
		for id, cost := range r.Cost {
			f.add("trip", i, f.s.Station(id), cost)
		}
	case *rule.OfficerTravel:
		f.positions("by_officer", i, r.Officers)
	case *rule.Avoid:
		f.avoid(i, r)
	case *rule.Parallel:
		f.positions("venue", i, r.Stations)
		f.amount(i, source.Count{Min: 0, Max: r.AtMost})
	case *rule.Rest:
		f.length("within", r.AtLeast, i)
	case *rule.Near:
		f.add("wished", i, r.Day)
	case *rule.Slack:
		f.positions("of_document", i, r.Documents)
		f.length("within", r.Want, i)
	case *rule.Spread:
		f.amount(i, source.Count{Min: r.Over, Max: source.NoMost})
	default:
		if !f.seatRule(i, r) && !f.shortRule(i, r) {
			f.failed = append(f.failed, fmt.Sprintf("%T", r))
		}
	}
}

// seatRule writes the rules about who sits where.
func (f *facts) seatRule(i int, r rule.Rule) bool {
	switch r := r.(type) {
	case *rule.Moderators:
		f.add("seat_named", i, r.Seat)
		for _, x := range f.s.Rosters {
			if scenario.Matches(r.From, x.ID) {
				f.add("roster_named", i, x.ID)
			}
		}
		if r.Each != nil {
			f.add("each", i, r.Each.Max)
		}
	case *rule.Balance:
		f.add("seat_named", i, r.Seat)
		f.add("column", i, r.Over)
		each := source.Count{Min: 0, Max: source.NoMost}
		if r.Each != nil {
			each = *r.Each
		}
		f.amount(i, each)
		f.groups(i, r.Groups)
		if r.Even {
			f.add("even", i)
		}
	case *rule.PanelMix:
		f.kinds(i, r.Sessions, r.Kind)
		f.add("column", i, r.Column)
		f.groups(i, r.Profile)
		for x := range f.s.Sessions {
			for _, k := range f.s.Sessions[x].Programmed {
				for _, seat := range k.Seats {
					if len(r.Seats) == 0 || slices.Contains(r.Seats, seat.ID) {
						f.add("counts", i, seat.ID)
					}
				}
			}
		}
	default:
		return false
	}
	return true
}

// shortRule writes the rules about pairs, and about short sessions.
func (f *facts) shortRule(i int, r rule.Rule) bool {
	switch r := r.(type) {
	case *rule.Overlap:
		f.pairs(i, r.Others, r.With)
	case *rule.Times:
		f.bySlots(i, r.Count)
		f.times(i, "in", r.In)
		f.times(i, "off", r.Not)
	case *rule.Places:
		f.bySlots(i, r.Count)
		f.places(i, "in", r.In)
		f.places(i, "off", r.Not)
	case *rule.SameRoom:
		f.bySlots(i, r.Count)
		f.pairs(i, r.Others, r.With)
	case *rule.SameDay:
		f.bySlots(i, r.Count)
		f.pairs(i, r.Others, r.With)
	case *rule.RoomsBySize:
		f.bySlots(i, r.Count)
		f.pairs(i, r.Others, r.With)
	case *rule.Alongside:
		f.pairs(i, r.Others, r.With)
	case *rule.DaysApart:
		f.pairs(i, r.Others, r.With)
		if r.Days != nil {
			f.amount(i, *r.Days)
		}
		if r.Never != nil {
			f.add("never", i, r.Never.Min, r.Never.Max)
		}
	case *rule.InOrder:
		f.bySlots(i, r.Count)
		f.positions("other", i, r.Later)
	case *rule.Pause:
		f.pairs(i, r.Others, r.With)
		f.distance(i, r.AtLeast)
		if r.Sharing != "" {
			f.add("sharing", i)
		}
	case *rule.RoomChange:
		f.distance(i, r.Within)
	case *rule.NextTo:
		f.positions("other", i, r.Others)
		f.distance(i, r.Within)
		if r.SameRoom {
			f.add("same_room", i)
		}
	default:
		return false
	}
	return true
}

func (f *facts) positions(name string, i int, list []int) {
	for _, x := range list {
		f.add(name, i, x)
	}
}

func (f *facts) amount(i int, c source.Count) { f.add("amount", i, c.Min, c.Max) }

func (f *facts) groups(i int, groups map[string]source.Count) {
	for g, c := range groups {
		f.add("of_group", i, g, c.Min, c.Max)
	}
}

func (f *facts) pairs(i int, others []int, with []string) {
	f.add("pairs", i)
	if len(with) > 0 {
		f.positions("with", i, others)
	}
}

func (f *facts) bySlots(i int, count string) {
	if count == "slots" {
		f.add("by_slots", i)
	}
}

func (f *facts) distance(i int, x calendar.Stretch) {
	if x.Minutes > 0 {
		f.add("distance", i, word("minutes"), x.Minutes)
	} else {
		f.add("distance", i, word("slots"), x.Slots)
	}
}

// kinds says which kind of meeting a name means in each session's programme.
func (f *facts) kinds(i int, sessions []int, name string) {
	for _, x := range sessions {
		if p := f.kindNamed(x, name); p >= 0 {
			f.add("kind_named", i, x, p)
		}
	}
}

func (f *facts) kindNamed(session int, name string) int {
	x := &f.s.Sessions[session]
	if x.Programme == "" {
		return -1
	}
	return slices.IndexFunc(x.Programmed, func(k scenario.MeetingKind) bool { return k.Kind == name })
}

func (f *facts) chairedBy(i int, r *rule.ChairedBy) {
	o := r.Officers[0]
	f.positions("already", i, r.Already)
	if r.Part >= 0 {
		f.add("away_part", i, o, r.Part)
		return
	}
	f.add("pairwise", i)
	f.add("travel", i, f.s.Officers[o].TravelDays)
}

func (f *facts) documentRule(i int, r *rule.Document) {
	orNone := func(d *calendar.Duration) calendar.Duration {
		if d == nil {
			return calendar.Duration{}
		}
		return *d
	}
	f.positions("of_document", i, r.Documents)
	for _, id := range r.After {
		f.add("follows", i, f.reference(id))
		f.length("takes", orNone(r.Takes), i)
		f.length("processing", orNone(r.Processing), i)
		if r.Within != nil {
			f.length("within", *r.Within, i)
		}
	}
	for _, id := range r.Before {
		f.add("needed_by", i, f.reference(id))
		f.length("by", orNone(r.By), i)
	}
	if r.Deadline != nil {
		f.add("deadline", i, *r.Deadline)
	}
	if r.Between != nil {
		f.add("issued_between", i, r.Between.First, r.Between.Last)
	}
}

func (f *facts) dayCap(i int, r *rule.DayCap) {
	n := source.Count{Min: 0, Max: source.NoMost}
	if r.AtLeast != nil {
		n.Min = *r.AtLeast
	}
	if r.AtMost != nil {
		n.Max = *r.AtMost
	}
	if r.Exactly != nil {
		n = source.Count{Min: *r.Exactly, Max: *r.Exactly}
	}
	f.amount(i, n)
}

func (f *facts) avoid(i int, r *rule.Avoid) {
	for _, text := range r.Days {
		if text == rule.Observances {
			f.add("avoids_observances", i)
		} else if days, err := calendar.ParseRange(text); err == nil {
			f.add("avoids", i, days.First, days.Last)
		}
		for _, e := range f.s.Events {
			if e.ID == text {
				f.add("avoids", i, e.Days.First, e.Days.Last)
			}
		}
		for _, b := range f.s.Busy {
			if b.ID != text {
				continue
			}
			for _, days := range b.Days {
				f.add("avoids", i, days.First, days.Last)
			}
			for st := range f.s.Stations {
				for _, t := range b.Times {
					f.add("busy", i, st, f.minuteAt(st, t.From, t.Floating), f.minuteAt(st, t.To, t.Floating))
				}
			}
		}
	}
}

// minuteAt gives a moment; a floating one is local time at the station.
func (f *facts) minuteAt(station int, t time.Time, floating bool) int {
	if floating {
		t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, f.s.Stations[station].Location)
	}
	return minute(t)
}

func (f *facts) pin(i, session int) {
	p := f.s.Sessions[session].Pin
	if p.Start != nil {
		f.add("pinned_start", i, *p.Start)
	}
	if p.Days != nil {
		f.add("pinned_days", i)
		for _, d := range p.Days {
			f.add("pinned_day", i, d)
		}
	}
	f.announced(i, session, p.Station, p.Slot, p.Room)
	for meeting, seats := range p.Seats {
		kind, number, _ := scenario.SplitMeeting(meeting)
		for seat, member := range seats {
			f.announcedSeat(i, session, rule.Announced{Kind: kind, Number: number, Seat: seat, Member: member})
		}
	}
}

func (f *facts) keep(i int, r *rule.Keep) {
	session := r.Sessions[0]
	for _, d := range r.Days {
		f.add("announced_day", i, d)
	}
	f.announced(i, session, r.At, r.Slot, r.Room)
	r.AnnouncedTimes(f.s, func(d calendar.Day, slot int) { f.add("announced_time", i, d, slot) })
	for _, a := range r.Members() {
		f.announcedSeat(i, session, a)
	}
}

// announced writes the station, first slot and room that a session has been
// given already; "" where nothing is said.
func (f *facts) announced(i, session int, station, slot, room string) {
	if station != "" {
		f.add("announced_at", i, f.s.Station(station))
	}
	if slot != "" {
		f.add("announced_slot", i, slices.IndexFunc(f.s.Slots, func(x scenario.Slot) bool { return x.ID == slot }))
	}
	if room == "" {
		return
	}
	f.add("announced_room", i, session, word("some"))
	for st := range f.s.Stations {
		for r, h := range f.s.Stations[st].Halls() {
			if h.Name == room {
				f.add("announced_room", i, session, place(st, r))
			}
		}
	}
}

func (f *facts) announcedSeat(i, session int, a rule.Announced) {
	who, known := f.members[a.Member]
	if !known {
		who = -1
	}
	p, at := f.kindNamed(session, a.Kind), -1
	if p >= 0 {
		at = slices.IndexFunc(f.s.Sessions[session].Programmed[p].Seats, func(x scenario.Seat) bool { return x.ID == a.Seat })
	}
	f.add("announced_seat", i, session, p, a.Number, at, who)
}

func (f *facts) times(i int, how word, x *rule.TimeSet) {
	if x == nil {
		return
	}
	f.add("times", i, how)
	for _, days := range x.Days {
		f.add("times_days", i, how, days.First, days.Last)
	}
	if len(x.On) > 0 {
		f.add("times_on", i, how)
		set, _, _ := calendar.ParseDaySet(x.On)
		for d := range 7 {
			if set.Week != nil && set.Week[d] {
				f.add("times_weekday", i, how, d)
			}
		}
		for _, days := range set.Ranges {
			f.add("times_on_days", i, how, days.First, days.Last)
		}
	}
	for k := range f.s.Slots {
		if len(x.Slots) > 0 && scenario.Matches(x.Slots, f.s.Slots[k].ID) {
			f.add("times_slot", i, how, k)
		}
	}
	for _, tag := range x.Tagged {
		f.add("times_tag", i, how, tag)
	}
}

func (f *facts) places(i int, how word, x *rule.RoomSet) {
	if x == nil {
		return
	}
	f.add("places", i, how)
	if len(x.Rooms) > 0 {
		f.add("places_rooms", i, how)
	}
	for st := range f.s.Stations {
		for r, h := range f.s.Stations[st].Halls() {
			if len(x.Rooms) > 0 && scenario.Matches(x.Rooms, h.Name) {
				f.add("places_room", i, how, st, r)
			}
		}
	}
	for _, tag := range x.Tagged {
		f.add("places_tag", i, how, tag)
	}
	if x.Seats != nil {
		f.add("places_seats", i, how, x.Seats.Min, x.Seats.Max)
	}
}
