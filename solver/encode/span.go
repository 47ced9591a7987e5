package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/solver/vocab"
)

// span counts the days d that lie on or before the last day and at least the
// span after the first.
func span(c *Context, r *rule.Span) {
	for _, x := range c.V.Some(r.Sessions) {
		if r.Within == nil {
			consecutive(c, x)
			continue
		}
		n := calendar.Day(r.Within.N)
		for d := x.Domain.Days.First; d <= x.Domain.Days.Last; d++ {
			c.Add(1, x.StartedBy(d-n), x.EndedBy(d-1).Not())
		}
	}
}

// consecutive counts the working days of its station that a session leaves out
// between its first and last day. Where its domain has consecutive days alone, there
// are none.
func consecutive(c *Context, x *vocab.Session) {
	if x.Domain.Within == nil {
		return
	}
	for _, st := range x.Domain.Stations {
		for d := x.Domain.Days.First + 1; d < x.Domain.Days.Last; d++ {
			if c.S.Stations[st].Open(d) {
				c.Add(1, x.At(st), x.StartedBy(d-1), x.EndedBy(d).Not(), x.On(d).Not())
			}
		}
	}
}
