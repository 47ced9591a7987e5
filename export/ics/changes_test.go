package ics_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"plenary/export/ics"
	"plenary/model/calendar"
	"plenary/model/plan"
)

// byHand are changes that a planner makes to the calendar of the small plan in
// Outlook, as replacements in its text, and what comes of them.
var byHand = map[string]struct {
	change []string // old, new, old, new
	moves  []string // in the words of plan.Moves
	notes  []string
}{
	"nothing": {},
	"the whole session moves, its meetings with it": {
		change: []string{"DTSTART;VALUE=DATE:20170508\r\nDTEND;VALUE=DATE:20170510", "DTSTART;VALUE=DATE:20171106\r\nDTEND;VALUE=DATE:20171108"},
		moves:  []string{"drivers moves from 8 and 9 May 2017 to 6 and 7 November 2017"},
	},
	"all its meetings move": {
		change: []string{"*Zurich:20170508", "Zurich:20170515", "*Zurich:20170509", "Zurich:20170516"},
		moves:  []string{"drivers moves from 8 and 9 May 2017 to 15 and 16 May 2017"},
	},
	"the meetings count where the whole session says other days": {
		change: []string{"*Zurich:20170508", "Zurich:20170515", "*Zurich:20170509", "Zurich:20170516", "VALUE=DATE:20170508\r\nDTEND;VALUE=DATE:20170510", "VALUE=DATE:20170522\r\nDTEND;VALUE=DATE:20170524"},
		moves:  []string{"drivers moves from 8 and 9 May 2017 to 15 and 16 May 2017"},
		notes:  []string{"“Drivers of migration”: its meetings are on 15 and 16 May 2017 and count; the entry for the whole session says 22 and 23 May 2017"},
	},
	"one meeting moves, in the zone of another program": {
		change: []string{"DTSTART;TZID=Europe/Zurich:20170509T100000", "DTSTART:20170510T080000Z", "DTEND;TZID=Europe/Zurich:20170509T130000", "DTEND;TZID=America/New_York:20170510T070000"},
		moves:  []string{"drivers moves from 8 and 9 May 2017 to 8 and 10 May 2017"},
	},
	"another room": {
		change: []string{`LOCATION:Room XX\, Palais des Nations\, Geneva`, "LOCATION:council chamber"},
		moves:  []string{"drivers moves from room XX to Council Chamber"},
	},
	"a room that is none": {
		change: []string{`LOCATION:Council Chamber\, Palais des Nations\, Geneva`, "LOCATION:the garden"},
		notes:  []string{"“Expert panel 2 (Drivers of migration)” is now at “the garden”, which is no room or station of the scenario; its place stays as planned"},
	},
	"another station": {
		change: []string{`LOCATION:Palais des Nations\, Geneva`, "LOCATION:New York"},
		moves:  []string{"drivers moves from Geneva to New York"},
		notes:  []string{"“Drivers of migration” is now in New York: rooms and interpretation there are not planned yet"},
	},
	"cancelled by status": {
		change: []string{"UID:briefing@a-res-1-2.plenary\r\nSTATUS:CONFIRMED", "UID:briefing@a-res-1-2.plenary\r\nSTATUS:CANCELLED"},
		moves:  []string{"briefing is no longer held (it was on 1 June 2017 in Rabat)"},
	},
	"cancelled by title": {
		change: []string{"SUMMARY:Plenary 1 (briefing)", "SUMMARY:Canceled: Plenary 1 (briefing)"},
		moves:  []string{"briefing is no longer held (it was on 1 June 2017 in Rabat)"},
	},
	"one meeting cancelled": {
		change: []string{"SUMMARY:Interactive", "SUMMARY:CANCELLED: Interactive"},
		moves:  []string{"drivers moves from 8 and 9 May 2017 to 8 May 2017", "drivers no longer has interactive 1"},
	},
	"a new identity from Outlook": {
		change: []string{"UID:briefing.plenary-1@a-res-1-2.plenary", "UID:" + outlookUID("briefing.plenary-1@a-res-1-2.plenary"), "SUMMARY:Plenary 1 (briefing)", "SUMMARY:The briefing", "*Casablanca:20170601", "Casablanca:20170602"},
		moves:  []string{"briefing moves from 1 June 2017 to 2 June 2017"},
	},
	"a new identity, known by its title": {
		change: []string{"UID:briefing.plenary-1@a-res-1-2.plenary", "UID:7dc9", "*Casablanca:20170601", "Casablanca:20170602"},
		moves:  []string{"briefing moves from 1 June 2017 to 2 June 2017"},
	},
	"an event of somebody else": {
		change: []string{"BEGIN:VEVENT\r\nUID:briefing@", "BEGIN:VEVENT\r\nUID:lunch\r\nSUMMARY:Lunch\r\nDTSTART:20170601T120000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:briefing@"},
		notes:  []string{"1 event that this plan did not publish is passed over: “Lunch”"},
	},
	"a document is issued later": {
		change: []string{"DTSTART;VALUE=DATE:20180205\r\nDTEND;VALUE=DATE:20180206", "DTSTART;VALUE=DATE:20180206\r\nDTEND;VALUE=DATE:20180207"},
		moves:  []string{"zero-draft is issued on 6 February 2018 instead of 5 February 2018"},
	},
	"a document is submitted earlier": {
		change: []string{"DTSTART;VALUE=DATE:20180122\r\nDTEND;VALUE=DATE:20180123", "DTSTART;VALUE=DATE:20180119\r\nDTEND;VALUE=DATE:20180120"},
		notes:  []string{"“Zero draft” is to be submitted on Friday, 19 January 2018 now; the day of submission follows from the day of issue: move that"},
	},
	"a shorter meeting": {
		change: []string{"DTEND;TZID=Europe/Zurich:20170509T130000", "DTEND;TZID=Europe/Zurich:20170509T120000"},
		notes:  []string{"“Interactive (Drivers of migration)” ends at 12:00 now; meetings in the morning last until 13:00, and that stays"},
	},
	"all-day by midnights, as programs write it": {
		change: []string{"DTSTART;VALUE=DATE:20170601\r\nDTEND;VALUE=DATE:20170602", "DTSTART;TZID=Africa/Casablanca:20170602T000000\r\nDTEND;TZID=Africa/Casablanca:20170603T000000"},
		moves:  []string{"briefing moves from 1 June 2017 to 2 June 2017"},
	},
	"morning becomes afternoon": {
		change: []string{"DTSTART;TZID=Africa/Casablanca:20170601T100000", "DTSTART;TZID=Africa/Casablanca:20170601T150000", "DTEND;TZID=Africa/Casablanca:20170601T130000", "DTEND;TZID=Africa/Casablanca:20170601T180000"},
		moves:  []string{"briefing plenary 1 on 1 June 2017 starts at 15:00 instead of 10:00"},
	},
}

