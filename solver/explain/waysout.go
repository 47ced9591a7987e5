package explain

import (
	"context"
	"errors"
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
	Price  int64            // what the bending costs by Prices
	Proven bool             // no way that is not listed before it is cheaper
	Bent   []judge.Measured // by how much each constraint is exceeded
	Plan   *plan.Plan       // the plan that it gives
}

// Prices are what bending a hard constraint by one unit of its excess costs,
// by kind: a day of a window is cheaper than a clash of chairs, and not to
// hold a session is dearest. Structural rules cannot be bent.
var Prices = map[string]int64{
	"window": 1, "phase": 2, "document": 1, "before": 1, "rest": 1, "slack": 1, "near": 1, "adjacent-to": 2,
	"avoid": 2, "breaks": 1, "idle": 1, "span": 2, "length": 8, "day-cap": 8,
	"venue": 15, "programme": 6, "interpretation": 4, "parallel": 3,
	"balance": 3, "moderators": 3, "panel-mix": 3, "travel-budget": 1, "officer-travel": 2,
	"chaired-by": 10, "pin": 20, "held": 60,
}

// WaysOut gives up to most ways out of an infeasible scenario, the cheapest
// first: each is a set of constraints that no cheaper listed set is part of.
// Bent are the constraints that speak of the sessions and documents which the
// reasons name by themselves; everything else stays as hard as it is.
//
// It is the enumeration of minimal correction sets by cost, each found as the
// optimum of its own and then blocked: Morgado, Liffiton and Marques-Silva,
// MaxSAT-based MCS enumeration, HVC 2012.
func WaysOut(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group, reasons []Reason, seed, most int) ([]WayOut, error) {
	bend := bendable(s, instances, reasons)
	var ways []WayOut
	var blocked [][]int
	for single := false; len(ways) < most; {
		problem := compile.Compile(s, instances, compile.Options{Bend: bend, Only: &group, Single: single})
		part := problem.Parts[0]
		for _, set := range blocked {
			block(part, set)
		}
		result := optimize.Tiers(ctx, part.Solver, part.Tiers, optimize.Watcher{})
		if result[0].Model == nil {
			break
		}
		way, set, err := read(s, instances, bend, deal.Part{V: part.V, Model: result[len(result)-1].Model}, part, seed)
		if errors.Is(err, deal.ErrNames) && !single {
			single = true
			continue
		}
		if err != nil {
			return ways, err
		}
		way.Price, way.Proven = result[0].Cost, result[0].Status == optimize.Optimal
		if len(set) == 0 {
			break
		}
		ways, blocked = append(ways, way), append(blocked, set)
	}
	return ways, nil
}

// bendable gives the price of every constraint that may bend, by position.
func bendable(s *scenario.Scenario, instances []rule.Instance, reasons []Reason) map[int]int64 {
	sessions, documents := map[int]bool{}, map[int]bool{}
	named := map[string]bool{}
	for _, r := range reasons {
		for _, in := range r.Instances {
			named[in.ID] = true
			tie := in.Rule.Ties(s)
			if len(tie.Sessions)+len(tie.Documents) > 2 {
				continue // a rule over many is no reason to move them all
			}
			for _, i := range tie.Sessions {
				sessions[i] = true
			}
			for _, i := range tie.Documents {
				documents[i] = true
			}
		}
	}
	out := map[int]int64{}
	for i := range instances {
		in := &instances[i]
		price, known := Prices[in.Kind]
		if !in.Hard() || !known || rule.KindNamed(in.Kind).Structural {
			continue
		}
		tie := in.Rule.Ties(s)
		touches := slices.ContainsFunc(tie.Sessions, func(i int) bool { return sessions[i] }) ||
			slices.ContainsFunc(tie.Documents, func(i int) bool { return documents[i] })
		if named[in.ID] || touches {
			out[i] = price
		}
	}
	return out
}

// block forbids to bend all constraints of the set, and so every larger set.
func block(part *compile.Part, set []int) {
	var clause []cnf.Lit
	for _, i := range set {
		clause = append(clause, part.V.B.Or(part.Bends[i]...).Not())
	}
	part.V.B.Clause(clause...)
}

// read reads the plan of a way out and what it bends.
func read(s *scenario.Scenario, instances []rule.Instance, bend map[int]int64, from deal.Part, part *compile.Part, seed int) (WayOut, []int, error) {
	p, err := deal.Plan(s, instances, []deal.Part{from}, seed, nil)
	if err != nil {
		return WayOut{}, nil, err
	}
	var set []int
	for _, i := range slices.Sorted(maps.Keys(bend)) {
		for _, lit := range part.Bends[i] {
			if from.Holds(lit) {
				set = append(set, i)
				break
			}
		}
	}
	way := WayOut{Plan: p}
	facts := rule.NewFacts(s, p)
	for _, i := range set {
		for _, f := range instances[i].Rule.Check(facts) {
			way.Bent = append(way.Bent, judge.Measured{Instance: &instances[i], Finding: f})
		}
	}
	return way, set, nil
}
