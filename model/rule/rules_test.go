package rule_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// All days of these tables are in 2018; 8 January is a Monday.
const (
	head = `plenary: 1
title: Small
period: 2018-01-01..2018-12-31
priorities: [first, second]
`
	twoStations = `stations:
  geneva: {title: Geneva, zone: Europe/Zurich}
  vienna: {title: Vienna, zone: Europe/Vienna}
`
)

// given reads a scenario and its rules. A busy calendar, whatever its file,
// has one meeting: 8 January, 10.00 to 13.00 in Geneva.
func given(t *testing.T, text string) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	if !strings.Contains(text, "stations:") {
		text = twoStations + text
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "small.yaml")
	for name, content := range map[string]string{file: head + text, filepath.Join(dir, "busy.ics"): "a calendar"} {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, problems := scenario.Read(file, scenario.Sources{Busy: func(string, []byte) ([]scenario.Interval, diag.List) {
		from := time.Date(2018, 1, 8, 9, 0, 0, 0, time.UTC)
		return []scenario.Interval{{From: from, To: from.Add(3 * time.Hour)}}, nil
	}})
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, text)
	}
	instances, problems := rule.Of(s)
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, text)
	}
	return s, instances
}

// meet writes a session of a plan in YAML: its station and days, "01-08
// 01-09", and meetings, each "01-08 morning panel" with further keys after it.
func meet(id, station, days string, meetings ...string) string {
	text := fmt.Sprintf("  %s: {station: %s, days: [%s]", id, station, "2018-"+strings.ReplaceAll(days, " ", ", 2018-"))
	for i, m := range meetings {
		if i == 0 {
			text += ", meetings: ["
		}
		w := strings.SplitN(m, " ", 4)
		text += fmt.Sprintf("{day: 2018-%s, slot: %s, kind: %s", w[0], w[1], w[2])
		if len(w) > 3 {
			text += ", " + w[3]
		}
		text += "}, "
		if i == len(meetings)-1 {
			text += "]"
		}
	}
	return text + "}\n"
}

// out writes a document of a plan in YAML.
func out(id, day string) string { return fmt.Sprintf("  %s: {issued: 2018-%s}\n", id, day) }

// answered reads a plan from such lines.
func answered(t *testing.T, s *scenario.Scenario, of lines) *plan.Plan {
	t.Helper()
	sessions, documents := "sessions:\n", "documents:\n"
	for _, line := range of {
		if strings.Contains(line, "issued:") {
			documents += line
		} else {
			sessions += line
		}
	}
	p, problems := plan.Read("small.plan.yaml", []byte("plenary-plan: 1\n"+sessions+documents), s)
	if len(problems) > 0 {
		t.Fatalf("%v\n%s%s", problems, sessions, documents)
	}
	return p
}

// lines is a plan, as lines of meet and out.
type lines = []string

type table struct {
	kind     string
	what     string // where a kind has several tables
	scenario string
	// id is the rule's own, "" where keys of the scenario make the rule.
	id    string
	cases []tableCase
}

type tableCase struct {
	name string
	plan lines
	want int // the excess
}

const panels = `programmes: {p: {meetings: [{kind: panel, count: ..9, seats: {moderator: {from: [north, south]}, panellists: {from: [north, south], count: 3}}}]}}
rosters:
  north: {members: [{id: n1, group: north, profile: origin}, {id: n2, group: north, profile: origin}, {id: n3, group: north, profile: origin; transit}]}
  south: {members: [{id: s1, group: south, profile: transit}, {id: s2, group: south, profile: transit}, {id: s3, group: south}]}
sessions: {a: {at: geneva, days: 1..5, optional: yes, programme: p}}
`

// moderated writes a meeting of the panel with its moderator.
func moderated(when, who string) string {
	return when + " panel seats: {moderator: [" + who + "]}"
}

// seated writes a meeting of the panel with its panellists.
func seated(when, who string) string {
	return when + " panel seats: {panellists: [" + who + "]}"
}

var none lines

