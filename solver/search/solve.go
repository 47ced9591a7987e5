package search

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"plenary/solver/price"
	"plenary/solver/program"
)

// Options says how to search.
type Options struct {
	Seed   uint64
	Rounds int          // after so many on each tier it ends; 0: never
	Brief  bool         // Mend ends some rounds after polishing was in vain
	Report func(Result) // told of every better assignment and bound; may be nil
}

// Result is what a search knows.
type Result struct {
	Taken  []int32 // by block: the choice of the incumbent; nil if there is none
	Costs  []int64 // of the incumbent, by tier
	Bounds []int64 // by tier: nothing that is as good in the tiers before costs less
}

// Proven tells whether no assignment is better.
func (r Result) Proven() bool {
	return r.Taken != nil && slices.Equal(r.Costs, r.Bounds)
}

const (
	// There is an attempt at a first assignment for every perAttempt blocks that
	// lead: a small part is soon written as clauses instead. For each of these
	// blocks annealing has so many moves: in an attempt, for all tiers in one go, in
	// a round where prices know what is promising, and where they do not, on the
	// roughest tier and on another. After each round in vain on a tier they double, up
	// to mostDoubled times. The first round on the roughest tier is repeated while it
	// closes the pays-th part of what is open. Beside them prices climb for so
	// many steps; a climb that adds no more than the 2^still-th part has come to its
	// end. In an attempt, rows that stay over their most get heavier after every
	// weighMoves.
	startMoves   = 4_000
	weighMoves   = 20
	perAttempt   = 400
	mostAttempts = 4
	warmMoves    = 300
	warmSteps    = 60
	roundMoves   = 1_500
	roughMoves   = 1_000
	otherMoves   = 1_500
	roundSteps   = 300
	pays         = 4
	still        = 10
	mostDoubled  = 2
	// A round cools from hottest to coolest times what a change typically adds to
	// its tier, but not below coldest; each of reheat rounds begins at half of that
	// before. Where prices know little, it begins lukewarm.
	hottest  = 0.6
	lukewarm = 0.1
	coolest  = 0.03
	coldest  = 0.2
	reheat   = 3
	// A unit of a tier weighs as much as heavier of the next: with 30, what a tier had to
	// lose for a unit of the one before it often cost more.
	heavier = 100
	// A tier is annealed again after polishing it was in vain so many times more
	// often than annealing it was.
	dullest  = 2
	measured = 20_000 // changes looked at for what is typical
	together = 1_000  // of them without a look whether ctx is done
	// promising is how many choices a block has on average for annealing. Where
	// prices prove less than the weak-th part of the cost they do not know.
	promising = 60
	weak      = 10
)

// engine is the state of a search.
type engine struct {
	p        *program.Program
	o        Options
	known    Result
	prices   []*price.Prices
	proven   []price.Relaxation // by tier: what the best prices prove; nothing before they climbed
	rounds   []int              // by tier: made
	vain     []int              // by tier: rounds since one improved it or a tier before
	reheat   []float64          // by tier: the temperature at which exchanging places begins; 0: not known yet
	dull     []int              // by tier: how often in a row polishing was in vain
	roughest int                // the tier with which rounds begin
	whole    *level             // the whole program
	levels   []*level           // by tier: in which it is searched
	now      *state             // the incumbent, or one before it
	rough    bool               // it changed in a level that leaves out what matters for later tiers
	all      [][]int32          // by block: its choices
	sizes    []float64          // by tier: of neighbourhoods
	batches  uint64             // of neighbourhoods so far
	cutAt    []int64            // by tier: what its prices proved when rows were last added
	uncut    []int              // by tier: how often in a row adding some was in vain
	stood    []int64            // what the incumbent cost when prices climbed last
	budgets  [][]int64          // by tier: under which its prices climbed last; nil: they stood still
	knowing  sync.Mutex         // of known, while prices of several tiers climb
	within   []int64            // by tier: what an assignment may cost before it matters; nil: nothing
}

// Solve looks for the assignment that costs least, tier by tier. It ends when
// that is proven or when ctx is done, and hands over the best it has with its
// bounds. Without an incumbent it gives up after some attempts: Taken is nil,
// which proves nothing.
func Solve(ctx context.Context, p *program.Program, o Options) (result Result) {
	e := newEngine(p, o)
	var beside sync.WaitGroup
	beside.Go(func() { e.levels = levels(ctx, e.whole) })
	started := e.start(ctx)
	beside.Wait()
	if !started {
		return e.known
	}
	defer func() {
		e.smooth()
		result = e.known
	}()
	e.warm(ctx)
	e.roughest = e.findRoughest(ctx)
	e.finish(ctx)
	for t := e.roughest; e.open(t) && ctx.Err() == nil; {
		open := e.gap(t)
		if e.round(ctx, t, e.exchanges(t)); e.exchanges(t) || pays*(open-e.gap(t)) < open {
			break
		}
	}
	e.refine(ctx)
	return e.known
}

