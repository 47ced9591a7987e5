package solve

import (
	"context"
	"slices"

	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/compile"
)

// Possible tells whether a scenario has a plan at all: it ends with the first
// plan that keeps the hard constraints, as Feasible, whatever the soft ones say;
// costs and bounds are left out. Otherwise it is as Plan.
//
// A large scenario is planned with its costs, which are what guides the search
// there, until the first plan is found.
func Possible(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, o Options) (Outcome, error) {
	if Large(s) {
		return first(ctx, s, instances, o)
	}
	hard := *s
	hard.Priorities = nil
	out, err := Plan(ctx, &hard, slices.DeleteFunc(slices.Clone(instances), func(in rule.Instance) bool { return !in.Hard() }), o)
	if out.Status == Optimal { // of no tiers
		out.Status = Feasible
	}
	return out, err
}

// Large tells whether a scenario has so many sessions that it cannot be looked
// at as a whole.
func Large(s *scenario.Scenario) bool { return len(s.Sessions) >= compile.Large }

// first stops Plan at the first plan.
func first(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, o Options) (Outcome, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	tell := o.Progress
	o.Progress = func(p Progress) {
		if tell != nil {
			tell(p)
		}
		if p.Found {
			stop()
		}
	}
	out, err := Plan(ctx, s, instances, o)
	if out.Status == Optimal {
		out.Status = Feasible
	}
	return out, err
}
