package explain_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"plenary/model/given"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/scenarios/generate"
	"plenary/solver/explain"
	"plenary/solver/solve"
)

// BenchmarkExplain says why a scenario of each size has no plan, and the ways
// out: S as a whole, M and L by their parts. An officer is away all along, or a
// station has one interpretation team.
func BenchmarkExplain(b *testing.B) {
	june := func(b *testing.B) (*scenario.Scenario, []rule.Instance) {
		return impossible(b, "../../scenarios/gcm-2018-june-away.yaml")
	}
	b.Run("S", func(b *testing.B) {
		s, instances := june(b)
		for b.Loop() {
			outcome, err := solve.Possible(context.Background(), s, instances, solve.Options{})
			if err != nil || outcome.Status != solve.Infeasible {
				b.Fatal(outcome.Status, err)
			}
			reasons := slices.Collect(explain.Infeasible(context.Background(), s, instances, outcome.Blamed[0]))
			ways := 0
			_, err = explain.WaysOut(context.Background(), s, instances, outcome.Blamed[0], reasons, 1, 5, func(explain.WayOut) { ways++ })
			if err != nil || len(reasons) == 0 || ways == 0 {
				b.Fatal(len(reasons), ways, err)
			}
		}
	})
	for _, size := range []struct{ name, change string }{
		{"M", "officers.co-facilitator-1.away=2027-01-01..2028-12-31"},
		{"L/officer away", "officers.chair-18.away=2027-01-01..2027-12-31"},
		{"L/one team", "stations.geneva.interpretation.teams=1"},
	} {
		b.Run(size.name, func(b *testing.B) {
			text, err := generate.Scenario(generate.Options{Size: size.name[:1], Seed: 1})
			if err != nil {
				b.Fatal(err)
			}
			file := filepath.Join(b.TempDir(), "scenario.yaml")
			if err := os.WriteFile(file, text, 0o600); err != nil {
				b.Fatal(err)
			}
			s, instances := impossible(b, file, size.change)
			for b.Loop() {
				reasons := slices.Collect(explain.Local(context.Background(), s, instances))
				if len(reasons) == 0 {
					b.Fatal("no reason was found")
				}
				for _, r := range reasons {
					ways := 0
					if _, err := explain.WaysOutOf(context.Background(), s, instances, r, 1, 5, func(explain.WayOut) { ways++ }); err != nil || ways == 0 {
						b.Fatal(ways, err)
					}
				}
			}
		})
	}
}

// impossible reads a scenario with changes after which it has no plan.
func impossible(b *testing.B, file string, set ...string) (*scenario.Scenario, []rule.Instance) {
	return given.File(b, file, scenario.Sources{Library: scenarios.FS, Set: set})
}
