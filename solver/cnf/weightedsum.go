package cnf

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
)

// Weighted is an input of a [WeightedSum]: Lit true adds Weight, 1 or more.
type Weighted struct {
	Lit    Lit
	Weight int64
}

// WeightedSum adds up the weights of its true inputs, with one output per sum
// that can occur, up to a cap; every sum over the cap is one output.
//
// It is a balanced binary tree over the inputs, ordered by weight. A node whose
// children can have the sums A and B (0 included) can have the sums a+b; each
// one but 0 is an output, true when the sum reaches it, and sums over the cap
// are merged into cap+1. With o outputs at an inner node it adds o variables and
//
//	order:    o-1 clauses (an output implies the one below)
//	upward:   one clause for each pair (a, b) but (0, 0); of the pairs over the
//	          cap only those where neither part can step down and stay over it
//	downward: one clause for each pair (a, b) with a+b < the highest output ([BothWays] only)
//
// The number of outputs can double with each input (weights 1, 2, 4, …), until
// the cap holds it: choose the cap first.
//
// The generalized totalizer: Joshi, Martins and Manquinho, Generalized
// totalizer encoding for pseudo-Boolean constraints, CP 2015; here with ordered
// outputs and the downward clauses.
type WeightedSum struct {
	root *adder
	cap  int64
}

// adder is a node of the tree.
type adder struct {
	sums    []int64 // ascending, 0 first; merged ones are cap+1
	outputs []Lit   // outputs[i]: the sum is sums[i] or more; outputs[0] is unused
}

// NewWeightedSum adds up inputs, keeping apart the sums up to cap. Inputs may
// repeat a literal; each counts. It panics if cap is negative or a weight is
// not positive.
func NewWeightedSum(to Sink, inputs []Weighted, cap int64, dir Direction) *WeightedSum {
	if cap < 0 {
		panic(fmt.Sprintf("cnf: weighted sum with cap %d", cap))
	}
	for _, in := range inputs {
		if in.Weight < 1 {
			panic(fmt.Sprintf("cnf: weighted sum with weight %d", in.Weight))
		}
	}
	sorted := slices.Clone(inputs)
	slices.SortStableFunc(sorted, func(a, b Weighted) int { return cmp.Compare(a.Weight, b.Weight) })
	s := &WeightedSum{root: &adder{sums: []int64{0}, outputs: []Lit{0}}, cap: cap}
	if len(sorted) > 0 {
		s.root = s.build(to, sorted, dir)
	}
	return s
}

// Sums returns the sums that have an output of their own, ascending; a last
// entry of cap+1 stands for all sums over the cap, if there are any.
func (s *WeightedSum) Sums() []int64 { return slices.Clone(s.root.sums[1:]) }

// AtLeast returns the literal "the sum is n or more", 1 ≤ n ≤ cap+1; ok is
// false, and the literal 0, when even all inputs together stay below n. It
// panics for other n.
func (s *WeightedSum) AtLeast(n int64) (l Lit, ok bool) {
	if n < 1 || n > s.cap+1 {
		panic(fmt.Sprintf("cnf: at least %d asked of a weighted sum with cap %d", n, s.cap))
	}
	i := s.root.reach(n)
	if i == len(s.root.sums) {
		return 0, false
	}
	return s.root.outputs[i], true
}

// AtMost forbids sums over n, 0 ≤ n ≤ cap: one unit clause, or none when no sum
// goes over n.
func (s *WeightedSum) AtMost(to Sink, n int64) {
	if over, ok := s.AtLeast(n + 1); ok {
		to.Clause(-over)
	}
}

// reach returns the index of the smallest sum ≥ n.
func (a *adder) reach(n int64) int {
	return sort.Search(len(a.sums), func(i int) bool { return a.sums[i] >= n })
}

// clip merges sums over the cap. Sums are clipped at every node, so two of them
// never overflow unless cap is over half of the int64 range.
func (s *WeightedSum) clip(n int64) int64 { return min(n, s.cap+1) }

func (s *WeightedSum) build(to Sink, inputs []Weighted, dir Direction) *adder {
	if len(inputs) == 1 {
		return &adder{
			sums:    []int64{0, s.clip(inputs[0].Weight)},
			outputs: []Lit{0, inputs[0].Lit},
		}
	}
	half := len(inputs) / 2
	left, right := s.build(to, inputs[:half], dir), s.build(to, inputs[half:], dir)
	node := &adder{sums: make([]int64, 0, len(left.sums)*len(right.sums))}
	for _, a := range left.sums {
		for _, b := range right.sums {
			node.sums = append(node.sums, s.clip(a+b))
		}
	}
	slices.Sort(node.sums)
	node.sums = slices.Compact(node.sums)
	node.outputs = make([]Lit, len(node.sums))
	for i := 1; i < len(node.sums); i++ {
		node.outputs[i] = to.Fresh()
		if i > 1 {
			to.Clause(-node.outputs[i], node.outputs[i-1])
		}
	}
	for i, a := range left.sums {
		for j, b := range right.sums {
			s.tie(to, node, left, right, i, j, a+b, dir)
		}
	}
	return node
}

// tie adds the clauses of the pair left.sums[i], right.sums[j], whose sum is
// total before clipping.
func (s *WeightedSum) tie(to Sink, node, left, right *adder, i, j int, total int64, dir Direction) {
	over := s.cap + 1
	// A smaller pair already reaches over: the order of the outputs does the rest.
	implied := i > 0 && left.sums[i-1]+right.sums[j] >= over ||
		j > 0 && left.sums[i]+right.sums[j-1] >= over
	if i+j > 0 && !implied {
		clause := make([]Lit, 0, 3)
		if i > 0 {
			clause = append(clause, -left.outputs[i])
		}
		if j > 0 {
			clause = append(clause, -right.outputs[j])
		}
		to.Clause(append(clause, node.outputs[node.reach(s.clip(total))])...)
	}
	if dir == Upward {
		return
	}
	// The next sum above is out of reach while neither side steps up.
	next := node.reach(total + 1)
	if next == len(node.sums) {
		return
	}
	clause := make([]Lit, 0, 3)
	if i+1 < len(left.sums) {
		clause = append(clause, left.outputs[i+1])
	}
	if j+1 < len(right.sums) {
		clause = append(clause, right.outputs[j+1])
	}
	to.Clause(append(clause, -node.outputs[next])...)
}
