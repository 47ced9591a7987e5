package search

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"plenary/solver/brute"
)

// TestAwayKeepsWhatItIsGiven holds Away against a look at every assignment: what it finds
// is within the tiers before, its cost lies between the best there is and the first, and
// its bound proves no more than that. Blocks that only follow are left open.
func TestAwayKeepsWhatItIsGiven(t *testing.T) {
	found, best := 0, 0
	for seed := range uint64(400) {
		p, ok := withFollowers(seed)
		if !ok {
			continue
		}
		var feasible [][]int32
		for taken := range brute.Feasible(p) {
			feasible = append(feasible, slices.Clone(taken))
		}
		if len(feasible) == 0 {
			continue
		}
		random := rand.New(rand.NewPCG(seed, 3))
		from := feasible[random.IntN(len(feasible))]
		costs, _ := p.Cost(from)
		last := p.Tiers - 1
		within := slices.Clone(costs[:last])
		for i := range within {
			within[i] += int64(random.IntN(3))
		}
		fits := func(costs []int64) bool {
			for i, most := range within {
				if costs[i] > most {
					return false
				}
			}
			return true
		}
		least := costs[last]
		for _, taken := range feasible {
			if c, _ := p.Cost(taken); fits(c) {
				least = min(least, c[last])
			}
		}
		open := slices.Clone(from)
		for i := range open {
			if p.Blocks[i].Gate > 0 {
				open[i] = -1
			}
		}
		r := Away(context.Background(), p, open, within, Options{Seed: seed})
		if r.Taken == nil {
			t.Fatalf("%d: nothing is completed of %v", seed, open)
		}
		got, excess := p.Cost(r.Taken)
		if excess > 0 || !fits(got) || got[last] > costs[last] || got[last] < least || r.Bounds[last] > least || r.Costs[last] != got[last] {
			t.Fatalf("%d: from %v within %v it finds %v (excess %d) and proves %d, the least is %d", seed, costs, within, got, excess, r.Bounds[last], least)
		}
		if found++; got[last] == least {
			best++
		}
	}
	t.Logf("found %d, the best %d times", found, best)
	if found == 0 || best < found*3/4 {
		t.Errorf("of %d the best was found %d times", found, best)
	}
}
