package encode

import (
	"plenary/model/rule"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// roomsBySize holds each room of the session that expects fewer people against
// the smaller rooms of the other.
func roomsBySize(c *Context, r *rule.RoomsBySize) {
	c.each(&r.Pairs, func(a, b *vocab.Session) {
		if a.Scenario.Attendees > b.Scenario.Attendees {
			a, b = b, a
		}
		if a.Scenario.Attendees == b.Scenario.Attendees || !a.Scenario.Has("attendees") {
			return
		}
		for _, st := range a.Domain.Stations {
			for i, h := range c.S.Stations[st].Halls() {
				if large := a.InHall(st, i); large != c.B.False() {
					c.measured(&r.Measure, []cnf.Lit{large, smaller(c, b, h.Room.Seats)}, a, b)
				}
			}
		}
	})
}

// smaller says that the session has a room with fewer seats.
func smaller(c *Context, x *vocab.Session, seats int) cnf.Lit {
	var lits []cnf.Lit
	for _, st := range x.Domain.Stations {
		for i, h := range c.S.Stations[st].Halls() {
			if h.Room.Seats < seats {
				lits = append(lits, x.InHall(st, i))
			}
		}
	}
	return c.B.Or(lits...)
}
