package solve_test

import (
	"context"
	"slices"
	"testing"

	"plenary/model/given"
	"plenary/solver/solve"
)

const mendedHead = `
plenary: 1
title: mended
period: 2018-03-05..2018-03-16
stations: {geneva: {zone: Europe/Zurich}}
priorities: [one]
`

// Every mistake that the solver once made leaves a scenario behind.
func TestMistakesOfThePastStayMended(t *testing.T) {
	cases := []struct {
		name, text string
		status     solve.Status
		costs      []int64
	}{
		{"a soft limit on a seat that one member alone can take was refused as undealable", `
rosters: {states: {members: [{id: x}]}}
programmes: {p: {meetings: [{kind: panel, count: 2, seats: {moderator: {from: [states]}}}]}}
sessions: [{id: a, at: geneva, programme: p}]
rules: [{moderators: {of: a, seat: moderator, from: [states], each: ..1, tier: 1}}]
`, solve.Optimal, []int64{1}},
		{"a soft limit on a seat for which there are too few alike was refused as undealable", `
rosters: {states: {members: [{id: x}, {id: y}]}}
programmes: {p: {meetings: [{kind: panel, count: 3, seats: {moderator: {from: [states]}}}]}}
sessions: [{id: a, at: geneva, days: 2, programme: p}]
rules: [{moderators: {of: a, seat: moderator, from: [states], each: ..1, tier: 1}}]
`, solve.Optimal, []int64{1}},
		{"a span of no days ran over the first day of scattered sessions", `
sessions: [{id: a, at: geneva, days: 2, within: 1 week}]
rules: [{span: {of: a, within: 0 days}}]
`, solve.Infeasible, nil},
		{"a session without a programme was asked for the panels that it could have had", `
rosters: {states: {members: [{id: x, profile: origin}]}}
programmes: {p: {meetings: [{kind: plenary, seats: {panellist: {from: [states]}}}]}}
sessions: [{id: a, at: geneva, programme: p}, {id: b, at: geneva}]
rules: [{panel-mix: {of: "*", kind: plenary, profile: {origin: 1..}, tier: 1}}]
`, solve.Optimal, []int64{0}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, instances := given.Text(t, mendedHead+c.text)
			got, err := solve.Plan(context.Background(), s, instances, solve.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got.Status != c.status || !slices.Equal(got.Verdict.Costs, c.costs) {
				t.Errorf("status %d and costs %v, want %d and %v", got.Status, got.Verdict.Costs, c.status, c.costs)
			}
		})
	}
}
