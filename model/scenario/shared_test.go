package scenario_test

import (
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plenary/model/calendar"
	"plenary/model/scenario"
)

// Checker and solver share what is tested here: stations, slots, rooms, teams
// and selectors. The expected values are written by hand.

func read(t *testing.T, text string) *scenario.Scenario {
	t.Helper()
	write(t, map[string]string{"s.yaml": text})
	s, problems := scenario.Read("s.yaml", library)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

const city = `plenary: 1
title: Water
period: 2018-04-30..2018-06-30
include: [un-stations]
holidays: [days.csv]
slots: {morning: 10:00-13:00, afternoon: 15:00-18:00, evening: 19:00-21:30}
stations:
  geneva:
    closed:
      - {days: 2018-05-21..2018-05-22, note: assembly}
      - 2018-06-04
    holidays: [{days: 2018-05-10, note: Ascension Day}]
    observances: [{days: 2018-06-15, note: Eid}]
    slots: {morning: 09:30-12:30}
    rooms:
      XX: {seats: 700, booths: 6}
      small: {seats: 50, count: 3, closed: [2018-05-01..2018-05-31]}
    interpretation:
      teams: 3
      off:
        - {teams: 1, days: 2018-05-07..2018-05-18}
        - {teams: 2, days: 2018-05-14..2018-05-31}
        - {teams: 1, days: 2018-05-16}
  cairo: {zone: Africa/Cairo, week: sun-thu, interpretation: {teams: 1, meetings-per-week: 5}}
sessions:
  - {id: opening, at: geneva}
  - {id: thematic-a, at: cairo, between: 2018-06-20..2018-07-15, days: 2..3}
  - {id: thematic-b, at: vienna, between: 2018-01-01..2018-05-02}
  - {id: closing, at: vienna, slots: [evening, morning]}
`

const days = `station,date,kind,name
geneva,2018-05-01,official,Labour Day
*,2018-05-03..2018-05-04,official,Bridge
geneva,2018-05-10,official,said before
cairo,2018-06-15,observance,Eid al-Fitr
vienna,2018-06-18,observance,
`

func readCity(t *testing.T) *scenario.Scenario {
	t.Helper()
	write(t, map[string]string{"s.yaml": city, "days.csv": days})
	s, problems := scenario.Read("s.yaml", library)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

func TestStationsAreOpenOnTheirWorkingDays(t *testing.T) {
	s := readCity(t)
	for _, c := range []struct {
		station, day string
		works, open  bool
		why          string
	}{
		{"geneva", "2018-04-30", true, true, ""},
		{"geneva", "2018-05-01", true, false, "Labour Day"},
		{"geneva", "2018-05-02", true, true, ""},
		{"geneva", "2018-05-04", true, false, "Bridge"},
		{"geneva", "2018-05-05", false, false, "Saturday"},
		{"geneva", "2018-05-06", false, false, "Sunday"},
		{"geneva", "2018-05-10", true, false, "Ascension Day"}, // its own, before the table's
		{"geneva", "2018-05-18", true, true, ""},
		{"geneva", "2018-05-21", true, false, "assembly"},
		{"geneva", "2018-05-22", true, false, "assembly"},
		{"geneva", "2018-05-23", true, true, ""},
		{"geneva", "2018-06-04", true, false, "closed"},
		{"geneva", "2018-06-15", true, true, ""}, // an observance does not close
		{"cairo", "2018-05-04", false, false, "Bridge"},
		{"cairo", "2018-05-06", true, true, ""},
		{"cairo", "2018-05-11", false, false, "Friday"},
		{"cairo", "2018-05-01", true, true, ""},
		{"vienna", "2018-05-01", true, true, ""},
		{"vienna", "2018-05-03", true, false, "Bridge"},
		{"geneva", "2019-05-01", true, true, ""}, // after the period, nothing is known
	} {
		st, d := &s.Stations[s.Station(c.station)], calendar.MustDay(c.day)
		if st.Works(d) != c.works || st.Open(d) != c.open || st.WhyClosed(d) != c.why {
			t.Errorf("%s on %s: works %v, open %v, %q", c.station, c.day, st.Works(d), st.Open(d), st.WhyClosed(d))
		}
	}
	for _, c := range []struct{ station, day, want string }{
		{"geneva", "2018-06-15", "Eid"}, {"geneva", "2018-06-14", ""}, {"geneva", "2018-05-01", ""}, {"cairo", "2018-06-15", "Eid al-Fitr"}, {"vienna", "2018-06-18", "observance"}, {"vienna", "2018-06-15", ""},
	} {
		if got := s.Stations[s.Station(c.station)].Observance(calendar.MustDay(c.day)); got != c.want {
			t.Errorf("%s observes %q on %s instead of %q", c.station, got, c.day, c.want)
		}
	}
	if scenario.Weekdays(calendar.MustDay("2018-05-05")) || !scenario.Weekdays(calendar.MustDay("2018-05-01")) {
		t.Error("documents are issued from Monday to Friday, whatever stations do")
	}
}

func TestSlotsHaveTheTimesOfTheStation(t *testing.T) {
	s := readCity(t)
	for _, c := range []struct {
		station string
		want    string
	}{
		{"geneva", "morning 09:30-12:30, afternoon 15:00-18:00, evening 19:00-21:30"},
		{"vienna", "morning 10:00-13:00, afternoon 15:00-18:00, evening 19:00-21:30"},
	} {
		var got []string
		for i := range s.Slots {
			slot := s.SlotTimes(s.Station(c.station), i)
			got = append(got, fmt.Sprintf("%s %s-%s", slot.ID, slot.From, slot.To))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v", c.station, got)
		}
	}
	if got := s.Sessions[s.Session("closing")].SlotIndex; !slices.Equal(got, []int{0, 2}) {
		t.Errorf("slots %v: they are in the order of the day", got)
	}
	if got := s.Sessions[0].SlotIndex; !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("slots %v", got)
	}
	plain := read(t, head+"sessions:\n  - {id: a, at: geneva}\n")
	if got := fmt.Sprint(plain.SlotTimes(0, 0), plain.SlotTimes(0, 1)); got != "{morning 10:00 13:00} {afternoon 15:00 18:00}" {
		t.Errorf("by default: %s", got)
	}
}

func TestRoomsSuitWhatIsNeeded(t *testing.T) {
	s := readCity(t)
	rooms := s.Stations[s.Station("geneva")].Rooms
	big, small := &rooms[0], &rooms[1]
	for _, c := range []struct {
		need       *scenario.RoomNeed
		big, small bool
	}{
		{nil, true, true},
		{&scenario.RoomNeed{}, true, true},
		{&scenario.RoomNeed{Seats: 50}, true, true},
		{&scenario.RoomNeed{Seats: 51}, true, false},
		{&scenario.RoomNeed{Seats: 700, Booths: 6}, true, false},
		{&scenario.RoomNeed{Seats: 701}, false, false},
		{&scenario.RoomNeed{Booths: 1}, true, false},
		{&scenario.RoomNeed{Booths: 7}, false, false},
		{&scenario.RoomNeed{Named: "XX"}, true, false},
		{&scenario.RoomNeed{Named: "XX", Seats: 800}, false, false},
		{&scenario.RoomNeed{Named: "small"}, false, true},
	} {
		if big.Suits(c.need) != c.big || small.Suits(c.need) != c.small {
			t.Errorf("%+v: %v, %v", c.need, big.Suits(c.need), small.Suits(c.need))
		}
	}
	if !slices.Equal(big.Names(), []string{"XX"}) || !slices.Equal(small.Names(), []string{"small 1", "small 2", "small 3"}) || big.Number() != 1 || small.Number() != 3 {
		t.Errorf("%v, %v", big.Names(), small.Names())
	}
	st := &s.Stations[s.Station("geneva")]
	for name, want := range map[string]*scenario.Room{"XX": big, "small 2": small, "small": nil, "small 4": nil, "": nil} {
		if st.RoomNamed(name) != want {
			t.Errorf("the room %q is %v", name, st.RoomNamed(name))
		}
	}
	for day, want := range map[string]bool{"2018-04-30": true, "2018-05-01": false, "2018-05-31": false, "2018-06-01": true} {
		if small.OpenIn(calendar.MustDay(day), 0) != want || !big.OpenIn(calendar.MustDay(day), 0) {
			t.Errorf("on %s: %v", day, small.OpenIn(calendar.MustDay(day), 0))
		}
	}
}

func TestTeamsAreOffTogether(t *testing.T) {
	s := readCity(t)
	i := s.Stations[s.Station("geneva")].Interpretation
	for day, want := range map[string]int{
		"2018-05-06": 3, "2018-05-07": 2, "2018-05-13": 2, "2018-05-14": 0, "2018-05-16": 0 /* four are off, of three */, "2018-05-18": 0, "2018-05-19": 1, "2018-05-31": 1, "2018-06-01": 3,
	} {
		if got := i.TeamsOn(calendar.MustDay(day)); got != want {
			t.Errorf("%d teams on %s instead of %d", got, day, want)
		}
	}
	if i.MeetingsPerWeek() != 7 || s.Stations[s.Station("cairo")].Interpretation.MeetingsPerWeek() != 5 {
		t.Error("a team serves seven meetings a week where nothing is said")
	}
	if s.Stations[s.Station("vienna")].Interpretation != nil {
		t.Error("vienna has teams")
	}
}

func TestWindowsLieInThePeriod(t *testing.T) {
	s := readCity(t)
	for id, want := range map[string]string{"opening": "2018-04-30..2018-06-30", "thematic-a": "2018-06-20..2018-06-30", "thematic-b": "2018-04-30..2018-05-02"} {
		if got := s.Window(s.Session(id)).String(); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
	if got := s.Sessions[s.Session("thematic-a")].Length(); got.Min != 2 || got.Max != 3 {
		t.Errorf("%v", got)
	}
	if got := s.Sessions[0].Length(); got.Min != 1 || got.Max != 1 {
		t.Errorf("%v", got)
	}
}

func TestSelectors(t *testing.T) {
	for _, c := range []struct {
		patterns string
		want     string // of: opening, thematic-a, thematic-b, closing
	}{
		{"opening", "opening"},
		{"*", "opening thematic-a thematic-b closing"},
		{"thematic-*", "thematic-a thematic-b"},
		{"*-a", "thematic-a"},
		{"*ing", "opening closing"},
		{"*in*", "opening closing"},
		{"o*n*g", "opening"},
		{"o*p*p*g", ""},
		{"o*n", ""},
		{"*e", ""},
		{"o*e*in", ""},
		{"**", "opening thematic-a thematic-b closing"},
		{"opening*", "opening"},
		{"opening-*", ""},
		{"thematic-?", "thematic-a thematic-b"},
		{"thematic-[b-z]", "thematic-b"},
		{"Opening", ""},
		{"open", ""},
		{"", ""},
		{"* !thematic-*", "opening closing"},
		{"* !thematic-* thematic-b", "opening thematic-b closing"},
		{"!opening *", "opening thematic-a thematic-b closing"}, // from left to right
		{"!opening", ""},
		{"thematic-* !*-a", "thematic-b"},
		{"closing opening", "opening closing"}, // in the order of the scenario
	} {
		var got []string
		s := readCity(t)
		for _, i := range s.SelectSessions(strings.Fields(c.patterns)) {
			got = append(got, s.Sessions[i].ID)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q selects %v instead of %s", c.patterns, got, c.want)
		}
	}
}

// The short ways of matching agree with path.Match, which they replace.
func TestSelectorsMatchAsPathsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.StringOfN(rapid.SampledFrom([]rune("ab-é")), 0, 8, -1).Draw(t, "id")
		pattern := rapid.StringOfN(rapid.SampledFrom([]rune("ab*?[-]\\é")), 0, 8, -1).Draw(t, "pattern")
		if rapid.Bool().Draw(t, "near") { // the id, with stars instead of some letters
			pattern = ""
			for _, r := range id {
				pattern += rapid.SampledFrom([]string{string(r), "*", ""}).Draw(t, "piece")
			}
		}
		if strings.HasPrefix(pattern, "!") {
			return
		}
		want, err := path.Match(pattern, id)
		if got := scenario.Matches([]string{pattern}, id); got != want && err == nil {
			t.Fatalf("%q of %q: %v instead of %v", pattern, id, got, want)
		}
	})
}

