package optimize

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

// search is the core-guided algorithm OLL, with the refinements of RC2. The
// methods carry the names of the literature.
//
// It keeps a sum of soft literals, each with a weight due when it is false, and
// a lower bound, so that at any time
//
//	cost of a model = lower + weights of its false soft literals
//	                        + for each core in waiting, weight × (its false literals - 1)
//
// A core says that one of its soft literals is false: its smallest weight moves
// from all of them to the lower bound, and a totalizer over them brings back,
// as new soft literals, what a second, third, … false one costs.
//
// OLL: Andres, Kaufmann, Matheis and Schaub, Unsatisfiability-based
// optimization in clasp, ICLP 2012; Morgado, Dodaro and Marques-Silva,
// Core-guided MaxSAT with soft cardinality constraints, CP 2014. RC2: Ignatiev,
// Morgado and Marques-Silva, RC2: an efficient MaxSAT solver, JSAT 11, 2019.
// Stratification with the diversity heuristic and hardening: Ansótegui, Bonet,
// Gabàs and Levy, Improving WPM2 for (weighted) partial MaxSAT, CP 2013. Cores
// in waiting (weight-aware core extraction): Berg and Järvisalo, Weight-aware
// core extraction in SAT-based MaxSAT solving, CP 2017.
type search struct {
	ctx    context.Context
	solver *sat.Solver
	watch  Watcher
	terms  []Term

	lower, upper int64
	incumbent    []bool // nil until there is one

	soft    []cnf.Lit         // in order of appearance, spent ones among them
	weight  map[cnf.Lit]int64 // of soft literals; 0 or absent: spent
	sums    map[cnf.Lit]bound // of soft literals that are outputs of totalizers
	waiting []core
	stratum int64 // soft literals of at least this weight are assumed
	credit  int   // calls in vain that may go into smaller cores
}

// bound says what a soft literal means: fewer than k of the totalizer's inputs are true.
type bound struct {
	total *cnf.Totalizer
	k     int
}

// core is a set of soft literals of which one is false, already paid for with weight.
type core struct {
	lits   []cnf.Lit
	weight int64
}

func minimize(ctx context.Context, s *sat.Solver, terms []Term, incumbent []bool, watch Watcher) Result {
	return newSearch(ctx, s, terms, watch).run(incumbent)
}

func newSearch(ctx context.Context, s *sat.Solver, terms []Term, watch Watcher) *search {
	return &search{
		ctx: ctx, solver: s, watch: watch, terms: terms,
		weight: make(map[cnf.Lit]int64),
		sums:   make(map[cnf.Lit]bound),
	}
}

// run searches from an incumbent, nil if there is none yet.
func (o *search) run(incumbent []bool) Result {
	o.normalize()
	status := o.start(incumbent)
	if status == Feasible {
		status = o.descend()
	}
	if status == Infeasible || status == Unknown {
		return Result{Status: status, Bound: o.lower}
	}
	return Result{Status: status, Cost: o.upper, Bound: o.lower, Model: o.incumbent}
}

// normalize turns the terms into soft literals, one per variable at most, and
// what is due in any case into the first lower bound.
func (o *search) normalize() {
	due := make(map[cnf.Lit]int64)
	var variables []cnf.Lit
	for _, t := range o.terms {
		v := cnf.Lit(t.Lit.Var())
		if due[v] == 0 && due[-v] == 0 {
			variables = append(variables, v)
		}
		due[t.Lit] += t.Weight
	}
	for _, v := range variables {
		always := min(due[v], due[-v])
		o.lower += always
		o.soften(-v, due[v]-always)
		o.soften(v, due[-v]-always)
		due[v], due[-v] = 0, 0
	}
}

// soften adds weight to a soft literal, which need not be one yet.
func (o *search) soften(l cnf.Lit, weight int64) {
	if weight == 0 {
		return
	}
	if _, known := o.weight[l]; !known {
		o.soft = append(o.soft, l)
	}
	o.weight[l] += weight
}

// start finds a first incumbent, unless there is one.
func (o *search) start(incumbent []bool) Status {
	if o.lower > 0 {
		o.reportBound()
	}
	if incumbent != nil {
		o.accept(incumbent)
		return Feasible
	}
	switch o.solver.Solve(o.ctx) {
	case sat.Sat:
		o.accept(o.solver.Model())
		return Feasible
	case sat.Unsat:
		return Infeasible
	default:
		return Unknown
	}
}

// accept keeps the model if it is cheaper than the incumbent.
func (o *search) accept(model []bool) {
	cost := Cost(o.terms, model)
	if o.incumbent != nil && cost >= o.upper {
		return
	}
	o.upper, o.incumbent = cost, model
	if o.watch.Incumbent != nil {
		o.watch.Incumbent(cost, model)
	}
}

