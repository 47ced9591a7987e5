package certify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/certify/drat"
	"plenary/solver/certify/lrat"
	"plenary/solver/compile"
	"plenary/solver/optimize"
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
	found, err := search(ctx, s, instances, verdict.Costs)
	if err != nil {
		return nil, err
	}
	e := newEvidence(found.claim, o)
	content, err := p.Encode()
	if err != nil {
		return nil, err
	}
	file := e.keep(PlanName, content)
	e.Manifest.Plan, e.Manifest.Single = &file, found.single
	for t, title := range s.Priorities {
		tier := Tier{Tier: t + 1, Title: title, Cost: verdict.Costs[t]}
		for _, bounds := range found.bounds {
			tier.Bound += bounds[t]
		}
		e.Manifest.Tiers = append(e.Manifest.Tiers, tier)
	}
	for i, group := range found.groups {
		part := named(s, group)
		part.Bounds = found.bounds[i]
		for t, bound := range part.Bounds {
			if bound == 0 {
				continue // costs are never below 0
			}
			f := cheaper(s, instances, group, budget(part.Bounds, t), found.single)
			statement, err := e.refute(ctx, fmt.Sprintf("part-%d-tier-%d", i+1, t+1), f, o.Prove)
			if err != nil {
				return nil, err
			}
			statement.Tier = t + 1
			part.Statements = append(part.Statements, statement)
		}
		e.Manifest.Parts = append(e.Manifest.Parts, part)
	}
	return e, e.seal()
}

// budget gives what a plan of a part would cost at most, tier by tier, that is
// as good as the bounds before a tier and better in it.
func budget(bounds []int64, tier int) []int64 {
	out := append([]int64{}, bounds[:tier+1]...)
	out[tier]--
	return out
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

// bounded is the independent parts of a scenario with their bounds, by tier.
type bounded struct {
	claim  Claim
	single bool
	groups []compile.Group
	bounds [][]int64
}

// search finds the bounds of all parts. Where members who are alike, counted
// together, allow more than names can give, names are decided one by one.
func search(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, costs []int64) (bounded, error) {
	if deadline, ok := ctx.Deadline(); ok {
		half, cancel := context.WithTimeout(ctx, time.Until(deadline)/2)
		defer cancel()
		ctx = half
	}
	for _, single := range []bool{false, true} {
		out := bounded{claim: Optimal, single: single}
		proven := make([]bool, len(costs))
		sum := make([]int64, len(costs))
		for t := range proven {
			proven[t] = true
		}
		for _, part := range compile.Compile(s, instances, compile.Options{Single: single}).Parts {
			bounds := make([]int64, len(costs))
			for t, r := range optimize.Tiers(ctx, part.Solver, part.Tiers, optimize.Watcher{}) {
				if r.Status == optimize.Infeasible {
					return out, errors.New("the solver finds no plan where the checker has one")
				}
				bounds[t] = r.Bound
				sum[t] += r.Bound
				proven[t] = proven[t] && r.Status == optimize.Optimal
			}
			out.groups, out.bounds = append(out.groups, part.Group), append(out.bounds, bounds)
		}
		better := (*ErrBetter)(nil)
		for t := range costs {
			if sum[t] > costs[t] {
				return out, fmt.Errorf("the solver's bound of tier %d is %d, and the plan costs %d", t+1, sum[t], costs[t])
			}
			if sum[t] < costs[t] {
				out.claim = Bounded
				if proven[t] {
					better = &ErrBetter{Tier: t + 1, Cost: costs[t], Best: sum[t]}
				}
				for _, bounds := range out.bounds {
					clear(bounds[t+1:]) // of no use below a gap
				}
				break
			}
		}
		switch {
		case better == nil:
			return out, nil
		case single:
			return out, better
		}
	}
	panic("certify: the second search decides")
}

// Impossible gives the evidence that the hard constraints cannot hold together,
// and with them the scenario has no plan. It fails as Plan does.
func Impossible(ctx context.Context, s *scenario.Scenario, rules []*rule.Instance, o Options) (*Evidence, error) {
	e := newEvidence(NoPlan, o)
	var chosen []rule.Instance
	for _, in := range rules {
		chosen = append(chosen, *in)
		e.Manifest.Rules = append(e.Manifest.Rules, in.ID)
	}
	statement, err := e.refute(ctx, "contradiction", together(s, chosen, false), o.Prove)
	if errors.Is(err, ErrHolds) {
		e.Manifest.Single = true
		statement, err = e.refute(ctx, "contradiction", together(s, chosen, true), o.Prove)
	}
	if err != nil {
		return nil, err
	}
	e.Manifest.Contradiction = &statement
	return e, e.seal()
}

// refute has a formula refuted and keeps formula, map and proof.
func (e *Evidence) refute(ctx context.Context, name string, f *formula, prove Prover) (Statement, error) {
	answer, err := prove(ctx, f.variables, f.clauses)
	if err != nil {
		return Statement{}, fmt.Errorf("%s: %w", name, err)
	}
	proof, err := drat.Explain(ctx, f.variables, f.clauses, answer)
	if err != nil {
		return Statement{}, fmt.Errorf("%s: %w", name, err)
	}
	text := dimacs(f.variables, f.clauses)
	if err := lrat.Check(text, proof); err != nil {
		return Statement{}, fmt.Errorf("%s: %w", name, err)
	}
	return Statement{
		Formula: e.keep(name+".cnf", text),
		Map:     e.keep(name+".map.txt", f.legend()),
		Proof:   e.keep(name+".lrat", proof),
	}, nil
}
