package ics

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"

	ical "github.com/arran4/golang-ical"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// Options says what of a calendar does not come from scenario and plan.
type Options struct {
	Now      time.Time     // when the calendar is written, the DTSTAMP of every event; required
	Sequence int           // number of this version, from 0; readers take the higher one
	Refresh  time.Duration // how often subscribers should ask again, in whole minutes; 0 says nothing
}

// productID names the program that wrote the calendar.
const productID = "-//Plenary//Plenary 1//EN"

// documents is the category of what happens to documents, beside the
// categories that are stations.
const documents = "Documents"

// Write writes the plan as one calendar to publish: for each session an
// all-day event per run of consecutive days, for each meeting an event in the
// station's local time, for each document the days of submission and issue.
// Every time zone that is used is described, over the years of the scenario's
// period and of the plan and one year around them. Nothing is written when the
// plan names what the scenario does not have, or when opts.Now is missing.
func Write(w io.Writer, s *scenario.Scenario, p *plan.Plan, opts Options) error {
	if opts.Now.IsZero() {
		return errors.New("write the calendar: the time of writing is missing")
	}
	c := &writing{scenario: s, opts: opts, ids: newIDs(s), zones: map[string]*time.Location{}}
	for i := range p.Sessions {
		if err := c.session(&p.Sessions[i]); err != nil {
			return fmt.Errorf("write the calendar: session %q: %w", p.Sessions[i].ID, err)
		}
	}
	for i := range p.Documents {
		if err := c.document(&p.Documents[i]); err != nil {
			return fmt.Errorf("write the calendar: document %q: %w", p.Documents[i].ID, err)
		}
	}

	out := ical.NewCalendar()
	out.SetProductId(productID)
	out.SetCalscale("GREGORIAN")
	out.SetMethod(ical.MethodPublish)
	if title := clean(s.Title); title != "" {
		out.SetXWRCalName(title)
	}
	out.SetXWRCalDesc(clean(about(s)))
	if opts.Refresh >= time.Minute {
		every := fmt.Sprintf("PT%dM", int(opts.Refresh/time.Minute))
		out.SetRefreshInterval(every)
		out.SetXPublishedTTL(every)
	}
	first, last := years(s, p)
	for _, name := range slices.Sorted(maps.Keys(c.zones)) {
		out.AddVTimezone(timezone(c.zones[name], first, last))
	}
	for _, e := range c.events {
		out.AddVEvent(e)
	}
	var b bytes.Buffer
	if err := out.SerializeTo(&b, ical.WithNewLineWindows); err != nil {
		return fmt.Errorf("write the calendar: %w", err)
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the calendar: %w", err)
	}
	return nil
}

// years gives the first and last year for which time zones must be right: the
// period and the plan, with one year around them.
func years(s *scenario.Scenario, p *plan.Plan) (first, last int) {
	from, to := s.Period.First, s.Period.Last
	for _, x := range p.Sessions {
		for _, d := range x.Days {
			from, to = min(from, d), max(to, d)
		}
	}
	return from.Time(time.UTC).Year() - 1, to.Time(time.UTC).Year() + 1
}

// writing is one run of Write.
type writing struct {
	scenario *scenario.Scenario
	opts     Options
	ids      *ids
	zones    map[string]*time.Location // used by a meeting
	events   []*ical.VEvent
}

// event begins an event with what every event has.
func (c *writing) event(uid, summary string) *ical.VEvent {
	e := ical.NewEvent(uid)
	e.SetDtStampTime(c.opts.Now)
	e.SetSequence(c.opts.Sequence)
	e.SetStatus(ical.ObjectStatusConfirmed)
	set(e, ical.ComponentPropertySummary, summary)
	c.events = append(c.events, e)
	return e
}

// set sets a text property, and leaves it out where there is nothing to say.
func set(e *ical.VEvent, property ical.ComponentProperty, text string) {
	if text = clean(text); text != "" {
		e.SetProperty(property, text)
	}
}

// allDay gives the event the days from first to last. The end of an all-day
// event is the day after it.
func allDay(e *ical.VEvent, first, last calendar.Day) {
	e.SetAllDayStartAt(first.Time(time.UTC))
	e.SetAllDayEndAt((last + 1).Time(time.UTC))
	e.SetTimeTransparency(ical.TransparencyTransparent)
}

// session adds the blocks of a session and its meetings.
func (c *writing) session(x *plan.Session) error {
	at, i := c.scenario.Station(x.Station), c.scenario.Session(x.ID)
	switch {
	case i < 0:
		return errors.New("the scenario has no such session")
	case at < 0:
		return fmt.Errorf("the scenario has no station %q", x.Station)
	case len(x.Days) == 0:
		return errors.New("it is held on no day")
	}
	station, session := &c.scenario.Stations[at], &c.scenario.Sessions[i]
	if session.Short && len(x.Meetings) > 0 {
		return c.short(x, at, session)
	}

	block := "" // the first one, to which everything else of the session is related
	runs := consecutive(x.Days)
	for n, run := range runs {
		summary := session.Name()
		if len(runs) > 1 {
			summary = fmt.Sprintf("%s (part %d of %d)", summary, n+1, len(runs))
		}
		uid := c.ids.block(x.ID, n+1)
		e := c.event(uid, summary)
		allDay(e, run.First, run.Last)
		c.place(e, station, "")
		set(e, ical.ComponentPropertyDescription, blockWords(c.scenario, session, x))
		if n == 0 {
			block = uid
		} else {
			set(e, ical.ComponentPropertyRelatedTo, block)
		}
	}
	for j := range x.Meetings {
		if err := c.meeting(x, &x.Meetings[j], at, session, block); err != nil {
			return err
		}
	}
	return nil
}

