package encode

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// rooms bounds the meetings in each slot by the rooms that suit them, without
// saying which meeting has which room. By Hall's theorem every meeting can
// have a room of its own exactly if, for every set of rooms, no more meetings
// depend on it than it has rooms; it is enough to look at unions of what
// single meetings need, as far as they overlap. Philip Hall, On
// representatives of subsets, 1935.
//
// A short session has decided on its room: in each of its rooms it is a meeting
// that needs this room and no other.
func rooms(c *Context, r *rule.Rooms) {
	halls := c.S.Stations[r.Station].Halls()
	var some []*vocab.Session
	for _, x := range c.V.All() {
		if x.At(r.Station) != c.B.False() {
			some = append(some, x)
		}
	}
	days := hull(some)
	for d := days.First; d <= days.Last; d++ {
		more := c.moreRooms(r.Station, d)
		for k := range c.S.Slots {
			var meetings []needy
			for _, x := range some {
				occupied := x.Occupies(d, k)
				switch {
				case occupied == c.B.False():
				case x.Scenario.Short:
					meetings = append(meetings, decided(c, x, r.Station, d, k, len(halls)+len(more))...)
				default:
					m := needy{lit: c.B.And(occupied, x.At(r.Station)), rooms: make([]bool, len(halls)+len(more))}
					for i, h := range halls {
						m.rooms[i] = h.Room.OpenIn(d, k) && h.Room.Suits(x.Scenario.Room)
					}
					for i, room := range more {
						m.rooms[len(halls)+i] = room.Suits(x.Scenario.Room)
					}
					meetings = append(meetings, m)
				}
			}
			hall(c, meetings, r.Station, d, more)
		}
	}
}

// decided gives the rooms that a short session can have decided on, each as a
// meeting by itself; a closed one depends on no room at all.
func decided(c *Context, x *vocab.Session, station int, d calendar.Day, slot, rooms int) (out []needy) {
	halls := c.S.Stations[station].Halls()
	for i, h := range halls {
		lit := x.OccupiesHall(station, i, d, slot)
		if lit == c.B.False() {
			continue
		}
		m := needy{lit: lit, rooms: make([]bool, rooms)}
		m.rooms[i] = h.Room.OpenIn(d, slot)
		out = append(out, m)
	}
	return out
}

// moreRoom is a room that there could be.
type moreRoom struct {
	scenario.Room
	there cnf.Lit
}

// moreRooms gives the rooms that there could be besides those of the station.
func (c *Context) moreRooms(station int, d calendar.Day) (out []moreRoom) {
	for _, m := range c.V.More {
		if m.Station == station && m.Kind >= 0 && m.Week().Contains(d) {
			out = append(out, moreRoom{c.S.Stations[station].Another(m.Kind), m.Lit})
		}
	}
	return out
}

// needy is a meeting and the rooms that suit it.
type needy struct {
	lit   cnf.Lit
	rooms []bool
}

// hall adds a term for each set of rooms on which more meetings could depend
// than it has rooms; the last of the rooms are those that there could be: one
// that is not there counts as taken.
func hall(c *Context, meetings []needy, station int, d calendar.Day, more []moreRoom) {
	var sets [][]bool
	add := func(set []bool) {
		if !slices.ContainsFunc(sets, func(known []bool) bool { return slices.Equal(known, set) }) {
			sets = append(sets, set)
		}
	}
	for _, m := range meetings {
		add(m.rooms)
	}
	single := len(sets)
	for i := 0; i < len(sets); i++ {
		for _, other := range sets[:single] {
			if intersect(sets[i], other) {
				add(union(sets[i], other))
			}
		}
	}
	for _, set := range sets {
		size := 0
		for _, in := range set {
			if in {
				size++
			}
		}
		var lits []cnf.Lit
		for _, m := range meetings {
			if inside(m.rooms, set) {
				lits = append(lits, m.lit)
			}
		}
		for i, room := range more {
			if set[len(set)-len(more)+i] {
				lits = append(lits, room.there.Not())
			}
		}
		c.capacity(lits, size, Capacity{Station: station, Day: d, Halls: set, More: 1})
	}
}

func intersect(a, b []bool) bool {
	for i := range a {
		if a[i] && b[i] {
			return true
		}
	}
	return false
}

func union(a, b []bool) []bool {
	out := slices.Clone(a)
	for i := range b {
		out[i] = out[i] || b[i]
	}
	return out
}

func inside(a, b []bool) bool {
	for i := range a {
		if a[i] && !b[i] {
			return false
		}
	}
	return true
}
