package rule

import (
	"fmt"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var slackKind = Kind{
	Name: "slack", Unit: "day",
	Doc:     "Documents are issued so long before the tightest of their deadlines. The excess is the calendar days missing, for each document.",
	Example: "{of: zero-draft, want: 5 working days, tier: 2}",
	New:     func() Rule { return &Slack{} },
}

// Slack asks for days in hand before deadlines.
type Slack struct {
	Common
	Of        []string          `key:"of,required" doc:"documents, by id or pattern" eg:"zero-draft"`
	Want      calendar.Duration `key:"want,required" doc:"how long before the deadline" eg:"5 working days"`
	Documents []int             // positions in the scenario
}

func (r *Slack) resolve(s *scenario.Scenario, problems *diag.List) {
	scenario.CheckSelector(r.Origin, "of", r.Of, s.DocumentIDs(), "document", problems)
	r.Documents = s.SelectDocuments(r.Of)
}

func (r *Slack) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Documents {
		part := *r
		part.Documents = []int{i}
		out = append(out, &part)
	}
	return out
}

// Statement says what the rule asks.
func (r *Slack) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s is issued %s before its tightest deadline", documentWords(s, r.Of, r.Documents), r.Want)
}

// Check measures the days of slack that are missing.
func (r *Slack) Check(f *Facts) (out []Finding) {
	for _, i := range r.Documents {
		d := &f.S.Documents[i]
		issued, ok := f.Issued(i)
		if !ok {
			continue
		}
		missing := 0
		due := func(day calendar.Day) {
			missing = max(missing, int(issued-r.Want.Before(day, scenario.Weekdays)))
		}
		if d.Deadline != nil {
			due(*d.Deadline)
		}
		if d.Between != nil {
			due(d.Between.Last)
		}
		for _, b := range Needed(f.S, d) {
			if ref, ok := f.Span(b.ID); ok {
				due(b.By.Before(ref.First, scenario.Weekdays))
			}
		}
		if missing > 0 {
			out = append(out, Finding{missing, fmt.Sprintf("“%s” is issued on %s, %s short of %s in hand", d.Name(), date(issued), plural(missing, "day"), r.Want), nil})
		}
	}
	return out
}

// Ties ties the document to what needs it.
func (r *Slack) Ties(s *scenario.Scenario) Tie {
	var ids []string
	for _, i := range r.Documents {
		for _, b := range Needed(s, &s.Documents[i]) {
			ids = append(ids, b.ID)
		}
	}
	return tied(s, r.Documents, ids)
}
