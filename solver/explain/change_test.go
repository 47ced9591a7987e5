package explain_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plenary/model/given"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/solver/compile"
	"plenary/solver/explain"
	"plenary/solver/solve"
)

// TestAWayOutMovesTheFigureOfARule bends one rule of each kind that planners meet most,
// and plans the scenario with the change.
func TestAWayOutMovesTheFigureOfARule(t *testing.T) {
	const stations = `
stations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}
`
	for _, c := range []struct {
		title, text string
		bent        string // the kinds of the rules
		want        string
	}{
		{"window", stations + `
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-07}, {id: b, at: g, pin: {days: [2018-03-07]}}]
`, "window", "sessions.a.between=2018-03-06..2018-03-07 | sessions.a.between=2018-03-07..2018-03-08"},
		{"day cap", stations + `
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-08, days: 1..2}, {id: b, at: g, between: 2018-03-08..2018-03-08}]
rules: [{day-cap: {id: cap, of: a, at-least: 2}}]
`, "day-cap", "rules.cap.at-least=1"},
		{"days that lie close", stations + `
sessions: [{id: a, at: g, between: 2018-03-06..2018-03-09, days: 2, within: 1 week}]
officers: {x: {away: [2018-03-07, 2018-03-08]}}
rules: [{chaired-by: {of: a, by: [x]}}, {span: {id: close, of: a, within: 2 days}}]
`, "span", "rules.close.within=4 days"},
		{"days that lie close by the session's own word", stations + `
sessions: [{id: a, at: g, between: 2018-03-06..2018-03-09, days: 2, within: 2 days, chaired-by: x}]
officers: {x: {away: [2018-03-07, 2018-03-08]}}
`, "span", "sessions.a.within=4 days"},
		{"days in a row", stations + `
sessions: [{id: a, at: g, between: 2018-03-05..2018-03-09, days: 3, chaired-by: x}]
officers: {x: {away: [2018-03-06, 2018-03-08]}}
`, "span", "sessions.a.within=5 days"},
		{"the station of a session", `
stations: {g: {zone: UTC, rooms: {A: {seats: 1}}, closed: [2018-03-07..2018-03-08]}, h: {zone: UTC, rooms: {A: {seats: 1}}}}
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-09, days: 2}, {id: b, at: h, between: 2018-03-12..2018-03-12}]
`, "venue", "sessions.a.at=[g, h]"},
		{"meetings of a programme", stations + `
programmes: {full: {meetings: [{kind: panel, count: 2}, {kind: talk, count: 1..2}]}}
sessions:
  - {id: a, at: g, between: 2018-03-07..2018-03-07, programme: full, slots: [morning, afternoon, evening]}
  - {id: b, at: g, between: 2018-03-07..2018-03-07, programme: full, slots: [morning, afternoon, evening]}
slots: {morning: 10:00-13:00, afternoon: 15:00-18:00, evening: 19:00-22:00}
`, "programme", "programmes.full.meetings.panel.count=0..2"},
		{"gap between sessions", stations + `
sessions:
  - {id: a, at: g, between: 2018-03-07..2018-03-07}
  - {id: b, at: g, between: 2018-03-09..2018-03-09, after: {a: 5.. days}}
`, "before", "sessions.b.after.a=2.. days"},
		{"rest between sessions", stations + `
sessions:
  - {id: a, at: g, between: 2018-03-07..2018-03-07}
  - {id: b, at: g, between: 2018-03-12..2018-03-12}
rules: [{rest: {id: apart, of: "*", at-least: 5 working days}}]
`, "rest", "rules.apart.at-least=2 working days"},
		{"next to an event", stations + `
events: {debate: {days: 2018-03-14..2018-03-15}}
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-09}]
rules: [{adjacent-to: {id: debate, of: a, to: debate, side: before, within: 1 days}}]
`, "adjacent-to", "rules.debate.within=4 days"},
		{"meetings at a time", `
stations: {g: {zone: UTC, rooms: {A: {seats: 1, count: 3}}}}
sessions:
  - {id: a, at: g, between: 2018-03-07..2018-03-07}
  - {id: b, at: g, between: 2018-03-07..2018-03-07}
  - {id: c, at: g, between: 2018-03-07..2018-03-07}
rules: [{parallel: {id: once, of: "*", at-most: 1}}]
`, "parallel", "rules.once.at-most=3"},
		{"days away", stations + `
officers: {x: {away: [2018-03-05..2018-03-16]}}
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-07, chaired-by: x}]
`, "chaired-by", "officers.x.away=[2018-03-05..2018-03-06, 2018-03-08..2018-03-16]"},
		{"time to write", stations + `
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-07}]
documents: [{id: d, after: [a], takes: 1 week, deadline: 2018-03-12}]
`, "document", "documents.d.deadline=2018-03-14 | documents.d.takes=5 days"},
		{"time to write, then to edit", stations + `
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-07}]
documents: [{id: d, after: [a], takes: 1 day, processing: 1 week, between: 2018-03-12..2018-03-12, pin: 2018-03-12}]
`, "document", "documents.d.pin=null, documents.d.between=2018-03-12..2018-03-15 | documents.d.takes=0 days, documents.d.processing=5 days"},
		{"a document that comes too early", stations + `
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-07}, {id: b, at: g, between: 2018-03-05..2018-03-05}]
documents: [{id: d, after: [a, b], deadline: 2018-03-06}]
`, "document", "documents.d.after=[b] | documents.d.deadline=2018-03-07"},
		{"time until a document is issued", stations + `
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-07}]
documents: [{id: d, after: [a], within: 2 days, between: 2018-03-12..2018-03-16}]
`, "document", "documents.d.between=2018-03-09..2018-03-16 | documents.d.within=5 days"},
		{"time to read", stations + `
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-07}]
documents: [{id: d, between: 2018-03-06..2018-03-06, before: {a: 3 days}}]
`, "document", "documents.d.before.a=1 day | documents.d.between=2018-03-02..2018-03-06"},
		{"interpretation", `
stations: {g: {zone: UTC, rooms: {A: {seats: 1}}, interpretation: {teams: 0}}}
sessions: [{id: a, at: g, interpretation: required}]
`, "interpretation", "sessions.a.interpretation=as-available"},
	} {
		t.Run(c.title, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "scenario.yaml")
			if err := os.WriteFile(file, []byte("plenary: 1\ntitle: scenario\nperiod: 2018-03-01..2018-03-23\n"+c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			with := func(set ...string) (*scenario.Scenario, []rule.Instance) {
				return given.File(t, file, scenario.Sources{Library: scenarios.FS, Set: set})
			}
			s, instances := with()
			var got []string
			if _, err := explain.WaysOut(t.Context(), s, instances, compile.Whole(s), nil, 1, 20, func(w explain.WayOut) {
				if kinds(w) != c.bent || w.More != nil {
					return
				}
				set, byHand := w.Changes(s)
				if byHand != nil {
					t.Errorf("to be changed by hand: %s", byHand[0].Instance.ID)
				}
				got = append(got, strings.Join(set, ", "))
				s, instances := with(set...)
				if outcome, err := solve.Possible(context.Background(), s, instances, solve.Options{}); err != nil || outcome.Status != solve.Feasible {
					t.Errorf("with %q there is no plan still: %v", set, err)
				}
			}); err != nil {
				t.Fatal(err)
			}
			slices.Sort(got)
			if text := strings.Join(slices.Compact(got), " | "); text != c.want {
				t.Errorf("changes\n  %s\nwant\n  %s", text, c.want)
			}
		})
	}
}

