package solve

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/compile"
	"plenary/solver/deal"
	"plenary/solver/optimize"
)

// Status is how a search for a plan ended.
type Status int

// How a search can end. Unknown is not infeasible: time was up before any
// plan was found.
const (
	Unknown Status = iota
	Infeasible
	Feasible
	Optimal
)

// Options says how to search.
type Options struct {
	Seed     int            // lots between members alike are drawn with it
	Prefer   *plan.Plan     // rooms, and the order in seats, are as in this plan where they can be; may be nil
	From     *plan.Plan     // parts that are searched by prices and annealing start from this plan, which may break rules; nil: from nothing
	Large    int            // parts of so many sessions and more are searched by prices and annealing; 0: of compile.Large; math.MaxInt: none, smaller ones neither
	Entries  int            // the rows of such a part have no more entries, or soft constraints are left out; 0: as compile.Options
	Patience time.Duration  // so long a part is searched as clauses alone; 0: a second, and for good where it has few sessions
	Rounds   int            // after so many rounds on each tier that search ends; 0: never
	Brief    bool           // a search from a plan ends some rounds after polishing was in vain
	AtOnce   int            // so many parts are searched side by side; 0: as many as there are cores; 1: and in one way each
	Progress func(Progress) // told of every better plan and bound, one call at a time; may be nil
}

// Progress is what is known while the search goes on.
type Progress struct {
	Tier  int // the first that is not yet proven, from 0
	Found bool
	Cost  int64 // of the incumbent in the tier
	Bound int64 // proven for the tier

	Costs  []int64 // of the incumbent, by tier; for the listener to keep
	Bounds []int64 // proven, by tier: nothing that is as good in the tiers before costs less
}

// Outcome is the end of a search.
type Outcome struct {
	Status  Status
	Plan    *plan.Plan       // nil if none was found
	Verdict judge.Verdict    // of the plan
	Blamed  []compile.Group  // with Infeasible: the parts that have no plan
	Left    []*rule.Instance // soft constraints that were too large to be looked at before the plan was judged
	Size    Size
}

// Size counts what was compiled.
type Size struct{ Parts, Variables, Clauses int }

// Plan finds the best plan of a scenario. The error is a disagreement between
// solver and checker, which is a bug of this program; cancelling ctx is none:
// then the best plan so far is handed over with its bounds.
func Plan(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, o Options) (Outcome, error) {
	if o.Large == 0 {
		o.Large = compile.Large
	}
	how := compile.Options{Listed: o.Large, Entries: o.Entries}
	out, err := run(ctx, s, instances, o, how)
	if errors.Is(err, deal.ErrNames) {
		how.Single = true
		out, err = run(ctx, s, instances, o, how)
	}
	return out, err
}

func run(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, o Options, how compile.Options) (Outcome, error) {
	how.Stopped = func() bool { return ctx.Err() != nil }
	problem := compile.Compile(s, instances, how)
	if ctx.Err() != nil {
		return Outcome{}, nil
	}
	watch := newWatch(problem, o.Progress)
	results := searchParts(ctx, problem, o, watch)
	out := Outcome{Status: Optimal, Size: Size{Parts: len(problem.Parts)}}
	var parts []deal.Part
	for i, part := range problem.Parts {
		if part.Solver != nil {
			out.Size.Variables += part.Solver.Variables()
			out.Size.Clauses += part.Solver.Clauses()
		}
		if part.Listed != nil {
			out.Left = append(out.Left, part.Listed.Left...)
		}
		switch status, model := ended(results[i]); status {
		case optimize.Infeasible:
			out.Blamed = append(out.Blamed, part.Group)
		case optimize.Unknown:
			out.Status = min(out.Status, Unknown)
		default:
			if status == optimize.Feasible {
				out.Status = min(out.Status, Feasible)
			}
			parts = append(parts, deal.Part{V: part.V, Model: model})
		}
	}
	if out.Blamed != nil {
		out.Status = Infeasible
		return out, nil
	}
	if out.Status == Unknown {
		return out, nil
	}
	p, err := deal.Plan(s, instances, parts, o.Seed, o.Prefer)
	if err != nil {
		return Outcome{}, err
	}
	p.Seed, p.Tiers = o.Seed, tiers(s, results)
	p.Status = plan.Feasible
	if out.Status == Optimal {
		p.Status = plan.Optimal
	}
	out.Plan, out.Verdict = p, judge.Plan(s, instances, p)
	for i := range p.Tiers {
		// Before a tier is optimal, its literals may say more than the plan
		// costs, and less where some were left: the checker's figure is the true one.
		left := slices.ContainsFunc(out.Left, func(in *rule.Instance) bool { return in.Tier-1 == i })
		if t := &p.Tiers[i]; !t.Proven && (left || out.Verdict.Costs[i] < t.Cost) {
			t.Cost = out.Verdict.Costs[i]
		}
	}
	return out, agree(p, out.Verdict)
}

