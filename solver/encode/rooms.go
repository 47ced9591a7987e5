package encode

import (
	"slices"

	"plenary/model/rule"
	"plenary/solver/cnf"
)

// rooms bounds the meetings in each slot by the rooms that suit them, without
// saying which meeting has which room. By Hall's theorem every meeting can
// have a room of its own exactly if, for every set of rooms, no more meetings
// depend on it than it has rooms; it is enough to look at unions of what
// single meetings need, as far as they overlap. Philip Hall, On
// representatives of subsets, 1935.
func rooms(c *Context, r *rule.Rooms) {
	st := &c.S.Stations[r.Station]
	days := hull(c.V.All())
	for d := days.First; d <= days.Last; d++ {
		open := make([]bool, len(st.Rooms))
		for i := range st.Rooms {
			open[i] = st.Rooms[i].OpenOn(d)
		}
		for k := range c.S.Slots {
			var meetings []needy
			for _, x := range c.V.All() {
				occupied := c.B.False()
				if x.At(r.Station) != c.B.False() {
					occupied = x.Occupies(d, k)
				}
				if occupied == c.B.False() {
					continue
				}
				m := needy{lit: c.B.And(occupied, x.At(r.Station)), rooms: make([]bool, len(st.Rooms))}
				for i := range st.Rooms {
					m.rooms[i] = open[i] && st.Rooms[i].Suits(x.Scenario.Room)
				}
				meetings = append(meetings, m)
			}
			hall(c, meetings, func(room int) int { return st.Rooms[room].Number() })
		}
	}
}

// needy is a meeting and the kinds of rooms that suit it.
type needy struct {
	lit   cnf.Lit
	rooms []bool
}

// hall adds a term for each set of rooms on which more meetings could depend
// than it has rooms.
func hall(c *Context, meetings []needy, number func(room int) int) {
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
			if overlap(sets[i], other) {
				add(union(sets[i], other))
			}
		}
	}
	for _, set := range sets {
		size := 0
		for room, in := range set {
			if in {
				size += number(room)
			}
		}
		var lits []cnf.Lit
		for _, m := range meetings {
			if inside(m.rooms, set) {
				lits = append(lits, m.lit)
			}
		}
		c.bounds(lits, 0, size)
	}
}

func overlap(a, b []bool) bool {
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
