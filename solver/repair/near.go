package repair

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/compile"
	"plenary/solver/deal"
	"plenary/solver/optimize"
	"plenary/solver/solve"
)

// firstNeighbours is how many sessions may move besides the broken ones when
// those alone do not do; then twice as many, and so on, as long as no more than
// mostClose are free to move.
const (
	firstNeighbours = 8
	mostClose       = 24
)

// farAway is by how many days a session at other stations counts as further
// away.
const farAway = 30

// nearby searches a large scenario around what is broken: everything else stays
// as it was published, and the neighbourhood grows until nothing outside it
// could help. That is proven by leaving out what lies outside: if the
// neighbourhood, with all rooms and teams to itself, cannot be mended with less,
// no plan can.
type nearby struct {
	s         *scenario.Scenario // with the disturbance as its first tier
	instances []rule.Instance    // with those that price the disturbance
	published *plan.Plan
	order     []int // sessions: the broken ones, then the others, the nearest first
	broken    int   // how many of them are broken
	documents []int // that are broken
	o         Options

	best       solve.Outcome
	impossible *compile.Group // sessions and documents that cannot be mended at all

	mu     sync.Mutex // of the rest
	cost   int64      // of the best plan that was heard of
	bound  int64      // no plan disturbs less
	closed func()     // ends the search by listed choices; nil before that
}

// newNearby finds out what is broken: the sessions that violations speak of, and
// those that were not announced.
func newNearby(s *scenario.Scenario, instances []rule.Instance, published *plan.Plan, violations []judge.Measured, o Options) *nearby {
	n := &nearby{s: s, instances: instances, published: published, o: o, cost: math.MaxInt64}
	broken := map[int]bool{}
	for _, m := range violations {
		for _, id := range m.Finding.Sessions {
			if i := s.Session(id); i >= 0 {
				broken[i] = true
			}
		}
		if len(m.Finding.Sessions) == 0 {
			tie := m.Instance.Rule.Ties(s)
			for _, i := range tie.Sessions {
				broken[i] = true
			}
			n.documents = append(n.documents, tie.Documents...)
		}
	}
	for i := range s.Sessions {
		if published.Session(s.Sessions[i].ID) == nil && !s.Sessions[i].Optional {
			broken[i] = true
		}
	}
	for i := range s.Documents {
		if published.Document(s.Documents[i].ID) == nil {
			n.documents = append(n.documents, i)
		}
	}
	away := make([]int, len(s.Sessions))
	for i := range s.Sessions {
		n.order = append(n.order, i)
		if away[i] = -1; broken[i] {
			n.broken++
			continue
		}
		away[i] = math.MaxInt
		for b := range broken {
			away[i] = min(away[i], n.between(i, b))
		}
	}
	slices.SortStableFunc(n.order, func(a, b int) int { return cmp.Compare(away[a], away[b]) })
	return n
}

// between gives how many days lie between two sessions as they were published,
// or as they can be at all.
func (n *nearby) between(a, b int) int {
	days := func(i int) (first, last int) {
		if x := n.published.Session(n.s.Sessions[i].ID); x != nil {
			return int(x.First()), int(x.Last())
		}
		if w := n.s.Sessions[i].Between; w != nil {
			return int(w.First), int(w.Last)
		}
		return int(n.s.Period.First), int(n.s.Period.Last)
	}
	firstA, lastA := days(a)
	firstB, lastB := days(b)
	gap := max(0, firstA-lastB, firstB-lastA)
	for _, st := range n.s.Sessions[a].StationIDs {
		if slices.Contains(n.s.Sessions[b].StationIDs, st) {
			return gap
		}
	}
	return gap + farAway
}

// search gives the best plan that was found, and in its first tier what is
// proven of all plans. Among those that disturb as little it is the best that
// moves nothing else, but for interpretation elsewhere, which stays where it can: of the
// other tiers nothing is proven.
func (n *nearby) search(ctx context.Context) (solve.Outcome, error) {
	if v := judge.Plan(n.s, n.instances, n.published); v.Feasible() {
		as := *n.published
		n.best = solve.Outcome{Plan: &as, Verdict: v}
		n.learn(v.Costs[0], 0)
		return n.end(), nil
	}
	size, err := n.close(ctx)
	if err == nil && n.open() && ctx.Err() == nil {
		err = n.far(ctx, size)
	}
	switch {
	case err != nil || n.best.Plan == nil && n.impossible == nil:
		return n.best, err
	case n.impossible != nil:
		return solve.Outcome{Status: solve.Infeasible, Blamed: []compile.Group{*n.impossible}}, nil
	}
	found, err := n.plan(ctx, n.group(n.moved(n.best.Plan)), len(n.s.Priorities), nil)
	if err != nil {
		return n.best, err
	}
	n.take(found)
	return n.end(), nil
}

// end gives the best plan with what is proven of it.
func (n *nearby) end() solve.Outcome {
	n.best.Status, n.best.Plan.Status, n.best.Plan.Tiers = solve.Feasible, plan.Feasible, n.best.Verdict.Tiers(n.s)
	first := &n.best.Plan.Tiers[0]
	first.Bound, first.Proven = n.bound, first.Cost == n.bound
	return n.best
}

