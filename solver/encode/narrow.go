package encode

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/source"
	"plenary/solver/vocab"
)

// Narrow takes out of a session's domain what a hard constraint forbids, so
// that it needs no literals. What is left obeys the rule still, but for an
// excess of slack; the rule is encoded all the same.
func Narrow(r rule.Rule, d *vocab.Domain, slack int) {
	switch r := r.(type) {
	case *rule.Window:
		d.Days = d.Days.Intersect(wider(r.Between, slack))
	case *rule.Phase:
		d.Days = d.Days.Intersect(wider(r.Between, slack))
	case *rule.Venue:
		if slack == 0 {
			d.Stations = slices.DeleteFunc(slices.Clone(d.Stations), func(st int) bool { return !slices.Contains(r.Stations, st) })
		}
	case *rule.Length:
		d.Length = source.Count{Min: max(d.Length.Min, r.Days.Min-slack), Max: min(d.Length.Max, r.Days.Max+slack)}
	case *rule.Span:
		if slack == 0 && d.Within != nil && r.Within != nil && r.Within.N < d.Within.N {
			d.Within = r.Within
		}
	case *rule.Held:
		if slack == 0 {
			d.Optional = false
		}
	}
}

// NarrowDocument takes out of a document's domain what a hard constraint
// forbids, but for an excess of slack.
func NarrowDocument(r rule.Rule, d *vocab.DocumentDomain, slack int) {
	doc, ok := r.(*rule.Document)
	if !ok {
		return
	}
	if doc.Deadline != nil {
		d.Days = d.Days.Intersect(calendar.Range{First: d.Days.First, Last: *doc.Deadline + calendar.Day(slack)})
	}
	if doc.Between != nil {
		d.Days = d.Days.Intersect(wider(*doc.Between, slack))
	}
}

func wider(days calendar.Range, slack int) calendar.Range {
	return calendar.Range{First: days.First - calendar.Day(slack), Last: days.Last + calendar.Day(slack)}
}
