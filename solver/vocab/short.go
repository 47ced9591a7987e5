package vocab

import (
	"slices"

	"plenary/model/calendar"
	"plenary/solver/cnf"
)

// Choice is what a short session can be when it is held: at a station on a day
// in some slots one after the other, in a room. All literals of a short session
// follow from it.
type Choice struct {
	Station int
	Day     calendar.Day
	Slots   []int // positions in the scenario, in order; not to be changed
	Hall    int   // position among the station's halls; -1 at a station without rooms
	First   int   // the first slot's number in the period, as scenario.SlotNumber counts
	Last    int   // the last one's
}

// Start gives the first slot.
func (c Choice) Start() int { return c.Slots[0] }

// End gives the last slot.
func (c Choice) End() int { return c.Slots[len(c.Slots)-1] }

// place is where and when a short session can be, whatever the room.
type place struct {
	Choice
	lit cnf.Lit
}

// short encodes a session that takes some slots of one day in one room: a
// literal for each start at each station, and one for each suitable room.
// Everything else is gates over these.
func (x *Session) short() {
	b := x.v.B
	x.length = []cnf.Lit{b.True(), x.held}
	x.kinds = [][]cnf.Lit{nil}
	var lits []cnf.Lit
	for _, st := range x.Domain.Stations {
		var here []cnf.Lit
		for i := range x.days() {
			d := x.day(i)
			if !x.v.S.Stations[st].Open(d) {
				continue
			}
			for _, k := range x.Scenario.StartIndex {
				if run := x.v.S.Run(x.Scenario, st, d, k); run != nil {
					c := Choice{Station: st, Day: d, Slots: run, Hall: -1, First: x.v.S.SlotNumber(st, d, k)}
					c.Last = c.First + len(run) - 1
					p := place{c, b.Fresh()}
					b.Clause(p.lit.Not(), x.at[st])
					x.places, here = append(x.places, p), append(here, p.lit)
				}
			}
		}
		b.Clause(append(slices.Clone(here), x.at[st].Not())...)
		lits = append(lits, here...)
		x.newRooms(st)
	}
	cnf.AtMostOne(b, lits)
	x.times()
}

// newRooms gives the session exactly one of the suitable rooms of a station
// when it meets there.
func (x *Session) newRooms(st int) {
	b, halls := x.v.B, x.v.S.Stations[st].Halls()
	if len(halls) == 0 {
		return
	}
	rooms := make([]cnf.Lit, len(halls))
	var suit []int
	for i, h := range halls {
		rooms[i] = b.False()
		if h.Room.Suits(x.Scenario.Room) {
			suit = append(suit, i)
		}
	}
	x.rooms[st] = rooms
	if len(suit) == 1 {
		rooms[suit[0]] = x.at[st]
		return
	}
	var lits []cnf.Lit
	for _, i := range suit {
		rooms[i] = b.Fresh()
		b.Clause(rooms[i].Not(), x.at[st])
		lits = append(lits, rooms[i])
	}
	b.Clause(append(slices.Clone(lits), x.at[st].Not())...)
	cnf.AtMostOne(b, lits)
}

// times makes the gates that say when the session meets.
func (x *Session) times() {
	b, n, slots := x.v.B, x.days(), len(x.v.S.Slots)
	starts, occupied := make([][][]cnf.Lit, n), make([][][]cnf.Lit, n)
	for i := range n {
		starts[i], occupied[i] = make([][]cnf.Lit, slots), make([][]cnf.Lit, slots)
	}
	for _, p := range x.places {
		i := int(p.Day - x.Domain.Days.First)
		starts[i][p.Start()] = append(starts[i][p.Start()], p.lit)
		for _, k := range p.Slots {
			occupied[i][k] = append(occupied[i][k], p.lit)
		}
	}
	x.started, x.ended, x.on = make([]cnf.Lit, n), make([]cnf.Lit, n), make([]cnf.Lit, n)
	x.starts, x.slots = make([][]cnf.Lit, n), make([][]cnf.Lit, n)
	before := b.False()
	for i := range n {
		x.starts[i], x.slots[i] = make([]cnf.Lit, slots), make([]cnf.Lit, slots)
		for k := range slots {
			x.starts[i][k], x.slots[i][k] = b.Or(starts[i][k]...), b.Or(occupied[i][k]...)
		}
		x.on[i] = b.Or(slices.Concat(starts[i]...)...)
		before = b.Or(before, x.on[i])
		if i == n-1 {
			before = x.held
		}
		x.started[i], x.ended[i] = before, b.Or(before, x.held.Not())
	}
	if n == 0 {
		b.Clause(x.held.Not())
	}
}

