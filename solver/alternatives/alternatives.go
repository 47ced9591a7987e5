package alternatives

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/compile"
	"plenary/solver/deal"
	"plenary/solver/optimize"
)

// Near is how many days a session may start earlier or later and still count
// as held at the same time.
const Near = 3

// Options says which alternatives to look for.
type Options struct {
	Most   int     // how many, besides the best plan
	Budget []int64 // the most that a plan may cost, by tier
	Seed   int
}

// Alternative is a plan within the budget.
type Alternative struct {
	Plan *plan.Plan
	// Distance is the number of sessions that differ from the nearest of the
	// plans before it: start more than Near days apart, meet at another
	// station, or are held in one plan alone; a short session also when it starts
	// in another slot.
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
		problem := compile.Compile(s, instances, compile.Options{Only: &whole, Budget: o.Budget, Single: single})
		part := problem.Parts[0]
		tiers := append([][]optimize.Term{likeness(part, s, known)}, part.Tiers...)
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
		found := Alternative{Plan: p, Distance: len(s.Sessions) - int(result[0].Cost), Furthest: len(s.Sessions) - int(result[0].Bound)}
		if found.Distance == 0 {
			break
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

// likeness gives terms whose sum is the number of sessions that are alike in
// the nearest of the known plans: for each number n, whether some known plan
// has n sessions alike.
func likeness(part *compile.Part, s *scenario.Scenario, known []*plan.Plan) (terms []optimize.Term) {
	b := part.V.B
	var counts []*cnf.Totalizer
	for _, p := range known {
		var alike []cnf.Lit
		for i := range s.Sessions {
			x, old := part.V.Session(i), p.Session(s.Sessions[i].ID)
			if old == nil {
				alike = append(alike, x.Held().Not())
				continue
			}
			if s.Sessions[i].Short && len(old.Meetings) > 0 {
				first := old.Meetings[0]
				slot := slices.IndexFunc(s.Slots, func(k scenario.Slot) bool { return k.ID == first.Slot })
				alike = append(alike, b.And(x.At(s.Station(old.Station)), x.Starts(first.Day, slot)))
				continue
			}
			alike = append(alike, b.And(x.At(s.Station(old.Station)),
				x.StartedBy(old.First()+calendar.Day(Near)), x.StartedBy(old.First()-calendar.Day(Near)-1).Not()))
		}
		counts = append(counts, cnf.NewTotalizer(b, alike, len(alike), cnf.Upward))
	}
	for n := 1; n <= len(s.Sessions); n++ {
		var some []cnf.Lit
		for _, c := range counts {
			some = append(some, c.AtLeast(n))
		}
		terms = append(terms, optimize.Term{Lit: b.Or(some...), Weight: 1})
	}
	return terms
}
