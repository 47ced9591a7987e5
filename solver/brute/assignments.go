package brute

import (
	"iter"

	"plenary/solver/program"
)

// Assignments gives every assignment of a program: the choices that its blocks
// take. Who keeps one copies it.
func Assignments(p *program.Program) iter.Seq[[]int32] {
	return func(yield func([]int32) bool) {
		taken := make([]int32, len(p.Blocks))
		for more := true; more && yield(taken); {
			more = false
			for i := range taken {
				if taken[i]++; int(taken[i]) < p.Blocks[i].Choices() {
					more = true
					break
				}
				taken[i] = 0
			}
		}
	}
}

// Feasible gives every assignment of a program that keeps its hard rows, with what it costs
// by tier. Who keeps an assignment copies it.
func Feasible(p *program.Program) iter.Seq2[[]int32, []int64] {
	return func(yield func([]int32, []int64) bool) {
		for taken := range Assignments(p) {
			if costs, excess := p.Cost(taken); excess == 0 && !yield(taken, costs) {
				return
			}
		}
	}
}
