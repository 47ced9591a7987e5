package explain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/compile"
	"plenary/solver/deal"
	"plenary/solver/optimize"
)

// WayOut is a set of hard constraints that, bent by so much, leaves a plan.
type WayOut struct {
	Price int64            // what the bending costs by Prices
	Bent  []judge.Measured // by how much each constraint is exceeded
	More  []scenario.More  // the rooms and teams that there are more of
	Plan  *plan.Plan       // of the sessions and documents concerned, with these rooms and teams
}

// WaysOut gives up to most ways out for a group that has no plan, the cheapest
// first: each is a set of constraints, rooms and teams, bent as little as is
// needed, that no listed set is part of. Any hard constraint of the group can
// be bent that has a price; none is left out. The rest of the scenario keeps to
// its rules.
//
// It is the enumeration of minimal correction sets by cost, each found as the
// optimum of its own and then blocked: Morgado, Liffiton and Marques-Silva,
// MaxSAT-based MCS enumeration, HVC 2012. What may be spent is limited and the
// limit raised step by step: a low limit leaves every session few days, so that
// the cheap ways, which are those that matter, are found in small formulas.
//
// The error is a disagreement between solver and checker; when ctx is done,
// what was found so far is given.
func WaysOut(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group, seed, most int) ([]WayOut, error) {
	e := &enumeration{s: s, group: group, seed: seed}
	for _, in := range instances {
		if in.Hard() {
			e.hard = append(e.hard, in)
		}
	}
	for spend := int64(firstSpend); spend <= lastSpend && len(e.ways) < most && ctx.Err() == nil; spend *= raise {
		if len(e.ways) > 0 && spend/raise >= e.worth() {
			break // the limit before has shown all that are worth listing
		}
		err := e.within(ctx, spend, most)
		if errors.Is(err, deal.ErrNames) {
			e.single = true
			err = e.within(ctx, spend, most)
		}
		if err != nil {
			return e.ways, err
		}
	}
	for i, w := range e.ways {
		if w.Price > e.worth() {
			return e.ways[:i], nil
		}
	}
	return e.ways, nil
}

// Joined gives the groups that bending can bring together, each with those of
// the blamed groups that are part of it: their ways out are found together.
func Joined(s *scenario.Scenario, instances []rule.Instance, blamed []compile.Group) (wide []compile.Group, parts [][]compile.Group) {
	bend := map[int]int64{}
	for i := range instances {
		if price, known := Prices[instances[i].Kind]; known && instances[i].Hard() {
			bend[i] = price
		}
	}
	for _, g := range compile.Bent(s, instances, bend) {
		var mine []compile.Group
		for _, b := range blamed {
			if slices.ContainsFunc(b.Sessions, func(i int) bool { return slices.Contains(g.Sessions, i) }) ||
				slices.ContainsFunc(b.Documents, func(i int) bool { return slices.Contains(g.Documents, i) }) {
				mine = append(mine, b)
			}
		}
		if mine != nil {
			wide, parts = append(wide, g), append(parts, mine)
		}
	}
	return wide, parts
}

// The limits of what may be spent: the first, by how much each is raised, and
// one that no way out reaches.
const (
	firstSpend = 8
	raise      = 8
	lastSpend  = 1 << 24
)

// worth gives what a way out may cost to be listed.
func (e *enumeration) worth() int64 { return max(Enough, Dearest*e.ways[0].Price) }

// enumeration is one run of WaysOut.
type enumeration struct {
	s       *scenario.Scenario
	hard    []rule.Instance
	group   compile.Group
	seed    int
	single  bool // names are decided one by one
	ways    []WayOut
	blocked [][]choice
}

// within looks for ways out within a limit that are not listed.
func (e *enumeration) within(ctx context.Context, spend int64, most int) (err error) {
	bend := map[int]int64{}
	for i := range e.hard {
		if price, known := Prices[e.hard[i].Kind]; known && price <= spend {
			bend[i] = price
		}
	}
	problem := compile.Compile(e.s, e.hard, compile.Options{Bend: bend, Spend: spend, More: e.more(spend), Only: &e.group,
		Single: e.single, Stopped: func() bool { return ctx.Err() != nil }})
	if ctx.Err() != nil {
		return nil
	}
	part := problem.Parts[0]
	used := choices(part)
	for _, known := range e.blocked {
		block(part, used, known)
	}
	optimize.Enumerate(ctx, part.Solver, part.Tiers[0], spend, func(found optimize.Found) bool {
		way, bent, failed := e.read(deal.Part{V: part.V, Model: smallest(used, found)}, bend)
		if err = failed; err != nil || len(bent) == 0 {
			return false
		}
		way.Price = found.Cost
		e.ways, e.blocked = append(e.ways, way), append(e.blocked, bent)
		block(part, used, bent)
		return len(e.ways) < most
	})
	return err
}

