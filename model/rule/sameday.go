package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var sameDayKind = Kind{
	Name: "same-day", Unit: "pair",
	Doc:     "Short sessions that belong together are on the same day, so that people need to come for one day alone. The excess is the pairs on different days; with count: slots, the slots of both.",
	Example: "{of: \"tag:climate\", tier: 2}",
	New:     func() Rule { return &SameDay{} },
}

// SameDay asks that sessions are on the same day.
type SameDay struct {
	Common
	Pairs
	Measure
}

func (r *SameDay) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, problems)
	r.check(r.Origin, problems)
}

func (r *SameDay) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *SameDay) Statement(s *scenario.Scenario) string {
	return r.pairWords(s) + " are on the same day"
}

// Check counts the pairs that break the rule.
func (r *SameDay) Check(f *Facts) (out []Finding) {
	r.Each(func(i, j int) {
		a, heldA := f.stay(i)
		b, heldB := f.stay(j)
		if !heldA || !heldB {
			return
		}
		if a.day == b.day {
			return
		}
		out = append(out, Finding{r.of(a, b), fmt.Sprintf("%s is on %s and %s on %s", name(f.S, i), date(a.day), name(f.S, j), date(b.day)), idsOfTwo(f.S, i, j)})
	})
	return out
}
