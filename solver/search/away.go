package search

import (
	"context"
	"slices"

	"plenary/solver/price"
	"plenary/solver/program"
)

// mostVain is how often in a row polishing may be in vain before Away ends.
const mostVain = 8

// Away looks for the assignment that costs least in the last tier among those that cost
// no more than within in the tiers before. It starts from one in which blocks may
// be open, their choice negative, and hands over the best with what is proven of the last
// tier; Taken is nil where the first cannot be completed within.
//
// Prices climb, and neighbourhoods are freed as for any tier, with what is left of within
// to be spent. It ends where that is in vain.
func Away(ctx context.Context, p *program.Program, from []int32, within []int64, o Options) Result {
	last := p.Tiers - 1
	e := newEngine(p, o)
	e.within = within
	for t := range e.levels {
		e.levels[t] = e.whole
	}
	if e.complement(ctx, from); e.known.Taken == nil || !slices.Equal(e.known.Costs[:last], within) {
		e.known.Taken = nil
		return e.known
	}
	copy(e.known.Bounds, within)
	for vain := 0; ctx.Err() == nil && e.open(last) && vain < mostVain; vain++ {
		e.climb(ctx, last, warmSteps)
		if e.polish(ctx, last) {
			vain = -1
		}
	}
	return e.known
}

// complement lets open blocks take what fits the others.
func (e *engine) complement(ctx context.Context, from []int32) {
	taken := slices.Clone(from)
	c := cooling{p: e.p, candidates: make([][]int32, len(from)), tiers: e.weights(e.p.Tiers, e.p.Tiers-1), hard: 1, hot: 0.3, cold: 0.05, seed: e.o.Seed, first: true}
	c.hard = 2 * c.tiers[0]
	open := 0
	for i, choice := range from {
		if choice >= 0 {
			c.candidates[i] = from[i : i+1]
			continue
		}
		open++
		taken[i] = 0
		for choice := range e.p.Blocks[i].Choices() {
			c.candidates[i] = append(c.candidates[i], int32(choice))
		}
	}
	c.moves, c.weigh = startMoves*open, weighMoves*open
	found, _ := c.run(ctx, taken)
	if found == nil {
		return
	}
	e.accept(e.whole, found)
	if slices.Equal(e.known.Costs[:len(e.within)], e.within) {
		return
	}
	c.first, c.moves, c.hot, c.cold = false, warmMoves*open, c.tiers[0], c.tiers[len(c.tiers)-1]
	if found, _ = c.run(ctx, found); found != nil {
		e.accept(e.whole, found)
	}
}

// counted gives costs as they are compared: what is within costs the same.
func (e *engine) counted(costs []int64) []int64 {
	for t := range min(len(e.within), len(costs)) {
		costs[t] = max(costs[t], e.within[t])
	}
	return costs
}

// spare gives what the tiers before one may cost more than an assignment does, by tier.
func (e *engine) spare(p *program.Program, taken []int32, tier int) []int64 {
	out := make([]int64, tier)
	if e.within == nil {
		return out
	}
	costs, _ := p.Cost(taken)
	for t := range out {
		out[t] = max(0, e.within[t]-costs[t])
	}
	return out
}

// worthOf gives what spare is worth at the prices of the tier, in parts of a unit.
func worthOf(proven *price.Relaxation, spare []int64) (worth int64) {
	for t, n := range spare {
		worth += proven.Tiers[t] * n
	}
	return worth
}
