package compile

import (
	"cmp"
	"math/bits"
	"slices"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/roster"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/encode"
	"plenary/solver/program"
	"plenary/solver/vocab"
)

// MostChoices is how many choices one session may have in a listed part.
const MostChoices = 20_000

// MostEntries is how many entries the rows of a listed part may have together, where
// nothing else is asked.
const MostEntries = 100_000_000

// somePairs is after how many pairs of sessions, again and again, it is reckoned how many
// entries all of a rule will have.
const somePairs = 100

// Listed is an independent part of a scenario with its sessions' choices listed
// one by one, as a program of blocks and rows.
type Listed struct {
	Group      Group
	V          *vocab.Vocabulary
	Program    *program.Program   // nil: no choices keep every hard constraint
	Sources    []*rule.Instance   // by the source of a row; the first, nil: what sessions and documents are by themselves
	Limits     []*encode.Capacity // by the limit of a row: of which rooms or teams it is; the first, nil: of none
	Left       []*rule.Instance   // soft constraints that the program does not know
	blocks     []listedBlock
	variables  int
	meanings   []vocab.Meaning
	gates      func(cnf.Lit) ([]cnf.Lit, bool)
	block      []int32    // by variable: its block, from 1; 0: none yet
	truth      [][]uint64 // by variable: the choices of its block that make it true
	b          *cnf.Builder
	to         *program.Builder
	impossible bool
	written    int             // entries of rows
	forbidden  []program.Entry // of the row that forbid writes
	counted    []program.Entry // of the row that count writes
}

// listedBlock says what a block stands for: one of these.
type listedBlock struct {
	Session  *vocab.Session
	choices  []vocab.Way
	Document *vocab.Document
	Seat     *vocab.Seat
	variable int32 // a variable of an encoder, false or true
}

// notes takes variables and clauses down.
type notes struct {
	variables int
	clauses   [][]cnf.Lit
}

// Fresh gives a variable not given before.
func (n *notes) Fresh() cnf.Lit { n.variables++; return cnf.Lit(n.variables) }

// Clause takes down a copy of the clause.
func (n *notes) Clause(lits ...cnf.Lit) {
	n.clauses = append(n.clauses, append([]cnf.Lit(nil), lits...))
}

// list lists a group; it gives nil where a session has more than MostChoices, or the
// rows of hard constraints more than Options.Entries. Soft ones with which they have more
// are left out.
func list(s *scenario.Scenario, instances []rule.Instance, g Group, sessions []vocab.Domain, documents []vocab.DocumentDomain, o Options) *Listed {
	without := map[*rule.Instance]bool{}
	if o.Entries == 0 {
		o.Entries = MostEntries
	}
	for {
		l, large := listed(s, instances, without, g, sessions, documents, o)
		if large == nil || large.Hard() {
			return l
		}
		without[large] = true
	}
}

