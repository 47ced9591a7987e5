package plan_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/plan"
	"plenary/model/scenario"
)

const text = `plenary: 1
title: Water
period: 2018-01-01..2018-12-31
stations: {geneva: {zone: UTC}, vienna: {zone: UTC}}
rosters: {states: {members: [{id: a, name: A}, {id: b, name: B}]}}
programmes: {round: {meetings: [{kind: panel, count: 1..2, seats: {moderator: {from: states}}}, {kind: talk}]}}
sessions:
  - {id: opening, at: geneva, days: 1..2}
  - {id: panels, at: [geneva, vienna], days: 1..2, programme: round}
documents: [{id: report, deadline: 2018-06-01}]
priorities: [clashes]
`

func sound(t testing.TB) *scenario.Scenario {
	t.Helper()
	s, _ := given.Text(t, text)
	return s
}

func TestReadReportsWhatTheScenarioDoesNotHave(t *testing.T) {
	s := sound(t)
	for src, want := range map[string]string{
		"[]":                              "this is no plan: neither plenary-plan nor sessions stand in it",
		"a: b":                            "this is no plan: neither plenary-plan nor sessions stand in it",
		"":                                "the file is empty",
		"sessions: []":                    `the key "plenary-plan" is missing`,
		"{plenary-plan: 2, sessions: []}": "version 2 of the plan file is not known to this program",
		"{plenary-plan: 1, session: [], sessions: []}":                                                                                                                         `unknown key "session"`,
		"{plenary-plan: 1, sessions: [{id: openin, station: geneva, days: [2018-05-07]}]}":                                                                                     `no session is called "openin"`,
		"{plenary-plan: 1, sessions: [{id: opening, station: genf, days: [2018-05-07]}]}":                                                                                      `no station is called "genf"`,
		"{plenary-plan: 1, sessions: [{id: opening, station: geneva, days: []}]}":                                                                                              "days: nothing stands in the list",
		"{plenary-plan: 1, sessions: [{id: opening, days: [2018-05-07], station: geneva}, {id: opening, station: geneva, days: [2018-05-08]}]}":                                `the session "opening" stands here for the second time`,
		"{plenary-plan: 1, sessions: [{id: opening, station: geneva, days: [2018-05-07, 2018-05-07]}]}":                                                                        "the day 2018-05-07 stands here twice",
		"{plenary-plan: 1, sessions: [{id: opening, station: geneva, days: [2018-05-07], meetings: [{day: 2018-05-08, slot: morning}]}]}":                                      "the meeting is on 2018-05-08, which is no day of the session",
		"{plenary-plan: 1, sessions: [{id: opening, station: geneva, days: [2018-05-07], meetings: [{day: 2018-05-07, slot: evening}]}]}":                                      `no slot is called "evening"`,
		"{plenary-plan: 1, sessions: [{id: opening, station: geneva, days: [2018-05-07], meetings: &m [{day: 2018-05-07, slot: morning}, {day: 2018-05-07, slot: morning}]}]}": "two meetings of the session are on 2018-05-07 in the morning",
		"{plenary-plan: 1, sessions: [], documents: [{id: letter, issued: 2018-05-07}]}":                                                                                       `no document is called "letter"`,
		"{plenary-plan: 1, sessions: [], documents: [{id: report, issued: 2018-05-07}, {id: report, issued: 2018-05-07}]}":                                                     `the document "report" stands here for the second time`,
		"{plenary-plan: 1, sessions: [], tiers: [{tier: 1, cost: 2, bound: 3}]}":                                                                                               "the bound 3 is above the cost 2",
		"{plenary-plan: 1, sessions: [], tiers: [{tier: 1, cost: 2, bound: 1, proven: yes}]}":                                                                                  "the cost 2 is said to be proven, but the bound is 1",
	} {
		p, problems := plan.Read("p.json", []byte(src), s)
		if p != nil || len(problems) == 0 || problems[0].Message != want || problems[0].Mend == "" {
			t.Errorf("%s: %v instead of %s", src, problems, want)
		}
	}
}

