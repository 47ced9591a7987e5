package price

import (
	"cmp"
	"iter"
	"maps"
	"slices"

	"plenary/solver/program"
)

const (
	// A cut is worth adding from so much by which the mean exceeds it; of those that
	// begin with the same row the one that is exceeded most. Rows of which the mean
	// leaves more than loose are not looked at, nor choices with no more than slight of it,
	// and no more than longest rows in a run.
	exceeded = 0.03
	loose    = 0.6
	slight   = 1e-3
	tied     = 1e-9 // by less two are exceeded alike
	longest  = 48
	// So many blocks at most count in a cut that use one of its two rows alone.
	singles = 7
)

// Cuts gives rows which every assignment keeps that keeps the hard ones, but not the
// mean of the choices that prices found cheapest, the most exceeded first: no more
// than so many, in the order of where they begin.
//
// Let rows of the same most follow each other, as the days of a room or of two sessions
// that share a delegate do. The choices that use all of them, and those of one block
// that use any, are no more than the most. (If the block uses a row, that row says so;
// otherwise any does.) With two rows that is the half of their sum and of the block's
// one choice, rounded down, and holds for more blocks, of an odd number, alike.
//
// Sousa and Wolsey, A time indexed formulation of non-preemptive single machine
// scheduling problems, Mathematical Programming 54, 1992; Caprara and Fischetti,
// {0, ½}-Chvátal-Gomory cuts, Mathematical Programming 74, 1996.
func (x *Prices) Cuts(most int) []program.Added {
	found := append(x.separate(), x.roundings()...)
	slices.SortStableFunc(found, func(a, b cut) int { return cmp.Compare(b.over, a.over) })
	found = found[:min(len(found), most)]
	slices.SortStableFunc(found, func(a, b cut) int { return cmp.Compare(a.first, b.first) })
	var out []program.Added
	for _, c := range found {
		if c.by > 0 {
			out = append(out, x.rounded(c))
		} else {
			out = append(out, x.added(c))
		}
	}
	return out
}

// cut is a run of rows, and blocks that count if they use any of them, or, if there
// are several, the first or the last.
type cut struct {
	first, last int32
	blocks      []int32
	by          int64 // not 0: instead, the one row is rounded by it
	over        float64
}

// part is what the mean has of a choice of a block.
type part struct {
	block int32
	share float64
}

// runs looks for cuts of runs of rows.
type runs struct {
	parts []part
	users [][]int32 // by row: the parts that use it
	seen  []int32   // by part: the run in which it was seen
	stamp []int32   // by part: the row that it was seen to use last, from 1
	alone tally     // what uses some rows of the run and not all
	ends  tally     // what uses the first or the last row, and not both
}

// tally is what the mean has of blocks.
type tally struct {
	of     []float64
	blocks []int32 // that have something
	top    int32   // that has most; -1: none
}

func (t *tally) add(p part) {
	if t.of[p.block] == 0 {
		t.blocks = append(t.blocks, p.block)
	}
	t.of[p.block] += p.share
	if t.top < 0 || t.of[p.block] > t.of[t.top] {
		t.top = p.block
	}
}

func (t *tally) clear() {
	for _, b := range t.blocks {
		t.of[b] = 0
	}
	t.blocks, t.top = t.blocks[:0], -1
}

// separate finds cuts of runs of rows which the mean exceeds: for each row the one
// exceeded most that begins with it.
func (x *Prices) separate() (found []cut) {
	parts, users := x.parts()
	s := &runs{parts: parts, users: users, seen: make([]int32, len(parts)), stamp: make([]int32, len(parts)),
		alone: tally{of: make([]float64, len(x.p.Blocks))}, ends: tally{of: make([]float64, len(x.p.Blocks))}}
	plain := make([]bool, x.own)
	for r := range plain {
		row := &x.p.Rows[r]
		plain[r] = row.Tier == program.Hard && !row.Gives && x.mean[r] >= float64(row.Most)-loose
	}
	for first := range plain {
		if !plain[first] {
			continue
		}
		last := first + 1
		for last < len(plain) && plain[last] && last-first < longest && x.p.Rows[last].Most == x.p.Rows[first].Most {
			last++
		}
		if c := s.from(int32(first), int32(last), float64(x.p.Rows[first].Most)); c.blocks != nil {
			found = append(found, c)
		}
	}
	return found
}

