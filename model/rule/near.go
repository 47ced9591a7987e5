package rule

import (
	"fmt"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var nearKind = Kind{
	Name: "near", Unit: "day",
	Doc:     "The sessions start on a wished day. The excess is the calendar days from it, for each session.",
	Example: "{of: opening, day: 2017-05-08, tier: 1}",
	New:     func() Rule { return &Near{} },
}

// Near asks that sessions start near a wished day.
type Near struct {
	Common
	Selection
	Day calendar.Day `key:"day,required" doc:"the wished first day" eg:"2017-05-08"`
}

func (r *Near) resolve(s *scenario.Scenario, problems *diag.List) { r.find(s, r.Origin, problems) }

func (r *Near) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Near{r.Common, one(i), r.Day})
	}
	return out
}

// Statement says what the rule asks.
func (r *Near) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s starts on %s", name(s, r.Sessions[0]), date(r.Day))
}

// Check measures the days from the wished day.
func (r *Near) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		if n := int(max(x.First()-r.Day, r.Day-x.First())); n > 0 {
			side := "after"
			if x.First() < r.Day {
				side = "before"
			}
			out = append(out, Finding{n, fmt.Sprintf("%s starts on %s, %s %s %s", name(f.S, at[i]), date(x.First()), plural(n, "day"), side, date(r.Day)), []string{x.ID}})
		}
	}
	return out
}
