package explain

import (
	"slices"

	"plenary/solver/cnf"
	"plenary/solver/optimize"
	"plenary/solver/sat"
)

// mostCalls bounds the calls of the solver that one run of Infeasible spends on smaller
// reasons: a limit on time would make the answer depend on what else the machine does.
const mostCalls = 150

// mostApart bounds the independent conflicts among which a smaller one is looked for:
// where there are more, too many sets have one constraint of each correction set.
const mostApart = 4

// smaller looks for the conflict with the fewest constraints among those that are on,
// and gives the known one if there is none with fewer. It tells whether that is proven:
// not so when the calls have run out first.
//
// What conflicts has a constraint of every correction set, a set without which the
// others hold. So the smallest set that has one of each correction set met so far is no
// larger than the smallest conflict, and is that conflict if it cannot hold; if it can,
// it leads to a correction set with none of it. Ignatiev, Previti, Liffiton and
// Marques-Silva, Smallest MUS extraction with minimal hitting set dualization, CP 2015.
func (c *conflicts) smaller(on, known []cnf.Lit) (core []cnf.Lit, proven bool) {
	var corrections [][]cnf.Lit
	for c.calls < c.most {
		hitting := smallestHitting(c, corrections, len(known)-1)
		if hitting == nil {
			return known, c.ctx.Err() == nil
		}
		switch c.solve(hitting) {
		case sat.Unsat:
			return hitting, true
		case sat.Sat:
			correction := c.correction(on, hitting)
			if correction == nil {
				c.calls = c.most
				return known, false
			}
			corrections = append(corrections, correction)
		default:
			return known, false
		}
	}
	return known, false
}

func (c *conflicts) solve(lits []cnf.Lit) sat.Status {
	c.calls++
	return c.part.Solver.Solve(c.ctx, lits...)
}

// correction gives constraints without which the others that are on hold, none of them
// among some that hold; nil if too many conflicts are in the way. When the calls run
// out it may have more than it needs.
func (c *conflicts) correction(on, hold []cnf.Lit) (left []cnf.Lit) {
	keep := slices.Clone(on)
	for apart := 0; c.solve(keep) == sat.Unsat; apart++ {
		if apart == mostApart {
			return nil
		}
		core := c.part.Solver.Core()
		keep = slices.DeleteFunc(keep, func(l cnf.Lit) bool {
			leave := slices.Contains(core, l) && !slices.Contains(hold, l)
			if leave {
				left = append(left, l)
			}
			return leave
		})
	}
	return slices.DeleteFunc(left, func(l cnf.Lit) bool {
		if c.calls >= c.most || c.solve(append(keep, l)) != sat.Sat {
			return false
		}
		keep = append(keep, l)
		return true
	})
}

// smallestHitting gives the fewest constraints that have one of each set, up to most of
// them; nil if there are none so few.
func smallestHitting(c *conflicts, sets [][]cnf.Lit, most int) (out []cnf.Lit) {
	if most < 0 {
		return nil
	}
	s := sat.New()
	chosen := map[cnf.Lit]cnf.Lit{}
	var all []cnf.Lit
	var terms []optimize.Term
	for _, set := range sets {
		var clause []cnf.Lit
		for _, l := range set {
			if chosen[l] == 0 {
				chosen[l] = s.Fresh()
				all, terms = append(all, l), append(terms, optimize.Term{Lit: chosen[l], Weight: 1})
			}
			clause = append(clause, chosen[l])
		}
		s.Clause(clause...)
	}
	optimize.Enumerate(c.ctx, s, terms, int64(most), func(found optimize.Found) bool {
		out = []cnf.Lit{}
		for _, l := range all {
			if found.Model[chosen[l].Var()] {
				out = append(out, l)
			}
		}
		return false
	})
	return out
}
