package alternatives

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/clock"
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
	// Large is from how many sessions on no proof is tried; 0: from compile.Large.
	Large int
	// Progress is told how far the next alternative is; may be nil.
	Progress func(Progress)
	// Found is given each alternative as soon as it is there; may be nil.
	Found func(Alternative)
}

// Progress is what is known of an alternative while it is looked for.
type Progress struct {
	Number   int // of the alternative, from 1
	Distance int // of the plan that was found
	Furthest int // what none can exceed
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
// those the best by the tiers. Exhausted says that it is proven of all other plans
// within the budget that they are twins of those it has.
//
// With a deadline each alternative has its share of the time. Where the proof does
// not end in half of it, and in a large scenario from the start, search looks for a
// plan that is far by the places of sessions and by groups: how far any plan could be is
// known by its bound alone.
func Find(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, best *plan.Plan, o Options) (out []Alternative, exhausted bool, err error) {
	if o.Large == 0 {
		o.Large = compile.Large
	}
	f := &finder{s: s, instances: instances, o: o, known: []*plan.Plan{best}}
	f.furthest = points(s, instances, best)
	for len(out) < o.Most && ctx.Err() == nil {
		found, late, err := f.share(ctx, o.Most-len(out))
		if err == nil && found.Plan == nil && late { // better one than none
			found, _, err = f.share(ctx, 1)
		}
		switch {
		case err != nil:
			return out, false, err
		case found.Plan == nil:
			return out, found.Furthest == 0, nil
		}
		if found.Verdict = judge.Plan(s, instances, found.Plan); !found.Verdict.Feasible() {
			return out, false, fmt.Errorf("the alternative breaks %q: %s", found.Verdict.Violations[0].Instance.ID, found.Verdict.Violations[0].Finding.Text)
		}
		for t, most := range o.Budget {
			if found.Verdict.Costs[t] > most {
				return out, false, fmt.Errorf("the alternative costs %d in tier %d, more than %d", found.Verdict.Costs[t], t+1, most)
			}
		}
		p := found.Plan
		p.Seed, p.Status, p.Tiers = o.Seed, plan.Feasible, found.Verdict.Tiers(s)
		out, f.known = append(out, found), append(f.known, p)
		if o.Found != nil {
			o.Found(found)
		}
	}
	return out, false, nil
}

// finder looks for plans that are far from those it knows.
type finder struct {
	s         *scenario.Scenario
	instances []rule.Instance
	o         Options
	known     []*plan.Plan // the best plan first
	single    bool         // names are decided member by member
	furthest  int          // what no plan can exceed, by what is known of the alternatives before
}

// share gives the next alternative within a share of the time; late tells that this was
// used up.
func (f *finder) share(ctx context.Context, of int) (found Alternative, late bool, err error) {
	step, cancel := clock.Share(ctx, of)
	defer cancel()
	found, err = f.next(step)
	return found, step.Err() != nil, err
}

// next gives the next alternative; without a plan where none with a distance was
// found, and with a bound of 0 where there is none.
func (f *finder) next(ctx context.Context) (found Alternative, err error) {
	f.tell(0, f.furthest)
	found.Furthest = f.furthest
	defer func() { f.furthest = found.Furthest }() // the more plans are known, the nearer is the nearest
	if len(f.s.Sessions) < f.o.Large {
		half, cancel := clock.Share(ctx, 2)
		found, err = f.prove(half)
		cancel()
		if err != nil || found.Furthest == found.Distance {
			return found, err
		}
	}
	return f.away(ctx, found)
}

// points gives the most distance that any plan can have from one.
func points(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan) int {
	groups := 0
	for _, seats := range seated(s, instances, p) {
		if len(seats) > 0 {
			groups++
		}
	}
	return len(s.Sessions) + len(following(s, p)) + groups
}

// prove gives the plan within the budget that is furthest away from those before it,
// and among those the best by the tiers. Where ctx is done before the proof, it may have
// none.
func (f *finder) prove(ctx context.Context) (Alternative, error) {
	whole := compile.Whole(f.s)
	problem := compile.Compile(f.s, f.instances, compile.Options{Only: &whole, Budget: f.o.Budget, Single: f.single, Stopped: func() bool { return ctx.Err() != nil }})
	if ctx.Err() != nil {
		return Alternative{Furthest: f.furthest}, nil
	}
	part := problem.Parts[0]
	terms, most := nearest(part, f.s, f.instances, f.known)
	result := optimize.Tiers(ctx, part.Solver, append([][]optimize.Term{terms}, part.Tiers...), optimize.Watcher{})
	model := result[len(result)-1].Model
	if model == nil {
		if result[0].Status == optimize.Infeasible {
			return Alternative{}, nil
		}
		return Alternative{Furthest: min(f.furthest, most-int(result[0].Bound))}, nil
	}
	p, err := deal.Plan(f.s, f.instances, []deal.Part{{V: part.V, Model: model}}, f.o.Seed, f.known[0])
	if errors.Is(err, deal.ErrNames) && !f.single {
		f.single = true
		return f.prove(ctx)
	}
	if err != nil {
		return Alternative{}, err
	}
	found := Alternative{Plan: p, Distance: most - int(result[0].Cost), Furthest: min(f.furthest, most-int(result[0].Bound))}
	if d := distance(f.s, f.instances, f.known, p); d != found.Distance && result[0].Status == optimize.Optimal {
		return found, fmt.Errorf("an alternative is %d away by its plan and %d by the solver", d, found.Distance)
	} else if found.Distance = d; d == 0 {
		found.Plan = nil
	}
	return found, nil
}

// tell reports how far the next alternative is, and how far any could be.
func (f *finder) tell(distance, furthest int) {
	if f.o.Progress != nil {
		f.o.Progress(Progress{Number: len(f.known), Distance: distance, Furthest: furthest})
	}
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
	var points, sure, open []int // of each plan: of all likenesses, of those that cannot be helped, and of those that can
	for _, p := range known {
		alike := slices.Concat(samePlaces(part.V, s, p), sameOrder(part.V, s, p), sameGroups(part.V, s, instances, p))
		points, most = append(points, len(alike)), max(most, len(alike))
		var some []cnf.Lit
		holds := 0
		for _, l := range alike {
			switch l {
			case b.True():
				holds++
			case b.False():
			default:
				some = append(some, l)
			}
		}
		counts = append(counts, cnf.NewTotalizer(b, some, len(some), cnf.Upward))
		sure, open = append(sure, holds), append(open, len(some))
	}
	// A plan with fewer points than another can never be as far away as that one.
	for n := 1; n <= most; n++ {
		var some []cnf.Lit
		for i, c := range counts {
			switch k := n - (most - points[i]) - sure[i]; {
			case k <= 0:
				some = append(some, b.True())
			case k <= open[i]:
				some = append(some, c.AtLeast(k))
			}
		}
		terms = append(terms, optimize.Term{Lit: b.Or(some...), Weight: 1})
	}
	return terms, most
}
