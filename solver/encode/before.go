package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/solver/vocab"
)

func before(c *Context, r *rule.Before) {
	for _, a := range c.V.Some(r.Sessions) {
		for _, b := range c.V.Some(r.Later) {
			for _, st := range b.Domain.Stations {
				tooEarly(c, r, a, b, st)
				if !r.Gap.Open() {
					tooLate(c, r, a, b, st)
				}
			}
		}
	}
}

// tooEarly counts the days from the start of b up to the least gap after the
// end of a.
func tooEarly(c *Context, r *rule.Before, a, b *vocab.Session, st int) {
	first, last := a.Domain.Days.First, a.Domain.Days.Last
	least := func(end calendar.Day) calendar.Day { return r.Gap.Least.After(end, c.S.Stations[st].Open) }
	for d := b.Domain.Days.First; d < least(last); d++ {
		c.Add(1, b.At(st), b.StartedBy(d), a.EndedBy(Latest(least, d, first, last)).Not())
	}
}

// tooLate counts the days from the most gap after the end of a up to the
// start of b.
func tooLate(c *Context, r *rule.Before, a, b *vocab.Session, st int) {
	first, last := a.Domain.Days.First, a.Domain.Days.Last
	most := func(end calendar.Day) calendar.Day { return r.Gap.Most.After(end, c.S.Stations[st].Open) }
	for d := most(first); d < b.Domain.Days.Last; d++ {
		c.Add(1, a.Held(), b.At(st), a.EndedBy(Latest(most, d, first, last)), b.StartedBy(d).Not())
	}
}
