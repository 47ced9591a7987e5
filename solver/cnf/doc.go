// Package cnf holds literals, the sink that takes clauses, and the encodings
// of counts and sums into clauses, one file per encoding.
//
// An encoding writes into a [Sink] and nothing else, so a solver, a counter of
// clauses and a DIMACS file are the same to it. [Builder] is a Sink with gates
// on top: it knows the constants and gives equal gates the same literal.
//
// At most two of three sessions in one week:
//
//	t := cnf.NewTotalizer(sink, []cnf.Lit{a, b, c}, 3, cnf.BothWays)
//	sink.Clause(t.AtLeast(3).Not())
package cnf
