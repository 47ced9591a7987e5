package cnf_test

import (
	"testing"

	"plenary/solver/cnf"
	"plenary/solver/sat"
)

func TestGatesMeanWhatTheySay(t *testing.T) {
	for n := 0; n <= 6; n++ {
		s := sat.New()
		b := cnf.NewBuilder(s)
		lits := inputs(b, n)
		and, or := b.And(lits...), b.Or(lits...)
		everyAssignment(lits, func(signed []cnf.Lit, bits uint) {
			forces(t, s, and, count(bits) == n, signed)
			forces(t, s, or, bits != 0, signed)
		})
	}
}

func TestBuilderSimplifiesConstantsAndRepetitions(t *testing.T) {
	s := sat.New()
	b := cnf.NewBuilder(s)
	x, y := b.Fresh(), b.Fresh()
	variables, clauses := s.Variables(), s.Clauses()
	for _, c := range []struct {
		name      string
		got, want cnf.Lit
	}{
		{"and of nothing", b.And(), b.True()},
		{"or of nothing", b.Or(), b.False()},
		{"and of one", b.And(x), x},
		{"or of one", b.Or(-x), -x},
		{"and with true", b.And(b.True(), x), x},
		{"and with false", b.And(x, y, b.False()), b.False()},
		{"or with true", b.Or(x, b.True(), y), b.True()},
		{"or with false", b.Or(b.False(), x), x},
		{"and with itself", b.And(x, x), x},
		{"or with itself", b.Or(x, x, x), x},
		{"and with its negation", b.And(x, y, -x), b.False()},
		{"or with its negation", b.Or(-x, y, x), b.True()},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", c.name, c.got, c.want)
		}
	}
	b.Clause(x, b.True())
	b.Clause(x, -x)
	if s.Variables() != variables || s.Clauses() != clauses {
		t.Errorf("simplifying added %d variables and %d clauses", s.Variables()-variables, s.Clauses()-clauses)
	}
}

func TestEqualGatesAreOneLiteral(t *testing.T) {
	s := sat.New()
	b := cnf.NewBuilder(s)
	x, y, z := b.Fresh(), b.Fresh(), b.Fresh()
	variables, clauses := s.Variables(), s.Clauses()
	and := b.And(x, -y, z)
	if s.Variables() != variables+1 || s.Clauses() != clauses+4 {
		t.Errorf("a gate of 3 added %d variables and %d clauses, want 1 and 4", s.Variables()-variables, s.Clauses()-clauses)
	}
	for _, again := range []cnf.Lit{b.And(z, x, -y), b.And(-y, z, x, x, b.True()), -b.Or(y, -x, -z)} {
		if again != and {
			t.Errorf("the same gate is %d and %d", and, again)
		}
	}
	if b.And(x, y, z) == and {
		t.Error("two different gates share a literal")
	}
	if s.Variables() != variables+2 {
		t.Errorf("two gates added %d variables", s.Variables()-variables)
	}
}

func TestBuilderClauseLeavesOutFalseLiterals(t *testing.T) {
	s := sat.New()
	b := cnf.NewBuilder(s)
	x := b.Fresh()
	b.Clause(b.False(), x, b.False())
	forces(t, s, x, true, nil)
	b.Clause(b.False())
	if allows(t, s) {
		t.Error("a clause of nothing but false left a model")
	}
}
