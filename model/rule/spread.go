package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var spreadKind = Kind{
	Name: "spread", Unit: "day",
	Doc:     "Sessions are spread over days, not put into one. The excess is the days that they use too few.",
	Example: "{of: \"tag:climate\", over: 2, tier: 2}",
	New:     func() Rule { return &Spread{} },
}

// Spread asks that sessions use so many different days.
type Spread struct {
	Common
	Selection
	Over int `key:"over,required" doc:"how many different days" eg:"2"`
}

func (r *Spread) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	if r.Over > s.Period.Len() && s.Period.Len() > 0 {
		problems.Add(r.At("over"), fmt.Sprintf("the period has %s", plural(s.Period.Len(), "day")), "ask for fewer, or lengthen the period")
	}
}

func (r *Spread) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Spread) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s %s at least %s", r.words(s), r.verb("uses", "use"), plural(r.Over, "different day"))
}

// Check counts the days missing.
func (r *Spread) Check(f *Facts) []Finding {
	days := map[string]bool{}
	held, _ := f.Held(r.Sessions)
	for _, x := range held {
		for _, d := range x.Days {
			days[d.String()] = true
		}
	}
	if len(days) >= r.Over {
		return nil
	}
	return []Finding{{r.Over - len(days), fmt.Sprintf("%s %s %s instead of at least %d", r.words(f.S), r.verb("uses", "use"), plural(len(days), "day"), r.Over), nil}}
}
