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

// Local gives reasons that can be seen without planning the whole, each as soon as
// it is known: by the rules of sessions, bodies, officers and documents alone, without
// rooms and teams, and by counting what rooms and teams can serve at all. A scenario with such a
// reason has no plan; one without may have none either. On a year of many
// hundred sessions it takes seconds where the whole would take hours.
//
// Without rooms and teams, sessions that can all be held by themselves are left
// out one by one: those that remain are few, and their reason is found among
// their own rules. A rule that asks for at least so much of several sessions is
// looked at with these sessions alone.
func Local(ctx context.Context, s *scenario.Scenario, instances []rule.Instance) iter.Seq[Reason] {
	return func(yield func(Reason) bool) {
		var known []Reason
		all := func(reasons iter.Seq[Reason]) bool {
			for reason := range reasons {
				known = append(known, reason)
				if !yield(reason) {
					return false
				}
			}
			return true
		}
		own, asking, problem := alone(ctx, s, instances)
		for _, part := range problem.Parts {
			if ctx.Err() != nil || !all(inPart(ctx, s, own, part)) {
				return
			}
		}
		if all(together(ctx, s, own, asking, &known)) {
			all(slices.Values(counted(s, instances, known)))
		}
	}
}

// alone gives the rules of a scenario that do not share out what stations have, the
// sessions of each of them that does not bear leaving out, and a problem of the others
// in which every session may be left out.
func alone(ctx context.Context, s *scenario.Scenario, instances []rule.Instance) (own []rule.Instance, asking []compile.Group, problem *compile.Problem) {
	var gentle []rule.Instance
	for _, in := range instances {
		if !in.Hard() || stationWide(&in) || ofShort(s, in.Rule) {
			continue
		}
		if own = append(own, in); bearsLeavingOut(s, in.Rule) {
			gentle = append(gentle, in)
		} else if tie := in.Rule.Ties(s); len(tie.Sessions) <= mostTogether {
			slices.Sort(tie.Sessions)
			asking = append(asking, compile.Group{Sessions: slices.Compact(tie.Sessions)})
		}
	}
	bend := map[int]int64{}
	for i := range gentle {
		if gentle[i].Kind == "held" {
			bend[i] = 1
		}
	}
	problem = compile.Compile(s, gentle, compile.Options{Bend: bend, Stopped: func() bool { return ctx.Err() != nil }})
	return own, asking, problem
}

// mostTogether bounds the sessions of one rule that are looked at together.
const mostTogether = 40

// together gives the reasons why the sessions of a rule that asks for at least
// so much of them cannot do it, where none of them is in a reason yet.
func together(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, groups []compile.Group, known *[]Reason) iter.Seq[Reason] {
	return func(yield func(Reason) bool) {
		for i, group := range groups {
			same := func(g compile.Group) bool { return slices.Equal(g.Sessions, group.Sessions) }
			if slices.ContainsFunc(groups[:i], same) || slices.ContainsFunc(*known, func(r Reason) bool { return r.holdsAny(group.Sessions) }) {
				continue
			}
			rules := rulesOf(s, instances, group)
			part := compile.Compile(s, rules, compile.Options{Only: &group, Stopped: func() bool { return ctx.Err() != nil }}).Parts[0]
			if ctx.Err() != nil {
				return
			}
			if part.Solver.Solve(ctx) != sat.Unsat {
				continue
			}
			for reason := range Infeasible(ctx, s, rules, group) {
				if !yield(reason) {
					return
				}
			}
		}
	}
}

// held gives the sessions of which a reason says that they are held.
func (r Reason) held() (sessions []int) {
	for _, in := range r.Instances {
		if held, ok := in.Rule.(*rule.Held); ok {
			sessions = append(sessions, held.Sessions...)
		}
	}
	return sessions
}

// holdsAny tells whether a reason says that one of the sessions is held.
func (r Reason) holdsAny(sessions []int) bool {
	return slices.ContainsFunc(r.held(), func(i int) bool { return slices.Contains(sessions, i) })
}

// bearsLeavingOut tells whether a rule that holds still does so when sessions
// are left out.
func bearsLeavingOut(s *scenario.Scenario, r rule.Rule) bool {
	switch r.(type) {
	case *rule.Before, *rule.Rest, *rule.Document:
		return true
	}
	return len(r.Ties(s).Sessions) <= 1 || hereditary(s, r)
}

// WaysOutOf gives each of up to most ways out of one reason, as WaysOut does of a group:
// no plan of the whole is cheaper by Prices, but what ends this reason may leave
// others, or run into what the rest of the scenario needs. Of a reason that was
// counted they are more rooms or teams, in the first weeks in which they help,
// and the shortest session left out.
func WaysOutOf(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, reason Reason, seed, most int, each func(WayOut)) (others int64, err error) {
	if reason.Count != nil {
		ways := reason.Count.waysOut(s, reason)
		for _, way := range ways[:min(most, len(ways))] {
			each(way)
		}
		return 0, nil
	}
	group := concerned(s, reason.Instances)
	return WaysOut(ctx, s, rulesOf(widest(s, instances), instances, group), group, []Reason{reason}, seed, most, each)
}

