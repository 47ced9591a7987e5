package sat

import (
	"github.com/irifrance/gini/z"
	"plenary/solver/cnf"
)

func (s *Solver) Prefer(lits []cnf.Lit) {
	if s.refuted { return }
	s.touch(1)
	for _, l := range lits { s.gini.Assume(z.Dimacs2Lit(int(l))) }
	s.gini.Solve()
}
