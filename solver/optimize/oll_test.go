package optimize

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

// Small covers are solved in less than a tick and earn no credit, so that cores
// would be neither minimized nor exhausted: here they get it as a gift, or not.
// Every set of a cover is a variable, every element a clause; here the least
// cost needs several levels of totalizers.
func TestSearchIsRightWithAndWithoutCredit(t *testing.T) {
	for _, credit := range []int{0, 3, 1 << 20} {
		t.Run(fmt.Sprintf("credit %d", credit), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				checkCover(t, credit)
			})
		})
	}
}

func checkCover(t *rapid.T, credit int) {
	n := rapid.IntRange(3, 8).Draw(t, "sets")
	set := rapid.Custom(func(t *rapid.T) cnf.Lit { return cnf.Lit(rapid.IntRange(1, n).Draw(t, "set")) })
	elements := rapid.SliceOfN(rapid.SliceOfN(set, 2, 3), n/2, 3*n).Draw(t, "elements")
	heaviest := rapid.SampledFrom([]int64{1, 2, 9}).Draw(t, "heaviest")
	s := sat.New()
	terms := make([]Term, n)
	for i := range terms {
		terms[i] = Term{s.Fresh(), rapid.Int64Range(1, heaviest).Draw(t, "weight")}
	}
	for _, element := range elements {
		s.Clause(element...)
	}

	// By brute force: the costs of all covers, by the sets they take.
	costs := make(map[uint]int64)
	least := int64(-1)
	for bits := range uint(1) << n {
		takes := func(l cnf.Lit) bool { return bits>>(l-1)&1 == 1 }
		covers := !slices.ContainsFunc(elements, func(element []cnf.Lit) bool { return !slices.ContainsFunc(element, takes) })
		if !covers {
			continue
		}
		var cost int64
		for _, term := range terms {
			if takes(term.Lit) {
				cost += term.Weight
			}
		}
		if costs[bits] = cost; least < 0 || cost < least {
			least = cost
		}
	}

	o := newSearch(context.Background(), s, terms, Watcher{Bound: func(bound int64) {
		if bound > least {
			t.Fatalf("bound %d, the least cost is %d", bound, least)
		}
	}})
	o.credit = credit
	result := o.run(nil)
	if result.Status != Optimal || result.Cost != least || result.Bound != least {
		t.Fatalf("%v, cost %d, bound %d; want %d", result.Status, result.Cost, result.Bound, least)
	}
	for bits := range uint(1) << n {
		assumptions := make([]cnf.Lit, n)
		for i := range assumptions {
			assumptions[i] = -terms[i].Lit
			if bits>>i&1 == 1 {
				assumptions[i] = terms[i].Lit
			}
		}
		cost, covers := costs[bits]
		want := covers && cost == least
		if got := s.Solve(context.Background(), assumptions...) == sat.Sat; got != want {
			t.Fatalf("sets %0*b: left %v, optimal %v", n, bits, got, want)
		}
	}
}

// A core that cannot shrink cannot be exhausted either, so the search of a small
// case never gets far here; this asks directly.
func TestExhaustCoreFindsHowManyInputsMustBeTrue(t *testing.T) {
	const n = 5
	for least := 1; least <= n; least++ {
		s := sat.New()
		lits := make([]cnf.Lit, n)
		terms := make([]Term, n)
		for i := range lits {
			lits[i] = s.Fresh()
			terms[i] = Term{lits[i], 7}
		}
		s.Clause(cnf.NewTotalizer(s, lits, least, cnf.BothWays).AtLeast(least))
		o := newSearch(context.Background(), s, terms, Watcher{})
		o.lower, o.upper, o.credit = 7, 7*n+1, 1000
		total := cnf.NewTotalizer(s, lits, 1, cnf.Upward)
		b, open := o.exhaustCore(bound{total, 2}, 7)
		if open != (least < n) || open && b.k != least+1 || o.lower != int64(7*least) {
			t.Errorf("at least %d of %d: stopped at %d, open %v, lower bound %d", least, n, b.k, open, o.lower)
		}
	}
}
