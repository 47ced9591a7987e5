package encode

import (
	"slices"
	"time"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/solver/cnf"
)

func avoid(c *Context, r *rule.Avoid) {
	for _, x := range c.V.Some(r.Sessions) {
		for d := x.Domain.Days.First; d <= x.Domain.Days.Last; d++ {
			inRange := slices.ContainsFunc(r.Ranges, func(days calendar.Range) bool { return days.Contains(d) })
			for _, st := range x.Domain.Stations {
				if inRange || (r.Observances && c.S.Stations[st].Observance(d) != "") {
					c.Add(1, x.On(d), x.At(st))
					continue
				}
				var clash []cnf.Lit
				for k := range c.S.Slots {
					if len(r.Busy) > 0 && taken(c, r.Busy, st, k, d) {
						clash = append(clash, x.Occupies(d, k))
					}
				}
				c.Add(1, x.At(st), c.B.Or(clash...))
			}
		}
	}
}

// taken tells whether one of the busy calendars has a meeting in the slot.
func taken(c *Context, busy []int, station, slot int, d calendar.Day) bool {
	zone := c.S.Stations[station].Location
	times := c.S.SlotTimes(station, slot)
	from, to := d.At(times.From, zone), d.At(times.To, zone)
	for _, b := range busy {
		for _, t := range c.S.Busy[b].Times {
			begin, end := t.From, t.To
			if t.Floating { // the same wall clock in the station's zone
				begin, end = wall(begin, zone), wall(end, zone)
			}
			if end.After(from) && begin.Before(to) {
				return true
			}
		}
	}
	return false
}

// wall gives the moment at which the zone's clocks show what t shows.
func wall(t time.Time, zone *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone)
}
