package explain_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"plenary/model/given"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/explain"
	"plenary/solver/solve"
)

// read reads a scenario that has no plan, and why.
func read(t *testing.T, text string) (*scenario.Scenario, []rule.Instance, solve.Outcome) {
	t.Helper()
	s, instances := given.Text(t, "plenary: 1\ntitle: scenario\nperiod: 2018-03-05..2018-03-16\n"+text)
	outcome, err := solve.Plan(context.Background(), s, instances, solve.Options{})
	if err != nil || outcome.Status != solve.Infeasible {
		t.Fatalf("status %d, error %v; want infeasible", outcome.Status, err)
	}
	return s, instances, outcome
}

// words gives reasons as the ids of their constraints.
func words(reasons []explain.Reason) (out []string) {
	for _, r := range reasons {
		var ids []string
		for _, in := range r.Instances {
			ids = append(ids, in.ID)
		}
		text := strings.Join(ids, ", ")
		if r.Shares {
			text += " (shares)"
		}
		if !r.Minimal {
			text += " (not minimal)"
		}
		out = append(out, text)
	}
	return out
}

func TestReasons(t *testing.T) {
	cases := []struct {
		title, text string
		want        []string
	}{
		{
			// The two that clash were once taken for two parts.
			"a session outside the conflict does not hide the reason", `
stations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}
sessions:
  - {id: s, at: g, between: 2018-03-06..2018-03-06}
  - {id: x, at: g, between: 2018-03-15..2018-03-16}
  - {id: b, at: g, between: 2018-03-06..2018-03-06}
`, []string{"window, window #3, held, held #3, rooms"},
		},
		{
			"two absences in one window are two reasons of one session", `
stations: {g: {zone: UTC}}
officers: {one: {based: g, away: [2018-03-05..2018-03-09]}, two: {based: g, away: [2018-03-05..2018-03-10]}}
sessions:
  - {id: s, at: g, between: 2018-03-06..2018-03-08, chaired-by: [one, two]}
`, []string{"window, held, chaired-by #2", "window, held, chaired-by #4 (shares)"},
		},
		{
			"two conflicts of one session that share nothing else", `
stations: {g: {zone: UTC}}
officers: {one: {based: g, away: [2018-03-05..2018-03-16]}}
sessions:
  - {id: s, at: g, chaired-by: one, between: 2018-03-07..2018-03-09}
  - {id: t, at: g}
rules:
  - near: {id: early, of: s, day: 2018-03-06}
`, []string{"held, chaired-by #2", "window, held, early"},
		},
		{
			"of three sessions in one room, each two neighbours", `
stations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}
sessions:
  - {id: a, at: g, between: 2018-03-06..2018-03-06}
  - {id: b, at: g, between: 2018-03-06..2018-03-06}
  - {id: c, at: g, between: 2018-03-06..2018-03-06}
`, []string{"window, window #2, held, held #2, rooms", "window, window #3, held, held #3, rooms (shares)"},
		},
	}
	for _, c := range cases {
		t.Run(c.title, func(t *testing.T) {
			s, instances, outcome := read(t, c.text)
			var got []string
			for _, group := range outcome.Blamed {
				got = append(got, words(slices.Collect(explain.Infeasible(context.Background(), s, instances, group)))...)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("reasons\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
		})
	}
}

// TestReasonsThatAreSeenLocally looks for them as in a scenario of any size: by
// sessions, officers and bodies alone, and by counting.
func TestReasonsThatAreSeenLocally(t *testing.T) {
	cases := []struct {
		title, text string
		want        []string // ids of constraints, or what was counted
	}{
		{"an officer is away in the window of a session", `
stations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}
officers: {one: {based: g, away: [2018-03-05..2018-03-09]}}
sessions:
  - {id: s, at: g, between: 2018-03-06..2018-03-08, chaired-by: one}
  - {id: t, at: g}
`, []string{"window, held, chaired-by #2"}},
		{"a session and one that follows it", `
stations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}
sessions:
  - {id: s, at: g, between: 2018-03-08..2018-03-16}
  - {id: t, at: g, between: 2018-03-05..2018-03-09, after: {s: 2.. days}}
  - {id: u, at: g}
`, []string{"window, window #2, held, held #2, before"}},
		{"a document and the session that needs it", `
stations: {g: {zone: UTC}}
sessions:
  - {id: s, at: g, between: 2018-03-06..2018-03-08}
documents:
  - {id: d, between: 2018-03-08..2018-03-09, before: {s: 1 day}}
`, []string{"window, held, document #2, document #3"}},
		{"documents alone", `
stations: {g: {zone: UTC}}
sessions: [{id: s, at: g}]
documents:
  - {id: d, deadline: 2018-03-08}
  - {id: e, deadline: 2018-03-08, after: [d], takes: 5 days}
`, []string{"document #4, document #5"}},
		{"a cap on days that sessions of fixed dates do not keep", `
stations: {g: {zone: UTC}}
officers: {one: {based: g, away: [2018-03-07..2018-03-16]}}
sessions:
  - {id: s, at: g, days: 1..2}
  - {id: t, at: g, days: 1..2}
rules:
  - day-cap: {id: cap, of: [s, t], at-most: 3}
  - length: {id: both, of: [s, t], days: 2}
`, []string{"held, held #2, cap, both, both #2"}},
		{"an exact number of days that sessions cannot take", `
stations: {g: {zone: UTC}}
sessions:
  - {id: s, at: g, between: 2018-03-05..2018-03-06, days: 1..4}
  - {id: t, at: g, between: 2018-03-05..2018-03-06, days: 1..4}
  - {id: u, at: g}
rules:
  - day-cap: {id: five, of: [s, t], exactly: 5}
`, []string{"window, window #2, five"}},
		{"a conflict beside a rule that asks for at least so much", `
stations: {g: {zone: UTC}}
officers: {one: {based: g, away: [2018-03-05..2018-03-09]}}
sessions:
  - {id: s, at: g, between: 2018-03-06..2018-03-08, chaired-by: one}
  - {id: t, at: g, days: 1..3}
  - {id: u, at: g, days: 1..3}
rules:
  - day-cap: {id: four, of: [t, u], at-least: 4}
`, []string{"window, held, chaired-by #2"}},
		{"more meetings than rooms", `
stations: {g: {zone: UTC, rooms: {A: {seats: 1}, B: {seats: 9, count: 2}}}}
sessions:
  - {id: s, at: g, between: 2018-03-05..2018-03-07, days: 3, room: {seats: 5}}
  - {id: t, at: g, between: 2018-03-06..2018-03-07, days: 2, room: {seats: 5}}
  - {id: u, at: g, between: 2018-03-06..2018-03-08, days: 3, room: {seats: 5}}
  - {id: v, at: g, between: 2018-03-05..2018-03-07, days: 2, room: {seats: 5}}
`, []string{"these 3 sessions have at least 14 meetings in g from 5 to 7 March 2018, and the rooms that suit them (2) have room for 12"}},
		{"more meetings in a week than teams serve", `
stations: {g: {zone: UTC, interpretation: {teams: 2, meetings-per-week: 5, off: [{teams: 1, days: 2018-03-05..2018-03-07}]}}}
sessions:
  - {id: s, at: g, between: 2018-03-05..2018-03-08, days: 3, interpretation: required}
  - {id: t, at: g, between: 2018-03-06..2018-03-09, days: 3, interpretation: required}
`, []string{"these 2 sessions have at least 12 meetings in g from 5 to 9 March 2018, and the interpretation teams there can serve 10"}},
		{"a session that no room suits", `
stations: {g: {zone: UTC, rooms: {A: {seats: 9, closed: [2018-03-05..2018-03-12]}}}}
sessions:
  - {id: s, at: g, between: 2018-03-06..2018-03-09, room: {seats: 5}}
`, []string{"this session has at least 2 meetings in g from 6 to 9 March 2018, and the rooms that suit it (1) have room for 0"}},
	}
	for _, c := range cases {
		t.Run(c.title, func(t *testing.T) {
			s, instances, _ := read(t, c.text)
			var got []string
			for r := range explain.Local(context.Background(), s, instances) {
				if r.Count != nil {
					got = append(got, r.Count.Words(s))
				} else {
					got = append(got, words([]explain.Reason{r})...)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("reasons\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(c.want, "\n  "))
			}
		})
	}
}
