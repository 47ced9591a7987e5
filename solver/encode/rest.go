package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// rest counts the days missing after the session that comes first: a free
// literal says which does, so that the least sum is the right order.
func rest(c *Context, r *rule.Rest) {
	a, b := c.V.Session(r.Sessions[0]), c.V.Session(r.Sessions[1])
	if a == nil || b == nil {
		return
	}
	var first cnf.Lit // a comes first
	switch {
	case a.Domain.Days.Last < b.Domain.Days.First:
		first = c.B.True()
	case b.Domain.Days.Last < a.Domain.Days.First:
		first = c.B.False()
	default:
		first = c.B.Fresh()
	}
	missing(c, r.AtLeast, a, b, first)
	missing(c, r.AtLeast, b, a, first.Not())
}

// missing counts the days from the start of b to the end of the rest after a.
func missing(c *Context, atLeast calendar.Duration, a, b *vocab.Session, order cnf.Lit) {
	first, last := a.Domain.Days.First, a.Domain.Days.Last
	free := func(end calendar.Day) calendar.Day { return atLeast.After(end, scenario.Weekdays) + 1 }
	for d := b.Domain.Days.First; d < free(last); d++ {
		c.Add(1, order, b.StartedBy(d), a.EndedBy(Latest(free, d, first, last)).Not())
	}
}
