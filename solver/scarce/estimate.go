package scarce

import (
	"context"
	"errors"

	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/clock"
	"plenary/solver/compile"
	"plenary/solver/encode"
	"plenary/solver/price"
)

// ErrTooLong says that the choices of no part can be listed, or not in the time.
var ErrTooLong = errors.New("there are too many choices to price what is scarce")

// Estimate gives about what one more room or team would save in a week, without
// planning again: the scarcest first, by tier and then by what it saves. The plan
// need not be proven.
//
// In every tier prices of all limits bound the cost of plans that cost no more than
// this one in the tiers before. With one more room, that bound is lower by what
// these prices say that the room is worth in all slots of the week together. So a
// plan proven optimal by these prices saves no more than its estimate; less, where
// what is scarce lies elsewhere as well. The tier is the first in which it is worth
// a unit. It fails with ErrTooLong.
func Estimate(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan) ([]plan.Price, error) {
	e := &estimate{s: s, worth: map[scenario.More][]int64{}}
	problem := compile.Compile(s, instances, compile.Options{Listed: 1, Stopped: func() bool { return ctx.Err() != nil }})
	if ctx.Err() != nil {
		return nil, ErrTooLong
	}
	var parts []*bounded
	for _, part := range problem.Parts {
		if part.Listed != nil && part.Listed.Program != nil {
			parts = append(parts, &bounded{Listed: part.Listed})
		}
	}
	if len(parts) == 0 {
		return nil, ErrTooLong
	}
	var gaps []int64 // by tier: between the cost of the plan and the bounds of all parts
	for t, tier := range p.Tiers {
		gap := tier.Cost
		for _, x := range parts {
			within, cancel := clock.Share(ctx, (len(p.Tiers)-t)*len(parts))
			multipliers, bound := price.Best(within, x.Program, x.budgets(gaps), gap)
			cancel()
			x.bounds = append(x.bounds, bound)
			if gap -= bound; bound > 0 {
				e.add(x.Listed, multipliers)
			}
		}
		gaps = append(gaps, max(gap, 0))
	}
	return e.prices(instances), nil
}

// bounded is a part with its bounds so far, by tier.
type bounded struct {
	*compile.Listed
	bounds []int64
}

// budgets gives what the part costs at most in the first tiers, in plans that cost
// no more than the one at hand.
func (x *bounded) budgets(gaps []int64) []int64 {
	out := make([]int64, len(gaps))
	for t, gap := range gaps {
		out[t] = x.bounds[t] + gap
	}
	return out
}

type estimate struct {
	s     *scenario.Scenario
	worth map[scenario.More][]int64 // by tier: in parts of a unit
}

// add counts what multipliers say that one more of each resource is worth.
func (e *estimate) add(l *compile.Listed, m price.Multipliers) {
	for r, multiplier := range m.Rows {
		limit := l.Limits[l.Program.Rows[r].Limit]
		if multiplier == 0 || limit == nil {
			continue
		}
		for _, more := range e.raising(limit) {
			if e.worth[more] == nil {
				e.worth[more] = make([]int64, len(e.s.Priorities))
			}
			e.worth[more][m.Tier] += multiplier * limit.More
		}
	}
}

// raising gives what would raise a limit.
func (e *estimate) raising(limit *encode.Capacity) (out []scenario.More) {
	more := scenario.More{Station: limit.Station, Kind: -1, Monday: limit.Day.Monday()}
	if limit.Halls == nil {
		return []scenario.More{more}
	}
	st := &e.s.Stations[limit.Station]
	for kind := range st.Rooms {
		for i, h := range st.Halls() {
			if limit.Halls[i] && h.Room == &st.Rooms[kind] {
				more.Kind = kind
				out = append(out, more)
				break
			}
		}
	}
	return out
}

// prices gives what is worth a unit in some tier, in whole units.
func (e *estimate) prices(instances []rule.Instance) (out []plan.Price) {
	for _, more := range resources(e.s, instances) {
		for more.Monday = e.s.Period.First.Monday(); more.Monday <= e.s.Period.Last; more.Monday += 7 {
			for t, worth := range e.worth[more] {
				saves := (worth + price.Scale/2) / price.Scale
				if saves == 0 {
					continue
				}
				p := priced(e.s, more, more.Week(), t+1, saves)
				p.Estimate = true
				out = append(out, p)
				break
			}
		}
	}
	sort(out)
	return out
}