// raise lifts the lower bound.
func (o *search) raise(by int64) {
	o.lower += by
	o.reportBound()
}

func (o *search) reportBound() {
	if o.watch.Bound != nil {
		o.watch.Bound(o.lower)
	}
}

// descend goes through the strata until the bounds meet or ctx is done.
func (o *search) descend() Status {
	o.nextStratum()
	for o.lower < o.upper {
		status := o.solver.Solve(o.ctx, o.assumed()...)
		o.credit++
		switch status {
		case sat.Sat:
			o.accept(o.solver.Model())
			o.harden()
			if o.relaxWaiting() {
				continue
			}
			if o.lower < o.upper {
				o.nextStratum()
			}
		case sat.Unsat:
			if !o.processCore(o.solver.Core()) {
				// Cannot happen: hardening keeps the incumbent.
				panic("optimize: no model left where there was one")
			}
		default:
			return Feasible
		}
	}
	o.relaxWaiting()
	o.harden()
	return Optimal
}

// assumed returns the soft literals of the stratum, heaviest first.
func (o *search) assumed() []cnf.Lit {
	o.soft = slices.DeleteFunc(o.soft, func(l cnf.Lit) bool {
		if o.weight[l] > 0 {
			return false
		}
		delete(o.weight, l)
		return true
	})
	var lits []cnf.Lit
	for _, l := range o.soft {
		if o.weight[l] >= o.stratum {
			lits = append(lits, l)
		}
	}
	slices.SortStableFunc(lits, func(a, b cnf.Lit) int { return cmp.Compare(o.weight[b], o.weight[a]) })
	return lits
}

// nextStratum lowers the stratum to the next weight at which it is worth
// searching: where soft literals outnumber different weights by a quarter (the
// diversity heuristic), or at the last one.
func (o *search) nextStratum() {
	count := make(map[int64]int)
	for _, l := range o.soft {
		if w := o.weight[l]; w > 0 {
			count[w]++
		}
	}
	weights := slices.SortedFunc(maps.Keys(count), func(a, b int64) int { return cmp.Compare(b, a) })
	literals := 0
	for i, w := range weights {
		literals += count[w]
		last := i == len(weights)-1
		if (w < o.stratum || o.stratum == 0) && (last || 4*literals > 5*(i+1)) {
			o.stratum = w
			return
		}
	}
	if o.stratum == 1 {
		panic("optimize: every soft literal holds, and still the bounds differ")
	}
	o.stratum = 1
}

// harden makes clauses of the soft literals that cost more than the gap: no
// model as good as the incumbent leaves them false. With a gap of 0 that is all
// of them, and only optimal models are left.
func (o *search) harden() {
	for _, l := range o.soft {
		if w := o.weight[l]; w > o.upper-o.lower {
			o.solver.Clause(l)
			o.weight[l] = 0
		}
	}
}

// processCore takes what a core proves. It is false if that is that there is no
// model.
func (o *search) processCore(lits []cnf.Lit) bool {
	lits = o.minimizeCore(o.trimCore(lits))
	if len(lits) == 0 {
		return false
	}
	weight := o.weight[lits[0]]
	for _, l := range lits {
		weight = min(weight, o.weight[l])
	}
	clause := make([]cnf.Lit, len(lits))
	for i, l := range lits {
		clause[i] = -l
		o.weight[l] -= weight
		o.processSum(l, weight)
	}
	o.solver.Clause(clause...)
	if len(lits) > 1 {
		o.waiting = append(o.waiting, core{lits, weight})
	}
	o.raise(weight)
	return true
}

// processSum makes up for a soft literal in a core that is an output of a
// totalizer: if k inputs may be true now, k+1 still cost.
func (o *search) processSum(l cnf.Lit, weight int64) {
	sum, ok := o.sums[l]
	if !ok || sum.k == sum.total.Inputs() {
		return
	}
	o.price(bound{sum.total, sum.k + 1}, weight)
}

// price makes a soft literal of "fewer than k inputs are true".
func (o *search) price(b bound, weight int64) {
	b.total.Extend(o.solver, b.k)
	l := b.total.AtLeast(b.k).Not()
	o.sums[l] = b
	o.soften(l, weight)
}

// relaxWaiting gives each core in waiting its totalizer and tells whether there
// was one.
func (o *search) relaxWaiting() bool {
	waiting := o.waiting
	o.waiting = nil
	for _, c := range waiting {
		negated := make([]cnf.Lit, len(c.lits))
		for i, l := range c.lits {
			negated[i] = l.Not()
		}
		total := cnf.NewTotalizer(o.solver, negated, 2, cnf.Upward)
		if b, open := o.exhaustCore(bound{total, 2}, c.weight); open {
			o.price(b, c.weight)
		}
	}
	return len(waiting) > 0
}
