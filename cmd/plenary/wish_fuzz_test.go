package main

import (
	"os"
	"path/filepath"
	"testing"

	"plenary/model/rule"
	"plenary/scenarios"
)

// FuzzWish reads what somebody asks of a plan, and what changes cost, in any words:
// no panic, and where it is no wish the sentence says so.
func FuzzWish(f *testing.F) {
	for _, text := range []string{
		"opening on 2017-05-15", "opening between 2017-05-15..2017-05-19", "opening in Vienna", "opening in room XX", "opening before closing",
		"opening after closing", "opening held", "opening not held", "moderator of opening panel 2 = Kenya", "= x", "moderator of = ", "on", "opening in", "opening between ..",
	} {
		f.Add(text)
	}
	file := filepath.Join(f.TempDir(), "s.yaml")
	if err := os.WriteFile(file, scenarios.Starter, 0o600); err != nil {
		f.Fatal(err)
	}
	s, _, problems := readFrom(file, sources(newRoot()))
	if len(problems) > 0 {
		f.Fatal(problems)
	}
	for _, x := range s.Sessions {
		f.Add(x.ID + " on " + s.Period.First.String())
		f.Add("moderator of " + x.ID + " panel 1 = Kenya")
		f.Add("seats of " + x.ID + " 1 = ")
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := readWish(s, text); err != nil && err.Error() == "" {
			t.Error("it is no wish, and nothing is said")
		}
		if p, err := prices([]string{text}); err == nil && max(p.Day, p.Slot, p.Station, p.Seat, p.Document) > rule.MostWeight {
			t.Errorf("%+v", p)
		}
		if _, err := tolerance(text, nil); err != nil && err.Error() == "" {
			t.Error("it is no tolerance, and nothing is said")
		}
	})
}