// refine lets prices climb, anneals and polishes tier by tier, until the incumbent is
// proven, ctx is done or the rounds are made.
func (e *engine) refine(ctx context.Context) {
	for n := 0; ctx.Err() == nil && !e.known.Proven() && (e.o.Rounds == 0 || n < e.o.Rounds); {
		e.climbs(ctx)
		if e.pass(ctx) {
			n++
		}
	}
}

// pass polishes tier by tier and anneals where that was in vain. It ends, and tells that it
// did not come to all tiers, after one in which polishing paid: what is gained in those
// after it would be lost with the next gain.
func (e *engine) pass(ctx context.Context) (all bool) {
	for t := range e.p.Tiers {
		if ctx.Err() != nil || !e.open(t) {
			continue
		}
		rough := t == e.roughest
		exchanges := e.exchanges(t)
		first := exchanges && (e.gap(t) > e.levels[t].leading || rough && e.gap(t) > e.levels[t].leading/few)
		if first && e.round(ctx, t, exchanges) {
			continue
		}
		anneals := !exchanges && rough && e.unknowing(t)
		better := e.polish(ctx, t)
		if better && !anneals || first {
			e.dull[t] = 0
			if better && !exchanges && t < e.p.Tiers-1 {
				return false
			}
			continue
		}
		most := e.vain[t]
		if !anneals {
			most += dullest
		}
		if e.dull[t]++; e.dull[t] > most && e.open(t) {
			e.round(ctx, t, exchanges)
			e.dull[t] = 0
		}
	}
	return true
}

func newEngine(p *program.Program, o Options) *engine {
	e := &engine{p: p, o: o, prices: make([]*price.Prices, p.Tiers), proven: make([]price.Relaxation, p.Tiers), levels: make([]*level, p.Tiers),
		rounds: make([]int, p.Tiers), vain: make([]int, p.Tiers), dull: make([]int, p.Tiers), reheat: make([]float64, p.Tiers),
		budgets: make([][]int64, p.Tiers), cutAt: make([]int64, p.Tiers), uncut: make([]int, p.Tiers)}
	e.known.Bounds = slices.Clone(p.Due)
	for range p.Tiers {
		e.sizes = append(e.sizes, smallest)
	}
	e.whole = newLevel(p, nil)
	return e
}

// finish polishes the first tiers as long as little is open in them.
func (e *engine) finish(ctx context.Context) {
	for t := range e.p.Tiers {
		if e.open(t) && (e.gap(t) > e.levels[t].leading/few || !e.polish(ctx, t) || e.open(t)) {
			return
		}
	}
}

// start looks for a first feasible assignment.
func (e *engine) start(ctx context.Context) bool {
	e.listAll()
	taken := make([]int32, len(e.p.Blocks))
	for i := range taken {
		taken[i] = e.cheapest(i)
	}
	for k := range min(e.whole.leading/perAttempt+1, mostAttempts) {
		c := cooling{p: e.p, candidates: e.all, tiers: make([]float64, e.p.Tiers), hard: 1, moves: startMoves * e.whole.leading, weigh: weighMoves * e.whole.leading, hot: 0.3, cold: 0.05, seed: e.o.Seed + uint64(k)<<32, first: true}
		found, last := c.run(ctx, taken)
		if found != nil {
			e.accept(e.whole, found)
			return e.known.Taken != nil
		}
		if taken = last; ctx.Err() != nil {
			return false
		}
	}
	return false
}

// listAll makes every choice of every block a candidate.
func (e *engine) listAll() {
	e.all = make([][]int32, len(e.p.Blocks))
	for i := range e.p.Blocks {
		for c := range e.p.Blocks[i].Choices() {
			e.all[i] = append(e.all[i], int32(c))
		}
	}
}

// cheapest gives the choice of a block that costs least by itself.
func (e *engine) cheapest(block int) (choice int32) {
	b := &e.p.Blocks[block]
	least := math.Inf(1)
	for c := range b.Choices() {
		cost := 0.0
		for t := range b.Cost {
			cost += e.weight(t, 0) * float64(b.Cost[t][c])
		}
		if cost < least {
			least, choice = cost, int32(c)
		}
	}
	return choice
}

// warm anneals all tiers in one go: the temperature falls from where the first
// tier melts to where the last freezes.
func (e *engine) warm(ctx context.Context) {
	c := cooling{p: e.p, candidates: e.all, moves: warmMoves * e.whole.leading, cold: 0.3, seed: e.o.Seed + 1}
	if c.tiers = e.weights(e.p.Tiers, e.p.Tiers-1); len(c.tiers) == 0 {
		return
	}
	c.hot = c.tiers[0]
	c.hard = 5 * c.hot
	e.beside(ctx, e.whole, c, func() {
		for t := range e.p.Tiers {
			e.climb(ctx, t, warmSteps)
		}
	})
}

