package explain

import (
	"context"
	"iter"
	"slices"

	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/compile"
	"plenary/solver/sat"
)

// Reason is hard constraints that cannot hold together.
type Reason struct {
	Instances []*rule.Instance // in the order of the scenario
	// Minimal tells that the reason is a MUS: without any one of its
	// constraints the others can hold. It is false when ctx was done first;
	// then it is a core.
	Minimal bool
	// Smallest tells that no fewer constraints cannot hold together, but for reasons
	// given before it. It is false when that is not known.
	Smallest bool
	// Shares tells that some of its constraints are in a reason before it.
	Shares bool
	// Count, if not nil, says by what count they cannot hold together; then none
	// of the sessions can be left out of the count, but a smaller reason of
	// another kind may exist.
	Count *Count
}

// MostReasons bounds how many reasons are looked for.
const MostReasons = 12

// Infeasible gives the reasons why the sessions and documents of a group have
// no plan, as solve.Plan found, each as soon as it is known. There are none when ctx
// was done before a core was found.
//
// First come reasons that have nothing in common but that sessions are held,
// until what is left can hold. Then those that share constraints with them, as
// long as half of their constraints are in no reason yet: two absences in one
// window are two reasons, but of ten sessions in four rooms not every five are.
// What shares more is not listed; it may stay when those listed are mended.
//
// The core that the solver gives is shrunk by deletion: each constraint in turn
// is left out; if the rest still cannot hold, it stays out, with all that the
// new core does not need (clause-set refinement). Marques-Silva, Minimal
// unsatisfiability: models, algorithms and applications, ISMVL 2010. Then, with bounded
// effort, one with fewer constraints is looked for.
func Infeasible(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group) iter.Seq[Reason] {
	return reasons(ctx, s, instances, group, mostCalls)
}

// Minimal gives reasons as Infeasible does, sooner: it looks for none with fewer
// constraints.
func Minimal(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group) iter.Seq[Reason] {
	return reasons(ctx, s, instances, group, 0)
}

func reasons(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group, most int) iter.Seq[Reason] {
	return func(yield func(Reason) bool) {
		c := newConflicts(ctx, s, instances, compile.Options{Only: &group})
		c.most = most
		c.each = func(known conflict) bool {
			reason := Reason{Minimal: known.minimal, Smallest: known.smallest, Shares: known.shares}
			for _, lit := range known.core {
				reason.Instances = append(reason.Instances, c.of[lit])
			}
			slices.SortFunc(reason.Instances, func(a, b *rule.Instance) int {
				return position(instances, a) - position(instances, b)
			})
			return yield(reason)
		}
		if c.apart() {
			c.sharing()
		}
	}
}

// conflicts is one run of Infeasible.
type conflicts struct {
	ctx   context.Context
	part  *compile.Part
	of    map[cnf.Lit]*rule.Instance
	known []conflict
	calls int                        // of the solver, that were spent on smaller conflicts
	most  int                        // of them
	each  func(conflict) (more bool) // is told of each that becomes known
}

// newConflicts compiles a part so that its rules can be blamed.
func newConflicts(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, o compile.Options) *conflicts {
	o.Blame, o.Stopped = true, func() bool { return ctx.Err() != nil }
	c := &conflicts{ctx: ctx, most: mostCalls, part: compile.Compile(s, instances, o).Parts[0], of: map[cnf.Lit]*rule.Instance{}}
	for _, sel := range c.part.Selectors {
		c.of[sel.Lit] = sel.Instance
	}
	return c
}

type conflict struct {
	core                      []cnf.Lit
	minimal, smallest, shares bool
}

// apart finds reasons without what those before could give up. It tells whether
// more are wanted.
func (c *conflicts) apart() bool {
	var off []cnf.Lit
	for len(c.known) < MostReasons {
		next := c.without(off)
		if len(next.core) == 0 {
			return true
		}
		if next.minimal {
			next.core, next.smallest = c.smaller(c.on(off), next.core)
		}
		c.known = append(c.known, next)
		if !c.each(next) {
			return false
		}
		off = append(off, c.loose(next)...)
	}
	return false
}

// sharing finds reasons that share constraints with those before: each of
// these in turn is left out, and of the other reasons all that this one has
// not.
func (c *conflicts) sharing() {
	for i := 0; i < len(c.known); i++ {
		mine := c.loose(c.known[i])
		for _, lit := range mine {
			if len(c.known) == MostReasons {
				return
			}
			off := []cnf.Lit{lit}
			for k := range c.known {
				for _, other := range c.loose(c.known[k]) {
					if k != i && !slices.Contains(mine, other) {
						off = append(off, other)
					}
				}
			}
			if next := c.without(off); c.isNew(next) {
				next.shares = true
				c.known = append(c.known, next)
				if !c.each(next) {
					return
				}
			}
		}
	}
}

// isNew tells whether half of what a reason could give up is in no reason yet.
func (c *conflicts) isNew(next conflict) bool {
	loose, unknown := c.loose(next), 0
	for _, lit := range loose {
		if !slices.ContainsFunc(c.known, func(k conflict) bool { return slices.Contains(k.core, lit) }) {
			unknown++
		}
	}
	return unknown > 0 && 2*unknown >= len(loose)
}

// loose gives the constraints of a reason that it could give up: that sessions
// are held and stations have what they have comes last.
func (c *conflicts) loose(k conflict) (out []cnf.Lit) {
	for _, firm := range []func(in *rule.Instance) bool{
		func(in *rule.Instance) bool { return in.Kind == "held" || rule.KindNamed(in.Kind).Structural },
		func(in *rule.Instance) bool { return in.Kind != "held" },
	} {
		for _, lit := range k.core {
			if !firm(c.of[lit]) {
				out = append(out, lit)
			}
		}
		if out != nil {
			return out
		}
	}
	return k.core
}

// without gives a reason among the constraints that are not left out; none if
// these can hold, or ctx was done.
func (c *conflicts) without(off []cnf.Lit) conflict {
	if c.part.Solver.Solve(c.ctx, c.on(off)...) != sat.Unsat {
		return conflict{}
	}
	core, minimal := shrink(c.ctx, c.part.Solver, c.part.Solver.Core())
	return conflict{core: core, minimal: minimal}
}

// on gives the constraints that are not left out.
func (c *conflicts) on(off []cnf.Lit) (on []cnf.Lit) {
	for _, sel := range c.part.Selectors {
		if !slices.Contains(off, sel.Lit) {
			on = append(on, sel.Lit)
		}
	}
	return on
}

func position(instances []rule.Instance, in *rule.Instance) int {
	return slices.IndexFunc(instances, func(x rule.Instance) bool { return x.ID == in.ID })
}

// shrink leaves out of a core what it does not need.
func shrink(ctx context.Context, solver *sat.Solver, core []cnf.Lit) (mus []cnf.Lit, minimal bool) {
	var needed []cnf.Lit
	for len(core) > 0 {
		rest := core[:len(core)-1]
		switch solver.Solve(ctx, slices.Concat(needed, rest)...) {
		case sat.Sat:
			needed = append(needed, core[len(core)-1])
			core = rest
		case sat.Unsat:
			used := solver.Core()
			core = slices.DeleteFunc(slices.Clone(rest), func(l cnf.Lit) bool { return !slices.Contains(used, l) })
		default:
			return slices.Concat(needed, core), false
		}
	}
	return needed, true
}
