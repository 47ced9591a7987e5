package price

import (
	"cmp"
	"context"
	"math"
	"slices"

	"plenary/solver/program"
)

// Scale is how many parts of a unit of cost a multiplier is counted in: bounds
// are sums of integers, which anybody can recompute.
const Scale = 1 << 12

// How the algorithm keeps its step and its share of new choices in the mean. Tried
// on a year of 700 sessions whose linear program is near 510.4, after 200, 500 and
// 1,000 steps: with quicken 1.1 and patience 20 the bound was 468.7, 503.0 and
// 508.8, with these it was 487.2, 506.5 and 509.9.
const (
	quicken  = 2.0 // a step that led on grows by this factor
	patience = 10  // steps in vain after which it shrinks
	lookBack = 80  // steps after which the share is halved if the bound stands still
	// Every so many steps all choices are looked at; between, those that then
	// cost at most reached more than the cheapest, and not many more than few: of
	// which there are twice as many, up to many, after too few were looked at.
	refreshed = 25
	reached   = 20.0
	few       = 16
	many      = 1 << 20
	// With what every climb begins: a longer way may be open than at the end of the
	// last, under other budgets.
	firstFactor = 0.1
	firstShare  = 0.1
	// By how much of itself a bound over all choices may be below the best.
	fell = 0.05
)

// Prices is what a unit of each row is worth in the cost of one tier.
type Prices struct {
	p                     *program.Program
	tier                  int
	budget                []int64 // the most that each tier before may cost
	rows                  []float64
	tiers                 []float64 // multipliers of the budgets
	mean                  []float64 // by row: what the mean of the choices uses (the volume)
	spent                 []float64 // by tier before: what the mean costs
	shares                []float64 // by choice, those of a block after those of the blocks before: how much the mean has of it, times scale
	begin                 []int     // by block: the place of its first choice in shares
	scale                 float64
	own                   int // rows that are not cuts
	factor                float64
	target, share, before float64
	steps                 int
	few                   int     // how many active choices a block has, about
	best                  float64 // bound of rows and tiers
	sure                  sure
	scratch               scratch
	active                active
}

// sure are the best prices whose bound was reckoned over all choices.
type sure struct {
	rows, tiers []float64
	bound       float64
}

type scratch struct {
	rows, tiers []float64 // prices on trial
	used        []float64
	sums        []float64
	cost        []float64
	taken       []int32 // by block
	wasted      int
}

// New prices the cost of a tier, at nothing to begin with.
func New(p *program.Program, tier int) *Prices {
	x := &Prices{
		p: p, tier: tier,
		rows: make([]float64, len(p.Rows)), tiers: make([]float64, tier),
		mean: make([]float64, len(p.Rows)), spent: make([]float64, tier),
		few: 64, best: math.Inf(-1),
	}
	x.scratch = scratch{rows: make([]float64, len(p.Rows)), tiers: make([]float64, tier),
		used: make([]float64, len(p.Rows)+1), sums: make([]float64, len(p.Rows)+1), cost: make([]float64, tier)}
	x.active.first = make([]int32, len(p.Blocks)+1)
	x.scratch.taken = make([]int32, len(p.Blocks))
	x.own, x.scale = len(p.Rows), 1
	choices := 0
	for i := range p.Blocks {
		x.begin = append(x.begin, choices)
		choices += p.Blocks[i].Choices()
	}
	x.shares = make([]float64, choices)
	return x
}

// Most gives the highest price of a row in a tier where the costs of the tiers before
// it have prices: beyond it, exceeding the row is cheaper. Rows that are priced in a
// later tier are free.
func Most(row *program.Row, tier int, tiers []float64) float64 {
	switch {
	case row.Tier == program.Hard:
		return dearest
	case row.Tier == tier:
		return float64(row.Weight)
	case row.Tier < tier:
		return tiers[row.Tier] * float64(row.Weight)
	}
	return 0
}

// active are the choices among which relax looks for the cheapest: those that
// were within reach when last all were looked at.
type active struct {
	first   []int32 // by block: its part of choices
	choices []int32
}

