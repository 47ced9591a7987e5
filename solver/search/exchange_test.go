package search

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"plenary/solver/program"
)

// TestTrialsSayWhatChangesAdd holds what a trial says of changes of one and of two
// blocks against what they add once they are made, gates included.
func TestTrialsSayWhatChangesAdd(t *testing.T) {
	tried := 0
	for seed := range uint64(3000) {
		p, ok := withFollowers(seed)
		if !ok {
			continue
		}
		random := rand.New(rand.NewPCG(seed, 2))
		s := newState(p, make([]int32, len(p.Blocks)), []float64{900, 30, 1}, 5)
		trial := newTrial(s)
		var free []int
		for i := range p.Blocks {
			if p.Blocks[i].Gate == 0 {
				free = append(free, i)
			}
		}
		for range 8 {
			changes := map[int]int32{}
			for range 1 + random.IntN(2) {
				i := free[random.IntN(len(free))]
				changes[i] = int32(random.IntN(p.Blocks[i].Choices()))
			}
			for i, choice := range changes {
				trial.add(i, s.taken[i], choice)
			}
			says, adds := trial.end(), 0.0
			for i, choice := range changes {
				adds += s.take(i, choice)
			}
			if tried++; math.Abs(says-adds) > slightly {
				t.Fatalf("program %d: %v adds %v to %v, and the trial says %v", seed, changes, adds, s.taken, says)
			}
		}
	}
	if tried < 10_000 {
		t.Errorf("only %d changes tried", tried)
	}
}

// TestPlacesAreExchangedToTheCheapest lets eight blocks take eight places, of which each
// is full with one: nothing can move alone. What is found costs as much as the cheapest
// of all permutations.
func TestPlacesAreExchangedToTheCheapest(t *testing.T) {
	const n = 8
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 3))
		b := program.NewBuilder(1)
		costs := make([][]int64, n)
		for i := range costs {
			block := b.Block(n)
			for place := range n {
				costs[i] = append(costs[i], int64(random.IntN(30)))
				b.Cost(block, place, 0, costs[i][place])
			}
		}
		for place := range int32(n) {
			var entries []program.Entry
			for i := range int32(n) {
				entries = append(entries, program.Entry{Block: i, Choice: place, Amount: 1})
			}
			b.Row(program.Hard, 0, 1, entries)
		}
		p, _ := b.Program()
		taken := make([]int32, n)
		all := make([][]int32, n)
		for i := range taken {
			taken[i] = int32(i)
			for c := range int32(n) {
				all[i] = append(all[i], c)
			}
		}
		c := cooling{p: p, candidates: all, tiers: []float64{1}, hard: 5, moves: 40_000, hot: 10, cold: 0.14, seed: seed}
		best, again := c.exchange(context.Background(), taken, 0)
		found, excess := p.Cost(best)
		if want := cheapest(costs, make([]bool, n)); excess > 0 || found[0] != want {
			t.Errorf("seed %d: %v costs %v and exceeds rows by %d; the cheapest costs %d", seed, best, found, excess, want)
		}
		if again > c.hot || again < c.cold {
			t.Errorf("seed %d: another run should begin at %v", seed, again)
		}
	}
}

// cheapest gives the least that the rest of the rows costs in columns that are free.
func cheapest(costs [][]int64, full []bool) int64 {
	if len(costs) == 0 {
		return 0
	}
	least := int64(math.MaxInt64)
	for place, cost := range costs[0] {
		if !full[place] {
			full[place] = true
			least = min(least, cost+cheapest(costs[1:], full))
			full[place] = false
		}
	}
	return least
}
