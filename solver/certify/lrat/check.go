package lrat

import "fmt"

// Reason says what a refusal is about.
type Reason string

// The reasons to refuse a proof.
const (
	BadFormula    Reason = "formula-unreadable" // the formula is not DIMACS
	BadProof      Reason = "proof-unreadable"   // the proof is not LRAT
	DoesNotFollow Reason = "step-does-not-follow"
	Incomplete    Reason = "proof-incomplete" // every step holds, but the contradiction is not among them
)

// Error is a refusal.
type Error struct {
	Reason Reason
	Line   int // of the formula or the proof, from 1; 0 for its end
	Text   string
}

// Error gives the refusal in words.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Text
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Text)
}

// Check returns nil when the proof, in LRAT as text, derives the empty clause
// from the formula, in DIMACS; otherwise an *Error.
func Check(formula, proof []byte) error {
	variables, clauses, err := readFormula(formula)
	if err != nil {
		return err
	}
	c := &checker{values: make([]int8, variables+1), clauses: make(map[int][]int, len(clauses))}
	for i, clause := range clauses {
		if len(clause) == 0 {
			return nil // the formula has the empty clause itself
		}
		c.clauses[i+1] = clause
	}
	c.last = len(clauses)
	lines := lines{rest: proof}
	for lines.next() {
		step, err := readStep(lines.text, variables)
		if err != nil {
			return &Error{BadProof, lines.number, err.Error()}
		}
		if err := c.take(step); err != nil {
			return &Error{DoesNotFollow, lines.number, err.Error()}
		}
		if step.derives && len(step.clause) == 0 {
			return nil
		}
	}
	return &Error{Incomplete, 0, "the proof ends before the contradiction"}
}

// checker holds the clauses that are given or derived and not deleted.
type checker struct {
	clauses map[int][]int
	last    int    // the highest number of a clause so far
	values  []int8 // by variable, within a step: 1 true, -1 false, 0 not known
	known   []int  // the variables that have a value
}

// take checks one step and keeps its clause, or forgets what it deletes.
func (c *checker) take(s step) error {
	if !s.derives {
		for _, n := range s.hints {
			delete(c.clauses, n)
		}
		return nil
	}
	if s.number <= c.last {
		return fmt.Errorf("clause %d stands after clause %d; numbers grow", s.number, c.last)
	}
	if err := c.follows(s); err != nil {
		return err
	}
	c.clauses[s.number], c.last = s.clause, s.number
	return nil
}

// follows tells whether the clause of a step follows from its hints.
func (c *checker) follows(s step) error {
	defer c.forget()
	for _, l := range s.clause {
		if c.value(l) > 0 {
			return nil // it holds by itself: a literal and its negation
		}
		c.makeTrue(-l)
	}
	for _, n := range s.hints {
		clause, ok := c.clauses[n]
		if !ok {
			return fmt.Errorf("clause %d is said to follow from clause %d, which is not there", s.number, n)
		}
		open := 0 // the literal that is left, 0 for none
		for _, l := range clause {
			switch value := c.value(l); {
			case value > 0:
				return fmt.Errorf("clause %d does not follow: clause %d holds already and says nothing", s.number, n)
			case value == 0 && open != 0 && open != l:
				return fmt.Errorf("clause %d does not follow: clause %d leaves more than one literal", s.number, n)
			case value == 0:
				open = l
			}
		}
		if open == 0 {
			return nil // the contradiction
		}
		c.makeTrue(open)
	}
	return fmt.Errorf("clause %d does not follow: its hints end without a contradiction", s.number)
}

// value is 1 for a true literal, -1 for a false one, 0 for one not known.
func (c *checker) value(l int) int8 {
	if l < 0 {
		return -c.values[-l]
	}
	return c.values[l]
}

func (c *checker) makeTrue(l int) {
	if l < 0 {
		c.values[-l], c.known = -1, append(c.known, -l)
		return
	}
	c.values[l], c.known = 1, append(c.known, l)
}

func (c *checker) forget() {
	for _, v := range c.known {
		c.values[v] = 0
	}
	c.known = c.known[:0]
}
