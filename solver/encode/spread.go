package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

func spread(c *Context, r *rule.Spread) {
	some := c.V.Some(r.Sessions)
	days := hull(some)
	var used []cnf.Lit
	for d := days.First; d <= days.Last && len(some) > 0; d++ {
		var lits []cnf.Lit
		for _, x := range some {
			lits = append(lits, x.On(d))
		}
		used = append(used, c.B.Or(lits...))
	}
	c.bounds(used, r.Over, -1)
}
