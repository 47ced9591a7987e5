package encode

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// Term is excess that is due when all literals of When hold; always, when
// there are none.
type Term struct {
	When   []cnf.Lit
	Excess int64
}

// Context is where an encoder writes: the vocabulary to speak in, and the
// terms. The least sum of terms over all values of the encoder's own variables
// is the excess of the rule.
type Context struct {
	V *vocab.Vocabulary
	S *scenario.Scenario
	B *cnf.Builder
	// Hard tells that any excess will be forbidden: an encoder may then leave
	// out terms that others imply.
	Hard bool
	// Sums tells that the counts stay sums: an encoder may then say with a count
	// what is shorter in clauses when literals deal one thing to another.
	Sums   bool
	terms  []Term
	counts []Count
	rises  []Rise
	pairs  []Pair
}

// Count is excess that is due for each unit by which the weights of the true
// literals lie under Least, as long as all literals of When hold, or over Most
// (none, when it is negative). Least is asked of weights of 1 alone.
type Count struct {
	Of    []cnf.Weighted
	Least int64
	Most  int64
	When  []cnf.Lit
	Limit *Capacity // that Most comes from; nil where it comes from something else
}

// Capacity says of which rooms or interpretation teams a count is the limit.
type Capacity struct {
	Station int          // position in the scenario
	Day     calendar.Day // on which they are; the Monday, for a whole week
	Halls   []bool       // by the station's halls: the rooms; nil: teams
	More    int64        // by how much one more room or team raises Most
}

// Rise is excess that grows with a number of literals: the n-th true one, from
// 1, is due Price(n), which does not fall with n. No more than Most are true at once.
type Rise struct {
	Of    []cnf.Lit
	Most  int
	Price func(n int) int
}

// Pair is excess that two short sessions have together by the places that each of
// them takes, when both are held; with Elsewhere only in different rooms of a
// station. Excess does not look at rooms.
type Pair struct {
	A, B      *vocab.Session
	Elsewhere bool
	Excess    func(a, b vocab.Choice) int
}

// New gives a context to encode one rule instance.
func New(v *vocab.Vocabulary, hard bool) *Context {
	return &Context{V: v, S: v.S, B: v.B, Hard: hard}
}

// Add adds excess that is due when all literals hold.
func (c *Context) Add(excess int, when ...cnf.Lit) {
	var lits []cnf.Lit
	for _, l := range when {
		switch l {
		case c.B.False():
			return
		case c.B.True():
		default:
			if slices.Contains(lits, l.Not()) {
				return
			}
			if !slices.Contains(lits, l) {
				lits = append(lits, l)
			}
		}
	}
	if excess > 0 {
		c.terms = append(c.terms, Term{lits, int64(excess)})
	}
}

// Terms gives what was added as terms alone: counts and rises are turned into
// clauses and a term for each number that they can reach, pairs into terms for
// every place of one of the two. Where many sessions have many choices, take
// Linear.
func (c *Context) Terms() []Term {
	counts := c.counts
	c.counts = nil
	for _, n := range counts {
		if slices.ContainsFunc(n.Of, func(w cnf.Weighted) bool { return w.Weight != 1 }) {
			c.weigh(n)
		} else {
			c.unary(n)
		}
	}
	for _, r := range c.rises {
		c.climb(r)
	}
	for _, p := range c.pairs {
		c.Choose(p)
	}
	c.rises, c.pairs = nil, nil
	return c.terms
}

// Linear gives what was added, for those who can reckon with sums and with the
// choices of short sessions: no clauses are made.
func (c *Context) Linear() ([]Term, []Count, []Rise, []Pair) {
	return c.terms, c.counts, c.rises, c.pairs
}

// Rising adds excess that grows with the number of true literals, of which no more than
// most are true at once.
func (c *Context) Rising(lits []cnf.Lit, most int, price func(n int) int) {
	lits = slices.DeleteFunc(slices.Clone(lits), func(l cnf.Lit) bool { return l == c.B.False() })
	if len(lits) > 0 {
		c.rises = append(c.rises, Rise{lits, min(most, len(lits)), price})
	}
}

// Pair adds excess that two short sessions have together.
func (c *Context) Pair(p Pair) { c.pairs = append(c.pairs, p) }

// climb turns a rise into clauses and terms; where any excess is forbidden, the
// first price that is due is enough.
func (c *Context) climb(r Rise) {
	t := cnf.NewTotalizer(c.B, r.Of, r.Most, cnf.Upward)
	for n := 1; n <= t.Cap(); n++ {
		if price := r.Price(n); price > 0 {
			c.Add(price, t.AtLeast(n))
			if c.Hard {
				return
			}
		}
	}
}

