package letter_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"plenary/export/language"
	"plenary/export/letter"
	"plenary/model/given"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

var update = flag.Bool("update", false, "write the letters as they are now")

const small = `plenary: 1
title: A <small> process
mandate: A/RES/1
period: 2018-01-01..2018-12-31
stations:
  geneva: {title: Geneva, zone: Europe/Zurich, rooms: {XX: {seats: 10}}, interpretation: {teams: 1}}
officers: {chair: {title: The Chair}}
rosters: {states: {members: [{id: MEX, name: Mexico, group: grulac}, {id: CHE, name: Switzerland, group: weog}]}}
programmes: {round: {meetings: [{kind: panel, count: 1..2, seats: {moderator: {from: [states]}}}]}}
sessions:
  - {id: opening, title: Opening, at: geneva, days: 1..3, chaired-by: chair, programme: round, interpretation: required, mandate: "4"}
  - {id: extra, title: Extra, at: geneva, optional: yes}
documents:
  - {id: report, title: Report, writer: chair, deadline: 2018-03-01, processing: 2 weeks, mandate: "5"}
priorities: [sessions held, wishes]
rules:
  - held: {of: extra, tier: 1}
  - near: {of: opening, day: 2018-01-09, tier: 2}
  - day-cap: {of: "*", at-most: 4, mandate: "6"}
  - balance: {of: opening, seat: moderator, over: group, each: ..2, mandate: "7"}
`

const answer = `plenary-plan: 1
status: feasible
tiers: [{tier: 1, title: sessions held, cost: 1, bound: 1, proven: yes}, {tier: 2, title: wishes, cost: 1, bound: 0}]
sessions:
  - id: opening
    station: geneva
    days: [2018-01-08, 2018-01-09]
    meetings:
      - {day: 2018-01-08, slot: morning, kind: panel, number: 1, room: XX, interpretation: team 1, seats: {moderator: [MEX]}}
      - {day: 2018-01-09, slot: morning, kind: panel, number: 2, room: XX, interpretation: team 1, seats: {moderator: [CHE]}}
documents: [{id: report, issued: 2018-02-01}]
`

// In another language no English word of ours is left but what rules say.
func TestLettersSpeakSixLanguages(t *testing.T) {
	s, instances, p := process(t)
	v := judge.Plan(s, instances, p)
	ours := regexp.MustCompile(`\b(Calendar|Dates|Station|Rooms|Meetings|Chaired by|Para|Documents|Writer|Submitted|Not held|interpreted|Group|Seats|Who|Working days used|Costs|Tier|Priority|Bound|Status|proven|Seat|paragraph)\b`)
	for _, code := range scenario.Languages {
		l, _ := language.Named(code)
		var b bytes.Buffer
		if err := letter.Write(&b, s, instances, p, v, letter.Markdown, l); err != nil {
			t.Fatal(err)
		}
		found := ours.FindAllString(b.String(), -1)
		if code == "fr" {
			found = slices.DeleteFunc(found, func(w string) bool { return w == "Dates" || w == "Documents" })
		}
		if (len(found) > 0) != (code == "en") {
			t.Errorf("%s: %q in\n%s", code, found, b.String())
		}
		if code == "en" && len(found) < 20 {
			t.Errorf("only %q are looked for: the test tries too little", found)
		}
	}
}

// process gives the small process with its plan.
func process(t *testing.T) (*scenario.Scenario, []rule.Instance, *plan.Plan) {
	t.Helper()
	s, instances := given.Text(t, small)
	p, problems := plan.Read("plan.yaml", []byte(answer), s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s, instances, p
}

func TestLettersAreWhatTheyWere(t *testing.T) {
	s, instances, p := process(t)
	v := judge.Plan(s, instances, p)
	english, _ := language.Named("en")
	for _, format := range letter.Formats {
		var b bytes.Buffer
		if err := letter.Write(&b, s, instances, p, v, letter.Format(format), english); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", "letter."+format)
		if *update {
			if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), want) {
			t.Errorf("%s differs from %s; if that is meant: go test ./export/letter -update\n%s", format, golden, b.String())
		}
	}
}
