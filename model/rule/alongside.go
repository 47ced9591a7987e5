package rule

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

var alongsideKind = Kind{
	Name: "alongside", Unit: "slot",
	Doc:     "Short sessions take place at the same time as others, so that everybody finds something. The excess is, for every pair, the slots of the one named first in which the other does not meet.",
	Example: "{of: side-event-1, with: side-event-2, tier: 2}",
	New:     func() Rule { return &Alongside{} },
}

// Alongside asks that sessions take place at the same time.
type Alongside struct {
	Common
	Pairs
}

func (r *Alongside) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, problems)
}

func (r *Alongside) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Alongside) Statement(s *scenario.Scenario) string {
	return r.pairWords(s) + " take place at the same time"
}

// Check counts the pairs that break the rule.
func (r *Alongside) Check(f *Facts) (out []Finding) {
	r.Each(func(i, j int) {
		a, heldA := f.stay(i)
		b, heldB := f.stay(j)
		if !heldA || !heldB {
			return
		}
		apart := 0
		for _, m := range f.sessions[i].Meetings {
			if !slices.ContainsFunc(f.sessions[j].Meetings, func(o plan.Meeting) bool { return o.Day == m.Day && o.Slot == m.Slot }) {
				apart++
			}
		}
		if apart > 0 {
			out = append(out, Finding{apart, fmt.Sprintf("%s, on %s, is not at the time of %s, on %s%s", name(f.S, i), a.when(f.S), name(f.S, j), b.when(f.S), inSlots(apart)), idsOfTwo(f.S, i, j)})
		}
	})
	return out
}
