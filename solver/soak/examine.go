package soak

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/brute"
	"plenary/solver/solve"
)

// MostPlans is how many plans of one scenario are looked at one by one; of
// scenarios with more, the other parties speak alone.
const MostPlans = 3000

// Report is what the parties said of one scenario.
type Report struct {
	Refused      bool     // by the reader: it says nothing
	Kinds        []string // of its rules, each once
	Feasible     bool     // by the answer set solver, or else by the optimizer
	Plans        int      // looked at one by one, 0 where there were too many
	Second       bool     // the answer set solver knew
	Measured     int      // plans of the answer set solver that the checker measured too
	Broken       []string // kinds of rules that these plans broke
	Best         bool     // search over listed choices found the best
	Disagreement string   // "" when all agree
}

// Read reads a scenario from text, which it writes to a file of the folder, with
// some changes.
func Read(text, folder string, set ...string) (*scenario.Scenario, []rule.Instance, diag.List) {
	file := filepath.Join(folder, "scenario.yaml")
	for name, content := range map[string]string{file: text, filepath.Join(folder, "others.busy"): "-"} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			return nil, nil, diag.List{{Message: err.Error()}}
		}
	}
	s, problems := scenario.Read(file, scenario.Sources{Busy: othersMeet, Set: set})
	if len(problems) > 0 {
		return nil, nil, problems
	}
	instances, problems := rule.Of(s)
	return s, instances, problems
}

// othersMeet stands for a busy calendar: others meet on the second day that a
// period can have from 9 to 10 UTC, and for two hours from 13 local time on,
// wherever one is, on the fifth.
func othersMeet(string, []byte) (out []scenario.Interval, problems diag.List) {
	for _, first := range starts {
		at := func(day calendar.Day, hour int) time.Time {
			return day.Time(time.UTC).Add(time.Duration(hour) * time.Hour)
		}
		out = append(out, scenario.Interval{From: at(first+1, 9), To: at(first+1, 10)}, scenario.Interval{From: at(first+4, 13), To: at(first+4, 15), Floating: true})
	}
	return out, nil
}

// Examine has all parties answer a scenario and holds the answers together.
func Examine(ctx context.Context, text, folder string) Report {
	s, instances, problems := Read(text, folder)
	if len(problems) > 0 {
		return Report{Refused: true}
	}
	var r Report
	for i := range instances {
		r.Kinds = append(r.Kinds, instances[i].Kind)
	}
	slices.Sort(r.Kinds)
	r.Kinds = slices.Compact(r.Kinds)

	clauses, err := solve.Plan(ctx, s, instances, solve.Options{})
	if err != nil {
		return r.differ("by clauses: %v", err)
	}
	listed, err := solve.Plan(ctx, s, instances, solve.Options{Large: 1, Rounds: 2})
	if err != nil {
		return r.differ("by listed choices: %v", err)
	}
	if ctx.Err() != nil {
		return r
	}
	if clauses.Status != solve.Optimal && clauses.Status != solve.Infeasible {
		return r.differ("by clauses the search ended without an answer (%d)", clauses.Status)
	}
	r.Feasible = clauses.Plan != nil
	costs := clauses.Verdict.Costs
	switch {
	case listed.Status == solve.Unknown:
		return r.differ("by listed choices the search ended without an answer")
	case (listed.Plan != nil) != r.Feasible:
		return r.differ("there is a plan by clauses: %t, by listed choices: %t", r.Feasible, listed.Plan != nil)
	case r.Feasible && slices.Compare(listed.Verdict.Costs, costs) < 0:
		return r.differ("listed choices found %v, clauses say that %v is the best", listed.Verdict.Costs, costs)
	case r.Feasible && listed.Status == solve.Optimal && !slices.Equal(listed.Verdict.Costs, costs):
		return r.differ("listed choices say that %v is the best, clauses %v", listed.Verdict.Costs, costs)
	}
	r.Best = r.Feasible && slices.Equal(listed.Verdict.Costs, costs)
	for t := range costs { // of no tier where there is no plan
		if bound := listed.Plan.Tiers[t].Bound; bound > costs[t] {
			return r.differ("listed choices bound tier %d by %d, the best costs %v", t+1, bound, costs)
		}
		if listed.Verdict.Costs[t] != costs[t] {
			break // the bounds after it hold among plans that cost as much here
		}
	}
	return r.others(ctx, s, instances, costs)
}

// others holds the optimizer's answer against the answer set solver and a look
// at every plan.
func (r Report) others(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, costs []int64) Report {
	second, known, err := best(ctx, s, instances)
	if ctx.Err() != nil {
		return r
	}
	if err != nil {
		return r.differ("%v", err)
	}
	if r.Second = known; known {
		if (second != nil) != r.Feasible {
			return r.differ("there is a plan by the optimizer: %t, by clasp: %t", r.Feasible, second != nil)
		}
		if r.Feasible && !slices.Equal(second.costs(s, instances), costs) {
			return r.differ("the best costs %v by the optimizer, %v by clasp", costs, second.costs(s, instances))
		}
	}
	plans, err := some(ctx, s, instances, 20)
	if err != nil && ctx.Err() == nil {
		return r.differ("%v", err)
	}
	if second != nil {
		plans = append(plans, second)
	}
	for _, x := range plans {
		if r = r.measured(s, instances, x); r.Disagreement != "" {
			return r
		}
	}
	every := brute.Best(s, instances, MostPlans)
	if !every.Known {
		return r
	}
	r.Plans = every.Plans
	if (every.Plan != nil) != r.Feasible {
		return r.differ("there is a plan by the optimizer: %t, among all plans: %t", r.Feasible, every.Plan != nil)
	}
	if r.Feasible && !slices.Equal(every.Costs, costs) {
		return r.differ("the best costs %v by the optimizer, %v among all plans", costs, every.Costs)
	}
	return r
}

// measured holds the checker, rule by rule, against the answer set solver on a
// plan that it gave.
func (r Report) measured(s *scenario.Scenario, instances []rule.Instance, x *second) Report {
	f := rule.NewFacts(s, x.plan)
	r.Measured++
	for i := range instances {
		n := 0
		for _, finding := range instances[i].Rule.Check(f) {
			n += finding.Excess
		}
		if n > 0 {
			r.Broken = append(r.Broken, instances[i].Kind)
		}
		if n != x.excess[i] {
			return r.differ("%s: the checker measures %d, clasp %d", instances[i].Kind, n, x.excess[i])
		}
	}
	return r
}

func (r Report) differ(format string, args ...any) Report {
	r.Disagreement = fmt.Sprintf(format, args...)
	return r
}

// Topic gives the kind of a disagreement, without its figures: what stays while
// a scenario is made smaller.
func (r Report) Topic() string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c == ' ' || c == '[' || c == ']' {
			return -1
		}
		return c
	}, r.Disagreement)
}