// from gives the cut exceeded most of the runs that begin with a row and end before
// another.
func (s *runs) from(first, end int32, most float64) cut {
	best := cut{over: exceeded}
	s.alone.clear()
	all := slices.Clone(s.users[first]) // what uses every row up to this
	for _, i := range all {
		s.seen[i] = first + 1
	}
	for last := first + 1; last < end; last++ {
		for _, i := range s.users[last] {
			s.stamp[i] = last + 1
			if s.seen[i] != first+1 {
				s.seen[i] = first + 1
				s.alone.add(s.parts[i])
			}
		}
		sum := 0.0
		kept := all[:0]
		for _, i := range all {
			if s.stamp[i] == last+1 {
				kept = append(kept, i)
				sum += s.parts[i].share
			} else {
				s.alone.add(s.parts[i])
			}
		}
		if all = kept; sum < exceeded {
			break
		}
		if top := s.alone.top; top >= 0 {
			if over := sum + s.alone.of[top] - most; over > best.over+tied {
				best = cut{first: first, last: last, blocks: []int32{top}, over: over}
			}
			s.two(first, last, most, &best)
		}
	}
	return best
}

// two improves the best cut by the first and the last row alone.
func (s *runs) two(first, last int32, most float64, best *cut) {
	s.ends.clear()
	over := -most
	for _, i := range s.users[first] {
		if s.stamp[i] == last+1 {
			over += s.parts[i].share
			s.stamp[i] = -1
		} else {
			s.ends.add(s.parts[i])
		}
	}
	for _, i := range s.users[last] {
		if s.stamp[i] == last+1 {
			s.ends.add(s.parts[i])
		}
		s.stamp[i] = last + 1
	}
	slices.SortFunc(s.ends.blocks, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.ends.of[b], s.ends.of[a]), cmp.Compare(a, b))
	})
	for n, b := range s.ends.blocks[:min(len(s.ends.blocks), singles)] {
		over += s.ends.of[b]
		if more := over - float64(n/2); n > 0 && n%2 == 0 && more > best.over+tied {
			*best = cut{first: first, last: last, blocks: slices.Sorted(slices.Values(s.ends.blocks[:n+1])), over: more}
		}
	}
}

// parts gives the choices of which the mean has something, and by row which of them
// use it.
func (x *Prices) parts() (parts []part, users [][]int32) {
	users = make([][]int32, x.own)
	for i := range x.p.Blocks {
		for c, share := range x.held(i, slight) {
			for _, u := range x.p.Blocks[i].Uses(c) {
				for r := u.Row; r < u.Row+u.Rows && int(r) < x.own; r++ {
					users[r] = append(users[r], int32(len(parts)))
				}
			}
			parts = append(parts, part{int32(i), share})
		}
	}
	return parts, users
}

// held gives the choices of a block of which the mean has more than so much, and how
// much.
func (x *Prices) held(block int, more float64) iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		for c := range x.p.Blocks[block].Choices() {
			if share := x.shares[x.begin[block]+c] * x.scale; share > more && !yield(c, share) {
				return
			}
		}
	}
}

// added gives a cut as a row.
func (x *Prices) added(c cut) program.Added {
	out := program.Added{Most: x.p.Rows[c.first].Most + int64(len(c.blocks)/2)}
	blocks := slices.Concat(x.p.Rows[c.first].Blocks, x.p.Rows[c.last].Blocks)
	if len(c.blocks) == 1 {
		for r := c.first; r <= c.last; r++ {
			if _, uses := slices.BinarySearch(x.p.Rows[r].Blocks, c.blocks[0]); uses {
				blocks = append(blocks, c.blocks[0])
			}
		}
	}
	slices.Sort(blocks)
	for _, i := range slices.Compact(blocks) {
		b := &x.p.Blocks[i]
		_, counts := slices.BinarySearch(c.blocks, i)
		for choice := range b.Choices() {
			used, first, last := int32(0), false, false
			for _, u := range b.Uses(choice) {
				if common := min(u.Row+u.Rows, c.last+1) - max(u.Row, c.first); common > 0 {
					used += common
					first = first || u.Row <= c.first
					last = last || u.Row+u.Rows > c.last
				}
			}
			in := used == c.last-c.first+1
			switch {
			case len(c.blocks) > 1:
				in = first && last || counts && (first || last)
			case counts:
				in = used > 0
			}
			if in {
				out.Entries = append(out.Entries, program.Entry{Block: i, Choice: int32(choice), Amount: 1})
			}
		}
	}
	return out
}

