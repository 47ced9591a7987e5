package search

import (
	"context"
	"math"
	"slices"

	"plenary/solver/price"
	"plenary/solver/program"
)

const (
	// Prices take so many steps at a node, and more at the root. A step follows the
	// mean of what rows are over, of which the newest is such a share, at first as
	// far as would close the gap if the bound rose as it begins to; after impatient
	// steps in vain half as far.
	nodeSteps = 20
	rootSteps = 60
	newest    = 0.3
	impatient = 4
	// Bounds are reckoned in floating point and trusted to so much.
	accuracy = 1e-4
	// A block that follows is split where others disagree so much less.
	followsLess = 1e-3
)

// branch looks for the assignment of a small program that costs least in a tier,
// less than costs has for it, and in the tiers before no more than costs has: an
// entry for each tier up to it. From are prices to begin with. It gives nil if it finds none, and is sure that
// there is none better if the work allowed for the whole search: a look at a choice,
// or at a row, is a unit of work.
//
// It is branch and bound by prices: at every node a subgradient method improves
// those of its parent; choices that rows or reduced costs forbid are dropped; and
// the block about which the steps agree least is split at the mean of what they
// chose, as choices next to each other are alike.
//
// Geoffrion, Lagrangean relaxation for integer programming, Mathematical Programming
// Study 2, 1974; Beale and Tomlin, Special facilities in a general mathematical
// programming system for non-convex problems using ordered sets of variables, 1970.
func branch(ctx context.Context, p *program.Program, costs []int64, from prices, work int) (best []int32, sure bool) {
	b := &branching{
		ctx: ctx, p: p, tier: len(costs) - 1, costs: slices.Clone(costs), work: work,
		taken: make([]int32, len(p.Blocks)), often: make([][]int32, len(p.Blocks)),
		used: make([]float64, len(p.Rows)+1), sums: make([]float64, len(p.Rows)+1), spent: make([]float64, len(costs)-1),
		least: make([]int64, len(p.Rows)), lowest: make([]int64, len(p.Rows)), users: make([]int32, len(p.Rows)),
	}
	root := &node{prices: from.clone()}
	for i := range p.Blocks {
		b.often[i] = make([]int32, p.Blocks[i].Choices())
		domain := make([]int32, p.Blocks[i].Choices())
		for c := range domain {
			domain[c] = int32(c)
		}
		root.domains = append(root.domains, domain)
	}
	b.explore(root, rootSteps)
	return b.best, b.work > 0
}

// branching is the state of a search.
type branching struct {
	ctx   context.Context
	p     *program.Program
	tier  int
	costs []int64 // to be kept in the tiers before, and beaten in the last
	best  []int32 // the assignment that does so; nil before one is found
	work  int     // that is left

	// Of the last relaxation.
	taken []int32
	spent []float64 // by tier before: what the choices taken cost
	used  []float64 // by row
	sums  []float64 // of the prices of the rows before
	often [][]int32 // by block and choice: in how many relaxations of the node it was taken

	// Of propagation, by row.
	least   []int64 // what all blocks use at least
	lowest  []int64 // what the block looked at uses at least
	users   []int32 // choices of the block looked at that use it
	touched []int32 // rows that the block looked at can use
}

// node is a part of the search space.
type node struct {
	prices
	domains [][]int32 // by block: choices that are left; not changed in place
}

// prices are what units of rows, and of the budgets of tiers, are worth.
type prices struct{ rows, tiers []float64 }

func (x prices) clone() prices { return prices{slices.Clone(x.rows), slices.Clone(x.tiers)} }

func (x prices) copy(from prices) {
	copy(x.rows, from.rows)
	copy(x.tiers, from.tiers)
}

// explore searches a node, its prices taking so many steps first.
func (b *branching) explore(n *node, steps int) {
	for dropped := true; dropped; steps = nodeSteps {
		if b.work <= 0 || b.ctx.Err() != nil {
			b.work = 0
			return
		}
		if !b.propagate(n) {
			return
		}
		bound := b.climb(n, steps)
		if b.closed(bound) {
			return
		}
		dropped = b.drop(n, bound)
	}
	block, cut := b.split(n)
	if block < 0 {
		return
	}
	domain := n.domains[block]
	parts := [2][]int32{domain[:cut:cut], domain[cut:]}
	if b.votes(block, parts[1]) > b.votes(block, parts[0]) {
		parts[0], parts[1] = parts[1], parts[0]
	}
	for _, part := range parts {
		child := &node{n.prices.clone(), slices.Clone(n.domains)}
		child.domains[block] = part
		b.explore(child, nodeSteps)
	}
}

