package optimize

import (
	"cmp"
	"slices"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

// Limits on the work beside the search itself, as numbers of calls: limits on
// time or ticks would make the answer depend on what else the machine does. The
// calls that fail, each of which assigns every variable, are paid from a credit,
// one for each call of the search itself.
const (
	trimRounds = 5
	// failuresMost ends the minimization of one core after so many calls in vain.
	failuresMost = 20
	// exhaustMost is the largest core whose bound is raised at once.
	exhaustMost = 40
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
		if len(lits) < 2 || o.solver.Solve(o.ctx, lits...) != sat.Unsat {
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
		status := o.solver.Solve(o.ctx, rest...)
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
	for o.lower < o.upper && o.credit > 0 && b.total.Inputs() <= exhaustMost {
		b.total.Extend(o.solver, b.k)
		enough := b.total.AtLeast(b.k)
		status := o.solver.Solve(o.ctx, enough.Not())
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
