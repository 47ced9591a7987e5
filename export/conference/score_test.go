package conference_test

import (
	"os"
	"path/filepath"
	"testing"

	"plenary/export/conference"
	"plenary/export/original/peerscores"
)

// read reads a workbook of testdata that has no mistake.
func read(t testing.TB, name string) *conference.Conference {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	c, problems := conference.Read(name, src)
	for _, p := range problems {
		t.Error(p)
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

// What the example's own program says of random assignments of a file in which
// each of the 37 constraints counts something.
func TestTheScoreIsThatOfTheExampleItself(t *testing.T) {
	c := read(t, "everything.xlsx")
	samples := peerscores.Read(t, "testdata/everything.scores.txt")
	counted := map[string]bool{}
	for _, sample := range samples {
		var assigned []conference.Assignment
		for _, p := range sample.Places {
			assigned = append(assigned, conference.Assignment{Timeslot: p[0], Room: p[1]})
		}
		sample.Compare(t, c.Evaluate(assigned))
		for name := range sample.Parts {
			counted[name] = true
		}
	}
	if len(counted) != len(c.Weights) {
		t.Errorf("%d of %d constraints count something in the samples", len(counted), len(c.Weights))
	}
}