// Extend goes on with a program that has more rows after those there were.
func (x *Prices) Extend(p *program.Program) {
	from := len(x.p.Rows)
	x.p = p
	more := make([]float64, len(p.Rows)-from)
	for _, of := range []*[]float64{&x.rows, &x.mean, &x.scratch.rows, &x.scratch.used, &x.scratch.sums, &x.sure.rows} {
		*of = append(*of, more...)
	}
	for i := range p.Blocks {
		for c, share := range x.held(i, 0) {
			for _, u := range p.Blocks[i].Uses(c) {
				for r := max(u.Row, int32(from)); r < u.Row+u.Rows; r++ {
					x.mean[r] += share * float64(u.Amount)
				}
			}
		}
	}
}

// mix takes the choices of the last relaxation into the mean, by their share.
func (x *Prices) mix(share float64) {
	x.scale *= 1 - share
	if x.scale < 1e-100 {
		for c := range x.shares {
			x.shares[c] *= x.scale
		}
		x.scale = 1
	}
	for i, c := range x.scratch.taken {
		x.shares[x.begin[i]+int(c)] += share / x.scale
	}
}

// roundings finds rows which the mean exceeds once they are rounded.
func (x *Prices) roundings() (found []cut) {
	has := make([]map[int64]float64, x.own) // by row: how much the mean has of choices by what they use
	large := make([]bool, x.own)
	for i := range x.p.Blocks {
		for c, share := range x.held(i, slight) {
			for _, u := range x.p.Blocks[i].Uses(c) {
				for r := u.Row; r < u.Row+u.Rows && int(r) < x.own; r++ {
					if x.p.Rows[r].Tier != program.Hard {
						continue
					}
					if has[r] == nil {
						has[r] = make(map[int64]float64)
					}
					has[r][int64(u.Amount)] += share
					large[r] = large[r] || u.Amount > 1
				}
			}
		}
	}
	for r, amounts := range has {
		if !large[r] {
			continue
		}
		sizes := slices.Sorted(maps.Keys(amounts))
		best := cut{over: exceeded}
		for _, by := range sizes {
			if by < 2 {
				continue
			}
			most := x.p.Rows[r].Most
			over := -float64(round(most, most, by))
			for _, a := range sizes {
				over += amounts[a] * float64(round(a, most, by))
			}
			if over /= float64(by - mod(most, by)); over > best.over+tied {
				best = cut{first: int32(r), last: int32(r), by: by, over: over}
			}
		}
		if best.by > 0 {
			found = append(found, best)
		}
	}
	return found
}

// round gives what an amount is in a row rounded by a size, in parts of what the size
// is beyond what the most leaves when divided by it.
//
// Nemhauser and Wolsey, A recursive procedure to generate all cuts for 0-1 mixed
// integer programs, Mathematical Programming 46, 1990.
func round(amount, most, by int64) int64 {
	left := mod(most, by)
	return (amount-mod(amount, by))/by*(by-left) + max(0, mod(amount, by)-left)
}

// mod gives what is left of a when divided by b, 0 or more.
func mod(a, b int64) int64 { return ((a % b) + b) % b }

// rounded gives a row rounded.
func (x *Prices) rounded(c cut) program.Added {
	row := &x.p.Rows[c.first]
	out := program.Added{Most: round(row.Most, row.Most, c.by)}
	for _, i := range row.Blocks {
		b := &x.p.Blocks[i]
		for choice := range b.Choices() {
			if amount := round(int64(b.Amount(choice, c.first)), row.Most, c.by); amount != 0 {
				out.Entries = append(out.Entries, program.Entry{Block: i, Choice: int32(choice), Amount: int32(amount)})
			}
		}
	}
	return out
}
