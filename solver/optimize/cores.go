package optimize

import (
	"cmp"
	"slices"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

// Limits on the work beside the search itself, in ticks of sat.TickPropagations
// for one call. The calls for smaller cores and higher bounds are paid from a
// credit, which is what the search itself took, so that they about
// double the time at most. With 20 calls a core and no credit, easy cases of 10,000 to 50,000
// variables took 3 to 8 times as long: a call that fails assigns every variable.
const (
	startCall      = 1
	minimizeCall   = 2
	exhaustionCall = 5

	trimRounds = 5
	// failuresMost ends the minimization of one core after so many calls in vain.
	failuresMost = 20
	// freeShare of a core's literals may fail without credit, 1 in 20, and one
	// more for each that was dropped. Without it, cores of 100 to 200 literals
	// that were cheap to find made totalizers nothing got through: 150 shifts for
	// 40 people stood at bounds of 192 and 323 after 4 s, and at 282 and 327 with
	// it. It can cost time too: calendars of 350 sessions went from 0.7 to 1.9 s.
	freeShare = 20
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
	free, failures := len(lits)/freeShare, 0
	for i := 0; i < len(lits) && len(lits) > 1; {
		if failures >= free && (failures >= failuresMost || o.credit <= 0) {
			break
		}
		rest := slices.Concat(lits[:i], lits[i+1:])
		before := o.solver.Ticks()
		status := o.solver.SolveUpTo(o.ctx, minimizeCall, rest...)
		o.credit -= o.solver.Ticks() - before
		if status == sat.Unsat {
			lits = rest
			free++
			continue
		}
		if status == sat.Sat {
			o.accept(o.solver.Model())
		}
		o.credit--
		failures++
		i++
	}
	return lits
}

// exhaustCore raises the bound of a new totalizer as far as the clauses prove
// it and the credit lasts. It returns the first bound not proven; open is false
// if every input has to be true.
func (o *search) exhaustCore(b bound, weight int64) (next bound, open bool) {
	for o.lower < o.upper && o.credit > 0 {
		b.total.Extend(o.solver, b.k)
		enough := b.total.AtLeast(b.k)
		before := o.solver.Ticks()
		status := o.solver.SolveUpTo(o.ctx, exhaustionCall, enough.Not())
		o.credit -= o.solver.Ticks() - before
		if status != sat.Unsat {
			if status == sat.Sat {
				o.accept(o.solver.Model())
			}
			o.credit--
			return b, true
		}
		o.solver.Clause(enough)
		o.raise(weight)
		if b.k == b.total.Inputs() {
			return b, false
		}
		b.k++
	}
	return b, true
}