// Choose turns a pair into terms: one for each place of the first session and each
// excess that some places of the second, taken together, can give. One for every two
// choices would be places times as many.
func (c *Context) Choose(p Pair) {
	type alike struct{ station, excess int }
	elsewhere := map[int]cnf.Lit{} // by station: the two are in different rooms of it
	p.A.Places(func(a vocab.Choice, first cnf.Lit) {
		seconds := map[alike][]cnf.Lit{}
		var order []alike
		p.B.Places(func(b vocab.Choice, second cnf.Lit) {
			excess := p.Excess(a, b)
			if excess == 0 || p.Elsewhere && a.Station != b.Station {
				return
			}
			key := alike{b.Station, excess}
			if seconds[key] == nil {
				order = append(order, key)
			}
			seconds[key] = append(seconds[key], second)
		})
		for _, key := range order {
			when := []cnf.Lit{first, c.B.Or(seconds[key]...)}
			if p.Elsewhere {
				if _, known := elsewhere[key.station]; !known {
					elsewhere[key.station] = c.elsewhere(p, key.station)
				}
				when = append(when, elsewhere[key.station])
			}
			c.Add(key.excess, when...)
		}
	})
}

// elsewhere says that the two sessions are in different rooms of a station.
func (c *Context) elsewhere(p Pair, station int) cnf.Lit {
	var rooms []cnf.Lit
	n := len(c.S.Stations[station].Halls())
	for i := range n {
		for k := range n {
			if i != k {
				rooms = append(rooms, c.B.And(p.A.InHall(station, i), p.B.InHall(station, k)))
			}
		}
	}
	return c.B.Or(rooms...)
}

// Encoder adds the terms of a rule.
type Encoder func(c *Context, r rule.Rule)

func as[R rule.Rule](encode func(*Context, R)) Encoder {
	return func(c *Context, r rule.Rule) { encode(c, r.(R)) }
}

// Encoders has an encoder for every kind of rule.
var Encoders = map[string]Encoder{
	"window":         as(window),
	"venue":          as(venue),
	"length":         as(length),
	"span":           as(span),
	"phase":          as(phase),
	"programme":      as(programme),
	"seats":          as(seats),
	"pin":            as(pin),
	"held":           as(held),
	"before":         as(before),
	"adjacent-to":    as(adjacentTo),
	"chaired-by":     as(chairedBy),
	"closed-days":    as(closedDays),
	"rooms":          as(rooms),
	"teams":          as(teams),
	"interpretation": as(interpretation),
	"document":       as(document),
	"day-cap":        as(dayCap),
	"moderators":     as(moderators),
	"balance":        as(balance),
	"panel-mix":      as(panelMix),
	"travel-budget":  as(travelBudget),
	"officer-travel": as(officerTravel),
	"avoid":          as(avoid),
	"parallel":       as(parallel),
	"rest":           as(rest),
	"breaks":         as(breaks),
	"idle":           as(idle),
	"near":           as(near),
	"slack":          as(slack),
	"keep":           as(keep),

	"overlap":            as(overlap),
	"attendance":         as(attendance),
	"times":              as(times),
	"places":             as(places),
	"room-size":          as(roomSize),
	"one-room":           as(oneRoom),
	"same-room":          as(sameRoom),
	"same-day":           as(sameDay),
	"days-apart":         as(daysApart),
	"in-order":           as(inOrder),
	"spread":             as(spread),
	"compact":            as(compact),
	"early":              as(early),
	"pause":              as(pause),
	"room-change":        as(roomChange),
	"larger-rooms-first": as(largerRooms),
	"rooms-by-size":      as(roomsBySize),
	"alongside":          as(alongside),
	"next-to":            as(nextTo),
}

// slot gives the position of a slot by id.
func (c *Context) slot(id string) int {
	return slices.IndexFunc(c.S.Slots, func(x scenario.Slot) bool { return x.ID == id })
}

// span in which something lies: a session, a document or an event.
type reference struct {
	held        cnf.Lit                    // it takes place
	first, last calendar.Day               // bounds
	startedBy   func(calendar.Day) cnf.Lit // never, when it does not take place
	endedBy     func(calendar.Day) cnf.Lit // always, when it does not take place
}

