package meetings_test

import (
	"os"
	"path/filepath"
	"testing"

	"plenary/export/meetings"
	"plenary/export/original"
	"plenary/export/original/peerscores"
)

// read reads a workbook of testdata that has no mistake.
func read(t testing.TB, name string) *meetings.Schedule {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	s, problems := meetings.Read(name, src)
	for _, p := range problems {
		t.Error(p)
	}
	if s == nil {
		t.FailNow()
	}
	return s
}

// What the example's own program says of random assignments of a file that uses
// every column, constraint by constraint.
func TestTheScoreIsThatOfTheExampleItself(t *testing.T) {
	s := read(t, "everything.xlsx")
	samples := peerscores.Read(t, "testdata/everything.scores.txt")
	if len(samples) == 0 {
		t.Fatal("no samples")
	}
	for _, sample := range samples {
		var assigned []meetings.Assignment
		for _, p := range sample.Places {
			assigned = append(assigned, meetings.Assignment{Start: p[0], Room: p[1]})
		}
		sample.Compare(t, s.Evaluate(assigned))
	}
}

// small is a file of one day from 8 to 10 and one from 8 to 9, so 12 grains, with
// rooms for 10 and 4, and three meetings of two grains.
func small() *meetings.Schedule {
	s := &meetings.Schedule{Weights: map[string]int{}, Rooms: []meetings.Room{{Name: "A", Seats: 10}, {Name: "B", Seats: 4}}, People: []string{"x", "y"}}
	for g := range 12 {
		s.Grains = append(s.Grains, meetings.Grain{Day: g / 8})
	}
	s.Meetings = []meetings.Meeting{
		{Topic: "a", Grains: 2, Required: []int{0}},
		{Topic: "b", Grains: 2, Speakers: []int{0}, Preferred: []int{1}},
		{Topic: "c", Grains: 2, Preferred: []int{0, 1}},
	}
	return s
}

func TestEachConstraintOfMeetings(t *testing.T) {
	none := meetings.Assignment{Start: -1, Room: -1}
	at := func(start, room int) meetings.Assignment { return meetings.Assignment{Start: start, Room: room} }
	for _, c := range []struct {
		name, part string
		assigned   []meetings.Assignment
		want       int64
	}{
		{"one room, one grain in common", "Room conflict", []meetings.Assignment{at(0, 0), at(1, 0), none}, 1},
		{"two rooms", "Room conflict", []meetings.Assignment{at(0, 0), at(1, 1), none}, 0},
		{"ends with the last grain", "Don't go in overtime", []meetings.Assignment{at(10, 0), none, none}, 0},
		{"ends one grain later: the number of its last", "Don't go in overtime", []meetings.Assignment{at(11, 0), none, none}, 12},
		{"required here, speaker there", "Required attendance conflict", []meetings.Assignment{at(0, 0), at(0, 1), none}, 2},
		{"speakers take no seat", "Required room capacity", []meetings.Assignment{none, at(0, 1), none}, 0},
		{"over midnight", "Start and end on same day", []meetings.Assignment{at(7, 0), none, none}, 1},
		{"required here, preferred there", "Required and preferred attendance conflict", []meetings.Assignment{at(0, 0), none, at(1, 1)}, 1},
		{"both preferred", "Preferred attendance conflict", []meetings.Assignment{none, at(0, 0), at(0, 1)}, 2},
		{"the number of the last grain", "Do all meetings as soon as possible", []meetings.Assignment{at(0, 0), at(3, 0), none}, 1 + 4},
		{"one after the other", "One TimeGrain break between two consecutive meetings", []meetings.Assignment{at(2, 0), at(0, 1), at(4, 0)}, 2},
		{"a grain between", "One TimeGrain break between two consecutive meetings", []meetings.Assignment{at(0, 0), at(3, 1), none}, 0},
		{"every pair", "Overlapping meetings", []meetings.Assignment{at(0, 0), at(1, 0), at(1, 1)}, 1 + 1 + 2},
		{"seats that the larger room has more", "Assign larger rooms first", []meetings.Assignment{at(0, 0), at(0, 1), none}, 6},
		{"two grains between, for each person of both", "Room stability", []meetings.Assignment{none, at(0, 0), at(4, 1)}, 2},
		{"three grains between", "Room stability", []meetings.Assignment{none, at(0, 0), at(5, 1)}, 0},
		{"one room", "Room stability", []meetings.Assignment{none, at(0, 0), at(4, 0)}, 0},
		{"overlapping", "Room stability", []meetings.Assignment{none, at(1, 0), at(0, 1)}, 2},
		{"starting together", "Room stability", []meetings.Assignment{none, at(0, 0), at(0, 1)}, 0},
	} {
		if got := amount(t, small().Evaluate(c.assigned), c.part); got != c.want {
			t.Errorf("%s, %s: %d, want %d", c.part, c.name, got, c.want)
		}
	}
}

// amount gives what a constraint counts.
func amount(t *testing.T, s original.Score, name string) int64 {
	t.Helper()
	for _, p := range s {
		if p.Name == name {
			return p.Amount
		}
	}
	t.Fatalf("no constraint %q", name)
	return 0
}

func TestAMeetingThatNeedsMoreSeatsThanThereAre(t *testing.T) {
	s := small()
	s.Meetings[0].Required = []int{0, 1, 2, 3, 4, 5}
	if got := amount(t, s.Evaluate([]meetings.Assignment{{Start: 0, Room: 1}, {Start: -1, Room: -1}, {Start: -1, Room: -1}}), "Required room capacity"); got != 2 {
		t.Errorf("%d seats missing, want 2", got)
	}
}
