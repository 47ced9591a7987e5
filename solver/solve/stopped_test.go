package solve_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"plenary/model/given"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/solver/compile"
	"plenary/solver/solve"
)

// crowdedYear is sessions that want to lie apart and cannot: the first tier is
// soon proven, the second takes long.
func crowdedYear(t *testing.T) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	var b strings.Builder
	b.WriteString("plenary: 1\ntitle: Crowded\nperiod: 2018-01-01..2018-03-30\nstations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}\npriorities: [wishes, rest]\nsessions:\n")
	for i := range 16 {
		fmt.Fprintf(&b, "  - {id: s%d, at: g, days: 2..4, within: 2 weeks}\n", i)
	}
	b.WriteString("rules:\n  - near: {of: s0, day: 2018-01-02, tier: 1}\n  - rest: {of: \"*\", at-least: 5 working days, tier: 2}\n")
	return given.Text(t, b.String())
}

// A search that was stopped in its second tier once threw the plan away: the
// literals of a tier that is not yet optimal say more than the plan costs.
func TestAStoppedSearchHandsOverItsPlanWithTheCheckersCosts(t *testing.T) {
	s, instances := crowdedYear(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	out, err := solve.Plan(ctx, s, instances, solve.Options{Progress: func(p solve.Progress) {
		if p.Tier == 1 && p.Found {
			cancel()
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if out.Plan == nil || out.Status != solve.Feasible {
		t.Fatalf("status %d, plan %v; want a feasible plan", out.Status, out.Plan)
	}
	for i, tier := range out.Plan.Tiers {
		if tier.Cost != out.Verdict.Costs[i] || tier.Bound > tier.Cost {
			t.Errorf("tier %d: cost %d, bound %d; the checker says %d", tier.Tier, tier.Cost, tier.Bound, out.Verdict.Costs[i])
		}
	}
	if out.Plan.Tiers[1].Proven {
		t.Error("the second tier is called proven")
	}
}

// Limits on work that followed the clock once gave another plan on a busy
// machine.
func TestABusyMachineGivesTheSamePlan(t *testing.T) {
	plans := make([][]byte, 4)
	var running sync.WaitGroup
	for i := range plans {
		running.Add(1)
		go func() {
			defer running.Done()
			s, problems := scenario.Read("../../scenarios/gcm-2018.yaml", scenario.Sources{Library: scenarios.FS})
			instances, more := rule.Of(s)
			if len(problems)+len(more) > 0 {
				t.Error(problems, more)
				return
			}
			out, err := solve.Plan(context.Background(), s, instances, solve.Options{Seed: 1})
			if err != nil {
				t.Error(err)
				return
			}
			if plans[i], err = out.Plan.Encode(); err != nil {
				t.Error(err)
			}
		}()
	}
	running.Wait()
	for i := range plans {
		if !bytes.Equal(plans[i], plans[0]) {
			t.Errorf("run %d gave another plan than run 0", i)
		}
	}
}

// Compiling 100 meetings of 320 slots once went on for minutes after the time
// was up.
func TestCompilingLeavesOutTheRestOnceItIsStopped(t *testing.T) {
	s, instances := crowdedYear(t)
	for _, listed := range []int{0, 1} {
		asked := 0
		problem := compile.Compile(s, instances, compile.Options{Listed: listed, Stopped: func() bool { asked++; return asked > 3 }})
		if most := 3 + len(problem.Parts); asked > most || asked < 4 {
			t.Errorf("with parts listed from %d sessions on, it asked %d times, want 4 to %d", listed, asked, most)
		}
	}
}
