package rule_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"plenary/model/rule"
)

var update = flag.Bool("update", false, "write the sentences as they are now")

// spokenCase is a small scenario and a plan that breaks the rule: what the rule
// says, and what it finds. The first case of a kind stands in docs/rules.md.
type spokenCase struct {
	kind     string
	what     string
	scenario string
	id       string // of the rule, "" where keys of the scenario make it
	plan     lines
}

const (
	drivers = "sessions: {drivers: {title: Drivers of migration, at: [geneva, vienna], days: 1..5, optional: yes}}\n"
	two     = "sessions: {drivers: {title: Drivers of migration, at: [geneva, vienna], days: 1..5, optional: yes, interpretation: as-available}, pathways: {title: Regular pathways, at: [geneva, vienna], days: 1..5, optional: yes, interpretation: as-available}}\n"
	four    = "sessions: {thematic-1: {at: geneva, days: 1..5, optional: yes}, thematic-2: {at: geneva, days: 1..5, optional: yes}, thematic-3: {at: geneva, days: 1..5, optional: yes}, thematic-4: {at: geneva, days: 1..5, optional: yes}}\n"
	debate  = "events: {debate: {title: the general debate, days: 2018-09-25..2018-10-01}}\nsessions: {conference: {title: Conference, at: geneva, days: 1..5, optional: yes}}\n"
	draft   = "documents: {draft: {title: Zero draft}}\n"
	chairs  = "officers: {president: {title: President of the General Assembly, based: geneva, travel-days: 1, away: [2018-01-15..2018-01-19, 2018-01-22]}}\n"
	paneled = `programmes: {thematic: {meetings: [{kind: panel, count: ..9, seats: {moderator: {from: [states, organizations]}, panellists: {from: [states, organizations], count: 2}}}, {kind: interactive, count: ..1}]}}
rosters:
  states: {title: Member States, members: [{id: MEX, name: Mexico, regional_group: grulac, profile: origin; transit}, {id: CHE, name: Switzerland, regional_group: weog, profile: destination, unavailable: 2018-01-09}, {id: PHL, name: Philippines, regional_group: asia-pacific, profile: origin}]}
  organizations: {title: Organizations, members: [{id: IOM, name: International Organization for Migration}]}
sessions: {drivers: {title: Drivers of migration, at: geneva, days: 1..5, optional: yes, programme: thematic}}
`
)

