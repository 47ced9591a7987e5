package rule

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var documentKind = Kind{
	Name: "document", Unit: "day",
	Doc:     "A document is issued after what it draws on, with its lead time, and before what needs it. Working days are Monday to Friday. At least one of after, before, deadline or between is given. The excess is the calendar days too early or too late.",
	Example: "{of: zero-draft, before: [first-round], by: 4 weeks, tier: 1}",
	New:     func() Rule { return &Document{} },
	derive:  deriveDocuments,
}

// Document asks that documents come after or before something.
type Document struct {
	Common
	Of       []string           `key:"of,required" doc:"documents, by id or pattern" eg:"zero-draft"`
	After    []string           `key:"after" doc:"sessions, events or documents that it follows" eg:"[stocktaking]"`
	Takes    *calendar.Duration `key:"takes" doc:"lead time from their last day" eg:"15 working days"`
	Within   *calendar.Duration `key:"within" doc:"no later than this after their last day" eg:"20 working days"`
	Before   []string           `key:"before" doc:"sessions, events or documents that need it" eg:"[first-round]"`
	By       *calendar.Duration `key:"by" doc:"how long before their first day" eg:"6 weeks"`
	Deadline *calendar.Day      `key:"deadline" doc:"the last day of issue" eg:"2018-02-05"`
	Between  *calendar.Range    `key:"between" doc:"first and last day of issue" eg:"2018-01-08..2018-02-05"`

	Documents []int // positions in the scenario
	// Processing is the document's own: after it is written it is edited and
	// translated before it is issued.
	Processing *calendar.Duration
}

func deriveDocuments(s *scenario.Scenario) (out []Rule) {
	for i := range s.Documents {
		d := &s.Documents[i]
		part := func(r Document) {
			if r.Mandate == "" {
				r.Mandate = d.Mandate
			}
			if r.Origin == (Common{}).Origin {
				r.Origin = d.Origin
			}
			r.Documents = []int{i}
			out = append(out, &r)
		}
		part(Document{}) // it is issued at all
		for _, id := range s.Referred(d.After) {
			if id != d.ID {
				part(Document{After: []string{id}, Takes: d.Takes, Within: d.Within, Processing: d.Processing})
			}
		}
		for _, due := range Needed(s, d) {
			part(Document{Common: Common{Origin: due.Origin, Mandate: due.Mandate}, Before: []string{due.ID}, By: &due.By})
		}
		if d.Deadline != nil {
			part(Document{Deadline: d.Deadline})
		}
		if d.Between != nil {
			part(Document{Between: d.Between})
		}
		if d.Pin != nil {
			part(Document{Between: &calendar.Range{First: *d.Pin, Last: *d.Pin}})
		}
	}
	return out
}

// Needed gives what needs a document and how long before, patterns written
// out.
func Needed(s *scenario.Scenario, d *scenario.Document) (out []scenario.Due) {
	for _, due := range d.Before {
		for _, id := range s.Referred([]string{due.ID}) {
			if id != d.ID {
				one := due
				one.ID = id
				out = append(out, one)
			}
		}
	}
	return out
}

func (r *Document) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Documents) > 0 {
		return
	}
	any := slices.Concat(s.SessionIDs(), s.DocumentIDs(), s.EventIDs())
	scenario.CheckSelector(r.Origin, "of", r.Of, s.DocumentIDs(), "document", problems)
	scenario.CheckSelector(r.Origin, "after", r.After, any, "session, document or event", problems)
	scenario.CheckSelector(r.Origin, "before", r.Before, any, "session, document or event", problems)
	r.Documents = s.SelectDocuments(r.Of)
	if len(r.After) == 0 && len(r.Before) == 0 && r.Deadline == nil && r.Between == nil {
		problems.Add(r.At(), "the rule says neither after, before, deadline nor between", "for example  before: [first-round]")
	}
	if r.Takes != nil && len(r.After) == 0 {
		problems.Add(r.At("takes"), "the lead time starts after something, but after: is missing", "add  after: [session]")
	}
	if r.Within != nil && len(r.After) == 0 {
		problems.Add(r.At("within"), "the time limit starts after something, but after: is missing", "add  after: [session]")
	}
	if r.By != nil && len(r.Before) == 0 {
		problems.Add(r.At("by"), "the distance is to something, but before: is missing", "add  before: [session]")
	}
}

func (r *Document) split(s *scenario.Scenario) (out []Rule) {
	for _, i := range r.Documents {
		part := func(p Document) {
			p.Common, p.Documents = r.Common, []int{i}
			out = append(out, &p)
		}
		for _, id := range s.Referred(r.After) {
			if id != s.Documents[i].ID {
				part(Document{After: []string{id}, Takes: r.Takes, Within: r.Within, Processing: s.Documents[i].Processing})
			}
		}
		for _, id := range s.Referred(r.Before) {
			if id != s.Documents[i].ID {
				part(Document{Before: []string{id}, By: r.By})
			}
		}
		if r.Deadline != nil {
			part(Document{Deadline: r.Deadline})
		}
		if r.Between != nil {
			part(Document{Between: r.Between})
		}
		if r.bare() {
			part(Document{})
		}
	}
	return out
}

