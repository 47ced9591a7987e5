package ics_test

import (
	"encoding/json"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"plenary/export/ics"
	"plenary/model/roster"
)

// letter is an e-mail as another reader sees it.
type letter struct {
	From, To, Subject, Kind, Plain, HTML string
	Method, UID, Status, Start           string
	Organizer, Attendee, Name, RSVP      string
	Zones                                []string
	Sequence                             int
}

func letters(t *testing.T, messages []ics.Message) (out []letter) {
	t.Helper()
	for _, m := range messages {
		for l := range strings.SplitSeq(string(m.Content), "\r\n") {
			if len(l) > 998 || strings.ContainsAny(l, "\r\n") {
				t.Errorf("%s has a line that mail cannot carry: %.80q", m.Name, l)
			}
		}
		var l letter
		if err := json.Unmarshal(python(t, "icalendar", string(m.Content), "message.py"), &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	return out
}

func TestInvitationsFollowThreeVersions(t *testing.T) {
	s, plans := read(t, small), editions()
	to := ics.Recipient{For: audience(t, "chair"), Address: mail.Address{Name: `Pérez, Ana "Chair"`, Address: "ana@example.org"}}
	opts := ics.Options{Organizer: mail.Address{Name: "Secretariat", Address: "secretariat@example.org"}}
	for i, want := range [][]string{
		{
			"REQUEST drivers.panel-1 CONFIRMED 0 2017-05-08T10:00:00+02:00 Invitation: Root causes (Drivers of migration)",
			"REQUEST drivers.panel-2 CONFIRMED 0 2017-05-08T15:00:00+02:00 Invitation: Expert panel 2 (Drivers of migration)",
			"REQUEST drivers.interactive-1 CONFIRMED 0 2017-05-09T10:00:00+02:00 Invitation: Interactive (Drivers of migration)",
			"REQUEST zero-draft.issue CONFIRMED 0 2018-02-05 Invitation: Issue: Zero draft",
			"REQUEST zero-draft.submission CONFIRMED 0 2018-01-22 Invitation: Submission: Zero draft",
		},
		{ // moved into winter
			"REQUEST drivers.panel-1 CONFIRMED 1 2017-11-06T10:00:00+01:00 Changed: Root causes (Drivers of migration)",
			"REQUEST drivers.panel-2 CONFIRMED 1 2017-11-06T15:00:00+01:00 Changed: Expert panel 2 (Drivers of migration)",
			"REQUEST drivers.interactive-1 CONFIRMED 1 2017-11-07T10:00:00+01:00 Changed: Interactive (Drivers of migration)",
		},
		{ // another moderator, another day of issue
			"REQUEST drivers.panel-1 CONFIRMED 2 2017-11-06T10:00:00+01:00 Changed: Root causes (Drivers of migration)",
			"REQUEST zero-draft.issue CONFIRMED 1 2018-02-06 Changed: Issue: Zero draft",
			"REQUEST zero-draft.submission CONFIRMED 1 2018-01-23 Changed: Submission: Zero draft",
		},
		{
			"CANCEL drivers.panel-1 CANCELLED 3 2017-11-06T10:00:00+01:00 Cancelled: Root causes (Drivers of migration)",
			"CANCEL drivers.panel-2 CANCELLED 2 2017-11-06T15:00:00+01:00 Cancelled: Expert panel 2 (Drivers of migration)",
			"CANCEL drivers.interactive-1 CANCELLED 2 2017-11-07T10:00:00+01:00 Cancelled: Interactive (Drivers of migration)",
		},
		nil,
	} {
		opts.Now = written.AddDate(0, i, 0)
		p := plans[min(i, 2)]
		if i >= 3 {
			p.Sessions = nil
		}
		messages, sent, err := ics.Invitations(s, p, to, opts)
		if err != nil {
			t.Fatal(err)
		}
		opts.Since = sent
		var got []string
		for _, l := range letters(t, messages) {
			got = append(got, fmt.Sprintf("%s %s %s %d %s %s", l.Method, strings.TrimSuffix(l.UID, "@a-res-1-2.plenary"), l.Status, l.Sequence, l.Start, l.Subject))
			if l.From != "Secretariat <secretariat@example.org>" || !strings.Contains(l.To, "<ana@example.org>") || l.Kind != "multipart/alternative" {
				t.Errorf("from %s to %s, %s", l.From, l.To, l.Kind)
			}
			if l.Organizer != "mailto:secretariat@example.org" || l.Attendee != "mailto:ana@example.org" || l.Name != "Pérez, Ana 'Chair'" || l.RSVP != "TRUE" {
				t.Errorf("%s is invited by %s as %q, RSVP %s", l.Attendee, l.Organizer, l.Name, l.RSVP)
			}
			if zoned := strings.Contains(l.Start, "T"); zoned != slices.Equal(l.Zones, []string{"Europe/Zurich"}) || !strings.Contains(l.HTML, "<html>") {
				t.Errorf("%s has the zones %q and the page %.40q", l.UID, l.Zones, l.HTML)
			}
			if l.UID == "drivers.panel-1@a-res-1-2.plenary" && i == 0 && !strings.Contains(strings.ReplaceAll(l.Plain, "\r\n", "\n"), "Monday, 8 May 2017, 10:00 to 13:00 (Europe/Zurich)\n\nRoom XX, Palais des Nations, Geneva\n\nSession: Drivers of migration\n") {
				t.Errorf("it reads\n%s", l.Plain)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("version %d:\n%s\nwant\n%s", i+1, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestInvitationsNeedAnOrganizer(t *testing.T) {
	_, _, err := ics.Invitations(read(t, small), smallPlan(), ics.Recipient{}, ics.Options{Now: written})
	if err == nil || err.Error() != "write the invitations: the organizer is missing" {
		t.Errorf("error %v", err)
	}
}

func TestRecipientsHaveTheirMistakesSaid(t *testing.T) {
	s := read(t, small)
	for table, want := range map[string][]string{
		"for,name,address\nMEX,Mission of Mexico,mexico@example.org\nchair,The chair,chair@example.org\n": nil,
		"for,name\nMEX,x\n": {`1: the table has no column "address"`},
		"for,name,address\nMEXX,x,a@example.org\nMEX,x,nobody\nMEX,x,A@example.org\n": {
			`2: a calendar for "MEXX" is not known; it can be for conference-services, delegations, station:ID, officer:ID, member:ID`,
			`3: "nobody" is no e-mail address`,
			`4: A@example.org stands here for the second time`,
		},
	} {
		lines, problems := roster.ReadCSV("people.csv", []byte(table))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		got, problems := ics.Recipients(s, lines)
		var said []string
		for _, p := range problems.Sorted() {
			said = append(said, fmt.Sprintf("%d: %s", p.Place.Line, p.Message))
		}
		if !slices.Equal(said, want) || len(want) == 0 && len(got) != 2 {
			t.Errorf("%q: %d recipients, problems %q, want %q", table, len(got), said, want)
		}
	}
}
