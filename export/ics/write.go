package ics

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"plenary/export/language"
	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// Options says what of a calendar does not come from scenario and plan.
type Options struct {
	Now       time.Time         // when the calendar is written; required
	For       Audience          // whom it is for; everything for conference services where nothing is said
	Tentative []string          // ids of sessions that are on hold, not decided
	Holding   bool              // sessions that were on hold in Since still are
	Since     []byte            // the calendar as it was published before; empty for a first version
	Organizer mail.Address      // who publishes, the zero Address for that of Since; RFC 5546 asks for it, a calendar without it is read all the same
	Language  language.Language // of its words, titles as far as they are translated; the zero Language is that of Since, else English
	Refresh   time.Duration     // how often subscribers should ask again, in whole minutes; 0 says nothing
}

// productID names the program that wrote the calendar; the language follows.
const productID = "-//Plenary//Plenary 1//"

// Properties that golang-ical has no names for: what Outlook shows a time as
// ([MS-OXCICAL] 2.1.3.1.1.20.31), that an event is of whole days
// (2.1.3.1.1.20.28), a description in HTML (2.1.3.1.1.20.26), and for whom the
// calendar is, so that the next version is not made from that of another.
const (
	busyStatus       = ical.ComponentProperty("X-MICROSOFT-CDO-BUSYSTATUS")
	wholeDays        = ical.ComponentProperty("X-MICROSOFT-CDO-ALLDAYEVENT")
	richDescription  = ical.ComponentProperty("X-ALT-DESC")
	audienceProperty = "X-PLENARY-FOR"
)

// serialization is how lines end: golang-ical writes bare LF unless told
// otherwise.
var serialization = &ical.SerializationConfiguration{MaxLength: 75, NewLine: string(ical.WithNewLineWindows)}

// Write writes the plan as one calendar to publish: for each session an
// all-day event per run of consecutive days, for each meeting an event in the
// station's local time, for each document the days of submission and issue;
// all of it as far as opts.For may see it. Every time zone that is used is
// described over the years in which it is used and one year around them.
//
// With opts.Since the calendar is the next version of that one: what changed
// since then has a higher SEQUENCE and a later LAST-MODIFIED, what did not
// change is the same to the byte, what was withdrawn is there as cancelled.
//
// Nothing is written when the plan names what the scenario does not have, when
// opts.Now is missing, or when opts.Since is no calendar of ours for the same
// process and audience. The tally says what changed.
func Write(w io.Writer, s *scenario.Scenario, p *plan.Plan, opts Options) (Tally, error) {
	c, err := events(s, p, opts)
	if err != nil {
		return Tally{}, fmt.Errorf("write the calendar: %w", err)
	}
	if len(c.events) == 0 && len(s.Stations) > 0 {
		// A calendar without any component is none (RFC 5545, 3.6).
		c.uses(s.Stations[0].Location, s.Period.First.Time(time.UTC).Year())
	}
	out := c.calendar(ical.MethodPublish)
	name := c.in(s.Title)
	if opts.For.kind != conferenceServices {
		name = c.l.Text("%s: %s", name, c.audience(opts.For))
	}
	if name = clean(name); name != "" {
		out.SetName(name) // as NAME (RFC 7986) and X-WR-CALNAME
	}
	out.SetXWRCalDesc(clean(c.about()))
	out.SetDescription(clean(c.about()))
	out.CalendarProperties = append(out.CalendarProperties, ical.CalendarProperty{BaseProperty: ical.BaseProperty{IANAToken: audienceProperty, Value: opts.For.String()}})
	if !c.modified.IsZero() {
		out.SetLastModified(c.modified)
	}
	if opts.Refresh >= time.Minute {
		every := fmt.Sprintf("PT%dM", int(opts.Refresh/time.Minute))
		out.SetRefreshInterval(every)
		out.SetXPublishedTTL(every)
	}
	for _, e := range c.events {
		out.AddVEvent(e)
	}
	b := bufio.NewWriter(w)
	if err := cmp.Or(out.SerializeTo(b, serialization), b.Flush()); err != nil {
		return Tally{}, fmt.Errorf("write the calendar: %w", err)
	}
	return c.tally, nil
}

// events works out the events of the plan, numbered after those of
// opts.Since.
func events(s *scenario.Scenario, p *plan.Plan, opts Options) (*writing, error) {
	if opts.Now.IsZero() {
		return nil, errors.New("the time of writing is missing")
	}
	before := &published{}
	before.language, _ = language.Named("en")
	if len(opts.Since) > 0 {
		var err error
		if before, err = readPublished(opts.Since); err != nil {
			return nil, fmt.Errorf("the calendar published before: %w", err)
		}
		if before.audience != opts.For.String() {
			return nil, fmt.Errorf("the calendar published before is for %s, this one for %s", before.audience, opts.For)
		}
	}
	if opts.Language.Code == "" {
		opts.Language = before.language
	}
	if opts.Organizer.Address == "" {
		opts.Organizer = before.organizer
	}
	c := &writing{words: words{opts.Language, s}, opts: opts, before: before, ids: newIDs(s), zones: map[string]*zoneUse{}, stands: map[string]stands{}, kept: map[string]bool{}}
	another := before.process != "" && before.process != c.ids.process
	if another {
		c.ids.process = before.process // the title was changed, the process is the same
	}
	for i := range p.Sessions {
		if err := c.session(&p.Sessions[i]); err != nil {
			return nil, fmt.Errorf("session %q: %w", p.Sessions[i].ID, err)
		}
	}
	for i := range p.Documents {
		if err := c.document(&p.Documents[i]); err != nil {
			return nil, fmt.Errorf("document %q: %w", p.Documents[i].ID, err)
		}
	}
	if another && !slices.ContainsFunc(c.events, func(e *ical.VEvent) bool { return before.events[e.Id()] != nil }) {
		return nil, errors.New("the calendar published before is that of another process")
	}
	return c, c.number()
}

// calendar gives an empty calendar with the zones that the events use.
func (c *writing) calendar(method ical.Method) *ical.Calendar {
	out := ical.NewCalendar()
	out.SetProductId(productID + strings.ToUpper(c.l.Code))
	out.SetCalscale("GREGORIAN")
	out.SetMethod(method)
	for _, name := range slices.Sorted(maps.Keys(c.zones)) {
		use := c.zones[name]
		out.AddVTimezone(timezone(use.zone, use.first-1, use.last+1))
	}
	return out
}

// writing is one run of Write.
type writing struct {
	words
	opts     Options
	before   *published // what opts.Since says
	ids      *ids
	zones    map[string]*zoneUse
	events   []*ical.VEvent
	modified time.Time // the latest LAST-MODIFIED
	tally    Tally
	stands   map[string]stands // by UID
	kept     map[string]bool   // UIDs of what is as it was in the version before
}

// stands says for what of the plan an event stands.
type stands struct {
	session  string // id; empty for a document
	short    bool   // a short session, all of it
	days     []calendar.Day
	meeting  int // position among the session's meetings, -1 for the session as a whole
	document string
	step     string // issue or submission
}

// zoneUse says in which years events lie in a zone. Only those are described:
// Google garbles calendars that open with hundreds of lines of VTIMEZONE.
type zoneUse struct {
	zone        *time.Location
	first, last int // years
}

// uses notes that an event lies in the zone in the year.
func (c *writing) uses(zone *time.Location, year int) {
	use, known := c.zones[zone.String()]
	if !known {
		use = &zoneUse{zone, year, year}
		c.zones[zone.String()] = use
	}
	use.first, use.last = min(use.first, year), max(use.last, year)
}

// event begins an event with what every event has but its version.
func (c *writing) event(uid, summary string, status ical.ObjectStatus) *ical.VEvent {
	e := ical.NewEvent(uid)
	e.Properties = slices.Grow(e.Properties, 24) // as many as an event has, or more
	e.SetStatus(status)
	c.organized(e)
	set(e, ical.ComponentPropertySummary, summary)
	c.events = append(c.events, e)
	return e
}

// organized sets the organizer, where there is one.
func (c *writing) organized(e *ical.VEvent) {
	if c.opts.Organizer.Address != "" {
		addressed(e, "ORGANIZER", c.opts.Organizer)
	}
}

// addressed adds a property whose value is an address, with the name and
// further parameters. golang-ical escapes parameters by backslashes, which no
// reader takes back; RFC 5545 has them between quotes. So the parameters are
// made part of the property's name, which it writes as it stands.
func addressed(e *ical.VEvent, property string, who mail.Address, parameters ...string) {
	token := property
	if name := parameter5545(who.Name); name != "" {
		token += `;CN="` + name + `"`
	}
	for _, p := range parameters {
		token += ";" + p
	}
	e.Properties = append(e.Properties, ical.IANAProperty{BaseProperty: ical.BaseProperty{IANAToken: token, Value: "mailto:" + who.Address}})
}

// parameter5545 gives a text that can stand between the quotes of a parameter.
func parameter5545(text string) string { return unquoted.Replace(clean(text)) }

var unquoted = strings.NewReplacer(`"`, "'", "\n", " ", "\t", " ")

// set sets a text property, and leaves it out where there is nothing to say.
func set(e *ical.VEvent, property ical.ComponentProperty, text string) {
	if text = clean(text); text != "" {
		e.SetProperty(property, text)
	}
}

// describe sets the description as plain text and in HTML.
func (c *words) describe(e *ical.VEvent, fields []field) {
	set(e, ical.ComponentPropertyDescription, c.plain(fields))
	if html := c.rich(fields); html != "" {
		e.SetProperty(richDescription, html, ical.WithFmtType("text/html"))
	}
}

// categorize puts the event under categories, one line for each.
func categorize(e *ical.VEvent, categories ...string) {
	for _, text := range categories {
		if text = clean(text); text != "" {
			e.AddCategory(text)
		}
	}
}

// allDay gives the event the days from first to last. The end of an all-day
// event is the day after it.
func allDay(e *ical.VEvent, first, last calendar.Day) {
	e.SetAllDayStartAt(first.Time(time.UTC))
	e.SetAllDayEndAt((last + 1).Time(time.UTC))
	e.SetTimeTransparency(ical.TransparencyTransparent)
	e.SetProperty(busyStatus, "FREE")
	e.SetProperty(wholeDays, "TRUE")
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
	if !c.opts.For.session(c.scenario, session, x) {
		return nil
	}
	uid := c.ids.block(x.ID, 1)
	status := ical.ObjectStatusConfirmed
	if slices.Contains(c.opts.Tentative, x.ID) || c.opts.Holding && c.before.tentative(uid) {
		status = ical.ObjectStatusTentative
	}
	if session.Short && len(x.Meetings) > 0 {
		return c.short(uid, x, at, session, status)
	}

	block := uid // the first one, to which everything else of the session is related
	runs := consecutive(x.Days)
	for n, run := range runs {
		summary := c.in(session.Name())
		if len(runs) > 1 {
			summary = c.l.Text("%s (part %d of %d)", summary, n+1, len(runs))
		}
		if n > 0 {
			uid = c.ids.block(x.ID, n+1)
		}
		e := c.event(uid, summary, status)
		c.stands[uid] = stands{session: x.ID, days: daysOf(run), meeting: -1}
		allDay(e, run.First, run.Last)
		c.place(e, station, "")
		categorize(e, c.in(station.Name()), c.l.Text("Session"))
		fields, err := c.blockWords(at, session, x)
		if err != nil {
			return err
		}
		c.describe(e, c.hold(status, fields))
		if n > 0 {
			set(e, ical.ComponentPropertyRelatedTo, block)
		}
	}
	for j := range x.Meetings {
		if err := c.meeting(x, j, at, session, block, status); err != nil {
			return err
		}
	}
	return nil
}

// slotTimes gives the hours of the slot at the station.
func (c *writing) slotTimes(station int, id string) (calendar.Slot, error) {
	slot := slices.IndexFunc(c.scenario.Slots, func(s scenario.Slot) bool { return s.ID == id })
	if slot < 0 {
		return calendar.Slot{}, fmt.Errorf("the scenario has no slot %q", id)
	}
	return c.scenario.SlotTimes(station, slot), nil
}

// short adds a short session: one event, from the start of its first slot to
// the end of its last.
func (c *writing) short(uid string, x *plan.Session, at int, session *scenario.Session, status ical.ObjectStatus) error {
	first, last := &x.Meetings[0], &x.Meetings[len(x.Meetings)-1]
	from, err := c.slotTimes(at, first.Slot)
	if err != nil {
		return err
	}
	to, err := c.slotTimes(at, last.Slot)
	if err != nil {
		return err
	}
	station := &c.scenario.Stations[at]
	e := c.event(uid, c.in(session.Name()), status)
	c.stands[uid] = stands{session: x.ID, short: true}
	c.local(e, ical.ComponentPropertyDtStart, first.Day.At(from.From, station.Location))
	c.local(e, ical.ComponentPropertyDtEnd, last.Day.At(to.To, station.Location))
	busy(e, status)
	c.place(e, station, first.Room)
	categorize(e, c.in(station.Name()), c.l.Text("Session"))
	c.describe(e, c.hold(status, c.meetingWords(station, session, kindOf(session, first), first)))
	return nil
}

