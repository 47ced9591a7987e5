package search

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"plenary/solver/program"
)

// cooling is one run of annealing.
type cooling struct {
	p          *program.Program
	candidates [][]int32 // by block: the choices it may take
	tiers      []float64 // weight of a unit of each tier
	hard       float64   // weight of a unit of excess of hard rows, at first
	moves      int
	hot, cold  float64 // first and last temperature
	seed       uint64
	first      bool      // stop at the first feasible assignment
	weigh      int       // then: after so many moves rows that are over their most get heavier
	places     [][]place // by block: what place gave
	sorted     bool      // the candidates of each block are in the order in which they promise most
}

const (
	// span is how many moves are made between two looks at the temperature, the
	// weight of hard excess and ctx.
	span = 1000
	// rarely is how often a block that follows others is moved by itself: one in
	// so many moves.
	rarely = 20
	// tries is how many blocks are looked at for one that a full row can do
	// without.
	tries = 12
	// sample is of how many choices the cheapest is taken for a block in a row
	// that is over its most.
	sample = 8
	// returns is after how many spans without a feasible assignment the search
	// goes back to the best.
	returns = 200
	// over is how many temperatures a unit of hard excess weighs at most: a
	// heavier one freezes the search outside of what is feasible.
	over = 100
	// slightly is what sums of weights may be off by.
	slightly = 1e-6
)

// change is what a block had before a move.
type change struct {
	block  int
	choice int32
}

// run anneals from an assignment and gives the best feasible one it meets, nil
// if it meets none, and the last one. The cost of the best is no cheaper than
// what the weights make it.
func (c *cooling) run(ctx context.Context, taken []int32) (best, last []int32) {
	c.places = make([][]place, len(c.p.Blocks))
	s := newState(c.p, taken, c.tiers, c.hard)
	random := rand.New(rand.NewPCG(c.seed, c.seed+1))
	large, small := c.moving()
	s.settle(small)
	keep := func() {
		best = append(best[:0], s.taken...)
	}
	least := math.Inf(1)
	if s.excess == 0 {
		least = s.cost
		keep()
	}
	if len(large) == 0 || (c.first && best != nil) {
		return best, s.taken
	}
	cool := math.Pow(c.cold/c.hot, float64(span)/float64(c.moves))
	temperature := c.hot
	feasible, lost := 0, 0
	var undo []change
	for move := range c.moves {
		if move%span == 0 {
			if ctx.Err() != nil {
				break
			}
			if move > 0 {
				temperature *= cool
				if !c.first {
					s.swing(feasible, over*temperature)
				} else if move%c.weigh < span {
					s.weigh()
				}
				if lost++; feasible > 0 {
					lost = 0
				}
				if lost > returns && best != nil {
					hard := s.hard
					s = newState(c.p, best, c.tiers, c.hard)
					s.hard = hard
					lost = 0
				}
			}
			feasible = 0
		}
		i := large[random.IntN(len(large))]
		if len(small) > 0 && random.IntN(rarely) == 0 {
			i = small[random.IntN(len(small))]
		}
		choice := int32(-1)
		if len(s.over) > 0 && random.IntN(2) == 0 {
			if j := c.user(s, random, s.over[random.IntN(len(s.over))], -1); j >= 0 {
				i, choice = j, c.cheapest(s, random, j)
			}
		}
		if choice < 0 {
			choice = c.draw(random, i)
		}
		if choice == s.taken[i] {
			continue
		}
		undo = append(undo[:0], change{i, s.taken[i]})
		before := s.excess
		delta := s.take(i, choice)
		if s.excess > before {
			undo, delta = c.follow(s, random, undo, delta)
		}
		if s.excess > before {
			if j := c.push(s, random, i); j >= 0 {
				choice := int32(-1)
				if !c.first && random.IntN(2) == 0 {
					choice = c.instead(random, j, c.row(i, undo[0].choice))
				}
				if choice < 0 {
					choice = c.cheapest(s, random, j)
				}
				if choice >= 0 {
					n := len(undo)
					undo = append(undo, change{j, s.taken[j]})
					delta += s.take(j, choice)
					more, d := c.follow(s, random, undo[n:], 0)
					undo, delta = append(undo[:n], more...), delta+d
				}
			}
		}
		if delta > 0 && random.Float64() >= math.Exp(-delta/temperature) {
			for k := len(undo) - 1; k >= 0; k-- {
				s.take(undo[k].block, undo[k].choice)
			}
		}
		if s.excess == 0 {
			feasible++
			if s.cost < least-slightly {
				least = s.cost
				keep()
				if c.first {
					return best, s.taken
				}
			}
		}
	}
	return best, s.taken
}

