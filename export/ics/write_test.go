package ics_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"plenary/export/ics"
	"plenary/model/calendar"
	"plenary/model/plan"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestSmallPlanGivesTheGoldenCalendar(t *testing.T) {
	got := write(t, read(t, small), smallPlan(), ics.Options{Refresh: 12 * time.Hour})
	file := filepath.Join("testdata", "small.ics")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the calendar differs from %s; run go test ./export/ics -update and read the difference\n%s", file, got)
	}
}

// properties unfolds a calendar into its components, each with its lines.
type component struct {
	name  string
	lines []string
	parts []*component
}

// unfold reads a calendar by the letter of RFC 5545, and fails where it is
// against it.
func unfold(t *testing.T, text string) *component {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Error("the calendar is no UTF-8")
	}
	if !strings.HasSuffix(text, "\r\n") {
		t.Fatal("the calendar does not end with CRLF")
	}
	var logical []string
	for i, l := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if strings.ContainsAny(l, "\r\n") {
			t.Errorf("line %d has a bare CR or LF: %q", i+1, l)
		}
		if len(l) > 75 {
			t.Errorf("line %d has %d octets: %q", i+1, len(l), l)
		}
		if !utf8.ValidString(l) {
			t.Errorf("line %d is folded inside a character: %q", i+1, l)
		}
		if rest, folded := strings.CutPrefix(l, " "); folded {
			logical[len(logical)-1] += rest
		} else {
			logical = append(logical, l)
		}
	}
	root := &component{}
	open := []*component{root}
	grammar := regexp.MustCompile(`^[A-Z][A-Z-]*(;[A-Z-]+=([^;:,"]+|"[^"]+"))*:.+$`)
	for _, l := range logical {
		if !grammar.MatchString(l) {
			t.Errorf("no content line, or one without value: %q", l)
		}
		top := open[len(open)-1]
		switch name, value, _ := strings.Cut(l, ":"); name {
		case "BEGIN":
			c := &component{name: value}
			top.parts = append(top.parts, c)
			open = append(open, c)
		case "END":
			if top.name != value {
				t.Fatalf("%s closes %s", l, top.name)
			}
			open = open[:len(open)-1]
		default:
			top.lines = append(top.lines, l)
		}
	}
	if len(open) != 1 || len(root.parts) != 1 || root.parts[0].name != "VCALENDAR" {
		t.Fatal("the text is not one VCALENDAR")
	}
	return root.parts[0]
}

// all gives the values of a property, by its name with or without parameters.
func (c *component) all(name string) (out []string) {
	for _, l := range c.lines {
		head, value, _ := strings.Cut(l, ":")
		if bare, _, _ := strings.Cut(head, ";"); head == name || bare == name {
			out = append(out, value)
		}
	}
	return out
}

func (c *component) one(t *testing.T, name string) string {
	t.Helper()
	values := c.all(name)
	if len(values) != 1 {
		t.Fatalf("%s has %s %d times, want once: %q", c.name, name, len(values), c.lines)
	}
	return values[0]
}

func TestCalendarKeepsToRFC5545(t *testing.T) {
	for name, text := range map[string]string{
		"small":   write(t, read(t, small), smallPlan(), ics.Options{}),
		"scripts": write(t, read(t, scripts), scriptsPlan(), ics.Options{Refresh: time.Hour}),
		"zones":   write(t, read(t, zoneTour()), zoneTourPlan(), ics.Options{}),
	} {
		t.Run(name, func(t *testing.T) {
			c := unfold(t, text)
			for property, want := range map[string]string{"VERSION": "2.0", "METHOD": "PUBLISH", "CALSCALE": "GREGORIAN"} {
				if got := c.one(t, property); got != want {
					t.Errorf("%s:%s, want %s", property, got, want)
				}
			}
			c.one(t, "PRODID")
			c.one(t, "X-WR-CALNAME")
			var described []string
			uids := map[string]bool{}
			for _, part := range c.parts {
				switch part.name {
				case "VTIMEZONE":
					described = append(described, part.one(t, "TZID"))
					if len(part.parts) == 0 {
						t.Errorf("the zone %s has no component", part.one(t, "TZID"))
					}
					standard := 0
					for _, o := range part.parts {
						if o.name == "STANDARD" {
							standard++
						}
						for _, property := range []string{"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"} {
							o.one(t, property)
						}
					}
					if standard == 0 {
						t.Errorf("the zone %s has no standard time", part.one(t, "TZID"))
					}
				case "VEVENT":
					uid := part.one(t, "UID")
					if uids[uid] {
						t.Errorf("the UID %s is given twice", uid)
					}
					uids[uid] = true
					for _, property := range []string{"DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "TRANSP"} {
						part.one(t, property)
					}
					if parent := part.all("RELATED-TO"); len(parent) > 0 && !uids[parent[0]] {
						t.Errorf("%s is related to %s, which does not come before it", uid, parent[0])
					}
				default:
					t.Errorf("a component %s", part.name)
				}
			}
			for _, m := range regexp.MustCompile(`;TZID=([^:;]+)`).FindAllStringSubmatch(text, -1) {
				if !slices.Contains(described, m[1]) {
					t.Errorf("the zone %s is used but not described", m[1])
				}
			}
			if !slices.IsSorted(described) || len(slices.Compact(described)) != len(described) {
				t.Errorf("the zones %q are not in order, each once", described)
			}
		})
	}
}

