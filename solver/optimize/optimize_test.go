package optimize_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plenary/solver/cnf"
	"plenary/solver/optimize"
	"plenary/solver/sat"
)

var forever = context.Background()

// formula is a small set of clauses with costs.
type formula struct {
	variables int
	clauses   [][]cnf.Lit
	tiers     [][]optimize.Term
}

func (f formula) solver() *sat.Solver {
	s := sat.New()
	for range f.variables {
		s.Fresh()
	}
	for _, clause := range f.clauses {
		s.Clause(clause...)
	}
	return s
}

// bruteForce returns the lexicographically least costs over all assignments;
// ok is false if none satisfies the clauses.
func (f formula) bruteForce() (least []int64, ok bool) {
	for bits := range uint(1) << f.variables {
		model := make([]bool, f.variables+1)
		for v := range f.variables {
			model[v+1] = bits>>v&1 == 1
		}
		if !f.satisfiedBy(model) {
			continue
		}
		costs := f.costs(model)
		if !ok || slices.Compare(costs, least) < 0 {
			least, ok = costs, true
		}
	}
	return least, ok
}

func (f formula) satisfiedBy(model []bool) bool {
	for _, clause := range f.clauses {
		if !slices.ContainsFunc(clause, func(l cnf.Lit) bool { return model[l.Var()] == (l > 0) }) {
			return false
		}
	}
	return true
}

// costs adds up by the definition, apart from optimize.Cost.
func (f formula) costs(model []bool) []int64 {
	costs := make([]int64, len(f.tiers))
	for i, terms := range f.tiers {
		for _, term := range terms {
			if model[term.Lit.Var()] == (term.Lit > 0) {
				costs[i] += term.Weight
			}
		}
	}
	return costs
}

func formulas(tiers int, heaviest int64) *rapid.Generator[formula] {
	return rapid.Custom(func(t *rapid.T) formula {
		f := formula{variables: rapid.IntRange(1, 10).Draw(t, "variables")}
		lit := rapid.Custom(func(t *rapid.T) cnf.Lit {
			l := cnf.Lit(rapid.IntRange(1, f.variables).Draw(t, "variable"))
			if rapid.Bool().Draw(t, "negated") {
				l = -l
			}
			return l
		})
		term := rapid.Custom(func(t *rapid.T) optimize.Term {
			return optimize.Term{Lit: lit.Draw(t, "term"), Weight: rapid.Int64Range(1, heaviest).Draw(t, "weight")}
		})
		f.clauses = rapid.SliceOfN(rapid.SliceOfN(lit, 1, 4), 0, 4*f.variables).Draw(t, "clauses")
		for range tiers {
			f.tiers = append(f.tiers, rapid.SliceOfN(term, 0, 2*f.variables).Draw(t, "terms"))
		}
		return f
	})
}

// bounds fails the test when a report of the search contradicts what is known.
func bounds(t *rapid.T, f formula, tier int, least int64) optimize.Watcher {
	lower, upper := int64(-1), int64(-1)
	return optimize.Watcher{
		Incumbent: func(cost int64, model []bool) {
			if upper >= 0 && cost >= upper {
				t.Fatalf("incumbent of cost %d after one of %d", cost, upper)
			}
			if upper = cost; f.costs(model)[tier] != cost || !f.satisfiedBy(model) {
				t.Fatalf("incumbent reported at %d costs %d", cost, f.costs(model)[tier])
			}
		},
		Bound: func(bound int64) {
			if bound <= lower || bound > least {
				t.Fatalf("bound %d after %d, the least cost is %d", bound, lower, least)
			}
			lower = bound
		},
	}
}

