package original

import "plenary/model/plan"

// Writer is an instance whose format has a form for plans.
type Writer interface {
	// Solution writes a plan for the scenario in the form of the format.
	Solution(*plan.Plan) ([]byte, error)
}

// Comparison sets a score beside what the same plan costs by the scenario.
type Comparison struct {
	Hard       int64 // the original's hard level
	Violations int   // of hard constraints of the scenario
	Levels     []Level
}

// Level is one level of the original, which is a tier of the scenario.
type Level struct {
	Name     string
	Original int64
	Cost     int64 // of the tier
	Offset   int64 // by how much the tier costs more in every plan
}

// Agree tells whether the level costs the same on both sides.
func (l Level) Agree() bool { return l.Original+l.Offset == l.Cost }

// Compare compares a score with violations and costs per tier.
func Compare(s Scenario, score Score, violations int, costs []int64) Comparison {
	c := Comparison{Hard: score.Cost(0), Violations: violations}
	for i, name := range s.Levels {
		l := Level{Name: name, Original: score.Cost(i + 1), Offset: s.Offsets[i]}
		if i < len(costs) {
			l.Cost = costs[i]
		}
		c.Levels = append(c.Levels, l)
	}
	return c
}

// Agree tells whether both sides say the same: that the plan breaks what is
// hard, or that it does not, and then the same cost on every level. A plan that
// breaks what is hard may be priced differently.
func (c Comparison) Agree() bool {
	if (c.Hard > 0) != (c.Violations > 0) {
		return false
	}
	for _, l := range c.Levels {
		if c.Violations == 0 && !l.Agree() {
			return false
		}
	}
	return true
}
