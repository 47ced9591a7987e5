package search

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"plenary/solver/brute"
)

// TestMendedIsFeasibleAndBoundedTruly holds Mend against a look at every assignment: from
// any assignment, some blocks of it open, it finds one that keeps the hard rows, and proves
// no more of each tier than the best there is.
func TestMendedIsFeasibleAndBoundedTruly(t *testing.T) {
	found, best := 0, 0
	for seed := range uint64(400) {
		p, ok := withFollowers(seed)
		if !ok {
			continue
		}
		var least []int64
		for taken := range brute.Feasible(p) {
			if costs, _ := p.Cost(taken); least == nil || slices.Compare(costs, least) < 0 {
				least = costs
			}
		}
		if least == nil {
			continue
		}
		random := rand.New(rand.NewPCG(seed, 5))
		var from []int32
		for i := range p.Blocks {
			from = append(from, int32(random.IntN(p.Blocks[i].Choices()+1))-1)
		}
		r := Mend(context.Background(), p, from, Options{Seed: seed, Brief: true})
		if r.Taken == nil {
			t.Fatalf("%d: %v is not mended", seed, from)
		}
		got, excess := p.Cost(r.Taken)
		if excess > 0 || !slices.Equal(got, r.Costs) || slices.Compare(got, least) < 0 || r.Bounds[0] > least[0] {
			t.Fatalf("%d: from %v it finds %v (excess %d), says %v and proves %v; the least is %v", seed, from, got, excess, r.Costs, r.Bounds, least)
		}
		if found++; got[0] == least[0] {
			best++
		}
	}
	t.Logf("mended %d, the best %d times", found, best)
	if found == 0 || best < found*3/4 {
		t.Errorf("of %d the best was found %d times", found, best)
	}
}
