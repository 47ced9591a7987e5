package program

// Part gives the program of some blocks while the others keep what they take:
// block i of it is blocks[i] with the choices keep[i], and every row has what the
// others leave of it. Used is by row what all blocks use now. The names of its
// choices are their places in keep. What the others cost, and rows that none of
// these blocks use, are left out. The source of its rows is their place in p, from
// 1. ok is false when no choices of these blocks keep the hard rows.
func (p *Program) Part(taken []int32, used []int64, blocks []int, keep [][]int32) (part *Program, ok bool) {
	b := NewBuilder(p.Tiers)
	place := make([]int32, len(p.Rows)) // by row: its place in rows, from 1
	type touched struct {
		row     int32
		used    int64 // by the other blocks
		entries []Entry
	}
	var rows []touched
	each := func(block int, c int32, visit func(at *touched, amount int32)) {
		for _, u := range p.Blocks[block].Uses(int(c)) {
			for r := u.Row; r < u.Row+u.Rows; r++ {
				if place[r] == 0 {
					rows = append(rows, touched{row: r, used: used[r]})
					place[r] = int32(len(rows))
				}
				visit(&rows[place[r]-1], u.Amount)
			}
		}
	}
	for i, block := range blocks {
		b.Block(len(keep[i]))
		for k, c := range keep[i] {
			for t := range p.Tiers {
				b.Cost(i, k, t, p.Blocks[block].Cost[t][c])
			}
			each(block, c, func(at *touched, amount int32) {
				at.entries = append(at.entries, Entry{Block: int32(i), Choice: int32(k), Amount: amount})
			})
		}
		each(block, taken[block], func(at *touched, amount int32) { at.used -= int64(amount) })
	}
	for i := range rows {
		row := &p.Rows[rows[i].row]
		b.source = int(rows[i].row) + 1
		b.row(row.Tier, row.Weight, row.Most-rows[i].used, rows[i].entries)
	}
	return b.Program()
}
