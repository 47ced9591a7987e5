package ics

import (
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"plenary/export/language"
	"plenary/model/diag"
)

// Tally counts the events of a calendar by what became of them since the
// version before.
type Tally struct{ New, Changed, Withdrawn, Kept int }

// String gives the tally in words, without what is none.
func (t Tally) String() string {
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{t.New, "new"}, {t.Changed, "changed"}, {t.Withdrawn, "withdrawn"}, {t.Kept, "as before"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	if len(parts) == 0 {
		return "no events"
	}
	return strings.Join(parts, ", ")
}

// published is a calendar as it was published before: what the next version
// must know to number its changes.
type published struct {
	audience  string
	language  language.Language
	organizer mail.Address // the zero Address where nobody is named
	process   string       // behind the @ of the UIDs
	order     []string
	events    map[string]*edition
}

// tentative tells whether the event was on hold.
func (p *published) tentative(uid string) bool {
	e := p.events[uid]
	return e != nil && e.value("STATUS") == string(ical.ObjectStatusTentative)
}

// edition is one event as it was published.
type edition struct {
	lines    []line // of the event and what stands in it, without its BEGIN and END
	sequence int
	created  string
	modified time.Time
	stamp    string
}

// utcForm is how a moment in UTC is written.
const utcForm = "20060102T150405Z"

// readPublished reads a calendar that Write wrote. The error says what is wrong with it; it
// is nil only for a calendar of ours that is whole.
func readPublished(src []byte) (*published, error) {
	p := &published{audience: Audience{}.String(), events: map[string]*edition{}}
	var now *edition
	uid, product, depth := "", "", 0
	for l := range contentLines(src) {
		value := strings.ToUpper(strings.TrimSpace(l.value))
		switch {
		case l.name == "BEGIN":
			depth++
			if value == "VEVENT" {
				now, uid = &edition{}, ""
				continue
			}
		case l.name == "END":
			depth--
			if value == "VEVENT" && now != nil {
				if err := p.add(uid, now); err != nil {
					return nil, at(l.whole(), err) // where the event's own lines do not say better
				}
				now = nil
				continue
			}
		case now == nil && l.name == "PRODID":
			product = l.value
		case now == nil && l.name == audienceProperty:
			p.audience = unescape(l.value)
		case now != nil && l.name == "UID":
			uid = unescape(l.value)
		}
		if now != nil {
			now.lines = append(now.lines, l)
		}
	}
	code, ours := strings.CutPrefix(product, productID)
	var known bool
	p.language, known = language.Named(strings.ToLower(code))
	switch {
	case !ours || !known:
		return nil, errors.New("it is no calendar that Plenary wrote")
	case depth != 0:
		return nil, errors.New("it is cut off")
	}
	return p, nil
}

// add takes the event up.
func (p *published) add(uid string, e *edition) error {
	if _, twice := p.events[uid]; twice || uid == "" {
		return e.at("UID", fmt.Errorf("the event %q is there twice, or has no UID", diag.Shorten(uid)))
	}
	e.sequence, e.stamp, e.created = 0, e.value("DTSTAMP"), e.value("CREATED")
	if text := e.value("SEQUENCE"); text != "" {
		n, err := strconv.ParseInt(text, 10, 31)
		if err != nil || n < 0 {
			return e.at("SEQUENCE", fmt.Errorf("%q is no SEQUENCE", diag.Shorten(text)))
		}
		e.sequence = int(n)
	}
	text := e.value("LAST-MODIFIED")
	if text == "" {
		text = e.stamp // what was written before there was LAST-MODIFIED
	}
	modified, err := time.Parse(utcForm, text)
	if err != nil {
		return e.at("LAST-MODIFIED", fmt.Errorf("%q is no LAST-MODIFIED such as 20170508T080000Z", diag.Shorten(text)))
	}
	e.modified = modified
	if e.created == "" {
		e.created = text
	}
	if l, ok := e.line("ORGANIZER"); ok {
		if who, err := mail.ParseAddress(strings.TrimPrefix(l.value, "mailto:")); err == nil {
			p.organizer = mail.Address{Name: l.parameter("CN"), Address: who.Address}
		}
	}
	p.events[uid] = e
	p.order = append(p.order, uid)
	if _, process, ok := strings.Cut(uid, "@"); ok && p.process == "" {
		p.process = process
	}
	return nil
}

// line gives a property of the event, not of what stands in it; false when it
// has none.
func (e *edition) line(name string) (line, bool) {
	for _, l := range e.lines {
		switch l.name {
		case "BEGIN":
			return line{}, false
		case name:
			return l, true
		}
	}
	return line{}, false
}

// value gives the value of a property of the event, "" when it has none.
func (e *edition) value(name string) string {
	l, _ := e.line(name)
	return strings.TrimSpace(l.value)
}

// at says in which property a mistake is, where the event has it.
func (e *edition) at(name string, err error) error {
	if l, ok := e.line(name); ok {
		return l.at(err)
	}
	return err
}

// Published says what is wrong with a calendar that is to be the version before
// (Options.Since): nothing where Write wrote it and it is whole.
func Published(file string, src []byte) diag.List {
	_, err := readPublished(src)
	if err == nil {
		return nil
	}
	p := problem(file, err)
	p.Mend = "give the file as it was published"
	if p.Place.Line > 0 {
		p.Place.Text = lineOf(src, p.Place.Line)
	}
	return diag.List{p}
}

// withdrawn tells whether the event was published as cancelled.
func (e *edition) withdrawn() bool { return e.value("STATUS") == string(ical.ObjectStatusCancelled) }

// said gives what the event says, without what only tells its version.
func said(lines []line) string {
	var out []string
	for _, l := range lines {
		switch l.name {
		case "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE":
			continue
		}
		text := l.name
		for _, p := range l.parameters {
			text += ";" + p.name + "=" + p.value
		}
		out = append(out, text+":"+l.value)
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

// linesOf gives the lines of an event and what stands in it, without its BEGIN
// and END, as they are written. Only what stands in the version before is asked
// for them: writing an event takes as long as making it.
func linesOf(e *ical.VEvent) []line {
	lines := slices.Collect(contentLines([]byte(e.Serialize(serialization))))
	return lines[1 : len(lines)-1]
}

// number gives the events their versions: what says the same as in the version
// before keeps SEQUENCE, LAST-MODIFIED and DTSTAMP, so that a plan that did not
// change gives the same file to the byte; what says something else gets the
// next SEQUENCE; and what is not there any more is added as cancelled.
func (c *writing) number() error {
	for _, e := range c.events {
		old := c.before.events[e.Id()]
		if old != nil && said(old.lines) == said(linesOf(e)) {
			c.version(e, old.sequence, old.stamp, old.created, old.modified)
			c.tally.Kept++
			c.kept[e.Id()] = true
			continue
		}
		if old == nil {
			c.tally.New++
		} else {
			c.tally.Changed++
		}
		c.changed(e, old)
	}
	given := map[string]bool{}
	for _, e := range c.events {
		given[e.Id()] = true
	}
	for _, uid := range c.before.order {
		if given[uid] {
			continue
		}
		if err := c.withdraw(uid, c.before.events[uid]); err != nil {
			return err
		}
	}
	return nil
}

// changed gives an event that is new (old is nil) or says something new its
// version.
func (c *writing) changed(e *ical.VEvent, old *edition) {
	now := c.opts.Now.UTC().Truncate(time.Second)
	if old == nil {
		c.version(e, 0, now.Format(utcForm), now.Format(utcForm), now)
		return
	}
	// LAST-MODIFIED grows, also where the clock was set back.
	if !now.After(old.modified) {
		now = old.modified.Add(time.Second)
	}
	c.version(e, old.sequence+1, now.Format(utcForm), old.created, now)
}

func (c *writing) version(e *ical.VEvent, sequence int, stamp, created string, modified time.Time) {
	e.SetProperty(ical.ComponentPropertyDtstamp, stamp)
	e.SetProperty(ical.ComponentPropertyCreated, created)
	e.SetProperty(ical.ComponentPropertyLastModified, modified.Format(utcForm))
	e.SetSequence(sequence)
	if modified.After(c.modified) {
		c.modified = modified
	}
}

// withdraw adds an event that the plan has no more, as cancelled. It keeps its
// times and its place, so that readers can say what does not take place; its
// title says so too, because not every reader shows STATUS.
func (c *writing) withdraw(uid string, old *edition) error {
	e := ical.NewEvent(uid)
	c.organized(e) // before the rest, as in every entry: what is added below comes last now and in the next version
	for _, l := range old.lines {
		if l.name == "BEGIN" {
			break // reminders of what does not take place
		}
		if l.name == "UID" || l.name == "ORGANIZER" {
			continue
		}
		if zone := l.parameter("TZID"); zone != "" {
			t, err := time.Parse("20060102T150405", l.value)
			location, unknown := time.LoadLocation(zone)
			if err != nil || unknown != nil {
				return l.at(fmt.Errorf("the local time %s of the zone %s cannot be read", diag.Shorten(l.value), diag.Shorten(zone)))
			}
			c.uses(location, t.Year())
		}
		var parameters []ical.PropertyParameter
		for _, p := range l.parameters {
			// golang-ical writes backslashes before some signs, and no reader takes
			// them back: what we write has none of them.
			if p.name == "" || strings.ContainsAny(p.value, "\\\"';:,\n") {
				continue
			}
			parameters = append(parameters, &ical.KeyValues{Key: p.name, Value: []string{p.value}})
		}
		property := ical.BaseProperty{IANAToken: l.name, ICalParameters: map[string][]string{}}
		if v := l.parameter("VALUE"); v != "" {
			property.ICalParameters["VALUE"] = []string{v}
		}
		value := l.value
		if property.GetValueType() == ical.ValueDataTypeText {
			value = unescape(value)
		}
		e.AddProperty(ical.ComponentProperty(l.name), value, parameters...)
	}
	c.events = append(c.events, e)
	if old.withdrawn() {
		c.version(e, old.sequence, old.stamp, old.created, old.modified)
		c.tally.Kept++
		c.kept[uid] = true
		return nil
	}
	c.tally.Withdrawn++
	e.SetStatus(ical.ObjectStatusCancelled)
	e.SetTimeTransparency(ical.TransparencyTransparent)
	e.SetProperty(busyStatus, "FREE")
	e.SetSummary(c.l.Text("Cancelled: %s", unescape(old.value("SUMMARY"))))
	c.describe(e, []field{{"", c.l.Text("This was withdrawn and does not take place.")}})
	c.changed(e, old)
	return nil
}
