package rule

import (
	"fmt"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var phaseKind = Kind{
	Name: "phase", Unit: "day",
	Doc:     "The sessions of a phase lie in its days. The excess is the days from their start to it, and from it to their end.",
	Example: "{of: thematic-*, between: 2017-04..2017-11, title: Phase I, tier: 1}",
	New:     func() Rule { return &Phase{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Phases {
			p := &s.Phases[i]
			title := p.Title
			if title == "" {
				title = spaced(p.ID)
			}
			out = append(out, &Phase{Common: Common{Origin: p.Origin, Mandate: p.Mandate},
				Selection: Selection{Of: p.Of, Sessions: s.SelectSessions(p.Of)}, Title: title, Between: p.Between})
		}
		return out
	},
}

// Phase asks that the sessions of a phase lie in its days.
type Phase struct {
	Common
	Selection
	Title   string         `key:"title" doc:"the phase, as printed" eg:"Phase I"`
	Between calendar.Range `key:"between,required" doc:"first and last day" eg:"2017-04..2017-11"`
}

func (r *Phase) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) == 0 {
		r.find(s, r.Origin, problems)
	}
	if r.Title == "" {
		r.Title = "its phase"
	}
}

func (r *Phase) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Phase{r.Common, one(i), r.Title, r.Between})
	}
	return out
}

// Statement says what the rule asks.
func (r *Phase) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s belongs to %s, %s", name(s, r.Sessions[0]), r.Title, r.Between.Words())
}

// Check measures the days outside the phase.
func (r *Phase) Check(f *Facts) []Finding {
	return outside(f, r.Sessions, r.Between, fmt.Sprintf("%s (%s)", r.Title, r.Between.Words()))
}