func TestASessionWithoutMeetingsGetsThem(t *testing.T) {
	p, problems := plan.Read("p.yaml", []byte("{plenary-plan: 1, sessions: [{id: opening, station: geneva, days: [2018-05-08, 2018-05-07]}, {id: panels, station: vienna, days: [2018-05-09, 2018-05-10]}]}"), sound(t))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := ""
	for _, x := range p.Sessions {
		for _, m := range x.Meetings {
			got += fmt.Sprintf("%s %s %s %d\n", m.Day, m.Slot, m.Kind, m.Number)
		}
	}
	want := `2018-05-07 morning plenary 1
2018-05-07 afternoon plenary 2
2018-05-08 morning plenary 3
2018-05-08 afternoon plenary 4
2018-05-09 morning panel 1
2018-05-09 afternoon panel 2
2018-05-10 morning talk 1
`
	if got != want {
		t.Errorf("got\n%s", got)
	}
	if x := p.Session("opening"); x.First().String() != "2018-05-07" || x.Last().String() != "2018-05-08" || p.Session("none") != nil || p.Document("none") != nil {
		t.Errorf("%+v", x)
	}
}

// Costs are sums of weights up to a million times the excess: far more than a
// count in a scenario may be.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	s := sound(t)
	day := calendar.MustDay("2018-05-07")
	p := &plan.Plan{Version: plan.Version, Program: "plenary 0", Scenario: plan.SourceOf(s, "s.yaml"), Seed: 9007199254740991, Status: plan.Feasible,
		Tiers: []plan.Tier{{Tier: 1, Title: "“clashes”: a, b [c] {d} #e", Cost: 5_000_000_000_000, Bound: 4_999_999_999_999}},
		Sessions: []plan.Session{{ID: "panels", Station: "vienna", Days: []calendar.Day{day, day + 1}, Meetings: []plan.Meeting{
			{Day: day, Slot: "morning", Kind: "panel", Number: 1, Room: "Board Room A", Interpretation: plan.TeamName(1), Seats: map[string][]string{"moderator": {"a"}}},
			{Day: day + 1, Slot: "afternoon", Kind: "talk", Number: 1}}}},
		Documents: []plan.Document{{ID: "report", Issued: day}}}
	src, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	back, problems := plan.Read("p.json", src, s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	again, err := back.Encode()
	if err != nil || !bytes.Equal(src, again) {
		t.Errorf("%v\n%s\n%s", err, src, again)
	}
	if !reflect.DeepEqual(back.Tiers[0].Cost, p.Tiers[0].Cost) {
		t.Errorf("the cost is %d", back.Tiers[0].Cost)
	}
}

func TestHostilePlansEndWithAProblem(t *testing.T) {
	s := sound(t)
	for name, src := range map[string]string{
		"many meetings": "plenary-plan: 1\nsessions:\n  - {id: opening, station: geneva, days: [2018-05-07], meetings: [" + strings.Repeat("{day: 2018-05-07, slot: morning}, ", 30_000) + "]}\n",
		"many days":     "plenary-plan: 1\nsessions:\n  - {id: opening, station: geneva, days: [" + strings.Repeat("2018-05-07, ", 100_000) + "]}\n",
		"many sessions": "plenary-plan: 1\nsessions:\n" + strings.Repeat("  - {id: opening, station: geneva, days: [2018-05-07]}\n", 20_000),
		"many strange":  "plenary-plan: 1\nsessions:\n" + strings.Repeat("  - {id: openin, station: genf, days: [2018-05-07]}\n", 20_000),
		"brackets":      strings.Repeat("[", 100_000),
	} {
		if p, problems := plan.Read("p.json", []byte(src), s); p != nil || len(problems) == 0 {
			t.Errorf("%s: it is read", name)
		}
	}
}

// What is no version is said once, and not as the version 0 besides.
func TestWhatIsNoVersionIsOneMistake(t *testing.T) {
	s := sound(t)
	for _, version := range []string{"-1", "x", "1e400", "99999999999999999999", "2"} {
		if _, problems := plan.Read("p.json", []byte("plenary-plan: "+version+"\nsessions: []\n"), s); len(problems) != 1 {
			t.Errorf("%s: %v", version, problems)
		}
	}
}