// next gives the size of the neighbourhood after one.
func (n *nearby) next(size int) int {
	return min(n.broken+max(firstNeighbours, 2*(size-n.broken)), len(n.order))
}

// close plans small neighbourhoods, one larger than the other, while all else stays, and
// gives the size of the first that it leaves.
func (n *nearby) close(ctx context.Context) (size int, err error) {
	for size = n.broken; size <= cmp.Or(n.o.Close, mostClose); size = n.next(size) {
		group := n.group(n.order[:size])
		n.least(ctx, group)
		if !n.open() || ctx.Err() != nil {
			return size, nil
		}
		found, err := n.plan(ctx, group, 1, func(p solve.Progress) {
			if p.Found {
				n.learn(p.Cost, 0)
			}
		})
		if err != nil {
			return size, err
		}
		n.take(found)
		if !n.open() || size == len(n.order) || ctx.Err() != nil {
			return size, nil
		}
	}
	return size, nil
}

// far mends the whole by its listed choices, from what was published. At the same time
// neighbourhoods of a size and more, with all rooms and teams to themselves, prove how
// little does.
func (n *nearby) far(ctx context.Context, size int) error {
	within, cancel := context.WithCancel(ctx)
	defer cancel()
	n.mu.Lock()
	n.closed = cancel
	n.mu.Unlock()
	var beside sync.WaitGroup
	beside.Go(func() {
		for within.Err() == nil {
			n.least(within, n.group(n.order[:size]))
			if size == len(n.order) {
				return
			}
			size = n.next(size)
		}
	})
	first, all := n.first(1)
	found, err := n.solve(within, first, all, solve.Options{Seed: n.o.Seed, Prefer: n.published, From: n.published, Large: 1, Brief: n.o.Brief, Progress: func(p solve.Progress) {
		cost := int64(math.MaxInt64)
		if p.Found {
			cost = p.Cost
		}
		n.learn(cost, p.Bound)
	}})
	cancel()
	beside.Wait()
	if found.Status == solve.Infeasible {
		n.impossible = &found.Blamed[0]
	}
	n.take(found)
	return err
}

// take keeps a plan that disturbs less than the best so far, or as little and is better by
// the priorities.
func (n *nearby) take(found solve.Outcome) {
	if found.Plan == nil {
		return
	}
	// Of tiers that were left out, interpretation is what most meetings can lose.
	if p, err := deal.Again(n.s, found.Plan, n.published); err == nil {
		if v := judge.Plan(n.s, n.instances, p); v.Feasible() && slices.Compare(v.Costs, found.Verdict.Costs) < 0 {
			found.Plan, found.Verdict = p, v
		}
	}
	if n.best.Plan == nil || slices.Compare(found.Verdict.Costs, n.best.Verdict.Costs) < 0 {
		n.best = found
	}
}

// open tells whether a plan that disturbs less than the best is possible.
func (n *nearby) open() bool {
	return n.impossible == nil && (n.best.Plan == nil || n.best.Verdict.Costs[0] > n.bound)
}

// learn takes in how much a plan disturbs, math.MaxInt64 if there is none, and how little
// is proven to do; it ends the search by listed choices once that is the same.
func (n *nearby) learn(cost, bound int64) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if cost >= n.cost && bound <= n.bound {
		return
	}
	n.cost, n.bound = min(n.cost, cost), max(n.bound, bound)
	n.tell()
	if n.cost == n.bound && n.closed != nil {
		n.closed()
	}
}