// busy makes the time of the event taken: a hold is tentative.
func busy(e *ical.VEvent, status ical.ObjectStatus) {
	e.SetTimeTransparency(ical.TransparencyOpaque)
	if status == ical.ObjectStatusTentative {
		e.SetProperty(busyStatus, "TENTATIVE")
	} else {
		e.SetProperty(busyStatus, "BUSY")
	}
}

// meeting adds the session's j-th meeting.
func (c *writing) meeting(x *plan.Session, j, at int, session *scenario.Session, block string, status ical.ObjectStatus) error {
	m := &x.Meetings[j]
	uid := c.ids.meeting(x.ID, m)
	times, err := c.slotTimes(at, m.Slot)
	if err != nil || !c.opts.For.meeting(m) {
		return err
	}
	station := &c.scenario.Stations[at]
	kind := kindOf(session, m)
	e := c.event(uid, c.meetingSummary(session, kind, m), status)
	c.stands[uid] = stands{session: x.ID, meeting: j}
	c.local(e, ical.ComponentPropertyDtStart, m.Day.At(times.From, station.Location))
	c.local(e, ical.ComponentPropertyDtEnd, m.Day.At(times.To, station.Location))
	busy(e, status)
	c.place(e, station, m.Room)
	categorize(e, c.in(station.Name()), c.category(session, kind))
	c.describe(e, c.hold(status, c.meetingWords(station, session, kind, m)))
	set(e, ical.ComponentPropertyRelatedTo, block)
	return nil
}

// local sets a start or end as local time in its zone, which readers then look
// up among the calendar's VTIMEZONEs. UTC must be written without a zone.
func (c *writing) local(e *ical.VEvent, property ical.ComponentProperty, t time.Time) {
	zone := t.Location().String()
	if utc[zone] {
		e.SetProperty(property, t.UTC().Format(utcForm))
		return
	}
	c.uses(t.Location(), t.Year())
	e.SetProperty(property, t.Format("20060102T150405"), ical.WithTZID(zone))
}

// utc has the names of the time zone database for UTC.
var utc = map[string]bool{
	"UTC": true, "Etc/UTC": true, "Etc/UCT": true, "Etc/Universal": true, "Etc/Zulu": true,
	"UCT": true, "Universal": true, "Zulu": true,
}

// place says where an event is, room may be empty.
func (c *writing) place(e *ical.VEvent, station *scenario.Station, room string) {
	set(e, ical.ComponentPropertyLocation, c.placeWords(station, room))
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
	seen, deadlines := c.opts.For.document(d)
	if !seen {
		return nil
	}
	issue := c.ids.document(x.ID, "issue")
	c.deadline(issue, c.l.Text("Issue"), d, x.Issued, deadlines)
	c.stands[issue] = stands{document: x.ID, step: "issue"}
	if d.Processing == nil || !deadlines {
		return nil
	}
	e := c.deadline(c.ids.document(x.ID, "submission"), c.l.Text("Submission"), d, d.Processing.Before(x.Issued, scenario.Weekdays), true,
		field{"", c.l.Text("To be issued on %s, after %s of processing", c.l.Long(x.Issued), c.l.Duration(*d.Processing))})
	set(e, ical.ComponentPropertyRelatedTo, issue)
	c.stands[e.Id()] = stands{document: x.ID, step: "submission"}
	return nil
}

// deadline adds a day on which a document is due. To be reminded is for those
// who have to do with it. Tasks (VTODO) are not for Outlook, which reads events
// alone.
func (c *writing) deadline(uid, step string, d *scenario.Document, day calendar.Day, remind bool, more ...field) *ical.VEvent {
	summary := c.l.Text("%s: %s", step, c.in(d.Name()))
	e := c.event(uid, summary, ical.ObjectStatusConfirmed)
	allDay(e, day, day)
	categorize(e, c.l.Text("Documents"), step)
	c.describe(e, append(c.documentWords(d), more...))
	if !remind {
		return e
	}
	for _, trigger := range reminders {
		alarm := e.AddAlarm()
		alarm.SetAction(ical.ActionDisplay)
		alarm.SetTrigger(trigger)
		alarm.SetProperty(ical.ComponentPropertyDescription, clean(summary))
	}
	return e
}

// reminders ring at 9.00, a week and a day before the day itself. Outlook keeps
// one of them, the first.
var reminders = []string{"-P6DT15H", "-PT15H"}

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
