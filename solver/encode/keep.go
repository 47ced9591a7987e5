package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
)

func keep(c *Context, r *rule.Keep) {
	for _, x := range c.V.Some(r.Sessions) {
		for _, d := range r.Days {
			c.Add(1, x.On(d).Not())
		}
		r.AnnouncedTimes(c.S, func(d calendar.Day, slot int) {
			c.Add(1, x.On(d), x.Occupies(d, slot).Not())
		})
		if r.At != "" {
			c.Add(1, x.At(c.S.Station(r.At)).Not())
		}
		if r.Slot != "" {
			c.Add(1, x.StartsIn(c.slot(r.Slot)).Not())
		}
		if r.Room != "" {
			c.Add(1, x.InRoom(r.Room).Not())
		}
		for _, a := range r.Members() {
			c.Add(1, taking(c, x, a.Kind, a.Number, a.Seat, a.Member).Not())
		}
	}
}
