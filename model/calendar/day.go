package calendar

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// Day is a civil date as the number of days since 1970-01-01, without a zone.
type Day int

// NewDay gives the day of a civil date; out-of-range months and days carry
// over as in time.Date.
func NewDay(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DayOf gives the civil date that t shows in its own zone.
func DayOf(t time.Time) Day { return NewDay(t.Date()) }

// Earliest and Latest bound the years a scenario may speak of.
const (
	EarliestYear = 1900
	LatestYear   = 2200
)

// ParseDay reads an ISO date such as 2017-05-08. A date that no calendar has,
// such as 2017-02-30, is an error that says so.
func ParseDay(text string) (Day, error) {
	t, err := time.Parse(time.DateOnly, text)
	switch {
	case err != nil && isoDate.MatchString(text) && len(text) == len(time.DateOnly):
		return 0, fmt.Errorf("there is no day %s in the calendar", text)
	case err != nil && isoDate.MatchString(text):
		return 0, fmt.Errorf("%q has a time or more after the date; a day stands alone", shorten(text))
	case err != nil:
		return 0, fmt.Errorf("%q is not a date such as 2017-05-08, year, month and day", shorten(text))
	case t.Year() < EarliestYear || t.Year() > LatestYear:
		return 0, fmt.Errorf("the year of %s is outside %d to %d", text, EarliestYear, LatestYear)
	}
	return DayOf(t), nil
}

var isoDate = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}`)

// shorten cuts a text that goes into a message to at most 40 characters.
func shorten(text string) string {
	if len(text) > 40*utf8.UTFMax {
		text = text[:40*utf8.UTFMax]
	}
	if r := []rune(text); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return text
}

// MustDay is ParseDay for dates written in code; it panics on a mistake there.
func MustDay(text string) Day {
	d, err := ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// Time gives midnight of the day in the zone.
func (d Day) Time(zone *time.Location) time.Time {
	y, m, day := d.date()
	return time.Date(y, m, day, 0, 0, 0, 0, zone)
}

// At gives the moment at the clock time on the day in the zone.
func (d Day) At(c Clock, zone *time.Location) time.Time {
	y, m, day := d.date()
	return time.Date(y, m, day, int(c)/60, int(c)%60, 0, 0, zone)
}

func (d Day) date() (int, time.Month, int) {
	return time.Unix(int64(d)*86400, 0).UTC().Date()
}

// Weekday gives the day of the week.
func (d Day) Weekday() time.Weekday {
	return time.Weekday(((int(d)+4)%7 + 7) % 7)
}

// Monday gives the Monday of the day's ISO week: the key by which weekly
// capacities are counted.
func (d Day) Monday() Day { return d - Day((int(d.Weekday())+6)%7) }

// String gives the ISO form.
func (d Day) String() string { return d.Time(time.UTC).Format(time.DateOnly) }

// Long gives the day as letters write it: Monday, 8 May 2017.
func (d Day) Long() string { return d.Time(time.UTC).Format("Monday, 2 January 2006") }

// MarshalJSON writes the ISO form.
func (d Day) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// UnmarshalJSON reads the ISO form.
func (d *Day) UnmarshalJSON(src []byte) error {
	var text string
	if err := json.Unmarshal(src, &text); err != nil {
		return err
	}
	parsed, err := ParseDay(text)
	if err == nil {
		*d = parsed
	}
	return err
}

// Clock is a time of day in minutes since midnight, 0 to 1440.
type Clock int

// ParseClock reads 10:00 or 10.00.
func ParseClock(text string) (Clock, error) {
	t, err := time.Parse("15:04", strings.Replace(text, ".", ":", 1))
	if err != nil {
		if text == "24:00" || text == "24.00" {
			return 1440, nil
		}
		return 0, fmt.Errorf("%q is not a time of day such as 10:00", shorten(text))
	}
	return Clock(t.Hour()*60 + t.Minute()), nil
}

// String gives 10:00.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }
