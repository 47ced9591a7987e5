package search

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

const (
	// A neighbourhood has smallest blocks that lead at first; by the factor grown
	// more after a sweep in vain, up to largest, and fewer again when time was up in
	// half of them. A sweep frees every block that leads about once, but no more
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
	// patience is a guard against neighbourhoods that take too long, as most do
	// when they are too large.
	patience = 3 * time.Second
)

// step is what one neighbourhood became.
type step struct {
	blocks  []int
	choices []int32
}

// polish frees neighbourhoods of the incumbent, one after the other, around what
// costs most in a tier, and gives each its best assignment by core-guided search,
// tier by tier. It tells whether the tier or one before it got better.
//
// Large neighbourhood search: Shaw, Using constraint programming and local search
// methods to solve vehicle routing problems, CP 1998; with core-guided search:
// Demirović and Musliu, MaxSAT-based large neighborhood search for high school
// timetabling, Computers & Operations Research 78, 2017.
func (e *engine) polish(ctx context.Context, t int) (better bool) {
	size := &e.sizes[t]
	for sweep := 0; sweep < mostSweeps && e.open(t) && ctx.Err() == nil; sweep++ {
		before := slices.Clone(e.known.Costs[:t+1])
		candidates := e.candidates(t)
		most := min(e.leading/int(*size), often*newView(e.p, e.known.Taken, t).bear())
		n, late := 0, 0
		for n <= most && ctx.Err() == nil && e.open(t) {
			late += e.batch(ctx, t, int(*size), candidates)
			n += workers * inRow
		}
		if slices.Compare(e.known.Costs[:t+1], before) < 0 {
			better = true
		} else {
			*size = min(*size*grown, largest)
		}
		if 2*late > n {
			*size = max(*size/grown, smallest)
		}
		if worth*(before[t]-e.known.Costs[t]) < before[t]-e.known.Bounds[t] {
			break
		}
	}
	return better
}

// batch lets each of the workers improve some neighbourhoods of the incumbent,
// takes over the best and of the others what still improves it. It gives in how
// many time was up.
func (e *engine) batch(ctx context.Context, t, size int, candidates [][]int32) (late int) {
	var steps [workers][]step
	var lates [workers]int
	var all sync.WaitGroup
	for k := range workers {
		e.batches++
		random := rand.New(rand.NewPCG(e.o.Seed, e.batches))
		all.Go(func() {
			v := newView(e.p, e.known.Taken, t)
			for range inRow {
				blocks := e.near[k].around(random, v, candidates, size)
				choices, inTime := e.improve(ctx, random, v, blocks, candidates)
				if !inTime {
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
			taken := slices.Clone(e.known.Taken)
			for i, block := range s.blocks {
				taken[block] = s.choices[i]
			}
			e.accept(taken)
		}
	}
	return late
}

// improve gives what blocks take in the best assignment that leaves the others as
// they are, or nil if it finds none that is better; inTime tells whether that is
// sure.
func (e *engine) improve(ctx context.Context, random *rand.Rand, v *view, blocks []int, candidates [][]int32) (choices []int32, inTime bool) {
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	keep := make([][]int32, len(blocks))
	for i, block := range blocks {
		keep[i] = candidates[block]
		if len(keep[i]) > widest && !e.p.Blocks[block].Follows {
			if e.unknowing(v.tier) {
				keep[i] = slices.Clone(keep[i])
				random.Shuffle(len(keep[i]), func(a, b int) { keep[i][a], keep[i][b] = keep[i][b], keep[i][a] })
			}
			keep[i] = keep[i][:widest:widest]
		}
		if !slices.Contains(keep[i], v.taken[block]) {
			keep[i] = append(slices.Clip(keep[i]), v.taken[block])
		}
	}
	part, ok := e.p.Part(v.taken, v.used, blocks, keep)
	if !ok {
		return nil, true
	}
	best := exact(ctx, part)
	if best == nil {
		return nil, ctx.Err() == nil
	}
	now := make([]int32, len(blocks))
	choices = make([]int32, len(blocks))
	for i, names := range part.Blocks {
		choices[i] = keep[i][names.Names[best[i]]]
		now[i] = int32(slices.IndexFunc(names.Names, func(n int32) bool { return keep[i][n] == v.taken[blocks[i]] }))
	}
	before, _ := part.Cost(now)
	if after, _ := part.Cost(best); slices.Compare(after, before) >= 0 {
		choices = nil
	}
	return choices, ctx.Err() == nil
}
