package search

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"

	"plenary/solver/program"
)

// ground is where blocks can be, and what they use there. What is left of plain rows, the
// hard ones that no gate uses and no choice makes room in, only tells where blocks are.
type ground struct {
	moving  []int     // blocks that can move
	places  [][]place // by block: where its choices put it, by row
	uses    []program.Use
	groups  []stretch // by group: what all its choices use but for plain rows
	start   []int32   // by row: members[start[r]:start[r+1]] use it
	members []member
	largest []int32    // by row: of their amounts
	meets   [][]uint64 // by block: those that use a plain row which it uses beside its place, or the other way round; one bit for each
}

// place is where a choice puts a block: the longest hard row that it uses, -1 for none.
// The choices of a group use the same of other plain rows.
type place struct {
	row, choice, amount, group int32
	rest                       stretch // what the choice uses that others of its group do not
}

// stretch is a part of the uses of a ground.
type stretch struct{ from, to int32 }

// member is a group that uses a plain row beside its place.
type member struct{ block, group, amount int32 }

// use is what is used of a row.
type use struct{ row, amount int32 }

// ground gives where blocks can be.
func (c *cooling) ground() *ground {
	p := c.p
	g := &ground{places: make([][]place, len(p.Blocks)), meets: make([][]uint64, len(p.Blocks))}
	g.moving, _ = c.moving()
	c.places = make([][]place, len(p.Blocks))
	plain := plainRows(p)
	beside, standing := make([][]member, len(p.Rows)), make([][]int32, len(p.Rows))
	for _, i := range g.moving {
		g.places[i] = c.place(i)
		known := map[string]int32{}
		var common [][]program.Use
		rest := make([][]program.Use, len(g.places[i]))
		first := int32(len(g.groups))
		for k := range g.places[i] {
			to := &g.places[i][k]
			var next []use
			next, rest[k] = split(p, i, to, plain)
			if to.row >= 0 && (k == 0 || g.places[i][k-1].row != to.row) {
				standing[to.row] = append(standing[to.row], int32(i))
			}
			var key []byte
			for _, u := range next {
				key = binary.LittleEndian.AppendUint32(key, uint32(u.row))
				key = binary.LittleEndian.AppendUint32(key, uint32(u.amount))
			}
			group, found := known[string(key)]
			if !found {
				group = first + int32(len(common))
				known[string(key)] = group
				common = append(common, slices.Clone(rest[k]))
				for _, u := range next {
					beside[u.row] = append(beside[u.row], member{int32(i), group, u.amount})
				}
			}
			to.group = group
			common[group-first] = slices.DeleteFunc(common[group-first], func(u program.Use) bool { return !slices.Contains(rest[k], u) })
		}
		for _, uses := range common {
			g.groups = append(g.groups, g.keep(uses))
		}
		for k := range g.places[i] {
			to := &g.places[i][k]
			to.rest = g.keep(slices.DeleteFunc(rest[k], func(u program.Use) bool { return slices.Contains(common[to.group-first], u) }))
		}
	}
	near, there := make([]uint64, (len(p.Blocks)+63)/64), make([]uint64, (len(p.Blocks)+63)/64)
	for r := range p.Rows {
		g.start = append(g.start, int32(len(g.members)))
		g.members = append(g.members, beside[r]...)
		clear(near)
		largest := int32(0)
		for _, m := range beside[r] {
			largest = max(largest, m.amount)
			near[m.block/64] |= 1 << (m.block % 64)
		}
		g.largest = append(g.largest, largest)
		copy(there, near)
		for _, i := range standing[r] {
			there[i/64] |= 1 << (i % 64)
		}
		for k, m := range beside[r] {
			if k == 0 || beside[r][k-1].block != m.block {
				g.meet(m.block, there)
			}
		}
		if len(beside[r]) > 0 {
			for _, i := range standing[r] {
				g.meet(i, near)
			}
		}
	}
	g.start = append(g.start, int32(len(g.members)))
	return g
}

