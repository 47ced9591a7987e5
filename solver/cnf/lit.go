package cnf

// Lit is a literal as in DIMACS: n is variable n, -n its negation, n ≥ 1.
// Zero is no literal.
type Lit int32

// Not returns the negation of l.
func (l Lit) Not() Lit { return -l }

// Var returns the variable of l, 1 or more.
func (l Lit) Var() int32 {
	if l < 0 {
		return int32(-l)
	}
	return int32(l)
}

// Sink takes clauses and hands out variables.
type Sink interface {
	// Fresh returns the positive literal of a variable not used before.
	Fresh() Lit
	// Clause adds the disjunction of lits; without lits, the contradiction.
	// The sink keeps no reference to lits.
	Clause(lits ...Lit)
}

// Direction says which way the outputs of a count or a sum are tied to its
// inputs.
type Direction bool

const (
	// BothWays makes an output true exactly when its inputs reach it.
	BothWays Direction = false
	// Upward makes an output true when its inputs reach it; when they don't,
	// the output is free. Enough where outputs are only ever forbidden or
	// priced, with about half of the clauses.
	Upward Direction = true
)