// partResult is what the search knows of one part: one result for each tier,
// and one more when the scenario has no tiers.
type partResult []optimize.Result

// ended gives the status of a part over all its tiers, and its model.
func ended(r partResult) (optimize.Status, []bool) {
	status := optimize.Optimal
	for _, t := range r {
		if t.Status == optimize.Infeasible {
			return optimize.Infeasible, nil
		}
		status = min(status, t.Status)
	}
	return status, r[len(r)-1].Model
}

// searchParts optimizes the parts, as many at a time as there are cores. When one
// has no model, the others that have not started are left.
func searchParts(ctx context.Context, problem *compile.Problem, o Options, watch *watch) []partResult {
	results := make([]partResult, len(problem.Parts))
	if o.AtOnce == 0 {
		o.AtOnce = runtime.GOMAXPROCS(0)
	}
	slots := make(chan struct{}, o.AtOnce)
	var running sync.WaitGroup
	for i, part := range problem.Parts {
		running.Add(1)
		go func() {
			defer running.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			if part.Listed != nil {
				results[i] = listed(ctx, part.Listed, o, watch.listed(i, part.Listed))
				if ended, _ := ended(results[i]); ended != optimize.Unknown || ctx.Err() != nil {
					watch.finished(i, results[i])
					return
				}
				// Annealing does not find what is only just possible, and cannot say that
				// nothing is: clauses can.
				if part = problem.Written(part); ctx.Err() != nil {
					return
				}
				problem.Parts[i] = part
				watch.written(i, part)
			}
			results[i], problem.Parts[i] = beside(ctx, problem, part, o, watch, i)
			watch.finished(i, results[i])
		}()
	}
	running.Wait()
	return results
}

// tiers adds up the parts. A bound holds among the plans that are as good in
// the tiers before; after a tier that is not proven, none is claimed.
func tiers(s *scenario.Scenario, results []partResult) []plan.Tier {
	out := []plan.Tier{}
	proven := true
	for t, title := range s.Priorities {
		sum := plan.Tier{Tier: t + 1, Title: title, Proven: proven}
		for _, r := range results {
			sum.Cost += r[t].Cost
			// What a part is bounded by beyond a tier that is open holds as long as no
			// other part can make up for it there.
			if proven || len(results) == 1 {
				sum.Bound += r[t].Bound
			}
			sum.Proven = sum.Proven && r[t].Status == optimize.Optimal
		}
		proven = sum.Proven
		out = append(out, sum)
	}
	return out
}

// agree compares the checker's verdict with what the solver claims.
func agree(p *plan.Plan, v judge.Verdict) error {
	if !v.Feasible() {
		return fmt.Errorf("the solver's plan breaks %q: %s", v.Violations[0].Instance.ID, v.Violations[0].Finding.Text)
	}
	for i, t := range p.Tiers {
		if v.Costs[i] != t.Cost {
			return fmt.Errorf("tier %d costs %d by the checker and %d by the solver", t.Tier, v.Costs[i], t.Cost)
		}
		if t.Cost < t.Bound {
			return fmt.Errorf("tier %d costs %d, below the proven bound %d", t.Tier, t.Cost, t.Bound)
		}
	}
	return nil
}
