package generate

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"plenary/export/ics"
	"plenary/export/language"
	"plenary/export/letter"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/solver/solve"
)

// A sample is a generated scenario as a file, and a plan of it.
type sample struct {
	file      string
	scenario  *scenario.Scenario
	instances []rule.Instance
	plan      *plan.Plan
}

// each runs a benchmark on every size: what happens outside the search, from a
// cold start to the last file that is written.
func each(b *testing.B, run func(b *testing.B, x sample)) {
	for _, size := range Sizes {
		b.Run(size, func(b *testing.B) {
			x := sample{file: filepath.Join(b.TempDir(), size+".yaml")}
			src, err := Scenario(Options{Size: size, Seed: 1})
			if err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(x.file, src, 0o600); err != nil {
				b.Fatal(err)
			}
			x.scenario, x.instances = readFile(b, x.file)
			if size == "S" { // the only one that was not written round a plan
				outcome, err := solve.Plan(context.Background(), x.scenario, x.instances, solve.Options{Seed: 1})
				if err != nil {
					b.Fatal(err)
				}
				x.plan = outcome.Plan
			} else {
				_, hidden, err := Planned(Options{Size: size, Seed: 1})
				if err != nil {
					b.Fatal(err)
				}
				x.plan = hidden.Plan
			}
			for b.Loop() {
				run(b, x)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	each(b, func(b *testing.B, x sample) {
		if _, problems := scenario.Read(x.file, scenario.Sources{Library: scenarios.FS}); len(problems) > 0 {
			b.Fatal(problems)
		}
	})
}

func BenchmarkRules(b *testing.B) {
	each(b, func(b *testing.B, x sample) {
		if _, problems := rule.Of(x.scenario); len(problems) > 0 {
			b.Fatal(problems)
		}
	})
}

func BenchmarkJudge(b *testing.B) {
	each(b, func(b *testing.B, x sample) {
		if !judge.Plan(x.scenario, x.instances, x.plan).Feasible() {
			b.Fatal("the plan breaks a rule")
		}
	})
}

func BenchmarkWritePlan(b *testing.B) {
	each(b, func(b *testing.B, x sample) {
		if _, err := x.plan.Encode(); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkWriteCalendar(b *testing.B) {
	each(b, func(b *testing.B, x sample) {
		if _, err := ics.Write(io.Discard, x.scenario, x.plan, ics.Options{Now: time.Unix(0, 0)}); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkWriteTables(b *testing.B) {
	each(b, func(b *testing.B, x sample) {
		verdict := judge.Plan(x.scenario, x.instances, x.plan)
		english, _ := language.Named("en")
		if err := letter.Write(io.Discard, x.scenario, x.instances, x.plan, verdict, letter.Text, english); err != nil {
			b.Fatal(err)
		}
	})
}
func BenchmarkReadPlan(b *testing.B) {
	each(b, func(b *testing.B, x sample) {
		src, err := x.plan.Encode()
		if err != nil {
			b.Fatal(err)
		}
		if _, problems := plan.Read("plan.json", src, x.scenario); len(problems) > 0 {
			b.Fatal(problems[0])
		}
	})
}