// event gives the event with the UID.
func event(t *testing.T, text, uid string) *component {
	t.Helper()
	for _, part := range unfold(t, text).parts {
		if part.name == "VEVENT" && part.one(t, "UID") == uid {
			return part
		}
	}
	t.Fatalf("there is no event %s in\n%s", uid, text)
	return nil
}

func TestMeetingSaysWhatDelegatesNeed(t *testing.T) {
	text := write(t, read(t, small), smallPlan(), ics.Options{})
	e := event(t, text, "drivers.panel-1@a-res-1-2.plenary")
	want := []string{
		"UID:drivers.panel-1@a-res-1-2.plenary",
		"STATUS:CONFIRMED",
		`ORGANIZER;CN="Secretariat, 'Conference': team":mailto:secretariat@example.org`,
		"SUMMARY:Root causes (Drivers of migration)",
		"DTSTART;TZID=Europe/Zurich:20170508T100000",
		"DTEND;TZID=Europe/Zurich:20170508T130000",
		"TRANSP:OPAQUE",
		"X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
		`LOCATION:Room XX\, Palais des Nations\, Geneva`,
		"GEO:46.227;6.141",
		"CATEGORIES:Geneva",
		"CATEGORIES:Panel",
		`DESCRIPTION:Session: Drivers of migration\nMandate: A/RES/1/2\, paragraphs 16\, 17\nChaired by: Chair of the process\; vice chair\nModerator: Mexico\nPanellists: Centre for Work\, Geneva\; Ana Pérez\nInterpretation: Arabic\, Chinese\, English\, French\, Russian\, Spanish (team 1)`,
		`X-ALT-DESC;FMTTYPE=text/html:<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN"><html><body><p><b>Session:</b> Drivers of migration</p><p><b>Mandate:</b> A/RES/1/2\, paragraphs 16\, 17</p><p><b>Chaired by:</b> Chair of the process\; vice chair</p><p><b>Moderator:</b> Mexico</p><p><b>Panellists:</b> Centre for Work\, Geneva\; Ana Pérez</p><p><b>Interpretation:</b> Arabic\, Chinese\, English\, French\, Russian\, Spanish (team 1)</p></body></html>`,
		"RELATED-TO:drivers@a-res-1-2.plenary",
		"DTSTAMP:20170301T093000Z",
		"CREATED:20170301T093000Z",
		"LAST-MODIFIED:20170301T093000Z",
		"SEQUENCE:0",
	}
	if !slices.Equal(e.lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(e.lines, "\n"), strings.Join(want, "\n"))
	}
	second := event(t, text, "drivers.panel-2@a-res-1-2.plenary")
	if got := second.one(t, "LOCATION"); got != `Council Chamber\, Palais des Nations\, Geneva` {
		t.Errorf("LOCATION:%s", got)
	}
	host := event(t, text, "negotiation.plenary-1@a-res-1-2.plenary")
	if got := host.one(t, "LOCATION"); got != `Room provided by the host\, United Nations Headquarters\, New York` {
		t.Errorf("LOCATION:%s", got)
	}
	if got := host.one(t, "DESCRIPTION"); !strings.Contains(got, `Room: provided by the host\nInterpretation: Arabic\, Chinese\, English\, French\, Russian\, Spanish (provided by the host)`) {
		t.Errorf("DESCRIPTION:%s", got)
	}
	if got := event(t, text, "negotiation.plenary-2@a-res-1-2.plenary").one(t, "DESCRIPTION"); !strings.Contains(got, "Interpretation: none") {
		t.Errorf("DESCRIPTION:%s", got)
	}
}

