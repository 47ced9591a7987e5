package program

// Hard is the tier of rows that must not be exceeded.
const Hard = -1

// Program is blocks, each of which takes exactly one of its choices, and rows
// that bound what choices use together.
type Program struct {
	Tiers  int
	Due    []int64 // by tier: what costs in any case
	Blocks []Block
	Rows   []Row
}

// Block is a set of choices of which exactly one is taken.
type Block struct {
	Follows bool      // it has to fit what others choose, rather than others it
	Gate    int32     // the row that decides it, from 1: its second choice is taken where that row has room for it; 0: none
	Names   []int32   // by choice: its number when the block was made
	Cost    [][]int64 // by tier and choice: 0 or more
	start   []int32   // uses[start[c]:start[c+1]] are those of choice c
	uses    []Use
}

// Use is what a choice uses of each of some rows in a row.
type Use struct {
	Row    int32 // the first
	Rows   int32 // how many, 1 or more
	Amount int32 // not 0; negative where the choice makes room for others
}

// Row bounds the sum of what the choices taken use of it.
type Row struct {
	Most    int64
	Tier    int     // Hard, or the tier in which each unit over Most costs Weight
	Weight  int64   // of a unit, in a priced row
	Gives   bool    // some choice makes room in it
	Source  int     // what it was made for, by the builder's count of sources; 0: the blocks themselves
	Limit   int     // the builder's limit that it is; 0: none
	Defines int32   // the gate that it says the meaning of, from 1; 0: none
	Blocks  []int32 // that have a choice that uses it, in order
}

// Choices gives the number of choices.
func (b *Block) Choices() int { return len(b.Names) }

// Uses gives what a choice uses, by row.
func (b *Block) Uses(choice int) []Use { return b.uses[b.start[choice]:b.start[choice+1]] }

// Amount gives what a choice uses of a row.
func (b *Block) Amount(choice int, row int32) int32 {
	for _, u := range b.Uses(choice) {
		if u.Row <= row && row < u.Row+u.Rows {
			return u.Amount
		}
	}
	return 0
}

// Priced gives what a choice costs in a tier when the costs of the tiers before it, and
// units of rows, have prices: sums[r] is what units of the rows before r cost together.
func (b *Block) Priced(choice, tier int, tiers, sums []float64) float64 {
	cost := float64(b.Cost[tier][choice])
	for t, price := range tiers {
		if price != 0 {
			cost += price * float64(b.Cost[t][choice])
		}
	}
	for _, u := range b.Uses(choice) {
		cost += (sums[u.Row+u.Rows] - sums[u.Row]) * float64(u.Amount)
	}
	return cost
}

// Size counts choices and uses.
func (p *Program) Size() (choices, uses int) {
	for i := range p.Blocks {
		choices += p.Blocks[i].Choices()
		uses += len(p.Blocks[i].uses)
	}
	return choices, uses
}

// Used gives by row what the choices taken use together. A block whose choice
// is negative uses nothing.
func (p *Program) Used(taken []int32) []int64 {
	used := make([]int64, len(p.Rows))
	for i, c := range taken {
		if c < 0 {
			continue
		}
		for _, u := range p.Blocks[i].Uses(int(c)) {
			for r := u.Row; r < u.Row+u.Rows; r++ {
				used[r] += int64(u.Amount)
			}
		}
	}
	return used
}

// Move takes what one choice of a block uses off what is used of rows, and adds what
// another uses.
func (p *Program) Move(used []int64, block int, from, to int32) {
	for sign, c := range [2]int32{from, to} {
		for _, u := range p.Blocks[block].Uses(int(c)) {
			for r := u.Row; r < u.Row+u.Rows; r++ {
				used[r] += int64(u.Amount) * int64(2*sign-1)
			}
		}
	}
}

// Decided gives what a gate takes, by what is left of its row while it takes what it does
// now: its own unit is in what is used once that is the second choice.
func Decided(left int64, now int32) int32 {
	if left+int64(now) > 0 {
		return 1
	}
	return 0
}

// Cost gives the cost of every tier of an assignment, and by how much hard rows
// are exceeded together: 0 when it is feasible.
func (p *Program) Cost(taken []int32) (costs []int64, excess int64) {
	costs = append([]int64(nil), p.Due...)
	for i, c := range taken {
		for t := range costs {
			costs[t] += p.Blocks[i].Cost[t][c]
		}
	}
	for r, used := range p.Used(taken) {
		row := &p.Rows[r]
		if over := used - row.Most; over > 0 {
			if row.Tier == Hard {
				excess += over
			} else {
				costs[row.Tier] += over * row.Weight
			}
		}
	}
	return costs, excess
}
