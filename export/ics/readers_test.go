package ics_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/export/ics"
	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// setUp is what installs the readers.
const setUp = "run: make test-setup"

// systemPython is the interpreter for which Debian packages its modules.
const systemPython = "/usr/bin/python3"

// modules is where npm's packages are.
var modules = func() string {
	folder, err := filepath.Abs(filepath.Join("..", "..", ".tools", "calendar-readers", "node_modules"))
	if err != nil {
		panic(err)
	}
	return folder
}()

// python runs a script of testdata/readers with the system's Python, for which
// Debian packages its modules.
func python(t *testing.T, module, input, script string, args ...string) []byte {
	t.Helper()
	if err := exec.Command(systemPython, "-c", "import "+module).Run(); err != nil {
		t.Fatalf("the Python package %s is missing for %s; %s", module, systemPython, setUp)
	}
	return run(t, input, systemPython, append([]string{filepath.Join("testdata", "readers", script)}, args...)...)
}

// javaScript runs a script of testdata/readers with ical.js or node-ical.
func javaScript(t *testing.T, input, script string, args ...string) []byte {
	t.Helper()
	for _, name := range []string{"ical.js", "node-ical"} {
		if _, err := os.Stat(filepath.Join(modules, name)); err != nil {
			t.Fatalf("%s is missing; %s", name, setUp)
		}
	}
	return run(t, input, "node", append([]string{filepath.Join("testdata", "readers", script), modules}, args...)...)
}

