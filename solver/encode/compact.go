package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

func compact(c *Context, r *rule.Compact) {
	some := c.V.Some(r.Sessions)
	days := hull(some)
	for d := days.First; d <= days.Last && len(some) > 0; d++ {
		var used []cnf.Lit // in each slot that exists on the day
		for k := range c.S.Slots {
			if !c.S.Slots[k].Exists(d) {
				continue
			}
			var lits []cnf.Lit
			for _, x := range some {
				lits = append(lits, x.Occupies(d, k))
			}
			used = append(used, c.B.Or(lits...))
		}
		for i, lit := range used {
			before, after := c.B.False(), c.B.False()
			if i > 0 {
				before = used[i-1]
			}
			if i+1 < len(used) {
				after = used[i+1]
			}
			c.Add(1, lit, before.Not(), after.Not())
		}
	}
}
