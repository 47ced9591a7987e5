// Package drat turns the proof that a SAT solver writes (DRAT, as text) into
// one that names, for each step, the clauses it follows from (LRAT), and leaves
// out every step that the contradiction does not need.
//
//	proof, err := drat.Explain(variables, clauses, text)
//
// Nothing rests on this package: what it writes is checked by package lrat. A
// step is found to follow by unit propagation: its literals are assumed false,
// and the clauses that then lead to a conflict are its hints. Heule, Hunt and
// Wetzler, Trimming while checking clausal proofs, FMCAD 2013; steps that keep
// only satisfiability (RAT) are refused.
package drat
