package program

import "slices"

// Added is a hard row that what a program says implies: the entries of the choices
// taken sum to at most Most. They are in order of blocks and choices.
type Added struct {
	Most    int64
	Entries []Entry
}

// Extend gives the program with rows added after its own. Blocks and choices stay the
// same, and so does the number of every row. What does not change is shared.
func (p *Program) Extend(rows []Added) *Program {
	out := &Program{Tiers: p.Tiers, Due: p.Due, Blocks: slices.Clone(p.Blocks), Rows: slices.Clip(p.Rows)}
	more := make(map[int32][][]Use) // by block and choice
	for _, add := range rows {
		row := Row{Most: add.Most, Tier: Hard}
		at := int32(len(out.Rows))
		for _, e := range add.Entries {
			if more[e.Block] == nil {
				more[e.Block] = make([][]Use, p.Blocks[e.Block].Choices())
			}
			if n := len(row.Blocks); n == 0 || row.Blocks[n-1] != e.Block {
				row.Blocks = append(row.Blocks, e.Block)
			}
			row.Gives = row.Gives || e.Amount < 0
			uses := more[e.Block][e.Choice]
			if n := len(uses); n > 0 && uses[n-1].Row+uses[n-1].Rows == at && uses[n-1].Amount == e.Amount {
				uses[n-1].Rows++
				continue
			}
			more[e.Block][e.Choice] = append(uses, Use{at, 1, e.Amount})
		}
		out.Rows = append(out.Rows, row)
	}
	for i, added := range more {
		from, to := &p.Blocks[i], &out.Blocks[i]
		to.start, to.uses = []int32{0}, nil
		for c := range added {
			to.uses = append(append(to.uses, from.Uses(c)...), added[c]...)
			to.start = append(to.start, int32(len(to.uses)))
		}
	}
	return out
}
