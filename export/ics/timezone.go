package ics

import (
	"fmt"
	"slices"
	"time"

	ical "github.com/arran4/golang-ical"
)

// onset is the moment at which a zone's offset from UTC becomes another one.
type onset struct {
	at       time.Time // the moment
	from, to int       // offsets in seconds east of UTC
	daylight bool
	name     string // abbreviation in force from then on
}

// wall gives the time that clocks show at the onset before they are set, as
// VTIMEZONE wants it.
func (o onset) wall() time.Time { return o.at.UTC().Add(time.Duration(o.from) * time.Second) }

// timezone describes a zone so that every local time from the first year to
// the last can be turned into UTC.
//
// A change that comes by the same rule (last Sunday of March) in three or more
// years up to the last is one component with an endless RRULE, as Outlook and
// Google write it; any other change is a component of its own. Tried and left:
// rules that end by UNTIL, which RFC 5545 wants in UTC beside a local DTSTART,
// and on which dateutil, hence Debian's icalendar, gives up; and RDATE, which
// Outlook does not read.
func timezone(zone *time.Location, first, last int) *ical.VTimezone {
	tz := ical.NewTimezone(zone.String())
	tz.AddProperty("X-LIC-LOCATION", zone.String())
	changes := onsets(zone, first, last)
	type component struct {
		onset
		rule string
	}
	var components []component
	for _, group := range alike(changes) {
		rest, rule := yearly(group, last)
		for _, o := range group[:rest] {
			components = append(components, component{o, ""})
		}
		if rule != "" {
			components = append(components, component{group[rest], rule})
		}
	}
	slices.SortFunc(components, func(a, b component) int { return a.at.Compare(b.at) })
	for _, c := range components {
		kind := ical.ComponentStandard
		if c.daylight {
			kind = ical.ComponentDaylight
		}
		part := &ical.GeneralComponent{Token: string(kind)}
		part.AddProperty(ical.ComponentPropertyDtStart, c.wall().Format("20060102T150405"))
		part.AddProperty(ical.ComponentProperty(ical.PropertyTzoffsetfrom), offset(c.from))
		part.AddProperty(ical.ComponentProperty(ical.PropertyTzoffsetto), offset(c.to))
		if c.rule != "" {
			part.AddProperty(ical.ComponentPropertyRrule, c.rule)
		}
		part.AddProperty(ical.ComponentProperty(ical.PropertyTzname), c.name)
		tz.Components = append(tz.Components, part)
	}
	return tz
}

// offset gives seconds east of UTC as +HHMM, or +HHMMSS where there are odd
// seconds.
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	out := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		out += fmt.Sprintf("%02d", seconds%60)
	}
	return out
}

// onsets gives what is in force when the first year begins and all changes
// from then to the end of the last year, by the time zone database.
func onsets(zone *time.Location, first, last int) []onset {
	begin := time.Date(first, 1, 1, 0, 0, 0, 0, time.UTC)
	limit := time.Date(last+1, 1, 1, 0, 0, 0, 0, time.UTC)
	start, next := begin.In(zone).ZoneBounds()
	name, now := begin.In(zone).Zone()

	// Readers want the first component to lie before every event, but not in
	// the days of local mean time.
	epoch := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	if epoch.After(begin) {
		epoch = begin
	}
	out := []onset{{at: epoch.Add(-time.Duration(now) * time.Second), from: now, to: now, daylight: begin.In(zone).IsDST(), name: name}}
	if !start.IsZero() && start.After(epoch) {
		out[0] = change(start, zone)
	}
	for ; !next.IsZero() && next.Before(limit); _, next = next.In(zone).ZoneBounds() {
		o := change(next, zone)
		if before := out[len(out)-1]; o.from == o.to && o.name == before.name {
			continue // the database tells summer time from none where clocks stay
		}
		out = append(out, o)
	}
	// Summer time is told by comparison: a zone that knows only one kind of
	// time has standard time.
	if !slices.ContainsFunc(out, func(o onset) bool { return !o.daylight }) {
		for i := range out {
			out[i].daylight = false
		}
	}
	return out
}

// change gives what happens to the zone at the moment. Some zones have summer
// time all year but for a time with clocks set back (Morocco since 2018, and
// Ireland by its law): the database calls those weeks daylight saving with a
// negative amount. Readers know daylight saving as clocks set forward, and
// Outlook no other; so the larger offset is always the daylight one.
func change(at time.Time, zone *time.Location) onset {
	before := at.Add(-time.Second).In(zone)
	_, from := before.Zone()
	name, to := at.In(zone).Zone()
	o := onset{at: at, from: from, to: to, name: name, daylight: at.In(zone).IsDST()}
	switch {
	case to < from:
		o.daylight = false
	case to > from && before.IsDST():
		o.daylight = true
	}
	return o
}

// alike parts the onsets into those that differ in nothing but year and day of
// the month, each group in order of time.
func alike(changes []onset) [][]onset {
	type sort struct {
		from, to int
		daylight bool
		name     string
		month    time.Month
		clock    time.Duration
	}
	place := map[sort]int{}
	var out [][]onset
	for _, o := range changes {
		wall := o.wall()
		s := sort{o.from, o.to, o.daylight, o.name, wall.Month(), wall.Sub(wall.Truncate(24 * time.Hour))}
		i, known := place[s]
		if !known {
			i = len(out)
			place[s] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], o)
	}
	return out
}

// fewest is how many years a rule must have held to be called one.
const fewest = 3

// yearly looks for a yearly rule that the last onsets of a group follow, one in
// each year up to the last. It gives how many onsets before them do not, and
// the rule, empty when all do not.
func yearly(group []onset, last int) (rest int, rule string) {
	rest = len(group)
	model := group[len(group)-1].wall()
	// The last one first: where a fourth Sunday fits as well, it is meant.
	for _, n := range []int{-1, (model.Day()-1)/7 + 1} {
		i := len(group)
		for year := last; i > 0; i, year = i-1, year-1 {
			if wall := group[i-1].wall(); wall.Year() != year || wall.Weekday() != model.Weekday() || !isNth(wall, n) {
				break
			}
		}
		if len(group)-i >= fewest && i < rest {
			day := [7]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}[model.Weekday()]
			rest, rule = i, fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", model.Month(), n, day)
		}
	}
	return rest, rule
}

// isNth tells whether the day is the n-th of its weekday in its month, from 1,
// or the last one when n is -1.
func isNth(day time.Time, n int) bool {
	if n == -1 {
		return day.AddDate(0, 0, 7).Month() != day.Month()
	}
	return (day.Day()-1)/7+1 == n
}