var spokenCases = []spokenCase{
	{"window", "key", "sessions: {drivers: {title: Drivers of migration, at: geneva, between: 2018-01-08..2018-01-19, days: 1..5, optional: yes}}", "",
		lines{meet("drivers", "geneva", "01-19 01-22")}},
	{"venue", "listed", drivers + "rules: [{venue: {id: t, of: drivers, at: geneva}}]", "t", lines{meet("drivers", "vienna", "01-08")}},
	{"venue", "one of two", "stations: {geneva: {title: Geneva, zone: UTC}, vienna: {title: Vienna, zone: UTC}, bonn: {zone: UTC}}\nsessions: {drivers: {at: [geneva, vienna, bonn], optional: yes}}\nrules: [{venue: {id: t, of: drivers, at: [geneva, vienna]}}]", "t",
		lines{meet("drivers", "bonn", "01-08")}},
	{"length", "range", drivers + "rules: [{length: {id: t, of: drivers, days: 2..3}}]", "t", lines{meet("drivers", "geneva", "01-08")}},
	{"length", "one", drivers + "rules: [{length: {id: t, of: drivers, days: 1}}]", "t", lines{meet("drivers", "geneva", "01-08 01-09")}},
	{"span", "listed", "sessions: {round: {title: First round, at: geneva, days: 1..5, within: 4 weeks, optional: yes}}\nrules: [{span: {id: t, of: round, within: 1 week}}]", "t",
		lines{meet("round", "geneva", "01-08 01-09 01-17")}},
	{"span", "consecutive", drivers, "", lines{meet("drivers", "geneva", "01-08 01-10")}},
	{"phase", "key", drivers + "phases: {one: {title: Phase I, between: 2018-02..2018-03, of: drivers}}", "", lines{meet("drivers", "geneva", "01-31 02-01")}},
	{"phase", "listed without a title", drivers + "rules: [{phase: {id: t, of: drivers, between: 2018-02}}]", "t", lines{meet("drivers", "geneva", "01-31 02-01")}},
	{"programme", "listed", paneled + "rules: [{programme: {id: t, of: drivers, kind: panel, count: 3}}]", "t",
		lines{meet("drivers", "geneva", "01-08", "01-08 morning panel", "01-08 afternoon panel")}},
	{"programme", "key", "programmes: {thematic: {meetings: [{kind: panel, count: 2..3}, {kind: interactive}]}}\nsessions: {drivers: {title: Drivers of migration, at: geneva, days: 1..5, optional: yes, programme: thematic}}", "",
		lines{meet("drivers", "geneva", "01-08 01-09 01-10", "01-08 morning interactive", "01-08 afternoon panel number: 2", "01-09 morning dance")}},
	{"programme", "without one", drivers, "", lines{meet("drivers", "geneva", "01-08", "01-08 morning plenary")}},
	{"seats", "key", paneled, "", lines{meet("drivers", "geneva", "01-09", "01-09 morning panel seats: {moderator: [CHE], panellists: [PHL]}",
		"01-09 afternoon panel seats: {moderator: [MEX], panellists: [MEX, FRA]}")}},
	{"keep", "days and station", drivers + "rules: [{keep: {id: t, of: drivers, days: [2018-01-08, 2018-01-09], at: geneva}}]", "t", lines{meet("drivers", "vienna", "01-09 01-10")}},
	{"keep", "slots", paneled + "rules: [{keep: {id: t, of: drivers, times: [2018-01-08 morning, 2018-01-09 afternoon]}}]", "t", lines{meet("drivers", "geneva", "01-08", "01-08 afternoon panel")}},
	{"keep", "seats", paneled + "rules: [{keep: {id: t, of: drivers, seats: {panel 1: {moderator: MEX}}}}]", "t", lines{meet("drivers", "geneva", "01-08", "01-08 morning panel seats: {moderator: [PHL], panellists: [PHL, CHE]}")}},
	{"pin", "start", "sessions: {drivers: {title: Drivers of migration, at: [geneva, vienna], days: 1..5, optional: yes, pin: {start: 2018-01-08, at: geneva}}}", "",
		lines{meet("drivers", "vienna", "01-09 01-10")}},
	{"pin", "days and seats", strings.Replace(paneled, "optional: yes", "optional: yes, pin: {days: [2018-01-08, 2018-01-10], seats: {panel 1: {moderator: MEX}}}", 1), "",
		lines{meet("drivers", "geneva", "01-08 01-09", "01-08 morning panel seats: {moderator: [PHL]}")}},
	{"held", "listed", drivers + "rules: [{held: {id: t, of: drivers}}]", "t", none},
	{"before", "listed", two + "rules: [{before: {id: t, of: drivers, then: pathways, gap: 1..10 days}}]", "t", lines{meet("drivers", "geneva", "01-08"), meet("pathways", "geneva", "01-22")}},
	{"before", "too early", two + "rules: [{before: {id: t, of: drivers, then: pathways, gap: 5.. working days}}]", "t", lines{meet("drivers", "geneva", "01-08"), meet("pathways", "geneva", "01-12")}},
	{"adjacent-to", "immediately", debate + "rules: [{adjacent-to: {id: t, of: conference, to: debate, side: before, within: 0 working days}}]", "t", lines{meet("conference", "geneva", "09-20 09-21")}},
	{"adjacent-to", "within days", debate + "rules: [{adjacent-to: {id: t, of: conference, to: debate, side: after, within: 2 days}}]", "t", lines{meet("conference", "geneva", "10-05")}},
	{"adjacent-to", "into the event", debate + "rules: [{adjacent-to: {id: t, of: conference, to: debate, side: before, within: 0 days}}]", "t", lines{meet("conference", "geneva", "09-25 09-26")}},
	{"chaired-by", "listed", two + chairs + "rules: [{chaired-by: {id: t, of: '*', by: president}}]", "t",
		lines{meet("drivers", "geneva", "01-08"), meet("pathways", "vienna", "01-09")}},
	{"chaired-by", "away", two + chairs + "rules: [{chaired-by: {id: t, of: drivers, by: president}}]", "t", lines{meet("drivers", "geneva", "01-18 01-19 01-22")}},
	{"closed-days", "key", "stations: {geneva: {title: Geneva, zone: Europe/Zurich, holidays: [{days: 2018-01-10, note: a holiday}]}}\nsessions: {drivers: {title: Drivers of migration, at: geneva, days: 1..5, optional: yes}}", "",
		lines{meet("drivers", "geneva", "01-10 01-13")}},
	{"rooms", "key", `stations: {geneva: {title: Geneva, zone: Europe/Zurich, rooms: {XX: {seats: 700, booths: 6}, XII: {seats: 250, closed: 2018-01-10}}}}
sessions: {drivers: {title: Drivers of migration, at: geneva, days: 1..5, slots: morning, optional: yes, room: {seats: 400}}, pathways: {title: Regular pathways, at: geneva, days: 1..5, slots: morning, optional: yes}}`, "",
		lines{meet("drivers", "geneva", "01-08 01-09", "01-08 morning plenary room: XX", "01-09 morning plenary room: XII"),
			meet("pathways", "geneva", "01-08 01-09 01-10 01-11", "01-08 morning plenary room: XX", "01-09 morning plenary", "01-10 morning plenary room: XII", "01-11 morning plenary room: V")}},
	{"teams", "key", `stations: {geneva: {title: Geneva, zone: Europe/Zurich, interpretation: {teams: 1, meetings-per-week: 2, off: [{teams: 1, days: 2018-01-15..2018-01-19}]}}}
sessions: {drivers: {title: Drivers of migration, at: geneva, days: 1..5, slots: morning, optional: yes, interpretation: as-available}, pathways: {title: Regular pathways, at: geneva, slots: morning, days: 1..5, optional: yes, interpretation: as-available}}`, "",
		lines{meet("drivers", "geneva", "01-08 01-09 01-10 01-15 01-22", "01-08 morning plenary interpretation: team 1", "01-09 morning plenary interpretation: team 1", "01-10 morning plenary interpretation: team 1", "01-15 morning plenary interpretation: team 1", "01-22 morning plenary interpretation: team 2"),
			meet("pathways", "geneva", "01-08", "01-08 morning plenary interpretation: team 1")}},
	{"interpretation", "listed", two + "rules: [{interpretation: {id: t, of: drivers}}]", "t", lines{meet("drivers", "geneva", "01-08", "01-08 morning plenary interpretation: team 1", "01-08 afternoon plenary")}},
	{"document", "after", drivers + draft + "rules: [{document: {id: t, of: draft, after: drivers, takes: 10 working days}}]", "t", lines{meet("drivers", "geneva", "01-08 01-09"), out("draft", "01-19")}},
	{"document", "no later after", drivers + draft + "rules: [{document: {id: t, of: draft, after: drivers, takes: 10 working days, within: 4 weeks}}]", "t", lines{meet("drivers", "geneva", "01-08 01-09"), out("draft", "02-07")}},
	{"document", "before", drivers + draft + "rules: [{document: {id: t, of: draft, before: drivers, by: 6 weeks}}]", "t", lines{meet("drivers", "geneva", "03-05"), out("draft", "01-24")}},
	{"document", "after and before nothing more", drivers + draft + "rules: [{document: {id: t, of: draft, after: drivers, before: drivers}}]", "t", lines{meet("drivers", "geneva", "03-05 03-06"), out("draft", "03-05")}},
	{"document", "deadline", drivers + draft + "rules: [{document: {id: t, of: draft, deadline: 2018-02-05}}]", "t", lines{out("draft", "02-06")}},
	{"document", "between", drivers + draft + "rules: [{document: {id: t, of: draft, between: 2018-01-08..2018-02-05}}]", "t", lines{out("draft", "01-05")}},
	{"document", "issued", drivers + draft, "", none},
	{"document", "issued on a weekend", drivers + draft, "", lines{out("draft", "01-13")}},
	{"day-cap", "at most", four + "rules: [{day-cap: {id: t, of: thematic-*, at-most: 12}}]", "t",
		lines{meet("thematic-1", "geneva", "01-08 01-09 01-10 01-11"), meet("thematic-2", "geneva", "01-15 01-16 01-17"), meet("thematic-3", "geneva", "01-22 01-23 01-24"), meet("thematic-4", "geneva", "01-29 01-30 01-31")}},
	{"day-cap", "exactly", four + "rules: [{day-cap: {id: t, of: thematic-*, exactly: 4}}]", "t", lines{meet("thematic-1", "geneva", "01-08 01-09 01-10")}},
	{"day-cap", "both", four + "rules: [{day-cap: {id: t, of: thematic-*, at-least: 2, at-most: 4}}]", "t", none},
	{"day-cap", "at least, of one", four + "rules: [{day-cap: {id: t, of: thematic-1, at-least: 2}}]", "t", lines{meet("thematic-1", "geneva", "01-08")}},
	{"day-cap", "at most, of one", four + "rules: [{day-cap: {id: t, of: thematic-1, at-most: 2}}]", "t", lines{meet("thematic-1", "geneva", "01-08 01-09 01-10")}},
	{"moderators", "once", paneled + "rules: [{moderators: {id: t, of: drivers, seat: moderator, from: states, each: ..1}}]", "t",
		lines{meet("drivers", "geneva", "01-08 01-09", moderated("01-08 morning", "MEX"), moderated("01-08 afternoon", "MEX"), moderated("01-09 morning", "IOM"))}},
	{"moderators", "twice", paneled + "rules: [{moderators: {id: t, of: drivers, seat: moderator, from: '*', each: ..2}}]", "t", none},
	{"moderators", "as often as one likes", paneled + "rules: [{moderators: {id: t, of: drivers, seat: moderator, from: states}}]", "t", none},
	{"balance", "each", paneled + "rules: [{balance: {id: t, of: drivers, seat: moderator, over: regional_group, each: 1..2}}]", "t",
		lines{meet("drivers", "geneva", "01-08 01-09", moderated("01-08 morning", "MEX"), moderated("01-08 afternoon", "MEX"), moderated("01-09 morning", "MEX"), moderated("01-09 afternoon", "CHE"))}},
	{"balance", "groups, evenly", paneled + "rules: [{balance: {id: t, of: drivers, seat: moderator, over: regional_group, groups: {weog: 1.., grulac: ..1}, even: yes}}]", "t",
		lines{meet("drivers", "geneva", "01-08", moderated("01-08 morning", "MEX"))}},
	{"panel-mix", "listed", paneled + "rules: [{panel-mix: {id: t, of: drivers, kind: panel, profile: {origin: 1.., destination: 1..}}}]", "t",
		lines{meet("drivers", "geneva", "01-08", seated("01-08 morning", "MEX, PHL"))}},
	{"travel-budget", "listed", four + "rules: [{travel-budget: {id: t, of: thematic-*, delegates: 40, cost: {geneva: 3200}, at-most: 300}}]", "t",
		lines{meet("thematic-1", "geneva", "01-08"), meet("thematic-2", "geneva", "01-15"), meet("thematic-3", "geneva", "01-22")}},
	{"officer-travel", "listed", strings.ReplaceAll(two, "optional: yes", "optional: yes, chaired-by: president") + chairs + "rules: [{officer-travel: {id: t, of: '*', by: president}}]", "t",
		lines{meet("drivers", "vienna", "01-08"), meet("pathways", "geneva", "01-11")}},
	{"avoid", "days and an event", "stations: {geneva: {title: Geneva, zone: Europe/Zurich, observances: [{days: 2018-01-10, note: a feast}]}}\nevents: {forum: {title: a forum, days: 2018-01-15..2018-01-16}}\nbusy: {council: {title: Human Rights Council, days: 2018-01-22..2018-01-26}}\nsessions: {drivers: {title: Drivers of migration, at: geneva, days: 1..5, optional: yes}}\nrules: [{avoid: {id: t, of: drivers, days: [observances, forum, council, 2018-01-30..2018-01-31]}}]", "t",
		lines{meet("drivers", "geneva", "01-10 01-16 01-22 01-31")}},
	{"avoid", "hours", drivers + "busy: {council: {title: Human Rights Council, file: busy.ics}}\nrules: [{avoid: {id: t, of: drivers, days: council}}]", "t", lines{meet("drivers", "geneva", "01-08")}},
	{"parallel", "anywhere", four + "rules: [{parallel: {id: t, of: '*', at-most: 1}}]", "t",
		lines{meet("thematic-1", "geneva", "01-08", "01-08 morning plenary"), meet("thematic-2", "geneva", "01-08", "01-08 morning plenary")}},
	{"parallel", "at stations", two + "rules: [{parallel: {id: t, of: '*', at: [geneva, vienna], at-most: 1}}]", "t", lines{meet("drivers", "geneva", "01-08"), meet("pathways", "vienna", "01-08")}},
	{"rest", "listed", two + "rules: [{rest: {id: t, of: '*', at-least: 5 working days}}]", "t", lines{meet("drivers", "geneva", "01-08"), meet("pathways", "geneva", "01-11")}},
	{"breaks", "listed", drivers + "rules: [{breaks: {id: t, of: drivers}}]", "t", lines{meet("drivers", "geneva", "01-12 01-15")}},
	{"idle", "listed", paneled + "rules: [{idle: {id: t, of: drivers}}]", "t", lines{meet("drivers", "geneva", "01-08 01-09", "01-08 morning panel", "01-09 morning panel")}},
	{"near", "listed", drivers + "rules: [{near: {id: t, of: drivers, day: 2018-01-08}}]", "t", lines{meet("drivers", "geneva", "01-10")}},
	{"slack", "listed", drivers + "documents: {draft: {title: Zero draft, deadline: 2018-02-05}}\nrules: [{slack: {id: t, of: draft, want: 5 working days}}]", "t", lines{out("draft", "01-31")}},
}