func TestMinimizeFindsTheLeastCost(t *testing.T) {
	for _, heaviest := range []int64{1, 3, 1000} {
		t.Run(fmt.Sprintf("weights to %d", heaviest), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				f := formulas(1, heaviest).Draw(t, "formula")
				least, feasible := f.bruteForce()
				watch := optimize.Watcher{}
				if feasible {
					watch = bounds(t, f, 0, least[0])
				}
				result := optimize.Minimize(forever, f.solver(), f.tiers[0], watch)
				if !feasible {
					if result.Status != optimize.Infeasible || result.Model != nil {
						t.Fatalf("%+v, but there is no model", result)
					}
					return
				}
				if result.Status != optimize.Optimal || result.Cost != least[0] || result.Bound != least[0] {
					t.Fatalf("%v, cost %d, bound %d; want %d", result.Status, result.Cost, result.Bound, least[0])
				}
				if !f.satisfiedBy(result.Model) || f.costs(result.Model)[0] != least[0] {
					t.Fatalf("model %v is not one of cost %d", result.Model, least[0])
				}
			})
		})
	}
}

// After an optimum, the solver has exactly the optimal models left.
func TestMinimizeLeavesTheOptimalModelsAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := formulas(1, 5).Draw(t, "formula")
		f.variables = min(f.variables, 6)
		f.clauses = withinVariables(f.clauses, f.variables)
		f.tiers[0] = slices.DeleteFunc(f.tiers[0], func(term optimize.Term) bool { return int(term.Lit.Var()) > f.variables })
		least, feasible := f.bruteForce()
		if !feasible {
			t.Skip("no model")
		}
		s := f.solver()
		optimize.Minimize(forever, s, f.tiers[0], optimize.Watcher{})
		for bits := range uint(1) << f.variables {
			model := make([]bool, f.variables+1)
			assumptions := make([]cnf.Lit, f.variables)
			for v := range f.variables {
				assumptions[v] = -cnf.Lit(v + 1)
				if bits>>v&1 == 1 {
					model[v+1], assumptions[v] = true, cnf.Lit(v+1)
				}
			}
			want := f.satisfiedBy(model) && f.costs(model)[0] == least[0]
			if got := s.Solve(forever, assumptions...) == sat.Sat; got != want {
				t.Fatalf("assignment %v left: %v, optimal: %v", model, got, want)
			}
		}
	})
}

func withinVariables(clauses [][]cnf.Lit, n int) (kept [][]cnf.Lit) {
	for _, clause := range clauses {
		if !slices.ContainsFunc(clause, func(l cnf.Lit) bool { return int(l.Var()) > n }) {
			kept = append(kept, clause)
		}
	}
	return kept
}

func TestTiersAreLexicographic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := formulas(3, 6).Draw(t, "formula")
		least, feasible := f.bruteForce()
		results := optimize.Tiers(forever, f.solver(), f.tiers, optimize.Watcher{})
		for i, result := range results {
			if !feasible {
				if result.Status != optimize.Infeasible {
					t.Fatalf("tier %d: %v, but there is no model", i, result.Status)
				}
				continue
			}
			if result.Status != optimize.Optimal || result.Cost != least[i] || result.Bound != least[i] {
				t.Fatalf("tier %d: %v, cost %d, bound %d; want %v", i, result.Status, result.Cost, result.Bound, least)
			}
			if got := f.costs(result.Model); !f.satisfiedBy(result.Model) || !slices.Equal(got, least) {
				t.Fatalf("tier %d: the model costs %v, want %v", i, got, least)
			}
		}
	})
}

func TestConstantTermsAreDueInAnyCase(t *testing.T) {
	s := sat.New()
	b := cnf.NewBuilder(s)
	x := b.Fresh()
	terms := []optimize.Term{{b.True(), 5}, {b.False(), 7}, {x, 2}, {-x, 3}, {x, 4}}
	result := optimize.Minimize(forever, s, terms, optimize.Watcher{})
	if result.Status != optimize.Optimal || result.Cost != 8 || result.Bound != 8 {
		t.Errorf("%v, cost %d, bound %d; want 5 and 3", result.Status, result.Cost, result.Bound)
	}
}

func TestMinimizeWithoutTermsOnlyFindsAModel(t *testing.T) {
	s := sat.New()
	a := s.Fresh()
	s.Clause(a)
	result := optimize.Minimize(forever, s, nil, optimize.Watcher{})
	if result.Status != optimize.Optimal || result.Cost != 0 || !result.Model[a] {
		t.Errorf("%+v", result)
	}
	if got := optimize.Tiers(forever, s, nil, optimize.Watcher{}); got != nil {
		t.Errorf("%v for no tiers", got)
	}
}

