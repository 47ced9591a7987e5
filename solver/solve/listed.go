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
	how := search.Options{Seed: uint64(o.Seed), Rounds: o.Rounds, Brief: o.Brief, Report: report}
	var found search.Result
	if o.From != nil {
		found = search.Mend(ctx, l.Program, l.Taken(o.From), how)
	} else {
		found = search.Solve(ctx, l.Program, how)
	}
	known := l.Known()
	if found.Taken == nil {
		return results
	}
	model := l.Model(found.Taken)
	proven := true
	for t := range results {
		r := optimize.Result{Status: optimize.Feasible, Model: model}
		if t < len(found.Costs) {
			r.Cost, r.Bound = found.Costs[t], bounded(found.Bounds[t], t, known)
		}
		if proven = proven && t < known && r.Cost == r.Bound; proven {
			r.Status = optimize.Optimal
		}
		results[t] = r
	}
	return results
}

// bounded gives what is proven of a tier by what a program proves that knows so many
// tiers wholly: nothing beyond the next, as that one costs more than the program says.
func bounded(bound int64, tier, known int) int64 {
	if tier > known {
		return 0
	}
	return bound
}
