package desk_test

import (
	"testing"

	"plenary/cmd/desk"
	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios/generate"
	"plenary/solver/solve"
)

// What a planner waits for while she drags: the month, or the year, that she sees,
// judged for the session in her hand.
func BenchmarkCheckWhileDragging(b *testing.B) {
	for _, size := range generate.Sizes {
		b.Run(size, func(b *testing.B) {
			s, instances, p := sized(b, size)
			x, ties := &p.Sessions[len(p.Sessions)/2], desk.TiesOf(s, instances)
			for _, stretch := range []struct {
				name string
				days calendar.Range
			}{
				{"month", calendar.Range{First: x.First() - 21, Last: x.First() + 20}},
				{"year", calendar.Range{First: x.First() - 183, Last: x.First() + 182}},
			} {
				b.Run(stretch.name, func(b *testing.B) {
					for b.Loop() {
						if len(desk.Outlooks(s, instances, ties, p, x.ID, "", stretch.days.Intersect(s.Period))) == 0 {
							b.Fatal("no day was judged")
						}
					}
				})
			}
		})
	}
}

// sized gives a scenario with a plan: that of the solver for S, the only one that
// was not written round a plan.
func sized(b *testing.B, size string) (*scenario.Scenario, []rule.Instance, *plan.Plan) {
	b.Helper()
	if size != "S" {
		return large(b, size)
	}
	s, instances, err := read(resolution(b), nil)
	if err != nil {
		b.Fatal(err)
	}
	outcome, err := solve.Plan(b.Context(), s, instances, solve.Options{Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	return s, instances, outcome.Plan
}
