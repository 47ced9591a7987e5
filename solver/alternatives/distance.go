package alternatives

import (
	"cmp"
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// Near is how many days a session may start earlier or later and still count
// as held at the same time.
const Near = 3

// Difference is how far a plan is from another where people look.
type Difference struct {
	// Places is the number of sessions that start more than Near days apart,
	// meet at another station, or are held in one plan alone; a short session
	// also when it starts in another slot.
	Places int
	// Order is the number of sessions that, in the second plan, start before the
	// session that started last before them in the first.
	Order int
	// Groups is the number of sessions of the first plan in which a seat of one
	// member, which a balance rule asks for, goes to a member of another group:
	// the moderator of a panel.
	Groups int
}

// Total is the distance.
func (d Difference) Total() int { return d.Places + d.Order + d.Groups }

// String says the difference in words.
func (d Difference) String() string {
	return fmt.Sprintf("%s at another time or place, %s before those that they followed, %s with moderators of other groups",
		sessions(d.Places), sessions(d.Order), sessions(d.Groups))
}

func sessions(n int) string {
	if n == 1 {
		return "1 session"
	}
	return fmt.Sprintf("%d sessions", n)
}

// Between measures how far the second plan is from the first.
func Between(s *scenario.Scenario, instances []rule.Instance, first, second *plan.Plan) (d Difference) {
	for i := range s.Sessions {
		x := &s.Sessions[i]
		if !alike(x, first.Session(x.ID), second.Session(x.ID)) {
			d.Places++
		}
	}
	for _, pair := range following(s, first) {
		a, b := second.Session(s.Sessions[pair[0]].ID), second.Session(s.Sessions[pair[1]].ID)
		if a != nil && b != nil && b.First() < a.First() {
			d.Order++
		}
	}
	for i, places := range seated(s, instances, first) {
		x := second.Session(s.Sessions[i].ID)
		if len(places) > 0 && (x == nil || slices.ContainsFunc(places, func(p place) bool { return !p.kept(x) })) {
			d.Groups++
		}
	}
	return d
}

// alike tells whether a session is at the same time and place in two plans.
func alike(x *scenario.Session, a, b *plan.Session) bool {
	switch {
	case a == nil || b == nil:
		return a == nil && b == nil
	case a.Station != b.Station:
		return false
	case x.Short && len(a.Meetings) > 0:
		return len(b.Meetings) > 0 && a.Meetings[0].Day == b.Meetings[0].Day && a.Meetings[0].Slot == b.Meetings[0].Slot
	}
	return max(a.First()-b.First(), b.First()-a.First()) <= calendar.Day(Near)
}

// following gives the pairs of sessions, no short ones, of which the second is
// the next to start in a plan, on a later day.
func following(s *scenario.Scenario, p *plan.Plan) (out [][2]int) {
	var order []int
	for i := range s.Sessions {
		if !s.Sessions[i].Short && p.Session(s.Sessions[i].ID) != nil {
			order = append(order, i)
		}
	}
	first := func(i int) calendar.Day { return p.Session(s.Sessions[i].ID).First() }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(first(a), first(b)) })
	for k := 1; k < len(order); k++ {
		if first(order[k-1]) < first(order[k]) {
			out = append(out, [2]int{order[k-1], order[k]})
		}
	}
	return out
}

// place is a seat of one member in a meeting, with the group that has it.
type place struct {
	kind    string
	number  int
	seat    *scenario.Seat
	over    string   // the column that names the group
	group   []string // its values
	members []string // ids of the members of the group
}

func (p place) kept(x *plan.Session) bool {
	return slices.ContainsFunc(x.Meetings, func(m plan.Meeting) bool {
		ids := m.Seats[p.seat.ID]
		return m.Kind == p.kind && m.Number == p.number && len(ids) == 1 && slices.Contains(p.members, ids[0])
	})
}

