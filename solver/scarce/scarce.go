package scarce

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/solve"
)

// ErrUnproven says that a plan with one more room or team was not proven
// optimal, so that a price would be a guess.
var ErrUnproven = errors.New("a plan with more rooms or teams is not proven optimal")

// Prices gives what one more room or team would save: the scarcest first, by
// tier and then by what it saves. The plan must be proven optimal. Each price
// is exact: it is the cost of the best plan less that of the best plan with
// the room or team. What saves nothing is not listed.
//
// More never hurts, except by rules that rank rooms by their size; so what
// saves nothing over a stretch of weeks saves nothing in one of them, and
// stretches are halved until a week is left. Where neither half of a stretch
// saves by itself, the stretch is listed.
//
// Before each planning, asked is told of the station and the stretch. The error
// is ErrUnproven, also when ctx has ended, or what solve.Plan found wrong.
func Prices(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, asked func(station string, weeks calendar.Range)) ([]plan.Price, error) {
	a := &asking{ctx: ctx, s: s, seed: p.Seed, best: p.Tiers, asked: asked}
	whole := calendar.Range{First: s.Period.First.Monday(), Last: s.Period.Last.Monday() + 6}
	for _, more := range resources(s, instances) {
		if _, err := a.halve(more, whole); err != nil {
			return nil, err
		}
	}
	sort(a.found)
	return a.found, nil
}

// sort puts the scarcest first.
func sort(prices []plan.Price) {
	slices.SortStableFunc(prices, func(x, y plan.Price) int {
		if x.Tier != y.Tier {
			return x.Tier - y.Tier
		}
		return int(y.Saves - x.Saves)
	})
}

// Asked tells whether there are rooms and interpretation teams of which one more
// can be asked about, and whether rooms are left out because a rule ranks them.
func Asked(s *scenario.Scenario, instances []rule.Instance) (rooms, teams, ranked bool) {
	for _, more := range resources(s, instances) {
		rooms, teams = rooms || more.Kind >= 0, teams || more.Kind < 0
	}
	return rooms, teams, ranks(instances)
}

// ranks tells whether a rule ranks rooms by their size.
func ranks(instances []rule.Instance) bool {
	return slices.ContainsFunc(instances, func(in rule.Instance) bool {
		switch in.Rule.(type) {
		case *rule.LargerRooms, *rule.RoomsBySize:
			return true
		}
		return false
	})
}

// resources gives one more of each that stations have and sessions can use, in
// no week yet. Where a rule ranks rooms by their size, one more can hurt, and
// none is asked about.
func resources(s *scenario.Scenario, instances []rule.Instance) (out []scenario.More) {
	ranked := ranks(instances)
	for i := range s.Stations {
		st := &s.Stations[i]
		if !st.Used {
			continue
		}
		for kind := range st.Rooms {
			if !ranked {
				out = append(out, scenario.More{Station: i, Kind: kind})
			}
		}
		if st.Interpretation != nil {
			out = append(out, scenario.More{Station: i, Kind: -1})
		}
	}
	return out
}

// priced says that one more saves so much in some weeks.
func priced(s *scenario.Scenario, more scenario.More, weeks calendar.Range, tier int, saves int64) plan.Price {
	st := &s.Stations[more.Station]
	p := plan.Price{Station: st.ID, From: weeks.First, To: weeks.Last, Tier: tier, Saves: saves}
	if more.Kind >= 0 {
		p.Room = st.Rooms[more.Kind].ID
	}
	return p
}

// asking plans again and again.
type asking struct {
	ctx   context.Context
	s     *scenario.Scenario
	seed  int
	best  []plan.Tier
	asked func(station string, weeks calendar.Range)
	found []plan.Price
}

// halve finds the weeks of a stretch in which one more saves, and tells whether
// it does over the whole stretch.
func (a *asking) halve(more scenario.More, weeks calendar.Range) (saves bool, err error) {
	tier, saved, err := a.with(more, weeks)
	if err != nil || saved <= 0 {
		return false, err
	}
	if n := weeks.Len() / 7; n > 1 {
		middle := weeks.First + calendar.Day(n/2*7)
		first, err := a.halve(more, calendar.Range{First: weeks.First, Last: middle - 1})
		if err != nil {
			return false, err
		}
		second, err := a.halve(more, calendar.Range{First: middle, Last: weeks.Last})
		if err != nil || first || second {
			return true, err
		}
	}
	a.found = append(a.found, priced(a.s, more, weeks, tier, saved))
	return true, nil
}

// with gives the first tier that costs less with one more on the days, and how
// much less; 0 when none does.
func (a *asking) with(more scenario.More, days calendar.Range) (tier int, saved int64, err error) {
	a.asked(a.s.Stations[more.Station].Name(), days)
	s := a.s.WithOne(more, days)
	instances, problems := rule.Of(s)
	if len(problems) > 0 {
		return 0, 0, fmt.Errorf("with one more: %s", problems[0].Message)
	}
	outcome, err := solve.Plan(a.ctx, s, instances, solve.Options{Seed: a.seed})
	if err != nil {
		return 0, 0, err
	}
	if outcome.Status != solve.Optimal {
		return 0, 0, ErrUnproven
	}
	for i, t := range outcome.Plan.Tiers {
		if t.Cost != a.best[i].Cost {
			return t.Tier, a.best[i].Cost - t.Cost, nil
		}
	}
	return 0, 0, nil
}