// excess gives an excess in the unit of its rule: "2 working days".
func excess(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	if unit == "thousand" {
		return fmt.Sprintf("%d thousand", n)
	}
	if strings.HasSuffix(unit, "sh") {
		unit += "e"
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// TestSentences holds every statement and every finding to the letter.
func TestSentences(t *testing.T) {
	const file = "testdata/sentences.golden"
	var b strings.Builder
	b.WriteString("What each rule says and finds, one case after the other; written by: go test ./model/rule -run Sentences -update\n")
	seen := map[string]bool{}
	for _, c := range slices.Concat(spokenCases, shortCases) {
		seen[c.kind] = true
		fmt.Fprintf(&b, "\n[%s] %s\n", c.kind, c.what)
		s, instances := given(t, c.scenario)
		facts := rule.NewFacts(s, answered(t, s, c.plan))
		found := false
		for _, in := range instances {
			if in.Kind != c.kind || (c.id != "" && in.ID != c.id && !strings.HasPrefix(in.ID, c.id+" #")) {
				continue
			}
			found = true
			fmt.Fprintf(&b, "says:  %s\n", in.Rule.Statement(s))
			for _, f := range in.Rule.Check(facts) {
				fmt.Fprintf(&b, "finds: %s: %s\n", excess(f.Excess, rule.KindNamed(c.kind).Unit), f.Text)
			}
		}
		if !found {
			t.Errorf("%s, %s: the scenario has no such rule", c.kind, c.what)
		}
	}
	for _, k := range rule.Kinds {
		if !seen[k.Name] {
			t.Errorf("the rule %s has no case", k.Name)
		}
	}
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, before := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(before)) {
		if i >= len(got) || i >= len(before) || got[i] != before[i] {
			is, was := "", ""
			if i < len(got) {
				is = got[i]
			}
			if i < len(before) {
				was = before[i]
			}
			t.Fatalf("%s, line %d\n was: %s\n  is: %s\nIf that is meant: go test ./model/rule -run Sentences -update", file, i+1, was, is)
		}
	}
}

// TestEveryKindFindsSomethingInItsFirstCase: the pages show it.
func TestEveryKindFindsSomethingInItsFirstCase(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range slices.Concat(spokenCases, shortCases) {
		if seen[c.kind] {
			continue
		}
		seen[c.kind] = true
		x := table{kind: c.kind, scenario: c.scenario, id: c.id}
		if x.excess(t, c.plan) == 0 {
			t.Errorf("the plan of the first case of %s keeps the rule", c.kind)
		}
	}
}
