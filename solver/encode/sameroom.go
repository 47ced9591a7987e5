package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

func sameRoom(c *Context, r *rule.SameRoom) {
	c.each(&r.Pairs, func(a, b *vocab.Session) {
		roomed := b.Roomed()
		days := a.Domain.Days.Intersect(b.Domain.Days)
		for _, st := range a.Domain.Stations {
			for i := range c.S.Stations[st].Halls() {
				if a.InHall(st, i) == c.B.False() {
					continue
				}
				for d := days.First; d <= days.Last; d++ {
					if a.On(d) != c.B.False() && b.On(d) != c.B.False() {
						c.measured(&r.Measure, []cnf.Lit{a.On(d), b.On(d), a.InHall(st, i), b.InHall(st, i).Not(), roomed}, a, b)
					}
				}
			}
		}
	})
}
