package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

func early(c *Context, r *rule.Early) {
	for _, x := range c.V.Some(r.Sessions) {
		x.Places(func(p vocab.Choice, lit cnf.Lit) { c.Add(p.Last, lit) })
	}
}
