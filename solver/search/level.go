package search

import (
	"context"
	"math"
	"slices"

	"plenary/solver/program"
)

// level is the program in which some tiers are searched: what matters up to the last of
// them.
type level struct {
	p       *program.Program
	reduced *program.Reduction // nil: it is the whole
	cut     *program.Program   // p with rows that prices found to be exceeded
	leading int                // blocks that do not follow others, and no fewer than 10
	free    bool               // but for gates, none that follows can choose
	near    [workers]*neighbourhoods
}

// shared is how many tenths of the blocks of the level of a later tier one of its own
// leaves at most.
const shared = 8

func newLevel(p *program.Program, reduced *program.Reduction) *level {
	l := &level{p: p, reduced: reduced, cut: p, free: true}
	for i := range p.Blocks {
		switch b := &p.Blocks[i]; {
		case !b.Follows:
			l.leading++
		case b.Gate == 0 && b.Choices() > 1:
			l.free = false
		}
	}
	l.leading = max(l.leading, 10)
	for k := range l.near {
		l.near[k] = newNeighbourhoods(p)
	}
	return l
}

// levels gives by tier the level in which it is searched. When ctx is done it gives the
// whole for those that it did not come to.
func levels(ctx context.Context, whole *level) []*level {
	out := make([]*level, whole.p.Tiers)
	last := whole
	stopped := func() bool { return ctx.Err() != nil }
	for t := len(out) - 1; t >= 0; t-- {
		reduce := whole.p.Reduce
		if last.reduced != nil {
			reduce = last.reduced.Reduce
		}
		if r := reduce(t, len(last.p.Blocks)*shared/10, stopped); r != nil {
			last = newLevel(r.Program, r)
		}
		out[t] = last
	}
	return out
}

// whole gives a block and a choice as they are in the whole program.
func (l *level) whole(block int, choice int32) (int, int32) {
	if l.reduced == nil {
		return block, choice
	}
	return l.reduced.Of(block), l.p.Blocks[block].Names[choice]
}

// here gives a choice of a block of the whole program as it is here: block is -1 where
// that is left out, and choice -1 where no assignment can take it.
func (l *level) here(block int, choice int32) (int, int32) {
	if l.reduced == nil {
		return block, choice
	}
	at := l.reduced.At(block)
	if at < 0 {
		return -1, -1
	}
	c, found := slices.BinarySearch(l.p.Blocks[at].Names, choice)
	if !found {
		return at, -1
	}
	return at, int32(c)
}

// taken gives an assignment of the whole program as it is here.
func (l *level) taken(whole []int32) []int32 {
	if l.reduced == nil {
		return slices.Clone(whole)
	}
	return l.reduced.Down(whole)
}

// accept takes an assignment of a level as the incumbent if it is better.
func (e *engine) accept(l *level, taken []int32) {
	costs, excess := l.p.Cost(taken)
	e.counted(costs)
	if excess > 0 || e.known.Taken != nil && slices.Compare(costs, e.known.Costs[:len(costs)]) >= 0 {
		return
	}
	if l.reduced != nil {
		e.complete(l, taken, costs)
		e.rough = true
		return
	}
	e.adopt(taken, costs)
}

// adopt takes an assignment of the whole program as the incumbent.
func (e *engine) adopt(taken []int32, costs []int64) {
	e.known.Taken, e.known.Costs = slices.Clone(taken), costs
	e.prove()
	e.report()
}

// complete takes as the incumbent an assignment of a level that costs less. What is left
// out of the level stays as it is where it can, and follows otherwise.
func (e *engine) complete(l *level, taken []int32, costs []int64) {
	s := e.current()
	for i, c := range taken {
		if block, choice := l.whole(i, c); s.taken[block] != choice {
			s.take(block, choice)
		}
	}
	up := l.reduced.Up(taken, s.taken)
	follow := func(j int32) bool {
		if s.taken[j] == up[j] || e.p.Blocks[j].Gate > 0 {
			return false
		}
		s.take(int(j), up[j])
		return true
	}
	for again := true; again; {
		again = false
		for _, r := range slices.Clone(s.over) {
			for _, j := range e.p.Rows[r].Blocks {
				again = follow(j) || again
			}
		}
	}
	all, excess := e.p.Cost(s.taken)
	e.counted(all)
	if excess > 0 || !slices.Equal(all[:len(costs)], costs) {
		for j := range up {
			follow(int32(j))
		}
		all, excess = e.p.Cost(s.taken)
		e.counted(all)
	}
	if excess == 0 && slices.Compare(all, e.known.Costs) < 0 {
		e.adopt(s.taken, all)
	}
}

// current gives the incumbent as a state in which all tiers weigh.
func (e *engine) current() *state {
	if e.now == nil {
		tiers := e.weights(e.p.Tiers, e.p.Tiers-1)
		e.now = newState(e.p, e.known.Taken, tiers, 5*tiers[0])
		return e.now
	}
	for i, c := range e.known.Taken {
		if e.now.taken[i] != c && e.p.Blocks[i].Gate == 0 {
			e.now.take(i, c)
		}
	}
	return e.now
}

// smooth lets what a level leaves out take what is cheapest for later tiers, after the
// incumbent changed there.
func (e *engine) smooth() {
	if !e.rough {
		return
	}
	e.rough = false
	s := e.current()
	var small []int
	for i := range e.p.Blocks {
		if e.p.Blocks[i].Follows && e.p.Blocks[i].Gate == 0 {
			small = append(small, i)
		}
	}
	s.settle(small)
	if costs, excess := e.p.Cost(s.taken); excess == 0 && slices.Compare(costs, e.known.Costs) < 0 {
		e.adopt(s.taken, costs)
	}
}

// beyond gives what a choice of a block of a level costs beyond the cheapest at the
// prices of a tier, in parts of a unit: nothing where they do not know it.
func (e *engine) beyond(t int, l *level, block int, choice int32) int64 {
	if e.proven[t].Reduced == nil {
		return 0
	}
	if at := e.levels[t]; at != l {
		if block, choice = at.here(l.whole(block, choice)); block < 0 {
			return 0
		}
		if choice < 0 {
			return math.MaxInt64
		}
	}
	return e.proven[t].Reduced[block][choice]
}

const (
	// Cuts are added so many at once, and so often at most before the search goes on;
	// no more after they raised a bound by less than the 2^still-th part so often in a row.
	cutsAtOnce = 200
	cutsInARow = 2
	cutsInVain = 3
)

// tighten adds the rows that the prices of a tier found to be exceeded, if they come to
// their end. It tells whether there were any.
func (e *engine) tighten(t int) bool {
	if e.budgets[t] == nil || !e.open(t) || e.uncut[t] >= cutsInVain {
		return false
	}
	cuts := e.prices[t].Cuts(cutsAtOnce)
	if len(cuts) == 0 {
		return false
	}
	if bound := e.proven[t].Bound; bound <= e.cutAt[t]+e.cutAt[t]>>still {
		e.uncut[t]++
	} else {
		e.uncut[t] = 0
	}
	e.cutAt[t] = e.proven[t].Bound
	e.budgets[t] = nil
	l := e.levels[t]
	l.cut = l.cut.Extend(cuts)
	for s, at := range e.levels {
		if at == l && e.prices[s] != nil {
			e.prices[s].Extend(l.cut)
			e.proven[s].Rows = append(slices.Clip(e.proven[s].Rows), make([]int64, len(cuts))...)
		}
	}
	return true
}
