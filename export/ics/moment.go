package ics

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"plenary/model/diag"
)

// form says how a time of a calendar is to be read.
type form int

const (
	date     form = iota // a day, wherever one is
	floating             // local time, wherever one is
	absolute             // UTC
	zoned                // local time of a zone
)

// moment is a DATE or DATE-TIME value. The wall time is what stands there,
// held in a time.Time in UTC for the arithmetic of dates alone.
type moment struct {
	wall time.Time
	form form
	zone zone // where form is zoned
}

// tied tells whether the moment is one instant, the same everywhere.
func (m moment) tied() bool { return m.form == absolute || m.form == zoned }

// with gives the same kind of moment at another wall time.
func (m moment) with(wall time.Time) moment { m.wall = wall; return m }

// instant gives the moment as an instant; one that is not tied is read as UTC.
func (m moment) instant() time.Time {
	if m.form == zoned {
		return m.zone.instant(m.wall)
	}
	return m.wall
}

// before tells whether the moment is earlier than another. On the clocks of one
// place it is their wall times that say so: a meeting from 02.30 to 03.00 does
// not end before it begins on the night in which 02.30 is skipped and means 03.30.
func (m moment) before(other moment) bool {
	if m.form == other.form && m.zone == other.zone {
		return m.wall.Before(other.wall)
	}
	return m.instant().Before(other.instant())
}

// parseMoment reads 20170508, 20170508T100000 or 20170508T100000Z. The form is
// date, floating or absolute.
func parseMoment(text string) (moment, error) {
	text = strings.TrimSpace(text)
	mistake := fmt.Errorf("%q is not a date or time such as 20170508T100000", diag.Shorten(text))
	local, isUTC := strings.CutSuffix(text, "Z")
	layout, form := "20060102T150405", floating
	switch {
	case len(local) == 8:
		layout, form = "20060102", date
	case isUTC:
		form = absolute
	}
	wall, err := time.Parse(layout, local)
	if err != nil || len(local) != len(layout) {
		return moment{}, mistake
	}
	return moment{wall: wall, form: form}, nil
}

// span is a DURATION value. Days count by the calendar, the rest by the clock.
type span struct {
	days  int
	clock time.Duration
}

// longest is the most of any unit that a duration may have: some 27 years of
// days, 11 of hours.
const longest = 9999

// parseSpan reads P15DT5H0M20S or P7W. Negative ones are not for events.
func parseSpan(text string) (span, error) {
	mistake := fmt.Errorf("%q is not a duration such as PT3H", diag.Shorten(text))
	rest, ok := strings.CutPrefix(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(text)), "+"), "P")
	if !ok || rest == "" {
		return span{}, mistake
	}
	var out span
	clock := false
	for rest != "" {
		if rest[0] == 'T' && !clock {
			clock, rest = true, rest[1:]
			continue
		}
		n, after, err := leadingNumber(rest)
		if err != nil || after == "" {
			return span{}, mistake
		}
		unit := after[0]
		rest = after[1:]
		switch {
		case unit == 'W': // some producers write PT1W
			out.days += 7 * n
		case unit == 'D':
			out.days += n
		case unit == 'H' && clock:
			out.clock += time.Duration(n) * time.Hour
		case unit == 'M' && clock:
			out.clock += time.Duration(n) * time.Minute
		case unit == 'S' && clock:
			out.clock += time.Duration(n) * time.Second
		default:
			return span{}, mistake
		}
	}
	if out.days > longest || out.clock > longest*time.Hour {
		return span{}, fmt.Errorf("the duration %s is too long", diag.Shorten(text))
	}
	return out, nil
}

// leadingNumber reads the digits that the text begins with, at most six.
func leadingNumber(text string) (n int, rest string, err error) {
	i := 0
	for ; i < len(text) && i < 6 && '0' <= text[i] && text[i] <= '9'; i++ {
		n = n*10 + int(text[i]-'0')
	}
	if i == 0 {
		return 0, text, errors.New("a number is missing")
	}
	return n, text[i:], nil
}

// after gives the moment that lies the span after m: days on the wall first,
// then hours on the clock.
func (s span) after(m moment) time.Time {
	return m.with(m.wall.AddDate(0, 0, s.days)).instant().Add(s.clock)
}
