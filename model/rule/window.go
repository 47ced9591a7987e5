package rule

import (
	"fmt"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

var windowKind = Kind{
	Name: "window", Unit: "day",
	Doc:     "The sessions lie in a stretch of days. The excess is the days from their start to it, and from it to their end.",
	Example: "{of: thematic-*, between: 2017-04-18..2017-05-31, tier: 1}",
	New:     func() Rule { return &Window{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			if x := &s.Sessions[i]; x.Between != nil {
				out = append(out, &Window{Common: Common{Origin: x.Origin, Mandate: x.Mandate}, Selection: one(i), Between: *x.Between})
			}
		}
		return out
	},
}

// Window asks that sessions lie in a stretch of days.
type Window struct {
	Common
	Selection
	Between calendar.Range `key:"between,required" doc:"first and last day" eg:"2017-04-18..2017-05-31"`
}

func (r *Window) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) == 0 {
		r.find(s, r.Origin, problems)
	}
}

func (r *Window) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Window{r.Common, one(i), r.Between})
	}
	return out
}

// Statement says what the rule asks.
func (r *Window) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s lies %s", name(s, r.Sessions[0]), within(r.Between))
}

// Check measures the days outside the window.
func (r *Window) Check(f *Facts) (out []Finding) {
	return outside(f, r.Sessions, r.Between, r.Between.Words())
}

func outside(f *Facts, sessions []int, between calendar.Range, words string) (out []Finding) {
	held, at := f.Held(sessions)
	for i, x := range held {
		if n := daysOutside(x, between); n > 0 {
			out = append(out, Finding{n, fmt.Sprintf("%s meets on %s, %s outside %s",
				name(f.S, at[i]), calendar.Words(x.Days), plural(n, "day"), words), []string{x.ID}})
		}
	}
	return out
}

// daysOutside gives the days from the session's start to the window and from
// the window to its end.
func daysOutside(x *plan.Session, between calendar.Range) int {
	return max(0, int(between.First-x.First())) + max(0, int(x.Last()-between.Last))
}
