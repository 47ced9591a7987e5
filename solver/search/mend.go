package search

import (
	"context"
	"slices"
	"sync"

	"plenary/solver/program"
)

// Mending anneals so gently that hardly anything changes but what is in the way: for
// each block that leads so many moves, from temperatures of some units of the first
// tier. Where hard rows are still over their most, a unit of that begins heavier, and gets
// heavier yet. Where it is to be brief, it ends so many rounds after polishing was in vain.
const (
	mendMoves   = 600
	mendHot     = 3.0
	mendCold    = 0.5
	mendHard    = 5.0
	mendHeavy   = 20.0
	briefRounds = 2
)

// Mend looks for the assignment that costs least, tier by tier, as Solve does, but from
// one that costs little in the first tier and exceeds hard rows. Blocks in it may be
// open, their choice negative: they begin with what is cheapest.
func Mend(ctx context.Context, p *program.Program, from []int32, o Options) (result Result) {
	e := newEngine(p, o)
	var beside sync.WaitGroup
	beside.Go(func() { e.levels = levels(ctx, e.whole) })
	mended := e.mend(ctx, from)
	beside.Wait()
	if !mended {
		return e.known
	}
	defer func() {
		e.smooth()
		result = e.known
	}()
	for t := range p.Tiers {
		e.climb(ctx, t, warmSteps)
		for e.open(t) && ctx.Err() == nil && e.polish(ctx, t) {
			e.climb(ctx, t, warmSteps)
		}
	}
	if o.Brief {
		e.o.Rounds = briefRounds
	}
	e.roughest = e.findRoughest(ctx)
	e.refine(ctx)
	return e.known
}

// mend anneals gently until hard rows are kept, and on to what costs less.
func (e *engine) mend(ctx context.Context, from []int32) bool {
	e.listAll()
	taken := slices.Clone(from)
	for i, c := range from {
		if c < 0 {
			taken[i] = e.cheapest(i)
		}
	}
	c := cooling{p: e.p, candidates: e.all, tiers: e.weights(e.p.Tiers, 0), hard: mendHard, moves: mendMoves * e.whole.leading, hot: mendHot, cold: mendCold}
	for k := range mostAttempts {
		c.seed = e.o.Seed + uint64(k)<<32
		found, last := c.run(ctx, taken)
		if found == nil {
			// What is over weighs less than a way out of it costs: it gets heavier.
			heavy := c
			heavy.first, heavy.hard, heavy.weigh = true, mendHeavy, span
			found, last = heavy.run(ctx, last)
		}
		if found != nil {
			e.accept(e.whole, found)
			return e.known.Taken != nil
		}
		if taken = last; ctx.Err() != nil {
			break
		}
	}
	return false
}
