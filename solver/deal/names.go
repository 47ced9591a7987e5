package deal

import (
	"cmp"
	"slices"

	"plenary/model/roster"
)

// names fills seats with members of their class in turn: the member that has
// had the seat least often under the limits, then least often at all, then the
// first of the roster. Nobody sits twice in a meeting.
func (d *dealing) names() error {
	type role struct {
		limit  int // position in limits
		member string
	}
	had := map[role]int{}
	total := map[string]int{}
	for _, m := range d.meetings {
		present := map[string]bool{}
		for _, t := range m.seats {
			var limits []int
			for i, l := range d.limits {
				if l.Seat == t.name && slices.Contains(l.Sessions, m.session) {
					limits = append(limits, i)
				}
			}
			load := func(x *roster.Member) (n int) {
				for _, l := range limits {
					n = max(n, had[role{l, x.ID}])
				}
				return n
			}
			var best *roster.Member
			for _, x := range t.members {
				if present[x.ID] {
					continue
				}
				if best == nil || cmp.Or(cmp.Compare(load(x), load(best)), cmp.Compare(total[x.ID], total[best.ID])) < 0 {
					best = x
				}
			}
			if best == nil {
				return ErrNames
			}
			for _, l := range limits {
				if had[role{l, best.ID}]++; had[role{l, best.ID}] > d.limits[l].Each.Max {
					return ErrNames
				}
			}
			total[best.ID]++
			present[best.ID] = true
			if m.Seats == nil {
				m.Seats = map[string][]string{}
			}
			m.Seats[t.name] = append(m.Seats[t.name], best.ID)
		}
	}
	return nil
}
