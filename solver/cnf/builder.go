package cnf

import (
	"encoding/binary"
	"slices"
)

// Builder is a [Sink] on top of another, with constants and gates. It drops
// what is true, leaves out what is false, and gives equal gates one literal.
type Builder struct {
	to     Sink
	truth  Lit
	gates  map[string]Lit // key: the sorted inputs of an Or
	kept   map[Lit][]Lit  // inputs of an Or, where gates are kept; else nil
	silent bool           // clauses are left out
}

// NewBuilder returns a builder that writes to the sink; it adds one variable
// and one unit clause for the constant.
func NewBuilder(to Sink) *Builder {
	b := &Builder{to: to, truth: to.Fresh(), gates: make(map[string]Lit)}
	to.Clause(b.truth)
	return b
}

// KeepGates keeps from now on what gates mean instead of writing clauses for
// them; Gate tells it.
func (b *Builder) KeepGates() { b.kept = make(map[Lit][]Lit) }

// Gate returns the inputs of which one is true exactly when l is; ok is false
// when l is no gate that was kept.
func (b *Builder) Gate(l Lit) (inputs []Lit, ok bool) {
	inputs, ok = b.kept[l]
	return inputs, ok
}

// Silently leaves out the clauses that write would add.
func (b *Builder) Silently(write func()) {
	before := b.silent
	b.silent = true
	write()
	b.silent = before
}

// True returns the literal that always holds.
func (b *Builder) True() Lit { return b.truth }

// False returns the literal that never holds.
func (b *Builder) False() Lit { return -b.truth }

// Fresh returns the positive literal of a variable not used before.
func (b *Builder) Fresh() Lit { return b.to.Fresh() }

// Clause adds the disjunction of lits without repeated and false literals, and
// nothing at all when it always holds (a true literal, or one with its negation).
func (b *Builder) Clause(lits ...Lit) {
	if b.silent {
		return
	}
	kept, holds := b.disjunction(lits)
	if !holds {
		b.to.Clause(kept...)
	}
}

// And returns a literal that is true exactly when all lits are. For n ≥ 2
// different literals, none constant, it adds one variable and n+1 clauses the
// first time and nothing after; And() is true.
func (b *Builder) And(lits ...Lit) Lit {
	negated := make([]Lit, len(lits))
	for i, l := range lits {
		negated[i] = -l
	}
	return -b.Or(negated...)
}

// Or returns a literal that is true exactly when one of lits is. For n ≥ 2
// different literals, none constant, it adds one variable and n+1 clauses the
// first time and nothing after; Or() is false.
func (b *Builder) Or(lits ...Lit) Lit {
	kept, holds := b.disjunction(lits)
	switch {
	case holds:
		return b.True()
	case len(kept) == 0:
		return b.False()
	case len(kept) == 1:
		return kept[0]
	}
	key := make([]byte, 0, 4*len(kept))
	for _, l := range kept {
		key = binary.LittleEndian.AppendUint32(key, uint32(l))
	}
	if gate, ok := b.gates[string(key)]; ok {
		return gate
	}
	gate := b.to.Fresh()
	b.gates[string(key)] = gate
	if b.kept != nil {
		b.kept[gate] = kept
		return gate
	}
	for _, l := range kept {
		b.to.Clause(-l, gate)
	}
	b.to.Clause(append(kept, -gate)...)
	return gate
}

// disjunction returns lits by variable without repetitions and without false
// ones; holds says that the disjunction is always true.
func (b *Builder) disjunction(lits []Lit) (kept []Lit, holds bool) {
	kept = make([]Lit, 0, len(lits)+1)
	for _, l := range lits {
		switch l {
		case b.truth:
			return nil, true
		case -b.truth:
		default:
			kept = append(kept, l)
		}
	}
	slices.SortFunc(kept, byVariable)
	kept = slices.Compact(kept)
	for i := 1; i < len(kept); i++ {
		if kept[i] == -kept[i-1] {
			return nil, true
		}
	}
	return kept, false
}

// byVariable puts a literal next to its negation.
func byVariable(a, b Lit) int {
	if va, vb := a.Var(), b.Var(); va != vb {
		return int(va - vb)
	}
	return int(a - b)
}
