package encode

import (
	"maps"
	"slices"

	"plenary/model/rule"
	"plenary/model/source"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

func panelMix(c *Context, r *rule.PanelMix) {
	for _, x := range c.V.Some(r.Sessions) {
		kind := x.Kind(r.Kind)
		if kind < 0 || x.Scenario.FillsDay { // without a programme there are no panels
			continue
		}
		k := &x.Scenario.Programmed[kind]
		for number := 1; number <= k.Range().Max; number++ {
			var seats []*vocab.Seat
			for i := range k.Seats {
				if r.Counts(k.Seats[i].ID) {
					seats = append(seats, x.Seats(kind, number, k.Seats[i].ID)...)
				}
			}
			for _, profile := range slices.Sorted(maps.Keys(r.Profile)) {
				want := r.Profile[profile]
				upper := want.Max
				if upper == source.NoMost {
					upper = -1
				}
				var lits []cnf.Lit
				for _, t := range seats {
					lits = append(lits, takenWith(c, t, r.Column, profile))
				}
				c.bounds(lits, want.Min, upper, x.HasMeetings(kind, number))
			}
		}
	}
}
