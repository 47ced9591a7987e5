package whynot_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/scenarios/generate"
	"plenary/solver/solve"
	"plenary/solver/whynot"
)

// BenchmarkAsk asks for a day that a session's window forbids, and on S also for
// one that costs nothing; how a wish is weighed on M and L takes as long as
// planning them does.
func BenchmarkAsk(b *testing.B) {
	for _, c := range []struct {
		name, session, day string
		refused            bool
	}{
		{"S/refused", "thematic-drivers", "2017-06-05", true},
		{"S/granted", "thematic-drivers", "2017-05-22", false},
		{"M/refused", "water-negotiation-1", "2028-03-01", true},
		{"L/refused", "ageing-ethics-working-group-1", "2027-08-02", true},
	} {
		b.Run(c.name, func(b *testing.B) {
			s, instances := sized(b, c.name[:1])
			found, err := solve.Possible(context.Background(), s, instances, solve.Options{})
			if err != nil || found.Plan == nil {
				b.Fatal(err)
			}
			q := whynot.On(s.Session(c.session), calendar.MustDay(c.day))
			for b.Loop() {
				a, err := whynot.Ask(context.Background(), s, instances, found.Plan, q, whynot.Options{})
				if err != nil || (a.Breaks != nil) != c.refused {
					b.Fatal(a, err)
				}
			}
		})
	}
}

// sized gives the scenario of a size.
func sized(b *testing.B, size string) (*scenario.Scenario, []rule.Instance) {
	file := "../../scenarios/gcm-2018.yaml"
	if size != "S" {
		text, err := generate.Scenario(generate.Options{Size: size, Seed: 1})
		if err != nil {
			b.Fatal(err)
		}
		file = filepath.Join(b.TempDir(), "scenario.yaml")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return given.File(b, file, scenario.Sources{Library: scenarios.FS})
}
