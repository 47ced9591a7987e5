package optimize_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plenary/solver/cnf"
	"plenary/solver/optimize"
)

// TestEnumerateGivesTheModelsInTheOrderOfTheirCosts forbids each assignment to
// the formula's variables that was found and holds all costs against a look at
// every assignment.
func TestEnumerateGivesTheModelsInTheOrderOfTheirCosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := formulas(1, 9).Draw(t, "formula")
		limit := rapid.Int64Range(0, 30).Draw(t, "limit")
		var want, got []int64
		for bits := range 1 << f.variables {
			model := make([]bool, f.variables+1)
			for v := range f.variables {
				model[v+1] = bits>>v&1 == 1
			}
			if cost := f.costs(model); f.satisfiedBy(model) && cost[0] <= limit {
				want = append(want, cost[0])
			}
		}
		slices.Sort(want)
		s := f.solver()
		others := optimize.Enumerate(context.Background(), s, f.tiers[0], limit, func(found optimize.Found) bool {
			if cost := f.costs(found.Model)[0]; !f.satisfiedBy(found.Model) || cost != found.Cost {
				t.Fatalf("a model of cost %d is said to cost %d", cost, found.Cost)
			}
			if other := found.Again(); other == nil || f.costs(other)[0] != found.Cost {
				t.Fatalf("again, a model of cost %d: %v", found.Cost, other)
			}
			var clause []cnf.Lit
			for v := 1; v <= f.variables; v++ {
				lit := cnf.Lit(v)
				if found.Model[v] {
					lit = -lit
				}
				clause = append(clause, lit)
			}
			s.Clause(clause...)
			got = append(got, found.Cost)
			return true
		})
		if others <= limit || !slices.Equal(got, want) {
			t.Fatalf("costs %v, want %v; others from %d", got, want, others)
		}
	})
}

func TestEnumerateEndsWhenItIsToldTo(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	f := formula{variables: 3, tiers: [][]optimize.Term{{{Lit: 1, Weight: 1}, {Lit: 2, Weight: 2}, {Lit: 3, Weight: 4}}}}
	found := 0
	if optimize.Enumerate(ctx, f.solver(), f.tiers[0], 9, func(optimize.Found) bool { found++; return false }) != 0 || found != 1 {
		t.Errorf("told to end at the first model, it gave %d", found)
	}
	cancel()
	if optimize.Enumerate(ctx, f.solver(), f.tiers[0], 9, func(optimize.Found) bool { found++; return true }) != 0 || found != 1 {
		t.Errorf("cancelled, it gave %d models more", found-1)
	}
}
