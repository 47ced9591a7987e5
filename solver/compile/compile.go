package compile

import (
	"cmp"
	"context"
	"slices"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/encode"
	"plenary/solver/optimize"
	"plenary/solver/sat"
	"plenary/solver/vocab"
)

// Large is from how many sessions on a part is searched and bounded by its listed
// choices where nothing else is asked: core-guided search alone is lost there.
const Large = 100

// Options says how a scenario is compiled.
type Options struct {
	// Single decides names member by member instead of by classes of members
	// who are alike.
	Single bool
	// Blame puts every hard constraint under a selector and narrows nothing, so
	// that cores name rules. Soft constraints are left out.
	Blame bool
	// Bend prices hard constraints, by the position of their instance, instead
	// of forbidding their excess. The price of a unit counts in a tier of its
	// own before all others.
	Bend map[int]int64
	// Spend, if not 0, is the most that bending is worth: what would cost more
	// is out of the question, and sessions may be longer or shorter than they
	// say, as far as their length bends. It is no limit by itself.
	Spend int64
	// More is what stations can have more of, at a price that counts where that
	// of bending does. It asks for Bend.
	More []More
	// Budget is the most that each of the first tiers may cost. It asks for
	// one part: give Only too.
	Budget []int64
	// Listed, if not 0, has parts of so many sessions and more listed, where they
	// can be, instead of written as clauses. Where nothing has a price, none is:
	// whether there is a plan at all, clauses say best.
	Listed int
	// Priced, if not nil, gives literals that cost a unit each in a tier after all
	// others, where choices are listed.
	Priced func(*vocab.Vocabulary) []cnf.Lit
	// Entries is how many the rows of a listed part have at most; 0: MostEntries. Soft
	// constraints that would have more are left out.
	Entries int
	// Stopped, if not nil, is asked before each rule instance. Once it says so,
	// the rest is left out: what is given is then of no use.
	Stopped func() bool
	// Only, if not nil, limits the problem to these sessions and documents, and
	// makes them one part.
	Only *Group
	// Record, if not nil, keeps what is written. It asks for one part: give
	// Only too.
	Record *Record
}

// More is one more room or team at a price.
type More struct {
	scenario.More
	Price int64
}

// Group is sessions and documents that are planned together.
type Group struct {
	Sessions  []int // positions in the scenario
	Documents []int
}

// Problem is a compiled scenario.
type Problem struct {
	Scenario *scenario.Scenario
	Parts    []*Part

	instances []rule.Instance
	options   Options
}

// Part is an independent part of a problem.
type Part struct {
	Group     Group
	Solver    *sat.Solver
	V         *vocab.Vocabulary
	Tiers     [][]optimize.Term // the cost of each tier, the best tier first
	Selectors []Selector        // with Options.Blame: one for each hard constraint
	Bends     map[int][]cnf.Lit // with Options.Bend: by instance, the literals that bend it
	More      []cnf.Lit         // with Options.More: one literal for each
	Listed    *Listed           // with Options.Listed, of a large part, which then has no Solver and no Tiers
}

// Selector is the literal that turns one rule instance on.
type Selector struct {
	Lit      cnf.Lit
	Instance *rule.Instance
}

func (o Options) stopped() bool { return o.Stopped != nil && o.Stopped() }

// Compile gives the parts of a scenario, each with its clauses in a solver.
func Compile(s *scenario.Scenario, instances []rule.Instance, o Options) *Problem {
	sessions, documents := domains(s, instances, o)
	p := &Problem{Scenario: s, instances: instances, options: o}
	for _, g := range groups(s, instances, sessions, o) {
		if o.Listed > 0 && len(g.Sessions) >= o.Listed && len(s.Priorities) > 0 {
			if l := list(s, instances, g, sessions, documents, o); l != nil {
				p.Parts = append(p.Parts, &Part{Group: g, V: l.V, Listed: l})
				continue
			}
		}
		p.Parts = append(p.Parts, part(s, instances, g, sessions, documents, o))
	}
	return p
}

// Groups gives the independent parts of a scenario, in the order in which
// Compile has them.
func Groups(s *scenario.Scenario, instances []rule.Instance) []Group {
	sessions, _ := domains(s, instances, Options{})
	return groups(s, instances, sessions, Options{})
}

// Bent gives the independent parts of a scenario of which hard constraints may
// bend, by the position of their instance.
func Bent(s *scenario.Scenario, instances []rule.Instance, bend map[int]int64) []Group {
	o := Options{Bend: bend}
	sessions, _ := domains(s, instances, o)
	return groups(s, instances, sessions, o)
}

// List lists a group of sessions and documents, as Compile does with
// Options.Listed; it gives nil where they cannot be listed.
func List(s *scenario.Scenario, instances []rule.Instance, g Group, o Options) *Listed {
	sessions, documents := domains(s, instances, o)
	return list(s, instances, g, sessions, documents, o)
}

// List gives a part of the problem with its choices listed; nil where they cannot be.
func (p *Problem) List(ctx context.Context, g Group) *Listed {
	o := p.options
	o.Stopped = func() bool { return ctx.Err() != nil }
	return List(p.Scenario, p.instances, g, o)
}

