package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/vocab"
)

// document counts the days by which a document comes too early or too late;
// that it is issued on a working day is part of the document itself.
func document(c *Context, r *rule.Document) {
	x := c.V.Document(r.Documents[0])
	if x == nil {
		return
	}
	switch {
	case len(r.After) > 0:
		if ref := c.refer(r.After[0]); ref != nil {
			lead, edited := r.Lead(), r.Edited()
			ready := func(end calendar.Day) calendar.Day {
				return edited.After(lead.After(end, scenario.Weekdays), scenario.Weekdays)
			}
			for d := x.Days.First; d < ready(ref.last); d++ {
				c.Add(1, x.IssuedBy(d), ref.endedBy(Latest(ready, d, ref.first, ref.last)).Not())
			}
			if r.Within == nil {
				return
			}
			limit := func(end calendar.Day) calendar.Day { return r.Within.After(end, scenario.Weekdays) }
			for d := limit(ref.first); d < x.Days.Last; d++ {
				c.Add(1, ref.held, x.IssuedBy(d).Not(), ref.endedBy(Latest(limit, d, ref.first, ref.last)))
			}
		}
	case len(r.Before) > 0:
		if ref := c.refer(r.Before[0]); ref != nil {
			ahead := r.Ahead()
			due := func(start calendar.Day) calendar.Day { return ahead.Before(start, scenario.Weekdays) }
			for d := due(ref.first); d < x.Days.Last; d++ {
				c.Add(1, x.IssuedBy(d).Not(), ref.startedBy(Latest(due, d, ref.first, ref.last)))
			}
		}
	case r.Deadline != nil:
		issuedAfter(c, x, *r.Deadline)
	case r.Between != nil:
		for d := x.Days.First; d < r.Between.First; d++ {
			c.Add(1, x.IssuedBy(d))
		}
		issuedAfter(c, x, r.Between.Last)
	}
}

// issuedAfter counts the days from the deadline to the day of issue.
func issuedAfter(c *Context, x *vocab.Document, deadline calendar.Day) {
	for d := deadline; d < x.Days.Last; d++ {
		c.Add(1, x.IssuedBy(d).Not())
	}
}
