package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

func daysApart(c *Context, r *rule.DaysApart) {
	c.each(&r.Pairs, func(a, b *vocab.Session) {
		for d := a.Domain.Days.First; d <= a.Domain.Days.Last; d++ {
			var wrong []cnf.Lit
			for e := b.Domain.Days.First; e <= b.Domain.Days.Last; e++ {
				if r.Wrong(int(max(d, e) - min(d, e))) {
					wrong = append(wrong, b.On(e))
				}
			}
			c.Add(1, a.On(d), c.B.Or(wrong...))
		}
	})
}
