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
	// Places are exchanged where prices prove less than the loose-th part of the cost.
	loose = 2
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
func (c *cooling) exchange(ctx context.Context, taken []int32, least float64) (best []int32, again float64) {
	c.places = make([][]place, len(c.p.Blocks))
	s := newState(c.p, taken, c.tiers, c.hard)
	s.least = s.hard
	t := newTrial(s)
	random := rand.New(rand.NewPCG(c.seed, c.seed+1))
	moving, _ := c.moving()
	in := c.crowd(s, moving)
	cool := math.Pow(c.cold/c.hot, float64(span)/float64(c.moves))
	temperature, feasible := c.hot, 0
	lowest := math.Inf(1)
	var costs []float64 // at the end of each span
	for move := 0; move < c.moves && len(moving) > 0; move++ {
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
		i := moving[random.IntN(len(moving))]
		choice := c.draw(random, i)
		if choice == s.taken[i] {
			continue
		}
		most := temperature * random.ExpFloat64()
		bearable := most + doubt*s.hard
		j := in.other(random, s, i, choice)
		clash := s.clash(i, choice, j)
		if clash > bearable {
			continue
		}
		instead := int32(-1)
		if j >= 0 {
			if instead = c.instead(random, j, in.row[i][s.taken[i]]); instead < 0 {
				continue
			}
			if clash+s.clash(j, instead, i) > bearable {
				continue
			}
			t.add(j, s.taken[j], instead)
		}
		t.add(i, s.taken[i], choice)
		if t.end() > most {
			continue
		}
		in.move(s, i, choice)
		if j >= 0 {
			in.move(s, j, instead)
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
	typical, least := e.typical(t)
	if e.reheat[t] == 0 {
		e.reheat[t] = typical * lukewarm
	}
	c := cooling{p: l.p, candidates: e.candidates(t), hard: 5, moves: exchangeMoves * l.leading << min(n, mostExchanges), hot: max(e.reheat[t], 2*frozen*least), cold: frozen * least}
	c.tiers = e.weights(l.p.Tiers, t)
	floor := 0.0
	for s := range t + 1 {
		floor += c.tiers[s] * float64(e.known.Bounds[s])
	}
	if n <= mostDoubled {
		e.climb(ctx, t, roundSteps<<n)
	}
	var found [workers][]int32
	var again [workers]float64
	var all sync.WaitGroup
	from := l.taken(e.known.Taken)
	for k := range workers {
		all.Go(func() {
			c := c
			c.seed = e.o.Seed + uint64(t)<<40 + uint64(n*workers+k+1)<<48
			found[k], again[k] = c.exchange(ctx, from, floor)
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

// crowd is who is where: by the longest hard row of what blocks have.
type crowd struct {
	row [][]int32 // by block and choice; -1: none
	in  [][]int32 // by row: blocks, in no order
}

func (c *cooling) crowd(s *state, blocks []int) *crowd {
	w := &crowd{row: make([][]int32, len(s.p.Blocks)), in: make([][]int32, len(s.p.Rows))}
	for _, i := range blocks {
		w.row[i] = slices.Repeat([]int32{-1}, s.p.Blocks[i].Choices())
		for _, p := range c.place(i) {
			w.row[i][p.choice] = p.row
		}
		if r := w.row[i][s.taken[i]]; r >= 0 {
			w.in[r] = append(w.in[r], int32(i))
		}
	}
	return w
}

// other gives a block that is where a choice of another one would put it, if that is
// full; -1 for none.
func (w *crowd) other(random *rand.Rand, s *state, block int, choice int32) int {
	row := w.row[block][choice]
	if row < 0 || row == w.row[block][s.taken[block]] || s.rows[row].left > 0 || len(w.in[row]) == 0 {
		return -1
	}
	return int(w.in[row][random.IntN(len(w.in[row]))])
}

// move lets a block take another choice.
func (w *crowd) move(s *state, block int, choice int32) {
	if r := w.row[block][s.taken[block]]; r >= 0 {
		k := slices.Index(w.in[r], int32(block))
		w.in[r][k] = w.in[r][len(w.in[r])-1]
		w.in[r] = w.in[r][:len(w.in[r])-1]
	}
	s.take(block, choice)
	if r := w.row[block][choice]; r >= 0 {
		w.in[r] = append(w.in[r], int32(block))
	}
}
