package compile

import (
	"slices"

	"plenary/model/rule"
	"plenary/solver/cnf"
)

// Record keeps what is written for a part, in order, and for what.
type Record struct {
	Clauses  [][]cnf.Lit
	Sections []Section // in order; each begins where the one before ends

	to        cnf.Sink
	variables int
}

// Section is what was written for one thing: for a rule instance; for the
// limit of a tier; or, with neither, for what sessions and documents are by
// themselves.
type Section struct {
	Instance  *rule.Instance
	Tier      int // from 1
	Variables int // how many there are at the end of the section
	Clauses   int // how many there are at the end of the section
}

// over gives a sink that keeps what it hands on to another.
func (r *Record) over(to cnf.Sink) cnf.Sink {
	if r == nil {
		return to
	}
	r.to = to
	return r
}

// end ends a section, unless nothing was written in it.
func (r *Record) end(s Section) {
	if r == nil {
		return
	}
	var before Section
	if n := len(r.Sections); n > 0 {
		before = r.Sections[n-1]
	}
	s.Variables, s.Clauses = r.variables, len(r.Clauses)
	if s.Variables > before.Variables || s.Clauses > before.Clauses {
		r.Sections = append(r.Sections, s)
	}
}

// Fresh hands out a variable.
func (r *Record) Fresh() cnf.Lit {
	l := r.to.Fresh()
	r.variables = int(l.Var())
	return l
}

// Clause keeps a clause and hands it on.
func (r *Record) Clause(lits ...cnf.Lit) {
	r.Clauses = append(r.Clauses, slices.Clone(lits))
	r.to.Clause(lits...)
}
