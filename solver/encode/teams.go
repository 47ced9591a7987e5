package encode

import (
	"slices"

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

var wholeWeek = [7]bool{true, true, true, true, true, true, true}

// kindOfTeam is teams that are there on the same days of a week.
type kindOfTeam struct {
	teams int
	there [7]bool
	week  []cnf.Lit // the meetings they serve, and literals that take one off
	maybe cnf.Lit   // a team that is there if this holds; 0 for those that the station has
	off   int       // how many of week take one off when they are false
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
	for _, m := range c.V.More {
		if m.Station == station && m.Kind < 0 && m.Monday == monday {
			kinds = append(kinds, &kindOfTeam{teams: 1, there: wholeWeek, maybe: m.Lit})
		}
	}
	for i := range 7 {
		d := monday + calendar.Day(i)
		one := Capacity{Station: station, Day: d, More: 1}
		var there []*kindOfTeam
		for _, k := range kinds {
			if k.there[i] {
				there = append(there, k)
			}
		}
		for slot := range c.S.Slots {
			var lits []cnf.Lit
			for _, x := range c.V.All() {
				if x.At(station) == c.B.False() || x.Occupies(d, slot) == c.B.False() {
					continue
				}
				if lit := c.B.And(x.Interpreted(d, slot), x.At(station)); lit != c.B.False() {
					lits = append(lits, lit)
				}
			}
			serve(c, there, lits, one)
		}
	}
	for _, k := range kinds {
		one := Capacity{Station: station, Day: monday, More: int64(have.MeetingsPerWeek())}
		c.capacity(k.week, k.teams*have.MeetingsPerWeek()+k.off, one)
	}
}

// serve bounds the interpreted meetings of one slot by the teams that are
// there, and notes which kind of team serves how many.
func serve(c *Context, there []*kindOfTeam, meetings []cnf.Lit, one Capacity) {
	switch {
	case len(there) == 0:
		for _, lit := range meetings {
			c.Add(1, lit)
		}
	case len(there) == 1 && there[0].maybe == 0:
		c.capacity(meetings, there[0].teams, one)
		there[0].week = append(there[0].week, meetings...)
	case c.Sums:
		c.share(there, meetings, one)
	default:
		perKind := make([][]cnf.Lit, len(there))
		for _, lit := range meetings {
			choice := []cnf.Lit{lit.Not()}
			for k := range there {
				served := c.B.Fresh()
				if there[k].maybe != 0 {
					c.B.Clause(served.Not(), there[k].maybe)
				}
				perKind[k] = append(perKind[k], served)
				choice = append(choice, served)
			}
			c.B.Clause(choice...)
		}
		for k, lits := range perKind {
			c.bounds(lits, 0, there[k].teams)
			there[k].week = append(there[k].week, lits...)
		}
	}
}

// share says by numbers how many of the meetings of a slot each kind of team
// serves: the first kind those that no other does.
func (c *Context) share(there []*kindOfTeam, meetings []cnf.Lit, one Capacity) {
	first := there[0]
	rest := slices.Clone(meetings)
	served := 0
	for _, k := range there[1:] {
		for range k.teams {
			serves := c.B.Fresh()
			k.week = append(k.week, serves)
			rest = append(rest, serves.Not())
			served++
		}
	}
	c.capacity(rest, first.teams+served, one)
	first.week = append(first.week, rest...)
	first.off += served
	// No more are served than there are.
	all := make([]cnf.Lit, 0, len(rest))
	for _, l := range rest {
		all = append(all, l.Not())
	}
	c.bounds(all, 0, len(meetings))
}
