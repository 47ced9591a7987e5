package ctt_test

import (
	"os"
	"testing"

	"plenary/export/ctt"
)

// toy is the example that the competition's description gives.
const toy = `Name: Toy
Courses: 4
Rooms: 3
Days: 5
Periods_per_day: 4
Curricula: 2
Constraints: 8

COURSES:
SceCosC Ocra 3 3 30
ArcTec Indaco 3 2 42
TecCos Rosa 5 4 40
Geotec Scarlatti 5 4 18

ROOMS:
rA 32
rB 50
rC 40

CURRICULA:
Cur1 3 SceCosC ArcTec TecCos
Cur2 2 TecCos Geotec

UNAVAILABILITY_CONSTRAINTS:
TecCos 2 0
TecCos 2 1
TecCos 3 2
TecCos 3 3
ArcTec 4 0
ArcTec 4 1
ArcTec 4 2
ArcTec 4 3

END.
`

func read(t testing.TB, name string, src []byte) *ctt.Instance {
	t.Helper()
	in, problems := ctt.Read(name, src)
	for _, p := range problems {
		t.Error(p)
	}
	if in == nil {
		t.FailNow()
	}
	return in
}

func file(t testing.TB, name string) *ctt.Instance {
	t.Helper()
	src, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, name, src)
}

// at is a lecture on a day, in a period and a room.
func at(day, period, room int) ctt.Lecture {
	return ctt.Lecture{Period: ctt.Period{Day: day, Period: period}, Room: room}
}

// good breaks nothing and costs nothing: lectures of a curriculum in pairs of
// periods that follow each other.
func good() ctt.Timetable {
	const rA, rB, rC = 0, 1, 2
	return ctt.Timetable{
		{at(0, 0, rA), at(1, 0, rA), at(4, 0, rA)},
		{at(0, 1, rB), at(1, 2, rB), at(2, 2, rB)},
		{at(0, 2, rC), at(1, 1, rC), at(2, 3, rC), at(3, 0, rC), at(4, 1, rC)},
		{at(0, 3, rA), at(1, 2, rA), at(2, 2, rA), at(3, 1, rA), at(4, 2, rA)},
	}
}

func TestEachCostOfATimetable(t *testing.T) {
	in := read(t, "toy.ctt", []byte(toy))
	for _, c := range []struct {
		name   string
		change func(ctt.Timetable)
		part   string
		want   int64
	}{
		{"a lecture that is not held", func(x ctt.Timetable) { x[0][0].Room = -1 }, "Lectures", 1},
		{"two of a course at once", func(x ctt.Timetable) { x[3][0].Period = x[3][1].Period }, "Lectures", 1},
		{"of one curriculum at once", func(x ctt.Timetable) { x[0][0].Period = x[1][0].Period }, "Conflicts", 1},
		{"of other curricula at once", func(x ctt.Timetable) { x[0][0].Period = x[3][0].Period }, "Conflicts", 0},
		{"when the course cannot be held", func(x ctt.Timetable) { x[2][3] = at(3, 2, 2) }, "Availability", 1},
		{"two in one room", func(x ctt.Timetable) { x[3][1].Room = 1 }, "RoomOccupation", 1},
		{"10 students too many", func(x ctt.Timetable) { x[1][0].Room = 0 }, "RoomCapacity", 10},
		{"as many as there are seats", func(x ctt.Timetable) { x[2][0].Room = 2 }, "RoomCapacity", 0},
		{"on three days instead of four", func(x ctt.Timetable) {
			x[3] = []ctt.Lecture{at(0, 3, 0), at(1, 2, 0), at(2, 2, 0), at(1, 3, 0), at(0, 1, 0)}
		}, "MinWorkingDays", 1},
		{"alone in two curricula", func(x ctt.Timetable) { x[2][3] = at(3, 1, 2); x[3][3] = at(3, 3, 0) }, "CurriculumCompactness", 1 + 2},
		{"in two rooms", func(x ctt.Timetable) { x[0][0].Room = 1 }, "RoomStability", 1},
		{"in three rooms", func(x ctt.Timetable) { x[0][0].Room = 1; x[0][1].Room = 2 }, "RoomStability", 2},
	} {
		x := good()
		c.change(x)
		for _, p := range in.Evaluate(x) {
			if p.Name == c.part && p.Amount != c.want {
				t.Errorf("%s: %s counts %d, want %d", c.name, p.Name, p.Amount, c.want)
			}
		}
	}
}

func TestAGoodTimetableBreaksNothing(t *testing.T) {
	score := read(t, "toy.ctt", []byte(toy)).Evaluate(good())
	if score.Cost(0) != 0 {
		t.Errorf("violations: %+v", score)
	}
	// Cur1 has TecCos alone on day 3, and pairs else.
	for _, p := range score[4:] {
		want := map[string]int64{"CurriculumCompactness": 1}[p.Name]
		if p.Amount != want {
			t.Errorf("%s: %d, want %d", p.Name, p.Amount, want)
		}
	}
}