func TestMeetingsHaveTitles(t *testing.T) {
	s := read(t, head+`programmes: {round: {meetings: [{kind: panel, count: 2..3}, {kind: talk, title: Général}]}}
sessions:
  - {id: a, at: geneva, days: 2, programme: round, titles: {panel: [Root causes]}}
`)
	x := &s.Sessions[0]
	panel, talk := x.Programmed[0], x.Programmed[1]
	for _, c := range []struct{ got, want string }{
		{x.MeetingTitle(panel, 1), "Root causes"}, {x.MeetingTitle(panel, 2), "Panel 2"}, {x.MeetingTitle(panel, 3), "Panel 3"}, {x.MeetingTitle(talk, 1), "Général"},
	} {
		if c.got != c.want {
			t.Errorf("%q instead of %q", c.got, c.want)
		}
	}
	for text, want := range map[string]string{
		"panel": "panel 1 true", "panel 2": "panel 2 true", "panel 0": "panel 0 false", "panel x": "panel 0 false", "panel 1 2": "panel 0 false", "": " 1 true",
	} {
		kind, number, ok := scenario.SplitMeeting(text)
		if got := fmt.Sprint(kind, " ", number, " ", ok); got != want {
			t.Errorf("%q is %s", text, got)
		}
	}
}

// What starts with a letter of another script has a title too.
func TestMeetingTitlesOfOtherScripts(t *testing.T) {
	s := read(t, head+"programmes: {round: {meetings: [{kind: élan}]}}\nsessions:\n  - {id: a, at: geneva, programme: round}\n")
	if got := s.Sessions[0].MeetingTitle(s.Sessions[0].Programmed[0], 1); got != "Élan" {
		t.Errorf("the title is %q", got)
	}
}

