package solve

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"plenary/solver/compile"
	"plenary/solver/optimize"
)

// leastBeside is from how many sessions on a part that is written as clauses is searched
// by its listed choices beside them, when they take longer than patience.
const (
	leastBeside = 10
	patience    = time.Second
)

// beside searches a part as clauses and, when that takes longer than patience, by its
// listed choices at the same time: clauses prove what is small, and annealing finds good
// plans sooner where nothing is proven. What the clauses bring to their end counts, so
// that the answer does not depend on which was first; else the better plan, with what
// either proves of it. It gives the part that the plan is of.
func beside(ctx context.Context, problem *compile.Problem, part *compile.Part, o Options, watch *watch, i int) (partResult, *compile.Part) {
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	type answer struct {
		found partResult
		part  *compile.Part
	}
	other := make(chan answer, 1)
	go func() {
		var a answer
		defer func() { other <- a }()
		if o.AtOnce == 1 || o.Large == math.MaxInt || len(part.Tiers) == 0 || o.Patience == 0 && len(part.Group.Sessions) < leastBeside {
			return
		}
		select {
		case <-time.After(cmp.Or(o.Patience, patience)):
		case <-within.Done():
			return
		}
		// What is left out would have to be judged before the plans can be compared.
		if l := problem.List(within, part.Group); l != nil && len(l.Left) == 0 && l.Program != nil && within.Err() == nil {
			a = answer{listed(within, l, o, watch.beside(i, l)), &compile.Part{Group: part.Group, V: l.V, Listed: l}}
		}
	}()
	tiers := part.Tiers
	if len(tiers) == 0 {
		tiers = make([][]optimize.Term, 1)
	}
	mine := partResult(optimize.Tiers(ctx, part.Solver, tiers, watch.part(i)))
	status, _ := ended(mine)
	proven := status == optimize.Optimal || status == optimize.Infeasible
	if proven {
		cancel()
	}
	a := <-other // nothing is reported any more once the answer is given
	if proven || a.found == nil || a.found[0].Model == nil {
		return mine, part
	}
	if mine[0].Model == nil || slices.CompareFunc(a.found, mine, func(x, y optimize.Result) int { return cmp.Compare(x.Cost, y.Cost) }) < 0 {
		return a.found.knowing(mine), a.part
	}
	return mine.knowing(a.found), part
}

// knowing gives a result with what another search of the same part proves of it.
func (r partResult) knowing(other partResult) partResult {
	costs, bounds := r.figures()
	otherCosts, otherBounds := other.figures()
	bounds = proving(costs, bounds, otherCosts, otherBounds)
	out := slices.Clone(r)
	proven := true
	for t := range out {
		out[t].Bound = bounds[t]
		if proven = proven && bounds[t] == costs[t]; proven {
			out[t].Status = optimize.Optimal
		}
	}
	return out
}

func (r partResult) figures() (costs, bounds []int64) {
	for _, t := range r {
		costs, bounds = append(costs, t.Cost), append(bounds, t.Bound)
	}
	return costs, bounds
}
