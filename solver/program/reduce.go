package program

import "slices"

// Reduction is a program up to a tier, without the blocks that matter for later tiers
// alone, or follow from one other block alone. An assignment of it is as good as the best
// assignments of the whole that it stands for, up to that tier.
type Reduction struct {
	*Program
	of      []int32     // by block: which one it is of the whole
	at      []int32     // by block of the whole: which one it is; -1: none
	follows []following // by block of the whole that is left out
}

// following is how a block of two choices follows from another one.
type following struct {
	leader int32  // -1: it takes the same always
	takes  []bool // by choice of the leader, or one entry: the second choice
}

// choice gives what the block takes when its leader takes a choice; that is 0 where
// there is none.
func (f following) choice(leads int32) int32 {
	if f.takes[leads] {
		return 1
	}
	return 0
}

// Reduce gives the program up to a tier; nil where that leaves more than so many blocks,
// or the caller has stopped it.
//
// A block of two choices is left out where one of them is at least as good in the
// tiers, and in all rows but those that it shares with one other block alone: it takes
// that choice whenever that block lets it. A gate is left out where only the rows use
// it that say what it means.
//
// Pure literals and blocked clauses: Järvisalo, Biere and Heule, Simulating circuit-level
// simplifications on CNF, Journal of Automated Reasoning 49, 2012.
func (p *Program) Reduce(tier, most int, stopped func() bool) *Reduction {
	x := &reducing{p: p, tier: tier, stopped: stopped, relevant: make([]bool, len(p.Rows)), out: make([]bool, len(p.Blocks)), follows: make([]following, len(p.Blocks)),
		leader: make([]int32, len(p.Blocks))}
	for r := range p.Rows {
		x.relevant[r] = p.Rows[r].Tier <= tier
	}
	for i := range x.leader {
		x.leader[i] = int32(i)
	}
	if x.collect(); stopped() {
		return nil
	}
	for i := range p.Blocks {
		if x.halts(i) {
			return nil
		}
		x.loosen(int32(i))
	}
	for changed := true; changed; {
		changed = false
		for i := range p.Blocks {
			if x.halts(i) {
				return nil
			}
			if !x.out[i] && p.Blocks[i].Follows && p.Blocks[i].Choices() == 2 && (x.drop(int32(i)) || x.absorb(int32(i))) {
				changed = true
			}
		}
	}
	left := 0
	for i := range p.Blocks {
		if !x.out[i] {
			left++
		}
	}
	if left > most {
		return nil
	}
	return x.build()
}

// few is how many blocks a row has at most that lets one block follow from another.
const few = 4

// reducing is the state of a reduction.
type reducing struct {
	p        *Program
	tier     int
	stopped  func() bool
	relevant []bool      // by row
	out      []bool      // by block
	leader   []int32     // by block: from which it follows, itself at first; -1: from none
	follows  []following // by block
	entries  [][]Entry   // by row: of those with few blocks of which one could be left out
	left     []int64     // of a row, by choice of a leader
}

// halts tells now and then, on the way through all blocks, whether the caller has
// stopped it.
func (x *reducing) halts(block int) bool { return block%together == 0 && x.stopped() }

// collect notes the entries of short rows.
func (x *reducing) collect() {
	wanted := make([]bool, len(x.p.Rows))
	for r := range x.p.Rows {
		row := &x.p.Rows[r]
		wanted[r] = x.relevant[r] && len(row.Blocks) <= few && slices.ContainsFunc(row.Blocks, func(i int32) bool {
			return x.p.Blocks[i].Follows && x.p.Blocks[i].Choices() == 2
		})
	}
	x.entries = byRow(len(x.p.Rows), func(visit func(r int32, e Entry)) {
		for i := range x.p.Blocks {
			if x.halts(i) {
				return
			}
			b := &x.p.Blocks[i]
			for c := range b.Choices() {
				for _, u := range b.Uses(c) {
					for r := u.Row; r < u.Row+u.Rows; r++ {
						if wanted[r] {
							visit(r, Entry{int32(i), int32(c), u.Amount})
						}
					}
				}
			}
		}
	})
}

