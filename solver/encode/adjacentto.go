package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/solver/cnf"
)

// adjacentTo prices each day on which a session can end before the event, or
// start after it, by what lies between.
func adjacentTo(c *Context, r *rule.AdjacentTo) {
	event := c.S.Events[r.Event].Days
	for _, x := range c.V.Some(r.Sessions) {
		for _, st := range x.Domain.Stations {
			for d := x.Domain.Days.First; d <= x.Domain.Days.Last; d++ {
				var edge cnf.Lit
				between := calendar.Range{First: d + 1, Last: event.First - 1}
				past := int(d-event.First) + 1
				if r.Side == "before" {
					edge = c.B.And(x.EndedBy(d), x.EndedBy(d-1).Not(), x.Held())
				} else {
					edge = c.B.And(x.StartedBy(d), x.StartedBy(d-1).Not())
					between = calendar.Range{First: event.Last + 1, Last: d - 1}
					past = int(event.Last-d) + 1
				}
				if past > 0 {
					c.Add(past, x.At(st), edge)
					continue
				}
				days := 0
				for e := between.First; e <= between.Last; e++ {
					if r.Within.Unit == calendar.Days || c.S.Stations[st].Open(e) {
						days++
					}
				}
				c.Add(days-r.Within.N, x.At(st), edge)
			}
		}
	}
}
