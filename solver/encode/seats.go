package encode

import (
	"plenary/model/rule"
	"plenary/solver/vocab"
)

// seats keeps members off seats on days when they are away; that every seat is
// filled by eligible members is part of the session itself.
func seats(c *Context, r *rule.Seats) {
	for _, x := range c.V.Some(r.Sessions) {
		x.EachSeat(x.Scenario.Programmed[r.Kind].Kind, "", func(t *vocab.Seat) {
			for _, class := range t.Classes {
				for _, away := range class.First().Away {
					days := away.Intersect(x.Domain.Days)
					for d := days.First; d <= days.Last; d++ {
						c.Add(1, t.TakenBy(class), x.On(d))
					}
				}
			}
		})
	}
}
