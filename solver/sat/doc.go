// Package sat answers whether clauses can hold together. It is the seam to the
// SAT solver gini, and the only package that knows it.
//
// [Solver] is a cnf.Sink, so encodings write straight into it:
//
//	s := sat.New()
//	a, b := s.Fresh(), s.Fresh()
//	cnf.AtMostOne(s, []cnf.Lit{a, b})
//	if s.Solve(ctx, a, b) == sat.Unsat {
//		core := s.Core() // a and b: they cannot both hold
//	}
//
// Clauses stay, assumptions last for one call:
//
//	Fresh, Clause ─┐
//	               ▼
//	            Solve(assumptions) ──► Sat      Value, Model
//	               ▲               ├─► Unsat    Core
//	               └───────────────┴─► Unknown  (cancelled, or over the limit)
package sat
