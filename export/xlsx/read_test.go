package xlsx_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"plenary/export/xlsx"
	"plenary/model/calendar"
	"plenary/model/scenario"
	"plenary/scenarios"
)

// workbook gives a workbook with the cells on its first visible sheet, which is
// the second.
func workbook(t testing.TB, cells map[string]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	experts, err := f.NewSheet("Experts")
	check(err)
	f.SetActiveSheet(experts) // the active one cannot be hidden
	check(f.SetSheetVisible("Sheet1", false))
	own, err := f.NewStyle(&excelize.Style{CustomNumFmt: &[]string{`[$-409]d" day "mmm yyyy`}[0]})
	check(err)
	euro, err := f.NewStyle(&excelize.Style{CustomNumFmt: &[]string{`#,##0 "dollars [y]"`}[0]})
	check(err)
	for at, value := range cells {
		check(f.SetCellValue("Experts", at, value))
		switch {
		case strings.HasPrefix(at, "C") && at != "C1":
			check(f.SetCellStyle("Experts", at, at, own))
		case strings.HasPrefix(at, "D") && at != "D1":
			check(f.SetCellStyle("Experts", at, at, euro))
		}
	}
	var b bytes.Buffer
	check(f.Write(&b))
	return b.Bytes()
}

func TestASheetIsReadAsItsReaderSeesIt(t *testing.T) {
	day := time.Date(2018, 5, 7, 0, 0, 0, 0, time.UTC)
	sheet, err := xlsx.Read("x.xlsx", workbook(t, map[string]any{
		"A1": "id", "B1": "name", "C1": "from", "D1": "fee",
		"A2": "a", "B2": "=SUM(1,2)", "C2": 43227, "D2": 1200,
		"B4": day, "C4": "43227",
	}))
	if err != nil || sheet.Name != "Experts" {
		t.Fatal(sheet.Name, err)
	}
	want := [][]string{{"id", "name", "from", "fee"}, {"a", "=SUM(1,2)", "2018-05-07", "1200"}, nil, {"", "2018-05-07", "43227"}}
	if !slices.EqualFunc(sheet.Cells, want, func(a, b []string) bool { return slices.Equal(a, b) }) {
		t.Errorf("%q, want %q", sheet.Cells, want)
	}
}

const scenarioText = `plenary: 1
title: Water
period: 2018-01-01..2018-12-31
stations: {geneva: {zone: Europe/Zurich}}
rosters: {experts: {file: experts.xlsx, join: [away.xlsx]}}
programmes: {p: {meetings: [{kind: panel, seats: {moderator: {from: experts}}}]}}
sessions: [{id: opening, at: geneva, programme: p}]
`