func TestBlockIsOneEventPerRunOfDays(t *testing.T) {
	text := write(t, read(t, small), smallPlan(), ics.Options{})
	for uid, want := range map[string]struct{ start, end, summary, related string }{
		"drivers@a-res-1-2.plenary":            {"20170508", "20170510", "Drivers of migration", ""},
		"negotiation@a-res-1-2.plenary":        {"20180220", "20180221", "negotiation (part 1 of 2)", ""},
		"negotiation.part.2@a-res-1-2.plenary": {"20180222", "20180224", "negotiation (part 2 of 2)", "negotiation@a-res-1-2.plenary"},
	} {
		e := event(t, text, uid)
		if got := e.one(t, "DTSTART;VALUE=DATE"); got != want.start {
			t.Errorf("%s starts on %s, want %s", uid, got, want.start)
		}
		if got := e.one(t, "DTEND;VALUE=DATE"); got != want.end {
			t.Errorf("%s ends before %s, want %s", uid, got, want.end)
		}
		if got := e.one(t, "SUMMARY"); got != want.summary {
			t.Errorf("%s is called %q, want %q", uid, got, want.summary)
		}
		if got := e.one(t, "TRANSP"); got != "TRANSPARENT" {
			t.Errorf("%s is %s", uid, got)
		}
		if got := strings.Join(e.all("RELATED-TO"), " "); got != want.related {
			t.Errorf("%s is related to %q, want %q", uid, got, want.related)
		}
	}
}

func TestDocumentHasItsDays(t *testing.T) {
	text := write(t, read(t, small), smallPlan(), ics.Options{})
	issue := event(t, text, "zero-draft.issue@a-res-1-2.plenary")
	if got := issue.one(t, "DTSTART;VALUE=DATE"); got != "20180205" {
		t.Errorf("issued on %s", got)
	}
	submission := event(t, text, "zero-draft.submission@a-res-1-2.plenary")
	// Ten working days before Monday, 5 February: Monday, 22 January.
	if got := submission.one(t, "DTSTART;VALUE=DATE"); got != "20180122" {
		t.Errorf("submitted on %s", got)
	}
	if got := submission.one(t, "SUMMARY"); got != "Submission: Zero draft" {
		t.Errorf("SUMMARY:%s", got)
	}
	if strings.Contains(text, "workplan.submission@") {
		t.Error("a document without processing has a day of submission")
	}
}

var uidLine = regexp.MustCompile(`(?m)^UID:.*$`)

