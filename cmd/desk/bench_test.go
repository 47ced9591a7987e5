package desk_test

import (
	"os"
	"path/filepath"
	"testing"

	"plenary/cmd/desk"
	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/scenarios/generate"
	"plenary/solver/solve"
)

// What a planner waits for while she drags: the month that she sees, judged
// for the session in her hand.
func BenchmarkCheckWhileDragging(b *testing.B) {
	for _, size := range generate.Sizes {
		b.Run(size, func(b *testing.B) {
			file := filepath.Join(b.TempDir(), size+".yaml")
			src, err := generate.Scenario(generate.Options{Size: size, Seed: 1})
			if err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(file, src, 0o600); err != nil {
				b.Fatal(err)
			}
			s, instances, err := read(file)
			if err != nil {
				b.Fatal(err)
			}
			var p *plan.Plan
			if size == "S" { // the only one that was not written round a plan
				outcome, err := solve.Plan(b.Context(), s, instances, solve.Options{Seed: 1})
				if err != nil {
					b.Fatal(err)
				}
				p = outcome.Plan
			} else {
				_, hidden, err := generate.Planned(generate.Options{Size: size, Seed: 1})
				if err != nil {
					b.Fatal(err)
				}
				p = hidden.Plan
			}
			x := &p.Sessions[len(p.Sessions)/2]
			month := calendar.Range{First: x.First() - 21, Last: x.First() + 20}
			for b.Loop() {
				if len(desk.Outlooks(s, instances, p, x.ID, month.Intersect(s.Period))) == 0 {
					b.Fatal("no day was judged")
				}
			}
		})
	}
}
