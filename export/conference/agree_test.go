package conference_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"plenary/export/conference"
	"plenary/export/original/agreement"
)

// Random plans cost the same by the scenario and by the example's own count:
// those that break what is hard, and those that do not.
func TestTheScenarioCostsWhatTheExampleCounts(t *testing.T) {
	for name, careful := range map[string]int{"everything.xlsx": 0, "18talks-6timeslots-5rooms.xlsx": 4} {
		s := read(t, name)
		c := agreement.Of(t, s)
		random := rand.New(rand.NewPCG(1, 2))
		feasible := 0
		for i := range 10 {
			p := s.Plan(place(s, random, i < careful))
			got := c.Compare(t, p)
			if got.Violations == 0 {
				feasible++
			}
			if !got.Agree() {
				t.Errorf("%s, plan %d: %+v", name, i, got)
				c.Explain(t, p)
			}
			for _, l := range got.Levels {
				if !l.Agree() && len(p.Sessions) == len(s.Talks) { // the constant parts are of plans with all talks
					t.Errorf("%s, plan %d, %d violations: %+v", name, i, got.Violations, l)
				}
			}
		}
		if careful > 0 && feasible == 0 { // with everything, nothing is feasible
			t.Errorf("%s: no plan is feasible; both kinds are to be tried", name)
		}
	}
}

// pinned is 1 for a pinned talk.
func pinned(c *conference.Conference, talk int) int {
	if c.Talks[talk].Pinned {
		return 1
	}
	return 0
}

// place places the talks, pinned ones first: each anywhere, or where it breaks
// nothing hard with those before it, or nowhere.
func place(c *conference.Conference, random *rand.Rand, careful bool) []conference.Assignment {
	assigned := make([]conference.Assignment, len(c.Talks))
	for i := range assigned {
		assigned[i] = conference.Assignment{Timeslot: -1, Room: -1}
	}
	order := random.Perm(len(assigned))
	slices.SortStableFunc(order, func(a, b int) int { return pinned(c, b) - pinned(c, a) })
	for _, i := range order {
		for range 400 {
			a := conference.Assignment{Timeslot: random.IntN(len(c.Timeslots)), Room: random.IntN(len(c.Rooms))}
			types := c.Rooms[a.Room].Types
			if !slices.Contains(c.Timeslots[a.Timeslot].Types, c.Talks[i].Type) || len(types) > 0 && !slices.Contains(types, c.Talks[i].Type) {
				continue
			}
			if careful && c.Talks[i].Pinned {
				a = c.Assigned[i]
			}
			assigned[i] = a
			if hard := c.Evaluate(assigned)[1:].Cost(0); !careful || hard == 0 { // but for those not yet placed
				break
			}
			assigned[i] = conference.Assignment{Timeslot: -1, Room: -1}
		}
	}
	return assigned
}
