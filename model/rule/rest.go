package rule

import (
	"fmt"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

var restKind = Kind{
	Name: "rest", Unit: "day",
	Doc:     "Between any two of the sessions lie so many full days, whichever comes first; working days are Monday to Friday. The excess is the calendar days missing, for each pair.",
	Example: "{of: round-*, at-least: 5 working days, tier: 2}",
	New:     func() Rule { return &Rest{} },
}

// Rest keeps sessions apart.
type Rest struct {
	Common
	Selection
	AtLeast calendar.Duration `key:"at-least,required" doc:"full days between them" eg:"5 working days"`
}

func (r *Rest) resolve(s *scenario.Scenario, problems *diag.List) { r.find(s, r.Origin, problems) }

func (r *Rest) split(*scenario.Scenario) (out []Rule) {
	for a, i := range r.Sessions {
		for _, j := range r.Sessions[:a] {
			out = append(out, &Rest{r.Common, Selection{r.Of, []int{j, i}}, r.AtLeast})
		}
	}
	return out
}

// Statement says what the rule asks.
func (r *Rest) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("at least %s lie between %s and %s", r.AtLeast, name(s, r.Sessions[0]), name(s, r.Sessions[1]))
}

// Check measures the days missing between the two sessions.
func (r *Rest) Check(f *Facts) []Finding {
	a, b := f.Session(r.Sessions[0]), f.Session(r.Sessions[1])
	if a == nil || b == nil {
		return nil
	}
	missing := func(first, second *plan.Session) int {
		return int(r.AtLeast.After(first.Last(), scenario.Weekdays) + 1 - second.First())
	}
	if n := min(missing(a, b), missing(b, a)); n > 0 {
		return []Finding{{n, fmt.Sprintf("%s and %s lie %s too close to each other", name(f.S, r.Sessions[0]), name(f.S, r.Sessions[1]), plural(n, "day")), []string{a.ID, b.ID}}}
	}
	return nil
}
