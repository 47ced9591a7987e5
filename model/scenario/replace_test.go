package scenario_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plenary/model/rule"
	"plenary/model/scenario"
)

// The same officers, once by name and once as a list.
const (
	officersByName = `{chair: {based: here, travel-days: 2, title: Chair, away: [2018-03-06]}, deputy: {based: here}}`
	officersListed = `[{id: chair, based: here, travel-days: 2, title: Chair, away: [2018-03-06]}, {id: deputy, based: here}]`
)

const replaced = `plenary: 1
title: Chairs
period: 2018-03-05..2018-03-16
stations: {here: {zone: UTC}}
officers: OFFICERS
sessions:
  - {id: first, at: here, chaired-by: chair}
  - {id: second, at: here, chaired-by: [chair, deputy]}
  - {id: third, at: here, chaired-by: [deputy]}
priorities: [travel]
rules:
  - officer-travel: {of: "*", by: [chair], tier: 1}
`

func TestAnOfficerIsReplacedWhereverTheOldOneStood(t *testing.T) {
	for _, c := range []struct {
		name   string
		x      scenario.Replacement
		chairs []string // of each session
		by     string
		base   string // of the new officer
		called string
	}{
		{"by a new one", scenario.Replacement{Old: "chair", New: "next", Title: "Next chair"}, []string{"next", "deputy next", "deputy"}, "next", "here", "Next chair"},
		{"by one who chairs beside", scenario.Replacement{Old: "chair", New: "deputy"}, []string{"deputy", "deputy", "deputy"}, "deputy", "here", "deputy"},
		{"but not in what is past", scenario.Replacement{Old: "chair", New: "next", Except: []string{"first"}}, []string{"chair", "deputy next", "deputy"}, "next", "here", "next"},
	} {
		for _, officers := range []string{officersByName, officersListed} {
			t.Run(c.name, func(t *testing.T) {
				file := filepath.Join(t.TempDir(), "chairs.yaml")
				if err := os.WriteFile(file, []byte(strings.Replace(replaced, "OFFICERS", officers, 1)), 0o600); err != nil {
					t.Fatal(err)
				}
				s, problems := scenario.Read(file, scenario.Sources{Replace: []scenario.Replacement{c.x}})
				if len(problems) > 0 {
					t.Fatal(problems)
				}
				for i, want := range c.chairs {
					if got := strings.Join(s.Sessions[i].ChairedBy, " "); got != want {
						t.Errorf("%s is chaired by %s, want %s", s.Sessions[i].ID, got, want)
					}
				}
				instances, problems := rule.Of(s)
				if len(problems) > 0 {
					t.Fatal(problems)
				}
				for i := range instances {
					if r, ok := instances[i].Rule.(*rule.OfficerTravel); ok && !slices.Equal(r.By, []string{c.by}) {
						t.Errorf("the rule speaks of %v, want %s", r.By, c.by)
					}
				}
				at := slices.IndexFunc(s.Officers, func(o scenario.Officer) bool { return o.ID == c.x.New })
				if at < 0 {
					t.Fatalf("there is no officer %s", c.x.New)
				}
				if o := &s.Officers[at]; o.Based != c.base || len(o.Away) != 0 || o.Name() != c.called {
					t.Errorf("%s is %q, based in %q and away %v", o.ID, o.Name(), o.Based, o.Away)
				}
			})
		}
	}
}
