package vocab

import (
	"math/bits"
	"slices"

	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/solver/cnf"
)

// Way is one way to hold a session, or to leave it out.
type Way struct {
	Station     int // position in the scenario; -1: it is left out
	First, Last int // its first and last day, as positions in Domain.Days
	Length      int // the days that it takes
	detail      *detail
	place, hall int // of a short session: among its places, and among the station's halls or -1
}

// detail is what a choice has to say beside first and last day, where it does
// not meet in all its slots of all working days between.
type detail struct {
	slots []uint64 // by day from the first, the slots in which it meets
	kinds []int    // meetings of each kind; nil without a programme
}

// Held tells whether the session takes place.
func (c *Way) Held() bool { return c.Station >= 0 }

// Ways lists the ways to hold the session that its domain allows, and the
// way to leave it out where that is allowed; ok is false when there are more
// than most. Every model of the session's own clauses is one of them, as far as
// its days, slots and numbers of meetings go, and every choice has a model.
func (x *Session) Ways(most int) (out []Way, ok bool) {
	if x.Domain.Optional {
		out = append(out, Way{Station: -1})
	}
	if x.Scenario.Short {
		return x.shortWays(out, most)
	}
	if len(x.v.S.Slots) > 64 { // more than detail can hold
		return nil, false
	}
	room := func() bool { return len(out) < most }
	for _, st := range x.Domain.Stations {
		var open []int
		for i := range x.days() {
			if x.v.S.Stations[st].Open(x.day(i)) {
				open = append(open, i)
			}
		}
		add := func(days []int) bool { return x.fill(st, days, room, &out) }
		for n := x.Domain.Length.Min; n <= x.Domain.Length.Max; n++ {
			for i := 0; i+n <= len(open); i++ {
				if x.Domain.Within == nil {
					ok = add(open[i : i+n])
				} else {
					ok = x.scatter(open[i:], n, add)
				}
				if !ok {
					return nil, false
				}
			}
		}
	}
	return out, true
}

// shortWays lists the places of a short session with the rooms that suit it.
func (x *Session) shortWays(out []Way, most int) ([]Way, bool) {
	for i, p := range x.places {
		day := int(p.Day - x.Domain.Days.First)
		w := Way{Station: p.Station, First: day, Last: day, Length: 1, place: i, hall: -1}
		if x.rooms[p.Station] == nil {
			out = append(out, w)
		}
		for hall, lit := range x.rooms[p.Station] {
			if lit != x.v.B.False() {
				w.hall = hall
				out = append(out, w)
			}
		}
		if len(out) > most {
			return nil, false
		}
	}
	return out, true
}

// scatter gives every set of n of the open days, the first among them, that
// lie within the session's span.
func (x *Session) scatter(open []int, n int, add func([]int) bool) bool {
	days := make([]int, n)
	days[0] = open[0]
	var pick func(at, from int) bool
	pick = func(at, from int) bool {
		if at == n {
			return add(days)
		}
		for i := from; i < len(open) && open[i]-open[0] < x.Domain.Within.N; i++ {
			days[at] = open[i]
			if !pick(at+1, i+1) {
				return false
			}
		}
		return true
	}
	return pick(1, 1)
}

// fill adds the choices that hold the session on the days: one, or with a
// programme one for each way to put its meetings in their slots; none where a
// day has no slot for it.
func (x *Session) fill(station int, days []int, room func() bool, out *[]Way) bool {
	if slices.ContainsFunc(days, func(i int) bool { return x.bits[i] == 0 }) {
		return true
	}
	base := Way{Station: station, First: days[0], Last: days[len(days)-1], Length: len(days)}
	if x.Scenario.FillsDay {
		if x.Domain.Within != nil {
			base.detail = &detail{slots: make([]uint64, base.Last-base.First+1)}
			for _, d := range days {
				base.detail.slots[d-base.First] = x.bits[d]
			}
		}
		*out = append(*out, base)
		return room()
	}
	kinds := make([]int, len(x.Scenario.Programmed))
	masks := make([]uint64, len(days))
	var slots func(day, left int) bool
	slots = func(day, left int) bool {
		if day == len(days) {
			if left > 0 {
				return true
			}
			c := base
			c.detail = &detail{slots: make([]uint64, base.Last-base.First+1), kinds: append([]int(nil), kinds...)}
			for i, d := range days {
				c.detail.slots[d-base.First] = masks[i]
			}
			*out = append(*out, c)
			return room()
		}
		all := x.bits[days[day]]
		for mask := all; mask != 0; mask = (mask - 1) & all {
			n := bits.OnesCount64(mask)
			after := len(days) - day - 1 // days that still need a meeting
			if n > left-after || left-n > after*len(x.Scenario.SlotIndex) {
				continue
			}
			masks[day] = mask
			if !slots(day+1, left-n) {
				return false
			}
		}
		return true
	}
	var number func(kind, total int) bool
	number = func(kind, total int) bool {
		if kind == len(kinds) {
			return slots(0, total)
		}
		count := x.Scenario.Programmed[kind].Range()
		for kinds[kind] = count.Min; kinds[kind] <= count.Max; kinds[kind]++ {
			if !number(kind+1, total+kinds[kind]) {
				return false
			}
		}
		return true
	}
	return number(0, 0)
}

