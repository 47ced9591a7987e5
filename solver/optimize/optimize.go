package optimize

import (
	"context"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

// Term is one summand of a cost: Weight is due when Lit is true. Terms may
// repeat a literal or hold a literal and its negation; what is due adds up.
// The sum of all weights must fit an int64.
type Term struct {
	Lit    cnf.Lit
	Weight int64 // 1 or more
}

// Status is how much is known about a cost.
type Status int

const (
	// Unknown says stopped before any model was found.
	Unknown Status = iota
	// Infeasible says the clauses have no model.
	Infeasible
	// Feasible says there is an incumbent, not known to be optimal.
	Feasible
	// Optimal says no model costs less than the incumbent.
	Optimal
)

// String returns the status in lower case.
func (s Status) String() string {
	switch s {
	case Infeasible:
		return "infeasible"
	case Feasible:
		return "feasible"
	case Optimal:
		return "optimal"
	default:
		return "unknown"
	}
}

// Result is what a search knows at its end.
type Result struct {
	Status Status
	Cost   int64  // of Model; 0 if there is none
	Bound  int64  // proven: no model costs less; equal to Cost if Optimal
	Model  []bool // the incumbent, by variable number, entry 0 unused; nil if there is none
}

// Watcher is told what a search finds, while it goes on, in the goroutine that
// called it. Each field may be nil.
type Watcher struct {
	// Tier is called when the search turns to a tier, 0 first; by Tiers only.
	Tier func(tier int)
	// Incumbent is called for each model that is cheaper than those before.
	// The model is not to be changed.
	Incumbent func(cost int64, model []bool)
	// Bound is called for each higher lower bound.
	Bound func(bound int64)
}

// Cost returns what terms cost in a model, given by variable number. Variables
// beyond its end are false.
func Cost(terms []Term, model []bool) int64 {
	var cost int64
	for _, t := range terms {
		if holds(model, t.Lit) {
			cost += t.Weight
		}
	}
	return cost
}

func holds(model []bool, l cnf.Lit) bool {
	v := int(l.Var())
	return (v < len(model) && model[v]) == (l > 0)
}

// Minimize finds a model of the clauses in s that costs least.
//
// When ctx is done it returns what it knows: Feasible with the incumbent, or
// Unknown. On Optimal it leaves s with clauses that only models of this cost
// satisfy, so that a further cost can be minimized among them; on Feasible,
// the clauses it leaves keep every model that costs less than the incumbent, and
// the incumbent. Either way the values of other variables are as free as before.
func Minimize(ctx context.Context, s *sat.Solver, terms []Term, watch Watcher) Result {
	return minimize(ctx, s, terms, nil, watch)
}

// Tiers minimizes several costs in order: the first, then the second among the
// models that are optimal for the first, and so on. It returns one Result per
// tier, all for the same model.
//
// It stops at the first tier that it does not prove optimal. That tier has the
// best model found; the tiers after it have what this model costs and, if there
// is a model, the status Feasible and the bound 0. If the clauses have no model,
// every tier is Infeasible. For no tiers it returns nil.
func Tiers(ctx context.Context, s *sat.Solver, tiers [][]Term, watch Watcher) []Result {
	if len(tiers) == 0 {
		return nil
	}
	results := make([]Result, len(tiers))
	var incumbent []bool
	proven := true
	for i, terms := range tiers {
		if !proven {
			results[i] = results[i-1]
			results[i].Bound = 0
			continue
		}
		if watch.Tier != nil {
			watch.Tier(i)
		}
		results[i] = minimize(ctx, s, terms, incumbent, watch)
		incumbent = results[i].Model
		proven = results[i].Status == Optimal
	}
	for i := range results {
		results[i].Model = incumbent
		if incumbent != nil {
			results[i].Cost = Cost(tiers[i], incumbent)
		}
	}
	return results
}
