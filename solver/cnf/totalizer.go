package cnf

import "fmt"

// Totalizer counts how many of its inputs are true, in unary, up to a cap that
// can grow later.
//
// It is a balanced binary tree over the inputs. A node over n inputs has
// min(n, cap) outputs; the k-th says that at least k of them are true. A leaf's
// output is the input itself. So n inputs cost, summed over the inner nodes,
// min(n, cap) variables; and at an inner node with o outputs over children of p
// and q inputs, for each s in 1..o
//
//	upward:   the pairs i ≤ p, j ≤ q with i+j = s,   one clause each
//	downward: the pairs i ≤ p, j ≤ q with i+j = s-1, one clause each ([BothWays] only)
//
// At the full cap that is O(n log n) variables and O(n²) clauses.
//
// Bailleux and Boufkhad, Efficient CNF encoding of Boolean cardinality
// constraints, CP 2003. The cap: Büttner and Rintanen, Satisfiability planning
// with constraints on the number of actions, ICAPS 2005. Growing it: Martins,
// Joshi, Manquinho and Lynce, Incremental cardinality constraints for MaxSAT,
// CP 2014.
type Totalizer struct {
	root *counter
	cap  int
	dir  Direction
}

// counter is a node of the tree.
type counter struct {
	inputs      int      // inputs below
	outputs     []Lit    // outputs[k-1]: at least k of the inputs
	left, right *counter // nil at a leaf
}

// NewTotalizer counts lits up to cap; a cap over len(lits) means len(lits).
// A literal given twice counts twice. It panics if cap is negative.
func NewTotalizer(to Sink, lits []Lit, cap int, dir Direction) *Totalizer {
	if cap < 0 {
		panic(fmt.Sprintf("cnf: totalizer with cap %d", cap))
	}
	t := &Totalizer{dir: dir}
	if len(lits) > 0 {
		t.root = newCounter(lits)
	}
	t.Extend(to, cap)
	return t
}

func newCounter(lits []Lit) *counter {
	if len(lits) == 1 {
		return &counter{inputs: 1, outputs: []Lit{lits[0]}}
	}
	half := len(lits) / 2
	return &counter{
		inputs: len(lits),
		left:   newCounter(lits[:half]),
		right:  newCounter(lits[half:]),
	}
}

// Inputs returns the number of inputs.
func (t *Totalizer) Inputs() int {
	if t.root == nil {
		return 0
	}
	return t.root.inputs
}

// Cap returns the highest k that [Totalizer.AtLeast] answers.
func (t *Totalizer) Cap() int { return t.cap }

// AtLeast returns the literal "at least k inputs are true", 1 ≤ k ≤ Cap. It
// panics for other k.
func (t *Totalizer) AtLeast(k int) Lit {
	if k < 1 || k > t.cap {
		panic(fmt.Sprintf("cnf: at least %d asked of a totalizer with cap %d", k, t.cap))
	}
	return t.root.outputs[k-1]
}

// Extend raises the cap, adding only what is missing: variables and clauses in
// all are those of a totalizer made with this cap at once. A cap that is not
// higher changes nothing; one over the number of inputs means that number.
func (t *Totalizer) Extend(to Sink, cap int) {
	cap = min(cap, t.Inputs())
	if cap <= t.cap {
		return
	}
	t.cap = cap
	t.root.extend(to, cap, t.dir)
}

func (c *counter) extend(to Sink, cap int, dir Direction) {
	want := min(c.inputs, cap)
	if len(c.outputs) >= want {
		return
	}
	c.left.extend(to, cap, dir)
	c.right.extend(to, cap, dir)
	for s := len(c.outputs) + 1; s <= want; s++ {
		out := to.Fresh()
		c.outputs = append(c.outputs, out)
		// i+j = s with i ≤ s ≤ cap: the children keep every output needed.
		for i := max(0, s-c.right.inputs); i <= min(s, c.left.inputs); i++ {
			clause := make([]Lit, 0, 3)
			if i > 0 {
				clause = append(clause, -c.left.outputs[i-1])
			}
			if j := s - i; j > 0 {
				clause = append(clause, -c.right.outputs[j-1])
			}
			to.Clause(append(clause, out)...)
		}
		if dir == Upward {
			continue
		}
		// At most i on the left and at most j on the right, i+j = s-1.
		for i := max(0, s-1-c.right.inputs); i <= min(s-1, c.left.inputs); i++ {
			clause := make([]Lit, 0, 3)
			if i < c.left.inputs {
				clause = append(clause, c.left.outputs[i])
			}
			if j := s - 1 - i; j < c.right.inputs {
				clause = append(clause, c.right.outputs[j])
			}
			to.Clause(append(clause, -out)...)
		}
	}
}
