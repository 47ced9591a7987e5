package encode

import (
	"plenary/model/rule"
	"plenary/solver/vocab"
)

func alongside(c *Context, r *rule.Alongside) {
	c.each(&r.Pairs, func(a, b *vocab.Session) {
		for d := a.Domain.Days.First; d <= a.Domain.Days.Last; d++ {
			for k := range c.S.Slots {
				c.Add(1, a.Occupies(d, k), b.Held(), b.Occupies(d, k).Not())
			}
		}
	})
}
