package program

import (
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"math"
	"slices"
	"sync"
)

// Builder collects blocks and rows and gives the program with what is plain
// already taken out of it.
type Builder struct {
	tiers   int
	due     []int64
	blocks  []building
	rows    []raw
	kept    []Entry // of the newest rows, one row after the other
	source  int
	limit   int
	defines int // the block that rows say the meaning of, from 1; 0: none
	broken  bool
	stopped func() bool // nil: never
}

type building struct {
	cost      [][]int64 // by tier and choice; nil: all 0
	forbidden []bool
	left      int
	follows   bool
}

// Entry is what a choice of a block adds to a row; it may be negative.
type Entry struct {
	Block, Choice int32
	Amount        int32
}

type raw struct {
	entries []Entry
	most    int64
	tier    int
	weight  int64
	source  int
	limit   int
	spans   []span // by block: the least and the most of its amounts
	gate    int    // the block that it decides, from 1; 0: none
	defines int
	hash    uint64 // of entries
}

type span struct{ low, high int32 }

// NewBuilder returns a builder for costs in so many tiers.
func NewBuilder(tiers int) *Builder { return &Builder{tiers: tiers, due: make([]int64, tiers)} }

// Block adds a block and returns its number.
func (b *Builder) Block(choices int) int {
	b.blocks = append(b.blocks, building{cost: make([][]int64, b.tiers), forbidden: make([]bool, choices), left: choices})
	if choices == 0 {
		b.broken = true
	}
	return len(b.blocks) - 1
}

// Follow says that a block has to fit what others choose, rather than others
// it. It is a hint for the search.
func (b *Builder) Follow(block int) { b.blocks[block].follows = true }

// Choices gives the number of choices of a block.
func (b *Builder) Choices(block int) int { return len(b.blocks[block].forbidden) }

// Cost adds to the cost of a choice in a tier; Hard forbids it.
func (b *Builder) Cost(block, choice, tier int, cost int64) {
	x := &b.blocks[block]
	switch {
	case cost == 0:
	case tier == Hard:
		if !x.forbidden[choice] {
			x.forbidden[choice] = true
			x.left--
			b.broken = b.broken || x.left == 0
		}
	default:
		if x.cost[tier] == nil {
			x.cost[tier] = make([]int64, len(x.forbidden))
		}
		x.cost[tier][choice] += cost
	}
}

// Due adds what costs in any case; Hard makes the program infeasible.
func (b *Builder) Due(tier int, cost int64) {
	switch {
	case cost == 0:
	case tier == Hard:
		b.broken = true
	default:
		b.due[tier] += cost
	}
}

// Source says that the rows from here on are made for another thing: the first
// call begins number 1. Of rows that become one, the tightest says for what, or
// the first.
func (b *Builder) Source() { b.source++ }

// Limit says that the rows from here on are a limit of the caller's, by its number;
// 0: of none.
func (b *Builder) Limit(number int) { b.limit = number }

// Defines says that the rows from here on say what a gate means, together with the one
// that decides it; -1: none does.
func (b *Builder) Defines(block int) { b.defines = block + 1 }

// Row adds a row: the entries of the choices taken sum to at most most, or each
// unit over it costs weight in the tier. A choice may have several entries. The
// builder copies entries.
func (b *Builder) Row(tier int, weight, most int64, entries []Entry) {
	if len(b.kept)+len(entries) > cap(b.kept) {
		b.kept = make([]Entry, 0, max(len(entries), min(2*cap(b.kept), mostKept), leastKept))
	}
	from := len(b.kept)
	b.kept = append(b.kept, entries...)
	b.row(tier, weight, most, b.kept[from:len(b.kept):len(b.kept)])
}

// Entries are kept in pieces of so many at least and, where no row has more, at most.
const leastKept, mostKept = 256, 1 << 18

// row is Row, but the builder takes entries over.
func (b *Builder) row(tier int, weight, most int64, entries []Entry) {
	if len(entries) == 0 {
		b.Due(tier, max(0, -most)*max(weight, 1))
		return
	}
	b.rows = append(b.rows, raw{entries: entries, most: most, tier: tier, weight: weight, source: b.source, limit: b.limit, defines: b.defines})
}