// Written gives a listed part as clauses.
func (p *Problem) Written(listed *Part) *Part {
	sessions, documents := domains(p.Scenario, p.instances, p.options)
	return part(p.Scenario, p.instances, listed.Group, sessions, documents, p.options)
}

// domains gives what each session and document can be, narrowed by the hard
// constraints unless they are to be blamed.
func domains(s *scenario.Scenario, instances []rule.Instance, o Options) ([]vocab.Domain, []vocab.DocumentDomain) {
	sessions := make([]vocab.Domain, len(s.Sessions))
	documents := make([]vocab.DocumentDomain, len(s.Documents))
	for i := range sessions {
		sessions[i] = vocab.Widest(s, i)
		if o.Blame {
			sessions[i].Optional = true
		}
	}
	for i := range documents {
		documents[i].Days = s.Period
	}
	if o.Blame {
		return sessions, documents
	}
	for i := range o.Bend {
		switch r := instances[i].Rule.(type) {
		case *rule.Held:
			sessions[r.Sessions[0]].Optional = true
		case *rule.Length:
			own := &sessions[r.Sessions[0]].Length
			slack := int(o.Spend / o.Bend[i])
			own.Min, own.Max = max(1, own.Min-slack), own.Max+slack
		}
	}
	for i := range instances {
		in := &instances[i]
		price, bent := o.Bend[i]
		if !in.Hard() || (bent && o.Spend < price) {
			continue
		}
		slack := 0
		if bent {
			slack = int(o.Spend / price)
		}
		tie := in.Rule.Ties(s)
		if len(tie.Sessions) == 1 {
			encode.Narrow(in.Rule, &sessions[tie.Sessions[0]], slack)
		}
		if len(tie.Documents) > 0 {
			encode.NarrowDocument(in.Rule, &documents[tie.Documents[0]], slack)
		}
	}
	propagate(s, instances, o.Bend, sessions, documents)
	for i := range sessions {
		d := &sessions[i]
		if d.Days.Len() == 0 || len(d.Stations) == 0 || d.Length.Max < d.Length.Min {
			// Nothing is left: a domain of one closed day says so in clauses.
			d.Days = calendar.Range{First: s.Period.First, Last: s.Period.First - 1}
			d.Stations = s.Sessions[i].StationIDs
			d.Length = s.Sessions[i].Length()
		}
	}
	return sessions, documents
}

// groups gives the connected components of sessions and documents under the
// ties of all rules; with Options.Only, that one group.
func groups(s *scenario.Scenario, instances []rule.Instance, domains []vocab.Domain, o Options) []Group {
	if o.Only != nil {
		return []Group{*o.Only}
	}
	g := simple.NewUndirectedGraph()
	for i := range len(s.Sessions) + len(s.Documents) {
		g.AddNode(simple.Node(i))
	}
	join := func(a, b int) {
		if a != b {
			g.SetEdge(simple.Edge{F: simple.Node(a), T: simple.Node(b)})
		}
	}
	for i := range instances {
		tie := instances[i].Rule.Ties(s)
		nodes := slices.Clone(tie.Sessions)
		for _, d := range tie.Documents {
			nodes = append(nodes, len(s.Sessions)+d)
		}
		switch tie.Near {
		case rule.Apart:
			continue
		case rule.Anywhere:
			for k := 1; k < len(nodes); k++ {
				join(nodes[k-1], nodes[k])
			}
			continue
		}
		// In order of first days, a session reaches those that start before
		// the furthest end so far.
		slices.SortFunc(nodes, func(a, b int) int { return cmp.Compare(domains[a].Days.First, domains[b].Days.First) })
		reach, furthest := calendar.Day(0), -1
		for _, n := range nodes {
			if furthest >= 0 && domains[n].Days.First <= reach+calendar.Day(tie.Near) {
				join(furthest, n)
			}
			if furthest < 0 || domains[n].Days.Last > reach {
				reach, furthest = domains[n].Days.Last, n
			}
		}
	}
	var out []Group
	for _, component := range topo.ConnectedComponents(g) {
		var group Group
		slices.SortFunc(component, func(a, b graph.Node) int { return cmp.Compare(a.ID(), b.ID()) })
		for _, n := range component {
			if id := int(n.ID()); id < len(s.Sessions) {
				group.Sessions = append(group.Sessions, id)
			} else {
				group.Documents = append(group.Documents, id-len(s.Sessions))
			}
		}
		out = append(out, group)
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Compare(a.first(s), b.first(s)) })
	return out
}

func (g Group) first(s *scenario.Scenario) int {
	if len(g.Sessions) > 0 {
		return g.Sessions[0]
	}
	return len(s.Sessions) + g.Documents[0]
}