// byRow gives by row the entries that a walk visits, which is made twice.
func byRow(rows int, walk func(visit func(r int32, e Entry))) [][]Entry {
	counts, sum := make([]int, rows), 0
	walk(func(r int32, _ Entry) {
		counts[r]++
		sum++
	})
	all, out := make([]Entry, 0, sum), make([][]Entry, rows)
	for r, n := range counts {
		if n > 0 {
			out[r] = all[len(all) : len(all) : len(all)+n]
			all = all[:len(all)+n]
		}
	}
	walk(func(r int32, e Entry) { out[r] = append(out[r], e) })
	return out
}

// rows visits the relevant rows that a block of two choices can use, with what its second choice
// uses beyond the first.
func (x *reducing) rows(i int32, visit func(r, more int32) bool) bool {
	b := &x.p.Blocks[i]
	for _, u := range b.Uses(1) {
		for r := u.Row; r < u.Row+u.Rows; r++ {
			if x.relevant[r] && !visit(r, u.Amount-b.Amount(0, r)) {
				return false
			}
		}
	}
	for _, u := range b.Uses(0) {
		for r := u.Row; r < u.Row+u.Rows; r++ {
			if x.relevant[r] && b.Amount(1, r) == 0 && !visit(r, -u.Amount) {
				return false
			}
		}
	}
	return true
}

// dearer tells how the second choice of a block compares with the first in the tiers:
// below 0 where it is at least as good in all and better in one; ok is false when
// each is better in one.
func (x *reducing) dearer(i int32) (sign int, ok bool) {
	b := &x.p.Blocks[i]
	for t := range x.tier + 1 {
		switch d := b.Cost[t][1] - b.Cost[t][0]; {
		case d > 0 && sign < 0 || d < 0 && sign > 0:
			return 0, false
		case d > 0:
			sign = 1
		case d < 0:
			sign = -1
		}
	}
	return sign, true
}

// loosen takes the row of a gate that bounds its second choice as irrelevant where nobody
// else wants that choice: then it is taken where it must be.
//
// Plaisted and Greenbaum, A structure-preserving clause form translation, Journal of
// Symbolic Computation 2, 1986.
func (x *reducing) loosen(i int32) {
	gate := x.p.Blocks[i].Gate
	if gate == 0 || x.p.Rows[gate-1].Defines != i+1 {
		return
	}
	if sign, ok := x.dearer(i); !ok || sign < 0 {
		return
	}
	if x.rows(i, func(r, more int32) bool { return more >= 0 || x.p.Rows[r].Defines == i+1 }) {
		x.relevant[gate-1] = false
	}
}

// drop leaves a gate out that only its own rows use.
func (x *reducing) drop(i int32) bool {
	if x.p.Blocks[i].Gate == 0 {
		return false
	}
	if sign, ok := x.dearer(i); sign != 0 || !ok {
		return false
	}
	if !x.rows(i, func(r, _ int32) bool { return x.p.Rows[r].Defines == i+1 }) {
		return false
	}
	x.rows(i, func(r, _ int32) bool {
		x.relevant[r] = false
		return true
	})
	x.out[i] = true
	x.leader[i] = -1
	return true
}

// absorb lets a block follow from another one, or take the same always.
func (x *reducing) absorb(i int32) bool {
	sign, ok := x.dearer(i)
	if !ok {
		return false
	}
	// The blocks that share a short hard row with it, and no other does.
	leaders := []int32{-1}
	x.rows(i, func(r, _ int32) bool {
		if with, alone := x.with(r, i); alone && with >= 0 && x.p.Rows[r].Tier == Hard && !slices.Contains(leaders, with) {
			leaders = append(leaders, with)
		}
		return true
	})
	for _, leader := range leaders {
		better := sign // below 0: the second choice is
		var own []int32
		ok := x.rows(i, func(r, more int32) bool {
			if with, alone := x.with(r, i); alone && leader >= 0 && (with == leader || with < 0) && x.p.Rows[r].Tier == Hard {
				own = append(own, r)
				return true
			}
			if more > 0 && better < 0 || more < 0 && better > 0 {
				return false
			}
			if more != 0 {
				better = int(more)
			}
			return true
		})
		if ok && x.follow(i, leader, own, better < 0) {
			return true
		}
	}
	return false
}

