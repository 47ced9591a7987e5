package search

import (
	"plenary/solver/program"
)

// state is an assignment on the move, with what it uses of every row.
type state struct {
	p      *program.Program
	taken  []int32
	rows   []rowState
	base   [][]float64 // by block and choice: what the choice costs, as the tiers weigh now
	hard   float64     // weight of a unit of excess of hard rows
	least  float64     // it gets no lighter than this
	cost   float64     // of taken, without the excess of hard rows
	over   []int32     // the hard rows over their most, in no order
	place  []int32     // by row: its position in over
	excess int64       // of hard rows together
	gates  []int32     // by row: the block that it decides, from 1; 0: none
	due    []int32     // blocks whose rows have changed since they were decided
}

const (
	// short is how many blocks a row has at most that says what literals mean
	// rather than what there is; strict is how much heavier its excess is, so
	// that it is not exceeded to make room in another.
	short  = 6
	strict = 3
)

// rowState is a row and what is used of it; price is 0 for a hard row.
type rowState struct {
	used, most int64
	price      float64
	hard       int64 // weight of its excess among hard rows; 0 for a priced row
}

func newState(p *program.Program, taken []int32, tiers []float64, hard float64) *state {
	s := &state{p: p, taken: append([]int32(nil), taken...), rows: make([]rowState, len(p.Rows)), place: make([]int32, len(p.Rows)), gates: make([]int32, len(p.Rows)), base: make([][]float64, len(p.Blocks)), hard: hard, least: hard / 1e7}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		s.base[i] = make([]float64, b.Choices())
		for t, weight := range tiers {
			for c, cost := range b.Cost[t] {
				s.base[i][c] += weight * float64(cost)
			}
		}
		s.cost += s.base[i][taken[i]]
	}
	for r, used := range p.Used(taken) {
		row := &p.Rows[r]
		x := rowState{used: used, most: row.Most}
		if row.Tier == program.Hard {
			x.hard = 1
			if len(row.Blocks) <= short {
				x.hard = strict
			}
		} else {
			x.price = tiers[row.Tier] * float64(row.Weight)
		}
		if over := used - row.Most; over > 0 {
			s.cost += float64(over) * x.price
			s.excess += over * x.hard
			if x.hard > 0 {
				s.place[r] = int32(len(s.over))
				s.over = append(s.over, int32(r))
			}
		}
		s.rows[r] = x
	}
	for i := range p.Blocks {
		if row := p.Blocks[i].Gate; row > 0 {
			s.gates[row-1] = int32(i + 1)
			s.due = append(s.due, int32(i))
		}
	}
	s.decide()
	return s
}

// take lets a block take another choice, and gates what follows from it, and
// gives what that adds to the cost, hard excess included.
func (s *state) take(block int, choice int32) float64 {
	return s.alone(block, choice) + s.decide()
}

// decide lets gates take what their rows say, and gives what that adds to the
// cost.
func (s *state) decide() (delta float64) {
	for len(s.due) > 0 {
		i := s.due[len(s.due)-1]
		s.due = s.due[:len(s.due)-1]
		x := &s.rows[s.p.Blocks[i].Gate-1]
		// Its own unit is in what is used once the second choice is taken.
		choice := int32(0)
		if x.used-int64(s.taken[i]) < x.most {
			choice = 1
		}
		if choice != s.taken[i] {
			delta += s.alone(int(i), choice)
		}
	}
	return delta
}

// alone lets one block take another choice.
func (s *state) alone(block int, choice int32) float64 {
	b := &s.p.Blocks[block]
	old := s.taken[block]
	delta := s.base[block][choice] - s.base[block][old]
	excess := int64(0)
	for _, u := range b.Uses(int(old)) {
		delta, excess = s.shift(u, -int64(u.Amount), delta, excess)
	}
	for _, u := range b.Uses(int(choice)) {
		delta, excess = s.shift(u, int64(u.Amount), delta, excess)
	}
	s.taken[block] = choice
	s.cost += delta
	s.excess += excess
	return delta + float64(excess)*s.hard
}

// shift adds to what is used of the rows of a use, and to delta and excess what
// that changes in them.
func (s *state) shift(u program.Use, by int64, delta float64, excess int64) (float64, int64) {
	for r := u.Row; r < u.Row+u.Rows; r++ {
		x := &s.rows[r]
		change := -max(0, x.used-x.most)
		x.used += by
		if gate := s.gates[r]; gate > 0 {
			s.due = append(s.due, gate-1)
		}
		change += max(0, x.used-x.most)
		if change != 0 {
			delta += float64(change) * x.price
			excess += change * x.hard
			if x.hard > 0 {
				s.list(r, x.used > x.most, x.used-by > x.most)
			}
		}
	}
	return delta, excess
}

// list keeps over: a row that is over its most now, or was before.
func (s *state) list(row int32, is, was bool) {
	switch {
	case is && !was:
		s.place[row] = int32(len(s.over))
		s.over = append(s.over, row)
	case was && !is:
		last := s.over[len(s.over)-1]
		s.over[s.place[row]], s.place[last] = last, s.place[row]
		s.over = s.over[:len(s.over)-1]
	}
}
