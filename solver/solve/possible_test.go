package solve_test

import (
	"context"
	"testing"

	"plenary/model/given"
	"plenary/model/judge"
	"plenary/solver/solve"
)

// The best plan of the crowded year takes long to prove; any plan does not.
func TestOnePlanIsEnoughToKnowThatThereIsOne(t *testing.T) {
	s, instances := crowdedYear(t)
	for name, large := range map[string]int{"as clauses": 0, "as sums": 1} {
		t.Run(name, func(t *testing.T) {
			out, err := solve.Possible(context.Background(), s, instances, solve.Options{Large: large})
			if err != nil {
				t.Fatal(err)
			}
			if out.Status != solve.Feasible || out.Plan == nil || !judge.Plan(s, instances, out.Plan).Feasible() {
				t.Fatalf("status %d, plan %v; want a plan that keeps the hard constraints", out.Status, out.Plan)
			}
		})
	}
}

func TestNoPlanIsPossibleWhereHardConstraintsCannotHold(t *testing.T) {
	s, instances := given.Text(t, `plenary: 1
title: Two in one room
period: 2018-03-01..2018-03-30
stations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}
priorities: [wishes]
sessions:
  - {id: a, at: g, between: 2018-03-06}
  - {id: b, at: g, between: 2018-03-06}
`)
	out, err := solve.Possible(context.Background(), s, instances, solve.Options{})
	if err != nil || out.Status != solve.Infeasible || len(out.Blamed) != 1 {
		t.Fatalf("status %d, %d parts to blame, %v; want one part without a plan", out.Status, len(out.Blamed), err)
	}
}
