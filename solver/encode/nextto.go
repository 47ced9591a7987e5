package encode

import (
	"slices"

	"plenary/model/rule"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// nextTo says for each place of a session that another is right before or after.
func nextTo(c *Context, r *rule.NextTo) {
	for _, x := range c.V.Some(r.Sessions) {
		var near []cnf.Lit
		for _, y := range c.V.Some(r.Others) {
			if x == y {
				continue
			}
			together := c.B.True()
			if r.SameRoom {
				together = inOneRoom(c, x, y)
			}
			x.Places(func(p vocab.Choice, lit cnf.Lit) {
				var beside []cnf.Lit
				y.Places(func(q vocab.Choice, other cnf.Lit) {
					if p.Station == q.Station && p.Day == q.Day && (follows(c, r, p, q) || follows(c, r, q, p)) {
						beside = append(beside, other)
					}
				})
				near = append(near, c.B.And(lit, c.B.Or(beside...), together))
			})
		}
		c.Add(1, x.Held(), c.B.Or(near...).Not())
	}
}

// follows tells whether q comes after p with no more between than asked.
func follows(c *Context, r *rule.NextTo, p, q vocab.Choice) bool {
	if r.Within.Minutes == 0 {
		return q.First > p.Last && q.First <= p.Last+1+r.Within.Slots
	}
	end, start := c.S.SlotTimes(p.Station, p.End()).To, c.S.SlotTimes(q.Station, q.Start()).From
	return q.First > p.Last && int(start-end) <= r.Within.Minutes
}

// inOneRoom says that two sessions have the same room.
func inOneRoom(c *Context, x, y *vocab.Session) cnf.Lit {
	var lits []cnf.Lit
	for _, st := range x.Domain.Stations {
		if !slices.Contains(y.Domain.Stations, st) {
			continue
		}
		for i := range c.S.Stations[st].Halls() {
			lits = append(lits, c.B.And(x.InHall(st, i), y.InHall(st, i)))
		}
	}
	return c.B.Or(lits...)
}