// everywhere stands before what is to be replaced wherever it is.
const everywhere = "*"

// outlookUID wraps a UID as Outlook does.
func outlookUID(uid string) string {
	data := "vCal-Uid\x01\x00\x00\x00" + uid + "\x00"
	return "040000008200E00074C5B7101A82E008" + strings.Repeat("00", 20) + strings.ToUpper(hex.EncodeToString([]byte(data)))
}

func changed(t *testing.T, text string, withdraw bool, change ...string) (*ics.Changed, []string) {
	t.Helper()
	s, p := read(t, small), smallPlan()
	for i := 0; i < len(change); i += 2 {
		old, all := strings.CutPrefix(change[i], everywhere)
		if !strings.Contains(text, old) {
			t.Fatalf("%q does not stand in the calendar", old)
		}
		if all {
			text = strings.ReplaceAll(text, old, change[i+1])
		} else {
			text = strings.Replace(text, old, change[i+1], 1)
		}
	}
	c, problems := ics.Read("changed.ics", []byte(text), nil)
	if len(problems) > 0 {
		t.Fatalf("problems: %v", problems)
	}
	got, problems := ics.Changes("changed.ics", s, p, c, withdraw)
	var said []string
	for _, x := range problems {
		said = append(said, x.Message)
	}
	return got, said
}

func TestChangesByHandComeBack(t *testing.T) {
	s, p := read(t, small), smallPlan()
	text := write(t, s, p, ics.Options{})
	for name, c := range byHand {
		t.Run(name, func(t *testing.T) {
			got, problems := changed(t, text, false, c.change...)
			if len(problems) > 0 {
				t.Fatalf("problems: %q", problems)
			}
			var moves []string
			for _, m := range plan.Moves(s, p, got.Plan) {
				moves = append(moves, m.ID+" "+m.Text)
			}
			if !slices.Equal(moves, c.moves) {
				t.Errorf("moves\n%s\nwant\n%s", strings.Join(moves, "\n"), strings.Join(c.moves, "\n"))
			}
			if !slices.Equal(got.Notes, c.notes) {
				t.Errorf("notes\n%s\nwant\n%s", strings.Join(got.Notes, "\n"), strings.Join(c.notes, "\n"))
			}
		})
	}
}

