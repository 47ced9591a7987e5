package solve

import (
	"context"

	"plenary/solver/compile"
	"plenary/solver/optimize"
	"plenary/solver/search"
)

// listed searches a part whose choices are listed: prices and neighbours
// instead of clauses.
func listed(ctx context.Context, l *compile.Listed, o Options, report func(search.Result)) partResult {
	tiers := max(1, len(l.V.S.Priorities))
	results := make(partResult, tiers)
	if l.Program == nil {
		for t := range results {
			results[t].Status = optimize.Infeasible
		}
		return results
	}
	found := search.Solve(ctx, l.Program, search.Options{Seed: uint64(o.Seed), Rounds: o.Rounds, Report: report})
	if found.Taken == nil {
		return results
	}
	model := l.Model(found.Taken)
	proven := true
	for t := range results {
		r := optimize.Result{Status: optimize.Feasible, Model: model}
		if t < len(found.Costs) {
			r.Cost, r.Bound = found.Costs[t], found.Bounds[t]
		}
		if proven = proven && r.Cost == r.Bound; proven {
			r.Status = optimize.Optimal
		}
		results[t] = r
	}
	return results
}