// with gives the only other block that is left in a short row; -1 for none.
func (x *reducing) with(r, i int32) (block int32, alone bool) {
	if x.entries[r] == nil {
		return -1, false
	}
	block = -1
	for _, j := range x.p.Rows[r].Blocks {
		lead := x.leader[j]
		switch {
		case j == i || lead < 0 || lead == block:
		case block >= 0:
			return -1, false
		default:
			block = lead
		}
	}
	if block >= 0 && x.p.Blocks[block].Follows && x.p.Blocks[block].Choices() == 2 {
		return -1, false
	}
	return block, true
}

// follow lets a block take its better choice whenever its leader lets it, as its own
// rows say. It is false where the leader has a choice that lets it take none.
func (x *reducing) follow(i, leader int32, own []int32, second bool) bool {
	f := following{leader: leader, takes: []bool{second}}
	if leader >= 0 {
		f.takes = make([]bool, x.p.Blocks[leader].Choices())
		for c := range f.takes {
			f.takes[c] = second
		}
		for range 2 {
			wrong := false
			for _, r := range own {
				left := x.left[:0] // by choice of the leader, but for the block
				for range f.takes {
					left = append(left, x.p.Rows[r].Most)
				}
				x.left = left
				var uses [2]int64
				for _, e := range x.entries[r] {
					switch e.Block {
					case i:
						uses[e.Choice] = int64(e.Amount)
					case leader:
						left[e.Choice] -= int64(e.Amount)
					default:
						g := &x.follows[e.Block]
						for c := range left {
							if taken := g.takes[min(c, len(g.takes)-1)]; taken == (e.Choice == 1) {
								left[c] -= int64(e.Amount)
							}
						}
					}
				}
				for c := range left {
					takes := f.choice(int32(c))
					if uses[takes] > left[c] {
						if f.takes[c] != second || uses[1-takes] > left[c] {
							return false
						}
						f.takes[c] = !second
						wrong = true
					}
				}
			}
			if !wrong {
				break
			}
		}
	}
	x.out[i], x.leader[i], x.follows[i] = true, leader, f
	return true
}

// build makes the program of what is left.
func (x *reducing) build() *Reduction {
	p := x.p
	out := &Reduction{at: make([]int32, len(p.Blocks)), follows: x.follows}
	b := NewBuilder(x.tier + 1)
	b.Stopped(x.stopped)
	led := make([][]int32, len(p.Blocks))
	for i := range p.Blocks {
		out.at[i] = -1
		switch {
		case !x.out[i]:
			out.at[i] = int32(len(out.of))
			out.of = append(out.of, int32(i))
			b.Block(p.Blocks[i].Choices())
			if p.Blocks[i].Follows {
				b.Follow(int(out.at[i]))
			}
		case x.leader[i] >= 0:
			led[x.leader[i]] = append(led[x.leader[i]], int32(i))
		}
	}
	for _, i := range out.of {
		if gate := p.Blocks[i].Gate; gate > 0 {
			x.relevant[gate-1] = true // it does no harm, and decides
		}
	}
	most := make([]int64, len(p.Rows))
	for r := range p.Rows {
		most[r] = p.Rows[r].Most
	}
	for t := range x.tier + 1 {
		b.Due(t, p.Due[t])
	}
	// What choices of a block add to one that is left; to what is due where that is none.
	each := func(add func(block *Block, choice int, to, at int32)) {
		for i := range p.Blocks {
			if x.halts(i) {
				return
			}
			switch {
			case !x.out[i]:
				for c := range p.Blocks[i].Choices() {
					add(&p.Blocks[i], c, out.at[i], int32(c))
					for _, j := range led[i] {
						add(&p.Blocks[j], int(x.follows[j].choice(int32(c))), out.at[i], int32(c))
					}
				}
			case x.leader[i] < 0 && x.follows[i].takes != nil:
				add(&p.Blocks[i], int(x.follows[i].choice(0)), -1, 0)
			}
		}
	}
	each(func(block *Block, choice int, to, at int32) {
		for t := range x.tier + 1 {
			if to < 0 {
				b.Due(t, block.Cost[t][choice])
			} else {
				b.Cost(int(to), int(at), t, block.Cost[t][choice])
			}
		}
		if to >= 0 {
			return
		}
		for _, u := range block.Uses(choice) {
			for r := u.Row; r < u.Row+u.Rows; r++ {
				most[r] -= int64(u.Amount)
			}
		}
	})
	for i := range p.Blocks {
		if x.out[i] && x.leader[i] < 0 && x.follows[i].takes == nil { // a gate that is dropped costs the same in any case
			for t := range x.tier + 1 {
				b.Due(t, p.Blocks[i].Cost[t][0])
			}
		}
	}
	entries := byRow(len(p.Rows), func(visit func(r int32, e Entry)) {
		each(func(block *Block, choice int, to, at int32) {
			if to < 0 {
				return
			}
			for _, u := range block.Uses(choice) {
				for r := u.Row; r < u.Row+u.Rows; r++ {
					if x.relevant[r] {
						visit(r, Entry{to, at, u.Amount})
					}
				}
			}
		})
	})
	if x.stopped() {
		return nil
	}
	for r := range p.Rows {
		row := &p.Rows[r]
		if !x.relevant[r] || len(entries[r]) == 0 && (row.Tier == Hard || most[r] >= 0) {
			continue
		}
		b.source, b.limit = row.Source, row.Limit
		b.Defines(-1)
		gate := int32(-1)
		if row.Defines > 0 {
			gate = out.at[row.Defines-1]
			b.Defines(int(gate))
		}
		b.row(row.Tier, row.Weight, most[r], entries[r])
		if gate >= 0 && p.Blocks[row.Defines-1].Gate == int32(r+1) {
			b.Gate(int(gate))
		}
	}
	program, ok := b.Program()
	if !ok {
		return nil
	}
	out.Program = program
	return out
}

