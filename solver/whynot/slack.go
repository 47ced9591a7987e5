package whynot

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/deal"
	"plenary/solver/repair"
)

// Stop is what ends the slack of a session in one direction: with nothing else
// moved, the session can move by Days working days and no further.
type Stop struct {
	Days   int
	Breaks []judge.Measured // hard constraints that the next step violates
	Costs  []judge.Measured // if none: soft ones that it makes dearer in the first tier that gets dearer
}

// Slack gives how far a session of a plan can move earlier and later while all
// else stays, in working days of its station, and what stops it. The checker
// alone decides; rooms and teams are dealt out anew where they are in the way.
func Slack(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, session int) (earlier, later Stop) {
	return slack(s, instances, p, session, -1), slack(s, instances, p, session, 1)
}

func slack(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, session int, by calendar.Day) Stop {
	now := judge.Plan(s, instances, p)
	for steps := 1; ; steps++ {
		moved, ok := shifted(s, p, session, by, steps)
		if !ok {
			return Stop{Days: steps - 1}
		}
		v := judge.Plan(s, instances, moved)
		if !v.Feasible() && !slices.ContainsFunc(v.Violations, func(m judge.Measured) bool { return !slices.Contains(repair.Dealt, m.Instance.Kind) }) {
			if dealt, err := deal.Again(s, moved, nil); err == nil {
				v = judge.Plan(s, instances, dealt)
			}
		}
		if !v.Feasible() {
			return Stop{Days: steps - 1, Breaks: v.Violations}
		}
		for t := range v.Costs {
			if v.Costs[t] == now.Costs[t] {
				continue
			}
			if v.Costs[t] < now.Costs[t] {
				break
			}
			stop := Stop{Days: steps - 1}
			for _, m := range v.Priced {
				known := slices.ContainsFunc(now.Priced, func(o judge.Measured) bool {
					return o.Instance == m.Instance && o.Finding.Excess >= m.Finding.Excess
				})
				if m.Instance.Tier == t+1 && !known {
					stop.Costs = append(stop.Costs, m)
				}
			}
			return stop
		}
	}
}

// shifted gives the plan with every day of the session moved by so many
// working days of its station; ok is false beyond the period.
func shifted(s *scenario.Scenario, p *plan.Plan, session int, by calendar.Day, steps int) (*plan.Plan, bool) {
	out := *p
	out.Sessions = slices.Clone(p.Sessions)
	for i := range out.Sessions {
		x := &out.Sessions[i]
		if x.ID != s.Sessions[session].ID {
			continue
		}
		open := s.Stations[s.Station(x.Station)].Open
		to := map[calendar.Day]calendar.Day{}
		days := slices.Clone(x.Days)
		for k, d := range x.Days {
			for range steps {
				for d += by; !open(d); d += by {
					if !s.Period.Contains(d) {
						return nil, false
					}
				}
			}
			if !s.Period.Contains(d) {
				return nil, false
			}
			to[x.Days[k]], days[k] = d, d
		}
		x.Days = days
		x.Meetings = slices.Clone(x.Meetings)
		for k := range x.Meetings {
			x.Meetings[k].Day = to[x.Meetings[k].Day]
		}
	}
	return &out, true
}
