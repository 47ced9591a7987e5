package encode

import (
	"plenary/model/rule"
)

func largerRooms(c *Context, r *rule.LargerRooms) {
	for _, x := range c.V.Some(r.Sessions) {
		for _, st := range x.Domain.Stations {
			halls := c.S.Stations[st].Halls()
			for i, own := range halls {
				excess := 0
				for _, other := range halls {
					excess += max(0, other.Room.Seats-own.Room.Seats)
				}
				c.Add(excess, x.InHall(st, i))
			}
		}
	}
}
