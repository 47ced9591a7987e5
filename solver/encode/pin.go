package encode

import (
	"maps"
	"slices"

	"plenary/model/roster"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

func pin(c *Context, r *rule.Pin) {
	for _, x := range c.V.Some(r.Sessions) {
		p := x.Scenario.Pin
		if p.Start != nil {
			starts := c.B.And(x.StartedBy(*p.Start), x.StartedBy(*p.Start-1).Not())
			c.Add(1, x.Held(), starts.Not())
		}
		if p.Days != nil {
			same := []cnf.Lit{x.TakesDays(len(p.Days) + 1).Not()}
			for _, d := range p.Days {
				same = append(same, x.On(d))
			}
			c.Add(1, x.Held(), c.B.And(same...).Not())
		}
		if p.Station != "" {
			c.Add(1, x.Held(), x.At(c.S.Station(p.Station)).Not())
		}
		if p.Slot != "" {
			c.Add(1, x.Held(), x.StartsIn(c.slot(p.Slot)).Not())
		}
		if p.Room != "" {
			c.Add(1, x.Held(), x.InRoom(p.Room).Not())
		}
		for _, meeting := range slices.Sorted(maps.Keys(p.Seats)) {
			kind, number, _ := scenario.SplitMeeting(meeting)
			for _, seat := range slices.Sorted(maps.Keys(p.Seats[meeting])) {
				taken := taking(c, x, kind, number, seat, p.Seats[meeting][seat])
				c.Add(1, x.HasMeetings(x.Kind(kind), number), taken.Not())
			}
		}
	}
}

// taking says that one of the seats of the name in a meeting is taken by the
// member, who is a class alone; never, when there is no such seat.
func taking(c *Context, x *vocab.Session, kind string, number int, seat, id string) cnf.Lit {
	k := x.Kind(kind)
	if k < 0 {
		return c.B.False()
	}
	var taken []cnf.Lit
	for _, t := range x.Seats(k, number, seat) {
		for _, class := range t.Classes {
			if slices.ContainsFunc(class.Members, func(m *roster.Member) bool { return m.ID == id }) {
				taken = append(taken, t.TakenBy(class))
			}
		}
	}
	return c.B.Or(taken...)
}
