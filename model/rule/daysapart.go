package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

var daysApartKind = Kind{
	Name: "days-apart", Unit: "pair",
	Doc:     "Short sessions are so many days apart, or never so many: the next day is 1, the same day 0. The excess is the pairs whose distance in calendar days lies outside days or inside never.",
	Example: "{of: side-event-1, with: side-event-2, days: 1.., tier: 2}",
	New:     func() Rule { return &DaysApart{} },
}

// DaysApart asks that sessions are so many days apart.
type DaysApart struct {
	Common
	Pairs
	Days  *source.Count `key:"days" doc:"how many days apart" eg:"1"`
	Never *source.Count `key:"never" doc:"how many days apart they must not be" eg:"1"`
}

func (r *DaysApart) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, problems)
	if r.Days == nil && r.Never == nil {
		problems.Add(r.At("of"), "the rule says neither days nor never", "for example  days: 1")
	}
}

func (r *DaysApart) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *DaysApart) Statement(s *scenario.Scenario) string {
	var parts []string
	if r.Days != nil {
		parts = append(parts, "are "+apart(*r.Days))
	}
	if r.Never != nil {
		parts = append(parts, "are never "+apart(*r.Never))
	}
	return r.pairWords(s) + " " + listed(parts, "and")
}

// Check counts the pairs that break the rule.
func (r *DaysApart) Check(f *Facts) (out []Finding) {
	r.Each(func(i, j int) {
		a, heldA := f.stay(i)
		b, heldB := f.stay(j)
		if !heldA || !heldB {
			return
		}
		n := int(max(a.day, b.day) - min(a.day, b.day))
		if !r.Wrong(n) {
			return
		}
		out = append(out, Finding{1, fmt.Sprintf("%s, on %s, and %s, on %s, are %s", name(f.S, i), date(a.day), name(f.S, j), date(b.day), apart(source.Count{Min: n, Max: n})), idsOfTwo(f.S, i, j)})
	})
	return out
}

// Wrong tells whether two sessions must not be so many days apart.
func (r *DaysApart) Wrong(days int) bool {
	return (r.Days != nil && !r.Days.Has(days)) || (r.Never != nil && r.Never.Has(days))
}

// apart says a distance in words: "1 day apart", "on the same day".
func apart(c source.Count) string {
	if c.Min == 0 && c.Max == 0 {
		return "on the same day"
	}
	return amount(c, "day") + " apart"
}
