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
	if e.prices[t] == nil {
		e.prices[t] = price.New(e.p, t)
	}
	e.prices[t].Climb(ctx, steps, budget, float64(e.known.Costs[t]))
	r := price.Relax(e.p, budget, e.prices[t].Multipliers())
	if e.reduced[t] == nil || r.Bound > e.bound[t] {
		e.reduced[t], e.bound[t] = r.Reduced, r.Bound
	}
	e.knowing.Lock()
	defer e.knowing.Unlock()
	if whole := min(r.Whole(), e.known.Costs[t]); whole > e.known.Bounds[t] {
		e.known.Bounds[t] = whole
		e.report()
	}
}

// prove reckons again what prices prove of the tiers for which the incumbent
// leaves more room than the last one, whose costs are before: a gain in one tier
// may cost something in the next, and what was proven of later tiers held within
// the old costs alone.
func (e *engine) prove(before []int64) {
	more := false
	for t := range e.p.Tiers {
		if more && e.prices[t] != nil {
			r := price.Relax(e.p, e.known.Costs[:t], e.prices[t].Multipliers())
			e.reduced[t], e.bound[t], e.budgets[t] = r.Reduced, r.Bound, nil
			e.known.Bounds[t] = max(e.p.Due[t], min(r.Whole(), e.known.Costs[t]))
		}
		more = more || (before != nil && e.known.Costs[t] > before[t])
	}
}

// climbs lets the prices of all open tiers climb that did so last under other
// budgets, or with success.
func (e *engine) climbs(ctx context.Context) {
	turn := make(chan struct{}, workers)
	var all sync.WaitGroup
	for t := range e.p.Tiers {
		if !e.open(t) || e.budgets[t] != nil && slices.Equal(e.budgets[t], e.known.Costs[:t]) {
			continue
		}
		all.Go(func() {
			turn <- struct{}{}
			before := e.bound[t]
			e.climb(ctx, t, roundSteps)
			e.budgets[t] = nil
			if e.bound[t] <= before+(before>>still) {
				e.budgets[t] = append([]int64{}, e.known.Costs[:t]...)
			}
			<-turn
		})
	}
	all.Wait()
}

// unknowing tells whether prices prove too little of a tier to know what is
// promising in it.
func (e *engine) unknowing(t int) bool { return weak*e.known.Bounds[t] < e.known.Costs[t] }

// candidates gives the choices that can be in a better assignment of the tier
// by what reduced costs prove, and are promising in it.
func (e *engine) candidates(t int) [][]int32 {
	possible := make([][]int32, len(e.p.Blocks))
	for i := range e.p.Blocks {
	next:
		for c := range e.p.Blocks[i].Choices() {
			for s := range t + 1 {
				// With s before t, the cost may be reached; in t it must be beaten.
				most := e.known.Costs[s]*price.Scale - e.bound[s]
				if s == t {
					most -= price.Scale
				}
				if e.reduced[s] != nil && e.reduced[s][i][c] > most {
					continue next
				}
			}
			possible[i] = append(possible[i], int32(c))
		}
	}
	reach := int64(price.Scale)
	if e.unknowing(t) {
		reach = math.MaxInt64 // prices that prove little do not know what is promising
	}
	for ; ; reach *= 2 {
		n, more := 0, false
		for i := range possible {
			if e.p.Blocks[i].Follows {
				continue
			}
			for _, c := range possible[i] {
				if e.reduced[t][i][c] <= reach {
					n++
				} else {
					more = true
				}
			}
		}
		if n >= promising*e.leading || !more {
			break
		}
	}
	out := make([][]int32, len(possible))
	for i := range possible {
		for _, c := range possible[i] {
			if e.reduced[t][i][c] <= reach || e.p.Blocks[i].Follows {
				out[i] = append(out[i], c)
			}
		}
		e.sort(out[i], t, i)
		if now := e.known.Taken[i]; !slices.Contains(out[i], now) {
			out[i] = append(out[i], now)
		}
	}
	return out
}

// sort puts choices of a block in the order of what they cost at the prices of a
// tier and, where that is the same, of those after it.
func (e *engine) sort(choices []int32, t, block int) {
	costs := make([]float64, e.p.Blocks[block].Choices())
	for s := t; s < e.p.Tiers; s++ {
		if e.reduced[s] == nil {
			continue
		}
		weight := e.weight(s, t)
		for _, c := range choices {
			costs[c] += weight * float64(e.reduced[s][block][c])
		}
	}
	slices.SortStableFunc(choices, func(a, b int32) int { return cmp.Compare(costs[a], costs[b]) })
}