// moving gives the blocks that lead and can take another choice, and those that follow
// and are no gates: where none leads, these lead.
func (c *cooling) moving() (large, small []int) {
	for i, list := range c.candidates {
		switch {
		case len(list) < 2 || c.p.Blocks[i].Gate > 0:
		case !c.p.Blocks[i].Follows:
			large = append(large, i)
		default:
			small = append(small, i)
		}
	}
	if len(large) == 0 {
		return small, nil
	}
	return large, small
}

// follow lets blocks that follow others, and share a short hard row with one
// that has just changed, change with it where the row is over its most and that
// is cheaper: documents, seats, and literals that mean something only together
// with a session. What they had is added to undo, and what it costs to delta.
func (c *cooling) follow(s *state, random *rand.Rand, undo []change, delta float64) ([]change, float64) {
	const most = 40
	for k := 0; k < len(undo) && k < most; k++ {
		b := &s.p.Blocks[undo[k].block]
		for side, uses := range [2][]program.Use{b.Uses(int(undo[k].choice)), b.Uses(int(s.taken[undo[k].block]))} {
			for _, u := range uses {
				if (side == 0) != (u.Amount < 0) {
					continue
				}
				for r := u.Row; r < u.Row+u.Rows; r++ {
					if x := &s.rows[r]; x.left >= 0 || x.hard < strict || len(s.p.Rows[r].Blocks) > short {
						continue
					}
					for _, j := range s.p.Rows[r].Blocks {
						if int(j) == undo[k].block || !s.p.Blocks[j].Follows || s.p.Blocks[j].Gate > 0 || len(c.candidates[j]) < 2 {
							continue
						}
						old := s.taken[j]
						choice := c.cheapest(s, random, int(j))
						if choice < 0 {
							continue
						}
						if d := s.take(int(j), choice); d < -slightly {
							undo, delta = append(undo, change{int(j), old}), delta+d
						} else {
							s.take(int(j), old)
						}
					}
				}
			}
		}
	}
	return undo, delta
}

// settle lets blocks take another choice where that is cheaper, one after the
// other until none does.
func (s *state) settle(blocks []int) {
	for moved := true; moved; {
		moved = false
		for _, i := range blocks {
			for c := range s.p.Blocks[i].Choices() {
				old := s.taken[i]
				if int32(c) == old {
					continue
				}
				if s.take(i, int32(c)) < -slightly {
					moved = true
				} else {
					s.take(i, old)
				}
			}
		}
	}
}

// swing makes hard excess lighter when most of the last moves were feasible,
// and heavier, up to heaviest, when few were.
func (s *state) swing(feasible int, heaviest float64) {
	switch {
	case feasible > span/2:
		s.hard = max(s.hard*0.97, s.least)
	case feasible < span/5:
		s.hard = min(s.hard*1.03, heaviest)
	}
}

// push gives a block that can leave a hard row which is over its most since
// the block took its choice, or -1 when it finds none.
func (c *cooling) push(s *state, random *rand.Rand, block int) int {
	uses := c.p.Blocks[block].Uses(int(s.taken[block]))
	if len(uses) == 0 {
		return -1
	}
	from := random.IntN(len(uses))
	for k := range uses {
		u := uses[(from+k)%len(uses)]
		for r := u.Row; u.Amount > 0 && r < u.Row+u.Rows; r++ {
			if x := &s.rows[r]; x.hard == 0 || x.left >= 0 {
				continue
			}
			return c.user(s, random, r, block)
		}
	}
	return -1
}

