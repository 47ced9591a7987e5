package ics

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"plenary/model/diag"
	"plenary/model/scenario"
)

// Calendar is what stands in a calendar that any program wrote.
type Calendar struct {
	Title   string  // its name, as its program shows it
	Entries []Entry // events as they stand, before repetitions, in order of the file
	Times   []scenario.Interval
	src     []byte
}

// Entry is one event of a calendar, before repetitions.
type Entry struct {
	spots     spots
	UID       string
	Title     string
	Place     string
	Cancelled bool
	From, To  time.Time // To not before From
	WholeDays bool      // from midnight to midnight in UTC, wherever one is
	Floating  bool      // not tied to a zone: the clocks of wherever one is, held in UTC
	Repeats   bool
}

// spots are where in the file an event begins and says things; where it does
// not say one, where it begins.
type spots struct{ begin, start, end, place, repetition spot }

// Busy reads the times at which somebody is busy from a calendar that any
// program wrote, in order of time: events with their repetitions, and free/busy
// times. Events that are cancelled, that leave their time free (TRANSP), or
// that end as they begin are passed over, as is everything outside 1990 to 2100.
// All-day events and those without a zone are floating. A rule of repetition
// without an end is followed until 25 years after the latest start that stands
// in the calendar.
//
// The problems are all that cannot be read, each with its place: a date that is
// none, an event that ends before it begins, a zone that nobody knows, a calendar
// that is cut off, or more repetitions than a calendar of meetings has. There are no times beside problems.
func Busy(file string, src []byte) ([]scenario.Interval, diag.List) {
	c, problems := Read(file, src, nil)
	for i := range problems {
		if problems[i].Mend == sayZone { // a scenario has no place to say it
			problems[i].Mend = "write a name of the time zone database there, such as Europe/Zurich"
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return c.Times, nil
}

// Read reads a calendar that any program wrote: its events, and the times that
// Busy gives. The zones say what a name of a time zone means that nobody knows:
// each gives a zone of the time zone database for it.
//
// The problems are all that cannot be read; what can be read is given beside
// them, without the events that have a problem. The calendar is nil when
// nothing can be read at all.
func Read(file string, src []byte, means map[string]string) (*Calendar, diag.List) {
	var problems diag.List
	fail := func(err error) {
		p := problem(file, err)
		if p.Place.Line > 0 && !problems.Full() { // nobody reads further ones
			p.Place.Text = lineOf(src, p.Place.Line)
		}
		problems = append(problems, p)
	}
	c, err := parse(src)
	if err != nil {
		fail(err)
		return nil, problems
	}
	b := &budget{looks: mostLooks, repetitions: mostRepetitions, occurrences: mostOccurrences}
	z := &zones{descriptions: c.descriptions, found: map[string]zone{}, budget: b}
	for name, meaning := range means {
		if found := load(meaning); found != nil {
			z.found[name] = found
		}
	}
	r := &reading{zones: z, budget: b, endless: horizon.first}
	out := &Calendar{Title: c.title, src: src}
	for _, p := range c.events {
		e, err := r.event(p)
		if err != nil {
			fail(err)
		} else if e != nil {
			r.events = append(r.events, e)
			out.Entries = append(out.Entries, e.entry())
		}
	}
	if end := r.endless.AddDate(25, 0, 0); end.Before(horizon.last) {
		r.endless = end
	} else {
		r.endless = horizon.last
	}
	r.replace()
	for _, e := range r.events {
		begun := len(r.out)
		if err := r.occurrences(e); err != nil {
			r.out = r.out[:begun]
			fail(err)
			if errors.Is(err, errTooFine) || errors.Is(err, errTooMany) {
				break
			}
		}
	}
	for _, l := range c.busy {
		begun := len(r.out)
		if err := r.periods(l); err != nil {
			r.out = r.out[:begun]
			fail(err)
		}
	}
	slices.SortStableFunc(r.out, func(a, b scenario.Interval) int {
		if c := a.From.Compare(b.From); c != 0 {
			return c
		}
		return a.To.Compare(b.To)
	})
	out.Times = r.out
	return out, problems
}

const sayZone = `say which zone it is:  --zone "NAME=Europe/Zurich"`

// problem gives a mistake with its place and how to mend it.
func problem(file string, err error) diag.Problem {
	p := diag.Problem{Place: diag.Place{File: file}, Message: err.Error(), Mend: "correct it in the program that wrote the calendar, and export it again"}
	var m *mistake
	if errors.As(err, &m) {
		p.Message = m.err.Error()
		p.Place.Line, p.Place.Column, p.Place.Width = m.spot.line, m.spot.column, m.spot.width
	}
	switch {
	case errors.Is(err, errUnknownZone):
		p.Mend = sayZone
	case errors.Is(err, errTooFine), errors.Is(err, errTooMany):
		p.Mend = "export a shorter stretch of the calendar"
	case errors.Is(err, errNoCalendar), errors.Is(err, errCutOff):
		p.Mend = "export the calendar again as .ics"
	}
	return p
}

// properties are the content lines of a component that are of use.
type properties struct {
	begun spot // its BEGIN
	lines []line
}

// first gives the first line with the name, a line without value when there is
// none.
func (p *properties) first(name string) line {
	for _, l := range p.lines {
		if l.name == name {
			return l
		}
	}
	return line{}
}

// at says in which property a mistake is, or in the whole where it is missing.
func (p *properties) at(name string, err error) error {
	if l := p.first(name); l.number > 0 {
		return l.at(err)
	}
	return at(p.begun, err)
}

// all gives the lines with the name.
func (p *properties) all(name string) []line {
	var out []line
	for _, l := range p.lines {
		if l.name == name {
			out = append(out, l)
		}
	}
	return out
}

// Mistakes for which there is a mend of their own.
var (
	errNoCalendar  = errors.New("BEGIN:VCALENDAR does not stand in it")
	errCutOff      = errors.New("the calendar is cut off")
	errUnknownZone = errors.New("neither known nor described in the calendar")
)

// deepest is how far components may stand in one another; three is usual.
const deepest = 50

// content is what a calendar holds for us.
type content struct {
	title        string
	events       []properties
	busy         []line // FREEBUSY
	descriptions map[string]*description
}

// parse takes a calendar into its components.
func parse(src []byte) (*content, error) {
	c := &content{descriptions: map[string]*description{}}
	var open []string // components, outermost first
	var tz *description
	var tzid string
	var begun spot // of the component opened last
	calendars := 0
	inside := func(name string) bool { return len(open) > 0 && open[len(open)-1] == name }
	for l := range contentLines(src) {
		switch value := strings.ToUpper(strings.TrimSpace(l.value)); {
		case l.name == "BEGIN":
			switch value {
			case "VCALENDAR":
				calendars++
			case "VEVENT":
				c.events = append(c.events, properties{begun: l.whole()})
			case "VTIMEZONE":
				tz, tzid = &description{begun: l.whole()}, ""
			case "STANDARD", "DAYLIGHT":
				if inside("VTIMEZONE") && tz != nil {
					tz.parts = append(tz.parts, properties{begun: l.whole()})
				}
			}
			if open, begun = append(open, value), l.whole(); len(open) > deepest {
				return nil, at(l.whole(), errors.New("components stand in one another without end"))
			}
		case l.name == "END":
			// What closes nothing is passed over; what closes an outer
			// component closes the inner ones too.
			i := len(open) - 1
			for i >= 0 && open[i] != value {
				i--
			}
			if i >= 0 {
				open = open[:i]
			}
			if value == "VTIMEZONE" && tz != nil {
				if _, twice := c.descriptions[tzid]; !twice {
					c.descriptions[tzid] = tz
				}
				tz = nil
			}
		case inside("VCALENDAR") && (l.name == "X-WR-CALNAME" || l.name == "NAME"):
			c.title = headline(l.value)
		case inside("VEVENT"):
			if useful[l.name] {
				e := &c.events[len(c.events)-1]
				e.lines = append(e.lines, l)
			}
		case inside("VTIMEZONE") && tz != nil:
			switch l.name {
			case "TZID":
				tzid = strings.TrimSpace(unescape(l.value))
			case "X-LIC-LOCATION":
				tz.location = strings.TrimSpace(l.value)
			}
		case inside("STANDARD"), inside("DAYLIGHT"):
			if tz != nil && len(tz.parts) > 0 && useful[l.name] {
				part := &tz.parts[len(tz.parts)-1]
				part.lines = append(part.lines, l)
			}
		case inside("VFREEBUSY"):
			if l.name == "FREEBUSY" && !strings.EqualFold(l.parameter("FBTYPE"), "FREE") {
				c.busy = append(c.busy, l)
			}
		}
	}
	switch {
	case calendars == 0:
		return nil, errNoCalendar
	case len(open) > 0:
		return nil, at(begun, fmt.Errorf("%w: %s has no end", errCutOff, open[len(open)-1]))
	}
	return c, nil
}

var useful = map[string]bool{
	"UID": true, "SUMMARY": true, "LOCATION": true, "DTSTART": true, "DTEND": true, "DURATION": true,
	"STATUS": true, "TRANSP": true, "RRULE": true, "RDATE": true, "EXDATE": true,
	"EXRULE": true, "RECURRENCE-ID": true, "TZOFFSETFROM": true, "TZOFFSETTO": true,
}

// event is one VEVENT.
type event struct {
	properties
	uid      string
	title    string
	idle     bool // cancelled, or leaving its time free
	start    moment
	length   func(start moment) time.Time // the end of an occurrence
	instance *moment                      // the occurrence that it replaces
	onward   bool                         // and all that follow
	replaced occurrenceSet                // occurrences that others replace
	future   []*event                     // what replaces occurrences onward, in order of instance
}

// entry gives the event as others see it.
func (e *event) entry() Entry {
	from, to := e.start.instant(), e.length(e.start)
	if to.Before(from) {
		to = from
	}
	return Entry{
		spots: spots{e.begun, e.spot("DTSTART"), e.spot("DTEND", "DURATION", "DTSTART"), e.spot("LOCATION"), e.spot("RRULE", "RDATE")}, UID: strings.TrimSpace(unescape(e.uid)), Title: clean(unescape(e.first("SUMMARY").value)), Place: clean(unescape(e.first("LOCATION").value)),
		Cancelled: strings.EqualFold(strings.TrimSpace(e.first("STATUS").value), "CANCELLED"),
		From:      from, To: to, WholeDays: e.start.form == date, Floating: !e.start.tied(), Repeats: e.repeats(),
	}
}

// spot gives where the first of the properties that is there stands, with its
// name; the begin of the event where none is.
func (e *event) spot(names ...string) spot {
	for _, name := range names {
		if l := e.first(name); l.number > 0 {
			return l.whole()
		}
	}
	return e.begun
}

// repeats tells whether the event has repetitions of its own.
func (e *event) repeats() bool {
	return slices.ContainsFunc(e.lines, func(l line) bool { return l.name == "RRULE" || l.name == "RDATE" })
}

// successor gives what replaces the occurrence onward, nil when nothing does.
func (e *event) successor(m moment) *event {
	i, _ := slices.BinarySearchFunc(e.future, m.instant(), func(f *event, t time.Time) int {
		if f.instance.instant().After(t) {
			return 1
		}
		return -1
	})
	if i == 0 {
		return nil
	}
	return e.future[i-1]
}

// occurrenceSet has occurrences by the time they would begin.
type occurrenceSet struct {
	tied  map[int64]bool // instants
	walls map[int64]bool // wall times of moments that are not tied
	days  map[int64]bool // whole days, for producers that name a meeting by its day
}

func (s *occurrenceSet) add(m moment) {
	if s.tied == nil {
		*s = occurrenceSet{map[int64]bool{}, map[int64]bool{}, map[int64]bool{}}
	}
	switch {
	case m.tied():
		s.tied[m.instant().Unix()] = true
	case m.form == date:
		s.days[m.wall.Unix()] = true
	default:
		s.walls[m.wall.Unix()] = true
	}
}

func (s *occurrenceSet) has(m moment) bool {
	return m.tied() && s.tied[m.instant().Unix()] ||
		!m.tied() && (s.walls[m.wall.Unix()] || s.tied[m.wall.Unix()]) ||
		s.days[m.wall.Truncate(24*time.Hour).Unix()]
}

// reading is one run of Busy.
type reading struct {
	zones   *zones
	budget  *budget
	events  []*event
	endless time.Time // until when rules without an end are followed
	out     []scenario.Interval
}

// moment reads a date or time that begins at a byte of the line's value. A time
// without zone is read in the zone of like, if like is given.
func (r *reading) moment(l line, begins int, text string, like *moment) (moment, error) {
	m, err := parseMoment(text)
	if err != nil {
		return m, at(l.within(begins, begins+len(text)), err)
	}
	if m.form != floating {
		return m, nil
	}
	for _, p := range l.parameters {
		if p.name != "TZID" {
			continue
		}
		if m.zone, err = r.zones.find(p.value); err != nil {
			return m, at(l.stretch(p.begins, p.begins+len(p.value)), err)
		}
	}
	if m.zone == nil && like != nil {
		m.zone = like.zone
	}
	if m.zone != nil {
		m.form = zoned
	}
	return m, nil
}

// event reads one event, nil when it has no start.
func (r *reading) event(p properties) (*event, error) {
	l := p.first("DTSTART")
	if strings.TrimSpace(l.value) == "" {
		return nil, nil
	}
	e := &event{properties: p, uid: p.first("UID").value}
	e.title = headline(p.first("SUMMARY").value)
	e.idle = strings.EqualFold(strings.TrimSpace(p.first("STATUS").value), "CANCELLED") ||
		strings.EqualFold(strings.TrimSpace(p.first("TRANSP").value), "TRANSPARENT")
	var err error
	if e.start, err = r.moment(l, 0, l.value, nil); err != nil {
		return nil, err
	}
	if t := e.start.wall; t.After(r.endless) && t.Before(horizon.last) {
		r.endless = t
	}
	if l := p.first("RECURRENCE-ID"); l.value != "" {
		m, err := r.moment(l, 0, l.value, &e.start)
		if err != nil {
			return nil, err
		}
		e.instance = &m
		e.onward = strings.EqualFold(l.parameter("RANGE"), "THISANDFUTURE")
	}
	return e, r.lengthen(e)
}

// lengthen finds out how long the event takes.
func (r *reading) lengthen(e *event) error {
	if l := e.first("DTEND"); strings.TrimSpace(l.value) != "" {
		end, err := r.moment(l, 0, l.value, &e.start)
		if err != nil {
			return err
		}
		if end.form == date || e.start.form == date {
			end = e.start.with(end.wall)
		}
		if end.before(e.start) {
			return l.at(fmt.Errorf("the event%s ends here, before it begins at %s", named(e.title), diag.Shorten(strings.TrimSpace(e.first("DTSTART").value))))
		}
		if e.start.form == date {
			// A day that ends where it begins is meant as one day.
			days := max(1, int(end.wall.Sub(e.start.wall).Hours()/24))
			e.length = func(start moment) time.Time { return start.wall.AddDate(0, 0, days) }
			return nil
		}
		exactly := end.instant().Sub(e.start.instant())
		e.length = func(start moment) time.Time { return start.instant().Add(exactly) }
		return nil
	}
	long := span{}
	if e.start.form == date {
		long.days = 1
	}
	if l := e.first("DURATION"); strings.TrimSpace(l.value) != "" {
		var err error
		if long, err = parseSpan(l.value); err != nil {
			return l.at(err)
		}
	}
	e.length = long.after
	return nil
}

// named gives a title as it stands in a sentence, with a blank before it;
// nothing where there is none.
func named(title string) string {
	if title == "" {
		return ""
	}
	return " “" + title + "”"
}

// headline gives a title that fits a line of ours.
func headline(summary string) string {
	runes := []rune(strings.Join(strings.Fields(clean(unescape(summary))), " "))
	const most = 200
	if len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return string(runes)
}

// replace notes with each repeating event which of its occurrences others
// replace.
func (r *reading) replace() {
	masters := map[string][]*event{}
	for _, e := range r.events {
		if e.instance == nil && e.uid != "" {
			masters[e.uid] = append(masters[e.uid], e)
		}
	}
	for _, e := range r.events {
		if e.instance == nil {
			continue
		}
		// More than one event with the UID is against the standard; the first
		// few are enough, so that a hostile calendar costs no square.
		for _, master := range masters[e.uid][:min(3, len(masters[e.uid]))] {
			master.replaced.add(*e.instance)
			if e.onward {
				master.future = append(master.future, e)
			}
		}
	}
	for _, e := range r.events {
		slices.SortStableFunc(e.future, func(a, b *event) int { return a.instance.instant().Compare(b.instance.instant()) })
	}
}

// occurrences adds the event and its repetitions.
func (r *reading) occurrences(e *event) error {
	if e.idle {
		return nil
	}
	except := e.replaced
	instant := func(wall time.Time) time.Time { return e.start.with(wall).instant() }
	rule := func(l line, add func(time.Time)) error {
		rule, err := parseRecurrence(l.value, e.start.wall)
		if err == nil {
			end := horizon.last
			if rule.count == 0 && rule.until == nil {
				end = r.endless
			}
			err = rule.expand(e.start.wall, end, instant, r.budget, add)
		}
		if err != nil {
			return l.at(err)
		}
		return nil
	}
	for _, l := range e.all("EXDATE") {
		for begins, text := range l.items() {
			m, err := r.moment(l, begins, text, &e.start)
			if err != nil {
				return err
			}
			except.add(m)
		}
	}
	for _, l := range e.all("EXRULE") {
		except.add(e.start)
		if err := rule(l, func(wall time.Time) { except.add(e.start.with(wall)) }); err != nil {
			return err
		}
	}

	given := map[int64]bool{}
	var failed error
	add := func(m moment, end time.Time) {
		key := m.wall.Unix()
		if failed != nil || given[key] || except.has(m) {
			return
		}
		given[key] = true
		f := e.successor(m)
		switch {
		case f == nil:
			failed = r.add(e, m, end)
		case !f.idle && !f.repeats():
			m.wall = m.wall.Add(f.start.instant().Sub(f.instance.instant()))
			failed = r.add(f, m, time.Time{})
		}
	}
	add(e.start, time.Time{})
	for _, l := range e.all("RRULE") {
		if err := rule(l, func(wall time.Time) { add(e.start.with(wall), time.Time{}) }); err != nil {
			return err
		}
	}
	for _, l := range e.all("RDATE") {
		for begins, text := range l.items() {
			from, to, isPeriod := strings.Cut(text, "/")
			m, err := r.moment(l, begins, from, &e.start)
			if err != nil {
				return err
			}
			var end time.Time
			if isPeriod {
				if end, err = r.endOfPeriod(l, begins+len(from)+1, to, m); err != nil {
					return err
				}
			}
			add(m, end)
		}
	}
	return failed
}

// endOfPeriod reads what stands behind the / of a PERIOD value, from a byte of
// the line's value on: an end or a duration.
func (r *reading) endOfPeriod(l line, begins int, text string, from moment) (time.Time, error) {
	if strings.HasPrefix(strings.TrimLeft(text, " +"), "P") {
		long, err := parseSpan(text)
		if err != nil {
			return time.Time{}, at(l.within(begins, begins+len(text)), err)
		}
		return long.after(from), nil
	}
	end, err := r.moment(l, begins, text, &from)
	if err == nil && end.before(from) {
		err = at(l.within(begins, begins+len(text)), fmt.Errorf("the time ends here, before it begins at %s", from.wall.Format("20060102T150405")))
	}
	return end.instant(), err
}

// periods adds the times of a FREEBUSY line.
func (r *reading) periods(l line) error {
	for begins, text := range l.items() {
		from, to, isPeriod := strings.Cut(text, "/")
		if !isPeriod {
			continue
		}
		m, err := r.moment(l, begins, from, nil)
		if err != nil {
			return err
		}
		end, err := r.endOfPeriod(l, begins+len(from)+1, to, m)
		if err != nil {
			return err
		}
		if err := r.add(&event{}, m, end); err != nil {
			return err
		}
	}
	return nil
}

// add adds one occurrence; a zero end is worked out from the event.
func (r *reading) add(e *event, start moment, end time.Time) error {
	from := start.instant()
	if end.IsZero() {
		end = e.length(start)
	}
	if from.Before(horizon.first) {
		from = horizon.first
	}
	if end.After(horizon.last) {
		end = horizon.last
	}
	if !from.Before(end) {
		return nil
	}
	if r.budget.occurrences--; r.budget.occurrences < 0 {
		return errTooMany
	}
	r.out = append(r.out, scenario.Interval{From: from, To: end, Floating: !start.tied(), Title: e.title})
	return nil
}
