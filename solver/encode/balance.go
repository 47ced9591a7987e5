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
	var wanted []cnf.Lit // that a group has its first seat, its second and so on, up to its least
	for i, group := range r.Values {
		lits := seatsWith(c, r.Sessions, "", r.Seat, r.Over, group)
		want := r.Wanted(group)
		upper := want.Max
		if upper == source.NoMost {
			upper = -1
		}
		if want.Min == 0 || c.Hard || c.Sums {
			c.bounds(lits, want.Min, upper)
		} else {
			t := c.unary(c.counted(lits, want.Min, upper))
			for n := 1; n <= min(want.Min, t.Cap()); n++ {
				wanted = append(wanted, t.AtLeast(n))
			}
		}
		if r.Even {
			counts[i] = cnf.NewTotalizer(c.B, lits, len(lits), cnf.BothWays)
			most = max(most, len(lits))
		}
	}
	if wanted != nil {
		shareSeats(c, r, wanted)
	}
	if !r.Even {
		return
	}
	// The largest group less the smallest: the numbers n that one group
	// reaches and another does not.
	var some, all []cnf.Lit // [n-1]: some group, all groups reach n
	for n := 1; n <= most; n++ {
		var reach []cnf.Lit
		for _, t := range counts {
			reach = append(reach, c.atLeast(t, n))
		}
		some, all = append(some, c.B.Or(reach...)), append(all, c.B.And(reach...))
		c.Add(1, some[n-1], all[n-1].Not())
	}
	tieToSeats(c, r, some, all)
}

// tieToSeats adds what follows already, but only by counting, at which clauses
// are bad: all of G groups reach n only if there are G·n seats, and some group
// reaches n+1 if there are more than G·n. It cut the proof that 18 seats can't
// be even over five groups from 20 s to nothing.
func tieToSeats(c *Context, r *rule.Balance, some, all []cnf.Lit) {
	total, atMostOne, atLeastOne := seatsOf(c, r)
	groups := len(r.Values)
	for n := 0; n <= len(some); n++ {
		if atMostOne && n >= 1 {
			c.B.Clause(all[n-1].Not(), c.atLeast(total, groups*n))
		}
		if atLeastOne {
			beyond := c.B.False()
			if n < len(some) {
				beyond = some[n]
			}
			c.B.Clause(beyond, c.atLeast(total, groups*n+1).Not())
		}
	}
}

// shareSeats adds what follows already, but only by counting: groups cannot have more
// seats together than there are. Without it, no way out was found in two minutes of
// five groups that want four of 18 seats each.
func shareSeats(c *Context, r *rule.Balance, wanted []cnf.Lit) {
	total, atMostOne, _ := seatsOf(c, r)
	if !atMostOne {
		return
	}
	have := cnf.NewTotalizer(c.B, wanted, len(wanted), cnf.Upward)
	for n := 1; n <= len(wanted); n++ {
		c.B.Clause(have.AtLeast(n).Not(), c.atLeast(total, n))
	}
}

// seatsOf counts the seats that there are, and tells whether each member who can take
// one is in at most one group, and in at least one.
func seatsOf(c *Context, r *rule.Balance) (total *cnf.Totalizer, atMostOne, atLeastOne bool) {
	var seats []cnf.Lit
	atMostOne, atLeastOne = true, true
	for _, x := range c.V.Some(r.Sessions) {
		x.EachSeat("", r.Seat, func(t *vocab.Seat) {
			seats = append(seats, t.Exists)
			for _, class := range t.Classes {
				values := len(class.First().Values[r.Over])
				atMostOne, atLeastOne = atMostOne && values <= 1, atLeastOne && values >= 1
			}
		})
	}
	return cnf.NewTotalizer(c.B, seats, len(seats), cnf.BothWays), atMostOne, atLeastOne
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
