package alternatives

import (
	"context"
	"errors"
	"slices"

	"plenary/model/judge"
	"plenary/solver/cnf"
	"plenary/solver/compile"
	"plenary/solver/deal"
	"plenary/solver/search"
	"plenary/solver/vocab"
)

// away gives a plan far from the known ones, found by search over listed choices: it
// starts from the best plan and lets as few sessions and seats as it can be as they are
// in those. The order of sessions follows; how many pairs can change it at all bounds it.
// It gives what is known already where it finds nothing further.
func (f *finder) away(ctx context.Context, known Alternative) (Alternative, error) {
	points := 0 // of distance from all known plans that the literals stand for
	l := compile.List(f.s, f.instances, compile.Whole(f.s), compile.Options{Single: f.single, Stopped: func() bool { return ctx.Err() != nil },
		Priced: func(v *vocab.Vocabulary) (out []cnf.Lit) {
			for _, p := range f.known {
				out = append(out, slices.Concat(samePlaces(v, f.s, p), sameGroups(v, f.s, f.instances, p))...)
			}
			points = len(out)
			return out
		}})
	if ctx.Err() != nil || l == nil || l.Program == nil {
		return known, nil
	}
	n := len(f.known)
	orders := 0
	for _, p := range f.known {
		for _, pair := range following(f.s, p) {
			if x, y := l.V.Session(pair[0]), l.V.Session(pair[1]); y.Domain.Days.First < x.Domain.Days.Last {
				orders++
			}
		}
	}
	last := l.Program.Tiers - 1
	// What is nearest is no further than all are on average.
	furthest := func(r search.Result) int { return min(known.Furthest, (points+orders-int(r.Bounds[last]))/n) }
	found := search.Away(ctx, l.Program, l.Taken(f.known[0]), f.o.Budget, search.Options{Seed: uint64(f.o.Seed), Report: func(r search.Result) {
		f.tell(max(known.Distance, (points-int(r.Costs[last]))/n), furthest(r))
	}})
	if found.Taken == nil {
		return known, nil
	}
	known.Furthest = furthest(found)
	p, err := deal.Plan(f.s, f.instances, []deal.Part{{V: l.V, Model: l.Model(found.Taken)}}, f.o.Seed, f.known[0])
	if errors.Is(err, deal.ErrNames) && !f.single {
		f.single = true
		return f.away(ctx, known)
	}
	if err != nil {
		return known, err
	}
	within := true // what the program does not know may cost more
	if len(l.Left) > 0 {
		for t, cost := range judge.Plan(f.s, f.instances, p).Costs {
			within = within && cost <= f.o.Budget[t]
		}
	}
	if d := distance(f.s, f.instances, f.known, p); d > known.Distance && within {
		known.Plan, known.Distance = p, d
	}
	return known, nil
}
