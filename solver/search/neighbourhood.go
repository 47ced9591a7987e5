package search

import (
	"math/rand/v2"
	"slices"

	"plenary/solver/price"
	"plenary/solver/program"
)

// neighbourhoods choose blocks of an assignment that are freed together.
type neighbourhoods struct {
	p         *program.Program
	followers [][]int32 // by block that leads: those that follow it; nil until asked for
}

const (
	// A block follows one that leads if they share a row of at most near blocks; a
	// gate also follows what decides it. One that follows is tied to those with
	// which it shares a row of at most far blocks.
	near = 40
	far  = 200
	// Around each block that leads come those which are in the way of so many of
	// its choices, drawn by promise.
	wishes = 3
	// The next block is one of so many that have waited longest.
	waiting = 4
)

func newNeighbourhoods(p *program.Program) *neighbourhoods {
	return &neighbourhoods{p: p, followers: make([][]int32, len(p.Blocks))}
}

// around gives so many blocks that lead, and those that follow them, around
// blocks that cost or waste much in a tier: drawn by how much. Fewer come
// where few can take another choice.
func (n *neighbourhoods) around(random *rand.Rand, view *view, candidates [][]int32, size int) []int {
	in := make(map[int]bool)
	var out, queue []int
	for leads, tries := 0, 0; leads < size && tries < 20*size; tries++ {
		i := 0
		if len(queue) == 0 {
			i = view.costly(random)
		} else {
			k := random.IntN(min(len(queue), waiting))
			i = queue[k]
			queue = slices.Delete(queue, k, k+1)
		}
		if in[i] {
			continue
		}
		in[i] = true
		if len(candidates[i]) > 1 {
			out = append(out, i)
		}
		if n.p.Blocks[i].Follows {
			n.share(i, far, func(j int32) {
				if !n.p.Blocks[j].Follows && random.IntN(waiting) == 0 {
					queue = append(queue, int(j))
				}
			})
			continue
		}
		leads++
		for range wishes {
			queue = n.inTheWay(queue, view, i, drawn(random, candidates[i]))
		}
	}
	for _, i := range slices.Clone(out) {
		if n.p.Blocks[i].Follows {
			continue
		}
		for _, j := range n.follow(i) {
			if !in[int(j)] {
				in[int(j)] = true
				out = append(out, int(j))
			}
		}
	}
	slices.Sort(out)
	return out
}

// inTheWay adds the blocks that lead and use hard rows which a choice of a block
// would exceed.
func (n *neighbourhoods) inTheWay(to []int, view *view, block int, choice int32) []int {
	for _, u := range n.p.Blocks[block].Uses(int(choice)) {
		for r := u.Row; u.Amount > 0 && r < u.Row+u.Rows; r++ {
			row := &n.p.Rows[r]
			if row.Tier != program.Hard || view.used[r]+int64(u.Amount) <= row.Most {
				continue
			}
			for _, j := range row.Blocks {
				if int(j) != block && !n.p.Blocks[j].Follows && n.p.Blocks[j].Amount(int(view.taken[j]), r) > 0 {
					to = append(to, int(j))
				}
			}
		}
	}
	return to
}

// follow gives the blocks that have to be free for one that leads to be so.
func (n *neighbourhoods) follow(block int) []int32 {
	if n.followers[block] != nil {
		return n.followers[block]
	}
	out := []int32{}
	seen := map[int32]bool{int32(block): true}
	n.share(block, near, func(j int32) {
		if n.p.Blocks[j].Follows && !seen[j] {
			seen[j] = true
			out = append(out, j)
		}
	})
	for k := 0; k < len(out); k++ {
		n.share(int(out[k]), near, func(j int32) {
			gate := n.p.Blocks[j].Gate
			if gate == 0 || seen[j] {
				return
			}
			if _, decides := slices.BinarySearch(n.p.Rows[gate-1].Blocks, out[k]); decides {
				seen[j] = true
				out = append(out, j)
			}
		})
	}
	n.followers[block] = out
	return out
}

// share visits the blocks with which a block shares rows of at most so many.
func (n *neighbourhoods) share(block, most int, visit func(int32)) {
	b := &n.p.Blocks[block]
	for c := range b.Choices() {
		for _, u := range b.Uses(c) {
			for r := u.Row; r < u.Row+u.Rows; r++ {
				if there := n.p.Rows[r].Blocks; len(there) <= most {
					for _, j := range there {
						visit(j)
					}
				}
			}
		}
	}
}

