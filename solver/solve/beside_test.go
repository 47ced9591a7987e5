package solve

import (
	"slices"
	"testing"

	"plenary/solver/optimize"
)

// TestABoundHoldsWhereTheTiersBeforeCostTheSame sets what clauses prove beside what listed
// choices found, and the other way round.
func TestABoundHoldsWhereTheTiersBeforeCostTheSame(t *testing.T) {
	for name, c := range map[string]struct {
		costs, bounds, otherCosts, otherBounds []int64
		want                                   []int64
		optimal                                int // tiers
	}{
		"the first tier is bounded for all plans":     {[]int64{5, 9}, []int64{2, 1}, []int64{6, 3}, []int64{4, 3}, []int64{4, 1}, 0},
		"a later tier where the first costs the same": {[]int64{5, 9}, []int64{2, 1}, []int64{5, 9}, []int64{4, 7}, []int64{4, 7}, 0},
		"what one proves of each tier":                {[]int64{5, 9}, []int64{5, 1}, []int64{5, 12}, []int64{1, 9}, []int64{5, 9}, 2},
		"nothing beyond a tier that is open":          {[]int64{5, 9}, []int64{4, 9}, []int64{5, 9}, []int64{3, 0}, []int64{4, 9}, 0},
		"another without a plan":                      {[]int64{5, 9}, []int64{2, 1}, []int64{0, 0}, []int64{3, 0}, []int64{3, 1}, 0},
	} {
		result := func(costs, bounds []int64) (r partResult) {
			for i := range costs {
				r = append(r, optimize.Result{Status: optimize.Feasible, Cost: costs[i], Bound: bounds[i]})
			}
			return r
		}
		r := result(c.costs, c.bounds).knowing(result(c.otherCosts, c.otherBounds))
		optimal := 0
		for _, tier := range r {
			if tier.Status == optimize.Optimal {
				optimal++
			}
		}
		if _, got := r.figures(); !slices.Equal(got, c.want) || optimal != c.optimal {
			t.Errorf("%s: bounds %v with %d tiers optimal, want %v and %d", name, got, optimal, c.want, c.optimal)
		}
	}
}