// read reads the scenario with two workbooks and gives what is wrong.
func read(t *testing.T, experts, away map[string]any) (*scenario.Scenario, []string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, src := range map[string][]byte{"s.yaml": []byte(scenarioText), "experts.xlsx": workbook(t, experts), "away.xlsx": workbook(t, away)} {
		if err := os.WriteFile(name, src, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, problems := scenario.Read("s.yaml", scenario.Sources{Library: scenarios.FS, Workbook: xlsx.Read})
	var out []string
	for _, p := range problems.Sorted() {
		out = append(out, p.Error())
	}
	return s, out
}

func TestRostersAndDaysAwayStandInWorkbooks(t *testing.T) {
	s, problems := read(t,
		map[string]any{"A1": "id", "B1": "name", "A2": "ann", "B2": "Ann", "A3": "bo", "B3": "Bo"},
		map[string]any{"A1": "id", "C1": "unavailable", "A2": "bo", "C2": 43227, "A4": "ann", "C4": "2018-06-01..2018-06-03; 2018-07"})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	table := s.Roster("experts").Table
	if bo := table.Member("bo"); bo.Name != "Bo" || len(bo.Away) != 1 || bo.Away[0].String() != "2018-05-07" {
		t.Errorf("%+v", bo)
	}
	if ann := table.Member("ann"); len(ann.Away) != 2 || ann.Away[1].String() != "2018-07-01..2018-07-31" {
		t.Errorf("%+v", ann)
	}
}

const awayText = `plenary: 1
title: Water
period: 2018-01-01..2018-12-31
slots: {morning: 10:00-13:00, afternoon: 15:00-18:00}
stations: {geneva: {zone: Europe/Zurich, rooms: {XX: {seats: 700}}}}
officers: {chair: {based: geneva, away: [2018-03-01]}}
busy: {council: {title: Council}}
unavailable: [away.xlsx]
sessions: [{id: opening, at: geneva, chaired-by: chair}]
`

// Officers, stations, rooms and bodies are unavailable as a workbook says, on
// top of what the scenario says; a mistake names the cell.
func TestUnavailabilityStandsInAWorkbook(t *testing.T) {
	t.Chdir(t.TempDir())
	cells := map[string]any{
		"A1": "who", "C1": "days", "E1": "slots", "B1": "note",
		"A2": "officer:chair", "C2": 43227, "B2": "on mission",
		"A3": "station:geneva", "C3": "2018-05-14..2018-05-15; 2018-07-02",
		"A4": "room:geneva/XX", "C4": "2018-05-16", "E4": "morning",
		"A5": "body:council", "C5": "2018-06-18..2018-07-06",
	}
	s, problems := awayFrom(t, cells)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	day := calendar.MustDay
	if away := s.Officers[0].Away; len(away) != 2 || away[1].Days.String() != "2018-05-07" || away[1].Note != "on mission" {
		t.Errorf("the chair is away %+v", away)
	}
	geneva := &s.Stations[0]
	for _, d := range []string{"2018-05-14", "2018-05-15", "2018-07-02"} {
		if geneva.Open(day(d)) {
			t.Errorf("Geneva is open on %s", d)
		}
	}
	room := &geneva.Rooms[0]
	if !geneva.Open(day("2018-05-16")) || room.OpenIn(day("2018-05-16"), 0) || !room.OpenIn(day("2018-05-16"), 1) {
		t.Errorf("room XX is closed %+v", room.Closed)
	}
	if days := s.Busy[0].Days; len(days) != 1 || days[0].String() != "2018-06-18..2018-07-06" {
		t.Errorf("the council meets %v", days)
	}
	cells["A2"], cells["C3"], cells["E4"], cells["A5"] = "officer:char", "May", "evening", "body:counsel"
	_, problems = awayFrom(t, cells)
	want := []string{
		`away.xlsx:Experts!A2: no officer is called "char"`,
		`away.xlsx:Experts!C3: "May" is not a date such as 2017-05-08, year, month and day`,
		`away.xlsx:Experts!E4: no slot is called "evening"`,
		`away.xlsx:Experts!A5: no busy calendar is called "counsel"`,
		`s.yaml:7:8: the busy calendar "council" says neither days nor a file`,
	}
	if !slices.Equal(problems, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(problems, "\n"), strings.Join(want, "\n"))
	}
}

// awayFrom reads the scenario with one workbook and gives what is wrong.
func awayFrom(t *testing.T, cells map[string]any) (*scenario.Scenario, []string) {
	t.Helper()
	for name, src := range map[string][]byte{"s.yaml": []byte(awayText), "away.xlsx": workbook(t, cells)} {
		if err := os.WriteFile(name, src, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, problems := scenario.Read("s.yaml", scenario.Sources{Workbook: xlsx.Read})
	var out []string
	for _, p := range problems.Sorted() {
		out = append(out, p.Error())
	}
	return s, out
}

func TestMistakesNameTheSheetAndTheCell(t *testing.T) {
	_, problems := read(t,
		map[string]any{"A1": "id", "B1": "name", "C1": "unavailable", "A2": "ann", "B2": "Ann", "C2": "May", "A3": "ann", "B4": "nobody", "A5": "bo", "E5": "stray", "B6": "#N/A"},
		map[string]any{"A1": "id", "A2": "eve"})
	want := []string{
		`experts.xlsx:Experts!C2: unavailable: "May" is not a date such as 2017-05-08, year, month and day`,
		`experts.xlsx:Experts!A3: the id "ann" stands here for the second time`,
		`experts.xlsx:Experts!A4: the line has no id`,
		`experts.xlsx:Experts!E5: the cell stands in a column without a name`,
		`experts.xlsx:Experts!A6: the line has no id`,
		`experts.xlsx:Experts!B6: the cell shows #N/A: its formula failed`,
		`away.xlsx:Experts!A2: there is no member "eve" to add columns to`,
	}
	if !slices.Equal(problems, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(problems, "\n"), strings.Join(want, "\n"))
	}
}

func TestWhatIsNoWorkbookIsRefused(t *testing.T) {
	good := workbook(t, map[string]any{"A1": "id"})
	for name, src := range map[string][]byte{
		"nothing": nil, "text": []byte("id,name\n"), "old format": []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		"torn": good[:len(good)/2], "a member far below the others": workbook(t, map[string]any{"A1": "id", "A2": "ann", "A25000": "bo"}), "no parts": []byte("PK\x05\x06" + strings.Repeat("\x00", 18)),
	} {
		if sheet, err := xlsx.Read("x.xlsx", src); err == nil {
			t.Errorf("%s is read as %v", name, sheet)
		}
	}
}

func TestWorkbooksOfOthersAreRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xlsx")
	if err != nil || len(files) == 0 {
		t.Fatal("no workbooks", err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sheet, err := xlsx.Read(file, src)
		if err != nil || len(sheet.Cells) < 3 {
			t.Errorf("%s: %d rows, %v", file, len(sheet.Cells), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(workbook(f, map[string]any{"A1": "id", "A2": 1.5, "C2": 43227}))
	f.Fuzz(func(t *testing.T, src []byte) {
		sheet, err := xlsx.Read("x.xlsx", src)
		if err == nil && (sheet.Name == "" || len(sheet.Cells) > 30_000) {
			t.Errorf("%q has %d rows", sheet.Name, len(sheet.Cells))
		}
	})
}
