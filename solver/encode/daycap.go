package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

func dayCap(c *Context, r *rule.DayCap) {
	var days []cnf.Lit
	for _, x := range c.V.Some(r.Sessions) {
		for n := 1; n <= x.Domain.Length.Max; n++ {
			days = append(days, x.TakesDays(n))
		}
	}
	least, most := r.Bounds()
	c.bounds(days, least, most)
}
