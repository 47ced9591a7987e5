package encode

import "plenary/model/rule"

func breaks(c *Context, r *rule.Breaks) {
	for _, x := range c.V.Some(r.Sessions) {
		for d := x.Domain.Days.First; d <= x.Domain.Days.Last; d++ {
			c.Add(1, x.StartedBy(d), x.EndedBy(d-1).Not(), x.On(d).Not())
		}
	}
}
