package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

// inOrder holds every start of the later session against the end of the
// earlier one.
func inOrder(c *Context, r *rule.InOrder) {
	for _, a := range c.V.Some(r.Sessions) {
		for _, b := range c.V.Some(r.Later) {
			if a == b {
				continue
			}
			for d := b.Domain.Days.First; d <= b.Domain.Days.Last; d++ {
				for k := range c.S.Slots {
					if starts := b.Starts(d, k); starts != c.B.False() {
						c.measured(&r.Measure, []cnf.Lit{starts, a.Held(), a.EndedBefore(d, k).Not()}, a, b)
					}
				}
			}
		}
	}
}
