package meetings_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"plenary/export/meetings"
	"plenary/export/original/agreement"
)

// Random plans cost the same by the scenario and by the example's own count:
// those that break what is hard, and those that do not.
func TestTheScenarioCostsWhatTheExampleCounts(t *testing.T) {
	for name, plans := range map[string]int{"everything.xlsx": 8, "50meetings-160timegrains-5rooms.xlsx": 2} {
		s := read(t, name)
		c := agreement.Of(t, s)
		random := rand.New(rand.NewPCG(1, 2))
		feasible := 0
		for i := range plans {
			assigned := place(s, random, i%2 == 0)
			p := s.Plan(assigned)
			got := c.Compare(t, p)
			if !got.Agree() {
				t.Errorf("%s, plan %d: %+v", name, i, got)
				c.Explain(t, p)
			}
			if got.Violations == 0 {
				feasible++
			}
			// Where somebody required is wanted twice, the tier of those invited
			// counts that too, beside the violation.
			got.Levels[0].Original += int64(s.Weights["Preferred attendance conflict"]) * amount(t, s.Evaluate(assigned), "Required attendance conflict")
			for _, l := range got.Levels {
				if !l.Agree() {
					t.Errorf("%s, plan %d, %d violations: %+v", name, i, got.Violations, l)
				}
			}
		}
		if plans == 8 && (feasible == 0 || feasible == 8) {
			t.Errorf("%s: %d of 8 plans are feasible; both kinds are to be tried", name, feasible)
		}
	}
}

// place places the meetings, the longest first: each anywhere within a day, or where
// it breaks nothing hard with those before it, or nowhere.
func place(s *meetings.Schedule, random *rand.Rand, careful bool) []meetings.Assignment {
	assigned := make([]meetings.Assignment, len(s.Meetings))
	for i := range assigned {
		assigned[i] = meetings.Assignment{Start: -1, Room: -1}
	}
	order := random.Perm(len(assigned))
	slices.SortStableFunc(order, func(a, b int) int { return s.Meetings[b].Grains - s.Meetings[a].Grains })
	for _, i := range order {
		for range 400 {
			a := meetings.Assignment{Start: random.IntN(len(s.Grains)), Room: random.IntN(len(s.Rooms))}
			last := a.Start + s.Meetings[i].Grains - 1
			if last >= len(s.Grains) || s.Grains[last].Day != s.Grains[a.Start].Day {
				continue
			}
			assigned[i] = a
			if hard := s.Evaluate(assigned)[1:].Cost(0); !careful || hard == 0 { // but for those not yet placed
				break
			}
			assigned[i] = meetings.Assignment{Start: -1, Room: -1}
		}
	}
	return assigned
}
