package search

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
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
		best, again := c.exchange(context.Background(), c.ground(), taken, 0)
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

// TestCrowdsSayWhatChangesAdd lets meetings of one or two slots change and exchange rooms
// and slots at random, where some cannot meet at once and gates tell which rooms are used.
// What a crowd says of a change is what it adds once it is made, and what it counts beside
// places stays what counting anew gives.
func TestCrowdsSayWhatChangesAdd(t *testing.T) {
	made, exchanged, counted := 0, 0, 0
	for seed := range uint64(60) {
		p := meetings(seed)
		random := rand.New(rand.NewPCG(seed, 2))
		c := cooling{p: p}
		taken := make([]int32, len(p.Blocks))
		for i := range p.Blocks {
			var all []int32
			for choice := range int32(p.Blocks[i].Choices()) {
				all = append(all, choice)
			}
			c.candidates = append(c.candidates, all)
			taken[i] = int32(random.IntN(p.Blocks[i].Choices()))
		}
		g := c.ground()
		s := newState(p, taken, []float64{30, 1}, 5)
		w := newCrowd(g, s)
		for range 400 {
			i := g.moving[random.IntN(len(g.moving))]
			to := g.places[i][random.IntN(len(g.places[i]))]
			j := w.other(random, i, to)
			var instead place
			if j >= 0 {
				var ok bool
				if instead, ok = w.instead(random, j, i); !ok {
					continue
				}
				exchanged++
			}
			says, _ := w.weigh(i, to, j, instead, math.Inf(1))
			if random.IntN(3) == 0 && says > 20 {
				continue // so that it is often feasible
			}
			before := s.cost + float64(s.excess)*s.hard
			if s.excess == 0 {
				counted++
			}
			w.move(i, to)
			if j >= 0 {
				w.move(j, instead)
			}
			if made++; math.Abs(s.cost+float64(s.excess)*s.hard-before-says) > slightly {
				t.Fatalf("program %d: %d to %v and %d to %v adds %v, and the crowd says %v", seed, i, to, j, instead, s.cost+float64(s.excess)*s.hard-before, says)
			}
			if fresh := newCrowd(g, s); !slices.Equal(fresh.clash, w.clash) {
				t.Fatalf("program %d: groups clash with %v, and %v is counted", seed, fresh.clash, w.clash)
			}
		}
	}
	if made < 10_000 || exchanged < 1000 || counted < 1000 {
		t.Errorf("only %d changes, %d of two blocks, %d where nothing was exceeded", made, exchanged, counted)
	}
}

// meetings gives a program of ten meetings of one or two slots in three rooms and six
// slots, some of which cannot meet at once. Gates tell whether a meeting's team uses a
// room, which costs in the first tier; slots cost in the second.
func meetings(seed uint64) *program.Program {
	const slots, rooms, teams = 6, 3, 4
	random := rand.New(rand.NewPCG(seed, 4))
	b := program.NewBuilder(2)
	var of, length, size []int
	for i := range 10 {
		of, length, size = append(of, random.IntN(teams)), append(length, 1+random.IntN(8)/7), append(size, 1+random.IntN(5)/4)
		b.Block(slots * rooms)
		for choice := range slots * rooms {
			b.Cost(i, choice, 1, int64(random.IntN(9)))
			if choice/rooms+length[i] > slots {
				b.Cost(i, choice, program.Hard, 1)
			}
		}
	}
	uses := func(entries []program.Entry, i, slot, room int, amount int32) []program.Entry {
		for from := range slots {
			for r := range rooms {
				if from <= slot && slot < from+length[i] && from+length[i] <= slots && (room < 0 || room == r) {
					entries = append(entries, program.Entry{Block: int32(i), Choice: int32(from*rooms + r), Amount: amount})
				}
			}
		}
		return entries
	}
	for slot := range slots {
		for room := range rooms {
			var all []program.Entry
			for i := range of {
				all = uses(all, i, slot, room, int32(size[i]))
			}
			b.Row(program.Hard, 0, int64(2-room%2), all)
		}
		for range 3 {
			var some []program.Entry
			for i := range of {
				if random.IntN(3) == 0 {
					some = uses(some, i, slot, -1, 1)
				}
			}
			b.Row(program.Hard, 0, 1, some)
		}
	}
	for team := range teams {
		for room := range rooms {
			gate := b.Block(2)
			b.Follow(gate)
			b.Cost(gate, 1, 0, 1)
			var inputs [][]program.Entry
			for i := range of {
				for slot := range slots {
					if of[i] == team && slot+length[i] <= slots {
						inputs = append(inputs, []program.Entry{{Block: int32(i), Choice: int32(slot*rooms + room), Amount: 1}})
					}
				}
			}
			define(b, gate, inputs)
		}
	}
	p, ok := b.Program()
	if !ok {
		panic("a meeting has no choice")
	}
	return p
}
