package explain_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/explain"
	"plenary/solver/solve"
)

// A tie of three sessions whose middle one is no part of the conflict once hid
// the reason: the two that clash were taken for two parts.
func TestASessionOutsideTheConflictDoesNotHideTheReason(t *testing.T) {
	file := filepath.Join(t.TempDir(), "clash.yaml")
	text := `plenary: 1
title: clash
period: 2018-03-05..2018-03-16
stations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}
sessions:
  - {id: s, at: g, between: 2018-03-06..2018-03-06}
  - {id: x, at: g, between: 2018-03-15..2018-03-16}
  - {id: b, at: g, between: 2018-03-06..2018-03-06}
`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, problems := scenario.Read(file, scenario.Sources{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	instances, _ := rule.Of(s)
	outcome, err := solve.Plan(context.Background(), s, instances, solve.Options{})
	if err != nil || outcome.Status != solve.Infeasible {
		t.Fatalf("status %d, error %v; want infeasible", outcome.Status, err)
	}
	reasons := explain.Infeasible(context.Background(), s, instances, outcome.Blamed[0])
	if len(reasons) != 1 || !reasons[0].Minimal || len(reasons[0].Instances) != 5 {
		t.Errorf("reasons %+v; want one, minimal, of five constraints", reasons)
	}
}
