package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
)

func times(c *Context, r *rule.Times) {
	for _, x := range c.V.Some(r.Sessions) {
		var wrong []cnf.Lit
		for d := x.Domain.Days.First; d <= x.Domain.Days.Last; d++ {
			for k := range c.S.Slots {
				lit := x.Occupies(d, k)
				switch {
				case lit == c.B.False() || !r.Wrong(d, k):
				case r.BySlots():
					c.Add(1, lit)
				default:
					wrong = append(wrong, lit)
				}
			}
		}
		c.Add(1, c.B.Or(wrong...))
	}
}
