package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

func travelBudget(c *Context, r *rule.TravelBudget) {
	var trips []cnf.Weighted
	total := int64(0)
	left := int64(r.AtMost) // what trips that are certain leave of the budget
	for _, x := range c.V.Some(r.Sessions) {
		for _, st := range x.Domain.Stations {
			thousands := (int64(r.Delegates)*int64(r.Cost[c.S.Stations[st].ID]) + 999) / 1000
			switch {
			case thousands == 0:
			case r.AtMost == 0: // every thousand is beyond: no sum is needed
				c.Add(int(thousands), x.At(st))
			case x.At(st) == c.B.True():
				left -= thousands
			default:
				trips = append(trips, cnf.Weighted{Lit: x.At(st), Weight: thousands})
				total += thousands
			}
		}
	}
	if r.AtMost == 0 {
		return
	}
	if left < 0 {
		c.Add(int(-left))
		left = 0
	}
	if total <= left {
		return
	}
	c.atMost(trips, left)
}