// plainRows tells by row whether what is left of it only tells where blocks are.
func plainRows(p *program.Program) []bool {
	out := make([]bool, len(p.Rows))
	for r := range p.Rows {
		out[r] = p.Rows[r].Tier == program.Hard && p.Rows[r].Defines == 0 && !p.Rows[r].Gives
	}
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Gate > 0 {
			for choice := range b.Choices() {
				for _, u := range b.Uses(choice) {
					for r := range u.Rows {
						out[u.Row+r] = false
					}
				}
			}
		}
	}
	return out
}

// split gives what a choice uses of plain rows beside its place, and what it uses of those
// that are not plain.
func split(p *program.Program, block int, to *place, plain []bool) (beside []use, rest []program.Use) {
	for _, u := range p.Blocks[block].Uses(int(to.choice)) {
		for r := u.Row; r < u.Row+u.Rows; r++ {
			switch n := len(rest) - 1; {
			case r == to.row && plain[r]:
				to.amount = u.Amount
			case decidedElsewhere(p, r):
			case plain[r]:
				beside = append(beside, use{r, u.Amount})
			case n >= 0 && rest[n].Row+rest[n].Rows == r && rest[n].Amount == u.Amount:
				rest[n].Rows++
			default:
				rest = append(rest, program.Use{Row: r, Rows: 1, Amount: u.Amount})
			}
		}
	}
	return beside, rest
}

func (g *ground) keep(uses []program.Use) stretch {
	g.uses = append(g.uses, uses...)
	return stretch{int32(len(g.uses) - len(uses)), int32(len(g.uses))}
}

func (g *ground) meet(block int32, with []uint64) {
	if g.meets[block] == nil {
		g.meets[block] = make([]uint64, len(with))
	}
	for k, bits := range with {
		g.meets[block][k] |= bits
	}
}

// crowd is who is where.
type crowd struct {
	*ground
	s     *state
	t     *trial
	at    []place   // by block
	by    [][]int32 // by row: blocks whose place it is, in no order
	clash []int32   // by group: the excess that its block would add to plain rows beside its place
	left  []left    // while a block moves: of rows that this changes
}

// left is what is left of a row.
type left struct{ row, left int32 }

func newCrowd(g *ground, s *state) *crowd {
	w := &crowd{ground: g, s: s, t: newTrial(s), at: make([]place, len(s.p.Blocks)), by: make([][]int32, len(s.p.Rows)), clash: make([]int32, len(g.groups))}
	for _, i := range g.moving {
		w.at[i] = g.places[i][slices.IndexFunc(g.places[i], func(p place) bool { return p.choice == s.taken[i] })]
		if r := w.at[i].row; r >= 0 {
			w.by[r] = append(w.by[r], int32(i))
		}
	}
	for r := range s.rows {
		w.count(int32(r), s.rows[r].left, 1)
	}
	return w
}

// count adds to what groups clash with, or takes off it, what they do in a row with so
// much left.
func (w *crowd) count(row, left, sign int32) {
	if left >= w.largest[row] {
		return
	}
	for there := w.members[w.start[row]:w.start[row+1]]; len(there) > 0; {
		at := &w.at[there[0].block]
		n, own := 0, int32(0)
		if at.row == row {
			own = at.amount
		}
		for n < len(there) && there[n].block == there[0].block {
			if there[n].group == at.group {
				own = there[n].amount
			}
			n++
		}
		for _, m := range there[:n] {
			if left < m.amount {
				w.clash[m.group] += sign * max(0, m.amount-max(left+own, 0)) * w.s.rows[row].hard
			}
		}
		there = there[n:]
	}
}

// other gives a block that is where another one would be, if that is full; -1 for none.
func (w *crowd) other(random *rand.Rand, block int, to place) int {
	if to.row < 0 || to.row == w.at[block].row || w.s.rows[to.row].left > 0 || len(w.by[to.row]) == 0 {
		return -1
	}
	return int(w.by[to.row][random.IntN(len(w.by[to.row]))])
}

