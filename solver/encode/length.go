package encode

import (
	"plenary/model/rule"
	"plenary/model/source"
)

func length(c *Context, r *rule.Length) {
	for _, x := range c.V.Some(r.Sessions) {
		for n := 1; n <= r.Days.Min; n++ {
			c.Add(1, x.Held(), x.TakesDays(n).Not())
		}
		for n := r.Days.Max + 1; r.Days.Max != source.NoMost && n <= x.Domain.Length.Max; n++ {
			c.Add(1, x.TakesDays(n))
		}
	}
}