// choice is something that a way out can do: to bend a constraint, or to have a
// room or team more.
type choice struct {
	bent int           // position of a constraint, -1 for a room or team
	more scenario.More // of a room or team
	nth  int           // of those alike, from 1; they are taken in order
}

// choices gives the literals of all that a way out can do.
func choices(part *compile.Part) map[choice]cnf.Lit {
	used := map[choice]cnf.Lit{}
	for i, lits := range part.Bends {
		used[choice{bent: i}] = part.V.B.Or(lits...)
	}
	for _, m := range part.V.More {
		c := choice{-1, m.More, 1}
		for used[c] != 0 {
			c.nth++
		}
		used[c] = m.Lit
	}
	return used
}

// block forbids to do all of it, and so every larger set.
func block(part *compile.Part, used map[choice]cnf.Lit, known []choice) {
	var clause []cnf.Lit
	for _, c := range known {
		clause = append(clause, used[c].Not())
	}
	part.V.B.Clause(clause...)
}

// smallest gives a model of the same cost from which no choice can be left out.
func smallest(used map[choice]cnf.Lit, found optimize.Found) []bool {
	model := found.Model
	var never []cnf.Lit
	var open []choice
	holds := func(l cnf.Lit) bool { return deal.Part{Model: model}.Holds(l) }
	for _, c := range inOrder(used) {
		if holds(used[c]) {
			open = append(open, c)
		} else {
			never = append(never, used[c].Not())
		}
	}
	for _, c := range open {
		if !holds(used[c]) {
			never = append(never, used[c].Not())
			continue
		}
		if other := found.Again(append(never, used[c].Not())...); other != nil {
			model, never = other, append(never, used[c].Not())
		}
	}
	return model
}

// inOrder gives all choices in the order of the scenario, rooms and teams first.
func inOrder(used map[choice]cnf.Lit) []choice {
	return slices.SortedFunc(maps.Keys(used), func(a, b choice) int {
		return cmp.Or(cmp.Compare(a.bent, b.bent), cmp.Compare(a.more.Station, b.more.Station), cmp.Compare(a.more.Kind, b.more.Kind),
			cmp.Compare(a.more.Monday, b.more.Monday), cmp.Compare(a.nth, b.nth))
	})
}

// more offers rooms and teams in the weeks of the period, at the stations where
// the sessions of the group can meet.
func (e *enumeration) more(spend int64) (out []compile.More) {
	for st := range e.s.Stations {
		if !slices.ContainsFunc(e.group.Sessions, func(i int) bool {
			x := &e.s.Sessions[i]
			return !x.Short && slices.Contains(x.StationIDs, st)
		}) {
			continue
		}
		offer := func(kind int, price int64) {
			for monday := e.s.Period.First.Monday(); monday <= e.s.Period.Last; monday += 7 {
				for range min(MostMore, spend/price) {
					out = append(out, compile.More{More: scenario.More{Station: st, Kind: kind, Monday: monday}, Price: price})
				}
			}
		}
		for kind := range e.s.Stations[st].Rooms {
			offer(kind, Room)
		}
		if e.s.Stations[st].Interpretation != nil {
			offer(-1, Team)
		}
	}
	return out
}

// read reads a way out: what there is more of by the literals, and what is bent
// by the checker, which also finds that nothing else is broken.
func (e *enumeration) read(from deal.Part, bend map[int]int64) (WayOut, []choice, error) {
	var more []scenario.More
	var done []choice
	for _, m := range from.V.More {
		if from.Holds(m.Lit) {
			c := choice{-1, m.More, 1}
			for slices.Contains(done, c) {
				c.nth++
			}
			more, done = append(more, m.More), append(done, c)
		}
	}
	with := e.s.With(more)
	p, err := deal.Plan(with, e.hard, []deal.Part{from}, e.seed, nil)
	if err != nil {
		return WayOut{}, nil, err
	}
	way := WayOut{More: more, Plan: p}
	facts := rule.NewFacts(with, p)
	for i := range e.hard {
		in := &e.hard[i]
		if !e.speaksOf(in) {
			continue
		}
		found := in.Rule.Check(facts)
		if _, may := bend[i]; len(found) > 0 && !may {
			return WayOut{}, nil, fmt.Errorf("a way out breaks %q: %s", in.ID, found[0].Text)
		}
		for _, f := range found {
			way.Bent = append(way.Bent, judge.Measured{Instance: in, Finding: f})
		}
		if len(found) > 0 {
			done = append(done, choice{bent: i})
		}
	}
	return way, done, nil
}

// speaksOf tells whether the plan of the group alone shows if a rule is kept.
func (e *enumeration) speaksOf(in *rule.Instance) bool {
	return len(rulesOf(e.s, []rule.Instance{*in}, e.group)) > 0
}