// view is an assignment as seen from one tier.
type view struct {
	p      *program.Program
	tier   int
	proven *price.Relaxation // nil where prices prove too little to know what is wasted
	taken  []int32
	used   []int64   // by row
	rows   []int32   // priced in the tier
	costs  []float64 // by block: what the blocks up to it cost in the tier, or waste
}

func newView(p *program.Program, taken []int32, tier int, proven *price.Relaxation) *view {
	v := &view{p: p, tier: tier, proven: proven, taken: slices.Clone(taken), used: p.Used(taken), costs: make([]float64, len(p.Blocks))}
	for r := range p.Rows {
		if p.Rows[r].Tier == tier {
			v.rows = append(v.rows, int32(r))
		}
	}
	v.blame()
	return v
}

// blame says anew what blocks cost or waste; of what a row does, those that can
// use it bear the same.
func (v *view) blame() {
	for i, c := range v.taken {
		if v.proven != nil {
			v.costs[i] = float64(v.proven.Reduced[i][c])
		} else {
			v.costs[i] = float64(v.p.Blocks[i].Cost[v.tier][c])
		}
	}
	share := func(r int, cost int64) {
		row := &v.p.Rows[r]
		for _, i := range row.Blocks {
			v.costs[i] += float64(cost) / float64(len(row.Blocks))
		}
	}
	if v.proven != nil {
		for r := range v.p.Rows {
			if waste := v.waste(r); waste > 0 {
				share(r, waste)
			}
		}
	} else {
		for _, r := range v.rows {
			if row := &v.p.Rows[r]; v.used[r] > row.Most {
				share(int(r), (v.used[r]-row.Most)*row.Weight)
			}
		}
	}
	for i := range v.costs[1:] {
		v.costs[i+1] += v.costs[i]
	}
}

// waste gives by how much, at the prices of the tier, a row is used less than it
// might be, or costs more than it is worth, in parts of a unit: the cost of an
// assignment is the bound, its reduced costs, and what rows and budgets waste.
func (v *view) waste(r int) int64 {
	row := &v.p.Rows[r]
	over := v.used[r] - row.Most
	waste := -v.proven.Rows[r] * over
	switch {
	case over <= 0:
	case row.Tier == v.tier:
		waste += row.Weight * price.Scale * over
	case row.Tier != program.Hard && row.Tier < v.tier:
		waste += row.Weight * v.proven.Tiers[row.Tier] * over
	}
	return waste
}

// within gives how much blocks and the rows that choices of theirs can use waste: a
// better assignment that leaves the others as they are takes no choice with a
// higher reduced cost.
func (v *view) within(blocks []int, choices [][]int32) (waste int64) {
	seen := make(map[int32]bool)
	for i, block := range blocks {
		waste += v.proven.Reduced[block][v.taken[block]]
		for _, c := range choices[i] {
			for _, u := range v.p.Blocks[block].Uses(int(c)) {
				for r := u.Row; r < u.Row+u.Rows; r++ {
					if !seen[r] {
						seen[r] = true
						waste += v.waste(int(r))
					}
				}
			}
		}
	}
	return waste
}

// bear counts the blocks that cost something.
func (v *view) bear() (n int) {
	before := 0.0
	for _, cost := range v.costs {
		if cost > before {
			n++
		}
		before = cost
	}
	return n
}

// take lets blocks take other choices.
func (v *view) take(blocks []int, choices []int32) {
	for i, block := range blocks {
		v.p.Move(v.used, block, v.taken[block], choices[i])
		v.taken[block] = choices[i]
	}
	v.blame()
}

// costly draws a block by what it costs, or any if none does.
func (v *view) costly(random *rand.Rand) int {
	all := v.costs[len(v.costs)-1]
	if all == 0 {
		return random.IntN(len(v.costs))
	}
	i, _ := slices.BinarySearch(v.costs, all*random.Float64())
	return min(i, len(v.costs)-1)
}

// drawn gives one of choices by lot, the first ones more often.
func drawn(random *rand.Rand, choices []int32) int32 {
	u := random.Float64()
	return choices[int(float64(len(choices))*u*u)]
}
