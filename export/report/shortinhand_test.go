package report_test

import (
	"slices"
	"strings"
	"testing"

	"plenary/export/report"
	"plenary/model/given"
	"plenary/model/judge"
	"plenary/model/plan"
)

const sideEvents = `plenary: 1
title: Side events
period: 2018-01-08..2018-01-31
slots: {early: "09:00-10:00", midday: "10:15-11:15", late: "11:30-12:30", evening: "18:15-19:15"}
stations: {geneva: {zone: Europe/Zurich, week: mon-fri, rooms: {XX: {seats: 100}, XI: {seats: 50}}}}
sessions:
  - {id: rivers, at: geneva, lasts: 1 slot, attendees: 80}
  - {id: lakes, at: geneva, lasts: 1 slot, attendees: 50}
priorities: [wishes]
rules:
`

const twoSideEvents = `{"plenary-plan": 1, "program": "by hand", "scenario": {"file": "side.yaml"}, "sessions": [
 {"id": "rivers", "station": "geneva", "days": ["2018-01-08"], "meetings": [{"day": "2018-01-08", "slot": "early", "kind": "plenary", "number": 1, "room": "XX"}]},
 {"id": "lakes", "station": "geneva", "days": ["DAY"], "meetings": [{"day": "DAY", "slot": "SLOT", "kind": "plenary", "number": 1, "room": "XI"}]}]}`

// What is left in hand of rules about short sessions: so much could go before
// the rule broke. The same plan breaks the rule that asks for one more.
func TestRulesOfShortSessionsSayWhatIsLeft(t *testing.T) {
	for name, c := range map[string]struct{ rule, day, slot, left, more string }{
		"seats":          {"room-size: {of: rivers}", "2018-01-08", "late", "20 seats", "room-size: {of: lakes}"},
		"no seat":        {"room-size: {of: lakes}", "2018-01-08", "late", "0 seats", ""},
		"minutes":        {"pause: {of: \"*\", at-least: 15 minutes}", "2018-01-08", "late", "75 minutes", "pause: {of: \"*\", at-least: 91 minutes}"},
		"just enough":    {"pause: {of: \"*\", at-least: 15 minutes}", "2018-01-08", "midday", "0 minutes", "pause: {of: \"*\", at-least: 16 minutes}"},
		"a night":        {"pause: {of: \"*\", at-least: 15 minutes}", "2018-01-09", "early", "", ""},
		"slots":          {"pause: {of: \"*\", at-least: 1 slot}", "2018-01-08", "evening", "1 slot", "pause: {of: \"*\", at-least: 3 slots}"},
		"in order":       {"in-order: {of: rivers, then: lakes}", "2018-01-08", "late", "1 slot", "in-order: {of: lakes, then: rivers}"},
		"over a weekend": {"rest: {of: \"*\", at-least: 2 days}", "2018-01-15", "late", "4 days", "rest: {of: \"*\", at-least: 7 days}"},
		"days apart":     {"days-apart: {of: \"*\", days: 2..5}", "2018-01-11", "late", "1 day", "days-apart: {of: \"*\", days: 4..5}"},
	} {
		t.Run(name, func(t *testing.T) {
			x := ruleOf(t, c.rule, c.day, c.slot)
			text := ""
			if x.Left != nil {
				text = x.Left.Text
			}
			if !x.Kept || text != c.left {
				t.Errorf("kept %t, in hand %q, want %q", x.Kept, text, c.left)
			}
			if c.more == "" || name == "seats" {
				return
			}
			if x := ruleOf(t, c.more, c.day, c.slot); x.Kept {
				t.Errorf("%s is kept: the test tries nothing", c.more)
			}
		})
	}
}

// ruleOf gives what the report says of one rule of two side events.
func ruleOf(t *testing.T, text, day, slot string) report.Rule {
	t.Helper()
	s, instances := given.Text(t, sideEvents+"  - "+text+"\n")
	src := twoSideEvents
	for _, x := range [][2]string{{"DAY", day}, {"SLOT", slot}} {
		src = strings.ReplaceAll(src, x[0], x[1])
	}
	p, problems := plan.Read("side.plan.json", []byte(src), s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	r := report.Of(s, instances, p, judge.Plan(s, instances, p), mustNamed(t, "en"))
	kinds := []string{"room-size", "pause", "in-order", "rest", "days-apart"}
	for _, paragraph := range r.Paragraphs {
		for _, subject := range paragraph.Subjects {
			if i := slices.IndexFunc(subject.Rules, func(x report.Rule) bool { return slices.Contains(kinds, x.Kind) }); i >= 0 {
				return subject.Rules[i]
			}
		}
	}
	t.Fatalf("the report says nothing of %s", text)
	return report.Rule{}
}
