package certify

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/certify/drat"
	"plenary/solver/certify/lrat"
	"plenary/solver/clock"
	"plenary/solver/compile"
	"plenary/solver/optimize"
	"plenary/solver/price"
)

// ErrBreaks says that the plan violates hard constraints: there is nothing to
// certify.
var ErrBreaks = errors.New("the plan violates hard constraints")

// ErrBetter says that there is a better plan.
type ErrBetter struct {
	Tier       int // the first in which it is better, from 1
	Cost, Best int64
}

// Error gives the costs of the two.
func (e *ErrBetter) Error() string {
	return fmt.Sprintf("the plan is not the best: it costs %d in tier %d, and with %d there is one that is as good in the tiers before", e.Cost, e.Tier, e.Best)
}

// Options says how evidence is made.
type Options struct {
	Program  string      // which makes it, with its version
	Scenario plan.Source // as it stands in the manifest
	Prove    Prover
	Large    int // parts of so many sessions and more are bounded by multipliers; 0: of compile.Large
}

// Plan gives the evidence that no plan is better than p. Where the search for
// the bounds is not done when half of the time of ctx has gone, the evidence is
// for the bounds that were found by then.
//
// It fails with ErrBreaks, an *ErrBetter, ErrNoProver, the error of ctx when it
// is done, and any other error where solver, prover and checkers disagree.
func Plan(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, o Options) (*Evidence, error) {
	verdict := judge.Plan(s, instances, p)
	if !verdict.Feasible() {
		return nil, ErrBreaks
	}
	found, err := search(ctx, s, instances, verdict.Costs, o)
	if err != nil {
		return nil, err
	}
	e := newEvidence(found.claim, o)
	content, err := p.Encode()
	if err != nil {
		return nil, err
	}
	file := e.keep(PlanName, content)
	e.Manifest.Plan, e.Manifest.Single, e.Manifest.Tiers = &file, found.single, found.tiers
	for i := range found.parts {
		x := &found.parts[i]
		part, name := named(s, x.group), fmt.Sprintf("part-%d", i+1)
		part.Bounds = x.bounds
		if x.listed != nil {
			if part.Listed, err = e.bound(s, name, x.listed, x.priced); err != nil {
				return nil, err
			}
		}
		for t, bound := range part.Bounds {
			shown, known := x.refuted[t]
			file := fmt.Sprintf("%s-tier-%d", name, t+1)
			switch {
			case bound == 0, x.listed != nil && !known:
				continue // costs are never below 0
			case !known:
				f := cheaper(s, instances, x.group, less(found.tiers, part.Bounds, t), found.single)
				if shown, err = refute(ctx, file, f, o.Prove); err != nil {
					return nil, err
				}
			}
			part.Statements = append(part.Statements, e.state(file, t+1, shown))
		}
		e.Manifest.Parts = append(e.Manifest.Parts, part)
	}
	return e, e.seal()
}

// less gives what a plan of a part would cost at most, tier by tier, that is as
// good as this one before a tier and costs less than the bound in it.
func less(tiers []Tier, bounds []int64, tier int) []int64 {
	return append(budgets(tiers, bounds, tier), bounds[tier]-1)
}

// named gives a part by the ids of its sessions and documents.
func named(s *scenario.Scenario, g compile.Group) Part {
	p := Part{Sessions: []string{}, Documents: []string{}, Statements: []Statement{}}
	for _, i := range g.Sessions {
		p.Sessions = append(p.Sessions, s.Sessions[i].ID)
	}
	for _, i := range g.Documents {
		p.Documents = append(p.Documents, s.Documents[i].ID)
	}
	return p
}

// bounded is the independent parts of a scenario with their bounds.
type bounded struct {
	claim  Claim
	single bool
	tiers  []Tier
	parts  []boundedPart
}

type boundedPart struct {
	group   compile.Group
	bounds  []int64         // by tier
	optimal []bool          // by tier: clauses show that the bound can be had
	listed  *compile.Listed // where multipliers show the bounds; otherwise clauses do
	priced  []priced        // in the order of tiers; none for a bound of 0
	// refuted is by tier what clauses show of a listed part.
	refuted map[int]refuted
}

// What multipliers of a single part leave open in a tier is left to clauses where
// it is a few units or the nearly-th part of the cost, and the part has at most
// fewSessions; more than that is not refuted in any time.
const (
	few         = 5
	nearly      = 50
	fewSessions = 400
)

// search finds the bounds of all parts. Where members who are alike, counted
// together, allow more than names can give, names are decided one by one.
func search(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, costs []int64, o Options) (bounded, error) {
	ctx, cancel := clock.Share(ctx, 2)
	defer cancel()
	if o.Large == 0 {
		o.Large = compile.Large
	}
	interrupted := func() bool { return errors.Is(ctx.Err(), context.Canceled) }
	for _, single := range []bool{false, true} {
		out, err := searchOnce(ctx, s, instances, costs, o.Prove, compile.Options{Listed: o.Large, Single: single, Stopped: interrupted})
		if interrupted() {
			return out, context.Canceled
		}
		var better *ErrBetter
		if !single && errors.As(err, &better) {
			continue
		}
		return out, err
	}
	panic("certify: the second search decides")
}

