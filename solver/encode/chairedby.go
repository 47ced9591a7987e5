package encode

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

func chairedBy(c *Context, r *rule.ChairedBy) {
	o := &c.S.Officers[r.Officers[0]]
	if r.Part >= 0 {
		for _, x := range c.V.Some(r.Own()) {
			away := o.Away[r.Part].Days.Intersect(x.Domain.Days)
			for d := away.First; d <= away.Last; d++ {
				counted := slices.ContainsFunc(o.Away[:r.Part], func(a scenario.Closure) bool { return a.Days.Contains(d) })
				if !counted {
					c.Add(1, x.On(d))
				}
			}
		}
		return
	}
	for _, pair := range r.Pairs() {
		a, b := c.V.Session(pair[0]), c.V.Session(pair[1])
		if a != nil && b != nil {
			notBoth(c, a, b, calendar.Day(o.TravelDays))
		}
	}
}

// notBoth counts meetings of a and b in one slot of one station, and meeting
// days at two stations without the travel days between.
func notBoth(c *Context, a, b *vocab.Session, travel calendar.Day) {
	var together []cnf.Lit
	for _, st := range a.Domain.Stations {
		together = append(together, c.B.And(a.At(st), b.At(st)))
	}
	same := c.B.Or(together...)
	if len(a.Domain.Stations) == 1 && len(b.Domain.Stations) == 1 && a.Domain.Stations[0] == b.Domain.Stations[0] {
		same = c.B.True()
	}
	for d := a.Domain.Days.First; d <= a.Domain.Days.Last; d++ {
		if a.On(d) == c.B.False() {
			continue
		}
		for k := range c.S.Slots {
			c.Add(1, a.Occupies(d, k), b.Occupies(d, k), same)
		}
		for e := d - travel; e <= d+travel; e++ {
			c.Add(1, a.On(d), b.On(e), same.Not())
		}
	}
}
