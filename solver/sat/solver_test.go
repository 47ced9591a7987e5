package sat_test

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

var forever = context.Background()

// cancellable is a context that can be cancelled and is not.
func cancellable(t interface{ Cleanup(func()) }) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	return ctx
}

// satisfied tells whether bits (variable v at bit v-1) satisfy all clauses.
func satisfied(clauses [][]cnf.Lit, bits uint) bool {
	for _, clause := range clauses {
		if !slices.ContainsFunc(clause, func(l cnf.Lit) bool { return bits>>(l.Var()-1)&1 == 1 == (l > 0) }) {
			return false
		}
	}
	return true
}

// hasModel tries all assignments of n variables under the assumptions.
func hasModel(clauses [][]cnf.Lit, n int, assumptions []cnf.Lit) bool {
	all := slices.Clone(clauses)
	for _, l := range assumptions {
		all = append(all, []cnf.Lit{l})
	}
	for bits := uint(0); bits < 1<<n; bits++ {
		if satisfied(all, bits) {
			return true
		}
	}
	return false
}

func literal(n int) *rapid.Generator[cnf.Lit] {
	return rapid.Custom(func(t *rapid.T) cnf.Lit {
		l := cnf.Lit(rapid.IntRange(1, n).Draw(t, "variable"))
		if rapid.Bool().Draw(t, "negated") {
			l = -l
		}
		return l
	})
}

// The solver agrees with brute force over a whole life: clauses added between
// calls, assumptions repeated and contradictory, cores and models checked.
func TestSolverAgreesWithBruteForce(t *testing.T) {
	ctx := cancellable(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "variables")
		lit := literal(n)
		s := sat.New()
		for range n {
			s.Fresh()
		}
		var clauses [][]cnf.Lit
		for range rapid.IntRange(1, 12).Draw(t, "rounds") {
			for range rapid.IntRange(0, 2*n).Draw(t, "new clauses") {
				clause := rapid.SliceOfN(lit, 1, 4).Draw(t, "clause")
				clauses = append(clauses, clause)
				s.Clause(clause...)
			}
			assumptions := rapid.SliceOfN(lit, 0, 2*n).Draw(t, "assumptions")
			var status sat.Status
			if rapid.Bool().Draw(t, "cancellable") {
				status = s.Solve(ctx, assumptions...)
			} else {
				status = s.Solve(forever, assumptions...)
			}
			want := hasModel(clauses, n, assumptions)
			switch status {
			case sat.Sat:
				if !want {
					t.Fatal("satisfiable, but no assignment is a model")
				}
				checkModel(t, s, clauses, assumptions)
			case sat.Unsat:
				if want {
					t.Fatal("unsatisfiable, but there is a model")
				}
				checkCore(t, s, clauses, n, assumptions)
			default:
				t.Fatal("unknown")
			}
		}
	})
}

func checkModel(t *rapid.T, s *sat.Solver, clauses [][]cnf.Lit, assumptions []cnf.Lit) {
	model := s.Model()
	for _, clause := range clauses {
		if !slices.ContainsFunc(clause, s.Value) {
			t.Fatalf("model %v breaks %v", model, clause)
		}
	}
	for _, l := range assumptions {
		if !s.Value(l) || s.Value(-l) || model[l.Var()] != (l > 0) {
			t.Fatalf("model %v breaks the assumption %d", model, l)
		}
	}
}

func checkCore(t *rapid.T, s *sat.Solver, clauses [][]cnf.Lit, n int, assumptions []cnf.Lit) {
	core := s.Core()
	for i, l := range core {
		if !slices.Contains(assumptions, l) {
			t.Fatalf("core %v holds %d, which nobody assumed", core, l)
		}
		if slices.Contains(core[:i], l) {
			t.Fatalf("core %v repeats %d", core, l)
		}
	}
	if hasModel(clauses, n, core) {
		t.Fatalf("core %v has a model", core)
	}
}

// The conflict of one call must not be lost in the next: gini derives the unit
// clause -a from it, which then clashes with y at level 0.
func TestConflictUnderAssumptionsIsNotForgotten(t *testing.T) {
	s := sat.New()
	a, x, y := s.Fresh(), s.Fresh(), s.Fresh()
	s.Clause(-a, x)
	s.Clause(-a, -x)
	s.Clause(a, y)
	s.Clause(a, -y)
	for _, assumptions := range [][]cnf.Lit{{a}, {-a}, {}, {a}, {x}} {
		if got := s.Solve(forever, assumptions...); got != sat.Unsat {
			t.Fatalf("under %v: %v", assumptions, got)
		}
	}
	s.Clause(s.Fresh())
	if got := s.Solve(forever); got != sat.Unsat {
		t.Errorf("after one more clause: %v", got)
	}
	if core := s.Core(); len(core) != 0 {
		t.Errorf("core %v, want none: the clauses alone cannot hold", core)
	}
}

func TestContradictoryAssumptionsAreTheCore(t *testing.T) {
	s := sat.New()
	a, b := s.Fresh(), s.Fresh()
	if got := s.Solve(forever, b, a, a, -a, b); got != sat.Unsat {
		t.Fatal(got)
	}
	core := s.Core()
	slices.Sort(core)
	if !slices.Equal(core, []cnf.Lit{-a, a}) {
		t.Errorf("core %v, want %d and its negation", core, a)
	}
	if got := s.Solve(forever, a, a); got != sat.Sat {
		t.Errorf("the same assumption twice: %v", got)
	}
}