func TestTiersTellTheWatcherWhichTier(t *testing.T) {
	s := sat.New()
	a, b := s.Fresh(), s.Fresh()
	s.Clause(a, b)
	var told []string
	watch := optimize.Watcher{
		Tier:      func(tier int) { told = append(told, fmt.Sprint("tier ", tier)) },
		Incumbent: func(cost int64, _ []bool) { told = append(told, fmt.Sprint("cost ", cost)) },
		Bound:     func(bound int64) { told = append(told, fmt.Sprint("bound ", bound)) },
	}
	optimize.Tiers(forever, s, [][]optimize.Term{{{a, 1}, {b, 1}}, {{-a, 2}, {-b, 2}}}, watch)
	want := []string{"tier 0", "bound 1", "tier 1", "bound 2"}
	told = slices.DeleteFunc(told, func(line string) bool { return line[:4] == "cost" })
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

func TestCancellationKeepsTheIncumbent(t *testing.T) {
	s, terms := timetable(140, 60, 8, 3)
	ctx, cancel := context.WithCancel(forever)
	defer cancel()
	var stopped time.Time
	start := time.Now()
	watch := optimize.Watcher{Bound: func(bound int64) {
		if bound > 0 && stopped.IsZero() {
			stopped = time.Now()
			cancel()
		}
	}}
	results := optimize.Tiers(ctx, s, [][]optimize.Term{terms, terms[:10]}, watch)
	if stopped.IsZero() {
		t.Fatalf("solved without a bound above 0: the case is too easy for this test")
	}
	if late := time.Since(stopped); late > time.Second {
		t.Errorf("returned %v after the cancellation (%v in all)", late, time.Since(start))
	}
	first, second := results[0], results[1]
	if first.Status != optimize.Feasible || first.Bound < 1 || first.Bound > first.Cost {
		t.Errorf("first tier: %v, cost %d, bound %d", first.Status, first.Cost, first.Bound)
	}
	if first.Model == nil || optimize.Cost(terms, first.Model) != first.Cost {
		t.Errorf("first tier: the model does not cost %d", first.Cost)
	}
	if second.Status != optimize.Feasible || second.Bound != 0 || second.Cost != optimize.Cost(terms[:10], first.Model) {
		t.Errorf("second tier: %v, cost %d, bound %d", second.Status, second.Cost, second.Bound)
	}
	// The clauses left behind allow the incumbent.
	assumptions := make([]cnf.Lit, 0, len(terms))
	for _, term := range terms {
		l := cnf.Lit(term.Lit.Var())
		if !first.Model[l.Var()] {
			l = -l
		}
		assumptions = append(assumptions, l)
	}
	if got := s.Solve(forever, assumptions...); got != sat.Sat {
		t.Errorf("the incumbent is %v after the cancellation", got)
	}
}

func TestCancelledBeforeTheStartIsUnknown(t *testing.T) {
	ctx, cancel := context.WithCancel(forever)
	cancel()
	s := sat.New()
	a := s.Fresh()
	for i, result := range optimize.Tiers(ctx, s, [][]optimize.Term{{{a, 1}}, {{-a, 1}}}, optimize.Watcher{}) {
		if result.Status != optimize.Unknown || result.Model != nil || result.Bound != 0 {
			t.Errorf("tier %d: %+v", i, result)
		}
	}
}

func TestTwoRunsGiveTheSameModel(t *testing.T) {
	run := func(ctx context.Context) []optimize.Result {
		s, terms := timetable(40, 40, 3, 5)
		return optimize.Tiers(ctx, s, [][]optimize.Term{terms, terms[:20]}, optimize.Watcher{})
	}
	first := run(forever)
	if first[1].Status != optimize.Optimal {
		t.Fatalf("%v", first[1].Status)
	}
	for range 2 {
		ctx, cancel := context.WithCancel(forever)
		again := run(ctx)
		cancel()
		for i := range first {
			if first[i].Cost != again[i].Cost || !slices.Equal(first[i].Model, again[i].Model) {
				t.Errorf("tier %d: two runs, two models", i)
			}
		}
	}
}