// Reduce gives the program up to an earlier tier, of the same whole; nil where that
// leaves more than so many blocks, or the caller has stopped it.
func (x *Reduction) Reduce(tier, most int, stopped func() bool) *Reduction {
	further := x.Program.Reduce(tier, most, stopped)
	if further == nil {
		return nil
	}
	out := &Reduction{Program: further.Program, at: slices.Repeat([]int32{-1}, len(x.at)), follows: slices.Clone(x.follows)}
	for i, here := range further.of {
		block := x.of[here]
		out.of, out.at[block] = append(out.of, block), int32(i)
		for c, name := range out.Blocks[i].Names {
			out.Blocks[i].Names[c] = x.Blocks[here].Names[name]
		}
	}
	for here, f := range further.follows {
		if f.takes == nil {
			continue
		}
		if f.leader >= 0 {
			names := x.Blocks[f.leader].Names
			takes := make([]bool, names[len(names)-1]+1)
			for c, name := range names {
				takes[name] = f.takes[c]
			}
			f = following{leader: x.of[f.leader], takes: takes}
		}
		out.follows[x.of[here]] = f
	}
	return out
}

// Down gives the assignment that one of the whole program is, which keeps its hard rows.
// What is left out may be better than it is there, and gates are decided anew.
func (x *Reduction) Down(taken []int32) []int32 {
	out := make([]int32, len(x.of))
	var gates []int
	for i, block := range x.of {
		c, found := slices.BinarySearch(x.Blocks[i].Names, taken[block])
		if found {
			out[i] = int32(c)
		}
		if x.Blocks[i].Gate > 0 {
			gates = append(gates, i)
		}
	}
	if len(gates) == 0 {
		return out
	}
	used := x.Used(out)
	for changed := true; changed; {
		changed = false
		for _, i := range gates {
			row := x.Blocks[i].Gate - 1
			choice := Decided(x.Rows[row].Most-used[row], out[i])
			if choice == out[i] {
				continue
			}
			x.Move(used, i, out[i], choice)
			out[i] = choice
			changed = true
		}
	}
	return out
}

// Up gives an assignment of the whole program: what is left out takes what follows from
// the others, and gates have to be decided yet: they take what they have in base.
func (x *Reduction) Up(taken, base []int32) []int32 {
	out := slices.Clone(base)
	for i, block := range x.of {
		out[block] = x.Blocks[i].Names[taken[i]]
	}
	for i, f := range x.follows {
		if f.takes == nil {
			continue
		}
		leads := int32(0)
		if f.leader >= 0 {
			leads = out[f.leader]
		}
		out[i] = f.choice(leads)
	}
	return out
}

// Of gives the block of the whole program that a block is; and At the block that one of
// the whole is, -1 for none.
func (x *Reduction) Of(block int) int { return int(x.of[block]) }

// At gives the block that one of the whole program is; -1 where it is left out.
func (x *Reduction) At(block int) int { return int(x.at[block]) }