var tables = []table{
	{"window", "", "sessions: {a: {at: geneva, between: 2018-01-08..2018-01-12, days: 1..9, optional: yes}}", "", []tableCase{
		{"under", lines{meet("a", "geneva", "01-09 01-10")}, 0},
		{"exactly at both ends", lines{meet("a", "geneva", "01-08 01-12")}, 0},
		{"one over at the end", lines{meet("a", "geneva", "01-12 01-13")}, 1},
		{"one over at the start", lines{meet("a", "geneva", "01-07 01-08")}, 1},
		{"over at both ends", lines{meet("a", "geneva", "01-05 01-15")}, 6},
		{"wholly outside", lines{meet("a", "geneva", "01-15 01-16")}, 4},
		{"unheld", none, 0},
	}},
	{"venue", "", "sessions: {a: {at: [geneva, vienna], optional: yes}, b: {at: [geneva, vienna], optional: yes}}\nrules: [{venue: {id: t, of: '*', at: geneva}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08")}, 0},
		{"exactly at the station", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-09")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08"), meet("b", "vienna", "01-09")}, 1},
		{"two over", lines{meet("a", "vienna", "01-08"), meet("b", "vienna", "01-09")}, 2},
		{"unheld", none, 0},
	}},
	{"length", "", "sessions: {a: {at: geneva, days: 1..9, optional: yes}}\nrules: [{length: {id: t, of: a, days: 2..3}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08 01-09")}, 0},
		{"exactly at the most", lines{meet("a", "geneva", "01-08 01-09 01-10")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09 01-10 01-11")}, 1},
		{"one short", lines{meet("a", "geneva", "01-08")}, 1},
		{"unheld", none, 0},
	}},
	{"span", "", "sessions: {a: {at: geneva, days: 1..9, within: 4 weeks, optional: yes}}\nrules: [{span: {id: t, of: a, within: 1 week}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08 01-12")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08 01-14")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-15")}, 1},
		{"unheld", none, 0},
	}},
	{"span", "of consecutive days", "sessions: {a: {at: geneva, days: 1..9, optional: yes}}", "", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08")}, 0},
		{"exactly at, over a weekend", lines{meet("a", "geneva", "01-12 01-15")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-10")}, 1},
		{"unheld", none, 0},
	}},
	{"phase", "", "sessions: {a: {at: geneva, days: 1..9, optional: yes}, b: {at: geneva, optional: yes}}\nphases: {p: {between: 2018-02, of: a}}", "", []tableCase{
		{"under", lines{meet("a", "geneva", "02-05"), meet("b", "geneva", "01-08")}, 0},
		{"exactly at", lines{meet("a", "geneva", "02-01 02-28")}, 0},
		{"one over at the end", lines{meet("a", "geneva", "02-28 03-01")}, 1},
		{"one over at the start", lines{meet("a", "geneva", "01-31 02-01")}, 1},
		{"unheld", none, 0},
	}},
	{"programme", "", panels + "rules: [{programme: {id: t, of: a, kind: panel, count: 2..3}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08", "01-08 morning panel", "01-08 afternoon panel")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-08 afternoon panel", "01-09 morning panel")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-08 afternoon panel", "01-09 morning panel", "01-09 afternoon panel")}, 1},
		{"one short", lines{meet("a", "geneva", "01-08", "01-08 morning panel")}, 1},
		{"unheld", none, 0},
	}},
	{"programme", "of a session", "programmes: {p: {meetings: [{kind: panel, count: 1..2}, {kind: talk}]}}\nsessions: {a: {at: geneva, days: 1..3, optional: yes, programme: p, slots: [morning, afternoon]}}", "", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08", "01-08 morning panel", "01-08 afternoon talk")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-08 afternoon panel", "01-09 morning talk")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-08 afternoon panel", "01-09 morning panel", "01-09 afternoon talk")}, 1},
		{"one missing", lines{meet("a", "geneva", "01-08", "01-08 morning panel")}, 1},
		{"one out of order", lines{meet("a", "geneva", "01-08", "01-08 morning talk", "01-08 afternoon panel")}, 1},
		{"one day empty", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-08 afternoon talk")}, 1},
		{"one with a wrong number", lines{meet("a", "geneva", "01-08", "01-08 morning panel number: 2", "01-08 afternoon talk")}, 1},
		{"one of no known kind", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-08 afternoon dance", "01-09 morning talk")}, 1},
		{"unheld", none, 0},
	}},
	{"programme", "where a session names none", "sessions: {a: {at: geneva, days: 2, optional: yes}}", "", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09")}, 0},
		{"one slot empty", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning plenary", "01-08 afternoon plenary", "01-09 morning plenary")}, 1},
		{"unheld", none, 0},
	}},
	{"seats", "", `programmes: {p: {meetings: [{kind: panel, count: ..9, seats: {chair: {from: r}, members: {from: r, count: 2}}}]}}
rosters: {r: {members: [{id: v}, {id: w}, {id: x}, {id: y, unavailable: 2018-01-09}]}}
sessions: {a: {at: geneva, days: 1..5, optional: yes, programme: p}}`, "", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08", "01-08 morning panel seats: {chair: [v], members: [w, y]}")}, 0},
		{"under: one seat empty", lines{meet("a", "geneva", "01-08", "01-08 morning panel seats: {chair: [v], members: [w]}")}, 1},
		{"one over", lines{meet("a", "geneva", "01-08", "01-08 morning panel seats: {chair: [v], members: [w, x, y]}")}, 1},
		{"one twice", lines{meet("a", "geneva", "01-08", "01-08 morning panel seats: {chair: [v], members: [v, x]}")}, 1},
		{"one of no roster", lines{meet("a", "geneva", "01-08", "01-08 morning panel seats: {chair: [nobody], members: [v, x]}")}, 1},
		{"one away", lines{meet("a", "geneva", "01-09", "01-09 morning panel seats: {chair: [v], members: [x, y]}")}, 1},
		{"one away on another day of the session", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel seats: {chair: [v], members: [x, y]}")}, 1},
		{"a seat that is none", lines{meet("a", "geneva", "01-08", "01-08 morning panel seats: {chair: [v], members: [x, y], guest: [w]}")}, 1},
		{"unheld", none, 0},
	}},
	{"keep", "", "sessions: {a: {at: [geneva, vienna], days: 1..3, optional: yes}}\nrules: [{keep: {id: t, of: a, days: [2018-01-08, 2018-01-09], at: geneva}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09")}, 0},
		{"under: further days do not count", lines{meet("a", "geneva", "01-08 01-09 01-10")}, 0},
		{"one over", lines{meet("a", "geneva", "01-09 01-10")}, 1},
		{"two over", lines{meet("a", "vienna", "01-09 01-10")}, 2},
		{"unheld", none, 3},
	}},
	{"keep", "of slots within days", "programmes: {p: {meetings: [{kind: panel, count: ..9}]}}\nsessions: {a: {at: geneva, days: 1..3, optional: yes, programme: p}}\nrules: [{keep: {id: t, of: a, times: [2018-01-08 morning, 2018-01-09 afternoon]}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-09 afternoon panel")}, 0},
		{"under: further slots do not count", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-09 morning panel", "01-09 afternoon panel")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09", "01-08 afternoon panel", "01-09 afternoon panel")}, 1},
		{"two over", lines{meet("a", "geneva", "01-08 01-09", "01-08 afternoon panel", "01-09 morning panel")}, 2},
		{"a day that moved is no slot that moved", lines{meet("a", "geneva", "01-09 01-10", "01-09 afternoon panel", "01-10 morning panel")}, 0},
		{"unheld", none, 0},
	}},
	{"pin", "", "sessions: {a: {at: [geneva, vienna], days: 2, optional: yes, pin: {start: 2018-01-08, at: geneva}}}", "", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09")}, 0},
		{"under: only what is pinned counts", lines{meet("a", "geneva", "01-08 01-10")}, 0},
		{"one over", lines{meet("a", "geneva", "01-09 01-10")}, 1},
		{"two over", lines{meet("a", "vienna", "01-09 01-10")}, 2},
		{"unheld", none, 0},
	}},
	{"pin", "of days and seats", `programmes: {p: {meetings: [{kind: panel, count: ..9, seats: {chair: {from: r}}}]}}
rosters: {r: {members: [{id: v}, {id: w}]}}
sessions: {a: {at: geneva, days: 1..2, optional: yes, programme: p, pin: {days: [2018-01-08, 2018-01-09], seats: {panel 1: {chair: v}}}}}`, "", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel seats: {chair: [v]}", "01-09 morning panel seats: {chair: [w]}")}, 0},
		{"one day other", lines{meet("a", "geneva", "01-08 01-10", "01-08 morning panel seats: {chair: [v]}", "01-10 morning panel seats: {chair: [w]}")}, 1},
		{"one seat other", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel seats: {chair: [w]}", "01-09 morning panel seats: {chair: [v]}")}, 1},
		{"unheld", none, 0},
	}},
	{"held", "", "sessions: {a: {at: geneva, optional: yes}, b: {at: geneva, optional: yes}, c: {at: geneva, optional: yes}}\nrules: [{held: {id: t, of: [a, b]}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-09"), meet("c", "geneva", "01-10")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-09")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08")}, 1},
		{"unheld", none, 2},
	}},
	{"held", "of a session that is not optional", "sessions: {a: {at: geneva}, b: {at: geneva, optional: yes}}", "", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08")}, 0},
		{"unheld", none, 1},
	}},
	{"before", "", "sessions: {a: {at: geneva, days: 1..9, optional: yes}, b: {at: geneva, optional: yes}}\nrules: [{before: {id: t, of: a, then: b, gap: 2..4 days}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-11")}, 0},
		{"exactly at the least", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-10")}, 0},
		{"exactly at the most", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-12")}, 0},
		{"exactly at, from the last day", lines{meet("a", "geneva", "01-08 01-09 01-10"), meet("b", "geneva", "01-12")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-13")}, 1},
		{"one too early", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-09")}, 1},
		{"the other way round", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-03")}, 7},
		{"unheld one", lines{meet("b", "geneva", "01-03")}, 0},
		{"unheld", none, 0},
	}},
	{"before", "in working days", "sessions: {a: {at: geneva, optional: yes, before: {b: 1..2 working days}}, b: {at: geneva, optional: yes}}", "", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-12"), meet("b", "geneva", "01-16")}, 0},
		{"one over", lines{meet("a", "geneva", "01-12"), meet("b", "geneva", "01-17")}, 1},
		{"unheld", none, 0},
	}},
	{"adjacent-to", "before", "events: {e: 2018-01-15..2018-01-16}\nsessions: {a: {at: geneva, days: 1..5, optional: yes}}\nrules: [{adjacent-to: {id: t, of: a, to: e, side: before, within: 1 working day}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-12")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-10 01-11")}, 0},
		{"one over", lines{meet("a", "geneva", "01-09 01-10")}, 1},
		{"one day into the event", lines{meet("a", "geneva", "01-15")}, 1},
		{"past the event", lines{meet("a", "geneva", "01-17")}, 3},
		{"unheld", none, 0},
	}},
	{"adjacent-to", "after", "events: {e: 2018-01-15..2018-01-16}\nsessions: {a: {at: geneva, days: 1..5, optional: yes}}\nrules: [{adjacent-to: {id: t, of: a, to: e, side: after, within: 2 days}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-17")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-19")}, 0},
		{"one over", lines{meet("a", "geneva", "01-20")}, 1},
		{"one day into the event", lines{meet("a", "geneva", "01-16 01-17")}, 1},
		{"unheld", none, 0},
	}},
	{"chaired-by", "", "officers: {o: {based: geneva, travel-days: 1, away: 2018-01-22..2018-01-23}}\nsessions: {a: {at: geneva, days: 1..9, optional: yes, chaired-by: o}, b: {at: [geneva, vienna], optional: yes, chaired-by: o}}", "", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08"), meet("b", "vienna", "01-11")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08"), meet("b", "vienna", "01-10")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08"), meet("b", "vienna", "01-09")}, 1},
		{"two days too close", lines{meet("a", "geneva", "01-08 01-09"), meet("b", "vienna", "01-10")}, 1},
		{"at one station on one day", lines{meet("a", "geneva", "01-08", "01-08 morning plenary"), meet("b", "geneva", "01-08", "01-08 afternoon plenary")}, 0},
		{"at one station in one slot", lines{meet("a", "geneva", "01-08", "01-08 morning plenary"), meet("b", "geneva", "01-08", "01-08 morning plenary")}, 1},
		{"one day away", lines{meet("a", "geneva", "01-19 01-22")}, 1},
		{"two days away", lines{meet("a", "geneva", "01-22 01-23")}, 2},
		{"unheld one", lines{meet("a", "geneva", "01-08")}, 0},
		{"unheld", none, 0},
	}},
	{"chaired-by", "listed", "officers: {o: {travel-days: 1, away: [2018-01-22]}}\nsessions: {a: {at: geneva, days: 1..9, optional: yes}, b: {at: vienna, optional: yes}}\nrules: [{chaired-by: {id: t, of: '*', by: o}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08"), meet("b", "vienna", "01-10")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08"), meet("b", "vienna", "01-09")}, 1},
		{"one day away", lines{meet("a", "geneva", "01-22")}, 1},
		{"unheld", none, 0},
	}},
	{"closed-days", "", "stations: {geneva: {zone: Europe/Zurich, week: mon-fri, closed: 2018-01-10, holidays: [2018-01-11]}}\nsessions: {a: {at: geneva, days: 1..5, optional: yes}}", "", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-09 01-12")}, 0},
		{"one over", lines{meet("a", "geneva", "01-09 01-10")}, 1},
		{"one over on a holiday", lines{meet("a", "geneva", "01-11 01-12")}, 1},
		{"one over on a Saturday", lines{meet("a", "geneva", "01-12 01-13")}, 1},
		{"two over", lines{meet("a", "geneva", "01-10 01-11")}, 2},
		{"unheld", none, 0},
	}},
	{"rooms", "", `stations: {geneva: {zone: Europe/Zurich, rooms: {X: {seats: 10, booths: 2}, Y: {seats: 5, closed: 2018-01-09}}}}
sessions: {a: {at: geneva, slots: morning, optional: yes, room: {seats: 5}}, b: {at: geneva, slots: morning, optional: yes, room: {seats: 5}}, c: {at: geneva, slots: morning, optional: yes, room: {seats: 6, booths: 2}}}`, "", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08", "01-08 morning plenary room: X")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08", "01-08 morning plenary room: X"), meet("b", "geneva", "01-08", "01-08 morning plenary room: Y")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08", "01-08 morning plenary room: X"), meet("b", "geneva", "01-08", "01-08 morning plenary room: X")}, 1},
		{"one without", lines{meet("a", "geneva", "01-08", "01-08 morning plenary")}, 1},
		{"one closed", lines{meet("a", "geneva", "01-09", "01-09 morning plenary room: Y")}, 1},
		{"one that is not there", lines{meet("a", "geneva", "01-08", "01-08 morning plenary room: Z")}, 1},
		{"one that does not suit", lines{meet("c", "geneva", "01-08", "01-08 morning plenary room: Y")}, 1},
		{"unheld", none, 0},
	}},
	{"teams", "", `stations: {geneva: {zone: Europe/Zurich, interpretation: {teams: 1, meetings-per-week: 2, off: [{teams: 1, days: 2018-01-17}]}}}
sessions: {a: {at: geneva, slots: morning, days: 1..5, optional: yes, interpretation: as-available}, b: {at: geneva, slots: morning, optional: yes, interpretation: as-available}}`, "", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08", "01-08 morning plenary interpretation: team 1")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning plenary interpretation: team 1", "01-09 morning plenary interpretation: team 1")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09 01-10", "01-08 morning plenary interpretation: team 1", "01-09 morning plenary interpretation: team 1", "01-10 morning plenary interpretation: team 1")}, 1},
		{"a week begins on Monday", lines{meet("a", "geneva", "01-11 01-12 01-15", "01-11 morning plenary interpretation: team 1", "01-12 morning plenary interpretation: team 1", "01-15 morning plenary interpretation: team 1")}, 0},
		{"one at two meetings", lines{meet("a", "geneva", "01-08", "01-08 morning plenary interpretation: team 1"), meet("b", "geneva", "01-08", "01-08 morning plenary interpretation: team 1")}, 1},
		{"one that is not there", lines{meet("a", "geneva", "01-08", "01-08 morning plenary interpretation: team 2")}, 1},
		{"one that is off", lines{meet("a", "geneva", "01-17", "01-17 morning plenary interpretation: team 1")}, 1},
		{"none asked", lines{meet("a", "geneva", "01-17")}, 0},
		{"unheld", none, 0},
	}},
	{"interpretation", "", "sessions: {a: {at: geneva, optional: yes, interpretation: as-available}}\nrules: [{interpretation: {id: t, of: a}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08", "01-08 morning plenary interpretation: team 1", "01-08 afternoon plenary interpretation: team 1")}, 0},
		{"under: fewer meetings", lines{meet("a", "geneva", "01-08", "01-08 morning plenary interpretation: team 1")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08", "01-08 morning plenary interpretation: team 1", "01-08 afternoon plenary")}, 1},
		{"two over", lines{meet("a", "geneva", "01-08")}, 2},
		{"unheld", none, 0},
	}},
	{"document", "after", "sessions: {a: {at: geneva, days: 1..5, optional: yes}}\ndocuments: {d: {}}\nrules: [{document: {id: t, of: d, after: a, takes: 5 days}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08 01-09"), out("d", "01-15")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09"), out("d", "01-14")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09"), out("d", "01-13")}, 1},
		{"unissued", lines{meet("a", "geneva", "01-08 01-09")}, 0},
		{"unheld", lines{out("d", "01-01")}, 0},
	}},
	{"document", "before", "sessions: {a: {at: geneva, optional: yes}}\ndocuments: {d: {}}\nrules: [{document: {id: t, of: d, before: a, by: 5 working days}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-15"), out("d", "01-05")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-15"), out("d", "01-08")}, 0},
		{"one over", lines{meet("a", "geneva", "01-15"), out("d", "01-09")}, 1},
		{"unheld", lines{out("d", "06-01")}, 0},
	}},
	{"document", "deadline", "sessions: {a: {at: geneva, optional: yes}}\ndocuments: {d: {}}\nrules: [{document: {id: t, of: d, deadline: 2018-01-10}}]", "t", []tableCase{
		{"under", lines{out("d", "01-09")}, 0},
		{"exactly at", lines{out("d", "01-10")}, 0},
		{"one over", lines{out("d", "01-11")}, 1},
		{"unissued", none, 0},
	}},
	{"document", "between", "sessions: {a: {at: geneva, optional: yes}}\ndocuments: {d: {}}\nrules: [{document: {id: t, of: d, between: 2018-01-10..2018-01-12}}]", "t", []tableCase{
		{"exactly at the start", lines{out("d", "01-10")}, 0},
		{"exactly at the end", lines{out("d", "01-12")}, 0},
		{"one over at the end", lines{out("d", "01-13")}, 1},
		{"one over at the start", lines{out("d", "01-09")}, 1},
		{"unissued", none, 0},
	}},
	{"document", "of keys", "sessions: {a: {at: geneva, optional: yes}}\ndocuments: {d: {}}", "", []tableCase{
		{"exactly at a Friday", lines{out("d", "01-12")}, 0},
		{"one over, on a Saturday", lines{out("d", "01-13")}, 1},
		{"unissued", none, 1},
	}},
	{"day-cap", "", "sessions: {a: {at: geneva, days: 1..9, optional: yes}, b: {at: geneva, days: 1..9, optional: yes}, c: {at: geneva, optional: yes}}\nrules: [{day-cap: {id: t, of: [a, b], at-most: 5}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08 01-09"), meet("b", "geneva", "01-10 01-11"), meet("c", "geneva", "01-12")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09"), meet("b", "geneva", "01-10 01-11 01-12"), meet("c", "geneva", "01-15")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09 01-10"), meet("b", "geneva", "01-10 01-11 01-12")}, 1},
		{"unheld", none, 0},
	}},
	{"day-cap", "from below", "sessions: {a: {at: geneva, days: 1..9, optional: yes}}\nrules: [{day-cap: {id: t, of: a, at-least: 2}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09")}, 0},
		{"one short", lines{meet("a", "geneva", "01-08")}, 1},
		{"unheld", none, 2},
	}},
	{"day-cap", "exactly", "sessions: {a: {at: geneva, days: 1..9, optional: yes}, b: {at: geneva, days: 1..9, optional: yes}}\nrules: [{day-cap: {id: t, of: '*', exactly: 4}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09"), meet("b", "geneva", "01-10 01-11")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09"), meet("b", "geneva", "01-10 01-11 01-12")}, 1},
		{"one short", lines{meet("a", "geneva", "01-08 01-09 01-10")}, 1},
		{"unheld", none, 4},
	}},
	{"moderators", "", panels + "rules: [{moderators: {id: t, of: a, seat: moderator, from: north, each: ..2}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "n1"))}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "n1"), moderated("01-08 afternoon", "n1"))}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09", moderated("01-08 morning", "n1"), moderated("01-08 afternoon", "n1"), moderated("01-09 morning", "n1"))}, 1},
		{"one of another roster", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "n1"), moderated("01-08 afternoon", "s1"))}, 1},
		{"unheld", none, 0},
	}},
	{"balance", "each", panels + "rules: [{balance: {id: t, of: a, seat: moderator, over: group, each: 1..2}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "n1"), moderated("01-08 afternoon", "s1"))}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09", moderated("01-08 morning", "n1"), moderated("01-08 afternoon", "s1"), moderated("01-09 morning", "n2"))}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09", moderated("01-08 morning", "n1"), moderated("01-08 afternoon", "s1"), moderated("01-09 morning", "n2"), moderated("01-09 afternoon", "n3"))}, 1},
		{"one short", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "n1"))}, 1},
		{"unheld", none, 2},
	}},
	{"balance", "of some groups", panels + "rules: [{balance: {id: t, of: a, seat: moderator, over: group, groups: {north: ..1}}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "s1"), moderated("01-08 afternoon", "s2"))}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "n1"))}, 0},
		{"one over", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "n1"), moderated("01-08 afternoon", "n2"))}, 1},
		{"unheld", none, 0},
	}},
	{"balance", "even", panels + "rules: [{balance: {id: t, of: a, seat: moderator, over: group, even: yes}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "n1"), moderated("01-08 afternoon", "s1"))}, 0},
		{"one over", lines{meet("a", "geneva", "01-08", moderated("01-08 morning", "n1"))}, 1},
		{"unheld", none, 0},
	}},
	{"panel-mix", "", panels + "rules: [{panel-mix: {id: t, of: a, kind: panel, seats: panellists, profile: {origin: 1..2}}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08", seated("01-08 morning", "n1, s1, s2"))}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08", seated("01-08 morning", "n1, n2, s2"))}, 0},
		{"one over", lines{meet("a", "geneva", "01-08", seated("01-08 morning", "n1, n2, n3"))}, 1},
		{"one short", lines{meet("a", "geneva", "01-08", seated("01-08 morning", "s1, s2, s3"))}, 1},
		{"one short in each of two", lines{meet("a", "geneva", "01-08", seated("01-08 morning", "s1, s2, s3"), seated("01-08 afternoon", "s1, s2, s3"))}, 2},
		{"unheld", none, 0},
	}},
	{"travel-budget", "", "sessions: {a: {at: [geneva, vienna], optional: yes}, b: {at: geneva, optional: yes}, c: {at: geneva, optional: yes}}\nrules: [{travel-budget: {id: t, of: '*', delegates: 10, cost: {geneva: 100, vienna: 101}, at-most: 2}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-09")}, 0},
		{"exactly at, rounded up", lines{meet("a", "vienna", "01-08")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-09"), meet("c", "geneva", "01-10")}, 1},
		{"one over, rounded up", lines{meet("a", "vienna", "01-08"), meet("b", "geneva", "01-09")}, 1},
		{"unheld", none, 0},
	}},
	{"officer-travel", "", "officers: {o: {based: geneva}}\nsessions: {a: {at: [geneva, vienna], optional: yes, chaired-by: o}, b: {at: [geneva, vienna], optional: yes, chaired-by: o}, c: {at: vienna, optional: yes}}\nrules: [{officer-travel: {id: t, of: '*', by: o}}]", "t", []tableCase{
		{"under: chaired by another", lines{meet("c", "vienna", "01-08")}, 0},
		{"exactly at home", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-09")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08"), meet("b", "vienna", "01-09")}, 1},
		{"unheld", none, 0},
	}},
	{"avoid", "", `stations: {geneva: {zone: Europe/Zurich, observances: [2018-01-10]}}
events: {e: 2018-01-15..2018-01-16}
busy: {b: {days: 2018-01-18}}
sessions: {a: {at: geneva, days: 1..9, optional: yes}}
rules: [{avoid: {id: t, of: a, days: [observances, e, b, 2018-01-18..2018-01-19]}}]`, "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08")}, 0},
		{"exactly at the days beside", lines{meet("a", "geneva", "01-09 01-11 01-12 01-17")}, 0},
		{"one over on an observance", lines{meet("a", "geneva", "01-09 01-10")}, 1},
		{"one over in an event", lines{meet("a", "geneva", "01-16 01-17")}, 1},
		{"one day for two reasons", lines{meet("a", "geneva", "01-18")}, 1},
		{"three over", lines{meet("a", "geneva", "01-15 01-18 01-19")}, 3},
		{"unheld", none, 0},
	}},
	{"avoid", "hours", "busy: {b: {file: busy.ics}}\nsessions: {a: {at: geneva, optional: yes}}\nrules: [{avoid: {id: t, of: a, days: b}}]", "t", []tableCase{
		{"exactly after", lines{meet("a", "geneva", "01-08", "01-08 afternoon plenary")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08", "01-08 morning plenary", "01-08 afternoon plenary")}, 1},
		{"unheld", none, 0},
	}},
	{"parallel", "", "sessions: {a: {at: geneva, optional: yes}, b: {at: geneva, optional: yes}, c: {at: [geneva, vienna], optional: yes}}\nrules: [{parallel: {id: t, of: '*', at: geneva, at-most: 2}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-08")}, 0},
		{"exactly at, the third elsewhere", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-08"), meet("c", "vienna", "01-08")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08", "01-08 morning plenary"), meet("b", "geneva", "01-08", "01-08 morning plenary"), meet("c", "geneva", "01-08", "01-08 morning plenary")}, 1},
		{"one over in each of two slots", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-08"), meet("c", "geneva", "01-08")}, 2},
		{"unheld", none, 0},
	}},
	{"rest", "", "sessions: {a: {at: geneva, days: 1..5, optional: yes}, b: {at: geneva, optional: yes}}\nrules: [{rest: {id: t, of: '*', at-least: 3 days}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-15")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-12")}, 0},
		{"exactly at, the other way round", lines{meet("b", "geneva", "01-08"), meet("a", "geneva", "01-12")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-11")}, 1},
		{"one over, from the last day", lines{meet("a", "geneva", "01-08 01-09"), meet("b", "geneva", "01-12")}, 1},
		{"on the same day", lines{meet("a", "geneva", "01-08"), meet("b", "geneva", "01-08")}, 4},
		{"unheld one", lines{meet("a", "geneva", "01-08")}, 0},
		{"unheld", none, 0},
	}},
	{"rest", "in working days", "sessions: {a: {at: geneva, optional: yes}, b: {at: geneva, optional: yes}}\nrules: [{rest: {id: t, of: '*', at-least: 2 working days}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-11"), meet("b", "geneva", "01-16")}, 0},
		{"one over", lines{meet("a", "geneva", "01-11"), meet("b", "geneva", "01-15")}, 1},
		{"unheld", none, 0},
	}},
	{"breaks", "", "sessions: {a: {at: geneva, days: 1..5, optional: yes}}\nrules: [{breaks: {id: t, of: a}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09 01-10")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-10")}, 1},
		{"over a weekend", lines{meet("a", "geneva", "01-12 01-15")}, 2},
		{"unheld", none, 0},
	}},
	{"idle", "", panels + "rules: [{idle: {id: t, of: a}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-08", "01-08 morning panel")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-08 afternoon panel", "01-09 morning panel")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08 01-09", "01-08 morning panel", "01-09 morning panel")}, 1},
		{"one over at the start", lines{meet("a", "geneva", "01-08", "01-08 afternoon panel")}, 1},
		{"unheld", none, 0},
	}},
	{"near", "", "sessions: {a: {at: geneva, days: 1..5, optional: yes}}\nrules: [{near: {id: t, of: a, day: 2018-01-10}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-10 01-11")}, 0},
		{"one over", lines{meet("a", "geneva", "01-11")}, 1},
		{"one under", lines{meet("a", "geneva", "01-09 01-10")}, 1},
		{"unheld", none, 0},
	}},
	{"slack", "", "sessions: {a: {at: geneva, optional: yes}}\ndocuments: {d: {before: {a: 1 week}}}\nrules: [{slack: {id: t, of: d, want: 2 days}}]", "t", []tableCase{
		{"under", lines{meet("a", "geneva", "01-17"), out("d", "01-05")}, 0},
		{"exactly at", lines{meet("a", "geneva", "01-17"), out("d", "01-08")}, 0},
		{"one over", lines{meet("a", "geneva", "01-17"), out("d", "01-09")}, 1},
		{"unissued", lines{meet("a", "geneva", "01-17")}, 0},
		{"unheld", lines{out("d", "06-01")}, 0},
	}},
	{"slack", "before the tightest", "sessions: {a: {at: geneva, optional: yes}}\ndocuments: {d: {before: {a: 1 week}, deadline: 2018-01-12}}\nrules: [{slack: {id: t, of: d, want: 2 working days}}]", "t", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "06-01"), out("d", "01-10")}, 0},
		{"one over", lines{meet("a", "geneva", "06-01"), out("d", "01-11")}, 1},
		{"unheld", lines{out("d", "01-11")}, 1},
	}},
}