func TestUIDsStayWhenEverythingMoves(t *testing.T) {
	s := read(t, small)
	before := uidLine.FindAllString(write(t, s, smallPlan(), ics.Options{}), -1)
	moved := smallPlan()
	for i := range moved.Sessions {
		x := &moved.Sessions[i]
		if i == 0 {
			x.Station = "new-york"
		}
		for j := range x.Days {
			x.Days[j] += 7
		}
		for j := range x.Meetings {
			x.Meetings[j].Day += 7
			x.Meetings[j].Room, x.Meetings[j].Interpretation, x.Meetings[j].Seats = "", "", nil
		}
	}
	for i := range moved.Documents {
		moved.Documents[i].Issued++
	}
	renamed := read(t, strings.Replace(small, "Compact on examples", "Another title", 1))
	after := uidLine.FindAllString(write(t, renamed, moved, ics.Options{Now: written.AddDate(0, 1, 0)}), -1)
	if !slices.Equal(before, after) {
		t.Errorf("the UIDs were\n%s\nand are\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
}

func TestUIDsOfDifferentThingsDiffer(t *testing.T) {
	s := read(t, `plenary: 1
title: التحضير للمؤتمر
period: 2017-01-01..2017-12-31
stations: {geneva: {zone: Europe/Zurich}}
programmes:
  odd: {meetings: [{kind: part, count: 3}, {kind: a.b}, {kind: a b}]}
sessions:
  - {id: x, at: geneva, days: 3, within: 1 week, programme: odd}
  - {id: x.part, at: geneva, days: 2}
  - {id: d.issue, at: geneva, days: 2}
documents:
  - {id: d}
`)
	p := &plan.Plan{Documents: []plan.Document{{ID: "d", Issued: day("2017-05-01")}}}
	for _, x := range s.Sessions {
		session := plan.Session{ID: x.ID, Station: "geneva", Days: []calendar.Day{day("2017-05-02"), day("2017-05-04"), day("2017-05-06")}}
		for i, kind := range []string{"part", "part", "a.b", "a b", "gone", ""} {
			session.Meetings = append(session.Meetings, plan.Meeting{Day: session.Days[i/2], Slot: []string{"morning", "afternoon"}[i%2], Kind: kind, Number: 2})
		}
		p.Sessions = append(p.Sessions, session)
	}
	text := write(t, s, p, ics.Options{})
	unfold(t, text)
	uids := uidLine.FindAllString(text, -1)
	if want := 3*(3+6) + 1; len(uids) != want {
		t.Errorf("%d events, want %d", len(uids), want)
	}
	if n := len(uids) - len(slices.DeleteFunc(slices.Clone(uids), func(u string) bool { return strings.Contains(u, ".again.") })); n != 3 {
		t.Errorf("%d UIDs have a mark, want one per session, for its two meetings of one kind and number", n)
	}
	slices.Sort(uids)
	if n := len(slices.Compact(slices.Clone(uids))); n != len(uids) {
		t.Errorf("UIDs are given twice:\n%s", strings.Join(uids, "\n"))
	}
}

func TestNoLineHoldsWhatALineCannot(t *testing.T) {
	s := read(t, small)
	s.Sessions[s.Session("drivers")].Title = "one\r\ntwo\rthree\u2028four\u0007five\u0085 " // no scenario that is read holds these
	e := event(t, write(t, s, smallPlan(), ics.Options{}), "drivers@a-res-1-2.plenary")
	if got, want := e.one(t, "SUMMARY"), `one\ntwo\nthree\nfourfive`; got != want {
		t.Errorf("SUMMARY:%s, want %s", got, want)
	}
}

func TestUTCIsWrittenWithoutZone(t *testing.T) {
	s := read(t, "plenary: 1\ntitle: T\nperiod: 2017-01-01..2017-12-31\nstations: {nowhere: {zone: Etc/UTC}}\nsessions: [{id: x, at: nowhere}]\n")
	p := &plan.Plan{Sessions: []plan.Session{{ID: "x", Station: "nowhere", Days: []calendar.Day{day("2017-05-02")}, Meetings: []plan.Meeting{{Day: day("2017-05-02"), Slot: "morning", Kind: "plenary", Number: 1}}}}}
	text := write(t, s, p, ics.Options{})
	if e := event(t, text, "x.plenary-1@t.plenary"); e.one(t, "DTSTART") != "20170502T100000Z" {
		t.Errorf("DTSTART:%s", e.one(t, "DTSTART"))
	}
	if strings.Contains(text, "VTIMEZONE") {
		t.Error("UTC is described")
	}
}

func TestUnknownThingsAreNotWritten(t *testing.T) {
	s := read(t, small)
	for want, spoil := range map[string]func(*plan.Plan){
		`session "x": the scenario has no such session`:      func(p *plan.Plan) { p.Sessions[0].ID = "x" },
		`session "drivers": the scenario has no station "x"`: func(p *plan.Plan) { p.Sessions[0].Station = "x" },
		`session "drivers": the scenario has no slot "x"`:    func(p *plan.Plan) { p.Sessions[0].Meetings[0].Slot = "x" },
		`session "drivers": it is held on no day`:            func(p *plan.Plan) { p.Sessions[0].Days = nil },
		`document "x": the scenario has no such document`:    func(p *plan.Plan) { p.Documents[0].ID = "x" },
	} {
		p := smallPlan()
		spoil(p)
		var b bytes.Buffer
		_, err := ics.Write(&b, s, p, ics.Options{Now: written})
		if err == nil || err.Error() != "write the calendar: "+want {
			t.Errorf("error %v, want %s", err, want)
		}
		if b.Len() > 0 {
			t.Errorf("%s: %d bytes were written all the same", want, b.Len())
		}
	}
	if _, err := ics.Write(&bytes.Buffer{}, s, smallPlan(), ics.Options{}); err == nil {
		t.Error("a calendar without time of writing is written")
	}
}
