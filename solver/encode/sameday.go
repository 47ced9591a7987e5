package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

func sameDay(c *Context, r *rule.SameDay) {
	c.each(&r.Pairs, func(a, b *vocab.Session) {
		for d := a.Domain.Days.First; d <= a.Domain.Days.Last; d++ {
			if a.On(d) != c.B.False() {
				c.measured(&r.Measure, []cnf.Lit{a.On(d), b.Held(), b.On(d).Not()}, a, b)
			}
		}
	})
}
