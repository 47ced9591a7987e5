package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
)

// span counts the days d that lie on or before the last day and at least the
// span after the first. Consecutive days are part of the session itself.
func span(c *Context, r *rule.Span) {
	if r.Within == nil {
		return
	}
	n := calendar.Day(r.Within.N)
	for _, x := range c.V.Some(r.Sessions) {
		for d := x.Domain.Days.First; d <= x.Domain.Days.Last; d++ {
			c.Add(1, x.StartedBy(d-n), x.EndedBy(d-1).Not())
		}
	}
}