// listed lists a group without some instances. Where it gives nil, large is the instance
// with which rows have more than Options.Entries, nil if there is none.
func listed(s *scenario.Scenario, instances []rule.Instance, without map[*rule.Instance]bool, g Group, sessions []vocab.Domain, documents []vocab.DocumentDomain, o Options) (_ *Listed, large *rule.Instance) {
	mine, papers := g.domains(sessions, documents)
	note := &notes{}
	tiers := len(s.Priorities)
	if o.Priced != nil {
		tiers++
	}
	l := &Listed{Group: g, Sources: []*rule.Instance{nil}, Limits: []*encode.Capacity{nil}, b: cnf.NewBuilder(note), to: program.NewBuilder(tiers)}
	note.clauses = nil // the constant is known here
	l.b.KeepGates()
	l.V = vocab.New(l.b, s, mine, papers, vocab.Options{Single: o.Single, Listed: true, Columns: columns(instances), Names: names(instances)})
	l.meanings = l.V.Meanings(note.variables)
	if !l.listSessions() {
		return nil, nil
	}
	for _, i := range g.Documents {
		l.listDocument(l.V.Document(i))
	}
	l.clauses(note)
	for _, limit := range l.V.Limits() {
		n := encode.Count{Most: int64(limit.Most)}
		for _, lit := range limit.Of {
			n.Of = append(n.Of, cnf.Weighted{Lit: lit, Weight: 1})
		}
		l.count(n, program.Hard, 0)
	}
	for i := range instances {
		if o.stopped() {
			return l, nil
		}
		in := &instances[i]
		if !concerns(in.Rule.Ties(s), mine, papers) {
			continue
		}
		if without[in] {
			l.Left = append(l.Left, in)
			continue
		}
		c := encode.New(l.V, in.Hard())
		c.Sums = true
		encode.Encoders[in.Kind](c, in.Rule)
		l.to.Source()
		l.Sources = append(l.Sources, in)
		l.clauses(note)
		tier := in.Tier - 1
		if in.Hard() {
			tier = program.Hard
		}
		terms, counts, rises, pairs := c.Linear()
		for _, t := range terms {
			l.forbid(t.When, tier, t.Excess*in.Weight)
		}
		known, before := len(terms), l.written
		for k, p := range pairs {
			c.Choose(p)
			terms, _, _, _ := c.Linear()
			for _, t := range terms[known:] {
				l.forbid(t.When, tier, t.Excess*in.Weight)
			}
			known = len(terms)
			if k > 0 && k%somePairs == 0 && before+(l.written-before)/k*len(pairs) > o.Entries || l.written > o.Entries {
				return nil, in
			}
		}
		for _, n := range counts {
			if n.Limit != nil {
				l.Limits = append(l.Limits, n.Limit)
				l.to.Limit(len(l.Limits) - 1)
			}
			l.count(n, tier, in.Weight)
			l.to.Limit(0)
		}
		for _, r := range rises {
			l.rise(r, tier, in.Weight)
		}
		l.clauses(note)
		if l.written > o.Entries {
			return nil, in
		}
	}
	if o.Priced != nil {
		l.to.Source()
		l.Sources = append(l.Sources, nil)
		for _, lit := range o.Priced(l.V) {
			l.clauses(note)
			l.forbid([]cnf.Lit{lit}, tiers-1, 1)
		}
	}
	l.variables = note.variables
	l.truth, l.forbidden, l.counted = nil, nil, nil
	l.to.Stopped(o.Stopped)
	l.Program, _ = l.to.Program()
	if l.impossible {
		l.Program = nil
	}
	l.gates = l.b.Gate
	l.b, l.to = nil, nil
	return l, nil
}

// Known gives how many tiers, from the first on, the program knows wholly: it bounds the
// next, and nothing after that, when it does not know all soft constraints.
func (l *Listed) Known() int {
	known := len(l.V.S.Priorities)
	for _, in := range l.Left {
		known = min(known, in.Tier-1)
	}
	return known
}

// domains gives the domains of the group's sessions and documents.
func (g Group) domains(sessions []vocab.Domain, documents []vocab.DocumentDomain) (map[int]vocab.Domain, map[int]vocab.DocumentDomain) {
	mine, papers := map[int]vocab.Domain{}, map[int]vocab.DocumentDomain{}
	for _, i := range g.Sessions {
		mine[i] = sessions[i]
	}
	for _, i := range g.Documents {
		papers[i] = documents[i]
	}
	return mine, papers
}

// listSessions makes a block of each session and each of its seats.
func (l *Listed) listSessions() bool {
	for _, x := range l.V.All() {
		choices, ok := x.Ways(MostChoices)
		if !ok {
			return false
		}
		l.add(listedBlock{Session: x, choices: choices}, len(choices))
	}
	blockOf := map[*vocab.Session]int32{}
	for i := range l.blocks {
		blockOf[l.blocks[i].Session] = int32(i + 1)
	}
	l.grow(len(l.meanings) - 1)
	for v := range l.meanings {
		if x := l.meanings[v].Session; x != nil {
			l.block[v] = blockOf[x]
		}
	}
	for _, x := range l.V.All() {
		x.EachSeat("", "", func(t *vocab.Seat) {
			l.add(listedBlock{Seat: t}, len(t.Classes)+1)
			for i, class := range t.Classes {
				l.own(t.TakenBy(class), len(t.Classes)+1, func(c int) bool { return c == i+1 })
			}
		})
	}
	return true
}

func (l *Listed) listDocument(x *vocab.Document) {
	var days []calendar.Day
	for d := x.Days.First; d <= x.Days.Last; d++ {
		if scenario.Weekdays(d) {
			days = append(days, d)
		}
	}
	l.add(listedBlock{Document: x}, len(days))
	for d := x.Days.First; d <= x.Days.Last; d++ {
		l.own(x.IssuedBy(d), len(days), func(c int) bool { return days[c] <= d })
	}
}

func (l *Listed) add(x listedBlock, choices int) {
	l.blocks = append(l.blocks, x)
	i := l.to.Block(choices)
	if x.Session == nil {
		l.to.Follow(i)
	}
}

