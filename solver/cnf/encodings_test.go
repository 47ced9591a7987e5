package cnf_test

import (
	"context"
	"fmt"
	"testing"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

// inputs makes n fresh literals.
func inputs(to cnf.Sink, n int) []cnf.Lit {
	lits := make([]cnf.Lit, n)
	for i := range lits {
		lits[i] = to.Fresh()
	}
	return lits
}

// everyAssignment calls visit with each way to sign lits, as assumptions, and
// with the signs as bits.
func everyAssignment(lits []cnf.Lit, visit func(signed []cnf.Lit, bits uint)) {
	for bits := uint(0); bits < 1<<len(lits); bits++ {
		signed := make([]cnf.Lit, len(lits))
		for i, l := range lits {
			signed[i] = -l
			if bits>>i&1 == 1 {
				signed[i] = l
			}
		}
		visit(signed, bits)
	}
}

func count(bits uint) int {
	n := 0
	for ; bits > 0; bits >>= 1 {
		n += int(bits & 1)
	}
	return n
}

// sizes returns the variables and clauses that build adds to an empty solver,
// beyond the n inputs.
func sizes(n int, build func(to cnf.Sink, lits []cnf.Lit)) (variables, clauses int) {
	s := sat.New()
	build(s, inputs(s, n))
	return s.Variables() - n, s.Clauses()
}

// allows tells whether the clauses have a model under the assumptions.
func allows(t *testing.T, s *sat.Solver, assumptions ...cnf.Lit) bool {
	t.Helper()
	status := s.Solve(context.Background(), assumptions...)
	if status == sat.Unknown {
		t.Fatal("unknown without a limit")
	}
	return status == sat.Sat
}

// forces reports an error unless the assumptions leave l only the value want.
func forces(t *testing.T, s *sat.Solver, l cnf.Lit, want bool, assumptions []cnf.Lit) {
	t.Helper()
	if !want {
		l = -l
	}
	if !allows(t, s, append(assumptions[:len(assumptions):len(assumptions)], l)...) {
		t.Errorf("under %v, %d cannot hold", assumptions, l)
	}
	if allows(t, s, append(assumptions[:len(assumptions):len(assumptions)], -l)...) {
		t.Errorf("under %v, %d need not hold", assumptions, l)
	}
}

func TestAtMostOneMeansAtMostOne(t *testing.T) {
	for n := 0; n <= 6; n++ {
		s := sat.New()
		lits := inputs(s, n)
		cnf.AtMostOne(s, lits)
		everyAssignment(lits, func(signed []cnf.Lit, bits uint) {
			if got, want := allows(t, s, signed...), count(bits) <= 1; got != want {
				t.Errorf("%d literals, %0*b: allowed %v, want %v", n, n, bits, got, want)
			}
		})
	}
}

func TestExactlyOneMeansExactlyOne(t *testing.T) {
	for n := 0; n <= 6; n++ {
		s := sat.New()
		lits := inputs(s, n)
		cnf.ExactlyOne(s, lits)
		everyAssignment(lits, func(signed []cnf.Lit, bits uint) {
			if got, want := allows(t, s, signed...), count(bits) == 1; got != want {
				t.Errorf("%d literals, %0*b: allowed %v, want %v", n, n, bits, got, want)
			}
		})
	}
}

func TestAtMostOneAndExactlyOneCostWhatTheySay(t *testing.T) {
	for n := 0; n <= 12; n++ {
		wantVariables, wantClauses := 0, 0
		if n >= 2 {
			wantVariables, wantClauses = n-1, 3*n-4
		}
		variables, clauses := sizes(n, cnf.AtMostOne)
		if variables != wantVariables || clauses != wantClauses {
			t.Errorf("AtMostOne of %d: %d variables, %d clauses, want %d, %d", n, variables, clauses, wantVariables, wantClauses)
		}
		variables, clauses = sizes(n, cnf.ExactlyOne)
		if variables != wantVariables || clauses != wantClauses+1 {
			t.Errorf("ExactlyOne of %d: %d variables, %d clauses, want %d, %d", n, variables, clauses, wantVariables, wantClauses+1)
		}
	}
}

func TestTotalizerOutputsCountInputs(t *testing.T) {
	for n := 1; n <= 6; n++ {
		for cap := 1; cap <= n+1; cap++ {
			s := sat.New()
			lits := inputs(s, n)
			total := cnf.NewTotalizer(s, lits, cap, cnf.BothWays)
			if want := min(cap, n); total.Cap() != want {
				t.Fatalf("cap %d of %d inputs, want %d", total.Cap(), n, want)
			}
			everyAssignment(lits, func(signed []cnf.Lit, bits uint) {
				for k := 1; k <= total.Cap(); k++ {
					forces(t, s, total.AtLeast(k), count(bits) >= k, signed)
				}
			})
		}
	}
}

func TestUpwardTotalizerForcesOnlyWhatIsReached(t *testing.T) {
	for n := 1; n <= 6; n++ {
		for cap := 1; cap <= n; cap++ {
			s := sat.New()
			lits := inputs(s, n)
			total := cnf.NewTotalizer(s, lits, cap, cnf.Upward)
			everyAssignment(lits, func(signed []cnf.Lit, bits uint) {
				for k := 1; k <= total.Cap(); k++ {
					out := total.AtLeast(k)
					if count(bits) >= k {
						forces(t, s, out, true, signed)
						continue
					}
					if !allows(t, s, append(signed, -out)...) {
						t.Errorf("%d of %d true, but 'at least %d' is forced", count(bits), n, k)
					}
				}
			})
		}
	}
}

func TestExtendedTotalizerIsTheOneMadeAtOnce(t *testing.T) {
	const n = 6
	for _, dir := range []cnf.Direction{cnf.BothWays, cnf.Upward} {
		for first := 0; first <= n; first++ {
			for second := 0; second <= n+1; second++ {
				s := sat.New()
				lits := inputs(s, n)
				total := cnf.NewTotalizer(s, lits, first, dir)
				total.Extend(s, second)
				cap := min(n, max(first, second))
				variables, clauses := sizes(n, func(to cnf.Sink, lits []cnf.Lit) {
					cnf.NewTotalizer(to, lits, cap, dir)
				})
				if s.Variables()-n != variables || s.Clauses() != clauses {
					t.Errorf("from %d to %d: %d variables, %d clauses; at once %d, %d", first, second, s.Variables()-n, s.Clauses(), variables, clauses)
				}
				if dir == cnf.Upward {
					continue
				}
				everyAssignment(lits, func(signed []cnf.Lit, bits uint) {
					for k := 1; k <= cap; k++ {
						forces(t, s, total.AtLeast(k), count(bits) >= k, signed)
					}
				})
			}
		}
	}
}

// totalizerSizes counts by the sentence in the doc comment.
func totalizerSizes(n, cap int, dir cnf.Direction) (variables, clauses int) {
	if n < 2 {
		return 0, 0
	}
	left, right := n/2, n-n/2
	for _, child := range []int{left, right} {
		v, c := totalizerSizes(child, cap, dir)
		variables, clauses = variables+v, clauses+c
	}
	pairs := func(sum int) int {
		found := 0
		for i := 0; i <= left; i++ {
			for j := 0; j <= right; j++ {
				if i+j == sum {
					found++
				}
			}
		}
		return found
	}
	for s := 1; s <= min(n, cap); s++ {
		variables++
		clauses += pairs(s)
		if dir == cnf.BothWays {
			clauses += pairs(s - 1)
		}
	}
	return variables, clauses
}

func TestTotalizerCostsWhatItSays(t *testing.T) {
	for n := 0; n <= 20; n++ {
		for cap := 0; cap <= n; cap++ {
			for _, dir := range []cnf.Direction{cnf.BothWays, cnf.Upward} {
				variables, clauses := sizes(n, func(to cnf.Sink, lits []cnf.Lit) {
					cnf.NewTotalizer(to, lits, cap, dir)
				})
				wantVariables, wantClauses := totalizerSizes(n, cap, dir)
				if variables != wantVariables || clauses != wantClauses {
					t.Errorf("%d inputs, cap %d: %d variables, %d clauses, want %d, %d", n, cap, variables, clauses, wantVariables, wantClauses)
				}
			}
		}
	}
}

func TestTotalizerRefusesWhatItDoesNotKnow(t *testing.T) {
	s := sat.New()
	total := cnf.NewTotalizer(s, inputs(s, 4), 2, cnf.BothWays)
	for _, k := range []int{-1, 0, 3} {
		if !panics(func() { total.AtLeast(k) }) {
			t.Errorf("at least %d was answered at cap 2", k)
		}
	}
	if !panics(func() { cnf.NewTotalizer(s, nil, -1, cnf.Upward) }) {
		t.Error("a negative cap was taken")
	}
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return
}

var weightLists = [][]int64{
	{1}, {7}, {1, 1, 1, 1}, {1, 2, 4, 8}, {3, 3, 5}, {9, 1, 1, 4, 2}, {2, 2, 2, 3, 3, 10}, {5, 1, 5, 1, 5, 1},
}

func weigh(lits []cnf.Lit, weights []int64) []cnf.Weighted {
	weighted := make([]cnf.Weighted, len(lits))
	for i, l := range lits {
		weighted[i] = cnf.Weighted{Lit: l, Weight: weights[i]}
	}
	return weighted
}

func sum(bits uint, weights []int64) int64 {
	var total int64
	for i, w := range weights {
		if bits>>i&1 == 1 {
			total += w
		}
	}
	return total
}

func TestWeightedSumOutputsAddUpInputs(t *testing.T) {
	for _, weights := range weightLists {
		all := sum(1<<len(weights)-1, weights)
		for _, cap := range []int64{0, 1, 2, all / 2, all - 1, all, all + 1} {
			s := sat.New()
			lits := inputs(s, len(weights))
			total := cnf.NewWeightedSum(s, weigh(lits, weights), cap, cnf.BothWays)
			upward := cnf.NewWeightedSum(s, weigh(lits, weights), cap, cnf.Upward)
			everyAssignment(lits, func(signed []cnf.Lit, bits uint) {
				for n := int64(1); n <= cap+1; n++ {
					out, ok := total.AtLeast(n)
					if ok != (n <= all) {
						t.Fatalf("weights %v, cap %d: an output for %d is %v", weights, cap, n, ok)
					}
					if !ok {
						continue
					}
					reached := sum(bits, weights) >= n
					forces(t, s, out, reached, signed)
					once, _ := upward.AtLeast(n)
					if reached {
						forces(t, s, once, true, signed)
					} else if !allows(t, s, append(signed, -once)...) {
						t.Errorf("weights %v: sum %d forces 'at least %d'", weights, sum(bits, weights), n)
					}
				}
			})
		}
	}
}

func TestWeightedSumAtMostMeansAtMost(t *testing.T) {
	for _, weights := range weightLists {
		all := sum(1<<len(weights)-1, weights)
		for bound := int64(0); bound <= all; bound++ {
			for _, dir := range []cnf.Direction{cnf.BothWays, cnf.Upward} {
				s := sat.New()
				lits := inputs(s, len(weights))
				cnf.NewWeightedSum(s, weigh(lits, weights), bound, dir).AtMost(s, bound)
				everyAssignment(lits, func(signed []cnf.Lit, bits uint) {
					if got, want := allows(t, s, signed...), sum(bits, weights) <= bound; got != want {
						t.Errorf("weights %v at most %d: sum %d allowed %v", weights, bound, sum(bits, weights), got)
					}
				})
			}
		}
	}
}

func TestWeightedSumKeepsOnlySumsThatOccur(t *testing.T) {
	s := sat.New()
	total := cnf.NewWeightedSum(s, weigh(inputs(s, 3), []int64{3, 3, 5}), 8, cnf.BothWays)
	if got, want := fmt.Sprint(total.Sums()), "[3 5 6 8 9]"; got != want {
		t.Errorf("sums %s, want %s: 11 is over the cap and merges into 9", got, want)
	}
}

// weightedSumSizes counts by the sentence in the doc comment; weights ascend.
func weightedSumSizes(weights []int64, cap int64, dir cnf.Direction) (sums []int64, variables, clauses int) {
	if len(weights) == 1 {
		return []int64{0, min(weights[0], cap+1)}, 0, 0
	}
	half := len(weights) / 2
	left, v1, c1 := weightedSumSizes(weights[:half], cap, dir)
	right, v2, c2 := weightedSumSizes(weights[half:], cap, dir)
	variables, clauses = v1+v2, c1+c2
	present := map[int64]bool{}
	for _, a := range left {
		for _, b := range right {
			present[min(a+b, cap+1)] = true
		}
	}
	var top int64
	for s := int64(0); s <= cap+1; s++ {
		if present[s] {
			sums, top = append(sums, s), s
		}
	}
	variables += len(sums) - 1
	clauses += len(sums) - 2
	for i, a := range left {
		for j, b := range right {
			stepsDown := i > 0 && left[i-1]+b > cap || j > 0 && a+right[j-1] > cap
			if i+j > 0 && !stepsDown {
				clauses++
			}
			if dir == cnf.BothWays && a+b < top {
				clauses++
			}
		}
	}
	return sums, variables, clauses
}

func TestWeightedSumCostsWhatItSays(t *testing.T) {
	for _, weights := range [][]int64{{1, 1, 1, 1}, {1, 2, 4, 8}, {3, 3, 5}, {1, 1, 2, 4, 9}, {2, 2, 2, 3, 3, 10, 11, 12}} {
		for cap := int64(0); cap <= 20; cap++ {
			for _, dir := range []cnf.Direction{cnf.BothWays, cnf.Upward} {
				variables, clauses := sizes(len(weights), func(to cnf.Sink, lits []cnf.Lit) {
					cnf.NewWeightedSum(to, weigh(lits, weights), cap, dir)
				})
				_, wantVariables, wantClauses := weightedSumSizes(weights, cap, dir)
				if variables != wantVariables || clauses != wantClauses {
					t.Errorf("weights %v, cap %d: %d variables, %d clauses, want %d, %d", weights, cap, variables, clauses, wantVariables, wantClauses)
				}
			}
		}
	}
}

func TestEncodingsCopeWithConstantsAndRepeatedLiterals(t *testing.T) {
	for _, pick := range []struct {
		name string
		of   func(a, b, yes, no cnf.Lit) []cnf.Lit
	}{
		{"true", func(a, b, yes, no cnf.Lit) []cnf.Lit { return []cnf.Lit{a, yes, b} }},
		{"false", func(a, b, yes, no cnf.Lit) []cnf.Lit { return []cnf.Lit{no, a, b} }},
		{"only constants", func(a, b, yes, no cnf.Lit) []cnf.Lit { return []cnf.Lit{no, yes, no} }},
		{"repeated", func(a, b, yes, no cnf.Lit) []cnf.Lit { return []cnf.Lit{a, b, a} }},
		{"with its negation", func(a, b, yes, no cnf.Lit) []cnf.Lit { return []cnf.Lit{a, -a, b} }},
	} {
		t.Run(pick.name, func(t *testing.T) {
			s := sat.New()
			b := cnf.NewBuilder(s)
			free := inputs(b, 2)
			lits := pick.of(free[0], free[1], b.True(), b.False())
			weighted := weigh(lits, []int64{1, 2, 4})
			total := cnf.NewTotalizer(b, lits, len(lits), cnf.BothWays)
			weights := cnf.NewWeightedSum(b, weighted, 7, cnf.BothWays)
			// One solver for each of the two, since they exclude models.
			once, exactly := sat.New(), sat.New()
			for _, other := range []*sat.Solver{once, exactly} {
				wrapped := cnf.NewBuilder(other)
				own := inputs(wrapped, 2)
				its := pick.of(own[0], own[1], wrapped.True(), wrapped.False())
				if other == once {
					cnf.AtMostOne(wrapped, its)
				} else {
					cnf.ExactlyOne(wrapped, its)
				}
			}
			everyAssignment(free, func(signed []cnf.Lit, bits uint) {
				holds := map[cnf.Lit]bool{b.True(): true}
				for _, l := range signed {
					holds[l] = true
				}
				n, weight := 0, int64(0)
				for i, l := range lits {
					if holds[l] {
						n++
						weight += weighted[i].Weight
					}
				}
				for k := 1; k <= len(lits); k++ {
					forces(t, s, total.AtLeast(k), n >= k, signed)
				}
				for k := int64(1); k <= 7; k++ {
					out, _ := weights.AtLeast(k)
					forces(t, s, out, weight >= k, signed)
				}
				if got := allows(t, once, signed...); got != (n <= 1) {
					t.Errorf("at most one: %d true, allowed %v", n, got)
				}
				if got := allows(t, exactly, signed...); got != (n == 1) {
					t.Errorf("exactly one: %d true, allowed %v", n, got)
				}
			})
		})
	}
}
