package encode

import (
	"plenary/model/rule"
	"plenary/solver/vocab"
)

// roomChange counts, for every two sessions, those who are in both and would
// have to change rooms.
func roomChange(c *Context, r *rule.RoomChange) {
	some := c.V.Some(r.Sessions)
	for i, a := range some {
		for _, b := range some[i+1:] {
			people := r.InBoth(c.S, a.Index, b.Index)
			if people == 0 {
				continue
			}
			c.Pair(Pair{A: a, B: b, Elsewhere: true, Excess: func(p, q vocab.Choice) int {
				if q.First < p.First {
					p, q = q, p
				}
				if q.First > p.First && q.First <= p.Last+1+r.Within.Slots {
					return people
				}
				return 0
			}})
		}
	}
}
