package sweep

import (
	"fmt"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/model/sweep"
)

// Check measures the plan of an answer anew, for answers that come from machines
// of others: the error says in words what is not as the answer claims. What an
// answer without a plan claims is not looked at.
func Check(job sweep.Job, files scenario.Bundle, sources scenario.Sources, a sweep.Answer) error {
	if !a.HasPlan() {
		return nil
	}
	s, instances, err := Read(job, files, sources)
	if err != nil {
		return fmt.Errorf("there is a plan for a scenario that cannot be read: %w", err)
	}
	p, problems := plan.Read("the plan", a.Plan, s)
	if len(problems) > 0 {
		return problems.Sorted()[0]
	}
	v := judge.Plan(s, instances, p)
	if !v.Feasible() {
		return fmt.Errorf("the plan breaks a rule: %s", v.Violations[0].Finding.Text)
	}
	if len(a.Tiers) != len(v.Costs) {
		return fmt.Errorf("the answer has %d tiers, the scenario %d", len(a.Tiers), len(v.Costs))
	}
	for i, t := range a.Tiers {
		if t.Cost != v.Costs[i] || t.Title != s.Priorities[i] {
			return fmt.Errorf("tier %d costs %d, not %d", i+1, v.Costs[i], t.Cost)
		}
	}
	return nil
}
