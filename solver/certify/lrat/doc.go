// Package lrat checks proofs that clauses cannot hold together. It is the small
// checker that a certificate rests on: it imports nothing of this program, and
// it believes nothing that it has not derived.
//
//	err := lrat.Check(formula, proof) // DIMACS and LRAT, as bytes
//
// A proof is a list of clauses. Each names the clauses before it from which it
// follows: were it false, the first of those would have all literals false but
// one, which must then be true; so would the next; and the last would have none
// left. The proof ends with the clause that has no literals and cannot hold.
//
// Cruz-Filipe, Heule, Hunt, Kaufmann and Schneider-Kamp, Efficient certified
// RAT verification, CADE 2017. Steps that keep only satisfiability and do not
// follow (RAT) are refused: the solver at work here makes none.
package lrat
