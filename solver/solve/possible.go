package solve

import (
	"context"
	"slices"

	"plenary/model/rule"
	"plenary/model/scenario"
)

// Possible tells whether a scenario has a plan at all: it ends with the first
// plan that keeps the hard constraints, as Feasible, whatever the soft ones say;
// costs and bounds are left out. Otherwise it is as Plan.
func Possible(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, o Options) (Outcome, error) {
	hard := *s
	hard.Priorities = nil
	out, err := Plan(ctx, &hard, slices.DeleteFunc(slices.Clone(instances), func(in rule.Instance) bool { return !in.Hard() }), o)
	if out.Status == Optimal { // of no tiers
		out.Status = Feasible
	}
	return out, err
}