// searchOnce finds the bounds of all parts; it fails with an *ErrBetter where it
// is proven that a tier can cost less.
func searchOnce(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, costs []int64, prove Prover, how compile.Options) (bounded, error) {
	out := bounded{claim: Optimal, single: how.Single}
	for _, part := range compile.Compile(s, instances, how).Parts {
		x := boundedPart{group: part.Group, bounds: make([]int64, len(costs)), optimal: make([]bool, len(costs)), listed: part.Listed}
		if part.Listed == nil {
			for t, r := range optimize.Tiers(ctx, part.Solver, part.Tiers, optimize.Watcher{}) {
				if r.Status == optimize.Infeasible {
					return out, errNone
				}
				x.bounds[t], x.optimal[t] = r.Bound, r.Status == optimize.Optimal
			}
		} else if part.Listed.Program == nil {
			return out, errNone
		}
		out.parts = append(out.parts, x)
	}
	for t, title := range s.Priorities {
		tier := Tier{Tier: t + 1, Title: title, Cost: costs[t]}
		best := true
		for i := range out.parts {
			x := &out.parts[i]
			if x.listed == nil && out.claim == Bounded {
				x.bounds[t] = 0 // it was found among what costs least in the tiers before
			}
			tier.Bound += x.bounds[t]
			best = best && x.optimal[t]
		}
		for i := range out.parts {
			x := &out.parts[i]
			if x.listed == nil {
				continue
			}
			before := budgets(out.tiers, x.bounds, t)
			within, cancel := clock.Share(ctx, (len(costs)-t)*len(out.parts))
			m, bound := price.Best(within, x.listed.Program, before, costs[t]-tier.Bound)
			cancel()
			if bound > 0 {
				x.bounds[t] = bound
				x.priced = append(x.priced, priced{m, before, bound})
				tier.Bound += bound
			}
		}
		if err := out.close(ctx, s, instances, &tier, prove); err != nil {
			return out, err
		}
		out.tiers = append(out.tiers, tier)
		switch {
		case tier.Bound > tier.Cost:
			return out, fmt.Errorf("the solver's bound of tier %d is %d, and the plan costs %d", t+1, tier.Bound, tier.Cost)
		case tier.Bound < tier.Cost && best && out.claim == Optimal:
			return out, &ErrBetter{Tier: t + 1, Cost: tier.Cost, Best: tier.Bound}
		case tier.Bound < tier.Cost:
			out.claim = Bounded
		}
	}
	return out, nil
}

// close shows by clauses what multipliers leave open in a tier, where there is
// little of it. It fails with an *ErrBetter where the tier can cost less.
func (b *bounded) close(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, tier *Tier, prove Prover) error {
	var open *boundedPart
	for i := range b.parts {
		if b.parts[i].listed != nil {
			if open != nil {
				return nil
			}
			open = &b.parts[i]
		}
	}
	gap := tier.Cost - tier.Bound
	if open == nil || b.claim == Bounded || gap <= 0 || gap > max(few, tier.Cost/nearly) || len(open.group.Sessions) > fewSessions {
		return nil
	}
	t := tier.Tier - 1
	within, cancel := clock.Share(ctx, len(open.bounds)-t)
	defer cancel()
	bounds := slices.Clone(open.bounds)
	bounds[t] += gap
	f := cheaper(s, instances, open.group, less(b.tiers, bounds, t), b.single)
	found, err := refute(within, fmt.Sprintf("tier %d", tier.Tier), f, prove)
	switch {
	case errors.Is(err, ErrHolds):
		return &ErrBetter{Tier: tier.Tier, Cost: tier.Cost, Best: tier.Cost - 1}
	case errors.Is(err, ErrNoProver), within.Err() != nil:
		return nil
	case err != nil:
		return err
	}
	if n := len(open.priced); n > 0 && open.priced[n-1].Tier == t {
		open.priced = open.priced[:n-1]
	}
	if open.refuted == nil {
		open.refuted = map[int]refuted{}
	}
	open.refuted[t], open.bounds = found, bounds
	tier.Bound = tier.Cost
	return nil
}

// errNone says that solver and checker disagree.
var errNone = errors.New("the solver finds no plan where the checker has one")

// Impossible gives the evidence that the hard constraints cannot hold together,
// and with them the scenario has no plan. It fails as Plan does.
func Impossible(ctx context.Context, s *scenario.Scenario, rules []*rule.Instance, o Options) (*Evidence, error) {
	e := newEvidence(NoPlan, o)
	var chosen []rule.Instance
	for _, in := range rules {
		chosen = append(chosen, *in)
		e.Manifest.Rules = append(e.Manifest.Rules, in.ID)
	}
	found, err := refute(ctx, "contradiction", together(s, chosen, false), o.Prove)
	if errors.Is(err, ErrHolds) {
		e.Manifest.Single = true
		found, err = refute(ctx, "contradiction", together(s, chosen, true), o.Prove)
	}
	if err != nil {
		return nil, err
	}
	statement := e.state("contradiction", 0, found)
	e.Manifest.Contradiction = &statement
	return e, e.seal()
}

// refuted is clauses that cannot hold together, as they are kept.
type refuted struct{ formula, legend, proof []byte }

// refute has a formula refuted, and checks the proof.
func refute(ctx context.Context, name string, f *formula, prove Prover) (refuted, error) {
	answer, err := prove(ctx, f.variables, f.clauses)
	if err != nil {
		return refuted{}, fmt.Errorf("%s: %w", name, err)
	}
	proof, err := drat.Explain(ctx, f.variables, f.clauses, answer)
	if err != nil {
		return refuted{}, fmt.Errorf("%s: %w", name, err)
	}
	text := dimacs(f.variables, f.clauses)
	if err := lrat.Check(text, proof); err != nil {
		return refuted{}, fmt.Errorf("%s: %w", name, err)
	}
	return refuted{text, f.legend(), proof}, nil
}

// state keeps formula, map and proof.
func (e *Evidence) state(name string, tier int, r refuted) Statement {
	return Statement{
		Tier:    tier,
		Formula: e.keep(name+".cnf", r.formula),
		Map:     e.keep(name+".map.txt", r.legend),
		Proof:   e.keep(name+".lrat", r.proof),
	}
}
