package repair

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/compile"
	"plenary/solver/optimize"
	"plenary/solver/solve"
)

// firstNeighbours is how many sessions may move besides the broken ones when
// those alone do not do; then twice as many, and so on.
const firstNeighbours = 8

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
}

// newNearby finds out what is broken: the sessions that violations speak of, and
// those that were not announced.
func newNearby(s *scenario.Scenario, instances []rule.Instance, published *plan.Plan, violations []judge.Measured, o Options) *nearby {
	n := &nearby{s: s, instances: instances, published: published, o: o}
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
// moves nothing else: of the other tiers nothing is proven.
func (n *nearby) search(ctx context.Context) (solve.Outcome, error) {
	var best solve.Outcome
	bound, cost := int64(0), int64(math.MaxInt64)
	for size := n.broken; ; size = n.broken + max(firstNeighbours, 2*(size-n.broken)) {
		size = min(size, len(n.order))
		group := n.group(n.order[:size])
		least := n.least(ctx, group)
		if least.Status == optimize.Infeasible {
			return solve.Outcome{Status: solve.Infeasible, Blamed: []compile.Group{group}}, nil
		}
		bound = max(bound, least.Bound)
		n.tell(cost, bound)
		if cost == bound || ctx.Err() != nil {
			break
		}
		found, err := n.plan(ctx, group, 1, func(p solve.Progress) {
			if p.Found {
				n.tell(min(cost, p.Cost), bound)
			}
		})
		if err != nil {
			return best, err
		}
		if found.Plan != nil && found.Verdict.Costs[0] < cost {
			best, cost = found, found.Verdict.Costs[0]
		}
		n.tell(cost, bound)
		if cost == bound || size == len(n.order) || ctx.Err() != nil {
			break
		}
	}
	if best.Plan == nil {
		return best, nil
	}
	found, err := n.plan(ctx, n.group(n.moved(best.Plan)), len(n.s.Priorities), func(p solve.Progress) {
		if n.o.Progress != nil && p.Found && p.Tier > 0 {
			// What is proven near by says nothing of all plans.
			p.Bound, p.Bounds = 0, make([]int64, len(p.Bounds))
			n.o.Progress(p)
		}
	})
	if err != nil {
		return best, err
	}
	if found.Plan != nil && slices.Compare(found.Verdict.Costs, best.Verdict.Costs) <= 0 {
		best = found
	}
	best.Status, best.Plan.Status, best.Plan.Tiers = solve.Feasible, plan.Feasible, best.Verdict.Tiers(n.s)
	first := &best.Plan.Tiers[0]
	first.Bound, first.Proven = bound, first.Cost == bound
	return best, nil
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

// tell reports how far the disturbance is known; a cost of math.MaxInt64 is
// none.
func (n *nearby) tell(cost, bound int64) {
	if n.o.Progress == nil {
		return
	}
	p := solve.Progress{Bound: bound, Costs: make([]int64, len(n.s.Priorities)), Bounds: make([]int64, len(n.s.Priorities))}
	if p.Found = cost < math.MaxInt64; p.Found {
		p.Cost, p.Costs[0] = cost, cost
	}
	p.Bounds[0] = bound
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
	some := *n.s
	some.Priorities = n.s.Priorities[:tiers]
	var all []rule.Instance
	for _, in := range n.instances {
		if in.Tier <= tiers {
			all = append(all, in)
		}
	}
	all = append(all, fixed(n.s, n.published, g)...)
	found, err := solve.Plan(ctx, &some, all, solve.Options{Seed: n.o.Seed, Prefer: n.published, Large: math.MaxInt, Progress: report})
	if found.Plan != nil {
		found.Verdict = judge.Plan(n.s, n.instances, found.Plan)
	}
	return found, err
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

// least gives how little the group can be disturbed when nothing else is there.
func (n *nearby) least(ctx context.Context, g compile.Group) optimize.Result {
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
		return optimize.Result{}
	}
	return optimize.Minimize(ctx, problem.Parts[0].Solver, problem.Parts[0].Tiers[0], optimize.Watcher{})
}

// within tells whether all of some are among the sorted others.
func within(some, others []int) bool {
	return !slices.ContainsFunc(some, func(i int) bool {
		_, found := slices.BinarySearch(others, i)
		return !found
	})
}
