package solve_test

import (
	"context"
	"testing"

	"plenary/model/given"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/solver/compile"
	"plenary/solver/solve"
)

func load(b *testing.B, file string) (*scenario.Scenario, []rule.Instance) {
	b.Helper()
	return given.File(b, "../../scenarios/"+file, scenario.Sources{Library: scenarios.FS})
}

// The parts of a cold start: reading, compiling, and all of the search.
func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		load(b, "gcm-2018.yaml")
	}
}

func BenchmarkCompile(b *testing.B) {
	s, instances := load(b, "gcm-2018.yaml")
	for b.Loop() {
		compile.Compile(s, instances, compile.Options{})
	}
}

func BenchmarkPlan(b *testing.B) {
	for _, file := range []string{"gcm-2018.yaml", "gcm-2018-marrakech.yaml", "gcm-2018-one-team.yaml", "gcm-2018-june-away.yaml"} {
		b.Run(file, func(b *testing.B) {
			s, instances := load(b, file)
			for b.Loop() {
				out, err := solve.Plan(context.Background(), s, instances, solve.Options{Seed: 1})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(out.Size.Variables), "variables")
				b.ReportMetric(float64(out.Size.Clauses), "clauses")
			}
		})
	}
}
