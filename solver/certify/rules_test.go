package certify_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenary/solver/certify"
	"plenary/solver/solve"
)

// For every rule, the best plan of its cases is bounded by multipliers: no bound
// lies above what the plan costs, and the evidence is verified.
func TestEveryRuleCanBeBoundedByMultipliers(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../encode/testdata/cases")); err != nil {
		t.Fatal(err)
	}
	cases, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(cases) < 30 {
		t.Fatalf("%d cases, error %v", len(cases), err)
	}
	bounds := 0
	for _, name := range cases {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, one := range strings.Split(string(text), "\n---\n") {
			t.Run(fmt.Sprintf("%s/%d", strings.TrimSuffix(filepath.Base(name), ".yaml"), i+1), func(t *testing.T) {
				bounds += boundedTiers(t, name, one)
			})
		}
	}
	if bounds < 8 { // most cases have a plan that costs nothing
		t.Errorf("%d tiers are bounded above nothing", bounds)
	}
}

// boundedTiers counts the tiers of the best plan that multipliers bound above 0.
func boundedTiers(t *testing.T, file, text string) (n int) {
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	about := read(t, file)
	outcome := solved(t, about)
	if outcome.Status == solve.Infeasible {
		return 0
	}
	o := options(about, noProver)
	o.Large = 1
	e, err := certify.Plan(t.Context(), about.Scenario, about.Instances, outcome.Plan, o)
	if errors.Is(err, certify.ErrNoProver) {
		return 0 // what cannot be listed goes by clauses alone
	}
	if err != nil {
		t.Fatal(err)
	}
	m, refusals := certify.Verify(e.Files, about)
	if len(refusals) > 0 {
		t.Errorf("refused: %+v", refusals)
	}
	for _, tier := range m.Tiers {
		if tier.Bound > 0 {
			n++
		}
	}
	return n
}
