package ctt_test

import (
	"os"
	"strings"
	"testing"

	"plenary/export/ctt"
)

// FuzzRead reads any bytes: no panic, a place for every problem, and a scenario
// for what is sound.
func FuzzRead(f *testing.F) {
	src, err := os.ReadFile("testdata/comp01.ctt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(src)
	f.Add([]byte(toy))
	f.Add([]byte(strings.ReplaceAll(toy, "\n", "\r\n")))
	f.Add([]byte("Name: x\nCourses: 1\nRooms: 1\nDays: 7\nPeriods_per_day: 24\nCurricula: 0\nConstraints: 0\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		in, problems := ctt.Read("x.ctt", src)
		if (in == nil) != (len(problems) > 0) {
			t.Fatalf("instance %v, problems %v", in, problems)
		}
		for _, p := range problems {
			if p.Place.File != "x.ctt" || p.Message == "" {
				t.Errorf("%+v", p)
			}
		}
		if in != nil {
			in.Scenario()
		}
	})
}

// Each mistake is one problem, on its line.
func TestMistakesInATimetable(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"not the format", "Name: Toy", "Title: Toy", "x.ctt:1:1: the file does not begin with Name:"},
		{"a count that is none", "Days: 5", "Days: five", `x.ctt:4:7: "five" is not a number from 1 to 7`},
		{"a count out of order", "Rooms: 3\nDays: 5", "Days: 5\nRooms: 3", "x.ctt:3:1: Rooms: and a number are expected here"},
		{"a section that is missing", "ROOMS:\n", "", "x.ctt:15:1: ROOMS: is expected here"},
		{"too few lines announced", "Constraints: 8", "Constraints: 7", "x.ctt:32:1: END. is expected here"},
		{"a course twice", "ArcTec Indaco 3 2 42", "SceCosC Indaco 3 2 42", `x.ctt:11:1: the course "SceCosC" stands here for the second time`},
		{"a field too few", "rB 50", "rB", "x.ctt:17:1: a room has two fields"},
		{"a room twice", "rB 50", "rA 50", `x.ctt:17:1: the room "rA" stands here for the second time`},
		{"a curriculum of another size", "Cur2 2", "Cur2 3", "x.ctt:22:6: the number of courses is given as 3, and 2 stand here"},
		{"a period that there is not", "TecCos 3 3", "TecCos 3 4", `x.ctt:28:10: "4" is not a number from 0 to 3`},
		{"an end too early", "ArcTec 4 3\n\nEND.\n", "", "x.ctt:32:1: the file ends in the section UNAVAILABILITY_CONSTRAINTS:, for which 8 lines are announced"},
		{"a course that there is not", "TecCos 3 3", "TecCos2 3 3", `x.ctt:28:1: no course is called "TecCos2"`},
	} {
		src := strings.Replace(toy, c.old, c.new, 1)
		if src == toy {
			t.Fatalf("%s: nothing was replaced", c.name)
		}
		_, problems := ctt.Read("x.ctt", []byte(src))
		if len(problems) == 0 || problems[0].Error() != c.want {
			t.Errorf("%s: %v, want %s", c.name, problems, c.want)
		}
		if c.name != "a course twice" && len(problems) > 1 { // whose lines then lack a course
			t.Errorf("%s: %d problems for one mistake: %v", c.name, len(problems), problems)
		}
	}
}
