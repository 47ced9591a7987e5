package scenarios

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/roster"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/sweep"
)

func TestEveryScenarioInTheFolderIsSound(t *testing.T) {
	files, err := filepath.Glob("*.yaml")
	if err != nil || len(files) < 5 {
		t.Fatalf("the folder has %d scenarios: %v", len(files), err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "-sweep.yaml") {
			continue // see TestTheSweepInTheFolderIsSound
		}
		s, problems := scenario.Read(file, scenario.Sources{Library: FS})
		for _, p := range problems {
			t.Error(p)
		}
		if len(problems) > 0 {
			continue
		}
		_, problems = rule.Of(s)
		for _, p := range problems {
			t.Errorf("%s: %v", file, p)
		}
	}
}

func TestTheSweepInTheFolderIsSound(t *testing.T) {
	src, err := os.ReadFile("gcm-sweep.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, problems := sweep.Read("gcm-sweep.yaml", src)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, p := range s.Try(func(file string, set []string) diag.List {
		s, problems := scenario.Read(file, scenario.Sources{Library: FS, Set: set})
		if s != nil {
			_, more := rule.Of(s)
			problems = append(problems, more...)
		}
		return problems
	}) {
		t.Error(p)
	}
	if all, asked := s.Combinations(), len(s.Cases()); all != 1320 || asked != 120 {
		t.Errorf("%d of %d combinations are asked, not as the file says", asked, all)
	}
}

func TestStarterIsTheFile(t *testing.T) {
	if !strings.HasPrefix(string(Starter), "# A scenario to start from") {
		t.Errorf("the starter begins with %.40q", Starter)
	}
}

func TestMemberStatesHaveTheKnownGroups(t *testing.T) {
	s, _ := read(t, "gcm-2018.yaml")
	states := s.Roster("member-states")
	if states == nil {
		t.Fatal("there is no roster of Member States")
	}
	groups, least := map[string]int{}, 0
	names := []string{"name_en", "name_ar", "name_zh", "name_fr", "name_ru", "name_es"}
	for _, m := range states.Table.Members {
		for _, g := range m.Values["regional_group"] {
			groups[g]++
		}
		if m.Has("ldc_2017", "yes") {
			least++
		}
		for _, n := range names {
			if len(m.Values[n]) == 0 {
				t.Errorf("%s has no %s", m.ID, n)
			}
		}
	}
	want := map[string]int{"african": 54, "asia-pacific": 54, "eastern-european": 23, "grulac": 33, "weog": 29}
	if n := len(states.Table.Members); n != 193 {
		t.Errorf("there are %d Member States", n)
	}
	if !maps.Equal(groups, want) {
		t.Errorf("the groups have %v instead of %v", groups, want)
	}
	if least != 47 {
		t.Errorf("%d least developed countries in 2017 instead of 47", least)
	}
}

// easter gives Easter Sunday of the Western church: the anonymous Gregorian
// computus (Meeus, Astronomical Algorithms, chapter 8).
func easter(year int) calendar.Day {
	a, b, c := year%19, year/100, year%100
	g := (8*b + 13) / 25
	h := (19*a + b - b/4 - g + 15) % 30
	m := (a + 11*h) / 319
	r := (2*(b%4) + 2*(c/4) - c%4 - h + m + 32) % 7
	month := (h - m + r + 90) / 25
	return calendar.NewDay(year, time.Month(month), (h-m+r+month+19)%32)
}

// orthodoxEaster gives Easter Sunday of the Eastern church: Meeus's Julian
// algorithm, moved by the 13 days between the calendars from 1900 to 2099.
func orthodoxEaster(year int) calendar.Day {
	d := (19*(year%19) + 15) % 30
	e := (2*(year%4) + 4*(year%7) - d + 34) % 7
	month := (d + e + 114) / 31
	return calendar.NewDay(year, time.Month(month), (d+e+114)%31+1) + 13
}

func TestComputusGivesKnownEasters(t *testing.T) {
	for year, want := range map[int]string{2000: "2000-04-23", 2008: "2008-03-23", 2017: "2017-04-16", 2018: "2018-04-01", 2019: "2019-04-21", 2038: "2038-04-25"} {
		if got := easter(year).String(); got != want {
			t.Errorf("Easter %d is %s instead of %s", year, got, want)
		}
	}
	for year, want := range map[int]string{2016: "2016-05-01", 2017: "2017-04-16", 2018: "2018-04-08", 2019: "2019-04-28"} {
		if got := orthodoxEaster(year).String(); got != want {
			t.Errorf("Orthodox Easter %d is %s instead of %s", year, got, want)
		}
	}
}

