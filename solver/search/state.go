package search

import (
	"math"

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
	feeds  []bool      // by block: it uses rows that decide another
	due    []int32     // blocks whose rows have changed since they were decided
}

const (
	// short is how many blocks a row has at most that says what literals mean
	// rather than what there is; strict is how much heavier its excess is, so
	// that it is not exceeded to make room in another.
	short  = 6
	strict = 3
)

// implied is the gate of a row that holds wherever gates are decided: what is used of it
// costs nothing.
const implied = -1

// decidedElsewhere tells whether a row says what a gate means that another row decides.
func decidedElsewhere(p *program.Program, row int32) bool {
	gate := p.Rows[row].Defines
	return gate > 0 && p.Blocks[gate-1].Gate > 0 && p.Blocks[gate-1].Gate != row+1
}

// rowState is a row and what is left of its most: below 0 it is exceeded.
type rowState struct {
	left  int32
	hard  int32   // weight of its excess among hard rows; 0 for a priced row
	price float32 // of a unit over the most; 0 for a hard row
	gate  int32   // the block that it decides, from 1; 0: none; implied: it holds once that is decided
}

// adds gives what using so much more of a row adds to the cost, and to the excess of
// hard rows.
func (x *rowState) adds(by int32) (cost float64, excess int64) {
	after := x.left - by
	if after >= 0 && x.left >= 0 {
		return 0, 0
	}
	change := max(0, -after) - max(0, -x.left)
	return float64(change) * float64(x.price), int64(change) * int64(x.hard)
}

func newState(p *program.Program, taken []int32, tiers []float64, hard float64) *state {
	s := &state{p: p, taken: append([]int32(nil), taken...), rows: make([]rowState, len(p.Rows)), place: make([]int32, len(p.Rows)), feeds: make([]bool, len(p.Blocks)), base: make([][]float64, len(p.Blocks)), hard: hard, least: hard / 1e7}
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
		if decidedElsewhere(p, int32(r)) {
			s.rows[r] = rowState{left: math.MaxInt32 / 2, gate: implied}
			continue
		}
		x := rowState{left: int32(min(max(row.Most-used, math.MinInt32), math.MaxInt32))}
		if row.Tier == program.Hard {
			x.hard = 1
			if len(row.Blocks) <= short {
				x.hard = strict
			}
		} else {
			x.price = float32(tiers[row.Tier] * float64(row.Weight))
		}
		if over := used - row.Most; over > 0 {
			s.cost += float64(over) * float64(x.price)
			s.excess += over * int64(x.hard)
			if x.hard > 0 {
				s.place[r] = int32(len(s.over))
				s.over = append(s.over, int32(r))
			}
		}
		s.rows[r] = x
	}
	for i := range p.Blocks {
		if row := p.Blocks[i].Gate; row > 0 {
			s.rows[row-1].gate = int32(i + 1)
			s.due = append(s.due, int32(i))
			for _, j := range p.Rows[row-1].Blocks {
				s.feeds[j] = true
			}
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
		if choice := program.Decided(int64(s.rows[s.p.Blocks[i].Gate-1].left), s.taken[i]); choice != s.taken[i] {
			delta += s.alone(int(i), choice)
		}
	}
	return delta
}

// alone lets one block take another choice.
func (s *state) alone(block int, choice int32) float64 {
	return s.lift(block) + s.put(block, choice)
}

// lift takes what a block uses off the rows, until put gives it a choice again.
func (s *state) lift(block int) float64 {
	old := s.taken[block]
	delta, excess := -s.base[block][old], int64(0)
	for _, u := range s.p.Blocks[block].Uses(int(old)) {
		delta, excess = s.shift(u, -u.Amount, delta, excess)
	}
	return s.add(delta, excess)
}

// put gives a lifted block a choice.
func (s *state) put(block int, choice int32) float64 {
	delta, excess := s.base[block][choice], int64(0)
	for _, u := range s.p.Blocks[block].Uses(int(choice)) {
		delta, excess = s.shift(u, u.Amount, delta, excess)
	}
	s.taken[block] = choice
	return s.add(delta, excess)
}

// peek gives what put would add to the cost, without what gates do then.
func (s *state) peek(block int, choice int32) float64 {
	delta, excess := s.base[block][choice], int64(0)
	for _, u := range s.p.Blocks[block].Uses(int(choice)) {
		rows := s.rows[u.Row : u.Row+u.Rows]
		for i := range rows {
			if x := &rows[i]; x.left < 0 || x.left < u.Amount {
				cost, over := x.adds(u.Amount)
				delta, excess = delta+cost, excess+over
			}
		}
	}
	return delta + float64(excess)*s.hard
}

// add takes a difference into the cost and gives it with the hard excess in it.
func (s *state) add(delta float64, excess int64) float64 {
	s.cost += delta
	s.excess += excess
	return delta + float64(excess)*s.hard
}

// shift adds to what is used of the rows of a use, and to delta and excess what
// that changes in them.
func (s *state) shift(u program.Use, by int32, delta float64, excess int64) (float64, int64) {
	rows := s.rows[u.Row : u.Row+u.Rows]
	for i := range rows {
		x := &rows[i]
		before := x.left
		after := before - by
		if x.gate > 0 {
			s.due = append(s.due, x.gate-1)
		}
		if before >= 0 && after >= 0 {
			x.left = after
			continue
		}
		cost, over := x.adds(by)
		delta, excess = delta+cost, excess+over
		x.left = after
		if x.hard > 0 {
			s.list(u.Row+int32(i), after < 0, before < 0)
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
