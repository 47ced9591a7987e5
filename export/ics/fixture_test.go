package ics_test

import (
	"bytes"
	"net/mail"
	"testing"
	"time"

	"plenary/export/ics"
	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// small is a process with everything that a calendar shows: rooms with and
// without a name of their own, a host, seats, documents with and without
// processing.
const small = `plenary: 1
title: Compact on examples
mandate: A/RES/1/2
period: 2017-04-10..2018-02-28
stations:
  geneva: {title: Geneva, place: Palais des Nations, zone: Europe/Zurich, coordinates: [46.227, 6.141], rooms: {XX: {seats: 700}, Council Chamber: {seats: 300}}, interpretation: {teams: 2}}
  new-york: {title: New York, place: "United Nations Headquarters, New York", zone: America/New_York, coordinates: [40.749, -73.968]}
  rabat: {title: Rabat, zone: Africa/Casablanca}
officers:
  chair: {title: Chair of the process}
  vice-chair: {}
rosters:
  states:
    members: [{id: MEX, name: Mexico}, {id: BOL, name: Bolivia (Plurinational State of)}]
  experts:
    members: [{id: e1, name: "Centre for Work, Geneva"}, {id: e2, name: Ana Pérez}]
programmes:
  thematic:
    meetings:
      - kind: panel
        title: Expert panel
        count: 2
        mandate: 16, 17
        seats: {moderator: {title: Moderator, from: states}, panellists: {from: experts, count: 2}}
      - kind: interactive
sessions:
  - id: drivers
    title: Drivers of migration
    mandate: 15 (b) (ii)
    at: [geneva, new-york]
    days: 2
    chaired-by: [chair, vice-chair]
    programme: thematic
    titles: {panel: [Root causes]}
    interpretation: required
  - {id: negotiation, at: new-york, days: 3, within: 1 week, interpretation: as-available}
  - {id: briefing, at: rabat}
documents:
  - {id: zero-draft, title: Zero draft, mandate: "27", writer: chair, processing: 10 working days}
  - {id: workplan}
`

// read reads a scenario from its text.
func read(t testing.TB, text string) *scenario.Scenario {
	t.Helper()
	s, _ := given.Text(t, text)
	return s
}

func day(text string) calendar.Day { return calendar.MustDay(text) }

// smallPlan is a plan of small.
func smallPlan() *plan.Plan {
	return &plan.Plan{
		Version: plan.Version,
		Sessions: []plan.Session{
			{ID: "drivers", Station: "geneva", Days: []calendar.Day{day("2017-05-08"), day("2017-05-09")}, Meetings: []plan.Meeting{
				{Day: day("2017-05-08"), Slot: "morning", Kind: "panel", Number: 1, Room: "XX", Interpretation: "team 1", Seats: map[string][]string{"moderator": {"MEX"}, "panellists": {"e1", "e2"}}},
				{Day: day("2017-05-08"), Slot: "afternoon", Kind: "panel", Number: 2, Room: "Council Chamber", Interpretation: "team 2", Seats: map[string][]string{"moderator": {"BOL"}, "panellists": {"e2", "unknown"}}},
				{Day: day("2017-05-09"), Slot: "morning", Kind: "interactive", Number: 1, Room: "XX", Interpretation: "team 1"},
			}},
			{ID: "negotiation", Station: "new-york", Days: []calendar.Day{day("2018-02-20"), day("2018-02-22"), day("2018-02-23")}, Meetings: []plan.Meeting{
				{Day: day("2018-02-20"), Slot: "morning", Kind: "plenary", Number: 1, Room: plan.HostRoom, Interpretation: plan.HostTeam},
				{Day: day("2018-02-22"), Slot: "afternoon", Kind: "plenary", Number: 2},
			}},
			{ID: "briefing", Station: "rabat", Days: []calendar.Day{day("2017-06-01")}, Meetings: []plan.Meeting{
				{Day: day("2017-06-01"), Slot: "morning", Kind: "plenary", Number: 1},
			}},
		},
		Documents: []plan.Document{
			{ID: "zero-draft", Issued: day("2018-02-05")},
			{ID: "workplan", Issued: day("2017-04-12")},
		},
	}
}

var secretariat = mail.Address{Name: `Secretariat, "Conference": team`, Address: "secretariat@example.org"}

var written = time.Date(2017, 3, 1, 9, 30, 0, 0, time.UTC)

// write writes the plan as a calendar.
func write(t testing.TB, s *scenario.Scenario, p *plan.Plan, opts ics.Options) string {
	t.Helper()
	if opts.Now.IsZero() {
		opts.Now = written
	}
	if opts.Organizer.Address == "" {
		opts.Organizer = secretariat
	}
	var b bytes.Buffer
	if _, err := ics.Write(&b, s, p, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
