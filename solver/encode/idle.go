package encode

import (
	"slices"

	"plenary/model/rule"
)

func idle(c *Context, r *rule.Idle) {
	for _, x := range c.V.Some(r.Sessions) {
		if x.Scenario.FillsDay {
			continue
		}
		later := c.B.False()
		for d := x.Domain.Days.Last; d >= x.Domain.Days.First; d-- {
			for _, k := range slices.Backward(x.Scenario.SlotIndex) {
				if !c.S.Slots[k].Exists(d) {
					continue
				}
				occupied := x.Occupies(d, k)
				c.Add(1, x.On(d), occupied.Not(), later)
				later = c.B.Or(later, occupied)
			}
		}
	}
}