// excess sums what the rule of the table finds, and fails where the scenario
// has no such rule.
func (x table) excess(t *testing.T, p lines) int {
	t.Helper()
	s, instances := given(t, x.scenario)
	facts := rule.NewFacts(s, answered(t, s, p))
	total, found := 0, false
	for _, in := range instances {
		if in.Kind != x.kind || (x.id != "" && in.ID != x.id && !strings.HasPrefix(in.ID, x.id+" #")) {
			continue
		}
		found = true
		for _, f := range in.Rule.Check(facts) {
			if f.Excess < 1 {
				t.Errorf("the finding %q has an excess of %d", f.Text, f.Excess)
			}
			if f.Text == "" || strings.HasSuffix(f.Text, ".") {
				t.Errorf("the finding %q is no sentence without a full stop", f.Text)
			}
			total += f.Excess
		}
	}
	if !found {
		t.Fatalf("the scenario has no rule %s %s", x.kind, x.id)
	}
	return total
}

func TestRulesMeasureTheirExcess(t *testing.T) {
	for _, x := range slices.Concat(tables, shortTables) {
		for _, c := range x.cases {
			t.Run(strings.TrimSpace(x.kind+" "+x.what)+"/"+c.name, func(t *testing.T) {
				if got := x.excess(t, c.plan); got != c.want {
					t.Errorf("the excess is %d instead of %d", got, c.want)
				}
			})
		}
	}
}

func TestEveryRuleHasItsTable(t *testing.T) {
	for _, k := range rule.Kinds {
		exactly, over, unheld := false, false, false
		for _, x := range slices.Concat(tables, shortTables) {
			for _, c := range x.cases {
				if x.kind == k.Name {
					exactly = exactly || strings.HasPrefix(c.name, "exactly") && c.want == 0 && len(c.plan) > 0
					over = over || strings.HasPrefix(c.name, "one over") && c.want == 1
					unheld = unheld || strings.HasPrefix(c.name, "unheld")
				}
			}
		}
		if !exactly || !over || !unheld {
			t.Errorf("the rule %s: a case exactly at: %v, one over: %v, unheld: %v", k.Name, exactly, over, unheld)
		}
	}
	for _, x := range slices.Concat(tables, shortTables) {
		if rule.KindNamed(x.kind) == nil {
			t.Errorf("a table is for the rule %s, which is none", x.kind)
		}
	}
}

// TestDaysOfTheTables holds the remark about the calendar that the tables rest
// on.
func TestDaysOfTheTables(t *testing.T) {
	if d := calendar.MustDay("2018-01-08"); d.Weekday() != time.Monday {
		t.Errorf("8 January 2018 is a %s", d.Weekday())
	}
}
