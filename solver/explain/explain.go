package explain

import (
	"context"
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
}

// MostReasons bounds how many independent reasons are looked for.
const MostReasons = 12

// Infeasible gives the reasons why the sessions and documents of a group have
// no plan, as solve.Plan found: after each reason, the sessions that it says
// must be held are left out (or, if it names none, all its constraints), and
// what is left is asked again. There are none when ctx was done before a core
// was found.
//
// The core that the solver gives is shrunk by deletion: each constraint in turn
// is left out; if the rest still cannot hold, it stays out, with all that the
// new core does not need (clause-set refinement). Marques-Silva, Minimal
// unsatisfiability: models, algorithms and applications, ISMVL 2010.
func Infeasible(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group) (reasons []Reason) {
	problem := compile.Compile(s, instances, compile.Options{Blame: true, Only: &group})
	part := problem.Parts[0]
	byLit := map[cnf.Lit]*rule.Instance{}
	var on []cnf.Lit
	for _, sel := range part.Selectors {
		byLit[sel.Lit] = sel.Instance
		on = append(on, sel.Lit)
	}
	for len(reasons) < MostReasons && part.Solver.Solve(ctx, on...) == sat.Unsat {
		core, minimal := shrink(ctx, part.Solver, part.Solver.Core())
		if len(core) == 0 {
			break
		}
		reason := Reason{Minimal: minimal}
		var held []cnf.Lit
		for _, lit := range core {
			in := byLit[lit]
			reason.Instances = append(reason.Instances, in)
			if in.Kind == "held" {
				held = append(held, lit)
			}
		}
		slices.SortFunc(reason.Instances, func(a, b *rule.Instance) int {
			return position(instances, a) - position(instances, b)
		})
		reasons = append(reasons, reason)
		if len(held) == 0 {
			held = core
		}
		on = slices.DeleteFunc(on, func(l cnf.Lit) bool { return slices.Contains(held, l) })
	}
	return reasons
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
