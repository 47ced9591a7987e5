package rule

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var spanKind = Kind{
	Name: "span", Unit: "day",
	Doc:     "The days of each session lie within so many calendar days, first and last included; a session that says no within: meets on consecutive working days of its station. The excess is the days beyond.",
	Example: "{of: round-*, within: 1 week, tier: 2}",
	New:     func() Rule { return &Span{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			x := &s.Sessions[i]
			out = append(out, &Span{Common: Common{Origin: x.Origin, Mandate: x.Mandate}, Selection: one(i), Within: x.Within})
		}
		return out
	},
}

// Span bounds the calendar days from the first to the last day of a session.
type Span struct {
	Common
	Selection
	Within *calendar.Duration `key:"within,required" doc:"calendar days, first and last included" eg:"1 week"` // nil: consecutive working days
}

func (r *Span) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) > 0 {
		return
	}
	r.find(s, r.Origin, problems)
	if r.Within.Unit == calendar.WorkingDays {
		problems.Add(r.At("within"), "the span counts calendar days, first and last included", "for example  within: 2 weeks")
	}
}

func (r *Span) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Span{r.Common, one(i), r.Within})
	}
	return out
}

// Statement says what the rule asks.
func (r *Span) Statement(s *scenario.Scenario) string {
	if r.Within == nil {
		return fmt.Sprintf("%s meets on consecutive working days", name(s, r.Sessions[0]))
	}
	return fmt.Sprintf("%s lies within %s", name(s, r.Sessions[0]), *r.Within)
}

// Check measures the calendar days beyond the span or, for consecutive days,
// the working days left out.
func (r *Span) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		if r.Within != nil {
			n := int(x.Last()-x.First()) + 1
			if n > r.Within.N {
				out = append(out, Finding{n - r.Within.N, fmt.Sprintf("%s meets on %s, over %s instead of %s", name(f.S, at[i]), calendar.Words(x.Days), plural(n, "day"), *r.Within), []string{x.ID}})
			}
			continue
		}
		left := 0
		for d := x.First(); d <= x.Last(); d++ {
			if f.Station(x).Open(d) && !slices.Contains(x.Days, d) {
				left++
			}
		}
		if left > 0 {
			out = append(out, Finding{left, fmt.Sprintf("%s meets on %s, leaving out %s between", name(f.S, at[i]), calendar.Words(x.Days), plural(left, "working day")), []string{x.ID}})
		}
	}
	return out
}
