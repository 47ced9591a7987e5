package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// overlap counts, in each slot, the sessions that meet: the n-th one is one half
// of n-1 pairs. Where sessions are held against others, each pair is a term.
func overlap(c *Context, r *rule.Overlap) {
	if len(r.With) > 0 {
		r.Each(func(i, j int) {
			a, b := c.V.Session(i), c.V.Session(j)
			if a == nil || b == nil {
				return
			}
			days := a.Domain.Days.Intersect(b.Domain.Days)
			for d := days.First; d <= days.Last; d++ {
				for k := range c.S.Slots {
					c.Add(1, a.Occupies(d, k), b.Occupies(d, k))
				}
			}
		})
		return
	}
	atOnce(c, r.Sessions)
}

// atOnce counts the pairs of sessions that meet in one slot, over all slots.
func atOnce(c *Context, sessions []int) {
	some := c.V.Some(sessions)
	if len(some) < 2 {
		return
	}
	most := len(some)
	if c.Sums {
		most = c.roomsFor(some)
	}
	days := hull(some)
	for d := days.First; d <= days.Last; d++ {
		for k := range c.S.Slots {
			var lits []cnf.Lit
			for _, x := range some {
				if lit := x.Occupies(d, k); lit != c.B.False() {
					lits = append(lits, lit)
				}
			}
			switch {
			case len(lits) < 2:
			case c.Hard:
				c.bounds(lits, 0, 1)
			default:
				c.Rising(lits, most, func(n int) int { return n - 1 })
			}
		}
	}
}

// roomsFor gives how many of the sessions can meet at once: no more than there are rooms
// where they can be, if they have one wherever that is.
func (c *Context) roomsFor(sessions []*vocab.Session) int {
	if !c.roomed(sessions) {
		return len(sessions)
	}
	most, known := 0, map[int]bool{}
	for _, x := range sessions {
		for _, st := range x.Domain.Stations {
			if !known[st] {
				known[st] = true
				most += len(c.S.Stations[st].Halls())
			}
		}
	}
	return min(most, len(sessions))
}

// roomed tells whether sessions have a room wherever they can be.
func (c *Context) roomed(sessions []*vocab.Session) bool {
	for _, x := range sessions {
		for _, st := range x.Domain.Stations {
			if !x.Scenario.Short || len(c.S.Stations[st].Halls()) == 0 {
				return false
			}
		}
	}
	return true
}