// beside anneals from the incumbent while prices climb, and then a second time
// for half as long on that core; it takes over the better.
func (e *engine) beside(ctx context.Context, l *level, c cooling, prices func()) {
	var best []int32
	var both sync.WaitGroup
	both.Add(1)
	from := l.taken(e.known.Taken)
	go func() {
		defer both.Done()
		best, _ = c.run(ctx, from)
	}()
	prices()
	second := c
	second.seed, second.moves = ^c.seed, c.moves/2
	other, _ := second.run(ctx, from)
	both.Wait()
	for _, found := range [][]int32{best, other} {
		if found != nil {
			e.accept(l, found)
		}
	}
}

// weight gives how heavy a unit of tier s is while the search looks at tier t:
// the tiers before are never traded, those after break ties.
func (e *engine) weight(s, t int) float64 { return math.Pow(heavier, float64(t-s)) }

// weights gives how heavy units of the first n tiers are while the search looks at tier t.
func (e *engine) weights(n, t int) (out []float64) {
	for s := range n {
		out = append(out, e.weight(s, t))
	}
	return out
}

func (e *engine) report() {
	if e.o.Report != nil {
		r := e.known
		r.Bounds = slices.Clone(r.Bounds)
		e.o.Report(r)
	}
}

// round anneals for one tier, by exchanging places or while its prices climb. It tells
// whether the tier or one before it got better.
func (e *engine) round(ctx context.Context, t int, exchanges bool) (better bool) {
	if e.levels[t].reduced == nil {
		e.smooth()
	}
	before := slices.Clone(e.known.Costs)
	if exchanges {
		e.exchange(ctx, t)
	} else {
		e.guided(ctx, t)
	}
	if better = slices.Compare(e.known.Costs[:t+1], before[:t+1]) < 0; better {
		for s := range e.vain {
			e.vain[s] = 0
		}
	} else {
		e.vain[t]++
	}
	e.rounds[t]++
	return better
}

// guided anneals for one tier, in chains of changes, while its prices climb.
func (e *engine) guided(ctx context.Context, t int) {
	n, l := e.rounds[t], e.levels[t]
	doubled := 1 << min(e.vain[t], mostDoubled)
	moves := otherMoves
	switch {
	case !e.unknowing(t):
		moves = roundMoves
	case t == e.roughest:
		moves = roughMoves
	}
	typical, _ := e.typical(ctx, t)
	typical /= float64(int(1) << (n % reheat))
	top := hottest
	if e.unknowing(t) {
		top = lukewarm
	}
	c := cooling{p: l.p, candidates: e.candidates(t), sorted: true, hard: 5, moves: moves * l.leading * doubled, hot: max(typical*top, 2*coldest), cold: max(typical*coolest, coldest), seed: e.o.Seed + uint64(t)<<40 + uint64(n+1)<<48}
	c.tiers = e.weights(l.p.Tiers, t)
	e.beside(ctx, l, c, func() { e.climb(ctx, t, roundSteps*doubled) })
}

// findRoughest gives the tier with which rounds begin: the first that is open, or the one
// after it if changes add more to that, or take off it. A round on a tier anneals the one
// before as well.
func (e *engine) findRoughest(ctx context.Context) (tier int) {
	for tier < e.p.Tiers-1 && !e.open(tier) {
		tier++
	}
	if next := tier + 1; next < e.p.Tiers && e.open(next) {
		here, _ := e.typical(ctx, tier)
		if there, _ := e.typical(ctx, next); there > here {
			return next
		}
	}
	return tier
}

// typical gives what a change of one choice adds to the cost of a tier, or takes
// off it, on average over those that do either, and the least that one does. Where
// ctx is done, it says what is known by then.
func (e *engine) typical(ctx context.Context, t int) (mean, least float64) {
	l := e.levels[t]
	weights := make([]float64, l.p.Tiers)
	weights[t] = 1
	s := newState(l.p, l.taken(e.known.Taken), weights, 0)
	random := rand.New(rand.NewPCG(e.o.Seed, uint64(t)))
	sum, n := 0.0, 0
	least = math.Inf(1)
	for k := range measured {
		if k%together == 0 && ctx.Err() != nil {
			break
		}
		i := random.IntN(len(l.p.Blocks))
		if l.p.Blocks[i].Follows {
			continue
		}
		old := s.taken[i]
		if delta := math.Abs(s.take(i, int32(random.IntN(l.p.Blocks[i].Choices())))); delta > slightly {
			sum += delta
			least = min(least, delta)
			n++
		}
		s.take(i, old)
	}
	if n == 0 {
		return 1, 1
	}
	return sum / float64(n), least
}

// gap gives by how much a tier could be better.
func (e *engine) gap(t int) int { return int(e.known.Costs[t] - e.known.Bounds[t]) }

// open tells whether something better may be in a tier.
func (e *engine) open(t int) bool { return e.gap(t) > 0 }
