package search

import (
	"slices"
	"testing"

	"plenary/solver/program"
)

// TestGatesTakeWhatFollowsFromTheOthers walks through all choices of two blocks:
// a gate of both, and a gate of that gate, take what they mean after each step,
// and the cost is that of the program.
func TestGatesTakeWhatFollowsFromTheOthers(t *testing.T) {
	b := program.NewBuilder(1)
	first, second := b.Block(2), b.Block(2)
	gate := func(inputs ...int32) int {
		g := b.Block(2)
		b.Follow(g)
		all := []program.Entry{{Block: int32(g), Choice: 1, Amount: 1}}
		for _, in := range inputs {
			b.Row(program.Hard, 0, 0, []program.Entry{{Block: in, Choice: 1, Amount: 1}, {Block: int32(g), Choice: 1, Amount: -1}})
			all = append(all, program.Entry{Block: in, Choice: 1, Amount: -1})
		}
		b.Row(program.Hard, 0, 0, all)
		b.Gate(g)
		return g
	}
	either := gate(int32(first), int32(second))
	same := gate(int32(either))
	b.Cost(same, 1, 0, 7)
	p, ok := b.Program()
	if !ok {
		t.Fatal("the program is infeasible")
	}
	s := newState(p, []int32{0, 0, 1, 0}, []float64{1}, 5)
	for _, step := range [][2]int32{{0, 0}, {0, 1}, {1, 1}, {0, 0}, {1, 0}, {1, 1}, {1, 0}} {
		before := s.cost
		delta := s.take(int(step[0]), step[1])
		want := max(s.taken[first], s.taken[second])
		if s.taken[either] != want || s.taken[same] != want {
			t.Errorf("after %v the blocks take %v", step, s.taken)
		}
		costs, excess := p.Cost(s.taken)
		if !slices.Equal(costs, []int64{int64(s.cost)}) || excess != 0 || s.excess != 0 {
			t.Errorf("%v costs %v, the state says %v and %d too much", s.taken, costs, s.cost, s.excess)
		}
		if delta != s.cost-before {
			t.Errorf("the step %v adds %v, and says %v", step, s.cost-before, delta)
		}
	}
}
