package explain

import (
	"cmp"
	"maps"
	"slices"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/compile"
	"plenary/solver/deal"
	"plenary/solver/optimize"
	"plenary/solver/vocab"
)

// choice is something that a way out can do: to bend a constraint, a window to one of
// its sides, or to have a room or team more.
type choice struct {
	bent int           // position of a constraint, -1 for a room or team
	side side          // of a window: where the session lies outside
	more scenario.More // of a room or team
	nth  int           // of those alike, from 1; they are taken in order
}

// side is one of the sides of a window.
type side int

const (
	earlier side = iota + 1
	later
)

// windowOf gives the session of a window and its days; ok is false for other rules.
func windowOf(r rule.Rule) (session int, days calendar.Range, ok bool) {
	switch r := r.(type) {
	case *rule.Window:
		return r.Sessions[0], r.Between, true
	case *rule.Phase:
		return r.Sessions[0], r.Between, true
	}
	return 0, days, false
}

// lies gives on which sides of a window a plan has its session; for other rules, that
// there is no side.
func lies(s *scenario.Scenario, p *plan.Plan, r rule.Rule) (out []side) {
	session, days, ok := windowOf(r)
	if !ok {
		return []side{0}
	}
	x := p.Session(s.Sessions[session].ID)
	if x.First() < days.First {
		out = append(out, earlier)
	}
	if x.Last() > days.Last {
		out = append(out, later)
	}
	return out
}

// sides gives the literals that say on which sides of a window a session lies outside;
// ok is false for other rules.
func sides(v *vocab.Vocabulary, r rule.Rule) (out map[side]cnf.Lit, ok bool) {
	session, days, ok := windowOf(r)
	x := v.Session(session)
	if !ok || x == nil {
		return nil, false
	}
	return map[side]cnf.Lit{earlier: x.StartedBy(days.First - 1), later: x.EndedBy(days.Last).Not()}, true
}

func (c choice) compare(d choice) int {
	return cmp.Or(cmp.Compare(c.bent, d.bent), cmp.Compare(c.side, d.side), cmp.Compare(c.more.Station, d.more.Station), cmp.Compare(c.more.Kind, d.more.Kind),
		cmp.Compare(c.more.Monday, d.more.Monday), cmp.Compare(c.nth, d.nth))
}

// price gives what a room or team costs.
func (c choice) price() int64 {
	if c.more.Kind < 0 {
		return Team
	}
	return Room
}

// choices gives the literals of all that a way out can do; at gives the position
// of each of the rules that were compiled.
func choices(part *compile.Part, rules []rule.Instance, at []int) map[choice]cnf.Lit {
	used := map[choice]cnf.Lit{}
	for i, lits := range part.Bends {
		if outside, ok := sides(part.V, rules[i].Rule); ok {
			for side, lit := range outside {
				used[choice{bent: at[i], side: side}] = lit
			}
			continue
		}
		used[choice{bent: at[i]}] = part.V.B.Or(lits...)
	}
	for _, m := range part.V.More {
		c := choice{bent: -1, more: m.More, nth: 1}
		for used[c] != 0 {
			c.nth++
		}
		used[c] = m.Lit
	}
	return used
}

// keepSides forbids sessions to lie outside their windows on sides that a way out does
// not name. One that names no side of a window names both.
func (e *enumeration) keepSides(part *compile.Part, done []choice) {
	named := map[int]map[side]bool{}
	for _, c := range done {
		if c.side != 0 {
			if named[c.bent] == nil {
				named[c.bent] = map[side]bool{}
			}
			named[c.bent][c.side] = true
		}
	}
	for bent, mine := range named {
		outside, _ := sides(part.V, e.hard[bent].Rule)
		for side, lit := range outside {
			if !mine[side] {
				part.V.B.Clause(lit.Not())
			}
		}
	}
}

// block forbids to do all of it, and so every larger set.
func block(part *compile.Part, used map[choice]cnf.Lit, known []choice) {
	var clause []cnf.Lit
	for _, c := range known {
		clause = append(clause, used[c].Not())
	}
	part.V.B.Clause(clause...)
}

// smallest gives what a model of the same cost does, from which nothing can be left
// out.
func smallest(used map[choice]cnf.Lit, found optimize.Found) (done []choice) {
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
	for _, c := range open {
		if holds(used[c]) {
			done = append(done, c)
		}
	}
	return done
}

// inOrder gives all choices in the order of the scenario, rooms and teams first.
func inOrder(used map[choice]cnf.Lit) []choice {
	return slices.SortedFunc(maps.Keys(used), choice.compare)
}

// offers gives rooms and teams in the weeks of the period in which a session of a
// group can meet at a station, if no more is spent on that it lies elsewhere.
func offers(s *scenario.Scenario, group compile.Group, spend int64) (out []compile.More) {
	for st := range s.Stations {
		weeks, roomed := map[calendar.Day]bool{}, map[calendar.Day]bool{} // in which sessions can meet, and those that rooms are dealt to
		for _, i := range group.Sessions {
			x := &s.Sessions[i]
			if !slices.Contains(x.StationIDs, st) {
				continue
			}
			far := calendar.Day(min(spend, int64(s.Period.Len())))
			days := calendar.Range{First: s.Window(i).First - far, Last: s.Window(i).Last + far}.Intersect(s.Period)
			for monday := days.First.Monday(); monday <= days.Last; monday += 7 {
				weeks[monday] = true
				if !x.Short {
					roomed[monday] = true
				}
			}
		}
		offer := func(weeks map[calendar.Day]bool, kind int, price int64) {
			for _, monday := range slices.Sorted(maps.Keys(weeks)) {
				for range min(MostMore, spend/price) {
					out = append(out, compile.More{More: scenario.More{Station: st, Kind: kind, Monday: monday}, Price: price})
				}
			}
		}
		for kind := range s.Stations[st].Rooms {
			offer(roomed, kind, Room)
		}
		if s.Stations[st].Interpretation != nil {
			offer(weeks, -1, Team)
		}
	}
	return out
}
