package encode

import (
	"plenary/model/rule"
)

func roomSize(c *Context, r *rule.RoomSize) {
	for _, x := range c.V.Some(r.Sessions) {
		for _, st := range x.Domain.Stations {
			for i, h := range c.S.Stations[st].Halls() {
				c.Add(x.Scenario.Attendees-h.Room.Seats, x.InHall(st, i))
			}
		}
	}
}
