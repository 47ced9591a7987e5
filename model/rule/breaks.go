package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var breaksKind = Kind{
	Name: "breaks", Unit: "day",
	Doc:     "No weekend or free day interrupts the sessions. The excess is the calendar days between the first and the last day of a session on which it does not meet.",
	Example: "{of: thematic-*, tier: 2}",
	New:     func() Rule { return &Breaks{} },
}

// Breaks keeps the days of a session together.
type Breaks struct {
	Common
	Selection
}

func (r *Breaks) resolve(s *scenario.Scenario, problems *diag.List) { r.find(s, r.Origin, problems) }

func (r *Breaks) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Breaks{r.Common, one(i)})
	}
	return out
}

// Statement says what the rule asks.
func (r *Breaks) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s is not interrupted by free days", name(s, r.Sessions[0]))
}

// Check counts the free days inside the sessions.
func (r *Breaks) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		if n := int(x.Last()-x.First()) + 1 - len(x.Days); n > 0 {
			out = append(out, Finding{n, fmt.Sprintf("%s is interrupted by %s", name(f.S, at[i]), plural(n, "free day")), []string{x.ID}})
		}
	}
	return out
}