// Rows gives the number of rows so far.
func (b *Builder) Rows() int { return len(b.rows) }

// Gate says that the newest row, a hard one, decides a block of two choices: the
// second, which uses 1 of it, has to be taken exactly where the row has room for
// it. That it has to be taken there, other rows say.
func (b *Builder) Gate(block int) { b.rows[len(b.rows)-1].gate = block + 1 }

// Program gives the program without the choices that no assignment can take
// and the rows that none can exceed; ok is false when a block has no choice
// left or a hard row is exceeded by every assignment.
//
// Every row is shifted so that the choices of a block that use it are the fewer;
// what they use may be negative. Rows that say the same become one.
func (b *Builder) Program() (p *Program, ok bool) {
	changed := make([]bool, len(b.blocks)) // a choice was forbidden
	for first := true; ; first = false {
		found := b.each(func(r *raw, found *findings) {
			if first {
				sum(r)
			} else if !slices.ContainsFunc(r.entries, func(e Entry) bool { return changed[e.Block] }) {
				return
			}
			b.tighten(r, found)
		})
		clear(changed)
		more := false
		for _, f := range found {
			for _, d := range f.due {
				b.Due(d.tier, d.cost)
			}
			for _, e := range f.forbidden {
				b.Cost(int(e.Block), int(e.Choice), Hard, 1)
				changed[e.Block], more = true, true
			}
		}
		if b.broken || b.stop() {
			return nil, false
		}
		if !more {
			break
		}
	}
	if !b.merge() {
		return nil, false
	}
	return b.build(), true
}

// findings are what follows from some rows.
type findings struct {
	forbidden []Entry
	due       []due
}

// due is what costs in any case.
type due struct {
	tier int
	cost int64
}

const (
	// Rows are looked at by so many workers, where there are many; one looks at so many
	// rows before it asks whether to stop.
	workers  = 2
	many     = 10_000
	together = 1_000
)

// each looks at all rows. What it finds does not depend on how the work is shared.
func (b *Builder) each(look func(r *raw, found *findings)) []findings {
	n := 1
	if len(b.rows) > many {
		n = workers
	}
	found := make([]findings, n)
	var all sync.WaitGroup
	for k := range n {
		all.Go(func() {
			for i, rows := 0, b.rows[len(b.rows)*k/n:len(b.rows)*(k+1)/n]; i < len(rows); i++ {
				if i%together == 0 && b.stop() {
					return
				}
				look(&rows[i], &found[k])
			}
		})
	}
	all.Wait()
	return found
}

// stop tells whether the caller wants no program any more.
func (b *Builder) stop() bool { return b.stopped != nil && b.stopped() }

// Stopped has the builder ask from time to time whether to give up, which several may
// ask at once; it then has no program.
func (b *Builder) Stopped(stopped func() bool) { b.stopped = stopped }

// sum joins the entries of each choice and sorts them.
func sum(r *raw) {
	order := func(x, y Entry) int {
		if x.Block != y.Block {
			return cmp.Compare(x.Block, y.Block)
		}
		return cmp.Compare(x.Choice, y.Choice)
	}
	if !slices.IsSortedFunc(r.entries, order) {
		slices.SortFunc(r.entries, order)
	}
	kept := r.entries[:0]
	for _, e := range r.entries {
		if n := len(kept); n > 0 && kept[n-1].Block == e.Block && kept[n-1].Choice == e.Choice {
			kept[n-1].Amount += e.Amount
			continue
		}
		kept = append(kept, e)
	}
	r.entries = slices.DeleteFunc(kept, func(e Entry) bool { return e.Amount == 0 })
}