// closed tells whether a bound leaves nothing to be found.
func (b *branching) closed(bound float64) bool {
	return bound > float64(b.costs[b.tier]-1)+accuracy
}

// votes counts how often choices were taken in the relaxations of a node.
func (b *branching) votes(block int, choices []int32) (n int32) {
	for _, c := range choices {
		n += b.often[block][c]
	}
	return n
}

// propagate drops the choices that exceed hard rows whatever others take. It is
// false when that leaves nothing.
func (b *branching) propagate(n *node) bool {
	for changed := true; changed; {
		changed = false
		clear(b.least)
		for i := range n.domains {
			b.look(n, i)
			for _, r := range b.touched {
				b.least[r] += b.lowest[r]
			}
		}
		for r := range b.least {
			if row := &b.p.Rows[r]; row.Tier == program.Hard && b.least[r] > row.Most {
				return false
			}
		}
		for i, domain := range n.domains {
			if len(domain) == 1 {
				continue
			}
			b.look(n, i)
			kept := make([]int32, 0, len(domain))
			for _, c := range domain {
				if b.fits(i, c) {
					kept = append(kept, c)
				}
			}
			if len(kept) == 0 {
				return false
			}
			if len(kept) < len(domain) {
				n.domains[i] = kept
				changed = true
			}
		}
	}
	return true
}

// look says what a block uses at least of the rows that its choices use.
func (b *branching) look(n *node, block int) {
	for _, r := range b.touched {
		b.users[r], b.lowest[r] = 0, 0
	}
	b.touched = b.touched[:0]
	for _, c := range n.domains[block] {
		for _, u := range b.p.Blocks[block].Uses(int(c)) {
			b.work -= int(u.Rows)
			for r := u.Row; r < u.Row+u.Rows; r++ {
				if b.users[r] == 0 {
					b.touched = append(b.touched, r)
					b.lowest[r] = int64(u.Amount)
				}
				b.users[r]++
				b.lowest[r] = min(b.lowest[r], int64(u.Amount))
			}
		}
	}
	for _, r := range b.touched {
		if int(b.users[r]) < len(n.domains[block]) {
			b.lowest[r] = min(b.lowest[r], 0)
		}
	}
}

// fits tells whether a choice of the block looked at keeps the hard rows while the
// others use as little as they can.
func (b *branching) fits(block int, choice int32) bool {
	for _, u := range b.p.Blocks[block].Uses(int(choice)) {
		for r := u.Row; r < u.Row+u.Rows; r++ {
			if row := &b.p.Rows[r]; row.Tier == program.Hard && b.least[r]-b.lowest[r]+int64(u.Amount) > row.Most {
				return false
			}
		}
	}
	return true
}

// climb improves the prices of a node and gives the bound that they prove.
func (b *branching) climb(n *node, steps int) float64 {
	for i := range b.often {
		clear(b.often[i])
	}
	best, vain, length := math.Inf(-1), 0, 1.0
	trial := n.prices.clone()
	over := prices{make([]float64, len(trial.rows)), make([]float64, len(trial.tiers))}
	for range steps {
		bound := b.relax(n, trial)
		if bound > best {
			best, vain = bound, 0
			n.prices.copy(trial)
		} else if vain++; vain == impatient {
			length, vain = length/2, 0
		}
		b.offer()
		if b.closed(best) {
			return best
		}
		norm := 0.0
		for r, price := range trial.rows {
			over.rows[r] += newest * (b.used[r] - float64(b.p.Rows[r].Most) - over.rows[r])
			if over.rows[r] > 0 || price > 0 {
				norm += over.rows[r] * over.rows[r]
			}
		}
		for t, price := range trial.tiers {
			over.tiers[t] += newest * (b.spent[t] - float64(b.costs[t]) - over.tiers[t])
			if over.tiers[t] > 0 || price > 0 {
				norm += over.tiers[t] * over.tiers[t]
			}
		}
		if norm < 1e-9 {
			break
		}
		step := length * (float64(b.costs[b.tier]) - bound) / norm
		for t := range trial.tiers {
			trial.tiers[t] = max(0, trial.tiers[t]+step*over.tiers[t])
		}
		for r := range trial.rows {
			trial.rows[r] = min(max(0, trial.rows[r]+step*over.rows[r]), price.Most(&b.p.Rows[r], b.tier, trial.tiers))
		}
	}
	return best
}