// refer gives the literals of what an id names, nil when the vocabulary does
// not speak of it.
func (c *Context) refer(id string) *reference {
	if i := c.S.Session(id); i >= 0 {
		x := c.V.Session(i)
		if x == nil {
			return nil
		}
		return &reference{x.Held(), x.Domain.Days.First, x.Domain.Days.Last, x.StartedBy, x.EndedBy}
	}
	if i := c.S.Document(id); i >= 0 {
		x := c.V.Document(i)
		if x == nil {
			return nil
		}
		return &reference{c.B.True(), x.Days.First, x.Days.Last, x.IssuedBy, x.IssuedBy}
	}
	for i := range c.S.Events {
		if e := &c.S.Events[i]; e.ID == id {
			reached := func(edge calendar.Day) func(calendar.Day) cnf.Lit {
				return func(d calendar.Day) cnf.Lit {
					if edge <= d {
						return c.B.True()
					}
					return c.B.False()
				}
			}
			return &reference{c.B.True(), e.Days.First, e.Days.Last, reached(e.Days.First), reached(e.Days.Last)}
		}
	}
	return nil
}

// hull gives the days from the first to the last that any of the sessions can
// use; no sessions give the zero range.
func hull(sessions []*vocab.Session) calendar.Range {
	var days calendar.Range
	for i, x := range sessions {
		if i == 0 {
			days = x.Domain.Days
		}
		days = calendar.Range{First: min(days.First, x.Domain.Days.First), Last: max(days.Last, x.Domain.Days.Last)}
	}
	return days
}

// Latest gives the latest day up to most whose image lies on d or before, or
// from-1 when there is none. The image grows with the day.
func Latest(image func(calendar.Day) calendar.Day, d, from, most calendar.Day) calendar.Day {
	lo, hi := from-1, most
	for lo < hi {
		mid := lo + (hi-lo+1)/2
		if image(mid) <= d {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

// atLeast gives the literal "at least n of the counted", constant outside the
// count's range.
func (c *Context) atLeast(t *cnf.Totalizer, n int) cnf.Lit {
	switch {
	case n <= 0:
		return c.B.True()
	case n > t.Inputs():
		return c.B.False()
	}
	return t.AtLeast(n)
}

// bounds adds the count of literals that should lie between least and most
// (most < 0: no end): a unit of excess for each missing or too many. Missing
// ones are due only when the literals of when hold.
func (c *Context) bounds(lits []cnf.Lit, least, most int, when ...cnf.Lit) {
	n := c.counted(lits, least, most, when...)
	if least > 0 || (most >= 0 && most < len(n.Of)) {
		c.counts = append(c.counts, n)
	}
}

// counted gives the count of literals that should lie between least and most.
func (c *Context) counted(lits []cnf.Lit, least, most int, when ...cnf.Lit) Count {
	n := Count{Least: int64(least), Most: int64(most), When: slices.Clone(when)}
	for _, l := range lits {
		if l != c.B.False() {
			n.Of = append(n.Of, cnf.Weighted{Lit: l, Weight: 1})
		}
	}
	return n
}

// capacity adds the count of literals that should not lie over what rooms or teams
// there are.
func (c *Context) capacity(lits []cnf.Lit, most int, of Capacity) {
	known := len(c.counts)
	c.bounds(lits, 0, most)
	for i := known; i < len(c.counts); i++ {
		c.counts[i].Limit = &of
	}
}

// atMost adds the sum of weights that should not lie over most: a unit of
// excess for each one too many.
func (c *Context) atMost(of []cnf.Weighted, most int64) {
	c.counts = append(c.counts, Count{Of: of, Most: most})
}

// unary adds the terms of a count of literals, and gives the count.
func (c *Context) unary(n Count) *cnf.Totalizer {
	lits := make([]cnf.Lit, len(n.Of))
	for i, w := range n.Of {
		lits[i] = w.Lit
	}
	least, most := int(n.Least), int(n.Most)
	need := min(least, len(lits))
	direction := cnf.Upward
	if least > 0 {
		direction = cnf.BothWays
	}
	if most >= 0 && most < len(lits) {
		need = len(lits)
		if c.Hard {
			need = max(min(least, len(lits)), most+1)
		}
	}
	t := cnf.NewTotalizer(c.B, lits, need, direction)
	for k := 1; k <= least; k++ {
		c.Add(1, append(slices.Clone(n.When), c.atLeast(t, k).Not())...)
	}
	for k := most + 1; most >= 0 && k <= t.Cap(); k++ {
		c.Add(1, t.AtLeast(k))
	}
	return t
}

// weigh adds the terms of a sum of weights with a most.
func (c *Context) weigh(n Count) {
	most := n.Most
	if !c.Hard {
		most = 0
		for _, w := range n.Of {
			most += w.Weight
		}
	}
	sum := cnf.NewWeightedSum(c.B, n.Of, most, cnf.Upward)
	below := n.Most
	for _, reached := range sum.Sums() {
		if reached <= n.Most {
			continue
		}
		if lit, ok := sum.AtLeast(reached); ok {
			c.Add(int(reached-below), lit)
		}
		below = reached
	}
}
