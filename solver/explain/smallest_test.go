package explain

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plenary/solver/cnf"
	"plenary/solver/compile"
	"plenary/solver/sat"
)

// TestNoConflictIsSmaller holds the smallest conflict of constraints that are a few
// clauses each against every set of them.
func TestNoConflictIsSmaller(t *testing.T) {
	made := 0
	rapid.Check(t, func(t *rapid.T) {
		const variables = 4
		solver := sat.New()
		for range variables {
			solver.Fresh()
		}
		part := &compile.Part{Solver: solver}
		for range rapid.IntRange(3, 9).Draw(t, "constraints") {
			selector := solver.Fresh()
			part.Selectors = append(part.Selectors, compile.Selector{Lit: selector})
			for range rapid.IntRange(1, 2).Draw(t, "clauses") {
				clause := []cnf.Lit{selector.Not()}
				for range rapid.IntRange(1, 3).Draw(t, "literals") {
					l := cnf.Lit(rapid.IntRange(1, variables).Draw(t, "variable"))
					if rapid.Bool().Draw(t, "negated") {
						l = l.Not()
					}
					clause = append(clause, l)
				}
				solver.Clause(clause...)
			}
		}
		c := &conflicts{ctx: context.Background(), part: part, most: mostCalls}
		known := c.without(nil)
		if known.core == nil {
			return
		}
		fewest := len(part.Selectors)
		for bits := range 1 << len(part.Selectors) {
			var set []cnf.Lit
			for i, sel := range part.Selectors {
				if bits>>i&1 == 1 {
					set = append(set, sel.Lit)
				}
			}
			if len(set) < fewest && solver.Solve(c.ctx, set...) == sat.Unsat {
				fewest = len(set)
			}
		}
		core, proven := c.smaller(c.on(nil), known.core)
		if solver.Solve(c.ctx, core...) != sat.Unsat || len(core) > len(known.core) {
			t.Fatalf("%v of %v is no conflict, or a larger one than %v", core, part.Selectors, known.core)
		}
		if proven && len(core) != fewest {
			t.Fatalf("%v is said to be the smallest conflict, but there is one of %d", core, fewest)
		}
		if !proven && c.calls < mostCalls {
			t.Fatalf("%v is not proven the smallest after %d calls", core, c.calls)
		}
		if proven {
			made++
		}
		slices.Sort(core)
		if len(slices.Compact(core)) != len(core) {
			t.Fatalf("%v has a constraint twice", core)
		}
	})
	if made == 0 {
		t.Error("no conflict was proven the smallest")
	}
}
