package conference_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"plenary/export/conference"
	"plenary/export/xlsx/given"
)

// changed gives the file of testdata with other values in some cells.
func changed(t testing.TB, cells map[string]any) []byte {
	t.Helper()
	return given.Changed(t, "testdata/everything.xlsx", cells)
}

// Each mistake is one problem, with its cell.
func TestMistakesInAConference(t *testing.T) {
	for _, c := range []struct {
		at    string
		value any
		want  string
	}{
		{"Configuration!A5", "Room shut", `x.xlsx:Configuration!A5: there is no constraint "Room shut"`},
		{"Configuration!B5", "heavy", `x.xlsx:Configuration!B5: "heavy" is not a weight up to 1000000`},
		{"Configuration!B2", -1, `x.xlsx:Configuration!B2: "-1" is not a whole number from 0 to 1440`},
		{"Timeslots!A2", "yesterday", `x.xlsx:Timeslots!A2: "yesterday" is not a day`},
		{"Timeslots!C2", "10:00", "x.xlsx:Timeslots!C2: the timeslot ends at 10:00 and starts at 10:15"},
		{"Timeslots!D2", "", "x.xlsx:Timeslots!D2: the timeslot has no talk type"},
		{"Rooms!B3", 0, `x.xlsx:Rooms!B3: "0" is not a whole number from 1 to 1000000`},
		{"Rooms!C3", "Party", `x.xlsx:Rooms!C3: there is no talk type "Party"`},
		{"Rooms!G4", "no", "x.xlsx:Rooms!G4: the cell should be empty"},
		{"Rooms!G4", "#FF0000", "x.xlsx:Rooms!G4: the colour #FF0000 means nothing here"},
		{"Speakers!B3", "Sunny", `x.xlsx:Speakers!B3: there is no timeslot tag "Sunny"`},
		{"Speakers!F3", "Sunny", `x.xlsx:Speakers!F3: there is no room tag "Sunny"`},
		{"Talks!A3", "S00", `x.xlsx:Talks!A3: "S00" stands here for the second time`},
		{"Talks!C2", "Party", `x.xlsx:Talks!C2: there is no talk type "Party"`},
		{"Talks!D2", "Nobody Special", `x.xlsx:Talks!D2: there is no speaker "Nobody Special"`},
		{"Talks!H2", 0, `x.xlsx:Talks!H2: "0" is not a whole number from 1 to 1000000`},
		{"Talks!T2", "S00", "x.xlsx:Talks!T2: a talk cannot come before itself"},
		{"Talks!W2", true, "x.xlsx:Talks!W2: the talk is pinned and has no place"},
		{"Talks!AA2", "R 9", `x.xlsx:Talks!AA2: there is no room "R 9"`},
	} {
		_, problems := conference.Read("x.xlsx", changed(t, map[string]any{c.at: c.value}))
		if len(problems) == 0 || problems[0].Error() != c.want {
			t.Errorf("%s: %v, want %s", c.at, problems, c.want)
		}
	}
}

// What the language cannot say is said, and nothing is stated.
func TestWhatAConferenceCannotBeStated(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells map[string]any
		want  string
	}{
		{"crowds that cost something", map[string]any{"Configuration!B12": "0hard/0medium/1soft"}, `"Crowd control" has a weight that is not hard`},
		{"two talks in a room", map[string]any{"Configuration!B6": "0hard/0medium/0soft"}, `"Room conflict" has no hard weight`},
		{"a reward that is demanded", map[string]any{"Configuration!B33": "1hard/0medium/0soft"}, `"Language diversity" is a reward with a hard weight`},
		{"talks of two lengths", map[string]any{"Timeslots!A14": "Tue 2018-10-02", "Timeslots!B14": "18:00", "Timeslots!C14": "19:00", "Timeslots!D14": "Breakout"}, "timeslots of type Breakout are 45 and 60 minutes long"},
	} {
		s, problems := conference.Read("x.xlsx", changed(t, c.cells))
		if s == nil {
			t.Fatal(problems)
		}
		_, problems = s.Scenario()
		found := false
		for _, p := range problems {
			found = found || p.Message == c.want
		}
		if !found {
			t.Errorf("%s: %v, want %s", c.name, problems, c.want)
		}
	}
}

// FuzzRead reads texts in any cell: no panic, and a place for every problem.
func FuzzRead(f *testing.F) {
	f.Add("Talks!D2", "Amy Cole, Amy Cole")
	f.Add("Timeslots!A2", "Mon 0000-00-00")
	f.Add("Timeslots!B2", "00:01")
	f.Add("Configuration!B7", "1hard/1medium/1soft")
	f.Add("Talks!T2", "S01, S99")
	f.Fuzz(func(t *testing.T, at, text string) {
		sheet, cell, _ := strings.Cut(at, "!")
		if _, _, err := excelize.CellNameToCoordinates(cell); err != nil || len(cell) > 5 || len(text) > 1000 || strings.HasPrefix(text, "#") {
			return
		}
		switch sheet {
		case "Configuration", "Timeslots", "Rooms", "Speakers", "Talks":
		default:
			return
		}
		s, problems := conference.Read("x.xlsx", changed(t, map[string]any{at: text}))
		if (s == nil) != (len(problems) > 0) {
			t.Fatalf("conference %v, problems %v", s, problems)
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
	c := read(t, "everything.xlsx")
	assigned := make([]conference.Assignment, len(c.Talks))
	for i, talk := range c.Talks {
		for slot, x := range c.Timeslots {
			if x.Types[0] == talk.Type {
				assigned[i] = conference.Assignment{Timeslot: slot, Room: i % len(c.Rooms)}
			}
		}
	}
	src, err := c.Solution(c.Plan(assigned))
	if err != nil {
		t.Fatal(err)
	}
	again, problems := conference.Read("solved.xlsx", src)
	if again == nil {
		t.Fatal(problems)
	}
	score, complete := again.Own()
	if want := c.Evaluate(assigned); !complete || score.Cost(0) != want.Cost(0) || score.Cost(1) != want.Cost(1) || score.Cost(2) != want.Cost(2) {
		t.Errorf("%v %v, want %v", complete, score, want)
	}
}
