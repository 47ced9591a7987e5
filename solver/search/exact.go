package search

import (
	"cmp"
	"context"
	"slices"

	"plenary/solver/cnf"
	"plenary/solver/optimize"
	"plenary/solver/program"
	"plenary/solver/sat"
)

// exact finds the assignment of a small program that costs least, tier by tier,
// by core-guided search. When ctx ends first, it gives the best it has; nil when
// it has none.
func exact(ctx context.Context, p *program.Program) (taken []int32) {
	solver := sat.New()
	x := &clauses{p: p, b: cnf.NewBuilder(solver), tiers: make([][]optimize.Term, p.Tiers)}
	for i := range p.Blocks {
		x.block(&p.Blocks[i])
	}
	for t := range p.Tiers {
		x.costs(t)
	}
	uses := make([][]use, len(p.Rows))
	for i := range p.Blocks {
		b := &p.Blocks[i]
		for c := range b.Choices() {
			for _, u := range b.Uses(c) {
				for r := u.Row; r < u.Row+u.Rows; r++ {
					uses[r] = append(uses[r], use{int32(i), int32(c), u.Amount})
				}
			}
		}
	}
	for r := range uses {
		x.row(&p.Rows[r], uses[r])
	}
	results := optimize.Tiers(ctx, solver, x.tiers, optimize.Watcher{})
	if len(results) == 0 || results[0].Model == nil {
		return nil
	}
	taken = make([]int32, len(p.Blocks))
	for i, lits := range x.lits {
		taken[i] = int32(slices.IndexFunc(lits, func(l cnf.Lit) bool { return results[0].Model[l.Var()] == (l > 0) }))
	}
	return taken
}

// clauses is a program as it is written as clauses.
type clauses struct {
	p     *program.Program
	b     *cnf.Builder
	lits  [][]cnf.Lit // by block and choice
	tiers [][]optimize.Term
}

// use is what a choice uses of a row.
type use struct{ block, choice, amount int32 }

func (x *clauses) block(b *program.Block) {
	lits := make([]cnf.Lit, b.Choices())
	switch len(lits) {
	case 1:
		lits[0] = x.b.True()
	case 2:
		lits[0] = x.b.Fresh()
		lits[1] = lits[0].Not()
	default:
		for c := range lits {
			lits[c] = x.b.Fresh()
		}
		cnf.ExactlyOne(x.b, lits)
	}
	x.lits = append(x.lits, lits)
}

// steps gives, for each amount but the least that choices of a block have, the
// literal that it is reached, and by how much it is over the one below.
func (x *clauses) steps(block int, amount func(choice int) int64) (least int64, steps []cnf.Weighted) {
	order := make([]int, len(x.lits[block]))
	for c := range order {
		order[c] = c
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(amount(b), amount(a)) })
	var reached []cnf.Lit
	for i, c := range order {
		reached = append(reached, x.lits[block][c])
		if i+1 < len(order) && amount(order[i+1]) < amount(c) {
			steps = append(steps, cnf.Weighted{Lit: x.b.Or(reached...), Weight: amount(c) - amount(order[i+1])})
		}
	}
	return amount(order[len(order)-1]), steps
}

// costs prices the choices of blocks.
func (x *clauses) costs(t int) {
	for i := range x.p.Blocks {
		cost := x.p.Blocks[i].Cost[t]
		_, steps := x.steps(i, func(c int) int64 { return cost[c] })
		for _, s := range steps {
			x.tiers[t] = append(x.tiers[t], optimize.Term(s))
		}
	}
}

// row bounds or prices a row; uses are in the order of blocks.
func (x *clauses) row(row *program.Row, uses []use) {
	var inputs []cnf.Weighted
	most, all := row.Most, int64(0)
	for from := 0; from < len(uses); {
		to := from
		amounts := map[int]int64{}
		for to < len(uses) && uses[to].block == uses[from].block {
			amounts[int(uses[to].choice)] += int64(uses[to].amount)
			to++
		}
		least, steps := x.steps(int(uses[from].block), func(c int) int64 { return amounts[c] })
		most -= least
		for _, s := range steps {
			all += s.Weight
		}
		inputs = append(inputs, steps...)
		from = to
	}
	switch {
	case all <= most:
	case row.Tier != program.Hard:
		sum := cnf.NewWeightedSum(x.b, inputs, all, cnf.Upward)
		last := max(most, 0)
		for _, n := range sum.Sums() {
			if n > most {
				over, _ := sum.AtLeast(n)
				x.tiers[row.Tier] = append(x.tiers[row.Tier], optimize.Term{Lit: over, Weight: (n - last) * row.Weight})
				last = n
			}
		}
	case most < 0:
		x.b.Clause()
	case most == all-1 && !slices.ContainsFunc(inputs, func(w cnf.Weighted) bool { return w.Weight > 1 }):
		var some []cnf.Lit
		for _, in := range inputs {
			some = append(some, in.Lit.Not())
		}
		x.b.Clause(some...)
	default:
		cnf.NewWeightedSum(x.b, inputs, most, cnf.Upward).AtMost(x.b, most)
	}
}
