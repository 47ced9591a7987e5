package search

import "plenary/solver/program"

// trial tells what it would cost if some blocks took other choices, before they do.
type trial struct {
	s       *state
	more    []more  // by row
	touched []int32 // rows of more, each once
	cost    float64 // what the choices add by themselves
	due     []int32 // gates whose rows would be used otherwise
	flipped []bool  // by block: a gate that would take its other choice
	flips   []int32 // those, perhaps twice
}

// more is what would be used more of a row.
type more struct {
	by  int32
	in  bool // touched
	due bool
}

func newTrial(s *state) *trial {
	return &trial{s: s, more: make([]more, len(s.rows)), flipped: make([]bool, len(s.p.Blocks))}
}

// add lets a block take another choice.
func (t *trial) add(block int, from, to int32) {
	b := &t.s.p.Blocks[block]
	t.cost += t.s.base[block][to] - t.s.base[block][from]
	t.use(b.Uses(int(from)), -1)
	t.use(b.Uses(int(to)), 1)
}

func (t *trial) use(uses []program.Use, sign int32) {
	for _, u := range uses {
		for r := u.Row; r < u.Row+u.Rows; r++ {
			gate := t.s.rows[r].gate
			if gate == implied {
				continue
			}
			x := &t.more[r]
			if !x.in {
				x.in = true
				t.touched = append(t.touched, r)
			}
			x.by += sign * u.Amount
			if gate > 0 && !x.due {
				x.due = true
				t.due = append(t.due, gate-1)
			}
		}
	}
}

// end gives what the choices add to the cost, gates and hard excess included, and
// forgets them.
func (t *trial) end() float64 {
	s := t.s
	for len(t.due) > 0 {
		i := t.due[len(t.due)-1]
		t.due = t.due[:len(t.due)-1]
		now := s.taken[i]
		if t.flipped[i] {
			now = 1 - now
		}
		row := s.p.Blocks[i].Gate - 1
		t.more[row].due = false
		if t.more[row].by == 0 && !t.flipped[i] {
			continue
		}
		if next := program.Decided(int64(s.rows[row].left-t.more[row].by), now); next != now {
			t.flipped[i] = !t.flipped[i]
			t.flips = append(t.flips, i)
			t.add(int(i), now, next)
		}
	}
	delta, excess := t.cost, int64(0)
	for _, r := range t.touched {
		cost, over := s.rows[r].adds(t.more[r].by)
		delta, excess = delta+cost, excess+over
		t.more[r] = more{}
	}
	for _, i := range t.flips {
		t.flipped[i] = false
	}
	t.touched, t.flips, t.cost = t.touched[:0], t.flips[:0], 0
	return delta + float64(excess)*s.hard
}

// clash gives what the excess costs that a choice of a block adds to hard rows, beyond
// those that say what gates mean, when another block leaves what it has; other is -1
// for none.
func (s *state) clash(block int, choice int32, other int) float64 {
	excess := int64(0)
	for _, u := range s.p.Blocks[block].Uses(int(choice)) {
		for r := u.Row; r < u.Row+u.Rows; r++ {
			x := &s.rows[r]
			if x.left >= u.Amount || x.hard == 0 || s.p.Rows[r].Defines > 0 {
				continue
			}
			left := x.left + s.p.Blocks[block].Amount(int(s.taken[block]), r)
			if other >= 0 {
				left += s.p.Blocks[other].Amount(int(s.taken[other]), r)
			}
			excess += int64(max(0, u.Amount-max(left, 0))) * int64(x.hard)
		}
	}
	return float64(excess) * s.hard
}
