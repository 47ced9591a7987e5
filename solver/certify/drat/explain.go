package drat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"plenary/solver/cnf"
)

// Explain gives the proof as LRAT. The clauses have the numbers 1, 2, … in
// their order. It fails when a line cannot be read, when a step that the
// contradiction needs does not follow by unit propagation, when the proof ends
// without a contradiction, and with the error of ctx when it is done.
//
// It goes forward to the contradiction without checking anything, and then
// backward through the steps that it needs.
func Explain(ctx context.Context, variables int, clauses [][]cnf.Lit, proof []byte) ([]byte, error) {
	e := newExplainer(variables)
	for _, c := range clauses {
		e.given = append(e.given, len(e.clauses))
		e.add(c)
	}
	for number := 1; len(proof) > 0 && e.end < 0; number++ {
		var line []byte
		line, proof, _ = bytes.Cut(proof, []byte{'\n'})
		lits, deletes, err := read(line, variables)
		switch {
		case err != nil:
			return nil, fmt.Errorf("line %d of the proof: %w", number, err)
		case number%1000 == 0 && ctx.Err() != nil:
			return nil, ctx.Err()
		case lits == nil:
		case deletes:
			e.remove(lits)
		default:
			e.learn(lits, number)
		}
	}
	if e.end < 0 {
		return nil, errors.New("the proof ends before the contradiction")
	}
	if err := e.justify(ctx); err != nil {
		return nil, err
	}
	return e.write(), nil
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

// clause is a clause that was given, learned from the proof, or made here.
type clause struct {
	lits    []cnf.Lit // the first two are watched
	hints   []int     // positions of the clauses it follows from; none for a given one
	deleted bool
}

// event is a step of the proof: a clause learned or deleted.
type event struct {
	clause  int
	learned bool
	line    int // of the proof
	settled int // how many literals held for good before
}

// explainer keeps the clauses and propagates over those that are there. What
// follows by propagation alone holds for good, each as a clause of one literal
// of its own; hints name those and stay short.
type explainer struct {
	clauses []clause
	given   []int // positions of the clauses of the formula, in their order
	events  []event
	end     int              // the empty clause, -1 while there is none
	needed  []bool           // by position: the contradiction needs the clause
	byLits  map[string][]int // clauses by their sorted literals

	propagation
	marked []bool // by variable, within a step
}

func newExplainer(variables int) *explainer {
	return &explainer{end: -1, byLits: map[string][]int{}, marked: make([]bool, variables+1), propagation: propagation{
		watches: make([][]watch, 2*variables+2), values: make([]int8, variables+1),
		reasons: make([]int, variables+1), since: make([]int, variables+1),
	}}
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
func (e *explainer) add(lits []cnf.Lit) {
	at := len(e.clauses)
	lits = slices.Clone(lits)
	e.clauses = append(e.clauses, clause{lits: lits})
	e.byLits[key(lits)] = append(e.byLits[key(lits)], at)
	if e.end >= 0 {
		return
	}
	switch open := e.openFirst(lits); {
	case open == 0:
		e.contradiction(at)
	case open == 1 && e.value(lits[0]) == 0:
		e.settle(lits[0], at)
	case open > 1:
		e.watch(lits, at)
	}
}

// settle makes a literal true for good and propagates.
func (e *explainer) settle(l cnf.Lit, reason int) {
	e.makeTrue(l, reason)
	conflict := e.propagate(e.clauses)
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

// units gives the hints by which a clause leaves but one literal, or none: the
// single literals against its others, and the clause itself.
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

// learn adds a clause of the proof. Literals that are false for good are left
// out; a clause that holds for good is not needed.
func (e *explainer) learn(lits []cnf.Lit, line int) {
	var rest []cnf.Lit
	for _, l := range lits {
		switch {
		case e.value(l) > 0 || slices.Contains(rest, l.Not()):
			return
		case e.value(l) == 0 && !slices.Contains(rest, l):
			rest = append(rest, l)
		}
	}
	at := len(e.clauses)
	e.events = append(e.events, event{at, true, line, e.settled})
	e.add(rest)
	if len(rest) != len(lits) { // it will be deleted by the name it came with
		e.byLits[key(lits)] = append(e.byLits[key(lits)], at)
	}
}

// remove forgets a clause. One that is not there, and one of a single literal,
// is left: more clauses only make a proof easier.
func (e *explainer) remove(lits []cnf.Lit) {
	k := key(lits)
	for list := e.byLits[k]; len(list) > 0; {
		at := list[len(list)-1]
		list = list[:len(list)-1]
		e.byLits[k] = list
		if c := &e.clauses[at]; !c.deleted && len(c.lits) > 1 {
			c.deleted = true
			e.events = append(e.events, event{clause: at})
			return
		}
	}
}

// justify finds hints for every clause that the contradiction needs, the last
// first: each event is undone, and then the clause learned in it is checked by
// what there was before.
func (e *explainer) justify(ctx context.Context) error {
	e.needed = make([]bool, len(e.clauses))
	e.needed[e.end] = true
	next := len(e.clauses)
	// need passes the need on to the hints of all clauses from a position on.
	need := func(from int) {
		for next > from {
			next--
			if e.needed[next] {
				for _, h := range e.clauses[next].hints {
					e.needed[h] = true
				}
			}
		}
	}
	for i := len(e.events) - 1; i >= 0; i-- {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		step := e.events[i]
		c := &e.clauses[step.clause]
		if !step.learned {
			// The trail is what it was then, and so its first two can be watched.
			c.deleted = false
			e.watch(c.lits, step.clause)
			continue
		}
		need(step.clause + 1)
		c.deleted = true
		e.forget(step.settled)
		e.settled = step.settled
		if e.needed[step.clause] {
			conflict := e.assume(c.lits)
			if conflict < 0 {
				return fmt.Errorf("line %d of the proof does not follow by unit propagation", step.line)
			}
			c.hints = e.hints(conflict)
			e.forget(e.settled)
		}
	}
	need(0)
	return nil
}

// assume makes all literals false, and gives the clause that then has none
// left, or -1.
func (e *explainer) assume(lits []cnf.Lit) (conflict int) {
	for _, l := range lits {
		e.makeTrue(l.Not(), -1)
	}
	return e.propagate(e.clauses)
}

// hints gives the clauses that lead to the conflict, in the order in which
// they do.
func (e *explainer) hints(conflict int) []int {
	var units, rest []int
	var seen []int32
	mark := func(at int) {
		for _, l := range e.clauses[at].lits {
			v := l.Var()
			if e.marked[v] {
				continue
			}
			e.marked[v] = true
			seen = append(seen, v)
			if e.since[v] < e.settled && e.values[v] != 0 {
				units = append(units, e.reasons[v])
			}
		}
	}
	mark(conflict)
	for i := len(e.trail) - 1; i >= e.settled; i-- {
		if v := e.trail[i].Var(); e.marked[v] && e.reasons[v] >= 0 {
			rest = append(rest, e.reasons[v])
			mark(e.reasons[v])
		}
	}
	for _, v := range seen {
		e.marked[v] = false
	}
	slices.Sort(units)
	slices.Reverse(rest)
	return slices.Concat(units, rest, []int{conflict})
}

// write writes the steps that the contradiction needs.
func (e *explainer) write() []byte {
	number := make([]int, len(e.clauses))
	for i, at := range e.given {
		number[at] = i + 1
	}
	next := len(e.given)
	var out bytes.Buffer
	for at, c := range e.clauses {
		if !e.needed[at] || number[at] > 0 {
			continue
		}
		next++
		number[at] = next
		fmt.Fprint(&out, next)
		for _, l := range c.lits {
			fmt.Fprint(&out, " ", int(l))
		}
		fmt.Fprint(&out, " 0")
		for _, h := range c.hints {
			fmt.Fprint(&out, " ", number[h])
		}
		fmt.Fprintln(&out, " 0")
	}
	return out.Bytes()
}
