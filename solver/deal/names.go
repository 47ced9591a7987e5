package deal

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"plenary/model/roster"
	"plenary/model/scenario"
)

// draw gives every member of every roster a lot, by the seed.
func draw(s *scenario.Scenario, seed int) map[*roster.Member]int {
	source := rand.New(rand.NewPCG(uint64(seed), 0))
	lot := map[*roster.Member]int{}
	for i := range s.Rosters {
		members := s.Rosters[i].Table.Members
		for k, n := range source.Perm(len(members)) {
			lot[members[k]] = n
		}
	}
	return lot
}

// names fills seats with members of their class in turn: the member that has
// had the seat least often under the limits, then least often at all, then the
// first by lot. Nobody sits twice in a meeting.
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
				if best == nil || cmp.Or(cmp.Compare(load(x), load(best)), cmp.Compare(total[x.ID], total[best.ID]), cmp.Compare(d.lot[x], d.lot[best])) < 0 {
					best = x
				}
			}
			if best == nil {
				return ErrNames
			}
			for _, l := range limits {
				// A class of one leaves no choice: the solver has decided that a
				// soft limit is worth breaking.
				if had[role{l, best.ID}]++; had[role{l, best.ID}] > d.limits[l].Each.Max && len(t.members) > 1 {
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
		if old := d.before(m, false); old != nil {
			for name, members := range m.Seats {
				m.Seats[name] = inOrder(members, old.Seats[name])
			}
		}
	}
	return nil
}

// inOrder gives the members of seats of one name, each who was there before in
// the same place, and those who are new in the places of those who went.
func inOrder(members, before []string) []string {
	fresh := slices.DeleteFunc(slices.Clone(members), func(id string) bool { return slices.Contains(before, id) })
	var out []string
	for _, id := range before {
		switch {
		case slices.Contains(members, id):
			out = append(out, id)
		case len(fresh) > 0:
			out, fresh = append(out, fresh[0]), fresh[1:]
		}
	}
	return append(out, fresh...)
}
