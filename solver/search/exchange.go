package search

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

const (
	// What a choice clashes with counts against it before the rest is looked at; it may
	// save as much as doubt times what a unit of hard excess weighs.
	doubt = 0.6
	// The next run begins at the temperature at which this one came within so many
	// times of what it left open.
	within = 4
	// Places are exchanged where prices prove less than the loose-th part of the cost,
	// and first where more is open than the few-th part of the blocks.
	loose = 2
	few   = 8
	// For each block that leads there are so many moves at first, and twice as many every
	// time, up to mostExchanges times. A run cools to frozen times the least that a
	// change adds.
	exchangeMoves = 2_500
	mostExchanges = 20
	frozen        = 0.14
)

// exchange anneals from an assignment: a block takes another choice, drawn by lot, and
// where that is full exchanges places with one that is there. It gives the best
// feasible assignment that it meets, nil if none, and the temperature at which another
// run should begin. least is below what any assignment costs.
//
// Bellio, Ceschia, Di Gaspero, Schaerf and Urli, Feature-based tuning of simulated
// annealing applied to the curriculum-based course timetabling problem, Computers and
// Operations Research 65, 2016.
func (c *cooling) exchange(ctx context.Context, g *ground, taken []int32, least float64) (best []int32, again float64) {
	s := newState(c.p, taken, c.tiers, c.hard)
	s.least = s.hard
	random := rand.New(rand.NewPCG(c.seed, c.seed+1))
	w := newCrowd(g, s)
	cool := math.Pow(c.cold/c.hot, float64(span)/float64(c.moves))
	temperature, feasible := c.hot, 0
	lowest := math.Inf(1)
	var costs []float64 // at the end of each span
	for move := 0; move < c.moves && len(g.moving) > 0; move++ {
		if move%span == 0 && move > 0 {
			if ctx.Err() != nil {
				break
			}
			costs = append(costs, s.cost+float64(s.excess)*s.hard)
			temperature *= cool
			s.swing(feasible, over*temperature)
			feasible = 0
		}
		if s.excess == 0 {
			feasible++
		}
		i := g.moving[random.IntN(len(g.moving))]
		to := g.places[i][random.IntN(len(g.places[i]))]
		if to.choice == s.taken[i] {
			continue
		}
		most := temperature * random.ExpFloat64()
		bearable := most + doubt*s.hard
		j := w.other(random, i, to)
		if w.apart(i, j) && float64(w.clash[to.group])*s.hard > bearable {
			continue
		}
		var instead place
		if j >= 0 {
			var ok bool
			if instead, ok = w.instead(random, j, i); !ok {
				continue
			}
		}
		if delta, ok := w.weigh(i, to, j, instead, bearable); !ok || delta > most {
			continue
		}
		w.move(i, to)
		if j >= 0 {
			w.move(j, instead)
		}
		if s.excess == 0 && s.cost < lowest-slightly {
			lowest = s.cost
			best = append(best[:0], s.taken...)
		}
	}
	again = c.hot
	for k, cost := range slices.Backward(costs) {
		if cost-least > within*(lowest-least) {
			again = c.hot * math.Pow(cool, float64(k+1))
			break
		}
	}
	return best, again
}

// exchanges tells whether a tier is annealed by exchanging places: prices know little of
// it, and only gates follow what is placed. That comes before polishing where more is
// open than there are blocks: few units that are over are sooner found one by one.
func (e *engine) exchanges(t int) bool {
	return e.levels[t].free && loose*e.known.Bounds[t] < e.known.Costs[t]
}

// exchange anneals for one tier twice, side by side, by exchanging places, once its
// prices climbed. With every time it has twice as many moves.
func (e *engine) exchange(ctx context.Context, t int) {
	n := e.rounds[t]
	l := e.levels[t]
	typical, least := e.typical(ctx, t)
	if e.reheat[t] == 0 {
		e.reheat[t] = typical * lukewarm
	}
	c := cooling{p: l.p, candidates: e.candidates(t), hard: 5, moves: exchangeMoves * l.leading << min(n, mostExchanges), hot: max(e.reheat[t], 2*frozen*least), cold: frozen * least}
	c.tiers = e.weights(l.p.Tiers, t)
	floor := 0.0
	for s := range t + 1 {
		floor += c.tiers[s] * float64(e.known.Bounds[s])
	}
	var found [workers][]int32
	var again [workers]float64
	var all sync.WaitGroup
	from := l.taken(e.known.Taken)
	g := c.ground()
	for k := range workers {
		all.Go(func() {
			c := c
			c.seed = e.o.Seed + uint64(t)<<40 + uint64(n*workers+k+1)<<48
			found[k], again[k] = c.exchange(ctx, g, from, floor)
		})
	}
	all.Wait()
	e.reheat[t] = max(again[0], again[1])
	for _, taken := range found {
		if taken != nil {
			e.accept(l, taken)
		}
	}
}
