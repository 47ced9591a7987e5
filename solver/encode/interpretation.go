package encode

import "plenary/model/rule"

func interpretation(c *Context, r *rule.Interpretation) {
	for _, x := range c.V.Some(r.Sessions) {
		for d := x.Domain.Days.First; d <= x.Domain.Days.Last; d++ {
			for k := range c.S.Slots {
				c.Add(1, x.Uninterpreted(d, k))
			}
		}
	}
}