func run(t *testing.T, input, program string, args ...string) []byte {
	t.Helper()
	out, err := output(input, program, args...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// output gives what a program says to the input.
func output(input, program string, args ...string) ([]byte, error) {
	command := exec.Command(program, args...)
	command.Env = append(os.Environ(), "TZ=UTC")
	command.Stdin = strings.NewReader(input)
	var problems strings.Builder
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", program, strings.Join(args, " "), err, problems.String())
	}
	return out, nil
}

// seen is an event as a reader sees it.
type seen struct {
	UID, Start, End, Summary, Location, Description, Category, Related string
	Status, Busy, HTML                                                 string
	Sequence, Alarms                                                   int
}

// asPlanned gives the events that a plan has, worked out without package ics:
// what readers must see. Texts are left to the caller.
func asPlanned(s *scenario.Scenario, p *plan.Plan, host string) map[string]seen {
	out := map[string]seen{}
	utc := func(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
	for _, x := range p.Sessions {
		station := s.Stations[s.Station(x.Station)]
		for _, m := range x.Meetings {
			slot := slices.IndexFunc(s.Slots, func(c scenario.Slot) bool { return c.ID == m.Slot })
			times := s.SlotTimes(s.Station(x.Station), slot)
			uid := fmt.Sprintf("%s.%s-%d@%s", x.ID, m.Kind, m.Number, host)
			out[uid] = seen{UID: uid, Start: utc(m.Day.At(times.From, station.Location)), End: utc(m.Day.At(times.To, station.Location)), Related: x.ID + "@" + host, Status: "CONFIRMED", Busy: "BUSY"}
		}
		part := 0
		for i, d := range x.Days {
			if i > 0 && x.Days[i-1]+1 == d {
				continue
			}
			last := d
			for slices.Contains(x.Days, last+1) {
				last++
			}
			part++
			e := seen{UID: x.ID + "@" + host, Start: d.String(), End: (last + 1).String(), Status: "CONFIRMED", Busy: "FREE"}
			if part > 1 {
				e.UID, e.Related = fmt.Sprintf("%s.part.%d@%s", x.ID, part, host), e.UID
			}
			out[e.UID] = e
		}
	}
	return out
}

// readers are programs of others that read calendars.
var readers = map[string]func(t *testing.T, text string) []byte{
	"icalendar with its own zones": func(t *testing.T, text string) []byte { return python(t, "icalendar", text, "read.py") },
	"icalendar with our zones":     func(t *testing.T, text string) []byte { return python(t, "icalendar", text, "read.py", "described") },
	"ical.js with our zones":       func(t *testing.T, text string) []byte { return javaScript(t, text, "read.mjs") },
	"libical with our zones":       func(t *testing.T, text string) []byte { return python(t, "gi", text, "libical.py") },
	"node-ical with its own zones": func(t *testing.T, text string) []byte { return javaScript(t, text, "nodeical.mjs") },
}

func readBack(t *testing.T, read func(*testing.T, string) []byte, text string) map[string]seen {
	t.Helper()
	var events []seen
	if err := json.Unmarshal(read(t, text), &events); err != nil {
		t.Fatal(err)
	}
	out := map[string]seen{}
	for _, e := range events {
		if _, twice := out[e.UID]; twice {
			t.Errorf("%s is read twice", e.UID)
		}
		out[e.UID] = e
	}
	return out
}

func TestOtherReadersSeeThePlan(t *testing.T) {
	s, p := read(t, small), smallPlan()
	want := asPlanned(s, p, "a-res-1-2.plenary")
	for uid, of := range map[string]seen{
		"drivers@a-res-1-2.plenary":               {Summary: "Drivers of migration", Location: "Palais des Nations, Geneva", Category: "Geneva,Session"},
		"drivers.panel-1@a-res-1-2.plenary":       {Summary: "Root causes (Drivers of migration)", Location: "Room XX, Palais des Nations, Geneva", Category: "Geneva,Panel"},
		"drivers.panel-2@a-res-1-2.plenary":       {Summary: "Expert panel 2 (Drivers of migration)", Location: "Council Chamber, Palais des Nations, Geneva", Category: "Geneva,Panel"},
		"drivers.interactive-1@a-res-1-2.plenary": {Summary: "Interactive (Drivers of migration)", Location: "Room XX, Palais des Nations, Geneva", Category: "Geneva,Interactive"},
		"negotiation@a-res-1-2.plenary":           {Summary: "negotiation (part 1 of 2)", Location: "United Nations Headquarters, New York", Category: "New York,Session"},
		"negotiation.part.2@a-res-1-2.plenary":    {Summary: "negotiation (part 2 of 2)", Location: "United Nations Headquarters, New York", Category: "New York,Session"},
		"negotiation.plenary-1@a-res-1-2.plenary": {Summary: "Plenary 1 (negotiation)", Location: "Room provided by the host, United Nations Headquarters, New York", Category: "New York,Plenary"},
		"negotiation.plenary-2@a-res-1-2.plenary": {Summary: "Plenary 2 (negotiation)", Location: "United Nations Headquarters, New York", Category: "New York,Plenary"},
		"briefing@a-res-1-2.plenary":              {Summary: "briefing", Location: "Rabat", Category: "Rabat,Session"},
		"briefing.plenary-1@a-res-1-2.plenary":    {Summary: "Plenary 1 (briefing)", Location: "Rabat", Category: "Rabat,Plenary"},
	} {
		e, ok := want[uid]
		if !ok {
			t.Fatalf("the plan has no %s", uid)
		}
		e.Summary, e.Location, e.Category = of.Summary, of.Location, of.Category
		want[uid] = e
	}
	for uid, of := range map[string]seen{
		"zero-draft.issue@a-res-1-2.plenary":      {Start: "2018-02-05", End: "2018-02-06", Summary: "Issue: Zero draft"},
		"zero-draft.submission@a-res-1-2.plenary": {Start: "2018-01-22", End: "2018-01-23", Summary: "Submission: Zero draft", Related: "zero-draft.issue@a-res-1-2.plenary"},
		"workplan.issue@a-res-1-2.plenary":        {Start: "2017-04-12", End: "2017-04-13", Summary: "Issue: workplan"},
	} {
		of.UID, of.Status, of.Busy, of.Alarms = uid, "CONFIRMED", "FREE", 2
		of.Category = "Documents," + strings.SplitN(of.Summary, ":", 2)[0]
		want[uid] = of
	}
	text := write(t, s, p, ics.Options{})
	for name, reader := range readers {
		t.Run(name, func(t *testing.T) {
			got := readBack(t, reader, text)
			if len(got) != len(want) {
				t.Errorf("%d events are read, want %d", len(got), len(want))
			}
			for uid, w := range want {
				g := got[uid]
				if g.Description == "" || !strings.HasPrefix(g.HTML, "<!DOCTYPE HTML") {
					t.Errorf("%s is described as %q and %q", uid, g.Description, g.HTML)
				}
				g.Description, g.HTML = "", ""
				if g != w {
					t.Errorf("got  %+v\nwant %+v", g, w)
				}
			}
		})
	}
}

// scripts has text of every kind where text can be.
const scripts = `plenary: 1
title: "الميثاق العالمي; 全球契约, 🕊️"
mandate: A/RES/71/280
period: 2017-04-10..2017-12-21
stations:
  geneve: {title: Genève, place: "Palais «des Nations»; entrée \\ porte, 6", zone: Europe/Zurich, rooms: {Salle des Assemblées: {seats: 700}}}
officers:
  chair: {title: "رئيس الجمعية العامة"}
rosters:
  experts: {members: [{id: e1, name: "Łukasz Żółć; \"expert\", Ὀδυσσεύς"}, {id: e2, name: "👩‍👩‍👧‍👦 family"}]}
programmes:
  p: {meetings: [{kind: panel, count: 3, seats: {panellists: {from: experts, count: 2}}}]}
sessions:
  - id: fr
    title: "Droits de l’homme de tous les migrants, inclusion sociale, cohésion et toutes les formes de discrimination, y compris le racisme, la xénophobie et l’intolérance"
    at: geneve
    days: 2
    chaired-by: [chair]
    programme: p
    titles: {panel: ["移民问题的驱动因素,包括气候变化、自然灾害和人为危机的不利影响,通过保护和援助、可持续发展、消除贫穷、预防和解决冲突", "line one\nline two; with, marks \\ and \"quotes\"", "🇺🇳🇨🇭👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦"]}
  - {id: ar, title: "حقوق الإنسان لجميع المهاجرين، والإدماج الاجتماعي، والتماسك الاجتماعي، وجميع أشكال التمييز", at: geneve}
  - {id: long, title: "` + "averyveryverylongwordwithoutanyspaceatall-averyveryverylongwordwithoutanyspaceatall-averyveryverylongword" + `", at: geneve}
`

func scriptsPlan() *plan.Plan {
	d := day("2017-05-08")
	meeting := func(d calendar.Day, slot, kind string, n int) plan.Meeting {
		return plan.Meeting{Day: d, Slot: slot, Kind: kind, Number: n, Room: "Salle des Assemblées", Seats: map[string][]string{"panellists": {"e1", "e2"}}}
	}
	return &plan.Plan{Sessions: []plan.Session{
		{ID: "fr", Station: "geneve", Days: []calendar.Day{d, d + 1}, Meetings: []plan.Meeting{meeting(d, "morning", "panel", 1), meeting(d, "afternoon", "panel", 2), meeting(d+1, "morning", "panel", 3)}},
		{ID: "ar", Station: "geneve", Days: []calendar.Day{d + 2}, Meetings: []plan.Meeting{meeting(d+2, "morning", "plenary", 1)}},
		{ID: "long", Station: "geneve", Days: []calendar.Day{d + 3}, Meetings: []plan.Meeting{meeting(d+3, "morning", "plenary", 1)}},
	}}
}

func TestTextOfAnyScriptSurvivesOtherReaders(t *testing.T) {
	s := read(t, scripts)
	text := write(t, s, scriptsPlan(), ics.Options{})
	title := func(id string) string { return s.Sessions[s.Session(id)].Title }
	panels := s.Sessions[s.Session("fr")].Titles["panel"]
	place := `Salle des Assemblées, Palais «des Nations»; entrée \ porte, 6, Genève`
	const short = "Droits de l’homme de tous les migrants, inclusion sociale…"
	for name, reader := range readers {
		t.Run(name, func(t *testing.T) {
			got := readBack(t, reader, text)
			for uid, want := range map[string]string{
				"fr": title("fr"), "ar": title("ar"), "long": title("long"),
				"fr.panel-1":     panels[0] + " (" + short + ")",
				"fr.panel-2":     "line one\nline two; with, marks \\ and \"quotes\" (" + short + ")",
				"fr.panel-3":     panels[2] + " (" + short + ")",
				"ar.plenary-1":   "Plenary 1 (حقوق الإنسان لجميع المهاجرين، والإدماج الاجتماعي، والتماسك…)",
				"long.plenary-1": "Plenary 1 (" + title("long")[:59] + "…)",
			} {
				if e := got[uid+"@a-res-71-280.plenary"]; e.Summary != want {
					t.Errorf("%s is called\n%q, want\n%q", uid, e.Summary, want)
				}
			}
			panel := got["fr.panel-1@a-res-71-280.plenary"]
			if panel.Location != place {
				t.Errorf("it is held in %q, want %q", panel.Location, place)
			}
			want := "Session: " + title("fr") + "\nMandate: A/RES/71/280\nChaired by: رئيس الجمعية العامة\nPanellists: Łukasz Żółć; \"expert\", Ὀδυσσεύς; 👩‍👩‍👧‍👦 family"
			if panel.Description != want {
				t.Errorf("it is described as\n%q, want\n%q", panel.Description, want)
			}
		})
	}
}

// toured are zones of every kind: fixed, north, south, by rules that changed in
// the years 2016 to 2019 (Istanbul, Caracas, Pyongyang, Khartoum), with clocks
// set back for Ramadan (Casablanca), with half an hour (Lord_Howe), across the
// date line, and with half-hour offsets.
var toured = []string{
	"Africa/Casablanca", "Africa/Khartoum", "Africa/Nairobi", "America/Caracas", "America/Mexico_City",
	"America/New_York", "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Asia/Amman",
	"Asia/Beirut", "Asia/Kathmandu", "Asia/Pyongyang", "Asia/Tehran", "Australia/Lord_Howe",
	"Europe/Dublin", "Europe/Istanbul", "Europe/London", "Europe/Moscow", "Europe/Vienna",
	"Europe/Zurich", "Pacific/Apia", "Pacific/Chatham", "America/Havana", "Asia/Gaza",
}

// zoneTour has a station in each toured zone.
func zoneTour() string {
	var b strings.Builder
	b.WriteString("plenary: 1\ntitle: Tour\nperiod: 2016-01-01..2019-12-31\nslots: {dawn: \"04:30-05:30\", morning: \"10:00-13:00\"}\nstations:\n")
	for i, zone := range toured {
		fmt.Fprintf(&b, "  s%d: {zone: %s}\n", i, zone)
	}
	b.WriteString("sessions:\n")
	for i := range toured {
		fmt.Fprintf(&b, "  - {id: x%d, at: s%d, days: 1..366, within: 1461 days}\n", i, i)
	}
	return b.String()
}

// zoneTourPlan meets in each zone before dawn and later, on the days around
// every change of clocks in four years and on others between them.
func zoneTourPlan() *plan.Plan {
	p := &plan.Plan{}
	for i, name := range toured {
		location, err := time.LoadLocation(name)
		if err != nil {
			panic(err)
		}
		x := plan.Session{ID: fmt.Sprintf("x%d", i), Station: fmt.Sprintf("s%d", i)}
		for d := day("2016-01-01"); d <= day("2019-12-31"); d++ {
			_, before := (d - 1).At(12*60, location).Zone()
			_, today := d.At(12*60, location).Zone()
			_, after := (d + 1).At(12*60, location).Zone()
			if before == today && today == after && int(d)%90 != 0 {
				continue
			}
			x.Days = append(x.Days, d)
			for j, slot := range []string{"dawn", "morning"} {
				x.Meetings = append(x.Meetings, plan.Meeting{Day: d, Slot: slot, Kind: "plenary", Number: 2*len(x.Days) + j - 1})
			}
		}
		p.Sessions = append(p.Sessions, x)
	}
	return p
}

func TestOtherReadersTakeOurZones(t *testing.T) {
	s, p := read(t, zoneTour()), zoneTourPlan()
	text := write(t, s, p, ics.Options{})
	want := asPlanned(s, p, "tour.plenary")
	for name, reader := range readers {
		if strings.Contains(name, "its own zones") {
			continue // zone data of another age than ours
		}
		t.Run(name, func(t *testing.T) {
			got := readBack(t, reader, text)
			if len(got) != len(want) {
				t.Errorf("%d events are read, want %d", len(got), len(want))
			}
			wrong := map[string]int{}
			for uid, w := range want {
				if g := got[uid]; g.Start != w.Start || g.End != w.End {
					id, _, _ := strings.Cut(uid, ".")
					if wrong[id]++; wrong[id] < 4 {
						t.Errorf("%s (%s) from %s to %s, want from %s to %s", uid, s.Stations[s.Session(id)].Zone, g.Start, g.End, w.Start, w.End)
					}
				}
			}
		})
	}
}
