package cnf

// AtMostOne allows at most one of lits to be true. For n ≥ 2 literals it adds
// n-1 variables and 3n-4 clauses; for fewer it adds nothing. A literal given
// twice counts twice.
//
// The ladder encoding: Gent and Nightingale, A new encoding of AllDifferent
// into SAT, ModRef 2004.
func AtMostOne(to Sink, lits []Lit) {
	if len(lits) < 2 {
		return
	}
	// reached[i]: the true literal, if any, stands at position i or before.
	reached := make([]Lit, len(lits)-1)
	for i := range reached {
		reached[i] = to.Fresh()
		to.Clause(-lits[i], reached[i])
		if i > 0 {
			to.Clause(-reached[i-1], reached[i])
		}
	}
	for i := range reached {
		to.Clause(-reached[i], -lits[i+1])
	}
}