// own gives the literal of a variable to the newest block, unless it is a
// constant or has one already.
func (l *Listed) own(lit cnf.Lit, choices int, holds func(choice int) bool) {
	if lit == l.b.True() || lit == l.b.False() {
		return
	}
	v := lit.Var()
	l.grow(int(v))
	if l.block[v] != 0 {
		return
	}
	set := make([]uint64, (choices+63)/64)
	for c := range choices {
		if holds(c) == (lit > 0) {
			set[c/64] |= 1 << (c % 64)
		}
	}
	l.block[v], l.truth[v] = int32(len(l.blocks)), set
}

func (l *Listed) grow(variables int) {
	for len(l.block) <= variables {
		l.block = append(l.block, 0)
	}
	for len(l.truth) <= variables {
		l.truth = append(l.truth, nil)
	}
}

// of gives the block of a variable, from 1, and the choices that make it true.
// A variable that no choice of one block decides becomes a block of its own.
func (l *Listed) of(v int32) (int32, []uint64) {
	l.grow(int(v))
	if l.truth[v] != nil {
		return l.block[v], l.truth[v]
	}
	if l.block[v] != 0 { // of a session
		x := &l.blocks[l.block[v]-1]
		set := make([]uint64, (len(x.choices)+63)/64)
		m := &l.meanings[v]
		for c := range x.choices {
			if m.Holds(&x.choices[c]) {
				set[c/64] |= 1 << (c % 64)
			}
		}
		l.truth[v] = set
		return l.block[v], set
	}
	inputs, gate := l.b.Gate(cnf.Lit(v))
	if gate {
		if block, set, ok := l.together(inputs); ok {
			l.block[v], l.truth[v] = block, set
			return block, set
		}
	}
	l.add(listedBlock{variable: v}, 2)
	l.block[v], l.truth[v] = int32(len(l.blocks)), []uint64{2}
	if gate {
		for _, in := range inputs {
			l.of(in.Var()) // their rows say what they mean themselves
		}
		l.to.Defines(int(l.block[v]) - 1)
		defer l.to.Defines(-1)
		all := []cnf.Lit{cnf.Lit(v)}
		for _, in := range inputs {
			l.forbid([]cnf.Lit{in, cnf.Lit(-v)}, program.Hard, 0)
			all = append(all, in.Not())
		}
		rows := l.to.Rows()
		l.forbid(all, program.Hard, 0)
		if l.to.Rows() > rows {
			l.to.Gate(int(l.block[v]) - 1)
		}
	}
	return l.block[v], l.truth[v]
}

// together gives the choices of one block that make one of the literals true;
// ok is false when they are of several blocks.
func (l *Listed) together(lits []cnf.Lit) (block int32, set []uint64, ok bool) {
	for _, lit := range lits {
		at, one := l.holds(lit)
		if block != 0 && at != block {
			return 0, nil, false
		}
		if block == 0 {
			block, set = at, make([]uint64, len(one))
		}
		for i := range one {
			set[i] |= one[i]
		}
	}
	return block, set, true
}

// holds gives the block of a literal and the choices that make it true.
func (l *Listed) holds(lit cnf.Lit) (int32, []uint64) {
	block, set := l.of(lit.Var())
	if lit > 0 {
		return block, set
	}
	n := l.to.Choices(int(block) - 1)
	out := make([]uint64, len(set))
	for i := range set {
		out[i] = ^set[i]
	}
	if n%64 != 0 {
		out[len(out)-1] &= 1<<(n%64) - 1
	}
	return block, out
}

// clauses forbids what the clauses taken down since forbid.
func (l *Listed) clauses(note *notes) {
	for _, clause := range note.clauses {
		lits := make([]cnf.Lit, len(clause))
		for i, lit := range clause {
			lits[i] = lit.Not()
		}
		l.forbid(lits, program.Hard, 0)
	}
	note.clauses = note.clauses[:0]
}

