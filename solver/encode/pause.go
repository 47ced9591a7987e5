package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/solver/vocab"
)

func pause(c *Context, r *rule.Pause) {
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
