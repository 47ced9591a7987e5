package ics_test

import (
	"bytes"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/export/ics"
	"plenary/export/language"
	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// editions are three versions of a plan of small: in the second a session
// moves across the change of clocks, one is withdrawn and one is new; in the
// third the withdrawn one is back, another shrinks to one part, and a moderator
// changes.
func editions() []*plan.Plan {
	first, second, third := smallPlan(), smallPlan(), smallPlan()
	shift := func(p *plan.Plan, id string, by calendar.Day) {
		x := p.Session(id)
		for i := range x.Days {
			x.Days[i] += by
		}
		for i := range x.Meetings {
			x.Meetings[i].Day += by
		}
	}
	without := func(p *plan.Plan, id string) {
		p.Sessions = slices.DeleteFunc(p.Sessions, func(x plan.Session) bool { return x.ID == id })
	}
	without(first, "negotiation")
	shift(second, "drivers", day("2017-11-06")-day("2017-05-08")) // into winter
	without(second, "briefing")
	shift(third, "drivers", day("2017-11-06")-day("2017-05-08"))
	third.Session("drivers").Meetings[0].Seats["moderator"] = []string{"BOL"}
	x := third.Session("negotiation")
	x.Days, x.Meetings = x.Days[:1], x.Meetings[:1]
	third.Documents[0].Issued = day("2018-02-06")
	return []*plan.Plan{first, second, third}
}

// published writes the versions one after the other, a month apart.
func publishedVersions(t testing.TB, s *scenario.Scenario, plans []*plan.Plan, opts ics.Options) (out []string) {
	t.Helper()
	for i, p := range plans {
		opts.Now = written.AddDate(0, i, 0)
		out = append(out, write(t, s, p, opts))
		opts.Since = []byte(out[i])
	}
	return out
}

// aboutVersion are the properties that tell the version of an event.
type aboutVersion struct{ sequence, status, modified string }

func versionsOf(t *testing.T, text string) map[string]aboutVersion {
	t.Helper()
	out := map[string]aboutVersion{}
	for _, e := range unfold(t, text).parts {
		if e.name == "VEVENT" {
			out[strings.TrimSuffix(e.one(t, "UID"), "@a-res-1-2.plenary")] = aboutVersion{e.one(t, "SEQUENCE"), e.one(t, "STATUS"), e.one(t, "LAST-MODIFIED")[:8]}
		}
	}
	return out
}

func TestSequenceGrowsForWhatChangedAlone(t *testing.T) {
	texts := publishedVersions(t, read(t, small), editions(), ics.Options{})
	march, april, may := "20170301", "20170401", "20170501"
	for i, want := range []map[string]aboutVersion{
		{
			"drivers": {"0", "CONFIRMED", march}, "drivers.panel-1": {"0", "CONFIRMED", march},
			"briefing": {"0", "CONFIRMED", march}, "briefing.plenary-1": {"0", "CONFIRMED", march},
			"zero-draft.issue": {"0", "CONFIRMED", march}, "workplan.issue": {"0", "CONFIRMED", march},
		},
		{
			"drivers": {"1", "CONFIRMED", april}, "drivers.panel-1": {"1", "CONFIRMED", april}, // moved
			"briefing": {"1", "CANCELLED", april}, "briefing.plenary-1": {"1", "CANCELLED", april}, // withdrawn
			"negotiation": {"0", "CONFIRMED", april}, "negotiation.part.2": {"0", "CONFIRMED", april}, // new
			"zero-draft.issue": {"0", "CONFIRMED", march}, "workplan.issue": {"0", "CONFIRMED", march},
		},
		{
			"drivers.panel-1": {"2", "CONFIRMED", may}, "drivers.panel-2": {"1", "CONFIRMED", april}, // one has another moderator
			"briefing": {"2", "CONFIRMED", may}, "briefing.plenary-1": {"2", "CONFIRMED", may}, // back again
			"negotiation": {"1", "CONFIRMED", may}, "negotiation.part.2": {"1", "CANCELLED", may}, "negotiation.plenary-2": {"1", "CANCELLED", may},
			"negotiation.plenary-1": {"0", "CONFIRMED", april},
			"zero-draft.issue":      {"1", "CONFIRMED", may}, "zero-draft.submission": {"1", "CONFIRMED", may}, "workplan.issue": {"0", "CONFIRMED", march},
		},
	} {
		got := versionsOf(t, texts[i])
		for uid, w := range want {
			if got[uid] != w {
				t.Errorf("version %d: %s is %v, want %v", i+1, uid, got[uid], w)
			}
		}
	}
}

func TestUnchangedPlanGivesTheSameFileToTheByte(t *testing.T) {
	s := read(t, small)
	for i, p := range editions() {
		first := write(t, s, p, ics.Options{})
		if again := write(t, s, p, ics.Options{Now: written.AddDate(1, 0, 0), Since: []byte(first)}); again != first {
			t.Errorf("plan %d is written otherwise a year later", i+1)
		}
	}
	texts := publishedVersions(t, s, editions(), ics.Options{})
	last := texts[len(texts)-1]
	if again := write(t, s, editions()[2], ics.Options{Now: written.AddDate(1, 0, 0), Since: []byte(last)}); again != last {
		t.Error("what was withdrawn does not stay as it is")
	}
}

// TestNextVersionSpeaksAsTheLastDid holds that whoever publishes the next
// version need not say again who publishes and in which language.
func TestNextVersionSpeaksAsTheLastDid(t *testing.T) {
	s, p := read(t, small), editions()[0]
	french, _ := language.Named("fr")
	english, _ := language.Named("en")
	organizer := mail.Address{Name: "Sécrétariat, Genève", Address: "secretariat@example.org"}
	first := write(t, s, p, ics.Options{Language: french, Organizer: organizer, Tentative: []string{"drivers"}})
	next := func(opts ics.Options) string {
		t.Helper()
		opts.Now, opts.Since = written.AddDate(0, 1, 0), []byte(first)
		var b strings.Builder
		if _, err := ics.Write(&b, s, p, opts); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if again := next(ics.Options{Holding: true}); again != first {
		t.Errorf("the same plan is written otherwise:\n%s\nwant\n%s", again, first)
	}
	for name, c := range map[string]struct {
		opts ics.Options
		want string
	}{
		"decided":           {ics.Options{}, "STATUS:CONFIRMED"},
		"another language":  {ics.Options{Language: english}, "DESCRIPTION:Document: workplan"},
		"another organizer": {ics.Options{Organizer: mail.Address{Address: "other@example.org"}}, "ORGANIZER:mailto:other@example.org"},
	} {
		got := next(c.opts)
		if strings.Count(got, c.want) <= strings.Count(first, c.want) || !strings.Contains(got, "SEQUENCE:1") {
			t.Errorf("%s: %s was not taken up:\n%s", name, c.want, got)
		}
	}
}

func TestWithdrawnEventSaysSo(t *testing.T) {
	texts := publishedVersions(t, read(t, small), editions(), ics.Options{})
	e := event(t, texts[1], "briefing.plenary-1@a-res-1-2.plenary")
	for property, want := range map[string]string{
		"STATUS": "CANCELLED", "SUMMARY": "Cancelled: Plenary 1 (briefing)", "TRANSP": "TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS": "FREE",
		"DTSTART": "20170601T100000", "DTEND": "20170601T130000", "LOCATION": "Rabat", "CREATED": "20170301T093000Z",
		"DESCRIPTION": "This was withdrawn and does not take place.",
	} {
		if got := e.one(t, property); got != want {
			t.Errorf("%s:%s, want %s", property, got, want)
		}
	}
	if !strings.Contains(texts[1], "TZID:Africa/Casablanca") {
		t.Error("the zone of the withdrawn meeting is not described any more")
	}
	if texts := publishedVersions(t, read(t, small), []*plan.Plan{editions()[0], {}}, ics.Options{}); strings.Contains(texts[1], "VALARM") {
		t.Error("one is reminded of what does not take place")
	}
}

func TestLastModifiedGrowsThoughTheClockWasSetBack(t *testing.T) {
	s, plans := read(t, small), editions()
	first := write(t, s, plans[0], ics.Options{})
	second := write(t, s, plans[1], ics.Options{Now: written.AddDate(-1, 0, 0), Since: []byte(first)})
	if got := event(t, second, "drivers@a-res-1-2.plenary").one(t, "LAST-MODIFIED"); got != "20170301T093001Z" {
		t.Errorf("LAST-MODIFIED:%s", got)
	}
}

func TestUIDsStayWhenTheTitleChanges(t *testing.T) {
	text := strings.Replace(small, "mandate: A/RES/1/2\n", "", 1)
	s := read(t, text)
	first := write(t, s, smallPlan(), ics.Options{})
	renamed := read(t, strings.Replace(text, "title: Compact on examples", "title: Another title", 1))
	second := write(t, renamed, smallPlan(), ics.Options{Since: []byte(first), Now: written.AddDate(0, 1, 0)})
	if a, b := uidLine.FindAllString(first, -1), uidLine.FindAllString(second, -1); !slices.Equal(a, b) {
		t.Errorf("the UIDs were\n%s\nand are\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
}

func TestCalendarOfAnotherIsNoVersionBefore(t *testing.T) {
	s := read(t, small)
	first := write(t, s, smallPlan(), ics.Options{})
	delegations, err := ics.ParseAudience(s, "delegations")
	if err != nil {
		t.Fatal(err)
	}
	tour := write(t, read(t, zoneTour()), zoneTourPlan(), ics.Options{})
	for name, c := range map[string]struct {
		opts ics.Options
		want string
	}{
		"another program":  {ics.Options{Since: []byte(strings.Replace(first, "-//Plenary//", "-//Other//", 1))}, "the calendar published before: it is no calendar that Plenary wrote"},
		"no calendar":      {ics.Options{Since: []byte("hello")}, "the calendar published before: it is no calendar that Plenary wrote"},
		"cut off":          {ics.Options{Since: []byte(first[:len(first)-200])}, "the calendar published before: it is cut off"},
		"another audience": {ics.Options{Since: []byte(first), For: delegations}, "the calendar published before is for conference-services, this one for delegations"},
		"another process":  {ics.Options{Since: []byte(tour)}, "the calendar published before is that of another process"},
		"a bad version":    {ics.Options{Since: []byte(strings.Replace(first, "SEQUENCE:0", "SEQUENCE:-1", 1))}, `"-1" is no SEQUENCE`},
		"an event twice":   {ics.Options{Since: []byte(strings.Replace(first, "UID:drivers.panel-1@", "UID:drivers@", 1))}, `the event "drivers@a-res-1-2.plenary" is there twice, or has no UID`},
	} {
		c.opts.Now = written
		var b bytes.Buffer
		_, err := ics.Write(&b, s, smallPlan(), c.opts)
		if err == nil || !strings.Contains(err.Error(), c.want) || b.Len() > 0 {
			t.Errorf("%s: error %v and %d bytes, want %s", name, err, b.Len(), c.want)
		}
	}
}

func TestHoldIsTentativeDecisionIsBusy(t *testing.T) {
	s := read(t, small)
	text := write(t, s, smallPlan(), ics.Options{Tentative: []string{"drivers"}})
	for uid, want := range map[string][2]string{
		"drivers": {"TENTATIVE", "FREE"}, "drivers.panel-1": {"TENTATIVE", "TENTATIVE"},
		"briefing": {"CONFIRMED", "FREE"}, "briefing.plenary-1": {"CONFIRMED", "BUSY"},
	} {
		e := event(t, text, uid+"@a-res-1-2.plenary")
		if got := [2]string{e.one(t, "STATUS"), e.one(t, "X-MICROSOFT-CDO-BUSYSTATUS")}; got != want {
			t.Errorf("%s is %v, want %v", uid, got, want)
		}
		if said := strings.HasPrefix(e.one(t, "DESCRIPTION"), `On hold: not decided yet\n`); said != (want[0] == "TENTATIVE") {
			t.Errorf("%s is described as %s", uid, e.one(t, "DESCRIPTION"))
		}
	}
	decided := write(t, s, smallPlan(), ics.Options{Since: []byte(text), Now: written.AddDate(0, 1, 0)})
	if got := versionsOf(t, decided)["drivers.panel-1"]; got != (aboutVersion{"1", "CONFIRMED", "20170401"}) {
		t.Errorf("the hold was decided: %v", got)
	}
}

// kept is what readers and servers must hold of each version: everything that
// was ever published, as it is planned now, or cancelled.
func kept(t *testing.T, s *scenario.Scenario, plans []*plan.Plan) (out []map[string]seen) {
	t.Helper()
	gone := map[string]seen{}
	for _, p := range plans {
		now := asPlanned(s, p, "a-res-1-2.plenary")
		for _, d := range p.Documents {
			uid := d.ID + ".issue@a-res-1-2.plenary"
			now[uid] = seen{UID: uid, Start: d.Issued.String(), End: (d.Issued + 1).String(), Status: "CONFIRMED", Busy: "FREE"}
			if d.ID == "zero-draft" {
				uid := d.ID + ".submission@a-res-1-2.plenary"
				submitted := d.Issued - 14 // ten working days
				now[uid] = seen{UID: uid, Start: submitted.String(), End: (submitted + 1).String(), Status: "CONFIRMED", Busy: "FREE"}
			}
		}
		for uid, e := range gone {
			if _, back := now[uid]; !back {
				e.Status, e.Busy = "CANCELLED", "FREE"
				now[uid] = e
			}
		}
		gone = now
		out = append(out, now)
	}
	return out
}

// differ says where what was read is not what was published; of each event its
// times, status and busy status are compared, and whether it is there once.
func differ(got, want map[string]seen) (out []string) {
	for uid, w := range want {
		g, ok := got[uid]
		switch {
		case !ok:
			out = append(out, uid+" is lost")
		case g.Start != w.Start || g.End != w.End || g.Status != w.Status || g.Busy != w.Busy:
			out = append(out, fmt.Sprintf("%s is %s to %s %s %s, want %s to %s %s %s", uid, g.Start, g.End, g.Status, g.Busy, w.Start, w.End, w.Status, w.Busy))
		}
	}
	for uid := range got {
		if _, ok := want[uid]; !ok {
			out = append(out, uid+" is a ghost")
		}
	}
	slices.Sort(out)
	return out
}

func TestReadersFollowThreeVersions(t *testing.T) {
	s, plans := read(t, small), editions()
	texts, want := publishedVersions(t, s, plans, ics.Options{}), kept(t, s, plans)
	for name, reader := range readers {
		t.Run(name, func(t *testing.T) {
			before := map[string]seen{}
			for i, text := range texts {
				got := readBack(t, reader, text)
				for _, d := range differ(got, want[i]) {
					t.Errorf("version %d: %s", i+1, d)
				}
				for uid, g := range got {
					b, known := before[uid]
					same := b
					same.Sequence = g.Sequence
					switch {
					case !known && g.Sequence != 0:
						t.Errorf("version %d: the new %s has SEQUENCE %d", i+1, uid, g.Sequence)
					case known && same == g && g.Sequence != b.Sequence:
						t.Errorf("version %d: %s did not change and has SEQUENCE %d after %d", i+1, uid, g.Sequence, b.Sequence)
					case known && same != g && g.Sequence != b.Sequence+1:
						t.Errorf("version %d: %s changed and has SEQUENCE %d after %d", i+1, uid, g.Sequence, b.Sequence)
					}
				}
				before = got
			}
		})
	}
}

func TestFoldingSplitsNoCharacter(t *testing.T) {
	// Every offset of characters of two, three and four bytes against the end
	// of a line, in every property that has text.
	for _, unit := range []string{"é", "ا", "移", "🕊", "👩‍👩‍👧‍👦", "a移 ", "<移>"} {
		for pad := range 12 {
			title := strings.Repeat("x", pad) + strings.Repeat(unit, 60) + "."
			s := read(t, strings.Replace(small, "title: Drivers of migration", `title: "`+title+`"`, 1))
			text := write(t, s, smallPlan(), ics.Options{Now: written.Add(time.Hour)})
			e := event(t, text, "drivers@a-res-1-2.plenary") // unfold holds the lines to their limit
			if got := e.one(t, "SUMMARY"); got != title {
				t.Errorf("got %s, want %s", got, title)
			}
		}
	}
}
