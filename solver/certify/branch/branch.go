package branch

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"plenary/solver/cnf"
)

// Refute goes through both values of one variable after the other, with unit
// propagation in between, and gives a DRAT proof: a clause for every branch
// that fails, the deepest first; the two that it came from are then deleted. It
// fails when the clauses can hold together, or when ctx is done.
func Refute(ctx context.Context, variables int, clauses [][]cnf.Lit) ([]byte, error) {
	r := &refutation{ctx: ctx, clauses: clauses, values: make([]int8, variables+1)}
	if err := r.fail(nil); err != nil {
		return nil, err
	}
	return r.proof.Bytes(), nil
}

type refutation struct {
	ctx     context.Context
	clauses [][]cnf.Lit
	values  []int8 // by variable: 1 true, -1 false, 0 not known
	proof   bytes.Buffer
}

// fail refutes the branch in which the given literals are false.
func (r *refutation) fail(lemma []cnf.Lit) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	before := slices.Clone(r.values)
	defer func() { r.values = before }()
	for _, l := range lemma {
		r.makeTrue(-l)
	}
	if open := r.propagate(); open != 0 {
		left, right := append(slices.Clone(lemma), open), append(slices.Clone(lemma), -open)
		for _, branch := range [][]cnf.Lit{left, right} {
			if err := r.fail(branch); err != nil {
				return err
			}
		}
		r.write("", lemma)
		r.write("d ", left)
		r.write("d ", right)
		return nil
	}
	for _, c := range r.clauses {
		if !slices.ContainsFunc(c, func(l cnf.Lit) bool { return r.value(l) >= 0 }) {
			r.write("", lemma)
			return nil
		}
	}
	return fmt.Errorf("the %d clauses can hold together", len(r.clauses))
}

// propagate makes true what must be. It gives a literal that is still open in
// some clause, or 0: then a clause fails, or all hold.
func (r *refutation) propagate() (open cnf.Lit) {
	for again := true; again; {
		again, open = false, 0
		for _, c := range r.clauses {
			var left []cnf.Lit
			holds := false
			for _, l := range c {
				holds = holds || r.value(l) > 0
				if r.value(l) == 0 {
					left = append(left, l)
				}
			}
			switch {
			case holds:
			case len(left) == 0:
				return 0
			case len(left) == 1:
				r.makeTrue(left[0])
				again = true
			default:
				open = left[0]
			}
		}
	}
	return open
}

func (r *refutation) value(l cnf.Lit) int8 {
	if l < 0 {
		return -r.values[-l]
	}
	return r.values[l]
}

func (r *refutation) makeTrue(l cnf.Lit) {
	r.values[l.Var()] = 1
	if l < 0 {
		r.values[l.Var()] = -1
	}
}

func (r *refutation) write(before string, lits []cnf.Lit) {
	fmt.Fprint(&r.proof, before)
	for _, l := range lits {
		fmt.Fprint(&r.proof, int(l), " ")
	}
	fmt.Fprintln(&r.proof, "0")
}