// refresh looks at all choices at the best prices, and keeps active those that
// cost at most reach beyond the cheapest.
func (x *Prices) refresh(reach float64) {
	x.sum(x.rows)
	x.active.choices = x.active.choices[:0]
	costs := make([]float64, 0, 1024)
	for i := range x.p.Blocks {
		b := &x.p.Blocks[i]
		costs = costs[:0]
		least := math.Inf(1)
		for c := range b.Choices() {
			cost := x.at(b, c, x.tiers)
			costs = append(costs, cost)
			least = min(least, cost)
		}
		x.active.first[i] = int32(len(x.active.choices))
		near := least + reach
		if len(costs) > x.few && !math.IsInf(reach, 1) {
			// No more than a few: those within half the reach, and so on.
			for n := len(costs); n > x.few && near > least; {
				n = 0
				for _, cost := range costs {
					if cost <= near {
						n++
					}
				}
				if n > x.few {
					near = least + (near-least)/2
					if near-least < 1e-3 {
						near = least
					}
				}
			}
		}
		kept := 0
		for c, cost := range costs {
			if cost <= near && (kept < 2*x.few || math.IsInf(reach, 1)) {
				x.active.choices = append(x.active.choices, int32(c))
				kept++
			}
		}
	}
	x.active.first[len(x.p.Blocks)] = int32(len(x.active.choices))
}

// sum prepares the prices of runs of rows.
func (x *Prices) sum(rows []float64) {
	sums := x.scratch.sums
	for r, price := range rows {
		sums[r+1] = sums[r] + price
	}
}

// at gives what a choice costs at the prices that sum has prepared.
func (x *Prices) at(b *program.Block, c int, tiers []float64) float64 {
	return b.Priced(c, x.tier, tiers, x.scratch.sums)
}

// relax solves the relaxation at the prices on trial, over the active choices:
// it gives the bound, and leaves in scratch what the cheapest choices use and
// cost.
func (x *Prices) relax() float64 {
	s := &x.scratch
	clear(s.used)
	clear(s.cost)
	bound := float64(x.p.Due[x.tier])
	x.sum(s.rows)
	for t, price := range s.tiers {
		s.cost[t] = float64(x.p.Due[t])
		bound += price * float64(x.p.Due[t]-x.budget[t])
	}
	for r := range s.rows {
		bound -= s.rows[r] * float64(x.p.Rows[r].Most)
	}
	for i := range x.p.Blocks {
		b := &x.p.Blocks[i]
		list := x.active.choices[x.active.first[i]:x.active.first[i+1]]
		at := int(list[0])
		least := x.at(b, at, s.tiers)
		for _, c := range list[1:] {
			if cost := x.at(b, int(c), s.tiers); cost < least {
				least, at = cost, int(c)
			}
		}
		bound += least
		s.taken[i] = int32(at)
		for _, u := range b.Uses(at) {
			s.used[u.Row] += float64(u.Amount)
			s.used[u.Row+u.Rows] -= float64(u.Amount)
		}
		for t := range s.cost {
			s.cost[t] += float64(b.Cost[t][at])
		}
	}
	// used held where runs begin and end.
	for r := range x.p.Rows {
		s.used[r+1] += s.used[r]
	}
	return bound
}

// Climb makes so many steps of the volume algorithm towards better prices, among
// assignments that cost at most budget in the tiers before. It stops early when
// the bound proves that nothing costs less than upper, or when ctx is done.
func (x *Prices) Climb(ctx context.Context, steps int, budget []int64, upper float64) {
	x.budget = budget
	s := &x.scratch
	copy(s.rows, x.rows)
	copy(s.tiers, x.tiers)
	if x.steps == 0 {
		x.refresh(math.Inf(1))
		if x.best = x.relax(); x.best <= float64(x.p.Due[x.tier]) {
			x.level(ctx)
		}
		copy(x.mean, s.used[:len(x.mean)])
		copy(x.spent, s.cost)
		x.mix(1)
	} else {
		x.refresh(reached)
		x.best = x.relax()
	}
	x.factor, x.share, x.before = firstFactor, firstShare, x.best
	x.target = min(x.target, upper)
	x.sure = sure{append(x.sure.rows[:0], x.rows...), append(x.sure.tiers[:0], x.tiers...), x.best}
	defer x.settle()
	for range steps {
		if ctx.Err() != nil {
			return
		}
		if x.steps%refreshed == refreshed-1 {
			// Bounds over active choices alone are too high: reckon again.
			x.refresh(reached)
			copy(s.rows, x.rows)
			copy(s.tiers, x.tiers)
			bound := x.relax()
			if x.best-bound > 0.003*math.Abs(bound) {
				x.few = min(2*x.few, many)
			} else {
				x.few = max(few, x.few*3/4)
			}
			x.best = bound
			switch fallen := x.sure.bound - bound; {
			case fallen > fell*math.Abs(x.sure.bound)+1:
				// The steps led astray: go on from where the bound was high.
				x.restore()
				x.factor = max(x.factor*0.5, 1e-5)
			case fallen < 0:
				copy(x.sure.rows, x.rows)
				copy(x.sure.tiers, x.tiers)
				x.sure.bound = bound
			}
			if bound > upper-1+1e-3 {
				return
			}
		}
		norm := 0.0
		for r := range x.rows {
			g := x.mean[r] - float64(x.p.Rows[r].Most)
			if g > 0 || x.rows[r] > 0 {
				norm += g * g
			}
		}
		for t := range x.tiers {
			g := x.spent[t] - float64(x.budget[t])
			if g > 0 || x.tiers[t] > 0 {
				norm += g * g
			}
		}
		if norm < 1e-9 {
			return
		}
		if x.best >= 0.95*x.target {
			x.target = x.best + max(1, 0.05*math.Abs(x.best), 0.05*(upper-x.best))
		}
		length := x.factor * (x.target - x.best) / norm
		for t := range x.tiers {
			s.tiers[t] = min(max(0, x.tiers[t]+length*(x.spent[t]-float64(x.budget[t]))), dearest)
		}
		for r := range x.rows {
			row := &x.p.Rows[r]
			s.rows[r] = min(max(0, x.rows[r]+length*(x.mean[r]-float64(row.Most))), Most(row, x.tier, s.tiers))
		}
		bound := x.relax()
		along := 0.0
		if bound > x.best {
			for r := range x.rows {
				along += (s.used[r] - float64(x.p.Rows[r].Most)) * (s.rows[r] - x.rows[r])
			}
		}
		x.move()
		if bound > x.best {
			copy(x.rows, s.rows)
			copy(x.tiers, s.tiers)
			x.best = bound
			s.wasted = 0
			if along > 0 {
				x.factor = min(x.factor*quicken, 2)
			}
		} else if s.wasted++; s.wasted >= patience {
			s.wasted = 0
			x.factor = max(x.factor*0.67, 1e-5)
		}
		if x.steps++; x.steps%lookBack == 0 {
			if x.best-x.before < 0.01*math.Abs(x.before) {
				x.share = max(x.share/2, 1e-4)
			}
			x.before = x.best
		}
	}
}