// FuzzPlanRead: no panic, every problem has its place, and what is read can be
// written and read again.
func FuzzPlanRead(f *testing.F) {
	for _, seed := range []string{
		"{}", "plenary-plan: 1\nsessions: []\n", `{"plenary-plan": 1, "sessions": [{"id": "opening", "station": "geneva", "days": ["2018-05-07"], "meetings": [{"day": "2018-05-07", "slot": "morning", "kind": "plenary", "number": 1}]}]}`,
		"{plenary-plan: 1, seed: 3, status: optimal, tiers: [{tier: 1, title: x, cost: 3, bound: 2, proven: yes}], sessions: [{id: panels, station: vienna, days: [2018-05-09], meetings: [{day: 2018-05-09, slot: morning, kind: panel, seats: {moderator: [a]}}]}], documents: [{id: report, issued: 2018-05-07}]}",
	} {
		f.Add([]byte(seed))
	}
	s := sound(f)
	f.Fuzz(func(t *testing.T, src []byte) {
		p, problems := plan.Read("p.json", src, s)
		for _, x := range problems {
			at := x.Place
			if at.File != "p.json" || x.Message == "" || at.Line < 0 || (at.Line > 0 && (at.Column < 1 || at.Column > utf8.RuneCountInString(at.Text)+1)) {
				t.Errorf("%+v", x)
			}
		}
		if p == nil {
			if len(problems) == 0 {
				t.Error("nothing is read and nothing is said")
			}
			return
		}
		written, err := p.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, problems := plan.Read("p.json", written, s)
		if len(problems) > 0 {
			t.Fatalf("what is written cannot be read: %v\n%s", problems, written)
		}
		if again, err := back.Encode(); err != nil || !bytes.Equal(again, written) {
			t.Errorf("%v: written\n%s\nread back\n%s", err, written, again)
		}
	})
}

func TestAPublishedPlanMaySpeakOfWhatWent(t *testing.T) {
	s := sound(t)
	const head = "plenary-plan: 1\n"
	for _, c := range []struct{ name, src, problem, known string }{
		{"all is there", "sessions: [{id: opening, station: geneva, days: [2018-05-07]}]\ndocuments: [{id: report, issued: 2018-05-08}]", "", "opening report"},
		{"a session went", "sessions: [{id: opening, station: geneva, days: [2018-05-07]}, {id: closing, station: geneva, days: [2018-05-08]}]", "", "opening"},
		{"a document went", "sessions: [{id: opening, station: geneva, days: [2018-05-07]}]\ndocuments: [{id: letter, issued: 2018-05-08}]", "", "opening"},
		{"a station went", "sessions: [{id: opening, station: genf, days: [2018-05-07]}, {id: panels, station: vienna, days: [2018-05-07]}]", "", "panels"},
		{"a slot went", "sessions: [{id: opening, station: geneva, days: [2018-05-07], meetings: [{day: 2018-05-07, slot: night}]}]", "", ""},
		{"most went, under the same title", "scenario: {title: Water}\nsessions: [{id: opening, station: geneva, days: [2018-05-07]}, {id: b, station: geneva, days: [2018-05-08]}, {id: c, station: geneva, days: [2018-05-08]}]", "", "opening"},
		{"most went, under another title", "scenario: {title: Fire}\nsessions: [{id: opening, station: geneva, days: [2018-05-07]}, {id: b, station: geneva, days: [2018-05-08]}, {id: c, station: geneva, days: [2018-05-08]}]", "this is the plan of another scenario, “Fire”: 2 of its 3 sessions are not in", ""},
		{"all went", "scenario: {title: Water}\nsessions: [{id: b, station: geneva, days: [2018-05-08]}]", "this is the plan of another scenario, “Water”: 1 of its 1 sessions are not in", ""},
		{"what went stands twice", "sessions: [{id: opening, station: geneva, days: [2018-05-07]}, {id: b, station: geneva, days: [2018-05-08]}, {id: b, station: geneva, days: [2018-05-08]}]", `the session "b" stands here for the second time`, ""},
		{"what went has a day twice", "sessions: [{id: opening, station: geneva, days: [2018-05-07]}, {id: b, station: geneva, days: [2018-05-08, 2018-05-08]}]", "the day 2018-05-08 stands here twice", ""},
	} {
		p, problems := plan.ReadPublished("p.json", []byte(head+c.src), s)
		if c.problem != "" {
			if p != nil || len(problems) != 1 || !strings.HasPrefix(problems[0].Message, c.problem) || problems[0].Mend == "" {
				t.Errorf("%s: %v instead of %s", c.name, problems, c.problem)
			}
			continue
		}
		if p == nil {
			t.Errorf("%s: %v", c.name, problems)
			continue
		}
		var ids []string
		known := p.Known(s)
		for _, x := range known.Sessions {
			ids = append(ids, x.ID)
		}
		for _, d := range known.Documents {
			ids = append(ids, d.ID)
		}
		if got := strings.Join(ids, " "); got != c.known {
			t.Errorf("%s: %q is known instead of %q", c.name, got, c.known)
		}
	}
}