// short adds a short session: one event, from the start of its first slot to
// the end of its last.
func (c *writing) short(x *plan.Session, at int, session *scenario.Session) error {
	first, last := &x.Meetings[0], &x.Meetings[len(x.Meetings)-1]
	from, err := c.times(first, at)
	if err != nil {
		return err
	}
	to, err := c.times(last, at)
	if err != nil {
		return err
	}
	station := &c.scenario.Stations[at]
	e := c.event(c.ids.block(x.ID, 1), session.Name())
	c.local(e, ical.ComponentPropertyDtStart, first.Day.At(from.From, station.Location))
	c.local(e, ical.ComponentPropertyDtEnd, last.Day.At(to.To, station.Location))
	e.SetTimeTransparency(ical.TransparencyOpaque)
	c.place(e, station, first.Room)
	set(e, ical.ComponentPropertyDescription, meetingWords(c.scenario, session, kindOf(session, first), first))
	return nil
}

// times gives the local times of a meeting's slot.
func (c *writing) times(m *plan.Meeting, station int) (calendar.Slot, error) {
	slot := slices.IndexFunc(c.scenario.Slots, func(s scenario.Slot) bool { return s.ID == m.Slot })
	if slot < 0 {
		return calendar.Slot{}, fmt.Errorf("the scenario has no slot %q", m.Slot)
	}
	return c.scenario.SlotTimes(station, slot), nil
}

// meeting adds one meeting.
func (c *writing) meeting(x *plan.Session, m *plan.Meeting, at int, session *scenario.Session, block string) error {
	times, err := c.times(m, at)
	if err != nil {
		return err
	}
	station := &c.scenario.Stations[at]
	kind := kindOf(session, m)
	e := c.event(c.ids.meeting(x.ID, m), meetingSummary(session, kind, m))
	c.local(e, ical.ComponentPropertyDtStart, m.Day.At(times.From, station.Location))
	c.local(e, ical.ComponentPropertyDtEnd, m.Day.At(times.To, station.Location))
	e.SetTimeTransparency(ical.TransparencyOpaque)
	c.place(e, station, m.Room)
	set(e, ical.ComponentPropertyDescription, meetingWords(c.scenario, session, kind, m))
	set(e, ical.ComponentPropertyRelatedTo, block)
	return nil
}

// local sets a start or end as local time in its zone, which readers then look
// up among the calendar's VTIMEZONEs. UTC must be written without a zone.
func (c *writing) local(e *ical.VEvent, property ical.ComponentProperty, t time.Time) {
	zone := t.Location().String()
	if utc[zone] {
		e.SetProperty(property, t.UTC().Format("20060102T150405Z"))
		return
	}
	c.zones[zone] = t.Location()
	e.SetProperty(property, t.Format("20060102T150405"), ical.WithTZID(zone))
}

// utc has the names of the time zone database for UTC.
var utc = map[string]bool{
	"UTC": true, "Etc/UTC": true, "Etc/UCT": true, "Etc/Universal": true, "Etc/Zulu": true,
	"UCT": true, "Universal": true, "Zulu": true,
}

// place says where an event is, room may be empty.
func (c *writing) place(e *ical.VEvent, station *scenario.Station, room string) {
	set(e, ical.ComponentPropertyLocation, placeWords(station, room))
	set(e, ical.ComponentPropertyCategories, station.Name())
	if len(station.Coordinates) == 2 {
		e.SetProperty(ical.ComponentPropertyGeo, degrees(station.Coordinates[0])+";"+degrees(station.Coordinates[1]))
	}
}

// degrees gives a coordinate with at most six digits after the point.
func degrees(x float64) string {
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 6, 64), 64)
	if err != nil {
		short = x
	}
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// document adds the days of issue and, where there is one, of submission.
func (c *writing) document(x *plan.Document) error {
	i := c.scenario.Document(x.ID)
	if i < 0 {
		return errors.New("the scenario has no such document")
	}
	d := &c.scenario.Documents[i]
	issue := c.ids.document(x.ID, "issue")
	e := c.event(issue, "Issue: "+d.Name())
	allDay(e, x.Issued, x.Issued)
	set(e, ical.ComponentPropertyCategories, documents)
	set(e, ical.ComponentPropertyDescription, documentWords(c.scenario, d))
	if d.Processing == nil {
		return nil
	}
	e = c.event(c.ids.document(x.ID, "submission"), "Submission: "+d.Name())
	day := d.Processing.Before(x.Issued, scenario.Weekdays)
	allDay(e, day, day)
	set(e, ical.ComponentPropertyCategories, documents)
	set(e, ical.ComponentPropertyDescription, documentWords(c.scenario, d)+"\n"+fmt.Sprintf("To be issued on %s, after %s of processing", x.Issued.Long(), d.Processing))
	set(e, ical.ComponentPropertyRelatedTo, issue)
	return nil
}

// consecutive gives the days as runs of calendar days without a gap, in order.
func consecutive(days []calendar.Day) []calendar.Range {
	sorted := slices.Compact(slices.SortedFunc(slices.Values(days), cmp.Compare[calendar.Day]))
	var runs []calendar.Range
	for _, d := range sorted {
		if n := len(runs); n > 0 && runs[n-1].Last+1 == d {
			runs[n-1].Last = d
		} else {
			runs = append(runs, calendar.Range{First: d, Last: d})
		}
	}
	return runs
}
