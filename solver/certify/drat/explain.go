package drat

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"plenary/solver/cnf"
)

// Explain gives the proof as LRAT. The clauses have the numbers 1, 2, … in
// their order. It fails when a line cannot be read, when a step does not follow
// by unit propagation, and when the proof ends without a contradiction.
func Explain(variables int, clauses [][]cnf.Lit, proof []byte) ([]byte, error) {
	e := newExplainer(variables)
	for _, c := range clauses {
		e.given = append(e.given, len(e.clauses))
		e.add(c, nil)
	}
	number := 0
	for len(proof) > 0 && e.end < 0 {
		var line []byte
		line, proof, _ = bytes.Cut(proof, []byte{'\n'})
		number++
		lits, deletes, err := read(line, variables)
		if err != nil {
			return nil, fmt.Errorf("line %d of the proof: %w", number, err)
		}
		switch {
		case lits == nil:
		case deletes:
			e.remove(lits)
		default:
			if err := e.derive(lits); err != nil {
				return nil, fmt.Errorf("line %d of the proof: %w", number, err)
			}
		}
	}
	if e.end < 0 {
		return nil, errors.New("the proof ends before the contradiction")
	}
	return e.write(len(clauses)), nil
}

// read reads one line, "LITERALS 0" or "d LITERALS 0"; nil for an empty line.
func read(line []byte, variables int) (lits []cnf.Lit, deletes bool, err error) {
	words := bytes.Fields(line)
	if len(words) == 0 {
		return nil, false, nil
	}
	if deletes = string(words[0]) == "d"; deletes {
		words = words[1:]
	}
	lits = []cnf.Lit{}
	for i, w := range words {
		n, err := strconv.Atoi(string(w))
		switch {
		case err != nil || n > variables || n < -variables:
			return nil, false, fmt.Errorf("%.20q is no literal of the formula", w)
		case n == 0 && i == len(words)-1:
			return lits, deletes, nil
		case n == 0:
			return nil, false, errors.New("something stands after the 0 that ends the line")
		}
		lits = append(lits, cnf.Lit(n))
	}
	return nil, false, errors.New("the 0 that ends the line is missing")
}

// clause is a clause that was given or derived.
type clause struct {
	lits    []cnf.Lit // the first two are watched
	hints   []int     // positions of the clauses it follows from; none for a given one
	deleted bool
}

// explainer propagates over the clauses that are there. What follows by
// propagation alone stays for good, each as a clause of one literal of its
// own; hints name those and stay short.
type explainer struct {
	clauses []clause
	given   []int // positions of the clauses of the formula, in their order
	end     int   // the empty clause, -1 while there is none

	watches [][]int          // by literal, see slot: the clauses that watch it
	values  []int8           // by variable: 1 true, -1 false, 0 not known
	reasons []int            // by variable: the clause that gave the value; -1 for an assumption
	trail   []cnf.Lit        // true literals in order
	settled int              // how many of them hold for good
	done    int              // how many of them were propagated
	byLits  map[string][]int // clauses by their sorted literals
	marked  []bool           // by variable, within a step
}

func newExplainer(variables int) *explainer {
	return &explainer{end: -1, watches: make([][]int, 2*variables+2), byLits: map[string][]int{},
		values: make([]int8, variables+1), reasons: make([]int, variables+1), marked: make([]bool, variables+1)}
}

// slot gives each literal a place of its own.
func slot(l cnf.Lit) int {
	if l < 0 {
		return 2*int(-l) + 1
	}
	return 2 * int(l)
}

func (e *explainer) value(l cnf.Lit) int8 {
	if l < 0 {
		return -e.values[-l]
	}
	return e.values[l]
}

func (e *explainer) makeTrue(l cnf.Lit, reason int) {
	e.values[l.Var()] = 1
	if l < 0 {
		e.values[l.Var()] = -1
	}
	e.reasons[l.Var()] = reason
	e.trail = append(e.trail, l)
}

// key names a clause whatever the order of its literals.
func key(lits []cnf.Lit) string {
	sorted := slices.Clone(lits)
	slices.Sort(sorted)
	out := make([]byte, 0, 4*len(sorted))
	for _, l := range sorted {
		out = append(out, byte(l), byte(l>>8), byte(l>>16), byte(l>>24))
	}
	return string(out)
}

// add adds a clause and propagates what follows from it for good.
func (e *explainer) add(lits []cnf.Lit, hints []int) {
	at := len(e.clauses)
	lits = slices.Clone(lits)
	e.clauses = append(e.clauses, clause{lits: lits, hints: hints})
	e.byLits[key(lits)] = append(e.byLits[key(lits)], at)
	// Literals that are not false first: those can be watched.
	open := 0
	for i, l := range lits {
		if e.value(l) >= 0 {
			lits[open], lits[i] = lits[i], lits[open]
			open++
		}
	}
	switch {
	case e.end >= 0:
	case open == 0:
		e.contradiction(at)
	case open == 1 && e.value(lits[0]) == 0:
		e.settle(lits[0], at)
	case open > 1:
		e.watches[slot(lits[0])] = append(e.watches[slot(lits[0])], at)
		e.watches[slot(lits[1])] = append(e.watches[slot(lits[1])], at)
	}
}

// settle makes a literal true for good and propagates.
func (e *explainer) settle(l cnf.Lit, reason int) {
	e.makeTrue(l, reason)
	conflict := e.propagate()
	for ; e.settled < len(e.trail); e.settled++ {
		l := e.trail[e.settled]
		if reason := e.reasons[l.Var()]; len(e.clauses[reason].lits) > 1 {
			e.reasons[l.Var()] = len(e.clauses)
			e.clauses = append(e.clauses, clause{lits: []cnf.Lit{l}, hints: e.units(reason, l)})
		}
	}
	if conflict >= 0 {
		e.contradiction(conflict)
	}
}