func TestEmptyClauseRefutesForGood(t *testing.T) {
	s := sat.New()
	a := s.Fresh()
	s.Clause()
	s.Clause(a)
	if got := s.Solve(forever, a); got != sat.Unsat {
		t.Error(got)
	}
	if core := s.Core(); len(core) != 0 {
		t.Errorf("core %v", core)
	}
}

func TestValueOfVariablesWithoutModelIsFalse(t *testing.T) {
	s := sat.New()
	a := s.Fresh()
	if s.Value(a) || s.Value(-a) || s.Model() != nil {
		t.Error("values before any call")
	}
	s.Clause(a)
	if got := s.Solve(forever); got != sat.Sat {
		t.Fatal(got)
	}
	late := s.Fresh()
	if s.Value(late) || s.Value(-late) {
		t.Error("a variable made after the model has a value")
	}
	s.Clause(late)
	if !s.Value(a) {
		t.Error("the model did not outlive a new clause")
	}
	if got := s.Solve(forever, -late); got != sat.Unsat {
		t.Fatal(got)
	}
	if !s.Value(a) {
		t.Error("the model did not outlive an unsatisfiable call")
	}
}

func TestSolverCounts(t *testing.T) {
	s := sat.New()
	for range 5000 {
		s.Fresh()
	}
	s.Clause(1, -5000)
	s.Clause(6000)
	if s.Variables() != 6000 || s.Clauses() != 2 {
		t.Errorf("%d variables, %d clauses", s.Variables(), s.Clauses())
	}
	if got := s.Fresh(); got != 6001 {
		t.Errorf("fresh variable %d after 6000", got)
	}
}

func TestLiteralZeroPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("literal 0 was taken")
		}
	}()
	sat.New().Clause(0)
}

// pigeons writes that n+1 pigeons sit alone in n holes: short to say, long to refute.
func pigeons(s *sat.Solver, n int) {
	in := make([][]cnf.Lit, n+1)
	for p := range in {
		in[p] = make([]cnf.Lit, n)
		for h := range in[p] {
			in[p][h] = s.Fresh()
		}
		s.Clause(in[p]...)
	}
	for h := range n {
		for p := range in {
			for q := range p {
				s.Clause(-in[p][h], -in[q][h])
			}
		}
	}
}

func TestCancellationTakesEffectSoon(t *testing.T) {
	s := sat.New()
	pigeons(s, 12)
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithTimeout(forever, 50*time.Millisecond)
	defer cancel()
	start := time.Now()
	if got := s.Solve(ctx); got != sat.Unknown {
		t.Fatalf("%v: the case is too easy for this test", got)
	}
	// 20 ms is what we want; the rest is for busy machines.
	if took := time.Since(start); took > 500*time.Millisecond {
		t.Errorf("cancelled after 50ms, returned after %v", took)
	}
	if got := s.Solve(ctx); got != sat.Unknown {
		t.Errorf("a call that starts cancelled: %v", got)
	}
	if core := s.Core(); core != nil {
		t.Errorf("unknown, with core %v", core)
	}
	for wait := 0; runtime.NumGoroutine() > before; wait++ {
		if wait == 100 {
			t.Fatalf("%d goroutines before, %d after", before, runtime.NumGoroutine())
		}
		time.Sleep(time.Millisecond)
	}
}

func TestSolverIsUsableAfterCancellation(t *testing.T) {
	s := sat.New()
	pigeons(s, 7)
	ctx, cancel := context.WithTimeout(forever, time.Millisecond)
	defer cancel()
	s.Solve(ctx)
	if got := s.Solve(forever); got != sat.Unsat {
		t.Error(got)
	}
}

// random3 writes a random 3-SAT formula with 4 clauses per variable.
func random3(s *sat.Solver, n int, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 0))
	lits := make([]cnf.Lit, n)
	for i := range lits {
		lits[i] = s.Fresh()
	}
	for range 4 * n {
		clause := make([]cnf.Lit, 3)
		for i := range clause {
			clause[i] = lits[r.IntN(n)]
			if r.IntN(2) == 0 {
				clause[i] = -clause[i]
			}
		}
		s.Clause(clause...)
	}
}

func TestSameCallsGiveSameAnswers(t *testing.T) {
	run := func(ctx context.Context) (models [][]bool) {
		s := sat.New()
		random3(s, 150, 7)
		for l := cnf.Lit(1); l <= 40; l++ {
			s.Solve(ctx, l, -l-1, l+2)
			if s.Solve(ctx, l, -l-1) == sat.Sat {
				models = append(models, s.Model())
			} else {
				models = append(models, nil)
			}
		}
		return models
	}
	first := run(cancellable(t))
	for range 3 {
		if again := run(cancellable(t)); !slices.EqualFunc(first, again, slices.Equal) {
			t.Fatal("two runs, two answers")
		}
	}
	if again := run(forever); !slices.EqualFunc(first, again, slices.Equal) {
		t.Fatal("a context that can be cancelled changes the answers")
	}
}

func BenchmarkShortCall(b *testing.B) {
	s := sat.New()
	random3(s, 100, 1)
	for b.Loop() {
		s.Solve(forever)
	}
}
