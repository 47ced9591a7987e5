package encode

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/source"
	"plenary/solver/vocab"
)

// Narrow takes out of a session's domain what a hard constraint forbids, so
// that it needs no literals. What is left obeys the rule still; the rule is
// encoded all the same.
func Narrow(r rule.Rule, d *vocab.Domain) {
	switch r := r.(type) {
	case *rule.Window:
		d.Days = d.Days.Intersect(r.Between)
	case *rule.Phase:
		d.Days = d.Days.Intersect(r.Between)
	case *rule.Venue:
		d.Stations = slices.DeleteFunc(slices.Clone(d.Stations), func(st int) bool { return !slices.Contains(r.Stations, st) })
	case *rule.Length:
		d.Length = source.Count{Min: max(d.Length.Min, r.Days.Min), Max: min(d.Length.Max, r.Days.Max)}
	case *rule.Span:
		if d.Within != nil && r.Within != nil && r.Within.N < d.Within.N {
			d.Within = r.Within
		}
	case *rule.Held:
		d.Optional = false
	}
}

// NarrowDocument takes out of a document's domain what a hard constraint
// forbids.
func NarrowDocument(r rule.Rule, d *vocab.DocumentDomain) {
	doc, ok := r.(*rule.Document)
	if !ok {
		return
	}
	if doc.Deadline != nil {
		d.Days = d.Days.Intersect(calendar.Range{First: d.Days.First, Last: *doc.Deadline})
	}
	if doc.Between != nil {
		d.Days = d.Days.Intersect(*doc.Between)
	}
}