// seated gives, for each session, the seats of one member that a balance rule
// asks for, with the groups that have them in a plan.
func seated(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan) map[int][]place {
	out := map[int][]place{}
	for i := range instances {
		balance, ok := instances[i].Rule.(*rule.Balance)
		if !ok {
			continue
		}
		for _, at := range balance.Sessions {
			x := p.Session(s.Sessions[at].ID)
			if x == nil {
				continue
			}
			for _, m := range x.Meetings {
				if seat := seatOf(&s.Sessions[at], m.Kind, balance.Seat); seat != nil && len(m.Seats[balance.Seat]) == 1 {
					out[at] = append(out[at], groupOf(s, seat, m, balance.Over))
				}
			}
		}
	}
	return out
}

// seatOf gives the seat of a kind of meeting if it takes one member.
func seatOf(x *scenario.Session, kind, seat string) *scenario.Seat {
	for k := range x.Programmed {
		for i := range x.Programmed[k].Seats {
			if t := &x.Programmed[k].Seats[i]; x.Programmed[k].Kind == kind && t.ID == seat && t.Number() == 1 {
				return t
			}
		}
	}
	return nil
}

func groupOf(s *scenario.Scenario, seat *scenario.Seat, m plan.Meeting, over string) place {
	out := place{kind: m.Kind, number: m.Number, seat: seat, over: over}
	eligible := s.Eligible(*seat)
	for _, member := range eligible {
		if member.ID == m.Seats[seat.ID][0] {
			out.group = member.Values[over]
		}
	}
	for _, member := range eligible {
		if slices.Equal(member.Values[over], out.group) {
			out.members = append(out.members, member.ID)
		}
	}
	return out
}

// samePlaces gives, for each session, the literal that it is at the same time and place as
// in a known plan: a point of distance that a plan does not have.
func samePlaces(v *vocab.Vocabulary, s *scenario.Scenario, known *plan.Plan) (out []cnf.Lit) {
	for i := range s.Sessions {
		out = append(out, likely(v, s, i, known.Session(s.Sessions[i].ID)))
	}
	return out
}

// sameOrder gives the literals that sessions do not start before those that they followed.
func sameOrder(v *vocab.Vocabulary, s *scenario.Scenario, known *plan.Plan) (out []cnf.Lit) {
	b := v.B
	for _, pair := range following(s, known) {
		x, y := v.Session(pair[0]), v.Session(pair[1])
		var before []cnf.Lit // the second starts before the first
		for d := y.Domain.Days.First; d <= y.Domain.Days.Last; d++ {
			before = append(before, b.And(x.Held(), y.StartedBy(d), x.StartedBy(d).Not()))
		}
		out = append(out, b.Or(before...).Not())
	}
	return out
}

// sameGroups gives the literals that all seats of a session which a balance rule asks for
// stay with their groups.
func sameGroups(v *vocab.Vocabulary, s *scenario.Scenario, instances []rule.Instance, known *plan.Plan) (out []cnf.Lit) {
	groups := seated(s, instances, known)
	for i := range s.Sessions {
		if len(groups[i]) == 0 {
			continue
		}
		var all []cnf.Lit
		for _, p := range groups[i] {
			all = append(all, p.taken(v, i))
		}
		out = append(out, v.B.And(all...))
	}
	return out
}

// taken says that a member of the group has the seat.
func (p place) taken(v *vocab.Vocabulary, session int) cnf.Lit {
	x := v.Session(session)
	var some []cnf.Lit
	for _, t := range x.Seats(x.Kind(p.kind), p.number, p.seat.ID) {
		for _, c := range t.Classes {
			if slices.Equal(c.First().Values[p.over], p.group) {
				some = append(some, t.TakenBy(c))
			}
		}
	}
	return v.B.Or(some...)
}

// likely says that a session is at the same time and place as it was.
func likely(v *vocab.Vocabulary, s *scenario.Scenario, session int, old *plan.Session) cnf.Lit {
	b, x := v.B, v.Session(session)
	if old == nil {
		return x.Held().Not()
	}
	there := x.At(s.Station(old.Station))
	if s.Sessions[session].Short && len(old.Meetings) > 0 {
		slot := slices.IndexFunc(s.Slots, func(k scenario.Slot) bool { return k.ID == old.Meetings[0].Slot })
		return b.And(there, x.Starts(old.Meetings[0].Day, slot))
	}
	return b.And(there, x.StartedBy(old.First()+calendar.Day(Near)), x.StartedBy(old.First()-calendar.Day(Near)-1).Not())
}