// units gives the hints by which a clause leaves but one literal, or none:
// the single literals against its others, and the clause itself.
func (e *explainer) units(at int, but cnf.Lit) (hints []int) {
	for _, l := range e.clauses[at].lits {
		if l != but {
			hints = append(hints, e.reasons[l.Var()])
		}
	}
	slices.Sort(hints)
	return append(slices.Compact(hints), at)
}

// contradiction ends the proof: all literals of the clause are false for good.
func (e *explainer) contradiction(at int) {
	e.end = len(e.clauses)
	e.clauses = append(e.clauses, clause{hints: e.units(at, 0)})
}

// propagate makes true what must be, and gives the clause that has no literal
// left, or -1.
func (e *explainer) propagate() int {
	for ; e.done < len(e.trail); e.done++ {
		wrong := e.trail[e.done].Not()
		watching := e.watches[slot(wrong)]
		kept := watching[:0]
		for i, at := range watching {
			c := &e.clauses[at]
			if c.deleted {
				continue
			}
			if c.lits[0] == wrong {
				c.lits[0], c.lits[1] = c.lits[1], c.lits[0]
			}
			if e.value(c.lits[0]) > 0 {
				kept = append(kept, at)
				continue
			}
			moved := false
			for k := 2; k < len(c.lits); k++ {
				if e.value(c.lits[k]) >= 0 {
					c.lits[1], c.lits[k] = c.lits[k], c.lits[1]
					e.watches[slot(c.lits[1])] = append(e.watches[slot(c.lits[1])], at)
					moved = true
					break
				}
			}
			if moved {
				continue
			}
			kept = append(kept, at)
			if e.value(c.lits[0]) < 0 {
				e.watches[slot(wrong)] = append(kept, watching[i+1:]...)
				return at
			}
			e.makeTrue(c.lits[0], at)
		}
		e.watches[slot(wrong)] = kept
	}
	return -1
}

// derive adds a clause that must follow by unit propagation. Literals that are
// false for good are left out; a clause that holds for good is not needed.
func (e *explainer) derive(lits []cnf.Lit) error {
	var needed []cnf.Lit
	for _, l := range lits {
		switch {
		case e.value(l) > 0 || slices.Contains(needed, l.Not()):
			return nil
		case e.value(l) == 0 && !slices.Contains(needed, l):
			needed = append(needed, l)
		}
	}
	for _, l := range needed {
		e.makeTrue(l.Not(), -1)
	}
	conflict := e.propagate()
	var hints []int
	if conflict >= 0 {
		hints = e.hints(conflict)
	}
	for _, l := range e.trail[e.settled:] {
		e.values[l.Var()] = 0
	}
	e.trail, e.done = e.trail[:e.settled], e.settled
	if conflict < 0 {
		return fmt.Errorf("the clause %v does not follow by unit propagation", lits)
	}
	at := len(e.clauses)
	e.add(needed, hints)
	if len(needed) != len(lits) { // it will be deleted by the name it came with
		e.byLits[key(lits)] = append(e.byLits[key(lits)], at)
	}
	return nil
}

// hints gives the clauses that lead to the conflict, in the order in which
// they do.
func (e *explainer) hints(conflict int) []int {
	var units, rest []int
	var seen []int32
	mark := func(at int) {
		for _, l := range e.clauses[at].lits {
			if v := l.Var(); !e.marked[v] {
				e.marked[v] = true
				seen = append(seen, v)
			}
		}
	}
	mark(conflict)
	for i := len(e.trail) - 1; i >= 0; i-- {
		v := e.trail[i].Var()
		switch reason := e.reasons[v]; {
		case !e.marked[v] || reason < 0:
		case i < e.settled:
			units = append(units, reason)
		default:
			rest = append(rest, reason)
			mark(reason)
		}
	}
	for _, v := range seen {
		e.marked[v] = false
	}
	slices.Reverse(units)
	slices.Reverse(rest)
	return append(append(units, rest...), conflict)
}

// remove forgets a clause; one that is not there, and one of a single literal,
// is left: more clauses only make a proof easier.
func (e *explainer) remove(lits []cnf.Lit) {
	k := key(lits)
	for list := e.byLits[k]; len(list) > 0; list = list[:len(list)-1] {
		at := list[len(list)-1]
		e.byLits[k] = list[:len(list)-1]
		if c := &e.clauses[at]; !c.deleted && len(c.lits) > 1 {
			c.deleted = true
			return
		}
	}
}

// write writes the steps that the contradiction needs.
func (e *explainer) write(formula int) []byte {
	needed := make([]bool, e.end+1)
	needed[e.end] = true
	for at := e.end; at >= 0; at-- {
		if needed[at] {
			for _, h := range e.clauses[at].hints {
				needed[h] = true
			}
		}
	}
	number := make([]int, e.end+1)
	for i, at := range e.given {
		if at <= e.end {
			number[at] = i + 1
		}
	}
	next := formula
	var out bytes.Buffer
	for at := range e.clauses[:e.end+1] {
		if !needed[at] || number[at] > 0 {
			continue
		}
		next++
		number[at] = next
		fmt.Fprint(&out, next)
		for _, l := range e.clauses[at].lits {
			fmt.Fprint(&out, " ", int(l))
		}
		fmt.Fprint(&out, " 0")
		for _, h := range e.clauses[at].hints {
			fmt.Fprint(&out, " ", number[h])
		}
		fmt.Fprintln(&out, " 0")
	}
	return out.Bytes()
}
