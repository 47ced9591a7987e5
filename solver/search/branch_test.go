package search

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"plenary/solver/brute"
	"plenary/solver/program"
)

// random gives a small program with rows of every kind, and all its assignments
// that keep the hard rows, the cheapest first.
func random(seed uint64) (p *program.Program, feasible [][]int32) {
	r := rand.New(rand.NewPCG(seed, 0))
	b := program.NewBuilder(2)
	blocks := 2 + r.IntN(4)
	choices := make([]int, blocks)
	for i := range blocks {
		choices[i] = 1 + r.IntN(4)
		b.Block(choices[i])
		for c := range choices[i] {
			b.Cost(i, c, r.IntN(2), int64(r.IntN(5)))
		}
	}
	for range r.IntN(8) {
		var entries []program.Entry
		for i := range blocks {
			for c := range choices[i] {
				if r.IntN(2) == 0 {
					entries = append(entries, program.Entry{Block: int32(i), Choice: int32(c), Amount: int32(r.IntN(6) - 2)})
				}
			}
		}
		b.Row(r.IntN(3)-1, int64(1+r.IntN(3)), int64(r.IntN(5)-1), entries)
	}
	p, ok := b.Program()
	if !ok {
		return nil, nil
	}
	for taken := range brute.Feasible(p) {
		feasible = append(feasible, slices.Clone(taken))
	}
	slices.SortFunc(feasible, func(x, y []int32) int {
		one, _ := p.Cost(x)
		other, _ := p.Cost(y)
		return slices.Compare(one, other)
	})
	return p, feasible
}

// TestBranchFindsTheCheapestWithinTheTiersBefore sets it beside every assignment:
// from what a random one costs, the least in one tier that costs no more in those
// before, or none.
func TestBranchFindsTheCheapestWithinTheTiersBefore(t *testing.T) {
	found, none := 0, 0
	for seed := range uint64(1200) {
		p, feasible := random(seed)
		if len(feasible) == 0 {
			continue
		}
		tier := int(seed % 2)
		costs, _ := p.Cost(feasible[int(seed/2)%len(feasible)])
		least := costs[tier]
		for _, taken := range feasible {
			if c, _ := p.Cost(taken); tier == 0 || c[0] <= costs[0] {
				least = min(least, c[tier])
			}
		}
		taken, sure := branch(t.Context(), p, costs[:tier+1], prices{make([]float64, len(p.Rows)), make([]float64, tier)}, math.MaxInt)
		switch {
		case !sure:
			t.Errorf("program %d: not sure", seed)
		case least == costs[tier]:
			if none++; taken != nil {
				t.Errorf("program %d: %v, where nothing is better", seed, taken)
			}
		case taken == nil:
			t.Errorf("program %d: nothing better than %v, where one costs %d in tier %d", seed, costs, least, tier)
		default:
			found++
			if got, excess := p.Cost(taken); excess > 0 || got[tier] != least || tier == 1 && got[0] > costs[0] {
				t.Errorf("program %d: %v costs %v and exceeds rows by %d; the least in tier %d is %d", seed, taken, got, excess, tier, least)
			}
		}
	}
	if found < 100 || none < 100 {
		t.Errorf("only %d programs have something better, and %d have not", found, none)
	}
}

// TestPartsAreTheWholeWithSomeBlocksHeld frees two blocks of an assignment: what
// they may take, and what that costs more or less, is as in the whole program.
func TestPartsAreTheWholeWithSomeBlocksHeld(t *testing.T) {
	seen := 0
	for seed := range uint64(600) {
		p, feasible := random(seed)
		if len(feasible) == 0 {
			continue
		}
		taken := feasible[int(seed)%len(feasible)]
		blocks := []int{0, len(taken) - 1}
		keep := make([][]int32, len(blocks))
		for i, block := range blocks {
			for c := range p.Blocks[block].Choices() {
				keep[i] = append(keep[i], int32(c))
			}
		}
		part, ok := p.Part(taken, p.Used(taken), blocks, keep)
		if !ok {
			t.Errorf("program %d: what is taken keeps the rows, a part of it cannot", seed)
			continue
		}
		var best []int32
		for some, cost := range brute.Feasible(part) {
			if least, _ := part.Cost(best); best == nil || slices.Compare(cost, least) < 0 {
				best = slices.Clone(some)
			}
		}
		changed := slices.Clone(taken)
		for i, block := range blocks {
			changed[block] = keep[i][part.Blocks[i].Names[best[i]]]
		}
		got, excess := p.Cost(changed)
		want := got
		for _, other := range feasible { // the cheapest first
			same := true
			for i := range taken {
				same = same && (slices.Contains(blocks, i) || other[i] == taken[i])
			}
			if same {
				want, _ = p.Cost(other)
				break
			}
		}
		if seen++; excess > 0 || !slices.Equal(got, want) {
			t.Errorf("program %d: freeing %v gives %v, exceeding rows by %d; the best is %v", seed, blocks, got, excess, want)
		}
	}
	if seen < 100 {
		t.Errorf("only %d programs have an assignment", seen)
	}
}
