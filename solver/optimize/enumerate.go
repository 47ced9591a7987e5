package optimize

import (
	"context"
	"math"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

// Found is a model that Enumerate has found.
type Found struct {
	Cost  int64
	Model []bool
	// Again gives another model of the same cost in which the literals hold too,
	// nil if there is none, or ctx was done. It is of use until the next is looked
	// for.
	Again func(lits ...cnf.Lit) []bool
}

// Enumerate gives models of the clauses in s in the order of their costs, as
// long as they cost no more than a limit: each is the cheapest of those that
// the clauses leave, to which each must add one that forbids the model just
// found. It ends when each says false.
//
// It tells what every model that was not given or forbidden costs at least: more
// than the limit, unless ctx or each ended it; math.MaxInt64 where there is none. It
// leaves s with clauses that keep what costs no more than the limit.
func Enumerate(ctx context.Context, s *sat.Solver, terms []Term, limit int64, each func(Found) (more bool)) (others int64) {
	o := newSearch(ctx, s, terms, Watcher{})
	o.normalize()
	o.forget(limit)
	o.nextStratum()
	for o.lower <= limit {
		status := o.solver.Solve(ctx, o.assumed()...)
		o.credit++
		switch status {
		case sat.Sat:
			model, all := o.solver.Model(), !o.below()
			o.harden()
			if o.relaxWaiting() {
				o.forget(limit)
				continue
			}
			if o.below() {
				o.nextStratum()
			}
			if !all {
				continue
			}
			if !each(Found{o.lower, model, o.again}) {
				return o.lower
			}
		case sat.Unsat:
			if !o.processCore(o.solver.Core()) {
				return math.MaxInt64
			}
			o.forget(limit)
		default:
			return o.lower
		}
	}
	return o.lower
}

// forget leaves the limit alone to bound what is looked for: models that were
// met on the way may be forbidden later.
func (o *search) forget(limit int64) { o.upper, o.incumbent = limit+1, nil }

// below tells whether there are soft literals below the stratum.
func (o *search) below() bool {
	for _, l := range o.soft {
		if w := o.weight[l]; w > 0 && w < o.stratum {
			return true
		}
	}
	return false
}

// again looks for another model in which all soft literals hold.
func (o *search) again(lits ...cnf.Lit) []bool {
	if o.solver.Solve(o.ctx, append(o.assumed(), lits...)...) != sat.Sat {
		return nil
	}
	return o.solver.Model()
}