// WaysOutAmong gives each of up to most ways out of the conflict at a position, as
// WaysOut does of a group, with the rest of the group but for the sessions of the
// other conflicts: what these need may cost more.
func WaysOutAmong(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, group compile.Group, apart []Reason, at, seed, most int, each func(WayOut)) (others int64, err error) {
	own, rest := concerned(s, apart[at].Instances), compile.Group{}
	for i, reason := range apart {
		if i != at {
			rest = joined(rest, concerned(s, reason.Instances))
		}
	}
	group = compile.Group{
		Sessions:  slices.DeleteFunc(slices.Clone(group.Sessions), func(i int) bool { return slices.Contains(rest.Sessions, i) && !slices.Contains(own.Sessions, i) }),
		Documents: slices.DeleteFunc(slices.Clone(group.Documents), func(i int) bool { return slices.Contains(rest.Documents, i) && !slices.Contains(own.Documents, i) }),
	}
	return WaysOut(ctx, s, rulesOf(widest(s, instances), instances, group), group, apart[at:at+1], seed, most, each)
}

// concerned gives the sessions and documents that rules speak of, but for rules of
// which any part holds by itself.
func concerned(s *scenario.Scenario, rules []*rule.Instance) (out compile.Group) {
	for _, in := range rules {
		if tie := in.Rule.Ties(s); len(tie.Sessions) <= 1 || !hereditary(s, in.Rule) {
			out = joined(out, compile.Group{Sessions: tie.Sessions, Documents: tie.Documents})
		}
	}
	return out
}

// joined gives all that is in one of two groups.
func joined(a, b compile.Group) compile.Group {
	out := compile.Group{Sessions: slices.Concat(a.Sessions, b.Sessions), Documents: slices.Concat(a.Documents, b.Documents)}
	slices.Sort(out.Sessions)
	slices.Sort(out.Documents)
	return compile.Group{Sessions: slices.Compact(out.Sessions), Documents: slices.Compact(out.Documents)}
}

// ofShort tells whether a rule speaks of short sessions: they decide on rooms
// themselves, and their rules are as hard to look at as the whole.
func ofShort(s *scenario.Scenario, r rule.Rule) bool {
	return slices.ContainsFunc(r.Ties(s).Sessions, func(i int) bool { return s.Sessions[i].Short })
}

// stationWide tells whether a rule shares out what a station has.
func stationWide(in *rule.Instance) bool { return in.Kind == "rooms" || in.Kind == "teams" }

// inPart gives the reasons why sessions of a part cannot all be held.
func inPart(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, part *compile.Part) iter.Seq[Reason] {
	session := map[cnf.Lit]int{}
	var on []cnf.Lit
	for _, i := range part.Group.Sessions {
		x := part.V.Session(i)
		if lit := x.Held(); !s.Sessions[i].Optional && session[lit] == 0 {
			session[lit], on = i+1, append(on, lit)
		}
	}
	return func(yield func(Reason) bool) {
		for given := 0; given < MostReasons && part.Solver.Solve(ctx, on...) == sat.Unsat; {
			core, _ := shrink(ctx, part.Solver, part.Solver.Core())
			group := compile.Group{Documents: part.Group.Documents}
			for _, lit := range core {
				group.Sessions = append(group.Sessions, session[lit]-1)
			}
			slices.Sort(group.Sessions)
			for reason := range Infeasible(ctx, s, rulesOf(s, instances, group), group) {
				if given++; !yield(reason) {
					return
				}
			}
			if len(core) == 0 {
				return
			}
			on = slices.DeleteFunc(on, func(l cnf.Lit) bool { return slices.Contains(core, l) })
		}
	}
}

// rulesOf gives the rules that speak of sessions and documents of a group alone,
// and those that bind any sessions no less than all.
func rulesOf(s *scenario.Scenario, instances []rule.Instance, group compile.Group) (out []rule.Instance) {
	sessions, documents := map[int]bool{}, map[int]bool{}
	for _, i := range group.Sessions {
		sessions[i] = true
	}
	for _, i := range group.Documents {
		documents[i] = true
	}
	for _, in := range instances {
		tie := in.Rule.Ties(s)
		all, some := true, false
		for _, i := range tie.Sessions {
			all, some = all && sessions[i], some || sessions[i]
		}
		for _, i := range tie.Documents {
			all, some = all && documents[i], some || documents[i]
		}
		if some && (all || hereditary(s, in.Rule)) {
			out = append(out, in)
		}
	}
	return out
}

// hereditary tells whether a rule that holds of sessions holds of any of them.
func hereditary(s *scenario.Scenario, r rule.Rule) bool {
	if r.Ties(s).Near == rule.Apart {
		return true
	}
	switch r := r.(type) {
	case *rule.Rooms, *rule.Teams, *rule.ChairedBy, *rule.Parallel, *rule.TravelBudget:
		return true
	case *rule.DayCap:
		least, _ := r.Bounds()
		return least == 0
	}
	return false
}