func TestSlotMovesWithinTheDay(t *testing.T) {
	text := write(t, read(t, small), smallPlan(), ics.Options{})
	got, problems := changed(t, text, false, byHand["morning becomes afternoon"].change...)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if m := got.Plan.Session("briefing").Meetings[0]; m.Slot != "afternoon" || m.Day != day("2017-06-01") {
		t.Errorf("it is on %s in the %s", m.Day, m.Slot)
	}
}

// Pins say the slots where those say it all: the briefing is one meeting. Where
// days differ in their slots, a note says that they cannot.
func TestPinsSayTheHour(t *testing.T) {
	s, p := read(t, small), smallPlan()
	to := smallPlan()
	to.Session("briefing").Meetings[0].Slot = "afternoon"
	to.Session("drivers").Meetings[2].Slot = "afternoon"
	variant, notes := ics.Pins(s, p, to, "small.yaml")
	for _, want := range []string{"briefing\"\n      pin: {days: [2017-06-01], at: \"rabat\"}\n      slots: [\"afternoon\"]\n", "drivers\"\n      pin: {days: [2017-05-08, 2017-05-09], at: \"geneva\"}\n    - "} {
		if !strings.Contains(string(variant)+"    - ", want) {
			t.Errorf("%q is not in\n%s", want, variant)
		}
	}
	if want := []string{"“Drivers of migration” meets at other hours now, and pins cannot say which meeting is at which: its plan does"}; !slices.Equal(notes, want) {
		t.Errorf("notes %q", notes)
	}
}

func TestWhatIsMissingStaysUnlessItWasTakenOut(t *testing.T) {
	s := read(t, small)
	text := write(t, s, smallPlan(), ics.Options{For: audience(t, "geneva")})
	got, problems := changed(t, text, false)
	if len(problems) > 0 || len(got.Plan.Sessions) != 3 || !slices.Equal(got.Notes, []string{"6 events of the plan are not in the calendar and stay as planned"}) {
		t.Errorf("problems %q, %d sessions, notes %q", problems, len(got.Plan.Sessions), got.Notes)
	}
	got, problems = changed(t, text, true)
	if len(problems) > 0 || len(got.Plan.Sessions) != 1 || len(got.Notes) > 0 {
		t.Errorf("problems %q, %d sessions, notes %q", problems, len(got.Plan.Sessions), got.Notes)
	}
}

func TestChangesThatNoPlanCanHoldAreRefused(t *testing.T) {
	text := write(t, read(t, small), smallPlan(), ics.Options{})
	for name, c := range map[string]struct {
		change []string
		want   []string
	}{
		"between the slots":    {[]string{"DTSTART;TZID=Europe/Zurich:20170509T100000", "DTSTART;TZID=Europe/Zurich:20170509T113000"}, []string{"“Interactive (Drivers of migration)” begins at 11:30 on Tuesday, 9 May 2017; meetings in Geneva begin at 10:00 or 15:00"}},
		"without an hour":      {[]string{"DTSTART;TZID=Africa/Casablanca:20170601T100000\r\nDTEND;TZID=Africa/Casablanca:20170601T130000", "DTSTART;VALUE=DATE:20170601"}, []string{"“Plenary 1 (briefing)” begins on Thursday, 1 June 2017 without an hour; meetings in Rabat begin at 10:00 or 15:00"}},
		"two at one time":      {[]string{"DTSTART;TZID=Europe/Zurich:20170508T150000", "DTSTART;TZID=Europe/Zurich:20170508T100000", "DTEND;TZID=Europe/Zurich:20170508T180000", "DTEND;TZID=Europe/Zurich:20170508T130000"}, []string{"two meetings of “Drivers of migration” are on Monday, 8 May 2017 in the morning"}},
		"a longer session":     {[]string{"DTEND;VALUE=DATE:20170510", "DTEND;VALUE=DATE:20170511"}, []string{"“Drivers of migration” has 3 days now instead of 2"}},
		"a session with hours": {[]string{"DTSTART;VALUE=DATE:20170601\r\nDTEND;VALUE=DATE:20170602", "DTSTART:20170601T090000Z\r\nDTEND:20170601T100000Z"}, []string{"“briefing” stands for whole days and has hours now"}},
		"a repetition":         {[]string{"SUMMARY:Plenary 1 (briefing)", "RRULE:FREQ=DAILY;COUNT=2\r\nSUMMARY:Plenary 1 (briefing)"}, []string{"“Plenary 1 (briefing)” was made to repeat; it takes place once"}},
		"doubled":              {[]string{"BEGIN:VEVENT\r\nUID:briefing@", "BEGIN:VEVENT\r\nUID:briefing.plenary-1@a-res-1-2.plenary\r\nSUMMARY:Copy\r\nDTSTART:20170603T100000Z\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:briefing@"}, []string{"“Plenary 1 (briefing)” stands here a second time, with another time or place; the first is on line LINE"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := changed(t, text, false, c.change...)
			for i := range problems {
				problems[i] = regexp.MustCompile(`line [0-9]+`).ReplaceAllString(problems[i], "line LINE")
			}
			if got != nil || !slices.Equal(problems, c.want) {
				t.Errorf("problems %q, want %q", problems, c.want)
			}
		})
	}
}