// forbid forbids or prices that all literals hold.
func (l *Listed) forbid(lits []cnf.Lit, tier int, weight int64) {
	type group struct {
		block int32
		set   []uint64
	}
	var few [4]group
	groups := few[:0]
next:
	for _, lit := range lits {
		if lit == l.b.True() {
			continue
		}
		if lit == l.b.False() {
			return
		}
		block, set := l.holds(lit)
		for i := range groups {
			if groups[i].block == block {
				joined := make([]uint64, len(set))
				for k := range set {
					joined[k] = set[k] & groups[i].set[k]
				}
				groups[i].set = joined
				continue next
			}
		}
		groups = append(groups, group{block, set})
	}
	kept := groups[:0]
	for _, g := range groups {
		switch size := count(g.set); size {
		case 0:
			return
		case l.to.Choices(int(g.block) - 1):
		default:
			kept = append(kept, g)
		}
	}
	switch len(kept) {
	case 0:
		l.due(tier, weight)
	case 1:
		each(kept[0].set, func(c int) { l.to.Cost(int(kept[0].block)-1, c, tier, max(weight, 1)) })
	default:
		slices.SortFunc(kept, func(a, b group) int { return cmp.Compare(a.block, b.block) })
		l.forbidden = l.forbidden[:0]
		most := int64(len(kept) - 1)
		for _, g := range kept {
			var constant int64
			l.forbidden, constant = l.entries(l.forbidden, g.block, g.set, 1)
			most -= constant
		}
		l.to.Row(tier, weight, most, l.forbidden)
	}
}

func (l *Listed) due(tier int, weight int64) {
	if tier == program.Hard {
		l.impossible = true
		return
	}
	l.to.Due(tier, weight)
}

// rise forbids or prices a number of literals: a row for each number from
// which on the price of one more is higher.
func (l *Listed) rise(r encode.Rise, tier int, weight int64) {
	last := 0
	for n := 1; n <= r.Most; n++ {
		price := r.Price(n)
		if price == last {
			continue
		}
		more := encode.Count{Most: int64(n - 1)}
		for _, lit := range r.Of {
			more.Of = append(more.Of, cnf.Weighted{Lit: lit, Weight: 1})
		}
		l.count(more, tier, weight*int64(price-last))
		if last = price; tier == program.Hard {
			return
		}
	}
}

// count bounds or prices a count.
func (l *Listed) count(n encode.Count, tier int, weight int64) {
	l.counted = l.counted[:0]
	constant := int64(0)
	var add func(lit cnf.Lit, amount int64)
	add = func(lit cnf.Lit, amount int64) {
		switch lit {
		case l.b.True():
			constant += amount
		case l.b.False():
		default:
			if held, silent, ok := l.unlessSilent(lit); ok {
				add(held, amount)
				add(silent, -amount)
				return
			}
			block, set := l.holds(lit)
			each(set, func(c int) {
				l.counted = append(l.counted, program.Entry{Block: block - 1, Choice: int32(c), Amount: int32(amount)})
			})
		}
	}
	if n.Most >= 0 {
		for _, w := range n.Of {
			add(w.Lit, w.Weight)
		}
		l.to.Row(tier, weight, n.Most-constant, l.counted)
		l.written += len(l.counted)
	}
	if n.Least > 0 {
		l.counted, constant = l.counted[:0], 0
		for _, w := range n.Of {
			add(w.Lit, -w.Weight)
		}
		// As long as When holds: Least is asked only then.
		add(l.b.And(n.When...), n.Least)
		l.to.Row(tier, weight, -constant, l.counted)
		l.written += len(l.counted)
	}
}

// unlessSilent takes a literal of the form "the meeting is held and not without
// interpretation" apart: it counts as the one less the other, and neither needs
// a block of its own.
func (l *Listed) unlessSilent(lit cnf.Lit) (held, silent cnf.Lit, ok bool) {
	var rest []cnf.Lit
	for _, one := range l.conjuncts(lit) {
		switch {
		case !l.V.Silent(one.Not()):
			rest = append(rest, one)
		case silent != 0:
			return 0, 0, false
		default:
			silent = one.Not()
		}
	}
	if silent == 0 {
		return 0, 0, false
	}
	held = l.b.And(rest...)
	if len(rest) > 1 { // more than that the meeting is held
		silent = l.b.And(append(rest, silent)...)
	}
	return held, silent, true
}

// conjuncts gives the literals that all hold when lit does, gates taken apart.
func (l *Listed) conjuncts(lit cnf.Lit) []cnf.Lit {
	l.grow(int(lit.Var()))
	inputs, gate := l.b.Gate(lit.Not())
	if lit > 0 || !gate || l.block[lit.Var()] != 0 {
		return []cnf.Lit{lit}
	}
	var out []cnf.Lit
	for _, in := range inputs {
		out = append(out, l.conjuncts(in.Not())...)
	}
	return out
}

