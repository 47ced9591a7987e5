package drat_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"plenary/solver/certify/branch"
	"plenary/solver/certify/drat"
	"plenary/solver/certify/lrat"
	"plenary/solver/cnf"
)

var four = [][]cnf.Lit{{1, 2}, {1, -2}, {-1, 2}, {-1, -2}}

func TestExplain(t *testing.T) {
	for _, c := range []struct {
		name    string
		clauses [][]cnf.Lit
		proof   string
		want    string // the LRAT
		fails   string // or why there is none
	}{
		{name: "what follows is propagated for good", clauses: four, proof: "1 0\n0\n", want: "5 1 0 1 2 0\n6 2 0 5 3 0\n7 0 5 6 4 0\n"},
		{name: "what the contradiction does not need is left out", clauses: append([][]cnf.Lit{{3, 4}, {3, -4}}, four...),
			proof: "3 0\n1 0\n0\n", want: "7 1 0 3 4 0\n8 2 0 7 5 0\n9 0 7 8 6 0\n"},
		{name: "a variable of its own", clauses: four, proof: "5 0\n", fails: "no literal of the formula"},
		{name: "a deleted clause is gone", clauses: [][]cnf.Lit{{1, 2, 3}, {1, 2, -3}, {1, -2}, {-1, 2}, {-1, -2}}, proof: "d 3 1 2 0\n1 2 0\n1 0\n", fails: "line 2 of the proof does not follow by unit propagation"},
		{name: "a formula that propagation refutes", clauses: [][]cnf.Lit{{1}, {-1, 2}, {-2}}, proof: "", want: "4 2 0 1 2 0\n5 0 4 3 0\n"},
		{name: "an empty clause in the formula", clauses: [][]cnf.Lit{{1, 2}, {}}, proof: "", want: "3 0 2 0\n"},
		{name: "cut", clauses: four, proof: "1 2 0\n", fails: "ends before the contradiction"},
		{name: "words", clauses: four, proof: "one 0\n", fails: "no literal"},
		{name: "no end", clauses: four, proof: "1\n", fails: "the 0 that ends the line is missing"},
		{name: "more after the end", clauses: four, proof: "1 0 2\n", fails: "after the 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := drat.Explain(t.Context(), 4, c.clauses, []byte(c.proof))
			if c.fails != "" {
				if err == nil || !strings.Contains(err.Error(), c.fails) {
					t.Fatalf("error %v; want %q", err, c.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// Whatever is explained, the checker accepts: random formulas of nine
// variables.
func TestTheCheckerAcceptsWhatIsExplained(t *testing.T) {
	random := rand.New(rand.NewPCG(71, 280))
	refuted := 0
	for range 300 {
		var clauses [][]cnf.Lit
		for range 45 {
			var clause []cnf.Lit
			for _, v := range random.Perm(9)[:3] {
				clause = append(clause, cnf.Lit((v+1)*(1-2*random.IntN(2))))
			}
			clauses = append(clauses, clause)
		}
		proof, err := branch.Refute(t.Context(), 9, clauses)
		if err != nil {
			continue // they can hold together
		}
		refuted++
		steps, err := drat.Explain(t.Context(), 9, clauses, proof)
		if err != nil {
			t.Fatalf("%v\n%s", err, proof)
		}
		formula := fmt.Sprintf("p cnf 9 %d\n", len(clauses))
		for _, c := range clauses {
			formula += strings.Trim(fmt.Sprint(c), "[]") + " 0\n"
		}
		if err := lrat.Check([]byte(formula), steps); err != nil {
			t.Fatalf("%v\n%s\n%s", err, formula, steps)
		}
	}
	if refuted < 50 {
		t.Errorf("%d formulas refuted; too few to say anything", refuted)
	}
}
