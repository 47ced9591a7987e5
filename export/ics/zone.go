package ics

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"plenary/model/diag"
)

// zone turns local times into instants. A local time that comes twice, when
// clocks are set back, is the first one; one that never comes is read with the
// offset before the gap (RFC 5545, 3.3.5).
type zone interface {
	instant(wall time.Time) time.Time
}

// known is a zone of the time zone database.
type known struct{ *time.Location }

func (z known) instant(wall time.Time) time.Time {
	// time.Date leaves open which of two offsets it takes. A day before and
	// after the wall time, read as UTC, are surely before and after a change
	// of clocks at the wall time.
	before := offsetAt(wall.Add(-24*time.Hour), z.Location)
	after := offsetAt(wall.Add(24*time.Hour), z.Location)
	if t := wall.Add(-before); offsetAt(t, z.Location) == before {
		return t
	}
	if t := wall.Add(-after); offsetAt(t, z.Location) == after {
		return t
	}
	return wall.Add(-before)
}

// offsetAt gives how far the zone's clocks are ahead of UTC.
func offsetAt(t time.Time, zone *time.Location) time.Duration {
	_, seconds := t.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}

// described is a zone by the VTIMEZONE of the calendar it stands in.
type described struct {
	changes []turn // in order of time, at least one
}

// turn is one change of clocks of a described zone.
type turn struct {
	wall     time.Time // by the clocks before the change
	from, to time.Duration
}

func (z *described) instant(wall time.Time) time.Time {
	i := sort.Search(len(z.changes), func(i int) bool { return z.changes[i].wall.After(wall) }) - 1
	if i < 0 {
		return wall.Add(-z.changes[0].from)
	}
	c := z.changes[i]
	if wall.Before(c.wall.Add(c.to - c.from)) {
		return wall.Add(-c.from) // in the gap
	}
	return wall.Add(-c.to)
}

// description is a VTIMEZONE as it was read.
type description struct {
	begun    spot // its BEGIN
	location string
	parts    []properties // STANDARD and DAYLIGHT
}

// zone works the description out over the years that are read.
func (d *description) zone(b *budget) (zone, error) {
	z := &described{}
	for _, part := range d.parts {
		from, err := part.offset("TZOFFSETFROM")
		if err != nil {
			return nil, err
		}
		to, err := part.offset("TZOFFSETTO")
		if err != nil {
			return nil, err
		}
		start, err := parseMoment(part.first("DTSTART").value)
		if err != nil {
			return nil, part.at("DTSTART", err)
		}
		add := func(wall time.Time) { z.changes = append(z.changes, turn{wall, from, to}) }
		add(start.wall)
		for _, l := range part.all("RDATE") {
			for begins, text := range l.items() {
				text, _, _ = strings.Cut(text, "/")
				m, err := parseMoment(text)
				if err != nil {
					return nil, at(l.within(begins, begins+len(text)), err)
				}
				if m.form == absolute {
					m.wall = m.wall.Add(from)
				}
				add(m.wall)
			}
		}
		for _, l := range part.all("RRULE") {
			r, err := parseRecurrence(l.value, start.wall)
			if err == nil {
				err = r.expand(start.wall, horizon.last, func(wall time.Time) time.Time { return wall.Add(-from) }, b, add)
			}
			if err != nil {
				return nil, l.at(err)
			}
		}
	}
	if len(z.changes) == 0 {
		return nil, at(d.begun, errors.New("it has neither standard nor daylight time"))
	}
	slices.SortStableFunc(z.changes, func(a, b turn) int { return a.wall.Compare(b.wall) })
	return z, nil
}

// offset reads an offset from UTC.
func (p *properties) offset(name string) (time.Duration, error) {
	d, err := parseOffset(p.first(name).value)
	if err != nil {
		return 0, p.at(name, fmt.Errorf("%s: %w", name, err))
	}
	return d, nil
}

// parseOffset reads +0100, or -045602 with seconds.
func parseOffset(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	mistake := fmt.Errorf("%q is not an offset from UTC such as +0100", diag.Shorten(text))
	if len(text) != 5 && len(text) != 7 || text[0] != '+' && text[0] != '-' {
		return 0, mistake
	}
	n, rest, err := leadingNumber(text[1:])
	if err != nil || rest != "" {
		return 0, mistake
	}
	if len(text) == 5 {
		n *= 100
	}
	seconds := n/10000*3600 + n/100%100*60 + n%100
	if seconds >= 24*3600 {
		return 0, mistake
	}
	if text[0] == '-' {
		seconds = -seconds
	}
	return time.Duration(seconds) * time.Second, nil
}

// mostZones bounds how many names of zones one calendar may have: each one is
// looked for on disk.
const mostZones = 500

// zones finds the zones of one calendar.
type zones struct {
	descriptions map[string]*description
	found        map[string]zone
	budget       *budget
}

// find gives the zone with the name: that of the time zone database, also
// under its name in Windows or behind a prefix such as /mozilla.org/2005/;
// otherwise as the calendar describes it. A name of a single word (EST) may
// mean anything, so there the calendar's own description comes first. A nil
// zone, for a blank name without description, means floating time.
func (z *zones) find(name string) (zone, error) {
	name = strings.TrimSpace(name)
	if found, ok := z.found[name]; ok {
		return found, nil
	}
	if len(z.found) >= mostZones {
		return nil, fmt.Errorf("the calendar names more than %d time zones", mostZones)
	}
	found, err := z.search(name)
	if err == nil {
		z.found[name] = found
	}
	return found, err
}

func (z *zones) search(name string) (zone, error) {
	if utc[name] || name == "Z" || strings.EqualFold(name, "GMT") {
		return known{time.UTC}, nil
	}
	description := z.descriptions[name]
	if strings.Contains(name, "/") || description == nil {
		// From the whole name to its last two words: what comes before is the
		// producer's.
		for rest, ok := strings.TrimPrefix(name, "/"), true; ok && rest != ""; _, rest, ok = strings.Cut(rest, "/") {
			if rest != name && !strings.Contains(rest, "/") {
				break
			}
			if found := load(rest); found != nil {
				return found, nil
			}
		}
	}
	if found := load(windows[name]); found != nil {
		return found, nil
	}
	switch {
	case description != nil:
		if found := load(description.location); found != nil {
			return found, nil
		}
		found, err := description.zone(z.budget)
		if m := (*mistake)(nil); errors.As(err, &m) {
			return nil, at(m.spot, fmt.Errorf("the time zone %q: %w", diag.Shorten(name), m.err))
		}
		return found, err
	case name == "":
		return nil, nil
	}
	if found := load(shownZone(name)); found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("the time zone %q is %w", diag.Shorten(name), errUnknownZone)
}

// load gives a zone of the time zone database, nil when it has none of the
// name.
func load(name string) zone {
	if name == "" || name == "Local" || len(name) > 60 {
		return nil
	}
	location, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return known{location}
}
