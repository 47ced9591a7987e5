package whynot

import (
	"context"
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/explain"
	"plenary/solver/repair"
	"plenary/solver/solve"
)

// Answer is what a wish would break, or cost.
type Answer struct {
	// Impossible tells that the scenario has no plan without the wish either;
	// then nothing else is said.
	Impossible bool
	// Breaks are the rules that cannot hold together with the wish; nil when
	// there is a plan that grants it.
	Breaks []*rule.Instance
	// Closed says why the wish is out of the question by itself.
	Closed string
	// Costs are the costs by tier of the best plan that grants the wish.
	Costs []plan.Tier
	// Moves are what it changes of the plan that was asked about: no plan of
	// these costs changes less, if Proven.
	Moves  []plan.Move
	Proven bool
}

// Question is a wish about one session, as a hard constraint.
type Question struct {
	Session  int
	Instance rule.Instance
}

// On wishes that a session starts on a day.
func On(session int, day calendar.Day) Question {
	return Question{session, wish("near", &rule.Near{Selection: only(session), Day: day})}
}

// At wishes that a session meets at a station.
func At(session, station int) Question {
	return Question{session, wish("venue", &rule.Venue{Selection: only(session), Stations: []int{station}})}
}

// Seated wishes that a member has a seat in a meeting, such as panel 2.
func Seated(session int, meeting, seat, member string) Question {
	return Question{session, wish("keep", &rule.Keep{Selection: only(session), Seats: map[string]map[string]string{meeting: {seat: member}}})}
}

func only(session int) rule.Selection { return rule.Selection{Sessions: []int{session}} }

func wish(kind string, r rule.Rule) rule.Instance {
	return rule.Instance{Kind: kind, ID: "the wish", Rule: r}
}

// Options says how to look for an answer.
type Options struct {
	Seed     int                  // lots between members alike are drawn with it
	Progress func(solve.Progress) // of the search with the wish; may be nil
}

// Ask answers a question about a plan. A plan that breaks rules is no witness
// that the scenario has one: then it first finds out. The answer is empty when
// ctx was done before. The error is a disagreement between solver and checker.
func Ask(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, q Question, o Options) (Answer, error) {
	if !judge.Plan(s, instances, p).Feasible() {
		without, err := solve.Possible(ctx, s, instances, solve.Options{Seed: o.Seed})
		if err != nil || without.Status != solve.Feasible {
			return Answer{Impossible: without.Status == solve.Infeasible}, err
		}
	}
	if why, blamed := outOfTheQuestion(s, instances, q); why != "" || blamed != nil {
		return Answer{Closed: why, Breaks: blamed}, nil
	}
	all := slices.Concat(instances, []rule.Instance{q.Instance})
	found, err := repair.Plan(ctx, s, all, p, repair.Options{Prices: repair.DefaultPrices, Last: true, Seed: o.Seed, Progress: o.Progress})
	if err != nil {
		return Answer{}, err
	}
	var out Answer
	for _, group := range found.Blamed {
		for _, reason := range explain.Infeasible(ctx, s, all, group) {
			for _, in := range reason.Instances {
				if in.ID != q.Instance.ID {
					out.Breaks = append(out.Breaks, in)
				}
			}
		}
	}
	if found.Plan != nil {
		last := len(found.Plan.Tiers) - 1
		out.Costs, out.Moves, out.Proven = found.Plan.Tiers[:last], found.Moves, found.Plan.Tiers[last].Proven
	}
	return out, nil
}

// outOfTheQuestion answers what no literal speaks of: closed days, and
// stations that are not among the session's own.
func outOfTheQuestion(s *scenario.Scenario, instances []rule.Instance, q Question) (string, []*rule.Instance) {
	x := &s.Sessions[q.Session]
	switch r := q.Instance.Rule.(type) {
	case *rule.Near:
		why := ""
		for _, st := range x.StationIDs {
			closed := s.Stations[st].WhyClosed(r.Day)
			if closed == "" {
				return "", nil
			}
			why = fmt.Sprintf("%s is closed on %s (%s)", s.Stations[st].Name(), r.Day.Long(), closed)
		}
		return why, nil
	case *rule.Venue:
		if slices.Contains(x.StationIDs, r.Stations[0]) {
			return "", nil
		}
		for i := range instances {
			if v, ok := instances[i].Rule.(*rule.Venue); ok && instances[i].Hard() && slices.Equal(v.Sessions, []int{q.Session}) {
				return "", []*rule.Instance{&instances[i]}
			}
		}
	}
	return "", nil
}
