package sat

import (
	"context"
	"slices"

	"github.com/irifrance/gini"
	"github.com/irifrance/gini/z"

	"plenary/solver/cnf"
)

// Status is the answer of a call to the solver.
type Status int

// The answers. Unknown is not infeasible: the call was cancelled or its limit
// came first.
const (
	Unknown Status = iota
	Sat
	Unsat
)

// String returns the status in lower case.
func (s Status) String() string {
	switch s {
	case Sat:
		return "satisfiable"
	case Unsat:
		return "unsatisfiable"
	default:
		return "unknown"
	}
}

// TickPropagations is how many assignments the solver makes between two looks
// at its limits: a few milliseconds of work.
const TickPropagations = 20000

// Solver holds clauses and solves them, again and again, under assumptions. It
// is deterministic: the same calls in the same order give the same answers,
// except after a call that was cancelled or timed out. It is not safe for
// concurrent use.
type Solver struct {
	gini      *gini.Gini
	variables int
	reserved  int // variables gini knows of
	clauses   int
	refuted   bool // the clauses cannot hold together, whatever is assumed
	model     []bool
	core      []cnf.Lit
}

const firstReserve = 1 << 10

// New returns a solver without variables or clauses.
func New() *Solver {
	s := &Solver{gini: gini.NewVc(firstReserve-1, 4*firstReserve)}
	s.reserve(1)
	return s
}

// Fresh returns the positive literal of a new variable.
func (s *Solver) Fresh() cnf.Lit {
	s.reserve(s.variables + 1)
	s.variables++
	return cnf.Lit(s.variables)
}

// reserve makes gini know variables 1..n, in steps that double: gini forgets
// the phases it saved whenever its number of variables has changed.
func (s *Solver) reserve(n int) {
	if n <= s.reserved {
		return
	}
	top := firstReserve
	for top <= n {
		top *= 2
	}
	s.reserved = top - 1
	s.touch(cnf.Lit(s.reserved))
}

// touch adds a clause that always holds. gini then knows the variable, is back
// at decision level 0 and has dropped the conflict of the call before.
func (s *Solver) touch(l cnf.Lit) {
	m := z.Dimacs2Lit(int(l))
	s.gini.Add(m)
	s.gini.Add(m.Not())
	s.gini.Add(z.LitNull)
}

// Clause adds the disjunction of lits; without lits, the contradiction.
// Variables that no Fresh gave are welcome and count as made.
func (s *Solver) Clause(lits ...cnf.Lit) {
	s.clauses++
	if len(lits) == 0 {
		s.refuted = true
		return
	}
	for _, l := range lits {
		s.know(l)
		s.gini.Add(z.Dimacs2Lit(int(l)))
	}
	s.gini.Add(z.LitNull)
}

func (s *Solver) know(l cnf.Lit) {
	if l == 0 {
		panic("sat: literal 0")
	}
	v := int(l.Var())
	s.reserve(v)
	s.variables = max(s.variables, v)
}

// Variables returns how many variables there are.
func (s *Solver) Variables() int { return s.variables }

// Clauses returns how many clauses were added.
func (s *Solver) Clauses() int { return s.clauses }

// Solve looks for a model of the clauses in which all assumptions hold.
// Assumptions may repeat and contradict each other. When ctx is done, the
// answer is Unknown within two ticks of [TickPropagations].
func (s *Solver) Solve(ctx context.Context, assumptions ...cnf.Lit) Status {
	s.core = nil // the last model stays
	if s.refuted {
		return Unsat
	}
	if ctx.Err() != nil {
		return Unknown
	}
	// gini derives a clause from the conflict of the call before; when that
	// ends in a conflict at level 0, it loses it and runs on unsoundly.
	s.touch(1)
	for _, l := range assumptions {
		s.know(l)
		s.gini.Assume(z.Dimacs2Lit(int(l)))
	}
	switch s.run(ctx) {
	case 1:
		s.model = make([]bool, s.variables+1)
		for v := range s.model[1:] {
			s.model[v+1] = s.gini.Value(z.Var(v + 1).Pos())
		}
		return Sat
	case -1:
		s.keepCore(assumptions)
		return Unsat
	}
	return Unknown
}

// run solves, and looks at ctx once per tick. gini's Pause returns at the next
// tick or with the result: no polling, no added latency, and unlike slices of
// gini's Try it does not disturb the search. A limit on ticks was tried and
// lost: on a busy machine ticks are missed, and then the same input gave
// another answer.
func (s *Solver) run(ctx context.Context) int {
	search := s.gini.GoSolve()
	for {
		result, paused := search.Pause()
		if !paused {
			return result
		}
		search.Unpause()
		if ctx.Err() != nil {
			return search.Stop()
		}
	}
}

func (s *Solver) keepCore(assumptions []cnf.Lit) {
	failed := make(map[cnf.Lit]bool)
	for _, m := range s.gini.Why(nil) {
		failed[cnf.Lit(m.Dimacs())] = true
	}
	for _, l := range assumptions {
		if failed[l] {
			s.core = append(s.core, l)
			delete(failed, l)
		}
	}
	s.refuted = len(s.core) == 0
}

// Core returns assumptions that cannot hold together, in the order they were
// given, if the last call answered Unsat; it is empty when the clauses alone
// cannot hold. It is a core, not a MUS: some may be left out.
func (s *Solver) Core() []cnf.Lit { return slices.Clone(s.core) }

// Value tells whether l holds in the last model, that of the last call that
// answered Sat. Variables made after it hold in neither sign.
func (s *Solver) Value(l cnf.Lit) bool {
	v := int(l.Var())
	return v < len(s.model) && s.model[v] == (l > 0)
}

// Model returns the last model by variable number, entry 0 unused; nil if there
// was none.
func (s *Solver) Model() []bool { return slices.Clone(s.model) }
