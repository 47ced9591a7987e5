package search

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"plenary/solver/price"
	"plenary/solver/program"
)

const (
	// A neighbourhood has smallest blocks that lead at first; by the factor grown
	// more after a sweep that hardly paid, up to largest, and fewer again when half of them took
	// more than the work allowed. A sweep frees every block that leads about once, but no more
	// than often for each that costs something. Sweeps follow each other, up to
	// mostSweeps, while they take the worth-th part off what is open in the tier.
	smallest   = 6.0
	largest    = 48.0
	grown      = 1.5
	often      = 3
	mostSweeps = 8
	worth      = 25
	// Each of the workers improves inRow neighbourhoods before they compare.
	workers = 2
	inRow   = 4
	// In a neighbourhood, a block that leads has the widest choices that promise
	// most; by lot where prices do not know.
	widest = 60
	// allowed is the work that a neighbourhood may take: some hundredths of a second.
	allowed = 10_000_000
)

// step is what one neighbourhood became.
type step struct {
	blocks  []int
	choices []int32
}

// polish frees neighbourhoods of the incumbent, one after the other, around what
// costs or wastes most in a tier, and gives each its best assignment by branch and
// bound. It tells whether the tier or one before it got better.
//
// Large neighbourhood search: Shaw, Using constraint programming and local search
// methods to solve vehicle routing problems, CP 1998.
func (e *engine) polish(ctx context.Context, t int) (better bool) {
	if e.levels[t].reduced == nil {
		e.smooth()
	}
	size := &e.sizes[t]
	l := e.levels[t]
	for sweep := 0; sweep < mostSweeps && e.open(t) && ctx.Err() == nil; sweep++ {
		before := slices.Clone(e.known.Costs[:t+1])
		candidates := e.candidates(t)
		most := min(l.leading/int(*size), often*newView(l.p, l.taken(e.known.Taken), t, nil).bear())
		n, late := 0, 0
		for n <= most && ctx.Err() == nil && e.open(t) {
			late += e.batch(ctx, t, int(*size), candidates)
			n += workers * inRow
		}
		better = better || slices.Compare(e.known.Costs[:t+1], before) < 0
		paid := worth*(before[t]-e.known.Costs[t]) >= before[t]-e.known.Bounds[t]
		if !paid {
			*size = min(*size*grown, largest)
		}
		if 2*late > n {
			*size = max(*size/grown, smallest)
		}
		if !paid {
			break
		}
	}
	return better
}

// batch lets each of the workers improve some neighbourhoods of the incumbent,
// takes over the best and of the others what still improves it. It gives how many
// took more than the work allowed.
func (e *engine) batch(ctx context.Context, t, size int, candidates [][]int32) (late int) {
	var steps [workers][]step
	var lates [workers]int
	var proven *price.Relaxation
	if !e.unknowing(t) {
		proven = &e.proven[t]
	}
	l := e.levels[t]
	now := l.taken(e.known.Taken)
	var all sync.WaitGroup
	for k := range workers {
		e.batches++
		random := rand.New(rand.NewPCG(e.o.Seed, e.batches))
		all.Go(func() {
			v := newView(l.cut, now, t, proven)
			for range inRow {
				blocks := l.near[k].around(random, v, candidates, size)
				choices, sure := e.improve(ctx, random, v, blocks, candidates)
				if !sure {
					lates[k]++
				}
				if choices == nil {
					continue
				}
				v.take(blocks, choices)
				steps[k] = append(steps[k], step{blocks, choices})
			}
		})
	}
	all.Wait()
	for k := range steps {
		late += lates[k]
		for _, s := range steps[k] {
			taken := l.taken(e.known.Taken)
			for i, block := range s.blocks {
				taken[block] = s.choices[i]
			}
			e.accept(l, taken)
		}
	}
	return late
}

// improve gives what blocks take in an assignment that costs less in the tier, and
// leaves the others as they are; nil if it finds none, and sure if there is none that
// takes the choices which promise most.
func (e *engine) improve(ctx context.Context, random *rand.Rand, v *view, blocks []int, candidates [][]int32) (choices []int32, sure bool) {
	keep := make([][]int32, len(blocks))
	for i, block := range blocks {
		keep[i] = candidates[block]
		if len(keep[i]) > widest && !v.p.Blocks[block].Follows {
			if v.proven == nil {
				keep[i] = slices.Clone(keep[i])
				random.Shuffle(len(keep[i]), func(a, b int) { keep[i][a], keep[i][b] = keep[i][b], keep[i][a] })
			}
			keep[i] = keep[i][:widest:widest]
		}
	}
	for i, block := range blocks {
		if !slices.Contains(keep[i], v.taken[block]) {
			keep[i] = append(slices.Clip(keep[i]), v.taken[block])
		}
	}
	spare := e.spare(v.p, v.taken, v.tier)
	most := int64(math.MaxInt64)
	if v.proven != nil {
		most = v.within(blocks, keep) + worthOf(v.proven, spare)
	}
	for i, block := range blocks {
		keep[i] = slices.DeleteFunc(slices.Clone(keep[i]), func(c int32) bool { return e.proven[v.tier].Reduced[block][c] > most })
		if v.proven != nil { // by promise otherwise: those next to each other are split last
			slices.Sort(keep[i])
		}
	}
	part, ok := v.p.Part(v.taken, v.used, blocks, keep)
	if !ok {
		return nil, true
	}
	now := make([]int32, len(blocks))
	for i, b := range part.Blocks {
		now[i] = int32(slices.IndexFunc(b.Names, func(n int32) bool { return keep[i][n] == v.taken[blocks[i]] }))
	}
	costs, _ := part.Cost(now)
	for t, n := range spare {
		costs[t] += n
	}
	best, sure := branch(ctx, part, costs[:v.tier+1], e.worth(part, v.tier), allowed)
	if best == nil {
		return nil, sure
	}
	choices = make([]int32, len(blocks))
	for i, b := range part.Blocks {
		choices[i] = keep[i][b.Names[best[i]]]
	}
	return choices, sure
}

// worth gives the prices of a tier in a part of the program.
func (e *engine) worth(part *program.Program, t int) (out prices) {
	for _, worth := range e.proven[t].Tiers {
		out.tiers = append(out.tiers, float64(worth)/price.Scale)
	}
	for r := range part.Rows {
		out.rows = append(out.rows, float64(e.proven[t].Rows[part.Rows[r].Source-1])/price.Scale)
	}
	return out
}
