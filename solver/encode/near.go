package encode

import "plenary/model/rule"

func near(c *Context, r *rule.Near) {
	for _, x := range c.V.Some(r.Sessions) {
		for d := x.Domain.Days.First; d < r.Day; d++ {
			c.Add(1, x.StartedBy(d))
		}
		for d := r.Day; d < x.Domain.Days.Last; d++ {
			c.Add(1, x.Held(), x.StartedBy(d).Not())
		}
	}
}
