package explain

import (
	"context"
	"errors"
	"fmt"
	"math"
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

// WaysOut gives each of up to most ways out for a group that has no plan, the
// cheapest first: each is a set of constraints, rooms and teams, bent as little as
// is needed, that no set given is part of. Any hard constraint of the group can be
// bent that has a price; none is left out. The rest of the scenario keeps to its
// rules.
//
// It tells what every way out that was not given costs at least; None if there is
// none worth giving. The error is a disagreement between solver and checker. When
// ctx is done, it ends with what was given so far.
//
// It is the enumeration of minimal correction sets by cost, each found as the
// optimum of its own and then blocked: Morgado, Liffiton and Marques-Silva,
// MaxSAT-based MCS enumeration, HVC 2012. The sessions of conflicts that were met
// are looked at first, without the others, for which nothing can cost more. If the
// whole group has a plan with their cheapest way out, it is the cheapest of the
// whole; if not, the sessions of a conflict that it leaves are looked at too, as
// Davies and Bacchus do with the clauses of a formula: Solving MAXSAT by solving a
// sequence of simpler SAT instances, CP 2011. What may be spent is limited as well,
// and the limit raised step by step: a low limit leaves every session few days.
func WaysOut(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group, seed, most int, each func(WayOut)) (others int64, err error) {
	e := &enumeration{ctx: ctx, s: s, group: group, seed: seed, most: most, each: each}
	for _, in := range instances {
		if in.Hard() {
			e.hard = append(e.hard, in)
		}
	}
	for spend := int64(firstSpend); spend <= lastSpend && (len(e.given) == 0 || spend < raise*e.worth()); spend *= raise {
		for grown := true; grown; {
			if grown, err = e.within(spend); err != nil || ctx.Err() != nil || len(e.given) == most {
				return e.others, err
			}
		}
	}
	return None, nil
}

// None is more than any way out costs.
const None = math.MaxInt64

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

// enumeration is one run of WaysOut.
type enumeration struct {
	ctx    context.Context
	s      *scenario.Scenario
	hard   []rule.Instance
	group  compile.Group
	seed   int
	single bool // names are decided one by one
	most   int
	each   func(WayOut)

	near   compile.Group // the sessions and documents that are looked at
	blame  *conflicts    // of the whole group; nil until a way out left one
	given  [][]choice
	first  int64 // the price of the cheapest
	others int64 // what those not given cost at least
}

// worth gives what a way out may cost to be given.
func (e *enumeration) worth() int64 { return max(Enough, Dearest*e.first) }

// within looks for ways out within a limit that were not given. It tells whether
// it ended because more sessions have to be looked at.
func (e *enumeration) within(spend int64) (grown bool, err error) {
	if len(e.given) > 0 {
		spend = min(spend, e.worth())
	}
	local := rulesOf(e.s, e.hard, e.near)
	part, used := e.compile(local, e.near, offers(e.s, e.near, spend), spend, func(*rule.Instance) bool { return true })
	if e.ctx.Err() != nil {
		return false, nil
	}
	for _, known := range e.given {
		block(part, used, known)
	}
	bound := optimize.Enumerate(e.ctx, part.Solver, part.Tiers[0], spend, func(found optimize.Found) bool {
		if len(e.given) > 0 && found.Cost > e.worth() {
			return false
		}
		done := smallest(used, found)
		way, failed := e.check(done, found.Cost)
		if err = failed; err != nil || e.ctx.Err() != nil {
			return false
		}
		if way == nil {
			e.grow(done)
			grown = true
			return false
		}
		if len(e.given) == 0 {
			e.first = way.Price
		}
		e.given = append(e.given, done)
		e.each(*way)
		block(part, used, done)
		return len(e.given) < e.most
	})
	e.others = max(e.others, bound)
	return grown, err
}

// compile writes the clauses of some sessions and documents under some rules, of
// which those may bend that have a price within the limit, and gives the literals
// of all that a way out can do.
func (e *enumeration) compile(rules []rule.Instance, group compile.Group, more []compile.More, spend int64, may func(*rule.Instance) bool) (*compile.Part, map[choice]cnf.Lit) {
	bend, at := map[int]int64{}, make([]int, len(rules))
	for i := range rules {
		if price, known := Prices[rules[i].Kind]; known && price <= spend && may(&rules[i]) {
			bend[i], at[i] = price, position(e.hard, &rules[i])
		}
	}
	part := compile.Compile(e.s, rules, compile.Options{Bend: bend, Spend: spend, More: more, Only: &group,
		Single: e.single, Stopped: func() bool { return e.ctx.Err() != nil }}).Parts[0]
	return part, choices(part, at)
}

// check gives the way out with a plan of the whole group in which nothing else is
// done, at no more than a price; nil if there is no such plan, or ctx was done.
func (e *enumeration) check(done []choice, price int64) (way *WayOut, err error) {
	may := func(in *rule.Instance) bool {
		return slices.ContainsFunc(done, func(c choice) bool { return c.bent >= 0 && e.hard[c.bent].ID == in.ID })
	}
	var more []compile.More
	for _, c := range done {
		if c.bent < 0 {
			more = append(more, compile.More{More: c.more, Price: c.price()})
		}
	}
	part, _ := e.compile(e.hard, e.group, more, price, may)
	if e.ctx.Err() != nil {
		return nil, nil
	}
	optimize.Enumerate(e.ctx, part.Solver, part.Tiers[0], price, func(found optimize.Found) bool {
		way, err = e.read(deal.Part{V: part.V, Model: found.Model}, may)
		if err == nil {
			way.Price = found.Cost
		}
		return false
	})
	if errors.Is(err, deal.ErrNames) && !e.single {
		e.single = true
		return e.check(done, price)
	}
	return way, err
}

// grow looks at more sessions: those of a conflict that a way out leaves, or all,
// if it cannot be said which.
func (e *enumeration) grow(done []choice) {
	if e.blame == nil {
		e.blame = newConflicts(e.ctx, e.s, e.hard, e.group)
	}
	var off []cnf.Lit
	for _, sel := range e.blame.part.Selectors {
		if slices.ContainsFunc(done, func(c choice) bool { return c.frees(e.hard, sel.Instance) }) {
			off = append(off, sel.Lit)
		}
	}
	before := len(e.near.Sessions) + len(e.near.Documents)
	for _, lit := range e.blame.without(off).core {
		in := e.blame.of[lit]
		if tie := in.Rule.Ties(e.s); len(tie.Sessions) == 1 || !hereditary(e.s, in.Rule) {
			e.near.Sessions, e.near.Documents = append(e.near.Sessions, tie.Sessions...), append(e.near.Documents, tie.Documents...)
		}
	}
	slices.Sort(e.near.Sessions)
	slices.Sort(e.near.Documents)
	e.near.Sessions, e.near.Documents = slices.Compact(e.near.Sessions), slices.Compact(e.near.Documents)
	if len(e.near.Sessions)+len(e.near.Documents) == before {
		e.near = e.group
	}
}

// read reads a way out: what there is more of by the literals, and what is bent
// by the checker, which also finds that nothing else is broken.
func (e *enumeration) read(from deal.Part, may func(*rule.Instance) bool) (*WayOut, error) {
	var more []scenario.More
	for _, m := range from.V.More {
		if from.Holds(m.Lit) {
			more = append(more, m.More)
		}
	}
	with := e.s.With(more)
	p, err := deal.Plan(with, e.hard, []deal.Part{from}, e.seed, nil)
	if err != nil {
		return nil, err
	}
	way := &WayOut{More: more, Plan: p}
	facts := rule.NewFacts(with, p)
	for i := range e.hard {
		in := &e.hard[i]
		if len(rulesOf(e.s, e.hard[i:i+1], e.group)) == 0 {
			continue // the plan of the group alone does not show
		}
		found := in.Rule.Check(facts)
		if len(found) > 0 && !may(in) {
			return nil, fmt.Errorf("a way out breaks %q: %s", in.ID, found[0].Text)
		}
		for _, f := range found {
			way.Bent = append(way.Bent, judge.Measured{Instance: in, Finding: f})
		}
	}
	return way, nil
}
