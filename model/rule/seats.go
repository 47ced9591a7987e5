package rule

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

var seatsKind = Kind{
	Name: "seats", Unit: "seat",
	Doc: "Every seat of a meeting is filled from its rosters, by different members, who are available on all days of the session. The excess is the seats for which that is not so.",
	New: func() Rule { return &Seats{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			x := &s.Sessions[i]
			for k := range x.Programmed {
				if len(x.Programmed[k].Seats) > 0 {
					c := Common{Origin: x.Programmed[k].Origin, Mandate: x.Programmed[k].Mandate}
					if c.Mandate == "" {
						c.Mandate = x.Mandate
					}
					out = append(out, &Seats{c, one(i), k})
				}
			}
		}
		return out
	},
	Structural: true,
}

// Seats asks that the seats of one kind of meeting in a session are filled.
type Seats struct {
	Common
	Selection
	Kind int // position in the session's programme
}

func (r *Seats) resolve(*scenario.Scenario, *diag.List) {}

func (r *Seats) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Seats) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("every seat of each %s in %s is filled by an available member of its rosters", spaced(s.Sessions[r.Sessions[0]].Programmed[r.Kind].Kind), name(s, r.Sessions[0]))
}

// Check counts seats that are empty, wrongly filled or too many.
func (r *Seats) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		kind := &f.S.Sessions[at[i]].Programmed[r.Kind]
		for _, m := range x.Meetings {
			if m.Kind != kind.Kind {
				continue
			}
			add := func(n int, text string) {
				out = append(out, Finding{n, meetingOf(f.S, at[i], m.Kind, m.Number) + ": " + text, []string{x.ID}})
			}
			seen := map[string]bool{}
			for j := range kind.Seats {
				seat := &kind.Seats[j]
				members := m.Seats[seat.ID]
				if n := seat.Number() - len(members); n != 0 {
					have := "have"
					if len(members) == 1 {
						have = "has"
					}
					add(max(n, -n), fmt.Sprintf("%s instead of %d %s the seat %s", plural(len(members), "member"), seat.Number(), have, spaced(seat.ID)))
				}
				for _, id := range members {
					if why := unfit(f, x, seat, id); why != "" {
						add(1, why)
					} else if seen[id] {
						add(1, f.S.MemberName(id)+" sits there twice")
					}
					seen[id] = true
				}
			}
			for id := range m.Seats {
				if seatOf(kind, id) == nil {
					add(1, "there is no seat "+spaced(id))
				}
			}
		}
	}
	return out
}

// unfit says why a member cannot take the seat, "" when it can.
func unfit(f *Facts, x *plan.Session, seat *scenario.Seat, id string) string {
	for _, m := range f.S.Eligible(*seat) {
		if m.ID != id {
			continue
		}
		if slices.ContainsFunc(x.Days, m.AwayOn) {
			return fmt.Sprintf("%s has the seat %s but is not available", f.S.MemberName(m.ID), spaced(seat.ID))
		}
		return ""
	}
	return fmt.Sprintf("%s cannot take the seat %s", f.S.MemberName(id), spaced(seat.ID))
}
