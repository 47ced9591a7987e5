package drat

import "plenary/solver/cnf"

// propagation makes true what clauses leave no choice about. Each clause
// watches two of its literals, and is looked at when one of them becomes
// false.
type propagation struct {
	watches [][]watch // by literal, see slot: the clauses that watch it
	values  []int8    // by variable: 1 true, -1 false, 0 not known
	reasons []int     // by variable: the clause that gave the value; -1 for an assumption
	since   []int     // by variable: its position in the trail
	trail   []cnf.Lit // true literals in order
	settled int       // how many of them hold for good
	done    int       // how many of them were propagated
}

// watch is a clause, by its position, with one of its literals: while that one
// is true, the clause need not be looked at.
type watch struct {
	clause int32
	other  cnf.Lit
}

// slot gives each literal a place of its own.
func slot(l cnf.Lit) int {
	if l < 0 {
		return 2*int(-l) + 1
	}
	return 2 * int(l)
}

func (p *propagation) value(l cnf.Lit) int8 {
	if l < 0 {
		return -p.values[-l]
	}
	return p.values[l]
}

func (p *propagation) makeTrue(l cnf.Lit, reason int) {
	v := l.Var()
	p.values[v] = 1
	if l < 0 {
		p.values[v] = -1
	}
	p.reasons[v], p.since[v] = reason, len(p.trail)
	p.trail = append(p.trail, l)
}

// forget takes back all but the first n true literals.
func (p *propagation) forget(n int) {
	for _, l := range p.trail[n:] {
		p.values[l.Var()] = 0
	}
	p.trail, p.done = p.trail[:n], n
}

// openFirst puts the literals first that are not false, and counts them.
func (p *propagation) openFirst(lits []cnf.Lit) (open int) {
	for i, l := range lits {
		if p.value(l) >= 0 {
			lits[open], lits[i] = lits[i], lits[open]
			open++
		}
	}
	return open
}

// watch has a clause watch its first two literals.
func (p *propagation) watch(lits []cnf.Lit, at int) {
	a, b := slot(lits[0]), slot(lits[1])
	p.watches[a] = append(p.watches[a], watch{int32(at), lits[1]})
	p.watches[b] = append(p.watches[b], watch{int32(at), lits[0]})
}

// propagate makes true what must be, and gives the clause that has no literal
// left, or -1.
func (p *propagation) propagate(clauses []clause) int {
	for ; p.done < len(p.trail); p.done++ {
		wrong := p.trail[p.done].Not()
		watching := p.watches[slot(wrong)]
		kept := watching[:0]
		for i, w := range watching {
			if p.value(w.other) > 0 {
				kept = append(kept, w)
				continue
			}
			c := &clauses[w.clause]
			if c.deleted {
				continue
			}
			if c.lits[0] == wrong {
				c.lits[0], c.lits[1] = c.lits[1], c.lits[0]
			}
			if c.lits[1] != wrong {
				continue // deleted and back since then, it watches others
			}
			w.other = c.lits[0]
			if p.value(w.other) > 0 {
				kept = append(kept, w)
				continue
			}
			if k := p.open(c.lits); k > 0 {
				c.lits[1], c.lits[k] = c.lits[k], c.lits[1]
				p.watches[slot(c.lits[1])] = append(p.watches[slot(c.lits[1])], w)
				continue
			}
			kept = append(kept, w)
			if p.value(w.other) < 0 {
				p.watches[slot(wrong)] = append(kept, watching[i+1:]...)
				return int(w.clause)
			}
			p.makeTrue(w.other, int(w.clause))
		}
		p.watches[slot(wrong)] = kept
	}
	return -1
}

// open gives the position of a literal after the first two that is not false,
// or 0.
func (p *propagation) open(lits []cnf.Lit) int {
	for k := 2; k < len(lits); k++ {
		if p.value(lits[k]) >= 0 {
			return k
		}
	}
	return 0
}
