package main

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"plenary/solver/solve"
)

// Two sessions want the one room on the one day, and the one team too.
const pressed = `plenary: 1
title: Pressed
period: 2018-03-05..2018-03-16
stations: {g: {title: Geneva, zone: UTC, rooms: {A: {seats: 10, booths: 6}}}}
sessions: [{id: a, at: g}, {id: b, at: g}]
priorities: [early]
rules:
  - near: {of: [a, b], day: 2018-03-05, tier: 1, weight: 3}
`

func TestWhatIsScarceSaysWhatWasAsked(t *testing.T) {
	ranked := []string{"rules:", "rules:\n  - larger-rooms-first: {of: c, tier: 1}", "sessions: [", "sessions: [{id: c, at: g, lasts: 1 slot}, "}
	for _, c := range []struct {
		name    string
		change  []string // old and new texts of the scenario
		unknown bool     // the plan is not proven
		says    []string
	}{
		{name: "exactly", says: []string{
			" 1. One more room like A in Geneva in the week of Monday, 5 March 2018 would save 3 in tier 1, early."}},
		{name: "about, where the plan is not proven", unknown: true, says: []string{
			"These are estimates",
			" 1. One more room like A in Geneva in the week of Monday, 5 March 2018 is worth about "}},
		{name: "nothing", change: []string{"[a, b], day", "[a], day"}, says: []string{
			"Nothing: no single room more, at any station, would make the plan cost less."}},
		{name: "rooms are ranked", change: append([]string{"6}}}}", "6}}, interpretation: {teams: 1}}}"}, ranked...), says: []string{
			"Nothing: no single interpretation team more, at any station",
			"Rooms have no prices here: a rule ranks them by their size"}},
		{name: "rooms are ranked, and there are no teams", change: ranked, says: []string{
			"Rooms have no prices here: a rule ranks them by their size"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile("s.yaml", []byte(strings.NewReplacer(c.change...).Replace(pressed)), 0o600); err != nil {
				t.Fatal(err)
			}
			s, instances := readWell(t, "s.yaml")
			outcome, err := solve.Plan(t.Context(), s, instances, solve.Options{Seed: 1})
			if err != nil || outcome.Status != solve.Optimal {
				t.Fatalf("status %v, error %v", outcome.Status, err)
			}
			if c.unknown {
				outcome.Status = solve.Feasible
			}
			cmd := &cobra.Command{}
			cmd.SetErr(io.Discard)
			show, err := newProgress(cmd, "none", s)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			defer cancel()
			got, err := whatIsScarce(ctx, s, instances, outcome, show)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range c.says {
				if !strings.Contains(got, text) {
					t.Errorf("it says\n%s\nwithout %q", got, text)
				}
			}
		})
	}
}
