package price

import (
	"math"

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
		m.Tiers[t] = int64(math.Round(price * Scale))
	}
	for r, price := range x.rows {
		row := &x.p.Rows[r]
		m.Rows[r] = int64(math.Round(price * Scale))
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

// Relaxation is what multipliers prove, in parts of a unit of cost.
type Relaxation struct {
	Bound   int64     // no assignment within the budgets costs less
	Reduced [][]int64 // by block and choice: what it costs beyond the cheapest
}

// Relax bounds the cost of a tier by multipliers, in integers: the sum over
// blocks of the cheapest choice at these prices, less what the mosts and the
// budgets are worth.
func Relax(p *program.Program, budget []int64, m Multipliers) Relaxation {
	out := Relaxation{Bound: p.Due[m.Tier] * Scale, Reduced: make([][]int64, len(p.Blocks))}
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

// Whole gives the bound in whole units of cost, rounded up, since costs are
// whole.
func (r Relaxation) Whole() int64 {
	if r.Bound <= 0 {
		return -(-r.Bound / Scale)
	}
	return (r.Bound + Scale - 1) / Scale
}
