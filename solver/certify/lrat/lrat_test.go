package lrat_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"plenary/solver/certify/lrat"
)

// All four clauses over two variables: they cannot hold together.
const four = "c a comment\np cnf 2 4\n1 2 0\n1 -2 0\n-1 2 0\n-1 -2 0\n"

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name, formula, proof string
		want                 lrat.Reason // "" where the proof holds
		says                 string
	}{
		{name: "two steps", formula: four, proof: "5 1 0 1 2 0\n6 0 5 3 4 0\n"},
		{name: "with a deletion", formula: four, proof: "5 1 0 1 2 0\n5 d 1 2 0\n6 0 5 3 4 0\n"},
		{name: "the formula has the empty clause", formula: "p cnf 0 1\n0\n", proof: ""},
		{name: "a clause that holds by itself", formula: four, proof: "5 1 -1 0 0\n6 1 0 1 2 0\n7 0 6 3 4 0\n"},
		{name: "a repeated literal", formula: "p cnf 1 2\n1 1 0\n-1 -1 0\n", proof: "3 0 1 2 0\n"},

		{name: "cut", formula: four, proof: "5 1 0 1 2 0\n", want: lrat.Incomplete, says: "ends before the contradiction"},
		{name: "empty", formula: four, proof: "", want: lrat.Incomplete},
		{name: "a hint left out", formula: four, proof: "5 1 0 1 0\n6 0 5 3 4 0\n", want: lrat.DoesNotFollow, says: "hints end without a contradiction"},
		{name: "a hint too early", formula: four, proof: "5 0 1 0\n", want: lrat.DoesNotFollow, says: "leaves more than one literal"},
		{name: "a hint that holds already", formula: four, proof: "5 1 0 2 3 0\n", want: lrat.DoesNotFollow, says: "holds already"},
		{name: "a hint that is not there", formula: four, proof: "5 1 0 1 9 0\n", want: lrat.DoesNotFollow, says: "not there"},
		{name: "a hint to itself", formula: four, proof: "5 0 5 0\n", want: lrat.DoesNotFollow, says: "not there"},
		{name: "a deleted hint", formula: four, proof: "5 d 1 0\n6 1 0 1 2 0\n", want: lrat.DoesNotFollow, says: "not there"},
		{name: "a number used again", formula: four, proof: "4 1 0 1 2 0\n", want: lrat.DoesNotFollow, says: "numbers grow"},
		{name: "another literal", formula: four, proof: "5 -1 0 1 2 0\n6 0 5 3 4 0\n", want: lrat.DoesNotFollow},

		{name: "RAT", formula: four, proof: "5 1 0 -1 2 0\n", want: lrat.BadProof, says: "RAT"},
		{name: "a variable of its own", formula: four, proof: "5 3 0 1 0\n", want: lrat.BadProof, says: "literal 3"},
		{name: "words", formula: four, proof: "five\n", want: lrat.BadProof, says: "no whole number"},
		{name: "no end of hints", formula: four, proof: "5 1 0 1 2\n", want: lrat.BadProof, says: "ends the hints"},
		{name: "no end of the clause", formula: four, proof: "5 1\n", want: lrat.BadProof, says: "ends a clause"},
		{name: "more after the end", formula: four, proof: "5 1 0 1 2 0 7\n", want: lrat.BadProof, says: "after the end"},

		{name: "no formula", formula: "", want: lrat.BadFormula},
		{name: "no head", formula: "1 2 0\n", want: lrat.BadFormula, says: "begins with p cnf"},
		{name: "a clause too few", formula: "p cnf 2 4\n1 2 0\n1 -2 0\n-1 2 0\n", want: lrat.BadFormula, says: "promises 4 clauses and has 3"},
		{name: "a literal too high", formula: "p cnf 1 1\n2 0\n", want: lrat.BadFormula},
		{name: "more variables than memory", formula: "p cnf 99999999999 1\n1 0\n", want: lrat.BadFormula},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := lrat.Check([]byte(c.formula), []byte(c.proof))
			if c.want == "" {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			var refused *lrat.Error
			if !errors.As(err, &refused) {
				t.Fatalf("%v; want a refusal", err)
			}
			if refused.Reason != c.want || !strings.Contains(refused.Error(), c.says) {
				t.Errorf("%s: %v; want %s, with %q", refused.Reason, refused, c.want, c.says)
			}
		})
	}
}

// No proof, however made, convinces the checker of a formula that has a model:
// random steps over random formulas of three variables.
func TestNoProofOfWhatCanHold(t *testing.T) {
	random := rand.New(rand.NewPCG(71, 280))
	literal := func() int { return (1 + random.IntN(3)) * (1 - 2*random.IntN(2)) }
	accepted := 0
	for range 20000 {
		var clauses [][]int
		var formula, proof strings.Builder
		n := 1 + random.IntN(8)
		fmt.Fprintf(&formula, "p cnf 3 %d\n", n)
		for range n {
			var clause []int
			for range 1 + random.IntN(2) {
				clause = append(clause, literal())
			}
			clauses = append(clauses, clause)
			fmt.Fprintln(&formula, strings.Trim(fmt.Sprint(clause), "[]"), 0)
		}
		for step := n + 1; step < n+6; step++ {
			fmt.Fprint(&proof, step)
			for range random.IntN(2) {
				fmt.Fprint(&proof, " ", literal())
			}
			fmt.Fprint(&proof, " 0")
			for range 1 + random.IntN(4) {
				fmt.Fprint(&proof, " ", 1+random.IntN(step-1))
			}
			fmt.Fprintln(&proof, " 0")
		}
		if lrat.Check([]byte(formula.String()), []byte(proof.String())) != nil {
			continue
		}
		accepted++
		if satisfiable(clauses, 3) {
			t.Fatalf("accepted a proof of what can hold:\n%s\n%s", &formula, &proof)
		}
	}
	if accepted < 20 {
		t.Errorf("%d proofs accepted; too few to say anything", accepted)
	}
}

func satisfiable(clauses [][]int, variables int) bool {
	for model := range 1 << variables {
		all := true
		for _, clause := range clauses {
			some := false
			for _, l := range clause {
				some = some || (l > 0) == (model>>(max(l, -l)-1)&1 == 1)
			}
			all = all && some
		}
		if all {
			return true
		}
	}
	return false
}

func FuzzCheck(f *testing.F) {
	f.Add(four, "5 1 0 1 2 0\n6 0 5 3 4 0\n")
	f.Add("p cnf 2 1\n1 2 0\n", "2 d 1 0\n2 0 1 0\n")
	f.Fuzz(func(t *testing.T, formula, proof string) {
		if lrat.Check([]byte(formula), []byte(proof)) != nil {
			return
		}
		var clauses [][]int
		for _, line := range strings.Split(formula, "\n")[1:] {
			var clause []int
			for _, word := range strings.Fields(line) {
				var n int
				if _, err := fmt.Sscan(word, &n); err != nil || n > 8 || n < -8 {
					return // more than this test counts through
				}
				if n != 0 {
					clause = append(clause, n)
				}
			}
			if len(strings.Fields(line)) > 0 {
				clauses = append(clauses, clause)
			}
		}
		if satisfiable(clauses, 8) {
			t.Errorf("accepted a proof of what can hold:\n%s\n%s", formula, proof)
		}
	})
}
