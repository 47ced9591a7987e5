package calendar

import (
	"fmt"
	"strings"
	"time"
)

// Range is a stretch of days, both ends included. It is empty when Last is
// before First.
type Range struct{ First, Last Day }

// ParseRange reads 2017-04-18..2017-05-31, a single day, or a month 2017-05.
func ParseRange(text string) (Range, error) {
	from, to, isRange := strings.Cut(text, "..")
	if isRange && strings.TrimSpace(from) == "" {
		return Range{}, fmt.Errorf("%q has no date before the two dots", shorten(text))
	}
	first, err := parseEdge(strings.TrimSpace(from), false)
	if err != nil {
		return Range{}, err
	}
	if !isRange {
		last, err := parseEdge(strings.TrimSpace(from), true)
		return Range{first, last}, err
	}
	if strings.TrimSpace(to) == "" {
		return Range{}, fmt.Errorf("%q has no date after the two dots", shorten(text))
	}
	last, err := parseEdge(strings.TrimSpace(to), true)
	if err != nil {
		return Range{}, err
	}
	if last < first {
		return Range{}, ReversedError{first, last}
	}
	return Range{first, last}, nil
}

// ReversedError says that a range ends before it starts.
type ReversedError struct{ First, Last Day }

// Error says so in words.
func (e ReversedError) Error() string {
	return fmt.Sprintf("the range ends (%s) before it starts (%s)", e.Last, e.First)
}

// parseEdge reads a day, or a month as its first or last day.
func parseEdge(text string, last bool) (Day, error) {
	if t, err := time.Parse("2006-01", text); err == nil {
		if t.Year() < EarliestYear || t.Year() > LatestYear {
			return 0, fmt.Errorf("the year of %s is outside %d to %d", text, EarliestYear, LatestYear)
		}
		if last {
			return NewDay(t.Year(), t.Month()+1, 0), nil
		}
		return NewDay(t.Year(), t.Month(), 1), nil
	}
	return ParseDay(text)
}

// Contains tells whether the day lies in the range.
func (r Range) Contains(d Day) bool { return r.First <= d && d <= r.Last }

// Overlaps tells whether the ranges share a day.
func (r Range) Overlaps(o Range) bool { return r.First <= o.Last && o.First <= r.Last }

// Intersect gives the days in both; the result may be empty.
func (r Range) Intersect(o Range) Range {
	return Range{max(r.First, o.First), min(r.Last, o.Last)}
}

// Len gives the number of days, 0 for an empty range.
func (r Range) Len() int { return max(0, int(r.Last-r.First)+1) }

// Outside gives how many days d lies before or after the range, 0 inside.
func (r Range) Outside(d Day) int {
	return max(0, int(r.First-d), int(d-r.Last))
}

// String gives 2017-04-18..2017-05-31, or the day alone.
func (r Range) String() string {
	if r.First == r.Last {
		return r.First.String()
	}
	return r.First.String() + ".." + r.Last.String()
}

// Words gives the range as a letter has it: 18 April to 31 May 2017.
func (r Range) Words() string {
	a, b := r.First.Time(time.UTC), r.Last.Time(time.UTC)
	switch {
	case r.Len() <= 2:
		return Words([]Day{r.First, r.Last}[:r.Len()])
	case a.Year() != b.Year():
		return a.Format("2 January 2006") + " to " + b.Format("2 January 2006")
	case a.Month() != b.Month():
		return a.Format("2 January") + " to " + b.Format("2 January 2006")
	}
	return fmt.Sprintf("%d to %s", a.Day(), b.Format("2 January 2006"))
}

// Words gives any set of days, in order, as a letter has it: "8 and 9 May
// 2017", "26 to 29 March 2018", "30 October to 1 November and 3 November 2017".
func Words(days []Day) string {
	if len(days) == 0 {
		return "no days"
	}
	var parts [][2]Day // single days, and runs of three or more
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && days[j+1] == days[j]+1 {
			j++
		}
		if j-i < 2 {
			j = i
		}
		parts = append(parts, [2]Day{days[i], days[j]})
		i = j + 1
	}
	var b strings.Builder
	for i, part := range parts {
		switch {
		case i == 0:
		case i == len(parts)-1:
			b.WriteString(" and ")
		default:
			b.WriteString(", ")
		}
		if part[0] != part[1] {
			b.WriteString(written(part[0], part[1]) + " to ")
		}
		next := Day(0) // the day whose month and year this one can share
		if i+1 < len(parts) {
			next = parts[i+1][0]
		}
		b.WriteString(written(part[1], next))
	}
	return b.String()
}

