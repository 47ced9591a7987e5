package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/source"
)

// Change is one thing that happened, in a planner's words.
type Change struct {
	Kind string // "away", "closed", "room-lost" or "add-session"
	Text string // OFFICER=DAYS, STATION=DAYS, STATION/ROOM=DAYS or STATION/ROOM for good, each with (a reason) behind it or none; or the keys of a session
}

// absences are the kinds of changes that take somebody or something away for
// some days: where the days are added, and how to say it.
var absences = map[string]struct{ path, example string }{
	"away":      {"officers.%s.away", "chair=2018-06-12..2018-06-16"},
	"closed":    {"stations.%s.closed", "\"geneva=2018-03-05..2018-03-09 (General Assembly)\""},
	"room-lost": {"stations.%s.rooms.%s.closed", "geneva/XX=2018-03-05..2018-03-09"},
}

// change gives the tree after something happened.
func (r *reading) change(tree *source.Node, x Change) *source.Node {
	label := source.CallFile(x.Kind, x.Text)
	absence, isAbsence := absences[x.Kind]
	if !isAbsence {
		return r.set(tree, label, "sessions+={"+x.Text+"}")
	}
	place := diag.Place{File: label}
	who, days, dated := strings.Cut(x.Text, "=")
	when, note := Aside(days)
	if period := tree.Get("period"); x.Kind == "room-lost" && !dated && period != nil { // for good
		who, note = Aside(who)
		when = period.Value
	}
	names := []any{strings.TrimSpace(who)}
	if x.Kind == "room-lost" {
		station, room, _ := strings.Cut(who, "/")
		names = []any{strings.TrimSpace(station), strings.TrimSpace(room)}
	}
	if slices.Contains(names, any("")) || when == "" {
		r.problems.Add(place, "this does not say who or what is missing, and on which days", fmt.Sprintf("for example  --%s %s", x.Kind, absence.example))
		return tree
	}
	path := fmt.Sprintf(absence.path, names...)
	if !r.known(tree, label, strings.Split(path, "."), false) {
		return tree
	}
	if missing, err := calendar.ParseRange(when); err == nil && outside(missing, tree.Get("period")) {
		r.problems.Add(place, "these days lie outside the period of the scenario, "+tree.Get("period").Value, "check the year and the month")
		return tree
	}
	if note != "" {
		when = fmt.Sprintf("{days: %s, note: %s}", when, strconv.Quote(note))
	}
	return r.set(tree, label, path+"+="+when)
}

// outside tells whether days lie wholly outside a period as it was written.
func outside(days calendar.Range, written *source.Node) bool {
	if written == nil {
		return false
	}
	period, err := calendar.ParseRange(written.Value)
	return err == nil && (days.Last < period.First || period.Last < days.First)
}

// Aside gives a text and what stands in brackets behind it, "" for nothing:
// "2018-03-05 (General Assembly)".
func Aside(text string) (before, inside string) {
	before, rest, found := strings.Cut(strings.TrimSpace(text), " (")
	inside, closed := strings.CutSuffix(rest, ")")
	if !found || !closed {
		return strings.TrimSpace(text), ""
	}
	return before, inside
}

// set gives the tree with one value changed, in the words of source.Set.
func (r *reading) set(tree *source.Node, label, expression string) *source.Node {
	changed, problems := source.SetAs(label, tree, expression)
	r.problems = append(r.problems, problems...)
	return changed
}

// named are the parts of a scenario whose items have names, as paths: * stands
// for a name. What is changed in an item has to be there; a whole item can be new.
var named = []struct {
	path []string
	what string
	made bool // one value is enough to make one: a room of so many seats
}{
	{[]string{"officers", "*"}, "officer", false},
	{[]string{"stations", "*"}, "station", false},
	{[]string{"stations", "*", "rooms", "*"}, "room", true},
	{[]string{"sessions", "*"}, "session", false},
	{[]string{"documents", "*"}, "document", false},
	{[]string{"programmes", "*"}, "programme", false},
	{[]string{"rosters", "*"}, "roster", false},
	{[]string{"phases", "*"}, "phase", false},
	{[]string{"events", "*"}, "event", false},
	{[]string{"busy", "*"}, "calendar of others", false},
}

// known tells whether what a change speaks of by name is there, or can be made by
// it, or reports it.
func (r *reading) known(tree *source.Node, label string, path []string, making bool) bool {
	for i := range path {
		path[i] = strings.TrimSpace(path[i])
	}
	for _, n := range named {
		last := len(n.path) - 1
		if len(path) <= last+1 || making && n.made {
			continue
		}
		if !alike(n.path, path) || tree.Find(path[:last]) == nil || tree.Find(path[:last+1]) != nil {
			continue
		}
		var there []string
		source.Each(tree.Find(path[:last]), func(id string, item *source.Node) *source.Node {
			there = append(there, id)
			return item
		})
		r.problems.Add(diag.Place{File: label}, fmt.Sprintf("no %s is called %q", n.what, diag.Shorten(path[last])), diag.Suggest(path[last], there, "name what is there"))
		return false
	}
	return true
}

// alike tells whether a path begins as a pattern does.
func alike(pattern, path []string) bool {
	for i, key := range pattern {
		if key != "*" && key != path[i] {
			return false
		}
	}
	return true
}
