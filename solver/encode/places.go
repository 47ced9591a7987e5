package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

func places(c *Context, r *rule.Places) {
	for _, x := range c.V.Some(r.Sessions) {
		for _, st := range x.Domain.Stations {
			for i, h := range c.S.Stations[st].Halls() {
				if lit := x.InHall(st, i); lit != c.B.False() && r.Wrong(h) {
					c.measured(&r.Measure, []cnf.Lit{lit}, x)
				}
			}
		}
	}
}
