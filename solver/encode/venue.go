package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

func venue(c *Context, r *rule.Venue) {
	for _, x := range c.V.Some(r.Sessions) {
		elsewhere := []cnf.Lit{x.Held()}
		for _, st := range r.Stations {
			elsewhere = append(elsewhere, x.At(st).Not())
		}
		c.Add(1, elsewhere...)
	}
}