// instead gives a place by lot of a block where another one is; ok is false where it has
// none.
func (w *crowd) instead(random *rand.Rand, block, other int) (to place, ok bool) {
	row := w.at[other].row
	if row < 0 {
		return to, false
	}
	there := in(w.places[block], row)
	if len(there) == 0 {
		return to, false
	}
	return there[random.IntN(len(there))], true
}

// apart tells whether what a block, and another one, -1 for none, add to plain rows beside
// their places is told by what their groups clash with.
func (w *crowd) apart(i, j int) bool {
	return j < 0 || w.meets[i] == nil || w.meets[i][j/64]>>(j%64)&1 == 0
}

// fits tells whether a block has room in a place, when what other blocks use of it is
// handed back.
func (w *crowd) fits(block int, to place, back int32) bool {
	if to.row == w.at[block].row {
		back += w.at[block].amount
	}
	return to.row < 0 || w.s.rows[to.row].left+back >= to.amount
}

// weigh tells what it adds to the cost, hard excess included, if a block goes elsewhere,
// and so does another one, -1 for none. What is turned down because of what it clashes
// with, as it costs more than is bearable, is ok false.
func (w *crowd) weigh(i int, to place, j int, instead place, bearable float64) (delta float64, ok bool) {
	s, apart := w.s, w.apart(i, j)
	clash := w.clash[to.group]
	fits := s.excess == 0 && apart
	if j >= 0 {
		clash += w.clash[instead.group]
		fits = fits && w.fits(i, to, w.at[j].amount) && w.fits(j, instead, w.at[i].amount)
	} else {
		fits = fits && w.fits(i, to, 0)
	}
	switch {
	case apart && float64(clash)*s.hard > bearable:
		return 0, false
	case !apart && s.clash(i, to.choice, j)+s.clash(j, instead.choice, i) > bearable:
		return 0, false
	case fits:
		w.try(i, to)
		if j >= 0 {
			w.try(j, instead)
		}
		return w.t.end() + float64(clash)*s.hard, true
	}
	w.t.add(i, s.taken[i], to.choice)
	if j >= 0 {
		w.t.add(j, s.taken[j], instead.choice)
	}
	return w.t.end(), true
}

// try lets a block go elsewhere in the trial, as far as rows are not plain.
func (w *crowd) try(block int, to place) {
	from := w.at[block]
	w.t.cost += w.s.base[block][to.choice] - w.s.base[block][from.choice]
	if from.group != to.group {
		w.t.use(w.of(w.groups[from.group]), -1)
		w.t.use(w.of(w.groups[to.group]), 1)
	}
	w.t.use(w.of(from.rest), -1)
	w.t.use(w.of(to.rest), 1)
}

func (g *ground) of(s stretch) []program.Use { return g.uses[s.from:s.to] }

// move lets a block go elsewhere.
func (w *crowd) move(block int, to place) {
	s := w.s
	for _, choice := range []int32{w.at[block].choice, to.choice} {
		for _, u := range s.p.Blocks[block].Uses(int(choice)) {
			for r := u.Row; r < u.Row+u.Rows; r++ {
				if w.start[r] < w.start[r+1] && !slices.ContainsFunc(w.left, func(x left) bool { return x.row == r }) {
					w.left = append(w.left, left{r, s.rows[r].left})
				}
			}
		}
	}
	if r := w.at[block].row; r >= 0 {
		k := slices.Index(w.by[r], int32(block))
		w.by[r][k] = w.by[r][len(w.by[r])-1]
		w.by[r] = w.by[r][:len(w.by[r])-1]
	}
	for _, x := range w.left {
		w.count(x.row, x.left, -1)
	}
	s.take(block, to.choice)
	w.at[block] = to
	for _, x := range w.left {
		w.count(x.row, s.rows[x.row].left, 1)
	}
	w.left = w.left[:0]
	if to.row >= 0 {
		w.by[to.row] = append(w.by[to.row], int32(block))
	}
}