// written writes a day, without the month and year that it shares with the
// next one; a next of 0 shares nothing.
func written(d, next Day) string {
	t, n := d.Time(time.UTC), next.Time(time.UTC)
	switch {
	case next == 0 || t.Year() != n.Year():
		return t.Format("2 January 2006")
	case t.Month() != n.Month():
		return t.Format("2 January")
	}
	return t.Format("2")
}

// Week is a set of weekdays on which a station works, indexed by time.Weekday.
type Week [7]bool

// MondayToFriday is the working week where a scenario says nothing else.
var MondayToFriday = Week{false, true, true, true, true, true, false}

var weekdayNames = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// ParseWeek reads mon-fri, sun-thu, or single days: mon tue thu.
func ParseWeek(text string) (Week, error) {
	var w Week
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' })
	for _, word := range words {
		from, to, isRange := strings.Cut(strings.ToLower(word), "-")
		i, j := weekday(from), weekday(to)
		if i < 0 || (isRange && j < 0) {
			return w, fmt.Errorf("%q is not a working week such as mon-fri", shorten(text))
		}
		if !isRange {
			j = i
		}
		for d := i; ; d = (d + 1) % 7 {
			w[d] = true
			if d == j {
				break
			}
		}
	}
	if len(words) == 0 {
		return w, fmt.Errorf("a working week needs at least one day, such as mon-fri")
	}
	return w, nil
}

func weekday(name string) int {
	for i, n := range weekdayNames {
		if len(name) >= 3 && strings.HasPrefix(name, n) && strings.HasPrefix(strings.ToLower(time.Weekday(i).String()), name) {
			return i
		}
	}
	return -1
}

// Unit is what a duration counts.
type Unit int

// The units of a duration. A week is seven calendar days.
const (
	Days Unit = iota
	WorkingDays
)

// Duration is a number of calendar days or working days.
type Duration struct {
	N    int
	Unit Unit
}

// ParseDuration reads "3 days", "10 working days", "6 weeks", or a bare
// number, which counts calendar days.
func ParseDuration(text string) (Duration, error) {
	mistake := fmt.Errorf("%q is not a duration such as 3 days, 10 working days or 6 weeks", shorten(text))
	fields := strings.Fields(text)
	if len(fields) == 0 || len(fields) > 3 {
		return Duration{}, mistake
	}
	n, err := parseCount(fields[0])
	if err != nil {
		return Duration{}, mistake
	}
	switch strings.Join(fields[1:], " ") {
	case "", "day", "days":
		return Duration{n, Days}, nil
	case "working day", "working days":
		return Duration{n, WorkingDays}, nil
	case "week", "weeks":
		return Duration{7 * n, Days}, nil
	}
	return Duration{}, mistake
}

// MostDays bounds every number of days in a scenario: some 270 years.
const MostDays = 100_000

func parseCount(text string) (int, error) {
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, fmt.Errorf("%q is not a whole number", shorten(text))
		}
		n = n*10 + int(r-'0')
		if n > MostDays {
			return 0, fmt.Errorf("%s is more than %d", shorten(text), MostDays)
		}
	}
	if text == "" {
		return 0, fmt.Errorf("a number is missing")
	}
	return n, nil
}

// String gives the duration in words.
func (d Duration) String() string {
	unit := "day"
	n := d.N
	switch {
	case d.Unit == WorkingDays:
		unit = "working day"
	case n > 0 && n%7 == 0:
		unit, n = "week", n/7
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// Plain gives the duration in its own unit, never in weeks.
func (d Duration) Plain() string {
	if d.Unit == Days && d.N > 0 && d.N%7 == 0 {
		return fmt.Sprintf("%d days", d.N)
	}
	return d.String()
}

// After gives the day that lies the duration after d: working days are those
// for which open is true. After(d, 0) is d itself.
func (d Duration) After(day Day, open func(Day) bool) Day {
	return d.step(day, 1, open)
}

// Before gives the day that lies the duration before d.
func (d Duration) Before(day Day, open func(Day) bool) Day {
	return d.step(day, -1, open)
}

// mostIdle is how many days in a row a walk over working days sees closed
// before it gives up: more than the longest period of a scenario has.
const mostIdle = 4000

func (d Duration) step(day Day, by Day, open func(Day) bool) Day {
	if d.Unit == Days {
		return day + by*Day(d.N)
	}
	// Years without a working day end the walk: open may be false for good.
	for n, idle := 0, 0; n < d.N && idle < mostIdle; {
		day += by
		if open(day) {
			n, idle = n+1, 0
		} else {
			idle++
		}
	}
	return day
}
