package price

import (
	"context"

	"plenary/solver/program"
)

// Prices climb for so many steps at a time, and no further once the bound in
// parts has grown by less than the enough-th part of itself in vainly such climbs.
const (
	bestSteps = 500
	vainly    = 4
	enough    = 2_000
)

// Best looks for the multipliers that bound a tier of a program most, among what
// costs at most budget in the tiers before: until the bound is upper, nothing more
// is gained, or ctx is done. It gives them with their bound, rounded up; with a
// bound of 0 they may be empty.
func Best(ctx context.Context, p *program.Program, budget []int64, upper int64) (best Multipliers, bound int64) {
	x := New(p, len(budget))
	parts, vain := int64(0), 0
	for vain < vainly && bound < upper && ctx.Err() == nil {
		x.Climb(ctx, bestSteps, budget, float64(upper))
		m := x.Multipliers()
		r := Relax(p, budget, m)
		if r.Bound-parts > parts/enough {
			vain = 0
		} else {
			vain++
		}
		if r.Bound > parts {
			best, parts, bound = m, r.Bound, r.Whole()
		}
	}
	return best, bound
}