// What no plan can hold is shown where it stands: the property that says it.
func TestRefusedChangesHaveTheirPlace(t *testing.T) {
	s, p := read(t, small), smallPlan()
	text := write(t, s, p, ics.Options{})
	for name, c := range map[string]struct {
		old, new, want string
	}{
		"a start":      {"DTSTART;TZID=Europe/Zurich:20170509T100000", "DTSTART;TZID=Europe/Zurich:20170509T113000", "DTSTART;TZID=Europe/Zurich:20170509T113000"},
		"an end":       {"DTEND;VALUE=DATE:20170510", "DTEND;VALUE=DATE:20170511", "DTEND;VALUE=DATE:20170511"},
		"a repetition": {"SUMMARY:Plenary 1 (briefing)", "RRULE:FREQ=DAILY;COUNT=2\r\nSUMMARY:Plenary 1 (briefing)", "RRULE:FREQ=DAILY;COUNT=2"},
	} {
		c0, problems := ics.Read("here.ics", []byte(strings.ReplaceAll(text, c.old, c.new)), nil)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		_, problems = ics.Changes("here.ics", s, p, c0, false)
		if len(problems) != 1 {
			t.Errorf("%s: problems %v", name, problems)
			continue
		}
		at := problems[0].Place
		lines := strings.Split(strings.ReplaceAll(text, c.old, c.new), "\r\n")
		if at.File != "here.ics" || at.Column != 1 || at.Width != len(c.want) || at.Text != c.want || lines[at.Line-1] != c.want {
			t.Errorf("%s: at %s, width %d: %q", name, at, at.Width, at.Text)
		}
	}
}

func TestCalendarOfAnotherPlanIsNotThisPlanChanged(t *testing.T) {
	tour := write(t, read(t, zoneTour()), zoneTourPlan(), ics.Options{})
	got, problems := changed(t, strings.ReplaceAll(tour, "UID:x", "UID:q"), false)
	if got != nil || !slices.Equal(problems, []string{"no event of this plan stands in it"}) {
		t.Errorf("problems %q", problems)
	}
}

// side has a short session: two slots on end, in one room.
const side = `plenary: 1
title: Side
period: 2018-01-01..2018-12-21
slots: {early: "09:00-10:00", midday: "13:15-14:15", late: "14:15-15:15", evening: "18:15-19:15"}
stations: {geneva: {title: Geneva, zone: Europe/Zurich, rooms: {XX: {seats: 100}, XI: {seats: 50}}}}
sessions: [{id: talk, title: Side event, at: geneva, lasts: 120 minutes}]
`