// instead gives a choice of a block in a place; -1 where it has none.
func (c *cooling) instead(random *rand.Rand, block int, row int32) int32 {
	there := in(c.place(block), row)
	if row < 0 || len(there) == 0 {
		return -1
	}
	return there[random.IntN(len(there))].choice
}

// in gives the places of a block that are in a row.
func in(places []place, row int32) []place {
	if len(places) == 0 {
		return nil
	}
	// Mostly the rows of places follow each other.
	first, last := places[0].row, places[len(places)-1].row
	from := 0
	if row > first && last > first {
		from = min(int(row-first)*(len(places)-1)/int(last-first), len(places)-1)
	}
	if places[from].row != row {
		from, _ = slices.BinarySearchFunc(places, row, func(p place, row int32) int { return cmp.Compare(p.row, row) })
	}
	for from > 0 && places[from-1].row == row {
		from--
	}
	to := from
	for to < len(places) && places[to].row == row {
		to++
	}
	return places[from:to]
}

// row gives the place of a choice of a block; -1: none.
func (c *cooling) row(block int, choice int32) int32 {
	there := c.place(block)
	at := slices.IndexFunc(there, func(p place) bool { return p.choice == choice })
	if at < 0 {
		return -1
	}
	return there[at].row
}

// place gives the places of a block, by row.
func (c *cooling) place(block int) []place {
	if c.places[block] == nil {
		list := make([]place, 0, len(c.candidates[block]))
		for _, choice := range c.candidates[block] {
			row, longest := int32(-1), 0
			for _, u := range c.p.Blocks[block].Uses(int(choice)) {
				for r := u.Row; r < u.Row+u.Rows; r++ {
					if x := &c.p.Rows[r]; x.Tier == program.Hard && len(x.Blocks) > max(longest, short) {
						row, longest = r, len(x.Blocks)
					}
				}
			}
			list = append(list, place{row: row, choice: choice})
		}
		slices.SortStableFunc(list, func(a, b place) int { return cmp.Compare(a.row, b.row) })
		c.places[block] = list
	}
	return c.places[block]
}

// user gives a block, but not the one named, that uses a row or could make room
// in it, and can take another choice; -1 when it finds none.
func (c *cooling) user(s *state, random *rand.Rand, row int32, not int) int {
	there := c.p.Rows[row].Blocks
	for range tries {
		j := int(there[random.IntN(len(there))])
		if j != not && len(c.candidates[j]) > 1 && c.p.Blocks[j].Gate == 0 && s.helps(j, row) {
			return j
		}
	}
	return -1
}

// cheapest gives the cheapest of a few choices of a block, drawn by lot, but
// not the one it has.
func (c *cooling) cheapest(s *state, random *rand.Rand, block int) int32 {
	list := c.candidates[block]
	old := s.taken[block]
	peek := s.peek
	if s.feeds[block] {
		peek = s.take
	} else {
		s.lift(block)
	}
	best, least := int32(-1), math.Inf(1)
	for k := range sample {
		choice := c.draw(random, block)
		if len(list) <= sample {
			if k >= len(list) {
				break
			}
			choice = list[k]
		}
		if choice == old {
			continue
		}
		delta := peek(block, choice)
		if s.feeds[block] {
			s.take(block, old)
		}
		if delta < least {
			best, least = choice, delta
		}
	}
	if !s.feeds[block] {
		s.put(block, old)
	}
	return best
}

// draw gives a candidate of a block by lot, those that promise most more often.
func (c *cooling) draw(random *rand.Rand, block int) int32 {
	list := c.candidates[block]
	if !c.sorted {
		return list[random.IntN(len(list))]
	}
	return drawn(random, list)
}

// helps tells whether a block uses a row, or could make room in it and does not.
func (s *state) helps(block int, row int32) bool {
	used := s.p.Blocks[block].Amount(int(s.taken[block]), row)
	return used > 0 || used == 0 && s.p.Rows[row].Gives
}

// weigh makes the hard rows heavier that are over their most, so that a search
// does not stay where a few of them are.
//
// Morris, The breakout method for escaping from local minima, AAAI 1993.
func (s *state) weigh() {
	for _, r := range s.over {
		x := &s.rows[r]
		x.hard++
		s.excess -= int64(x.left)
	}
}
