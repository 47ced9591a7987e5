package ctt_test

import (
	"math/rand/v2"
	"testing"

	"plenary/export/ctt"
	"plenary/export/original/agreement"
)

// Random timetables cost the same by the scenario and by the competition's count:
// those that break what is hard, and those that do not.
func TestTheScenarioCostsWhatTheCompetitionCounts(t *testing.T) {
	for name, in := range map[string]*ctt.Instance{"toy.ctt": read(t, "toy.ctt", []byte(toy)), "comp01.ctt": file(t, "comp01.ctt")} {
		careful := name == "toy.ctt" // a random hand finds no feasible timetable for the other
		c := agreement.Of(t, in)
		random := rand.New(rand.NewPCG(1, 2))
		feasible := 0
		for i := range 12 {
			p := in.Plan(place(in, random, careful && i%2 == 0))
			got := c.Compare(t, p)
			if got.Violations == 0 {
				feasible++
			}
			if !got.Agree() {
				t.Errorf("%s, plan %d: %+v", name, i, got)
				c.Explain(t, p)
			}
		}
		if careful && (feasible == 0 || feasible == 12) {
			t.Errorf("%s: %d of 12 plans are feasible; both kinds are to be tried", name, feasible)
		}
	}
}

// place places the lectures: each anywhere, or where it breaks nothing hard with
// those before it, or nowhere.
func place(in *ctt.Instance, random *rand.Rand, careful bool) ctt.Timetable {
	x := make(ctt.Timetable, len(in.Courses))
	for c := range x {
		x[c] = make([]ctt.Lecture, in.Courses[c].Lectures)
		for l := range x[c] {
			x[c][l].Room = -1
		}
	}
	missing := func() int64 { return in.Evaluate(x).Cost(0) }
	for _, c := range random.Perm(len(x)) {
		for l := range x[c] {
			before := missing()
			for range 200 {
				x[c][l] = at(random.IntN(in.Days), random.IntN(in.Periods), random.IntN(len(in.Rooms)))
				if !careful || missing() == before-1 {
					break
				}
				x[c][l].Room = -1
			}
		}
	}
	return x
}

// A violation alone does not hide the costs: a lecture in a period in which its
// course cannot be held is priced like any other.
func TestCostsOfATimetableWithOneViolationAgreeToo(t *testing.T) {
	in := read(t, "toy.ctt", []byte(toy))
	x := good()
	x[2][3] = at(3, 2, 2)
	got := agreement.Of(t, in).Compare(t, in.Plan(x))
	if got.Hard != 1 || got.Violations != 1 || !got.Levels[0].Agree() {
		t.Errorf("%+v", got)
	}
}

func TestTheSolutionIsInTheFormOfTheCompetition(t *testing.T) {
	in := read(t, "toy.ctt", []byte(toy))
	x := good()
	for c := range x[1:] {
		for l := range x[c+1] {
			x[c+1][l].Room = -1
		}
	}
	got, err := in.Solution(in.Plan(x))
	if err != nil {
		t.Fatal(err)
	}
	if want := "SceCosC rA 0 0\nSceCosC rA 1 0\nSceCosC rA 4 0\n"; string(got) != want {
		t.Errorf("%q, want %q", got, want)
	}
}