// moved gives the sessions that are not as they were published, and the broken
// ones.
func (n *nearby) moved(p *plan.Plan) []int {
	out := slices.Clone(n.order[:n.broken])
	for _, m := range plan.Moves(n.s, n.published, p) {
		if i := n.s.Session(m.ID); i >= 0 && m.What != "room" && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// tell reports how far the disturbance is known.
func (n *nearby) tell() {
	if n.o.Progress == nil {
		return
	}
	p := solve.Progress{Bound: n.bound, Costs: make([]int64, len(n.s.Priorities)), Bounds: make([]int64, len(n.s.Priorities))}
	if p.Found = n.cost < math.MaxInt64; p.Found {
		p.Cost, p.Costs[0] = n.cost, n.cost
	}
	p.Bounds[0] = n.bound
	n.o.Progress(p)
}

// group gives sessions with the documents that hang on them, on broken ones, or
// on each other.
func (n *nearby) group(sessions []int) compile.Group {
	g := compile.Group{Sessions: slices.Sorted(slices.Values(sessions)), Documents: slices.Clone(n.documents)}
	for grew := true; grew; {
		grew = false
		for i := range n.instances {
			in := &n.instances[i]
			if !in.Hard() || in.Kind != "document" {
				continue
			}
			tie := in.Rule.Ties(n.s)
			touched := slices.ContainsFunc(tie.Sessions, func(i int) bool { return slices.Contains(g.Sessions, i) }) ||
				slices.ContainsFunc(tie.Documents, func(i int) bool { return slices.Contains(g.Documents, i) })
			for _, d := range tie.Documents {
				if touched && !slices.Contains(g.Documents, d) {
					g.Documents, grew = append(g.Documents, d), true
				}
			}
		}
	}
	slices.Sort(g.Documents)
	g.Documents = slices.Compact(g.Documents)
	return g
}

// plan gives the best plan, by the first so many tiers, that leaves everything
// outside the group as it was published.
func (n *nearby) plan(ctx context.Context, g compile.Group, tiers int, report func(solve.Progress)) (solve.Outcome, error) {
	some, all := n.first(tiers)
	all = slices.DeleteFunc(all, func(in rule.Instance) bool { // take sees to it outside
		return !in.Hard() && in.Kind == "interpretation" && !within(in.Rule.Ties(n.s).Sessions, g.Sessions)
	})
	all = append(all, fixed(n.s, n.published, g)...)
	return n.solve(ctx, some, all, solve.Options{Seed: n.o.Seed, Prefer: n.published, Large: math.MaxInt, Progress: report})
}

// solve plans with some of the tiers and rules, and judges the plan by all.
func (n *nearby) solve(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, o solve.Options) (solve.Outcome, error) {
	found, err := solve.Plan(ctx, s, instances, o)
	if found.Plan != nil {
		found.Verdict = judge.Plan(n.s, n.instances, found.Plan)
	}
	return found, err
}

// first gives the scenario and its rules with the first so many tiers.
func (n *nearby) first(tiers int) (*scenario.Scenario, []rule.Instance) {
	some := *n.s
	some.Priorities = n.s.Priorities[:tiers]
	return &some, slices.DeleteFunc(slices.Clone(n.instances), func(in rule.Instance) bool { return in.Tier > tiers })
}

// fixed gives the rules that leave everything outside the group as it is in a plan
// of the scenario.
func fixed(s *scenario.Scenario, p *plan.Plan, g compile.Group) (out []rule.Instance) {
	for i := range s.Sessions {
		if slices.Contains(g.Sessions, i) {
			continue
		}
		x := p.Session(s.Sessions[i].ID)
		one := rule.Selection{Of: []string{s.Sessions[i].ID}, Sessions: []int{i}}
		if x == nil {
			never := s.Period
			never.Last = never.First - 1
			out = append(out, rule.Instance{Kind: "window", Rule: &rule.Window{Selection: one, Between: never}})
			continue
		}
		out = append(out, unchanged(s, i, x)...)
		// These say the same once more, and narrow what is looked at.
		out = append(out, rule.Instance{Kind: "held", Rule: &rule.Held{Selection: one}},
			rule.Instance{Kind: "window", Rule: &rule.Window{Selection: one, Between: calendar.Range{First: x.First(), Last: x.Last()}}},
			rule.Instance{Kind: "venue", Rule: &rule.Venue{Selection: one, At: []string{x.Station}, Stations: []int{s.Station(x.Station)}}})
		if seats := seatsOf(x); len(seats) > 0 {
			out = append(out, rule.Instance{Kind: "keep", Rule: &rule.Keep{Selection: one, Seats: seats}})
		}
	}
	for i := range s.Documents {
		if d := p.Document(s.Documents[i].ID); d != nil && !slices.Contains(g.Documents, i) {
			out = append(out, rule.Instance{Kind: "document", Rule: issued(i, d.Issued)})
		}
	}
	for i := range out {
		out[i].ID = fmt.Sprintf("published %d", i)
	}
	return out
}

// alone are the kinds of rules that fewer sessions can only keep more easily.
var alone = []string{"rooms", "teams"}

// least proves how little the group can be disturbed when nothing else is there, or that
// it cannot be mended.
func (n *nearby) least(ctx context.Context, g compile.Group) {
	first := *n.s
	first.Priorities = n.s.Priorities[:1]
	var inside []rule.Instance
	for _, in := range n.instances {
		tie := in.Rule.Ties(n.s)
		if in.Tier <= 1 && (slices.Contains(alone, in.Kind) || within(tie.Sessions, g.Sessions) && within(tie.Documents, g.Documents)) {
			inside = append(inside, in)
		}
	}
	problem := compile.Compile(&first, inside, compile.Options{Only: &g, Stopped: func() bool { return ctx.Err() != nil }})
	if ctx.Err() != nil {
		return
	}
	part := problem.Parts[0]
	result := optimize.Minimize(ctx, part.Solver, part.Tiers[0], optimize.Watcher{Bound: func(bound int64) { n.learn(math.MaxInt64, bound) }})
	if result.Status == optimize.Infeasible {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.impossible = &g
		if n.closed != nil {
			n.closed()
		}
		return
	}
	n.learn(math.MaxInt64, result.Bound)
}

// within tells whether all of some are among the sorted others.
func within(some, others []int) bool {
	return !slices.ContainsFunc(some, func(i int) bool {
		_, found := slices.BinarySearch(others, i)
		return !found
	})
}
