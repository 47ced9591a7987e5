package optimize

import (
	"cmp"
	"slices"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

// Limits on the work for one core, in ticks of sat.TickPropagations.
const (
	trimRounds     = 5
)

// trimCore solves again under the core alone, as long as this makes it smaller.
func (o *search) trimCore(lits []cnf.Lit) []cnf.Lit {
	for range trimRounds {
		if len(lits) < 2 || o.solver.SolveUpTo(o.ctx, minimizeCall, lits...) != sat.Unsat {
			return lits
		}
		smaller := o.solver.Core()
		if len(smaller) >= len(lits) {
			return lits
		}
		lits = smaller
	}
	return lits
}

// minimizeCore drops literals that the core does not need, the cheapest first,
// so that its weight grows. Within its limits only: the result is a smaller
// core, not always a MUS.
func (o *search) minimizeCore(lits []cnf.Lit) []cnf.Lit {
	slices.SortStableFunc(lits, func(a, b cnf.Lit) int { return cmp.Compare(o.weight[a], o.weight[b]) })
	failures := 0
	base := len(lits) / basediv
	start := o.solver.Ticks()
	defer func() { o.credit -= o.solver.Ticks() - start + failures }()
	for i := 0; i < len(lits) && len(lits) > 1 && (failures < base || failures < minimizeCore && o.credit - failures - (o.solver.Ticks()-start) > 0); {
		rest := slices.Concat(lits[:i], lits[i+1:])
		switch o.solver.SolveUpTo(o.ctx, minimizeCall, rest...) {
		case sat.Unsat:
			lits = rest
			base += basesucc
			continue
		case sat.Sat:
			o.accept(o.solver.Model())
		}
		i++
		failures++
	}
	return lits
}

// exhaustCore raises the bound of a new totalizer as far as the clauses prove
// it. It returns the first bound not proven; open is false if every input has
// to be true.
func (o *search) exhaustCore(b bound, weight int64) (next bound, open bool) {
	for o.lower < o.upper && (exhcredit == 0 || o.credit > 0) {
		start := o.solver.Ticks()
		b.total.Extend(o.solver, b.k)
		enough := b.total.AtLeast(b.k)
		switch o.solver.SolveUpTo(o.ctx, exhaustionCall, enough.Not()) {
		case sat.Unsat:
			o.credit -= o.solver.Ticks() - start
			o.solver.Clause(enough)
			o.raise(weight)
			if b.k == b.total.Inputs() {
				return b, false
			}
			b.k++
			continue
		case sat.Sat:
			o.accept(o.solver.Model())
		}
		o.credit -= o.solver.Ticks() - start + 1
		break
	}
	return b, true
}
