package whynot

import (
	"context"
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/solve"
)

// Reach gives the first and the last day on which a session can start when all
// else may move: in a plan that keeps the rules, or in one that is as good as
// the best by all priorities. They are ends: not every day between them need be
// possible. Known is false when ctx was done first, or there is no plan that
// holds the session.
func Reach(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, session int, best bool, seed int) (days calendar.Range, known bool, err error) {
	ends := [2]calendar.Day{}
	for i, wished := range []calendar.Day{s.Period.First, s.Period.Last} {
		day, known, err := start(ctx, s, instances, session, wished, best, seed)
		if err != nil || !known {
			return calendar.Range{}, false, err
		}
		ends[i] = day
	}
	return calendar.Range{First: ends[0], Last: ends[1]}, true, nil
}

// start gives the day nearest to a wished one on which a session can start.
func start(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, session int, day calendar.Day, best bool, seed int) (calendar.Day, bool, error) {
	changed := *s
	all := slices.Clone(instances)
	if !best {
		changed.Priorities = nil
		all = slices.DeleteFunc(all, func(in rule.Instance) bool { return !in.Hard() })
	}
	changed.Priorities = append(slices.Clone(changed.Priorities), "the day")
	nearest := wish("near", &rule.Near{Selection: only(session), Day: day})
	nearest.Tier, nearest.Weight = len(changed.Priorities), 1
	held := wish("held", &rule.Held{Selection: only(session)})
	outcome, err := solve.Plan(ctx, &changed, append(all, nearest, held), solve.Options{Seed: seed})
	if err != nil || outcome.Status != solve.Optimal {
		return 0, false, err
	}
	x := outcome.Plan.Session(s.Sessions[session].ID)
	if x == nil {
		return 0, false, fmt.Errorf("%s is not held where it has to be", s.Sessions[session].ID)
	}
	return x.First(), true, nil
}
