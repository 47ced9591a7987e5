package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
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
				c.Rising(lits, func(n int) int { return n - 1 })
			}
		}
	}
}