const (
	// So many families of rows are tried, at the lowest price and each time at twice
	// as much.
	families = 20
	lowest   = 1.0 / 8
)

// level prices alike all rows of a family, those made for the same rule with the
// same most: one family after the other, as high as the bound rises. Steps do not
// find that by themselves where every single price lowers the bound, as when
// there are more meetings than all rooms on all days have place for.
func (x *Prices) level(ctx context.Context) {
	type family struct {
		source int
		most   int64
	}
	rows := make(map[family][]int32)
	var order []family
	for r := range x.p.Rows {
		row := &x.p.Rows[r]
		if row.Tier != program.Hard {
			continue
		}
		f := family{row.Source, row.Most}
		if rows[f] == nil {
			order = append(order, f)
		}
		rows[f] = append(rows[f], int32(r))
	}
	slices.SortStableFunc(order, func(a, b family) int { return cmp.Compare(len(rows[b]), len(rows[a])) })
	s := &x.scratch
	for _, f := range order[:min(len(order), families)] {
		for price := lowest; price <= dearest && ctx.Err() == nil; price *= 2 {
			for _, r := range rows[f] {
				s.rows[r] = price
			}
			bound := x.relax()
			if bound <= x.best {
				break
			}
			x.best = bound
			copy(x.rows, s.rows)
		}
		copy(s.rows, x.rows)
	}
	x.best = x.relax()
}

// settle keeps the prices since the sure ones if they prove more.
func (x *Prices) settle() {
	x.refresh(reached)
	copy(x.scratch.rows, x.rows)
	copy(x.scratch.tiers, x.tiers)
	if x.best = x.relax(); !(x.best >= x.sure.bound) { // nor where it is no number
		x.restore()
	}
}

// restore goes back to the sure prices.
func (x *Prices) restore() {
	copy(x.rows, x.sure.rows)
	copy(x.tiers, x.sure.tiers)
	x.best = x.sure.bound
}

// move takes the relaxation's choices into the mean, by the share that brings
// the mean nearest to keeping the rows.
func (x *Prices) move() {
	s := &x.scratch
	// |(1-a)·mean + a·used - most|² is least at a.
	top, bottom := 0.0, 0.0
	for r := range x.mean {
		d := s.used[r] - x.mean[r]
		if d != 0 {
			top -= d * (x.mean[r] - float64(x.p.Rows[r].Most))
			bottom += d * d
		}
	}
	share := x.share
	if bottom > 0 {
		share = min(max(top/bottom, x.share/10), x.share)
	}
	x.mix(share)
	for r := range x.mean {
		x.mean[r] += share * (s.used[r] - x.mean[r])
	}
	for t := range x.spent {
		x.spent[t] += share * (s.cost[t] - x.spent[t])
	}
}
