package judge_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

const small = `plenary: 1
title: Small
period: 2018-01-01..2018-12-31
stations: {geneva: {zone: Europe/Zurich}}
sessions:
  - {id: a, at: geneva, days: 1..3, between: 2018-01-08..2018-01-12}
  - {id: b, at: geneva}
priorities: [first, second]
rules:
  - near: {of: a, day: 2018-01-08, tier: 1, weight: 3}
  - near: {of: b, day: 2018-02-01, tier: 2}
  - day-cap: {of: "*", at-most: 1, tier: 2, weight: 10}
`

// read reads a scenario and its rules, which must be sound.
func read(t *testing.T, file string) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	s, problems := scenario.Read(file, scenario.Sources{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	instances, problems := rule.Of(s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s, instances
}

// The costs by hand: a starts 2 days from its wish (weight 3), b on its wish,
// and together they take 3 days, 2 over the cap (weight 10).
func TestCostsAddUpByTierAndHardFindingsAreViolations(t *testing.T) {
	name := filepath.Join(t.TempDir(), "small.yaml")
	if err := os.WriteFile(name, []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	s, instances := read(t, name)
	for _, c := range []struct {
		what, plan string
		costs      []int64
		violations int
	}{
		{"kept", "sessions: [{id: a, station: geneva, days: [2018-01-10, 2018-01-11]}, {id: b, station: geneva, days: [2018-02-01]}]", []int64{6, 20}, 0},
		{"outside its window", "sessions: [{id: a, station: geneva, days: [2018-01-15]}, {id: b, station: geneva, days: [2018-02-01]}]", []int64{21, 10}, 1},
		{"one not held", "sessions: [{id: a, station: geneva, days: [2018-01-08]}]", []int64{0, 0}, 1},
		{"on a Sunday", "sessions: [{id: a, station: geneva, days: [2018-01-08]}, {id: b, station: geneva, days: [2018-02-04]}]", []int64{0, 13}, 1},
	} {
		p, problems := plan.Read("plan.yaml", []byte("plenary-plan: 1\n"+c.plan), s)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		v := judge.Plan(s, instances, p)
		if !slices.Equal(v.Costs, c.costs) || len(v.Violations) != c.violations {
			t.Errorf("%s: costs %v and %d violations, want %v and %d: %v", c.what, v.Costs, len(v.Violations), c.costs, c.violations, v.Violations)
		}
		if v.Feasible() != (c.violations == 0) {
			t.Errorf("%s: feasible %t", c.what, v.Feasible())
		}
	}
}