// Places calls visit for every station, day and first slot at which a short
// session can be, with the literal that it is there.
func (x *Session) Places(visit func(c Choice, lit cnf.Lit)) {
	for _, p := range x.places {
		visit(p.Choice, p.lit)
	}
}

// Roomed says that the short session is held and has a room that its station
// lists.
func (x *Session) Roomed() cnf.Lit {
	var lits []cnf.Lit
	for _, st := range x.Domain.Stations {
		if x.rooms[st] != nil {
			lits = append(lits, x.at[st])
		}
	}
	return x.v.B.Or(lits...)
}

// TakesSlots says that the short session takes at least n slots.
func (x *Session) TakesSlots(n int) cnf.Lit {
	var lits []cnf.Lit
	least := 0
	for i, p := range x.places {
		if i == 0 || len(p.Slots) < least {
			least = len(p.Slots)
		}
		if len(p.Slots) >= n {
			lits = append(lits, p.lit)
		}
	}
	if n <= least {
		return x.held
	}
	return x.v.B.Or(lits...)
}

// MostSlots gives how many slots the short session takes at most.
func (x *Session) MostSlots() int {
	n := 0
	for _, p := range x.places {
		n = max(n, len(p.Slots))
	}
	return n
}

// EndedBefore says that the short session has ended before the slot of the day
// starts; never, when it is not held.
func (x *Session) EndedBefore(d calendar.Day, slot int) cnf.Lit {
	b := x.v.B
	if x.finished == nil {
		ends := make([][][]cnf.Lit, x.days())
		for i := range ends {
			ends[i] = make([][]cnf.Lit, len(x.v.S.Slots))
		}
		for _, p := range x.places {
			i := int(p.Day - x.Domain.Days.First)
			ends[i][p.End()] = append(ends[i][p.End()], p.lit)
		}
		before := b.False()
		for i := range ends {
			x.finished = append(x.finished, nil)
			for k := range ends[i] {
				x.finished[i] = append(x.finished[i], before)
				before = b.Or(append(ends[i][k], before)...)
			}
		}
	}
	switch {
	case d < x.Domain.Days.First:
		return b.False()
	case d > x.Domain.Days.Last || x.days() == 0:
		return x.held
	}
	return x.finished[d-x.Domain.Days.First][slot]
}

// Starts says that the short session starts in the slot of the day; never, for
// other sessions.
func (x *Session) Starts(d calendar.Day, slot int) cnf.Lit {
	if x.starts == nil || !x.Domain.Days.Contains(d) {
		return x.v.B.False()
	}
	return x.starts[d-x.Domain.Days.First][slot]
}

// StartsIn says that the short session starts in the slot, on any day.
func (x *Session) StartsIn(slot int) cnf.Lit {
	var lits []cnf.Lit
	for d := x.Domain.Days.First; d <= x.Domain.Days.Last; d++ {
		lits = append(lits, x.Starts(d, slot))
	}
	return x.v.B.Or(lits...)
}

// InHall says that the short session has the room, by its position among the
// halls of the station.
func (x *Session) InHall(station, hall int) cnf.Lit {
	rooms := x.rooms[station]
	if hall < 0 || hall >= len(rooms) {
		return x.v.B.False()
	}
	return rooms[hall]
}

// InRoom says that the short session has a room of the name, at any station.
func (x *Session) InRoom(name string) cnf.Lit {
	var lits []cnf.Lit
	for _, st := range x.Domain.Stations {
		lits = append(lits, x.InHall(st, x.v.S.Stations[st].Hall(name)))
	}
	return x.v.B.Or(lits...)
}

// OccupiesHall says that the short session is in the room in the slot of the
// day.
func (x *Session) OccupiesHall(station, hall int, d calendar.Day, slot int) cnf.Lit {
	return x.v.B.And(x.Occupies(d, slot), x.InHall(station, hall))
}