// relax takes the choice of each block that is cheapest at some prices, and gives
// the bound.
func (b *branching) relax(n *node, at prices) float64 {
	b.price(at.rows)
	clear(b.used)
	bound := float64(b.p.Due[b.tier])
	for t, price := range at.tiers {
		b.spent[t] = float64(b.p.Due[t])
		bound += price * float64(b.p.Due[t]-b.costs[t])
	}
	for r, price := range at.rows {
		bound -= price * float64(b.p.Rows[r].Most)
	}
	for i, domain := range n.domains {
		cheapest, least := domain[0], math.Inf(1)
		for _, c := range domain {
			if cost := b.cost(at, i, c); cost < least {
				cheapest, least = c, cost
			}
		}
		bound += least
		b.taken[i] = cheapest
		b.often[i][cheapest]++
		for _, u := range b.p.Blocks[i].Uses(int(cheapest)) {
			b.used[u.Row] += float64(u.Amount)
			b.used[u.Row+u.Rows] -= float64(u.Amount)
		}
		for t := range b.spent {
			b.spent[t] += float64(b.p.Blocks[i].Cost[t][cheapest])
		}
	}
	// used held where runs of rows begin and end.
	for r := range b.p.Rows {
		b.used[r+1] += b.used[r]
	}
	b.work -= len(b.p.Rows)
	return bound
}

// price prepares the prices of runs of rows.
func (b *branching) price(rows []float64) {
	for r, price := range rows {
		b.sums[r+1] = b.sums[r] + price
	}
}

// cost gives what a choice costs, once its rows are priced.
func (b *branching) cost(at prices, block int, choice int32) float64 {
	b.work--
	return b.p.Blocks[block].Priced(int(choice), b.tier, at.tiers, b.sums)
}

// offer takes over what the last relaxation took if that is better.
func (b *branching) offer() {
	for r := range b.p.Rows {
		if row := &b.p.Rows[r]; row.Tier == program.Hard && b.used[r] > float64(row.Most)+0.5 {
			return
		}
	}
	costs, excess := b.p.Cost(b.taken)
	for t := range b.tier {
		if costs[t] > b.costs[t] {
			return
		}
	}
	if excess == 0 && costs[b.tier] < b.costs[b.tier] {
		b.costs[b.tier] = costs[b.tier]
		b.best = slices.Clone(b.taken)
	}
}

// drop takes from the domains what costs too much at prices that prove a bound. It
// tells whether there was any.
func (b *branching) drop(n *node, bound float64) (dropped bool) {
	b.price(n.rows)
	gap := float64(b.costs[b.tier]-1) + accuracy - bound
	var costs []float64
	for i, domain := range n.domains {
		costs = costs[:0]
		for _, c := range domain {
			costs = append(costs, b.cost(n.prices, i, c))
		}
		most := slices.Min(costs) + gap
		if slices.Max(costs) <= most {
			continue
		}
		kept := make([]int32, 0, len(domain))
		for k, c := range domain {
			if costs[k] <= most {
				kept = append(kept, c)
			}
		}
		n.domains[i] = kept
		dropped = true
	}
	return dropped
}

// split gives the block of which the relaxations of a node took the most different
// choices, and how many of its choices come up to their mean; -1 where no block has
// two left.
func (b *branching) split(n *node) (block, cut int) {
	block = -1
	most := -1.0
	for i, domain := range n.domains {
		if len(domain) == 1 {
			continue
		}
		votes, mean, square := 0.0, 0.0, 0.0
		for k, c := range domain {
			v := float64(b.often[i][c])
			votes += v
			mean += v * float64(k)
			square += v * float64(k*k)
		}
		mean /= max(votes, 1)
		variance := square/max(votes, 1) - mean*mean
		if b.p.Blocks[i].Follows {
			variance *= followsLess
		}
		if variance > most {
			most, block, cut = variance, i, min(int(mean)+1, len(domain)-1)
		}
	}
	return block, cut
}
