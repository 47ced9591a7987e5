package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
)

func window(c *Context, r *rule.Window) { within(c, r.Sessions, r.Between) }

// within counts the days from the start to the window, and from the window to
// the end.
func within(c *Context, sessions []int, between calendar.Range) {
	for _, x := range c.V.Some(sessions) {
		for d := x.Domain.Days.First; d < between.First; d++ {
			c.Add(1, x.StartedBy(d))
		}
		for d := between.Last; d < x.Domain.Days.Last; d++ {
			c.Add(1, x.EndedBy(d).Not())
		}
	}
}
