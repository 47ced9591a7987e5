package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

func pause(c *Context, r *rule.Pause) {
	if some := c.V.Some(r.Sessions); c.Sums && r.AtLeast.Minutes == 0 && r.Sharing == "" && len(r.With) == 0 && c.roomed(some) {
		pauseAfterRooms(c, some, r.AtLeast.Slots)
		return
	}
	c.each(&r.Pairs, func(a, b *vocab.Session) {
		if r.Concerns(c.S, a.Index, b.Index) {
			c.Pair(Pair{A: a, B: b, Excess: func(p, q vocab.Choice) int {
				if p.Station == q.Station && (tooSoon(c, r.AtLeast, p, q) || tooSoon(c, r.AtLeast, q, p)) {
					return 1
				}
				return 0
			}})
		}
	})
}

// pauseAfterRooms counts for each room, and each slot in which a session can end there,
// those that start too soon at the station: no more than one ends there, and no more can
// start in a slot than there are rooms. One count for every two sessions would be as many
// times more as there are sessions.
func pauseAfterRooms(c *Context, sessions []*vocab.Session, slots int) {
	type moment struct{ station, hall, slot int }
	ends, starts := map[moment][]cnf.Lit{}, map[moment][]cnf.Lit{}
	var order []moment
	for _, x := range sessions {
		x.Places(func(p vocab.Choice, lit cnf.Lit) {
			start := moment{station: p.Station, slot: p.First}
			starts[start] = append(starts[start], lit)
			for i := range c.S.Stations[p.Station].Halls() {
				if here := c.B.And(lit, x.InHall(p.Station, i)); here != c.B.False() {
					end := moment{p.Station, i, p.Last}
					if ends[end] == nil {
						order = append(order, end)
					}
					ends[end] = append(ends[end], here)
				}
			}
		})
	}
	for _, end := range order {
		n := Count{Most: int64(slots * len(c.S.Stations[end.station].Halls()))}
		for slot := end.slot + 1; slot <= end.slot+slots; slot++ {
			for _, lit := range starts[moment{station: end.station, slot: slot}] {
				n.Of = append(n.Of, cnf.Weighted{Lit: lit, Weight: 1})
			}
		}
		if n.Most = min(n.Most, int64(len(n.Of))); n.Most == 0 {
			continue
		}
		for _, lit := range ends[end] {
			n.Of = append(n.Of, cnf.Weighted{Lit: lit, Weight: n.Most})
		}
		c.counts = append(c.counts, n)
	}
}

// tooSoon tells whether q follows p with less than the pause between.
func tooSoon(c *Context, atLeast calendar.Stretch, p, q vocab.Choice) bool {
	if q.First <= p.Last {
		return false
	}
	if atLeast.Minutes == 0 {
		return q.First-p.Last <= atLeast.Slots
	}
	end, start := c.S.SlotTimes(p.Station, p.End()).To, c.S.SlotTimes(q.Station, q.Start()).From
	return p.Day == q.Day && start < end+calendar.Clock(atLeast.Minutes)
}
