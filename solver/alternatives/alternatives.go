package alternatives

import (
	"context"
	"errors"
	"fmt"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/compile"
	"plenary/solver/deal"
	"plenary/solver/optimize"
)

// Options says which alternatives to look for.
type Options struct {
	Most   int     // how many, besides the best plan
	Budget []int64 // the most that a plan may cost, by tier
	Seed   int
}

// Alternative is a plan within the budget.
type Alternative struct {
	Plan *plan.Plan
	// Distance is that from the nearest of the plans before it: the total of the
	// Difference between them.
	Distance int
	// Furthest bounds the distance that any plan within the budget could have
	// from the plans before it. Equal to Distance, the alternative is proven
	// to be the furthest.
	Furthest int
	Verdict  judge.Verdict
}

// Find gives plans within the budget one after the other, each as far as can
// be from the best plan and all alternatives before it (greedy maximal
// dispersion; each step is an optimum of its own, with its proof), and among
// those the best by the tiers. It stops when every plan within the budget is a
// twin of one it has.
func Find(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, best *plan.Plan, o Options) ([]Alternative, error) {
	known := []*plan.Plan{best}
	var out []Alternative
	whole := compile.Whole(s)
	for single := false; len(out) < o.Most; {
		problem := compile.Compile(s, instances, compile.Options{Only: &whole, Budget: o.Budget, Single: single, Stopped: func() bool { return ctx.Err() != nil }})
		if ctx.Err() != nil {
			break
		}
		part := problem.Parts[0]
		terms, most := nearest(part, s, instances, known)
		tiers := append([][]optimize.Term{terms}, part.Tiers...)
		result := optimize.Tiers(ctx, part.Solver, tiers, optimize.Watcher{})
		model := result[len(result)-1].Model
		if model == nil {
			break
		}
		p, err := deal.Plan(s, instances, []deal.Part{{V: part.V, Model: model}}, o.Seed, best)
		if errors.Is(err, deal.ErrNames) && !single {
			single = true
			continue
		}
		if err != nil {
			return out, err
		}
		found := Alternative{Plan: p, Distance: most - int(result[0].Cost), Furthest: most - int(result[0].Bound)}
		if found.Distance == 0 {
			break
		}
		if d := distance(s, instances, known, p); d != found.Distance && result[0].Status == optimize.Optimal {
			return out, fmt.Errorf("an alternative is %d away by its plan and %d by the solver", d, found.Distance)
		} else {
			found.Distance = d
		}
		if found.Verdict = judge.Plan(s, instances, p); !found.Verdict.Feasible() {
			return out, fmt.Errorf("the alternative breaks %q: %s", found.Verdict.Violations[0].Instance.ID, found.Verdict.Violations[0].Finding.Text)
		}
		p.Seed, p.Status = o.Seed, plan.Feasible
		for t, title := range s.Priorities {
			p.Tiers = append(p.Tiers, plan.Tier{Tier: t + 1, Title: title, Cost: found.Verdict.Costs[t]})
		}
		out, known = append(out, found), append(known, p)
	}
	return out, nil
}

// distance gives the distance of a plan from the nearest of the known ones.
func distance(s *scenario.Scenario, instances []rule.Instance, known []*plan.Plan, p *plan.Plan) int {
	least := Between(s, instances, known[0], p).Total()
	for _, other := range known[1:] {
		least = min(least, Between(s, instances, other, p).Total())
	}
	return least
}

// nearest gives terms whose sum is at least the points that stand in the way of
// a distance of most from the nearest of the known plans: for each number n,
// whether some known plan is alike in so many points that it is n less.
func nearest(part *compile.Part, s *scenario.Scenario, instances []rule.Instance, known []*plan.Plan) (terms []optimize.Term, most int) {
	b := part.V.B
	var counts []*cnf.Totalizer
	var points []int
	for _, p := range known {
		alike := likeness(part, s, instances, p)
		counts, points = append(counts, cnf.NewTotalizer(b, alike, len(alike), cnf.Upward)), append(points, len(alike))
		most = max(most, len(alike))
	}
	// A plan with fewer points than another can never be as far away as that one.
	for n := 1; n <= most; n++ {
		var some []cnf.Lit
		for i, c := range counts {
			if k := n - (most - points[i]); k <= 0 {
				some = append(some, b.True())
			} else {
				some = append(some, c.AtLeast(k))
			}
		}
		terms = append(terms, optimize.Term{Lit: b.Or(some...), Weight: 1})
	}
	return terms, most
}
