package meetings_test

import (
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"plenary/export/meetings"
	"plenary/export/xlsx/given"
)

// changed gives the file of testdata with other values in some cells.
func changed(t testing.TB, cells map[string]any) []byte {
	t.Helper()
	return given.Changed(t, "testdata/everything.xlsx", cells)
}

// Each mistake is one problem, with its cell.
func TestMistakesInMeetings(t *testing.T) {
	for _, c := range []struct {
		at    string
		value any
		want  string
	}{
		{"Configuration!A4", "Room clash", `x.xlsx:Configuration!A4: there is no constraint "Room clash"`},
		{"Configuration!B4", "heavy", `x.xlsx:Configuration!B4: "heavy" is not a whole number from 0 to 1000000`},
		{"Days!A2", "yesterday", `x.xlsx:Days!A2: "yesterday" is not a day`},
		{"Days!B2", "early", `x.xlsx:Days!B2: "early" is not a time of day`},
		{"Days!C2", "07:00", "x.xlsx:Days!C2: the day ends at 07:00 and starts at 08:00"},
		{"Days!A3", "Sat 2022-01-01", "x.xlsx:Days!A3: 2022-01-01 is not after 2022-01-01"},
		{"Rooms!A3", "R 1", `x.xlsx:Rooms!A3: "R 1" stands here for the second time`},
		{"Rooms!B3", 0, `x.xlsx:Rooms!B3: "0" is not a whole number from 1 to 100000`},
		{"Persons!A3", "Amy Cole", `x.xlsx:Persons!A3: "Amy Cole" stands here for the second time`},
		{"Meetings!A1", "Subject", `x.xlsx:Meetings!A1: row 1 has no heading "Topic"`},
		{"Meetings!C2", 20, "x.xlsx:Meetings!C2: 20 minutes are no multiple of 15"},
		{"Meetings!B2", "maybe", `x.xlsx:Meetings!B2: "maybe" is neither y nor empty`},
		{"Meetings!G2", "Nobody Special", `x.xlsx:Meetings!G2: there is no person "Nobody Special"`},
		{"Meetings!J2", "R 9", `x.xlsx:Meetings!J2: there is no room "R 9"`},
		{"Meetings!H2", "Mon 2022-01-03", `x.xlsx:Meetings!I2: "" is not a time of day`},
	} {
		_, problems := meetings.Read("x.xlsx", changed(t, map[string]any{c.at: c.value}))
		if len(problems) == 0 || problems[0].Error() != c.want {
			t.Errorf("%s: %v, want %s", c.at, problems, c.want)
		}
	}
}

func TestWhatIsNoWorkbookOfMeetings(t *testing.T) {
	for _, src := range []string{"", "PK", "Name: Toy"} {
		if s, problems := meetings.Read("x.xlsx", []byte(src)); s != nil || len(problems) != 1 {
			t.Errorf("%q: %v", src, problems)
		}
	}
	src, err := os.ReadFile("../conference/testdata/everything.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if s, problems := meetings.Read("x.xlsx", src); s != nil || len(problems) == 0 {
		t.Error("a conference was read as meetings")
	}
}

// What the language cannot say is said, and nothing is stated.
func TestWhatMeetingsCannotBeStated(t *testing.T) {
	for _, c := range []struct {
		at    string
		value any
		want  string
	}{
		{"Configuration!B4", 0, `"Room conflict" has weight 0`},
		{"Configuration!B11", 7, `"Required and preferred attendance conflict" and "Preferred attendance conflict" have different weights`},
		{"Rooms!B2", 5, ""},
	} {
		s, problems := meetings.Read("x.xlsx", changed(t, map[string]any{c.at: c.value, "Rooms!B4": 5}))
		if s == nil {
			t.Fatal(problems)
		}
		_, problems = s.Scenario()
		if c.want == "" {
			c.want = "needs 40 seats; the largest room has 20"
		}
		found := false
		for _, p := range problems {
			found = found || strings.Contains(p.Message, c.want)
		}
		if !found {
			t.Errorf("%s: %v, want %s", c.at, problems, c.want)
		}
	}
}

// FuzzRead reads texts in cells that hold names, numbers, days and times: no
// panic, and a place for every problem.
func FuzzRead(f *testing.F) {
	f.Add("Meetings!F2", "Amy Cole, Amy Cole")
	f.Add("Days!A2", "Sat 0000-00-00")
	f.Add("Days!C6", "24:00")
	f.Add("Meetings!C3", "1e300")
	f.Add("Rooms!B2", "NaN")
	f.Fuzz(func(t *testing.T, at, text string) {
		sheet, cell, _ := strings.Cut(at, "!")
		if _, _, err := excelize.CellNameToCoordinates(cell); err != nil || len(cell) > 5 || len(text) > 1000 {
			return
		}
		switch sheet {
		case "Configuration", "Days", "Rooms", "Persons", "Meetings":
		default:
			return
		}
		s, problems := meetings.Read("x.xlsx", changed(t, map[string]any{at: text}))
		if (s == nil) != (len(problems) > 0) {
			t.Fatalf("schedule %v, problems %v", s, problems)
		}
		for _, p := range problems {
			if !strings.HasPrefix(p.Place.File, "x.xlsx") || p.Message == "" {
				t.Errorf("%+v", p)
			}
		}
		if s != nil {
			s.Scenario()
			s.Own()
		}
	})
}

// A solution that is written is read again as it was placed.
func TestAWorkbookHoldsItsSolution(t *testing.T) {
	s := read(t, "everything.xlsx")
	assigned := make([]meetings.Assignment, len(s.Meetings))
	for i := range assigned {
		assigned[i] = meetings.Assignment{Start: 0, Room: i % len(s.Rooms)}
	}
	src, err := s.Solution(s.Plan(assigned))
	if err != nil {
		t.Fatal(err)
	}
	again, problems := meetings.Read("solved.xlsx", src)
	if again == nil {
		t.Fatal(problems)
	}
	score, complete := again.Own()
	if want := s.Evaluate(assigned); !complete || score.Cost(0) != want.Cost(0) || score.Cost(1) != want.Cost(1) || score.Cost(2) != want.Cost(2) {
		t.Errorf("%v %v, want %v", complete, score, want)
	}
}
