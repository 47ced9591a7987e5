package sweep

import (
	"slices"

	"gonum.org/v1/gonum/stat"
)

// Effect is what one level of an axis does.
type Effect struct {
	Axis, Level string
	Asked       int // what-ifs that were answered
	WithPlan    int
	Impossible  int
	Costs       []Cost // by tier, in the order of Tiers
}

// Cost is what a level costs in one tier.
type Cost struct {
	Mean float64 // of the plans with this level
	// Against is the mean difference from the first level of the axis that has
	// plans, over the Pairs of plans that differ in this axis alone. The mean over all plans of a
	// level can mislead where the dear ones became impossible.
	Against float64
	Pairs   int
}

// Effects gives the effect of every level of every axis, over the combinations
// that were answered.
func (o Outcome) Effects() (out []Effect) {
	tiers := o.Tiers()
	for a := range o.Sweep.Axes {
		axis, base := &o.Sweep.Axes[a], o.base(a)
		first := o.alike(a, base)
		for l, p := range axis.Points() {
			e := Effect{Axis: axis.Name(), Level: p.Label, Costs: make([]Cost, len(tiers))}
			var with []Row
			for _, r := range o.Rows {
				if r.Case.Levels == nil || r.Case.Levels[a] != l || r.Result == nil || !r.Result.Answered() {
					continue
				}
				e.Asked++
				if r.hasPlan() {
					e.WithPlan++
					with = append(with, r)
				} else {
					e.Impossible++
				}
			}
			for t, tier := range tiers {
				e.Costs[t] = effect(a, tier, with, first, l == base)
			}
			out = append(out, e)
		}
	}
	return out
}

// base gives the first level of an axis that has plans.
func (o Outcome) base(a int) int {
	first := len(o.Sweep.Axes[a].Points())
	for _, r := range o.Rows {
		if r.Case.Levels != nil && r.hasPlan() {
			first = min(first, r.Case.Levels[a])
		}
	}
	return first
}

// effect gives what a level of axis a costs in a tier: the rows with the level
// against the first level's, by their other levels, unless it is itself the first.
func effect(a int, tier string, with []Row, first map[string]Row, itself bool) (c Cost) {
	var costs, differences []float64
	for _, r := range with {
		is, ok := r.tier(tier)
		if !ok {
			continue
		}
		costs = append(costs, float64(is.Cost))
		if itself {
			continue
		}
		if other, ok := first[others(r.Case.Levels, a)]; ok {
			if was, ok := other.tier(tier); ok {
				differences = append(differences, float64(is.Cost-was.Cost))
			}
		}
	}
	if len(costs) > 0 {
		c.Mean = stat.Mean(costs, nil)
	}
	if c.Pairs = len(differences); c.Pairs > 0 {
		c.Against = stat.Mean(differences, nil)
	}
	return c
}

// alike gives the rows with a plan and one level of an axis, by their other
// levels.
func (o Outcome) alike(a, l int) map[string]Row {
	out := map[string]Row{}
	for _, r := range o.Rows {
		if r.Case.Levels != nil && r.Case.Levels[a] == l && r.hasPlan() {
			out[others(r.Case.Levels, a)] = r
		}
	}
	return out
}

// others names the levels of all axes but one.
func others(levels []int, a int) string {
	b := make([]byte, 0, 2*len(levels))
	for i, l := range levels {
		if i != a {
			b = append(b, byte(l), byte(l>>8))
		}
	}
	return string(b)
}

// Front gives the rows with a plan whose costs no other plan beats: none is as
// good in every tier and better in one. Of rows with the same costs, the first.
func (o Outcome) Front() (out []Row) {
	tiers := o.Tiers()
	type point struct {
		row   Row
		costs []int64
	}
	var points []point
	for _, r := range o.Rows {
		p := point{row: r}
		for _, t := range tiers {
			is, ok := r.tier(t)
			if !ok {
				break
			}
			p.costs = append(p.costs, is.Cost)
		}
		if r.hasPlan() && len(p.costs) == len(tiers) && !slices.ContainsFunc(points, func(x point) bool { return slices.Equal(x.costs, p.costs) }) {
			points = append(points, p)
		}
	}
	for _, p := range points {
		if !slices.ContainsFunc(points, func(x point) bool { return beats(x.costs, p.costs) }) {
			out = append(out, p.row)
		}
	}
	return out
}

// beats tells whether a is as good as b everywhere and better somewhere.
func beats(a, b []int64) bool {
	for i := range a {
		if a[i] > b[i] {
			return false
		}
	}
	return !slices.Equal(a, b)
}