// holidays gives the rows of a library table.
func holidays(t *testing.T, year string) []roster.Row {
	t.Helper()
	file := "library/un-holidays-" + year + ".csv"
	src, err := fs.ReadFile(FS, file)
	if err != nil {
		t.Fatal(err)
	}
	lines, problems := roster.ReadCSV(file, src)
	for _, p := range problems {
		t.Fatal(p)
	}
	return lines.Rows
}

func TestMovableFeastsLieWhereEasterPutsThem(t *testing.T) {
	offsets := map[string]calendar.Day{"Rose Monday": -48, "Good Friday": -2, "Easter Monday": 1, "Ascension Day": 39, "Whit Monday": 50}
	for year, text := range map[int]string{2017: "2017", 2018: "2018"} {
		seen := map[string]int{}
		for _, row := range holidays(t, text) {
			name, _, _ := strings.Cut(row.Value["name"], " (")
			day := calendar.MustDay(row.Value["date"])
			if offset, movable := offsets[name]; movable {
				seen[name]++
				if want := easter(year) + offset; day != want {
					t.Errorf("%s: %s in %s is on %s instead of %s", text, name, row.Value["station"], day, want)
				}
			}
			if name == "Orthodox Good Friday" || name == "Ethiopian Good Friday" {
				if want := orthodoxEaster(year) - 2; day != want {
					t.Errorf("%s: %s in %s is on %s instead of %s", text, name, row.Value["station"], day, want)
				}
			}
		}
		for name := range offsets {
			if seen[name] == 0 {
				t.Errorf("%s: no station has %s", text, name)
			}
		}
	}
}

func TestHolidaysAreWellFormed(t *testing.T) {
	s, _ := read(t, "gcm-2018.yaml")
	stations := s.StationIDs()
	for _, year := range []string{"2017", "2018"} {
		seen := map[string]bool{}
		official := map[string]int{}
		for _, row := range holidays(t, year) {
			station, date := row.Value["station"], row.Value["date"]
			day := calendar.MustDay(date)
			if !calendar.MondayToFriday[day.Weekday()] {
				t.Errorf("%s in %s is a %s", date, station, day.Weekday())
			}
			if !strings.HasPrefix(date, year) {
				t.Errorf("%s stands in the table of %s", date, year)
			}
			if station != "*" && !slices.Contains(stations, station) {
				t.Errorf("%s: the library has no station %q", year, station)
			}
			if seen[station+date] {
				t.Errorf("%s in %s stands twice", date, station)
			}
			seen[station+date] = true
			switch row.Value["kind"] {
			case "official":
				official[station]++
			case "observance":
			default:
				t.Errorf("%s in %s is of the kind %q", date, station, row.Value["kind"])
			}
		}
		if official["new-york"] != 9 {
			t.Errorf("%s: New York has %d official holidays instead of nine", year, official["new-york"])
		}
		for _, station := range stations {
			if official[station] < 5 {
				t.Errorf("%s: %s has %d official holidays", year, station, official[station])
			}
		}
	}
}

func TestEveryStationHasAPlaceAndAZone(t *testing.T) {
	s, _ := read(t, "gcm-2018.yaml")
	if len(s.Stations) != 16 {
		t.Errorf("there are %d stations instead of 16", len(s.Stations))
	}
	for i := range s.Stations {
		st := &s.Stations[i]
		if st.Title == "" || st.Place == "" || len(st.Coordinates) != 2 {
			t.Errorf("%s lacks a title, a place or coordinates", st.ID)
		}
		zone, err := time.LoadLocation(st.Zone)
		if err != nil {
			t.Errorf("%s: %v", st.ID, err)
			continue
		}
		// The sun and the clock agree within three hours: a sign or a
		// zone that is wrong shows.
		_, seconds := time.Date(2018, 1, 15, 12, 0, 0, 0, zone).Zone()
		if off := st.Coordinates[1]/15 - float64(seconds)/3600; off < -3 || off > 3 {
			t.Errorf("%s: longitude %v and zone %s do not fit", st.ID, st.Coordinates[1], st.Zone)
		}
	}
}
