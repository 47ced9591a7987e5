package judge

import (
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// Measured is one finding with the rule it was found by.
type Measured struct {
	Instance *rule.Instance
	Finding  rule.Finding
}

// Cost gives weight × excess.
func (m Measured) Cost() int64 { return m.Instance.Weight * int64(m.Finding.Excess) }

// Verdict is what the checker says of a plan.
type Verdict struct {
	Violations []Measured // findings of hard constraints
	Priced     []Measured // findings of soft constraints
	Costs      []int64    // of every tier, the best tier first
}

// Feasible tells whether every hard constraint holds.
func (v Verdict) Feasible() bool { return len(v.Violations) == 0 }

// Tiers gives what the plan costs in each tier, with nothing proven.
func (v Verdict) Tiers(s *scenario.Scenario) []plan.Tier {
	out := []plan.Tier{}
	for t, title := range s.Priorities {
		out = append(out, plan.Tier{Tier: t + 1, Title: title, Cost: v.Costs[t]})
	}
	return out
}

// Plan judges a plan against all rules of its scenario.
func Plan(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan) Verdict {
	return Facts(instances, rule.NewFacts(s, p))
}

// Facts judges a plan, or what of it the facts tell, against some rules. Their
// findings point into instances.
func Facts(instances []rule.Instance, facts *rule.Facts) Verdict {
	v := Verdict{Costs: make([]int64, len(facts.S.Priorities))}
	for i := range instances {
		in := &instances[i]
		for _, finding := range in.Rule.Check(facts) {
			m := Measured{in, finding}
			if in.Hard() {
				v.Violations = append(v.Violations, m)
				continue
			}
			v.Priced = append(v.Priced, m)
			v.Costs[in.Tier-1] += m.Cost()
		}
	}
	return v
}