func TestMembersAreEligibleByTheirColumns(t *testing.T) {
	s := read(t, head+`rosters:
  states: {members: [{id: a, name: A, group: x, ldc: "yes"}, {id: b, name: B, group: y; z}, {id: c, name: C, group: z, ldc: "no"}]}
  others: {members: [{id: d, name: D, group: x}]}
programmes:
  round:
    meetings:
      - kind: panel
        seats:
          all: {from: [states, others]}
          some: {from: states, where: {group: [x, z]}}
          few: {from: [others, states], where: {group: [x, z], ldc: [yes, no]}}
sessions:
  - {id: a, at: geneva, programme: round}
`)
	for i, want := range []string{"a b c d", "a b c", "a c"} {
		var got []string
		for _, m := range s.Eligible(s.Programmes[0].Meetings[0].Seats[i]) {
			got = append(got, m.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("seat %d: %v instead of %s", i, got, want)
		}
	}
}

func TestOrdinaryWritingIsAccepted(t *testing.T) {
	for name, text := range map[string]string{
		"byte order mark":       "\uFEFF" + head + "sessions:\n  - {id: a, at: geneva}\n",
		"CRLF":                  strings.ReplaceAll(head+"sessions:\n  - {id: a, at: geneva}\n", "\n", "\r\n"),
		"anchors and aliases":   head + "sessions:\n  - {id: a, at: &where [geneva, vienna], room: &need {seats: 3}}\n  - {id: b, at: *where, room: *need}\n",
		"yes, no, numbers":      head + "sessions:\n  - {id: yes, at: geneva, optional: yes}\n  - {id: no, at: geneva, optional: no}\n  - {id: 010, at: geneva, days: 02}\n  - {id: 8, at: geneva, after: {010: 1.. days, yes: 2 days}}\n  - {id: 1.0, at: geneva}\n  - {id: 2018-05-07, at: geneva}\n",
		"sessions as a mapping": head + "sessions:\n  a: {at: geneva}\n  b: {at: vienna, before: [{id: a, gap: 1.. days, mandate: \"5\"}]}\n",
		"stations left alone":   head + "stations: {geneva: , vienna: }\nsessions:\n  - {id: a, at: [geneva, vienna]}\n",
		"other scripts":         head + "sessions:\n  - {id: открытие, at: geneva}\n  - {id: 开幕, at: geneva, after: {открытие: 1.. days}}\n",
		"JSON":                  `{"plenary": 1, "title": "Water", "period": "2018-01-01..2018-12-31", "include": ["un-stations"], "sessions": [{"id": "a", "at": "geneva", "days": "1..3", "optional": true}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := read(t, text)
			if s.Sessions[0].Length().Min < 1 {
				t.Error(s.Sessions)
			}
		})
	}
	s := read(t, head+"sessions:\n  - {id: 010, at: geneva, days: 010..012, optional: yes}\n")
	if x := s.Sessions[0]; x.ID != "010" || x.Length().Min != 10 || !x.Optional {
		t.Errorf("%s takes %v: numbers are decimal, ids are as written", x.ID, x.Length())
	}
}

// variant reads a chain of scenarios, the last of which is read.
func variant(t *testing.T, files ...string) (*scenario.Scenario, string) {
	t.Helper()
	named := map[string]string{}
	for i, text := range files {
		named[fmt.Sprintf("s%d.yaml", i)] = text
	}
	write(t, named)
	s, problems := scenario.Read(fmt.Sprintf("s%d.yaml", len(files)-1), library)
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%v\n", p)
	}
	return s, b.String()
}

func TestVariantsChangeWhatTheyExtend(t *testing.T) {
	base := head + `officers: {chair: {based: geneva, travel-days: 1}}
sessions:
  - {id: opening, at: geneva, days: 2, chaired-by: [chair]}
  - {id: closing, at: vienna}
priorities: [rest]
rules:
  - day-cap: {id: cap, of: "*", at-most: 12}
  - rest: {id: pause, of: "*", at-least: 2 days}
`
	s, problems := variant(t, base, `plenary: 1
extends: s0.yaml
title: Rivers
sessions:
  - {id: middle, at: geneva}
change:
  officers: {chair: {travel-days: }}
  sessions: {opening: {days: 3, chaired-by: []}, closing: }
  rules: {cap: {at-most: 6, tier: 1}, pause: }
`, "plenary: 1\nextends: s1.yaml\nchange: {sessions: {middle: {at: vienna}}, rules: {cap: {tier: }}, stations: {geneva: {place: Palais Wilson}}}\n")
	if problems != "" {
		t.Fatal(problems)
	}
	if s.Title != "Rivers" || s.Officers[0].TravelDays != 0 || s.Officers[0].Based != "geneva" {
		t.Errorf("%s, %+v", s.Title, s.Officers[0])
	}
	if got := strings.Join(s.SessionIDs(), " "); got != "opening middle" {
		t.Errorf("sessions %s", got)
	}
	if x := s.Sessions[0]; x.Length().Min != 3 || len(x.ChairedBy) != 0 || x.AtStations[0] != "geneva" || s.Sessions[1].AtStations[0] != "vienna" {
		t.Errorf("%+v", s.Sessions)
	}
	if len(s.Rules) != 1 || s.Rules[0].Items[0].Get("at-most").Value != "6" || s.Rules[0].Items[0].Get("tier") != nil {
		t.Errorf("%d rules", len(s.Rules))
	}
	if st := s.Stations[s.Station("geneva")]; st.Place != "Palais Wilson" || st.Zone != "Europe/Zurich" {
		t.Errorf("a library's station keeps its other keys: %+v", st)
	}
}

func TestVariantsReportWhatIsNotThere(t *testing.T) {
	base := head + "sessions:\n  - {id: opening, at: geneva}\nrules:\n  - day-cap: {id: cap, of: \"*\", at-most: 12}\n"
	for change, want := range map[string]string{
		"{sessions: {openin: {days: 2}}}": `s1.yaml:3:21: there is no "openin" to change`,
		"{sessions: {openin: }}":          `s1.yaml:3:21: there is no "openin" to change`,
		"{rules: {twelve: }}":             `s1.yaml:3:18: there is no "twelve" to change`,
		"{sessions: {opening: {att: a}}}": `s1.yaml:3:31: unknown key "att"`,
		"{session: {opening: {days: 2}}}": `s1.yaml:3:10: unknown key "session"`,
		"[a]":                             "s1.yaml:3:9: change: a list stands where keys are expected",
		"":                                "s1.yaml:3:8: change: nothing stands where keys are expected",
	} {
		_, problems := variant(t, base, "plenary: 1\nextends: s0.yaml\nchange: "+change+"\n")
		if !strings.Contains(problems, want) {
			t.Errorf("%s: %s instead of %s", change, problems, want)
		}
	}
}

func TestEveryFileSaysItsVersion(t *testing.T) {
	base := head + "sessions:\n  - {id: opening, at: geneva}\n"
	for name, files := range map[string][]string{
		"s0.yaml:1:10: plenary: version 2":          {strings.Replace(base, "plenary: 1", "plenary: 2", 1), "plenary: 1\nextends: s0.yaml\n"},
		"s1.yaml:1:10: plenary: version 3":          {base, "plenary: 3\nextends: s0.yaml\n"},
		`s1.yaml:1:1: the key "plenary" is missing`: {base, "extends: s0.yaml\n"},
		`s0.yaml:1:1: the key "plenary" is missing`: {strings.Replace(base, "plenary: 1\n", "", 1)}, // the library's does not count
	} {
		if _, problems := variant(t, files...); !strings.Contains(problems, name) {
			t.Errorf("%s: %s", name, problems)
		}
	}
}

func TestExtendsLooksBesideItsFile(t *testing.T) {
	write(t, map[string]string{
		"lib/base.yaml":            head + "rosters: {r: {file: r.csv}}\nholidays: [h.csv]\nsessions:\n  - {id: a, at: geneva}\n",
		"lib/r.csv":                "id,name\na,A\n",
		"lib/h.csv":                "station,date,kind,name\ngeneva,2018-05-01,official,x\n",
		"sub/variant.yaml":         "plenary: 1\nextends: ../lib/base.yaml\nholidays: [own.csv]\nchange: {rosters: {r: {join: [more.csv]}}}\n",
		"sub/own.csv":              "station,date,kind,name\ngeneva,2018-05-02,official,y\n",
		"sub/more.csv":             "id,colour\na,blue\n",
		"library/un-member.yaml":   head + "rosters: {r: {file: r.csv}}\nsessions:\n  - {id: a, at: geneva}\n",
		"library/un-stations.yaml": head + "rosters: {r: {file: r.csv}}\nsessions:\n  - {id: a, at: geneva}\n",
		"library/r.csv":            "id,name\nz,Z\n",
	})
	_, problems := scenario.Read("sub/variant.yaml", library)
	mentions(t, problems, "lib/base.yaml lies outside of the folder sub")
	everywhere := library
	everywhere.Outside = true
	s, problems := scenario.Read("sub/variant.yaml", everywhere)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	st := &s.Stations[s.Station("geneva")]
	if !s.Roster("r").Table.Member("a").Has("colour", "blue") || st.Open(calendar.MustDay("2018-05-01")) || st.Open(calendar.MustDay("2018-05-02")) {
		t.Errorf("%+v", s.Rosters)
	}
	hash := s.Hash
	// A file on disk that is called like one of the library reads its own tables.
	for _, file := range []string{"library/un-member.yaml", "library/un-stations.yaml"} {
		s, problems = scenario.Read(file, library)
		if len(problems) > 0 || s.Roster("r").Table.Member("z") == nil {
			t.Errorf("%s: %v", file, problems)
		}
	}
	if err := os.Chdir("sub"); err != nil {
		t.Fatal(err)
	}
	again, problems := scenario.Read("variant.yaml", everywhere)
	if len(problems) > 0 || again.Hash != hash {
		t.Errorf("from its own folder: %v", problems)
	}
}

func mustHash(t *testing.T, file string) [32]byte {
	t.Helper()
	s, problems := scenario.Read(file, library)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s.Hash
}

func TestTheHashIsThatOfTheContent(t *testing.T) {
	base := head + "rosters: {r: {file: r.csv}}\nsessions:\n  - {id: a, at: geneva}\n"
	write(t, map[string]string{"s.yaml": base, "same.yaml": "# a comment\n" + base, "other.yaml": strings.Replace(base, "id: a", "id: b", 1), "r.csv": "id,name\na,A\n"})
	first := mustHash(t, "s.yaml")
	if mustHash(t, "same.yaml") != first || mustHash(t, "other.yaml") == first {
		t.Error("a comment changes the fingerprint, or a session does not")
	}
	if err := os.WriteFile("r.csv", []byte("id,name\na,B\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if mustHash(t, "s.yaml") == first {
		t.Error("another table has the same fingerprint")
	}
}
