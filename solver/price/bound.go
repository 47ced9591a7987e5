package price

import (
	"math"
	"slices"

	"plenary/solver/program"
)

// Multipliers are prices in whole parts of a unit of cost, [Scale] to the unit.
type Multipliers struct {
	Tier  int     // whose cost is bounded
	Rows  []int64 // by row
	Tiers []int64 // of the budgets of the tiers before
}

// Multipliers gives the best prices so far as integers, within what makes a
// bound: none below 0, and none of a priced row over its price.
func (x *Prices) Multipliers() Multipliers {
	m := Multipliers{Tier: x.tier, Rows: make([]int64, len(x.rows)), Tiers: make([]int64, len(x.tiers))}
	for t, price := range x.tiers {
		m.Tiers[t] = whole(price)
	}
	for r, price := range x.rows {
		row := &x.p.Rows[r]
		m.Rows[r] = whole(price)
		switch {
		case row.Tier == program.Hard:
		case row.Tier == x.tier:
			m.Rows[r] = min(m.Rows[r], row.Weight*Scale)
		case row.Tier < x.tier:
			m.Rows[r] = min(m.Rows[r], m.Tiers[row.Tier]*row.Weight)
		default:
			m.Rows[r] = 0
		}
	}
	return m
}

// dearest is the highest price of all, in units of cost: far beyond what any row
// is worth, and small enough that sums of prices fit.
const dearest = 1 << 24

// whole gives a price in parts of a unit; none where it is no number.
func whole(price float64) int64 {
	if !(price > 0) {
		return 0
	}
	return int64(math.Round(min(price, dearest) * Scale))
}

// Relaxation is what multipliers prove, in parts of a unit of cost.
type Relaxation struct {
	Multipliers
	Bound   int64     // no assignment within the budgets costs less
	Reduced [][]int64 // by block and choice: what it costs beyond the cheapest

	budget []int64 // of the tiers before, under which Bound holds
	due    int64   // what is proven in any case
}

// Relax bounds the cost of a tier by multipliers, in integers: the sum over
// blocks of the cheapest choice at these prices, less what the mosts and the
// budgets are worth. Where sums could be beyond 64 bits it proves nothing: the
// bound is then what is due in any case, and all multipliers are 0.
func Relax(p *program.Program, budget []int64, m Multipliers) Relaxation {
	due := p.Due[m.Tier] * Scale
	out := Relaxation{Bound: due, Reduced: make([][]int64, len(p.Blocks)), due: due}
	if !fits(p, budget, m) {
		for i := range p.Blocks {
			out.Reduced[i] = make([]int64, p.Blocks[i].Choices())
		}
		out.Multipliers = Multipliers{m.Tier, make([]int64, len(m.Rows)), make([]int64, len(m.Tiers))}
		return out
	}
	out.budget, out.Multipliers = budget, m
	for t, price := range m.Tiers {
		out.Bound += price * (p.Due[t] - budget[t])
	}
	for r, price := range m.Rows {
		out.Bound -= price * p.Rows[r].Most
	}
	sums := make([]int64, len(m.Rows)+1)
	for r, price := range m.Rows {
		sums[r+1] = sums[r] + price
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		reduced := make([]int64, b.Choices())
		for c := range reduced {
			cost := b.Cost[m.Tier][c] * Scale
			for t, price := range m.Tiers {
				cost += price * b.Cost[t][c]
			}
			for _, u := range b.Uses(c) {
				cost += (sums[u.Row+u.Rows] - sums[u.Row]) * int64(u.Amount)
			}
			reduced[c] = cost
		}
		least := int64(math.MaxInt64)
		for _, cost := range reduced {
			least = min(least, cost)
		}
		for c := range reduced {
			reduced[c] -= least
		}
		out.Bound += least
		out.Reduced[i] = reduced
	}
	return out
}

// Under gives what the same multipliers prove under other budgets: what choices
// cost beyond the cheapest stays, and the bound changes by what the budgets are
// worth. Where that is beyond 64 bits it proves nothing.
func (r Relaxation) Under(budget []int64) Relaxation {
	if r.budget == nil {
		return r
	}
	change, size := int64(0), math.Abs(float64(r.Bound))
	for t, price := range r.Tiers {
		less := r.budget[t] - budget[t]
		change += price * less
		size += float64(price) * math.Abs(float64(less))
	}
	if size >= 1<<62 {
		r.Bound, r.budget = r.due, nil
		return r
	}
	r.Bound += change
	r.budget = slices.Clone(budget)
	return r
}

// fits tells whether all sums that Relax makes are within 64 bits, by a generous
// estimate.
func fits(p *program.Program, budget []int64, m Multipliers) bool {
	rows, tiers := 0.0, 0.0 // what all prices together are
	for _, price := range m.Rows {
		rows += float64(price)
	}
	for _, price := range m.Tiers {
		tiers += float64(price)
	}
	most, amount, cost := 1.0, 1.0, 1.0 // the largest of each
	for r := range p.Rows {
		most = max(most, math.Abs(float64(p.Rows[r].Most)))
	}
	for t := range m.Tiers {
		most = max(most, math.Abs(float64(budget[t])))
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		for c := range b.Choices() {
			for _, u := range b.Uses(c) {
				amount = max(amount, math.Abs(float64(u.Amount)))
			}
			for t := range m.Tier + 1 {
				cost = max(cost, float64(b.Cost[t][c]))
			}
		}
	}
	return rows*most+tiers*most+float64(len(p.Blocks))*(rows*amount+(tiers+Scale)*cost) < 1<<62
}

// Whole gives the bound in whole units of cost, rounded up, since costs are
// whole.
func (r Relaxation) Whole() int64 {
	if r.Bound <= 0 {
		return -(-r.Bound / Scale)
	}
	return (r.Bound + Scale - 1) / Scale
}
