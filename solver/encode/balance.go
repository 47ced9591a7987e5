package encode

import (
	"plenary/model/rule"
	"plenary/model/source"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

func balance(c *Context, r *rule.Balance) {
	counts := make([]*cnf.Totalizer, len(r.Values))
	most := 0
	for i, group := range r.Values {
		lits := seatsWith(c, r.Sessions, "", r.Seat, r.Over, group)
		want := r.Wanted(group)
		upper := want.Max
		if upper == source.NoMost {
			upper = -1
		}
		c.bounds(lits, want.Min, upper)
		if r.Even {
			counts[i] = cnf.NewTotalizer(c.B, lits, len(lits), cnf.BothWays)
			most = max(most, len(lits))
		}
	}
	if !r.Even {
		return
	}
	// The largest group less the smallest: the numbers n that one group
	// reaches and another does not.
	for n := 1; n <= most; n++ {
		var reach, miss []cnf.Lit
		for _, t := range counts {
			reach = append(reach, c.atLeast(t, n))
			miss = append(miss, c.atLeast(t, n).Not())
		}
		c.Add(1, c.B.Or(reach...), c.B.Or(miss...))
	}
}

// seatsWith gives, for each seat of the sessions, the literal that a member
// with the value in the column has it.
func seatsWith(c *Context, sessions []int, kind, seat, column, value string) (out []cnf.Lit) {
	for _, x := range c.V.Some(sessions) {
		x.EachSeat(kind, seat, func(t *vocab.Seat) {
			if lit := takenWith(c, t, column, value); lit != c.B.False() {
				out = append(out, lit)
			}
		})
	}
	return out
}

func takenWith(c *Context, t *vocab.Seat, column, value string) cnf.Lit {
	var lits []cnf.Lit
	for _, class := range t.Classes {
		if class.First().Has(column, value) {
			lits = append(lits, t.TakenBy(class))
		}
	}
	return c.B.Or(lits...)
}