// part writes the clauses of one part.
func part(s *scenario.Scenario, instances []rule.Instance, g Group, sessions []vocab.Domain, documents []vocab.DocumentDomain, o Options) *Part {
	p := &Part{Group: g, Solver: sat.New(), Tiers: make([][]optimize.Term, len(s.Priorities)), Bends: map[int][]cnf.Lit{}}
	if o.Bend != nil {
		p.Tiers = append(p.Tiers, nil)
	}
	b := cnf.NewBuilder(o.Record.over(p.Solver))
	mine, papers := g.domains(sessions, documents)
	p.V = vocab.New(b, s, mine, papers, vocab.Options{Single: o.Single, Loose: o.Blame || o.Bend != nil, Columns: columns(instances), Names: names(instances)})
	p.offer(b, o.More)
	o.Record.end(Section{})
	for i := range instances {
		if o.stopped() {
			return p
		}
		in := &instances[i]
		if (o.Blame && !in.Hard()) || !concerns(in.Rule.Ties(s), mine, papers) {
			continue
		}
		_, bent := o.Bend[i]
		c := encode.New(p.V, in.Hard() && !bent)
		encode.Encoders[in.Kind](c, in.Rule)
		if price, bent := o.Bend[i]; bent {
			p.bend(b, i, c.Terms(), price)
			o.Record.end(Section{Instance: in})
			continue
		}
		tier := in.Tier - 1
		if o.Bend != nil {
			tier++
		}
		p.add(b, in, tier, c.Terms(), o.Blame)
		o.Record.end(Section{Instance: in})
	}
	for tier, most := range o.Budget {
		p.limit(b, tier, most)
		o.Record.end(Section{Tier: tier + 1})
	}
	return p
}

// offer prices what stations could have more of in the first tier. Of what is
// alike, the first is taken first.
func (p *Part) offer(b *cnf.Builder, more []More) {
	for i, m := range more {
		lit := b.Fresh()
		if i > 0 && more[i-1].More == m.More {
			b.Clause(lit.Not(), p.More[i-1])
		}
		p.More = append(p.More, lit)
		p.V.More = append(p.V.More, vocab.More{More: m.More, Lit: lit})
		p.Tiers[0] = append(p.Tiers[0], optimize.Term{Lit: lit, Weight: m.Price})
	}
}

// limit forbids a tier to cost more.
func (p *Part) limit(b *cnf.Builder, tier int, most int64) {
	var inputs []cnf.Weighted
	for _, t := range p.Tiers[tier] {
		switch t.Lit {
		case b.True():
			most -= t.Weight
		case b.False():
		default:
			inputs = append(inputs, cnf.Weighted{Lit: t.Lit, Weight: t.Weight})
		}
	}
	if most < 0 {
		b.Clause()
		return
	}
	cnf.NewWeightedSum(b, inputs, most, cnf.Upward).AtMost(b, most)
}

// Whole gives all sessions and documents of a scenario as one group.
func Whole(s *scenario.Scenario) Group {
	var g Group
	for i := range s.Sessions {
		g.Sessions = append(g.Sessions, i)
	}
	for i := range s.Documents {
		g.Documents = append(g.Documents, i)
	}
	return g
}

// bend prices the excess of a hard constraint in the first tier.
func (p *Part) bend(b *cnf.Builder, instance int, terms []encode.Term, price int64) {
	for _, t := range terms {
		lit := b.And(t.When...)
		p.Bends[instance] = append(p.Bends[instance], lit)
		p.Tiers[0] = append(p.Tiers[0], optimize.Term{Lit: lit, Weight: t.Excess * price})
	}
}

// concerns tells whether a rule speaks of the part's sessions or documents.
func concerns(t rule.Tie, sessions map[int]vocab.Domain, documents map[int]vocab.DocumentDomain) bool {
	return slices.ContainsFunc(t.Sessions, func(i int) bool { _, ok := sessions[i]; return ok }) ||
		slices.ContainsFunc(t.Documents, func(i int) bool { _, ok := documents[i]; return ok })
}

// add forbids or prices the terms of an instance.
func (p *Part) add(b *cnf.Builder, in *rule.Instance, tier int, terms []encode.Term, blame bool) {
	selector := b.False()
	if blame && len(terms) > 0 {
		selector = b.Fresh().Not()
		p.Selectors = append(p.Selectors, Selector{selector.Not(), in})
	}
	for _, t := range terms {
		if !in.Hard() {
			p.Tiers[tier] = append(p.Tiers[tier], optimize.Term{Lit: b.And(t.When...), Weight: t.Excess * in.Weight})
			continue
		}
		clause := []cnf.Lit{selector}
		for _, l := range t.When {
			clause = append(clause, l.Not())
		}
		b.Clause(clause...)
	}
}

// columns gives the roster columns that rules look at.
func columns(instances []rule.Instance) (out []string) {
	for i := range instances {
		if r, ok := instances[i].Rule.(rule.Looking); ok {
			out = append(out, r.Columns()...)
		}
	}
	return out
}

// names gives the members that rules name.
func names(instances []rule.Instance) (out []string) {
	for i := range instances {
		if r, ok := instances[i].Rule.(rule.Naming); ok {
			out = append(out, r.Names()...)
		}
	}
	return out
}
