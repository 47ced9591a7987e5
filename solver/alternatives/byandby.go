package alternatives

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/solver/compile"
	"plenary/solver/repair"
)

const (
	// firstGroup is how many sessions are moved together at first, and leastGroup and
	// mostGroup how many at least and at most.
	firstGroup, leastGroup, mostGroup = 12, 4, 48
	// leastTime is how long one group is looked at, at least; while there is more time,
	// the groups of a step have an eighth of what is left. A group for which that is not
	// enough is halved, down to leastGroup.
	leastTime = 2 * time.Second
	// mostFailures is how many groups in a row may leave the distance as it is
	// before the search ends.
	mostFailures = 40
)

// byAndBy moves a plan away from those before it, a group of sessions at a time
// with everything else as it is: large neighbourhood search, Shaw, Using constraint
// programming and local search methods to solve vehicle routing problems, CP 1998. It
// starts from what was found, or else from the best plan, and gives the plan that is
// furthest, if it has a distance.
func (f *finder) byAndBy(ctx context.Context, found Alternative) (Alternative, error) {
	now, at := f.known[0], 0
	if found.Plan != nil {
		now, at = found.Plan, found.Distance
	}
	draw := rand.New(rand.NewPCG(uint64(f.o.Seed), uint64(len(f.known)))) //nolint:gosec // no secret is drawn
	size, least, most := firstGroup, leastGroup, mostGroup
	if n := f.o.Together; n > 0 {
		size, least, most = n, n, n
	}
	for failures := 0; failures < min(mostFailures, 3*len(f.s.Sessions)) && ctx.Err() == nil; {
		limited, cancel := context.WithTimeout(ctx, patience(ctx))
		group := f.around(now, draw, size)
		moved, err := f.moved(limited, now, repair.Group(f.s, f.instances, group, f.documents(len(group))))
		slow := limited.Err() != nil
		cancel()
		if err != nil {
			return found, err
		}
		switch {
		case slow:
			size = max(least, size/2)
		default:
			size = min(most, size+size/4+1)
		}
		if failures++; moved.Plan == nil || moved.Distance < at {
			continue
		}
		if now = moved.Plan; moved.Distance > at {
			failures, at = 0, moved.Distance
			found.Plan, found.Distance = now, at
			f.tell(at, found.Furthest)
		}
		if len(group) == len(f.s.Sessions) && moved.Furthest == at { // nothing was left outside
			found.Furthest = at
			break
		}
	}
	return found, nil
}

// documents gives those that move with a group of so many sessions whatever they hang
// on: all with all sessions.
func (f *finder) documents(sessions int) (out []int) {
	if sessions == len(f.s.Sessions) {
		for i := range f.s.Documents {
			out = append(out, i)
		}
	}
	return out
}

// settled are the kinds of rules that speak of stations, days, slots, seats and issues
// alone: what they find of sessions that stay is what they found before. Rooms and
// interpretation can go to others though sessions stay.
var settled = []string{
	"adjacent-to", "avoid", "balance", "before", "chaired-by", "closed-days", "compact", "day-cap", "days-apart", "document", "early",
	"held", "in-order", "length", "moderators", "near", "officer-travel", "panel-mix", "pause", "phase", "pin", "rest", "same-day", "slack",
	"span", "spread", "travel-budget", "venue", "window",
}

// moved gives the plan that is furthest away from the known ones and has everything
// outside the group as it is now. A settled rule that ties nothing of the group is
// kept then, or costs what it costs now.
func (f *finder) moved(ctx context.Context, now *plan.Plan, g compile.Group) (Alternative, error) {
	ties := func(some, group []int) bool {
		return slices.ContainsFunc(some, func(i int) bool { _, found := slices.BinarySearch(group, i); return found })
	}
	var touched []rule.Instance
	budget := slices.Clone(f.o.Budget)
	var apart []rule.Instance
	for _, in := range f.instances {
		tie := in.Rule.Ties(f.s)
		switch {
		case !slices.Contains(settled, in.Kind) || len(tie.Sessions)+len(tie.Documents) == 0 || ties(tie.Sessions, g.Sessions) || ties(tie.Documents, g.Documents):
			touched = append(touched, in)
		case !in.Hard():
			apart = append(apart, in)
		}
	}
	for t, cost := range judge.Plan(f.s, apart, now).Costs[:len(budget)] {
		budget[t] -= cost
	}
	fixed := repair.Fixed(f.s, now, g)
	return f.furthest(ctx, append(touched, fixed...), append(slices.Clip(f.instances), fixed...), budget, 0)
}

// patience gives how long the next group is looked at.
func patience(ctx context.Context) time.Duration {
	if deadline, ok := ctx.Deadline(); ok {
		return max(leastTime, time.Until(deadline)/8)
	}
	return time.Minute
}

// around draws a session that is not yet moved, if there is one, and gives it with
// those that meet at the same stations next to it.
func (f *finder) around(now *plan.Plan, draw *rand.Rand, size int) []int {
	var order, still []int
	for i := range f.s.Sessions {
		x := &f.s.Sessions[i]
		order = append(order, i)
		if slices.ContainsFunc(f.known, func(p *plan.Plan) bool { return alike(x, p.Session(x.ID), now.Session(x.ID)) }) {
			still = append(still, i)
		}
	}
	if len(still) == 0 {
		still = order
	}
	middle := still[draw.IntN(len(still))]
	start := func(i int) calendar.Day {
		if x := now.Session(f.s.Sessions[i].ID); x != nil {
			return x.First()
		}
		return f.s.Window(i).First
	}
	away := func(i int) calendar.Day {
		days := max(start(i)-start(middle), start(middle)-start(i))
		if !slices.ContainsFunc(f.s.Sessions[i].StationIDs, func(at int) bool { return slices.Contains(f.s.Sessions[middle].StationIDs, at) }) {
			days += elsewhere
		}
		return days
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(away(a), away(b)) })
	return order[:min(size, len(order))]
}

// elsewhere is by how many days a session at other stations counts as further away.
const elsewhere = 30
