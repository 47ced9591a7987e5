package encode

import (
	"slices"

	"plenary/model/rule"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// each calls visit for every pair of short sessions that a rule speaks of and
// that the vocabulary has.
func (c *Context) each(pairs *rule.Pairs, visit func(a, b *vocab.Session)) {
	pairs.Each(func(i, j int) {
		if a, b := c.V.Session(i), c.V.Session(j); a != nil && b != nil {
			visit(a, b)
		}
	})
}

// measured adds what wrong sessions count when the literals hold: 1, or their
// slots. The literals imply that the sessions are held.
func (c *Context) measured(m *rule.Measure, when []cnf.Lit, sessions ...*vocab.Session) {
	if !m.BySlots() {
		c.Add(1, when...)
		return
	}
	for _, x := range sessions {
		for n, most := 1, x.MostSlots(); n <= most; {
			lit, same := x.TakesSlots(n), 1
			for n+same <= most && x.TakesSlots(n+same) == lit {
				same++
			}
			c.Add(same, append(slices.Clone(when), lit)...)
			n += same
		}
	}
}
