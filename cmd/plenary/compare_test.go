package main

import (
	"context"
	"path/filepath"
	"testing"

	"plenary/export/compare"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/solver/alternatives"
	"plenary/solver/solve"
)

// On the resolution's own scenario, with the best plan and two alternatives,
// what the rules cost adds up to what the tiers cost.
func TestSumsOverRulesOfTheResolutionAreItsTiersCosts(t *testing.T) {
	s, instances := readWell(t, filepath.Join("..", "..", "scenarios", "gcm-2018.yaml"))
	best, err := solve.Plan(context.Background(), s, instances, solve.Options{Seed: 1})
	if err != nil || best.Plan == nil {
		t.Fatal(err, best.Status)
	}
	var budget []int64
	for _, tier := range best.Plan.Tiers {
		budget = append(budget, tier.Cost+5)
	}
	list, _, err := alternatives.Find(context.Background(), s, instances, best.Plan, alternatives.Options{Most: 2, Budget: budget, Seed: 1})
	if err != nil || len(list) != 2 {
		t.Fatal(err, len(list))
	}
	var sides []compare.Side
	for _, p := range []*plan.Plan{best.Plan, list[0].Plan, list[1].Plan} {
		sides = append(sides, compare.Side{Name: "plan", Scenario: s, Instances: instances, Plan: p, Verdict: judge.Plan(s, instances, p)})
	}
	c := compare.Figures(sides)
	different := false
	for n, x := range sides {
		for i, title := range s.Priorities {
			sum := int64(0)
			for _, r := range c.Rules {
				if r.Tier == title {
					sum += r.Costs[n]
				}
			}
			if sum != x.Verdict.Costs[i] || sum != x.Plan.Tiers[i].Cost {
				t.Errorf("plan %d, tier %d: the rules cost %d together, the tier %d by the checker and %d by the plan", n, i+1, sum, x.Verdict.Costs[i], x.Plan.Tiers[i].Cost)
			}
			different = different || sum != sides[0].Verdict.Costs[i]
		}
	}
	if !different {
		t.Error("the plans all cost the same: nothing was tested")
	}
}