func TestShortSessionMovesAsAWhole(t *testing.T) {
	s := read(t, side)
	meeting := func(slot string, n int) plan.Meeting {
		return plan.Meeting{Day: day("2018-03-23"), Slot: slot, Kind: "plenary", Number: n, Room: "XX"}
	}
	p := &plan.Plan{Sessions: []plan.Session{{ID: "talk", Station: "geneva", Days: []calendar.Day{day("2018-03-23")}, Meetings: []plan.Meeting{meeting("midday", 1), meeting("late", 2)}}}}
	text := write(t, s, p, ics.Options{Tentative: []string{"talk"}})
	e := event(t, text, "talk@side.plenary")
	for property, want := range map[string]string{"DTSTART": "20180323T131500", "DTEND": "20180323T151500", "STATUS": "TENTATIVE", "X-MICROSOFT-CDO-BUSYSTATUS": "TENTATIVE", "TRANSP": "OPAQUE", "LOCATION": `Room XX\, Geneva`} {
		if got := e.one(t, property); got != want {
			t.Errorf("%s:%s, want %s", property, got, want)
		}
	}
	for name, c := range map[string]struct{ change, want, problem string }{
		"left alone":   {"", "2018-03-23 [midday late] XX", ""},
		"another day":  {"20180323T1 20180326T1", "2018-03-26 [midday late] XX", ""},
		"another room": {`Room_XX\,_Geneva XI`, "2018-03-23 [midday late] XI", ""},
		"cannot start": {"20180323T131500 20180323T181500 20180323T151500 20180323T201500", "", "“Side event” begins at 18:15 on Friday, 23 March 2018, where it cannot start"},
		"no slot":      {"20180323T131500 20180323T130000", "", "“Side event” begins at 13:00 on Friday, 23 March 2018, where it cannot start"},
		"cancelled":    {"STATUS:TENTATIVE STATUS:CANCELLED", "not held", ""},
	} {
		pairs := strings.Fields(c.change)
		for i := range pairs {
			pairs[i] = strings.ReplaceAll(pairs[i], "_", " ")
		}
		changed := strings.NewReplacer(pairs...).Replace(text)
		read, problems := ics.Read("side.ics", []byte(changed), nil)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got, problems := ics.Changes("side.ics", s, p, read, false)
		if c.problem != "" {
			if got != nil || len(problems) != 1 || problems[0].Message != c.problem {
				t.Errorf("%s: problems %v, want %s", name, problems, c.problem)
			}
			continue
		}
		if got == nil {
			t.Errorf("%s: problems %v", name, problems)
			continue
		}
		said := "not held"
		if x := got.Plan.Session("talk"); x != nil {
			var slots []string
			for _, m := range x.Meetings {
				slots = append(slots, m.Slot)
			}
			said = fmt.Sprint(x.Days[0], " ", slots, " ", x.Meetings[0].Room)
		}
		if said != c.want {
			t.Errorf("%s: it is %s, want %s", name, said, c.want)
		}
	}
}

// FuzzChanges holds that whatever comes back in place of our calendar gives
// problems, or a plan that can be written and read.
func FuzzChanges(f *testing.F) {
	s, p := read(f, small), smallPlan()
	text := write(f, s, p, ics.Options{})
	f.Add([]byte(text))
	for _, c := range byHand {
		changed := text
		for i := 0; i < len(c.change); i += 2 {
			changed = strings.ReplaceAll(changed, strings.TrimPrefix(c.change[i], everywhere), c.change[i+1])
		}
		f.Add([]byte(changed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		c, _ := ics.Read("fuzz.ics", src, nil)
		if c == nil {
			return
		}
		for _, withdraw := range []bool{false, true} {
			got, problems := ics.Changes("fuzz.ics", s, p, c, withdraw)
			if (got == nil) != (len(problems) > 0) {
				t.Fatalf("a plan: %t, problems %v", got != nil, problems)
			}
			if got == nil {
				continue
			}
			content, err := got.Plan.Encode()
			if err != nil {
				t.Fatal(err)
			}
			if _, problems := plan.Read("fuzz.json", content, s); len(problems) > 0 {
				t.Errorf("the plan has problems: %v\n%s", problems, content)
			}
		}
	})
}

// FuzzSince holds that whatever is given as the version before is refused, or
// gives a calendar of which the next version is the same.
func FuzzSince(f *testing.F) {
	s, p := read(f, small), smallPlan()
	for _, text := range publishedVersions(f, s, editions(), ics.Options{}) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		var b, again bytes.Buffer
		if _, err := ics.Write(&b, s, p, ics.Options{Now: written, Since: src}); err != nil || len(src) == 0 {
			return
		}
		if _, err := ics.Write(&again, s, p, ics.Options{Now: written.AddDate(1, 0, 0), Since: b.Bytes()}); err != nil {
			t.Fatalf("what was written is no version before: %v\n%s", err, b.String())
		}
		if again.String() != b.String() {
			t.Errorf("the same plan gives\n%s\nafter\n%s", again.String(), b.String())
		}
	})
}