// meets tells the slots, as bits, in which a choice meets on the i-th day of
// the domain.
func (x *Session) meets(c *Way, i int) uint64 {
	if !c.Held() || i < c.First || i > c.Last {
		return 0
	}
	if c.detail != nil {
		return c.detail.slots[i-c.First]
	}
	if !x.v.S.Stations[c.Station].Open(x.day(i)) {
		return 0
	}
	return x.bits[i]
}

// Meaning tells which choices of a session make a literal true.
type Meaning struct {
	Session *Session
	role    role
	a, b    int32 // a day, station or number, and a slot or number
	negated bool
}

type role uint8

const (
	isHeld role = iota + 1
	isAt
	isStarted
	isEnded
	isOn
	isLength
	isSlot
	isKind
	isPlace
	isHall
)

// Holds tells whether the literal holds when the session is held so.
func (m *Meaning) Holds(c *Way) bool { return m.holds(c) != m.negated }

func (m *Meaning) holds(c *Way) bool {
	switch a := int(m.a); m.role {
	case isHeld:
		return c.Held()
	case isAt:
		return c.Station == a
	case isStarted:
		return c.Held() && c.First <= a
	case isEnded:
		return !c.Held() || c.Last <= a
	case isOn:
		return m.Session.meets(c, a) != 0
	case isLength:
		return c.Held() && c.Length >= a
	case isSlot:
		return m.Session.meets(c, a)>>m.b&1 != 0
	case isPlace:
		return c.Held() && c.place == a
	case isHall:
		return c.Station == a && c.hall == int(m.b)
	default: // isKind
		return c.Held() && c.detail.kinds[a] >= int(m.b)
	}
}

// Meanings tells for each variable, by number, what it means when it belongs to
// a session, and nothing (Session is nil) when it does not.
func (v *Vocabulary) Meanings(variables int) []Meaning {
	out := make([]Meaning, variables+1)
	for _, x := range v.sessions {
		if x == nil {
			continue
		}
		set := func(l cnf.Lit, r role, a, b int) {
			if at := &out[l.Var()]; l != v.B.True() && l != v.B.False() && at.Session == nil {
				*at = Meaning{Session: x, role: r, a: int32(a), b: int32(b), negated: l < 0}
			}
		}
		set(x.held, isHeld, 0, 0)
		for st, l := range x.at {
			set(l, isAt, st, 0)
		}
		if x.Scenario.Short { // the rest are gates over these
			for i, p := range x.places {
				set(p.lit, isPlace, i, 0)
			}
			for st, lits := range x.rooms {
				for hall, l := range lits {
					set(l, isHall, st, hall)
				}
			}
			continue
		}
		for n, l := range x.length {
			if n > 0 {
				set(l, isLength, n, 0)
			}
		}
		for i := range x.on {
			set(x.started[i], isStarted, i, 0)
			set(x.ended[i], isEnded, i, 0)
			set(x.on[i], isOn, i, 0)
			for k, l := range x.slots[i] {
				set(l, isSlot, i, k)
			}
		}
		for kind, lits := range x.kinds {
			for n, l := range lits {
				set(l, isKind, kind, n)
			}
		}
	}
	return out
}

// Way gives which of some ways is that in which a plan holds the session, or leaves it
// out; -1: none of them.
func (x *Session) Way(ways []Way, held *plan.Session) int {
	if held == nil {
		return slices.IndexFunc(ways, func(w Way) bool { return !w.Held() })
	}
	kinds := make([]int, len(x.Scenario.Programmed))
	met := map[int]uint64{} // by day of the domain, or beyond it
	for _, d := range held.Days {
		if i := int(d - x.Domain.Days.First); len(held.Meetings) == 0 && i >= 0 && i < x.days() {
			met[i] = x.bits[i]
		}
	}
	for _, m := range held.Meetings {
		met[int(m.Day-x.Domain.Days.First)] |= 1 << max(0, x.slot(m.Slot))
		if k := x.Kind(m.Kind); k >= 0 {
			kinds[k]++
		}
	}
	return slices.IndexFunc(ways, func(w Way) bool {
		switch {
		case !w.Held() || x.v.S.Stations[w.Station].ID != held.Station:
			return false
		case x.Scenario.Short:
			return x.takes(x.places[w.place].Choice, w.hall, held)
		}
		days := 0
		for i := w.First; i <= w.Last; i++ {
			at := x.meets(&w, i)
			if at != met[i] {
				return false
			}
			if at != 0 {
				days++
			}
		}
		return days == len(met) && (w.detail == nil || w.detail.kinds == nil || slices.Equal(w.detail.kinds, kinds))
	})
}

// takes tells whether a short session is at a place in a room, -1 for none.
func (x *Session) takes(p Choice, hall int, held *plan.Session) bool {
	if len(held.Meetings) != len(p.Slots) {
		return false
	}
	for i, m := range held.Meetings {
		if m.Day != p.Day || x.slot(m.Slot) != p.Slots[i] || hall >= 0 && m.Room != x.v.S.Stations[p.Station].Halls()[hall].Name {
			return false
		}
	}
	return true
}

// slot gives the position of a slot by id.
func (x *Session) slot(id string) int {
	return slices.IndexFunc(x.v.S.Slots, func(k scenario.Slot) bool { return k.ID == id })
}
