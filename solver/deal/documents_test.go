package deal

import (
	"maps"
	"testing"

	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/plan"
)

// Of two documents of which one follows the other, the later is named first:
// it can come out earlier only once the other has.
const chain = `plenary: 1
title: Papers
period: 2018-01-01..2018-03-30
stations:
  here: {zone: UTC, rooms: {hall: {seats: 10}}}
sessions:
  - {id: opening, at: here, between: 2018-01, days: 1}
  - {id: closing, at: here, between: 2018-03, days: 1}
documents:
  - {id: report, after: [summary], takes: 2 working days, before: {closing: 1 day}}
  - {id: summary, after: [opening], takes: 3 working days}
  - {id: notice, deadline: 2018-02-11}
`

func TestDocumentsComeOutAsEarlyAsWhatTheyFollowAllowsOrAsLateAsTheirDeadline(t *testing.T) {
	s, instances := given.Text(t, chain)
	p := &plan.Plan{
		Version: plan.Version,
		Sessions: []plan.Session{
			{ID: "opening", Station: "here", Days: []calendar.Day{calendar.MustDay("2018-01-08")}},
			{ID: "closing", Station: "here", Days: []calendar.Day{calendar.MustDay("2018-03-20")}},
		},
		Documents: []plan.Document{
			{ID: "report", Issued: calendar.MustDay("2018-03-12")},
			{ID: "summary", Issued: calendar.MustDay("2018-03-01")},
			{ID: "notice", Issued: calendar.MustDay("2018-01-03")},
		},
	}
	documents(s, instances, p)
	got := map[string]calendar.Day{}
	for _, d := range p.Documents {
		got[d.ID] = d.Issued
	}
	want := map[string]calendar.Day{
		"summary": calendar.MustDay("2018-01-11"), // three working days after Monday, 8 January
		"report":  calendar.MustDay("2018-01-15"), // and two more, over the weekend
		"notice":  calendar.MustDay("2018-02-09"), // the Friday before the deadline, a Sunday
	}
	if !maps.Equal(got, want) {
		t.Errorf("issued %v, want %v", got, want)
	}
}
