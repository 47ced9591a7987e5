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
// is needed, that no set given is part of. A window that bends to its one side is
// another one than a window that bends to the other. Any hard constraint of the group can be
// bent that has a price; none is left out. The rest of the scenario keeps to its
// rules.
//
// It tells what every way out that was not given costs at least; None if there is
// none worth giving. The error is a disagreement between solver and checker. When
// ctx is done, it ends with what was given so far.
//
// It is the enumeration of minimal correction sets by cost, each found as the
// optimum of its own and then blocked: Morgado, Liffiton and Marques-Silva,
// MaxSAT-based MCS enumeration, HVC 2012. The sessions of the reasons that are known
// are looked at first, without the others, for which nothing can cost more. If the
// whole group has a plan with their cheapest way out, it is the cheapest of the
// whole; if not, the sessions of a conflict that it leaves are looked at too, as
// Davies and Bacchus do with the clauses of a formula: Solving MAXSAT by solving a
// sequence of simpler SAT instances, CP 2011. What may be spent is limited as well,
// and the limit raised step by step: a low limit leaves every session few days.
func WaysOut(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group, known []Reason, seed, most int, each func(WayOut)) (others int64, err error) {
	e := newEnumeration(ctx, s, instances, group, seed)
	e.most, e.each = most, each
	for _, reason := range known {
		e.near = joined(e.near, concerned(s, reason.Instances))
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

// Together gives the ways out of several conflicts of a group as one, with a plan
// of the whole group; nil if they are not enough, or ctx was done. What serves
// several of them is done once.
func Together(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group, ways []WayOut, seed int) (*WayOut, error) {
	e := newEnumeration(ctx, s, instances, group, seed)
	var done []choice
	price := int64(0)
	for _, w := range ways {
		price += w.Price
		for _, m := range w.Bent {
			bent := position(e.hard, m.Instance)
			for _, side := range lies(s, w.Plan, m.Instance.Rule) {
				done = append(done, choice{bent: bent, side: side})
			}
		}
		for i, m := range w.More {
			c := choice{bent: -1, more: m, nth: 1}
			for _, other := range w.More[:i] {
				if other == m {
					c.nth++
				}
			}
			done = append(done, c)
		}
	}
	slices.SortFunc(done, choice.compare)
	return e.check(slices.Compact(done), price)
}

// Joined gives the groups that bending can bring together, each with those of
// the blamed groups that are part of it: their ways out are found together.
func Joined(s *scenario.Scenario, instances []rule.Instance, blamed []compile.Group) (wide []compile.Group, parts [][]compile.Group) {
	for _, g := range compile.Bent(widest(s, instances), instances, bendable(instances, lastSpend)) {
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

// bendable gives the price of each hard constraint that bends for what may be spent,
// by its position.
func bendable(instances []rule.Instance, spend int64) map[int]int64 {
	bend := map[int]int64{}
	for i := range instances {
		if price, known := Prices[instances[i].Kind]; known && price <= spend && instances[i].Hard() {
			bend[i] = price
		}
	}
	return bend
}

// widest gives the scenario in which sessions can be all that any way out lets them be.
func widest(s *scenario.Scenario, instances []rule.Instance) *scenario.Scenario {
	return wider(s, instances, bendable(instances, lastSpend), lastSpend)
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
	widest *scenario.Scenario // of which all that bends is bent
	hard   []rule.Instance
	group  compile.Group
	seed   int
	single bool // names are decided one by one
	most   int
	each   func(WayOut)

	near   compile.Group // the sessions and documents that are looked at
	given  [][]choice
	first  int64 // the price of the cheapest
	others int64 // what those not given cost at least
}

func newEnumeration(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group, seed int) *enumeration {
	e := &enumeration{ctx: ctx, s: s, group: group, seed: seed}
	for _, in := range instances {
		if in.Hard() {
			e.hard = append(e.hard, in)
		}
	}
	e.widest = widest(s, e.hard)
	return e
}

// worth gives what a way out may cost to be given.
func (e *enumeration) worth() int64 { return max(Enough, Dearest*e.first) }

// within looks for ways out within a limit that were not given. It tells whether
// it ended because more sessions have to be looked at.
func (e *enumeration) within(spend int64) (grown bool, err error) {
	if len(e.given) > 0 {
		spend = min(spend, e.worth())
	}
	rules := rulesOf(e.widest, e.hard, e.near)
	at := make([]int, len(rules))
	for i := range rules {
		at[i] = position(e.hard, &rules[i])
	}
	bend := bendable(rules, spend)
	part := e.compile(rules, compile.Options{Only: &e.near, Bend: bend, More: offers(wider(e.s, rules, bend, spend), e.near, spend), Spend: spend})
	if e.ctx.Err() != nil {
		return false, nil
	}
	used := choices(part, rules, at)
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
			e.grow(done, found.Cost)
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

// check gives the way out with a plan of the whole group in which nothing else is
// done, at no more than a price; nil if there is no such plan, or ctx was done.
func (e *enumeration) check(done []choice, price int64) (way *WayOut, err error) {
	bend, more := e.only(done)
	part := e.compile(e.hard, compile.Options{Only: &e.group, Bend: bend, More: more, Spend: price})
	if e.ctx.Err() != nil {
		return nil, nil
	}
	e.keepSides(part, done)
	optimize.Enumerate(e.ctx, part.Solver, part.Tiers[0], price, func(found optimize.Found) bool {
		if way, err = e.read(deal.Part{V: part.V, Model: found.Model}, bend); err == nil {
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

// compile writes the clauses of one part.
func (e *enumeration) compile(rules []rule.Instance, o compile.Options) *compile.Part {
	o.Single, o.Stopped = e.single, func() bool { return e.ctx.Err() != nil }
	return compile.Compile(wider(e.s, rules, o.Bend, o.Spend), rules, o).Parts[0]
}

// grow looks at more sessions: those of a conflict that a way out leaves at its
// price, or all, if it cannot be said which.
func (e *enumeration) grow(done []choice, price int64) {
	bend, more := e.only(done)
	c := newConflicts(e.ctx, wider(e.s, e.hard, bend, price), e.hard, compile.Options{Only: &e.group, Bend: bend, More: more, Budget: []int64{price}})
	e.keepSides(c.part, done)
	var left []*rule.Instance
	for _, lit := range c.without(nil).core {
		left = append(left, c.of[lit])
	}
	before := e.near
	if e.near = joined(before, concerned(e.s, left)); len(e.near.Sessions)+len(e.near.Documents) == len(before.Sessions)+len(before.Documents) {
		e.near = e.group
	}
}

// only gives what a way out does as options of compile.
func (e *enumeration) only(done []choice) (bend map[int]int64, more []compile.More) {
	bend = map[int]int64{}
	for _, c := range done {
		if c.bent >= 0 {
			bend[c.bent] = Prices[e.hard[c.bent].Kind]
		} else {
			more = append(more, compile.More{More: c.more, Price: c.price()})
		}
	}
	return bend, more
}

// read reads a way out: what there is more of by the literals, and what is bent
// by the checker, which also finds that nothing else is broken.
func (e *enumeration) read(from deal.Part, bend map[int]int64) (*WayOut, error) {
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
		if len(rulesOf(e.widest, e.hard[i:i+1], e.group)) == 0 {
			continue // the plan of the group alone does not show
		}
		found := in.Rule.Check(facts)
		if _, may := bend[i]; len(found) > 0 && !may {
			return nil, fmt.Errorf("a way out breaks %q: %s", in.ID, found[0].Text)
		}
		for _, f := range found {
			way.Bent = append(way.Bent, judge.Measured{Instance: in, Finding: f})
		}
	}
	return way, nil
}
