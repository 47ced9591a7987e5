package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

func parallel(c *Context, r *rule.Parallel) {
	some := c.V.Some(r.Sessions)
	if len(some) == 0 {
		return
	}
	days := hull(some)
	for d := days.First; d <= days.Last; d++ {
		for k := range c.S.Slots {
			var lits []cnf.Lit
			for _, x := range some {
				var there []cnf.Lit
				for _, st := range r.Stations {
					there = append(there, x.At(st))
				}
				if occupied := x.Occupies(d, k); occupied != c.B.False() {
					lits = append(lits, c.B.And(occupied, c.B.Or(there...)))
				}
			}
			c.bounds(lits, 0, r.AtMost)
		}
	}
}
