package solve_test

import (
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"plenary/solver/brute"
	"plenary/solver/compile"
	"plenary/solver/price"
	"plenary/solver/program"
	"plenary/solver/solve"
)

// mostAssignments is how many assignments of one program are looked at.
const mostAssignments = 200_000

// TestProgramsSayWhatScenariosSay holds the programs of listed choices against
// a look at every plan: the best of all assignments costs what the best of all
// plans costs, prices never bound it too high, and what search finds keeps every
// rule and lies between its bound and nothing.
func TestProgramsSayWhatScenariosSay(t *testing.T) {
	dir := t.TempDir()
	count := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]func(*rapid.T) string{drawScenario, drawSideEvents}).Draw(t, "kind")(t)
		s, instances := readText(dir, text)
		if s == nil {
			return
		}
		want := brute.Best(s, instances, MostPlans)
		if !want.Known {
			return
		}
		costs, feasible, known := make([]int64, len(s.Priorities)), true, true
		for _, part := range compile.Compile(s, instances, compile.Options{Listed: 1}).Parts {
			if part.Listed == nil {
				known = false
				continue
			}
			if part.Listed.Program == nil {
				feasible = false
				continue
			}
			best, ok := bestOf(part.Listed.Program)
			known = known && ok
			feasible = feasible && (!ok || best != nil)
			if best == nil {
				continue
			}
			for i, cost := range best {
				costs[i] += cost
				prices := price.New(part.Listed.Program, i)
				prices.Climb(context.Background(), 30, best[:i], float64(best[i]))
				if bound := price.Relax(part.Listed.Program, best[:i], prices.Multipliers()).Whole(); bound > cost {
					t.Fatalf("tier %d costs %d at best, and prices say no less than %d\n%s", i+1, cost, bound, text)
				}
			}
		}
		if !known {
			return
		}
		if feasible != (want.Plan != nil) || (feasible && !slices.Equal(costs, want.Costs)) {
			t.Fatalf("of %d plans the best costs %v (there is one: %t), of all assignments %v (%t)\n%s", want.Plans, want.Costs, want.Plan != nil, costs, feasible, text)
		}
		count["programs"]++
		got, err := solve.Plan(context.Background(), s, instances, solve.Options{Large: 1, Rounds: 2})
		switch {
		case err != nil:
			t.Fatalf("%v\n%s", err, text)
		case (got.Plan != nil) != feasible:
			t.Fatalf("there is a plan: %t, and search found one: %t\n%s", feasible, got.Plan != nil, text)
		case feasible && slices.Compare(got.Verdict.Costs, want.Costs) < 0:
			t.Fatalf("search found a plan of %v, the best costs %v\n%s", got.Verdict.Costs, want.Costs, text)
		case feasible && got.Status == solve.Optimal && !slices.Equal(got.Verdict.Costs, want.Costs):
			t.Fatalf("search says that %v is optimal, the best costs %v\n%s", got.Verdict.Costs, want.Costs, text)
		case feasible && slices.Equal(got.Verdict.Costs, want.Costs):
			count["best found"]++
		}
		got, err = solve.Plan(context.Background(), s, instances, solve.Options{Patience: 1, AtOnce: 2})
		if err != nil || (got.Plan != nil) != feasible || feasible && (got.Status != solve.Optimal || !slices.Equal(got.Verdict.Costs, want.Costs)) {
			t.Fatalf("clauses beside listed choices find %v, %v, the best costs %v\n%s", got.Verdict.Costs, err, want.Costs, text)
		}
		got, err = solve.Plan(context.Background(), s, instances, solve.Options{Large: 1, Rounds: 2, Entries: rapid.IntRange(1, 200).Draw(t, "entries")})
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if len(got.Left) > 0 && got.Plan != nil {
			count["left"]++
			for i, tier := range got.Plan.Tiers {
				if as := got.Verdict.Costs[:i]; slices.Equal(as, want.Costs[:i]) && tier.Bound > want.Costs[i] || slices.Compare(got.Verdict.Costs, want.Costs) < 0 {
					t.Fatalf("without %d rules tier %d is bounded by %d and the plan costs %v; the best costs %v\n%s", len(got.Left), i+1, tier.Bound, got.Verdict.Costs, want.Costs, text)
				}
			}
		}
	})
	t.Logf("%v", count)
	if count["programs"] == 0 || count["left"] == 0 || 2*count["best found"] < count["programs"]/2 {
		t.Errorf("search seldom finds the best: %v", count)
	}
}

// bestOf gives the costs of the best of all assignments, nil when none is
// feasible; ok is false when they are too many to look at.
func bestOf(p *program.Program) (costs []int64, ok bool) {
	n := 1
	for i := range p.Blocks {
		if n *= p.Blocks[i].Choices(); n > mostAssignments {
			return nil, false
		}
	}
	for _, c := range brute.Feasible(p) {
		if costs == nil || slices.Compare(c, costs) < 0 {
			costs = c
		}
	}
	return costs, true
}
