package sat

import (
	"context"
	"slices"
	"time"

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
	ticks     int
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

// Ticks returns how much work all calls so far took, in whole ticks of
// [TickPropagations] per call. Unlike time it repeats, under the same condition
// as [Solver.SolveUpTo].
func (s *Solver) Ticks() int { return s.ticks }

// Solve looks for a model of the clauses in which all assumptions hold.
// Assumptions may repeat and contradict each other. When ctx is done, the
// answer is Unknown within two ticks of [TickPropagations].
func (s *Solver) Solve(ctx context.Context, assumptions ...cnf.Lit) Status {
	return s.solve(ctx, limit{}, assumptions)
}

// SolveWithin is [Solver.Solve] with a limit on time; over it, the answer is
// Unknown. What depends on time does not repeat: prefer [Solver.SolveUpTo].
func (s *Solver) SolveWithin(ctx context.Context, d time.Duration, assumptions ...cnf.Lit) Status {
	if d <= 0 {
		return s.forget()
	}
	return s.solve(ctx, limit{deadline: time.Now().Add(d)}, assumptions)
}

// SolveUpTo is [Solver.Solve] with a limit on work, in ticks of
// [TickPropagations]; over it, the answer is Unknown. The limit repeats from
// run to run, as long as the machine does not starve the goroutine that counts.
func (s *Solver) SolveUpTo(ctx context.Context, ticks int, assumptions ...cnf.Lit) Status {
	if ticks <= 0 {
		return s.forget()
	}
	return s.solve(ctx, limit{ticks: ticks}, assumptions)
}

// limit ends a call; zero fields are no limits.
type limit struct {
	ticks    int
	deadline time.Time
}

func (l limit) reached(ticks int) bool {
	return l.ticks > 0 && ticks >= l.ticks || !l.deadline.IsZero() && !time.Now().Before(l.deadline)
}

// forget drops the last core and answers Unknown. The last model stays.
func (s *Solver) forget() Status {
	s.core = nil
	return Unknown
}

func (s *Solver) solve(ctx context.Context, within limit, assumptions []cnf.Lit) Status {
	s.forget()
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
	switch s.run(ctx, within) {
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

// run solves, and looks at ctx and the limit once per tick. gini's Pause
// returns at the next tick or with the result: no polling, no added latency,
// and unlike slices of gini's Try it does not disturb the search.
func (s *Solver) run(ctx context.Context, within limit) int {
	search := s.gini.GoSolve()
	for ticks := 1; ; ticks++ {
		result, paused := search.Pause()
		if !paused {
			return result
		}
		search.Unpause()
		s.ticks++
		if ctx.Err() != nil || within.reached(ticks) {
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
