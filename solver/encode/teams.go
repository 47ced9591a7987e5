package encode

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
)

// teams bounds interpreted meetings by the teams there are, in each slot and
// each week, without saying which meeting has which team. Teams that are there
// on the same days of a week are alike: meetings dealt to them in turn never
// put two on one team in a slot and load all teams equally, so counting is
// exact. Where teams of one week differ, a literal says which kind of team a
// meeting has.
func teams(c *Context, r *rule.Teams) {
	st := &c.S.Stations[r.Station]
	days := hull(c.V.All())
	for monday := days.First.Monday(); monday <= days.Last; monday += 7 {
		teamWeek(c, r.Station, st.Interpretation, monday)
	}
}

// kindOfTeam is teams that are there on the same days of a week.
type kindOfTeam struct {
	teams int
	there [7]bool
	week  []cnf.Lit // the meetings they serve
}

func teamWeek(c *Context, station int, have *scenario.Interpretation, monday calendar.Day) {
	var kinds []*kindOfTeam
	for n := 1; n <= have.Teams; n++ {
		var there [7]bool
		for i := range there {
			there[i] = n <= have.TeamsOn(monday+calendar.Day(i))
		}
		if len(kinds) == 0 || kinds[len(kinds)-1].there != there {
			kinds = append(kinds, &kindOfTeam{there: there})
		}
		kinds[len(kinds)-1].teams++
	}
	for i := range 7 {
		d := monday + calendar.Day(i)
		var there []*kindOfTeam
		for _, k := range kinds {
			if k.there[i] {
				there = append(there, k)
			}
		}
		for slot := range c.S.Slots {
			perKind := make([][]cnf.Lit, len(there))
			for _, x := range c.V.All() {
				if x.At(station) == c.B.False() || x.Interpreted(d, slot) == c.B.False() {
					continue
				}
				lit := c.B.And(x.Interpreted(d, slot), x.At(station))
				switch len(there) {
				case 0:
					c.Add(1, lit)
				case 1:
					perKind[0] = append(perKind[0], lit)
				default:
					choice := []cnf.Lit{lit.Not()}
					for k := range there {
						served := c.B.Fresh()
						perKind[k] = append(perKind[k], served)
						choice = append(choice, served)
					}
					c.B.Clause(choice...)
				}
			}
			for k, lits := range perKind {
				c.bounds(lits, 0, there[k].teams)
				there[k].week = append(there[k].week, lits...)
			}
		}
	}
	for _, k := range kinds {
		c.bounds(k.week, 0, k.teams*have.MeetingsPerWeek())
	}
}
