package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"

	"plenary/solver/price"
)

// climb lets the prices of a tier climb and takes over what they prove.
func (e *engine) climb(ctx context.Context, t, steps int) {
	budget := slices.Clone(e.known.Costs[:t])
	l := e.levels[t]
	if e.prices[t] == nil {
		e.prices[t] = price.New(l.cut, t)
	}
	e.prices[t].Climb(ctx, steps, budget, float64(e.known.Costs[t]))
	r := price.Relax(l.cut, budget, e.prices[t].Multipliers())
	if e.proven[t].Reduced == nil || r.Bound > e.proven[t].Bound {
		e.proven[t] = r
	}
	e.knowing.Lock()
	defer e.knowing.Unlock()
	if e.known.Bounds[t] < e.proves(t) {
		e.known.Bounds[t] = e.proves(t)
		e.report()
	}
}

// proves gives what is proven of a tier: no more than what the incumbent costs.
func (e *engine) proves(t int) int64 {
	return max(e.levels[t].p.Due[t], min(e.proven[t].Whole(), e.known.Costs[t]))
}

// prove takes over what prices prove under the budgets that a new incumbent
// leaves. Where it costs less in one tier and more in the next, less is proven of
// those after them.
func (e *engine) prove() {
	for t := range e.p.Tiers {
		if e.proven[t].Reduced != nil {
			e.proven[t] = e.proven[t].Under(e.known.Costs[:t])
			e.known.Bounds[t] = e.proves(t)
		}
	}
}

// climbs lets the prices of open tiers climb that did so last under other budgets, or
// with success, and again with rows that they found to be exceeded. Tiers that are
// searched in a larger program than the first open one wait until those before them
// stood still.
func (e *engine) climbs(ctx context.Context) {
	first := e.whole
	for t := e.p.Tiers - 1; t >= 0; t-- {
		if e.open(t) {
			first = e.levels[t]
		}
	}
	for n := range cutsInARow {
		turn := make(chan struct{}, workers)
		var all sync.WaitGroup
		for t := range e.p.Tiers {
			waits := e.levels[t] != first && e.proven[t].Reduced != nil && (n > 0 || !slices.Equal(e.stood[:min(t, len(e.stood))], e.known.Costs[:t]))
			if waits || !e.open(t) || e.budgets[t] != nil && slices.Equal(e.budgets[t], e.known.Costs[:t]) {
				continue
			}
			all.Go(func() {
				turn <- struct{}{}
				before := e.proven[t].Bound
				e.climb(ctx, t, roundSteps)
				e.budgets[t] = nil
				if e.proven[t].Bound <= before+(before>>still) {
					e.budgets[t] = append([]int64{}, e.known.Costs[:t]...)
				}
				<-turn
			})
		}
		all.Wait()
		more := false
		for t := range e.p.Tiers {
			if n == 0 || e.levels[t] == first {
				more = ctx.Err() == nil && e.tighten(t) || more
			}
		}
		if !more {
			break
		}
	}
	e.stood = slices.Clone(e.known.Costs)
}

// unknowing tells whether prices prove too little of a tier to know what is
// promising in it.
func (e *engine) unknowing(t int) bool { return weak*e.known.Bounds[t] < e.known.Costs[t] }

// candidates gives the choices that can be in a better assignment of the tier
// by what reduced costs prove, and are promising in it.
func (e *engine) candidates(t int) [][]int32 {
	l := e.levels[t]
	possible := make([][]int32, len(l.p.Blocks))
	for i := range l.p.Blocks {
	next:
		for c := range l.p.Blocks[i].Choices() {
			for s := range t + 1 {
				// With s before t, the cost may be reached; in t it must be beaten.
				most := e.known.Costs[s]*price.Scale - e.proven[s].Bound
				if s == t {
					most -= price.Scale
				}
				if e.beyond(s, l, i, int32(c)) > most {
					continue next
				}
			}
			possible[i] = append(possible[i], int32(c))
		}
	}
	reach := int64(price.Scale)
	if e.unknowing(t) || e.exchanges(t) {
		reach = math.MaxInt64 // prices that prove little do not know what is promising
	}
	for ; ; reach *= 2 {
		n, more := 0, false
		for i := range possible {
			if l.p.Blocks[i].Follows {
				continue
			}
			for _, c := range possible[i] {
				if e.proven[t].Reduced[i][c] <= reach {
					n++
				} else {
					more = true
				}
			}
		}
		if n >= promising*l.leading || !more {
			break
		}
	}
	now := l.taken(e.known.Taken)
	out := make([][]int32, len(possible))
	for i := range possible {
		for _, c := range possible[i] {
			if e.proven[t].Reduced[i][c] <= reach || l.p.Blocks[i].Follows {
				out[i] = append(out[i], c)
			}
		}
		e.sort(out[i], t, i)
		if !slices.Contains(out[i], now[i]) {
			out[i] = append(out[i], now[i])
		}
	}
	return out
}

// sort puts choices of a block in the order of what they cost at the prices of a
// tier and, where that is the same, of those after it.
func (e *engine) sort(choices []int32, t, block int) {
	l := e.levels[t]
	costs := make([]float64, l.p.Blocks[block].Choices())
	for s := t; s < e.p.Tiers; s++ {
		if e.proven[s].Reduced == nil {
			continue
		}
		weight := e.weight(s, t)
		for _, c := range choices {
			costs[c] += weight * float64(e.beyond(s, l, block, c))
		}
	}
	slices.SortStableFunc(choices, func(a, b int32) int { return cmp.Compare(costs[a], costs[b]) })
}
