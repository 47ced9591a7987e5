package price_test

import (
	"math/rand/v2"
	"testing"

	"plenary/solver/brute"
	"plenary/solver/price"
	"plenary/solver/program"
)

// calendar gives a small calendar of one tier: sessions of some days with wished dates, so
// many rooms on each day, some of them large sessions, and pairs that share a delegate.
func calendar(seed uint64) (*program.Program, bool) {
	r := rand.New(rand.NewPCG(seed, 2))
	b := program.NewBuilder(1)
	days := 5 + r.IntN(4)
	sessions := 3 + r.IntN(3)
	lasts := make([]int, sessions)
	large := make([]int32, sessions)
	for i := range sessions {
		lasts[i] = 1 + r.IntN(4)
		large[i] = int32(1 + r.IntN(3)*r.IntN(2))
		wish := r.IntN(days)
		b.Block(days - lasts[i] + 1)
		for c := range days - lasts[i] + 1 {
			b.Cost(i, c, 0, int64(max(c-wish, wish-c)*(1+r.IntN(3))))
		}
	}
	on := func(day int, who ...int) (entries []program.Entry) {
		for _, i := range who {
			for c := max(0, day-lasts[i]+1); c <= min(day, days-lasts[i]); c++ {
				entries = append(entries, program.Entry{Block: int32(i), Choice: int32(c), Amount: 1})
			}
		}
		return entries
	}
	all := make([]int, sessions)
	for i := range all {
		all[i] = i
	}
	rooms := int64(1 + r.IntN(3))
	for day := range days {
		b.Row(program.Hard, 0, rooms, on(day, all...))
	}
	for range r.IntN(3) {
		i, j := r.IntN(sessions), r.IntN(sessions)
		for day := range days {
			if i != j {
				b.Row(program.Hard, 0, 1, on(day, i, j))
			}
		}
	}
	var week []program.Entry // in the first four days so many seats
	for day := range 4 {
		for _, e := range on(day, all...) {
			e.Amount = large[e.Block]
			week = append(week, e)
		}
	}
	b.Row(program.Hard, 0, int64(4+r.IntN(9)), week)
	return b.Program()
}

// TestCutsKeepEveryAssignment sets them beside every assignment that keeps the hard rows,
// and what prices then prove beside the best.
func TestCutsKeepEveryAssignment(t *testing.T) {
	cuts, raised := 0, 0
	for seed := range uint64(400) {
		p, ok := calendar(seed)
		if !ok {
			continue
		}
		var feasible [][]int32
		best := int64(-1)
		for taken, costs := range brute.Feasible(p) {
			feasible = append(feasible, append([]int32(nil), taken...))
			if best < 0 || costs[0] < best {
				best = costs[0]
			}
		}
		if best < 0 {
			continue
		}
		x := price.New(p, 0)
		x.Climb(t.Context(), 200, nil, float64(best+1))
		first := price.Relax(p, nil, x.Multipliers()).Bound
		more := p
		for range 3 {
			added := x.Cuts(50)
			cuts += len(added)
			more = more.Extend(added)
			x.Extend(more)
			x.Climb(t.Context(), 200, nil, float64(best+1))
		}
		for _, taken := range feasible {
			if _, excess := more.Cost(taken); excess > 0 {
				t.Fatalf("calendar %d: %v keeps every row, and exceeds cuts by %d", seed, taken, excess)
			}
		}
		bound := price.Relax(more, nil, x.Multipliers())
		if bound.Whole() > best {
			t.Fatalf("calendar %d: the bound is %d, the best costs %d", seed, bound.Whole(), best)
		}
		if bound.Bound > first+price.Scale/10 {
			raised++
		}
	}
	if cuts < 100 || raised < 20 {
		t.Errorf("only %d cuts, which raised %d bounds", cuts, raised)
	}
}