// bare tells whether the rule asks only that the document is issued.
func (r *Document) bare() bool {
	return len(r.After) == 0 && len(r.Before) == 0 && r.Deadline == nil && r.Between == nil
}

// Lead gives the lead time, none where nothing is said.
func (r *Document) Lead() calendar.Duration {
	if r.Takes == nil {
		return calendar.Duration{}
	}
	return *r.Takes
}

// Edited gives how long editing and translation take, not at all where nothing
// is said.
func (r *Document) Edited() calendar.Duration {
	if r.Processing == nil {
		return calendar.Duration{}
	}
	return *r.Processing
}

// Ahead gives how long before something the document is due, not at all where
// nothing is said.
func (r *Document) Ahead() calendar.Duration {
	if r.By == nil {
		return calendar.Duration{}
	}
	return *r.By
}

// Statement says what the rule asks.
func (r *Document) Statement(s *scenario.Scenario) string {
	text := "“" + s.Documents[r.Documents[0]].Name() + "” is issued"
	switch {
	case len(r.After) > 0:
		if r.Edited().N > 0 && r.Lead().N > 0 {
			text += fmt.Sprintf(" %s for writing and %s for editing and translation", r.Lead(), r.Edited())
		} else if r.Edited().N > 0 {
			text += fmt.Sprintf(" %s for editing and translation", r.Edited())
		} else if r.Lead().N > 0 {
			text += " " + r.Lead().String() + " or later"
		}
		text += " after " + anyName(s, r.After[0])
		if r.Within != nil {
			text += fmt.Sprintf(", within %s", *r.Within)
		}
		return text
	case len(r.Before) > 0:
		if r.Ahead().N > 0 {
			text += " " + r.Ahead().String() + " or earlier"
		}
		return text + " before " + anyName(s, r.Before[0])
	case r.Deadline != nil:
		return text + " by " + date(*r.Deadline)
	case r.Between != nil:
		return text + " " + within(*r.Between)
	}
	return text + " on a working day"
}

// Check measures the days too early or too late.
func (r *Document) Check(f *Facts) (out []Finding) {
	i := r.Documents[0]
	title := "“" + f.S.Documents[i].Name() + "”"
	issued, ok := f.Issued(i)
	if !ok {
		if r.bare() {
			out = append(out, Finding{1, title + " has no day of issue", nil})
		}
		return out
	}
	add := func(n int, why string) {
		if n > 0 {
			out = append(out, Finding{n, fmt.Sprintf("%s is issued on %s, %s %s", title, date(issued), plural(n, "day"), why), nil})
		}
	}
	early := func(first calendar.Day, why string) { add(int(first-issued), why) }
	late := func(last calendar.Day, why string) { add(int(issued-last), why) }
	switch {
	case len(r.After) > 0:
		if ref, ok := f.Span(r.After[0]); ok {
			written := r.Lead().After(ref.Last, scenario.Weekdays)
			early(r.Edited().After(written, scenario.Weekdays), "too soon after "+anyName(f.S, r.After[0]))
			if r.Within != nil {
				late(r.Within.After(ref.Last, scenario.Weekdays), "too late after "+anyName(f.S, r.After[0]))
			}
		}
	case len(r.Before) > 0:
		if ref, ok := f.Span(r.Before[0]); ok {
			late(r.Ahead().Before(ref.First, scenario.Weekdays), "too late for "+anyName(f.S, r.Before[0]))
		}
	case r.Deadline != nil:
		late(*r.Deadline, "after its deadline of "+date(*r.Deadline))
	case r.Between != nil:
		early(r.Between.First, "too early for "+r.Between.Words())
		late(r.Between.Last, "too late for "+r.Between.Words())
	default:
		if !scenario.Weekdays(issued) || !f.S.Period.Contains(issued) {
			out = append(out, Finding{1, fmt.Sprintf("%s is issued on %s, which is no working day of the period", title, issued.Long()), nil})
		}
	}
	return out
}

// documentWords names selected documents in a sentence.
func documentWords(s *scenario.Scenario, of []string, documents []int) string {
	if len(documents) == 1 {
		return "“" + s.Documents[documents[0]].Name() + "”"
	}
	return fmt.Sprintf("the %d documents %s", len(documents), patterns(of))
}

// Ties ties the document to what it follows and precedes.
func (r *Document) Ties(s *scenario.Scenario) Tie {
	return tied(s, r.Documents, slices.Concat(r.After, r.Before))
}