// tighten shifts a row so that the amount that most choices of a block have is
// 0, forbids choices that exceed it whatever the others take, and drops it when
// nothing can exceed it. It adds what follows to what is found.
func (b *Builder) tighten(r *raw, found *findings) {
	if r.entries == nil {
		return
	}
	kept := r.entries[:0]
	least, most := int64(0), int64(0) // what all blocks together use at least and at most
	r.spans = r.spans[:0]
	for i := 0; i < len(r.entries); {
		j := i
		for j < len(r.entries) && r.entries[j].Block == r.entries[i].Block {
			j++
		}
		block := &b.blocks[r.entries[i].Block]
		low, high, listed := int32(math.MaxInt32), int32(math.MinInt32), 0
		usual, all := r.entries[i].Amount, true
		for _, e := range r.entries[i:j] {
			if !block.forbidden[e.Choice] {
				low, high, listed = min(low, e.Amount), max(high, e.Amount), listed+1
				all = all && e.Amount == usual
			}
		}
		if listed < block.left {
			low, high = min(low, 0), max(high, 0)
		}
		entries := r.entries[i:j]
		i = j
		switch {
		case listed == 0:
			continue
		case low == high:
			r.most -= int64(low)
			continue
		}
		if 2*listed > block.left && all {
			// Most choices have it: count those that have not, the other way.
			r.most -= int64(usual)
			has := make([]bool, len(block.forbidden))
			for _, e := range entries {
				has[e.Choice] = true
			}
			entries = nil
			for c, yes := range has {
				if !yes && !block.forbidden[c] {
					entries = append(entries, Entry{r.entries[j-1].Block, int32(c), -usual})
				}
			}
			low, high = low-usual, high-usual
		}
		r.spans = append(r.spans, span{low, high})
		least, most = least+int64(low), most+int64(high)
		// There is room: fewer entries come than were read.
		for _, e := range entries {
			if !block.forbidden[e.Choice] {
				kept = append(kept, e)
			}
		}
	}
	r.entries = kept
	if least > r.most {
		found.due = append(found.due, due{r.tier, (least - r.most) * max(r.weight, 1)})
		if r.tier == Hard {
			return
		}
		r.most = least
	}
	if most <= r.most {
		r.entries = nil
		return
	}
	if r.tier != Hard {
		return
	}
	// What the others use at least leaves so much.
	for i, k := 0, -1; i < len(r.entries); i++ {
		e := r.entries[i]
		if i == 0 || r.entries[i-1].Block != e.Block {
			k++
		}
		low := r.spans[k].low
		left := r.most - (least - int64(low))
		block := &b.blocks[e.Block]
		if int64(e.Amount) > left && !block.forbidden[e.Choice] {
			found.forbidden = append(found.forbidden, e)
		}
		if left < 0 && (i == 0 || r.entries[i-1].Block != e.Block) {
			// Choices without entry exceed it as well.
			has := make([]bool, len(block.forbidden))
			for _, o := range r.entries[i:] {
				if o.Block != e.Block {
					break
				}
				has[o.Choice] = true
			}
			for c, yes := range has {
				if !yes && !block.forbidden[c] {
					found.forbidden = append(found.forbidden, Entry{Block: e.Block, Choice: int32(c)})
				}
			}
		}
	}
}

// merge keeps one of the rows with the same entries: of hard ones the
// tightest, and the sum of the prices of those with the same most. It is false once
// the builder was stopped: rows without a hash would all be compared.
func (b *Builder) merge() bool {
	seed := maphash.MakeSeed()
	b.each(func(r *raw, _ *findings) { r.hash = hash(seed, r.entries) })
	if b.stop() {
		return false
	}
	known := make(map[uint64][]int)
	for i := range b.rows {
		r := &b.rows[i]
		if r.entries == nil {
			continue
		}
		same := slices.IndexFunc(known[r.hash], func(j int) bool {
			o := &b.rows[j]
			return o.tier == r.tier && (o.tier == Hard || o.most == r.most) && slices.Equal(o.entries, r.entries)
		})
		if same < 0 {
			known[r.hash] = append(known[r.hash], i)
			continue
		}
		o := &b.rows[known[r.hash][same]]
		if r.most < o.most {
			o.most, o.source, o.limit = r.most, r.source, r.limit
		}
		o.weight += r.weight
		if o.defines != r.defines {
			o.defines = 0
		}
		r.entries = nil
	}
	return true
}