// entries adds to a row what the choices of a set use of it. Where they are the
// more, it adds what the others make room for instead; the constant is then due
// in any case.
func (l *Listed) entries(to []program.Entry, block int32, set []uint64, amount int64) (entries []program.Entry, constant int64) {
	size, n := count(set), l.to.Choices(int(block)-1)
	l.written += min(size, n-size)
	if 2*size <= n {
		to = slices.Grow(to, size)
		each(set, func(c int) { to = append(to, program.Entry{Block: block - 1, Choice: int32(c), Amount: int32(amount)}) })
		return to, 0
	}
	to = slices.Grow(to, n-size)
	for c := range n {
		if set[c/64]>>(c%64)&1 == 0 {
			to = append(to, program.Entry{Block: block - 1, Choice: int32(c), Amount: int32(-amount)})
		}
	}
	return to, amount
}

func count(set []uint64) (n int) {
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	return n
}

func each(set []uint64, visit func(c int)) {
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			visit(i*64 + bits.TrailingZeros64(w))
		}
	}
}

// Model gives the values of the variables when the blocks take these choices.
// Variables that stand in no rule are false.
func (l *Listed) Model(taken []int32) []bool {
	model := make([]bool, l.variables+1)
	chosen := make([]int32, len(l.blocks)) // by block: the choice as it was listed
	for i, c := range taken {
		chosen[i] = l.Program.Blocks[i].Names[c]
	}
	for v := range l.meanings {
		if l.meanings[v].Session != nil {
			x := &l.blocks[l.block[v]-1]
			model[v] = l.meanings[v].Holds(&x.choices[chosen[l.block[v]-1]])
		}
	}
	for i := range l.blocks {
		switch x := &l.blocks[i]; {
		case x.Document != nil:
			days := -1
			for d := x.Document.Days.First; d <= x.Document.Days.Last; d++ {
				if scenario.Weekdays(d) {
					days++
				}
				if lit := x.Document.IssuedBy(d); lit > 1 {
					model[lit.Var()] = days >= int(chosen[i])
				}
			}
		case x.Seat != nil:
			for c, class := range x.Seat.Classes {
				if lit := x.Seat.TakenBy(class); lit > 1 {
					model[lit.Var()] = int(chosen[i]) == c+1
				}
			}
		case x.variable != 0:
			model[x.variable] = chosen[i] == 1
		}
	}
	model[1] = true
	// The inputs of a gate have smaller numbers.
	for v := range model {
		if inputs, ok := l.gates(cnf.Lit(v)); ok {
			model[v] = slices.ContainsFunc(inputs, func(in cnf.Lit) bool { return model[in.Var()] == (in > 0) })
		}
	}
	return model
}

// Taken gives the choices that a plan takes. It is negative where the plan takes what is
// not listed, and for variables that are no session, document or seat: what they have to
// be, rows say.
func (l *Listed) Taken(p *plan.Plan) []int32 {
	seats := l.seated(p)
	taken := make([]int32, len(l.blocks))
	for i := range l.blocks {
		choice := 0
		switch x := &l.blocks[i]; {
		case x.variable != 0:
			taken[i] = -1
			continue
		case x.Session != nil:
			choice = x.Session.Way(x.choices, p.Session(x.Session.Scenario.ID))
		case x.Document != nil:
			choice = -1
			if d := p.Document(x.Document.Scenario.ID); d != nil && scenario.Weekdays(d.Issued) {
				for day := x.Document.Days.First; day <= min(d.Issued, x.Document.Days.Last); day++ {
					if scenario.Weekdays(day) {
						choice++
					}
				}
			}
		case x.Seat != nil:
			choice = seats[x.Seat]
		}
		at, listed := slices.BinarySearch(l.Program.Blocks[i].Names, int32(choice))
		if taken[i] = int32(at); !listed {
			taken[i] = -1
		}
	}
	return taken
}

// seated gives by seat the choice that a plan takes: which class has it, from 1, or none.
func (l *Listed) seated(p *plan.Plan) map[*vocab.Seat]int {
	out := map[*vocab.Seat]int{}
	for _, x := range l.V.All() {
		held := p.Session(x.Scenario.ID)
		if held == nil {
			continue
		}
		for _, m := range held.Meetings {
			for seat, members := range m.Seats {
				places := x.Seats(x.Kind(m.Kind), m.Number, seat)
				var classes []int
				for _, id := range members {
					for _, t := range places[:min(1, len(places))] {
						if c := slices.IndexFunc(t.Classes, func(c *vocab.Class) bool {
							return slices.ContainsFunc(c.Members, func(m *roster.Member) bool { return m.ID == id })
						}); c >= 0 {
							classes = append(classes, c+1)
						}
					}
				}
				slices.Sort(classes) // as seats of one name are
				for i, t := range places[:min(len(places), len(classes))] {
					out[t] = classes[i]
				}
			}
		}
	}
	return out
}
