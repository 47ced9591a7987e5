package deal

import (
	"context"
	"fmt"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/sat"
)

// teams gives every interpreted meeting a team, station by station and week by
// week.
func (d *dealing) teams() error {
	type week struct {
		station int
		monday  calendar.Day
	}
	byWeek := map[week][]*meeting{}
	var order []week
	for _, m := range d.meetings {
		if !m.interpreted {
			continue
		}
		if d.s.Stations[m.station].Interpretation == nil {
			m.Interpretation = plan.HostTeam
			continue
		}
		w := week{m.station, m.Day.Monday()}
		if byWeek[w] == nil {
			order = append(order, w)
		}
		byWeek[w] = append(byWeek[w], m)
	}
	for _, w := range order {
		if err := d.teamWeek(byWeek[w], w.station); err != nil {
			return err
		}
	}
	return nil
}

// interpret adds meetings that were interpreted before to those that are, as long as
// the teams that are there all week long are enough.
func (d *dealing) interpret(before *plan.Plan) {
	type when struct {
		station int
		day     calendar.Day // the Monday for a week
		slot    int          // -1 for a week
	}
	used := map[when]int{}
	times := func(m *meeting) (week, slot when) {
		return when{m.station, m.Day.Monday(), -1}, when{m.station, m.Day, m.slot}
	}
	for _, m := range d.meetings {
		if m.interpreted {
			week, slot := times(m)
			used[week]++
			used[slot]++
		}
	}
	for _, m := range d.meetings {
		have := d.s.Stations[m.station].Interpretation
		if m.interpreted || have == nil || d.s.Sessions[m.session].Interpretation != scenario.AsAvailable {
			continue
		}
		x := before.Session(d.s.Sessions[m.session].ID)
		if x == nil || x.Station != d.s.Stations[m.station].ID {
			continue
		}
		if was := x.Meeting(m.Kind, m.Number); was == nil || was.Interpretation == "" {
			continue
		}
		week, slot := times(m)
		teams := have.Teams
		for day := week.day; day < week.day+7; day++ {
			teams = min(teams, have.TeamsOn(day))
		}
		if used[slot] < teams && used[week] < teams*have.MeetingsPerWeek() {
			m.interpreted = true
			used[week]++
			used[slot]++
		}
	}
}

// teamWeek assigns the teams of one week. In turn where all teams are alike
// and there; otherwise by a small search, which is exact.
func (d *dealing) teamWeek(meetings []*meeting, station int) error {
	have := d.s.Stations[station].Interpretation
	alike := true
	for _, m := range meetings {
		alike = alike && have.TeamsOn(m.Day) == have.Teams
	}
	if alike {
		for i, m := range meetings {
			m.Interpretation = plan.TeamName(i%have.Teams + 1)
		}
		return nil
	}
	solver := sat.New()
	serves := make([][]cnf.Lit, len(meetings)) // by meeting and team
	load := make([][]cnf.Lit, have.Teams)
	for i, m := range meetings {
		for team := range have.TeamsOn(m.Day) {
			lit := solver.Fresh()
			serves[i] = append(serves[i], lit)
			load[team] = append(load[team], lit)
			for j := range meetings[:i] {
				if meetings[j].Day == m.Day && meetings[j].slot == m.slot && team < len(serves[j]) {
					solver.Clause(lit.Not(), serves[j][team].Not())
				}
			}
		}
		solver.Clause(serves[i]...)
	}
	for _, lits := range load {
		if most := have.MeetingsPerWeek(); len(lits) > most {
			solver.Clause(cnf.NewTotalizer(solver, lits, most+1, cnf.Upward).AtLeast(most + 1).Not())
		}
	}
	if solver.Solve(context.Background()) != sat.Sat {
		return fmt.Errorf("no interpretation teams at %s in the week of %s: counting and dealing disagree", d.s.Stations[station].ID, meetings[0].Day.Monday())
	}
	for i, m := range meetings {
		for team, lit := range serves[i] {
			if solver.Value(lit) {
				m.Interpretation = plan.TeamName(team + 1)
			}
		}
	}
	return nil
}