// TestARuleWithoutAnIDIsChangedByHand says what it has to say.
func TestARuleWithoutAnIDIsChangedByHand(t *testing.T) {
	const sessions = `
stations: {g: {zone: UTC, rooms: {A: {seats: 1, count: 2}}}}
sessions:
  - {id: a, at: g, between: 2018-03-07..2018-03-07}
  - {id: b, at: g, between: 2018-03-07..2018-03-07}
`
	for _, c := range []struct{ text, want string }{
		{sessions + "rules: [{parallel: {of: a, at-most: 0}}, {parallel: {of: b, at-most: 0}}]", "parallel: at-most: 1; parallel #2: at-most: 1"},
		{sessions + "priorities: [one]\nrules: [{avoid: {of: a, days: [2018-03-07]}}]", "avoid: tier: 1"},
		{sessions + "rules: [{avoid: {of: a, days: [2018-03-07]}}]", "avoid: "},
		{`
stations: {g: {zone: UTC}}
sessions: [{id: a, at: g, between: 2018-03-07..2018-03-07}, {id: b, at: g, between: 2018-03-08..2018-03-08}]
phases: {first: {between: 2018-03-08, of: b}, second: {between: 2018-03-09, of: a}}
`, "phase #2: between: 2018-03-07..2018-03-09, listed before first"},
	} {
		s, instances, _ := read(t, c.text)
		var got []string
		if _, err := explain.WaysOut(t.Context(), s, instances, compile.Whole(s), nil, 1, 20, func(w explain.WayOut) {
			var hints []string
			for _, b := range second(w.Changes(s)) {
				hints = append(hints, b.Instance.ID+": "+b.To)
			}
			got = append(got, strings.Join(hints, "; "))
		}); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(got, c.want) {
			t.Errorf("%s\nby hand %q, want %q", c.text, got, c.want)
		}
	}
}

func second(_ []string, byHand []explain.ByHand) []explain.ByHand { return byHand }

// kinds gives the kinds of the rules that a way out bends.
func kinds(w explain.WayOut) string {
	var out []string
	for _, m := range w.Bent {
		out = append(out, m.Instance.Kind)
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}