func hash(seed maphash.Seed, entries []Entry) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	var buffer [12]byte
	for _, e := range entries {
		binary.LittleEndian.PutUint32(buffer[0:], uint32(e.Block))
		binary.LittleEndian.PutUint32(buffer[4:], uint32(e.Choice))
		binary.LittleEndian.PutUint32(buffer[8:], uint32(e.Amount))
		_, _ = h.Write(buffer[:])
	}
	return h.Sum64()
}

// build lays the program out.
func (b *Builder) build() *Program {
	p := &Program{Tiers: b.tiers, Due: b.due, Blocks: make([]Block, len(b.blocks))}
	place := make([][]int32, len(b.blocks)) // by block and old choice: the new one, -1 when gone
	for i := range b.blocks {
		from, to := &b.blocks[i], &p.Blocks[i]
		to.Follows = from.follows
		place[i] = make([]int32, len(from.forbidden))
		for c, gone := range from.forbidden {
			place[i][c] = -1
			if !gone {
				place[i][c] = int32(len(to.Names))
				to.Names = append(to.Names, int32(c))
			}
		}
		to.Cost = make([][]int64, b.tiers)
		for t := range to.Cost {
			to.Cost[t] = make([]int64, len(to.Names))
			for c, old := range to.Names {
				if from.cost[t] != nil {
					to.Cost[t][c] = from.cost[t][old]
				}
			}
		}
		to.start = make([]int32, len(to.Names)+1)
	}
	// First the rows, then by choice the runs of rows in which it uses the same.
	type open struct{ last, amount int32 }
	runs := make([][]open, len(p.Blocks))
	for i := range p.Blocks {
		runs[i] = make([]open, p.Blocks[i].Choices())
	}
	for pass := range 2 {
		for i := range runs {
			for c := range runs[i] {
				runs[i][c] = open{-2, 0}
			}
		}
		row := int32(0)
		for i := range b.rows {
			r := &b.rows[i]
			if r.entries == nil {
				continue
			}
			for _, e := range r.entries {
				c := place[e.Block][e.Choice]
				if c < 0 {
					continue
				}
				x, o := &p.Blocks[e.Block], &runs[e.Block][c]
				goesOn := o.last == row-1 && o.amount == e.Amount
				*o = open{row, e.Amount}
				switch {
				case pass == 0 && !goesOn:
					x.start[c+1]++
				case pass == 0:
				case goesOn:
					x.uses[x.start[c]-1].Rows++
				default:
					x.uses[x.start[c]] = Use{row, 1, e.Amount}
					x.start[c]++
				}
			}
			row++
			if pass > 0 {
				p.lay(r, place)
				r.entries = nil
			}
		}
		for i := range p.Blocks {
			x := &p.Blocks[i]
			if pass == 0 {
				for c := range x.Names {
					x.start[c+1] += x.start[c]
				}
				x.uses = make([]Use, x.start[len(x.Names)])
				continue
			}
			// start has moved to the ends: move it back.
			copy(x.start[1:], x.start[:len(x.Names)])
			x.start[0] = 0
		}
	}
	return p
}

// lay adds a row, the choices of whose entries are in another place now.
func (p *Program) lay(r *raw, place [][]int32) {
	row := Row{Most: r.most, Tier: r.tier, Weight: r.weight, Source: r.source, Limit: r.limit, Defines: int32(r.defines)}
	if r.gate > 0 && p.Blocks[r.gate-1].Choices() == 2 {
		p.Blocks[r.gate-1].Gate = int32(len(p.Rows) + 1)
	}
	blocks, last := 0, int32(-1)
	for _, e := range r.entries {
		if e.Block != last {
			blocks, last = blocks+1, e.Block
		}
	}
	row.Blocks = make([]int32, 0, blocks)
	for _, e := range r.entries {
		row.Gives = row.Gives || e.Amount < 0
		if n := len(row.Blocks); place[e.Block][e.Choice] >= 0 && (n == 0 || row.Blocks[n-1] != e.Block) {
			row.Blocks = append(row.Blocks, e.Block)
		}
	}
	p.Rows = append(p.Rows, row)
}
