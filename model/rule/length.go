package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

var lengthKind = Kind{
	Name: "length", Unit: "day",
	Doc:     "The sessions take so many days. The excess is the days missing or too many, for each session.",
	Example: "{of: thematic-*, days: 2, tier: 1}",
	New:     func() Rule { return &Length{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			x := &s.Sessions[i]
			out = append(out, &Length{Common: Common{Origin: x.Origin, Mandate: x.Mandate}, Selection: one(i), Days: x.Length()})
		}
		return out
	},
}

// Length bounds the days of each session.
type Length struct {
	Common
	Selection
	Days source.Count `key:"days,required" doc:"how many days" eg:"2..3"`
}

func (r *Length) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) == 0 {
		r.find(s, r.Origin, problems)
	}
}

func (r *Length) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Length{r.Common, one(i), r.Days})
	}
	return out
}

// Statement says what the rule asks.
func (r *Length) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s takes %s", name(s, r.Sessions[0]), amount(r.Days, "day"))
}

// Check measures the days missing or too many.
func (r *Length) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		n := len(x.Days)
		if excess := r.Days.Short(n) + r.Days.Over(n); excess > 0 {
			out = append(out, Finding{excess, fmt.Sprintf("%s takes %s instead of %s", name(f.S, at[i]), plural(n, "day"), r.Days), []string{x.ID}})
		}
	}
	return out
}
