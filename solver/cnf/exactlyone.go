package cnf

// ExactlyOne makes exactly one of lits true: [AtMostOne] and one clause more.
// For n ≥ 2 literals it adds n-1 variables and 3n-3 clauses; for one literal a
// unit clause; for none the contradiction.
func ExactlyOne(to Sink, lits []Lit) {
	AtMostOne(to, lits)
	to.Clause(lits...)
}
