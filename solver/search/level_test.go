package search

import (
	"math/rand/v2"
	"slices"
	"testing"

	"plenary/solver/brute"
	"plenary/solver/program"
)

// define makes a block of two choices a gate: the second is taken where one of the inputs,
// each of some choices of a block, is.
func define(b *program.Builder, gate int, inputs [][]program.Entry) {
	b.Defines(gate)
	defer b.Defines(-1)
	all := []program.Entry{{Block: int32(gate), Choice: 1, Amount: 1}}
	for _, in := range inputs {
		b.Row(program.Hard, 0, 0, append(slices.Clone(in), program.Entry{Block: int32(gate), Choice: 1, Amount: -1}))
		for _, e := range in {
			e.Amount = -e.Amount
			all = append(all, e)
		}
	}
	rows := b.Rows()
	if b.Row(program.Hard, 0, 0, all); b.Rows() > rows {
		b.Gate(gate)
	}
}

// withFollowers gives a small program of three tiers in which blocks of two choices hang
// on others: some take what they like where another lets them, some are gates.
func withFollowers(seed uint64) (*program.Program, bool) {
	r := rand.New(rand.NewPCG(seed, 1))
	b := program.NewBuilder(3)
	cost := func(block, choices, tier int) {
		for c := range choices {
			b.Cost(block, c, tier, int64(r.IntN(4)))
		}
	}
	var choices []int
	leaders := 1 + r.IntN(3)
	for range leaders {
		choices = append(choices, 2+r.IntN(3))
		cost(b.Block(choices[len(choices)-1]), choices[len(choices)-1], r.IntN(3))
	}
	some := func(entries []program.Entry, block int, amount int32) []program.Entry {
		for c := range choices[block] {
			if r.IntN(2) == 0 {
				entries = append(entries, program.Entry{Block: int32(block), Choice: int32(c), Amount: amount})
			}
		}
		return entries
	}
	for range 1 + r.IntN(4) {
		f := b.Block(2)
		b.Follow(f)
		choices = append(choices, 2)
		second := program.Entry{Block: int32(f), Choice: 1, Amount: 1}
		switch r.IntN(3) {
		case 0: // it is let by another
			b.Row(program.Hard, 0, 0, some([]program.Entry{second}, r.IntN(f), -1))
		case 1: // it must be taken for another
			b.Row(program.Hard, 0, 0, some([]program.Entry{{Block: int32(f), Choice: 1, Amount: -1}}, r.IntN(f), 1))
		default: // a gate of two
			var inputs [][]program.Entry
			for range 2 {
				inputs = append(inputs, some(nil, r.IntN(f), 1))
			}
			define(b, f, inputs)
		}
		if r.IntN(2) == 0 {
			cost(f, 2, r.IntN(3))
		}
	}
	for range r.IntN(6) {
		var entries []program.Entry
		for i := range choices {
			entries = some(entries, i, int32(r.IntN(4)-1))
		}
		b.Row(r.IntN(4)-1, int64(1+r.IntN(3)), int64(r.IntN(4)), entries)
	}
	return b.Program()
}

// never stops nothing.
func never() bool { return false }

// TestReductionsKeepWhatTheTiersCost sets reduced programs beside every assignment of the
// whole: the best costs the same up to the tier, and what an assignment stands for keeps
// every row and costs the same. So does a reduction of a reduction.
func TestReductionsKeepWhatTheTiersCost(t *testing.T) {
	reduced := 0
	for seed := range uint64(6000) {
		p, ok := withFollowers(seed)
		if !ok {
			continue
		}
		later := p.Reduce(1, len(p.Blocks)-1, never)
		reductions := []*program.Reduction{p.Reduce(0, len(p.Blocks)-1, never), later}
		if later != nil {
			reductions = append(reductions, later.Reduce(0, len(later.Blocks), never))
		}
		for _, r := range reductions {
			if r == nil {
				continue
			}
			reduced++
			tier := r.Tiers - 1
			var best, least []int64
			for taken, costs := range brute.Feasible(p) {
				if best == nil || slices.Compare(costs[:tier+1], best) < 0 {
					best = costs[:tier+1]
				}
				at := r.Down(taken)
				if down, excess := r.Cost(at); excess > 0 || slices.Compare(down, costs[:tier+1]) > 0 {
					t.Fatalf("program %d up to tier %d: %v costs %v, and reduced %v, exceeding rows by %d", seed, tier, taken, costs, down, excess)
				}
			}
			for taken, costs := range brute.Feasible(r.Program) {
				if least == nil || slices.Compare(costs, least) < 0 {
					least = costs
				}
				s := newState(p, r.Up(taken, make([]int32, len(p.Blocks))), make([]float64, 3), 1)
				if all, excess := p.Cost(s.taken); excess > 0 || !slices.Equal(all[:tier+1], costs) {
					t.Fatalf("program %d up to tier %d: %v costs %v, and stands for %v, which costs %v and exceeds rows by %d", seed, tier, taken, costs, s.taken, all, excess)
				}
				if back := r.Down(s.taken); !slices.Equal(back, taken) {
					t.Fatalf("program %d up to tier %d: %v stands for %v, which is %v", seed, tier, taken, s.taken, back)
				}
			}
			if !slices.Equal(best, least) {
				t.Fatalf("program %d up to tier %d: the best costs %v, reduced %v", seed, tier, best, least)
			}
		}
	}
	if reduced < 500 {
		t.Errorf("only %d programs were reduced", reduced)
	}
}

// TestSearchFindsTheBestOfProgramsWithFollowers sets the whole search beside every
// assignment.
func TestSearchFindsTheBestOfProgramsWithFollowers(t *testing.T) {
	seen := 0
	for seed := range uint64(300) {
		p, ok := withFollowers(seed)
		if !ok {
			continue
		}
		var best []int64
		for _, costs := range brute.Feasible(p) {
			if best == nil || slices.Compare(costs, best) < 0 {
				best = costs
			}
		}
		if best == nil {
			continue
		}
		seen++
		r := Solve(t.Context(), p, Options{Seed: seed, Rounds: 6})
		if !slices.Equal(r.Costs, best) {
			t.Errorf("program %d: found %v, the best costs %v", seed, r.Costs, best)
		}
		for tier := range r.Bounds {
			if slices.Equal(r.Costs[:tier], best[:tier]) && r.Bounds[tier] > best[tier] {
				t.Errorf("program %d: bounds %v, the best costs %v", seed, r.Bounds, best)
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d programs have an assignment", seen)
	}
}

// TestAReductionThatIsStoppedGivesNothing stops a reduction each time that it asks: what
// it has of the program by then is never handed out.
func TestAReductionThatIsStoppedGivesNothing(t *testing.T) {
	stops := 0
	for seed := range uint64(200) {
		p, ok := withFollowers(seed)
		if !ok || p.Reduce(1, len(p.Blocks)-1, never) == nil {
			continue
		}
		for most := 0; ; most++ {
			asked := 0
			r := p.Reduce(1, len(p.Blocks)-1, func() bool { asked++; return asked > most })
			if asked <= most {
				break
			}
			if stops++; r != nil {
				t.Fatalf("seed %d: stopped when it asked for the %dth time, it gave a program", seed, asked)
			}
		}
	}
	if stops == 0 {
		t.Error("no reduction was stopped")
	}
}
