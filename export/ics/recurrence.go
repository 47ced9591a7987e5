package ics

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"plenary/model/diag"
)

// frequency is the FREQ of a recurrence rule.
type frequency int

const (
	secondly frequency = iota
	minutely
	hourly
	daily
	weekly
	monthly
	annually
)

var frequencies = map[string]frequency{
	"SECONDLY": secondly, "MINUTELY": minutely, "HOURLY": hourly, "DAILY": daily,
	"WEEKLY": weekly, "MONTHLY": monthly, "YEARLY": annually,
}

var weekdays = map[string]time.Weekday{
	"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday,
	"TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
}

// weekdayNumber is an item of BYDAY: a weekday, the n-th of its month or year,
// counted from the end below 0, every one when n is 0.
type weekdayNumber struct {
	weekday time.Weekday
	n       int
}

// recurrence is a RRULE (RFC 5545, 3.3.10), with what it leaves to DTSTART
// filled in.
type recurrence struct {
	frequency  frequency
	interval   int     // 1 or more
	count      int     // of occurrences, the first one included; 0 for no bound
	until      *moment // the last moment that may be an occurrence
	weekStart  time.Weekday
	months     []int
	weeks      []int
	yearDays   []int
	monthDays  []int
	days       []weekdayNumber
	hours      []int
	minutes    []int
	seconds    []int
	positions  []int
	everyMonth bool // weekday numbers count in the month, not in the year
}

// parseRecurrence reads a rule for occurrences from the wall time on.
func parseRecurrence(text string, start time.Time) (*recurrence, error) {
	r := &recurrence{frequency: -1, interval: 1, weekStart: time.Monday}
	begins := 0
	for part := range strings.SplitSeq(text, ";") {
		if strings.TrimSpace(part) != "" {
			key, value, _ := strings.Cut(strings.ToUpper(part), "=")
			if err := r.set(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
				return nil, &misread{begins, begins + len(part), fmt.Errorf("the rule of repetition %q: %w", diag.Shorten(text), err)}
			}
		}
		begins += len(part) + 1
	}
	if r.frequency < 0 {
		return nil, fmt.Errorf("the rule of repetition %q has no FREQ", diag.Shorten(text))
	}
	if r.frequency < daily && len(r.positions) > 0 {
		return nil, fmt.Errorf("the rule of repetition %q has a BYSETPOS within a day, which is not supported", diag.Shorten(text))
	}
	r.fill(start)
	return r, nil
}

func (r *recurrence) set(key, value string) (err error) {
	number := func(least, most int) (n int) {
		if n, err = strconv.Atoi(value); err != nil || n < least || n > most {
			err = fmt.Errorf("%s=%s is no number from %d to %d", key, diag.Shorten(value), least, most)
		}
		return n
	}
	// list reads numbers between least and most, or their negatives, counted
	// from the end, where signed.
	list := func(least, most int, signed bool) (out []int) {
		for item := range strings.SplitSeq(value, ",") {
			n, mistake := strconv.Atoi(strings.TrimSpace(item))
			size := n
			if signed && n < 0 {
				size = -n
			}
			if mistake != nil || size < least || size > most {
				err = fmt.Errorf("%s=%s is out of range", key, diag.Shorten(item))
				return nil
			}
			out = append(out, n)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	switch key {
	case "FREQ":
		f, ok := frequencies[value]
		if !ok {
			return fmt.Errorf("FREQ=%s is not known", diag.Shorten(value))
		}
		r.frequency = f
	case "INTERVAL":
		r.interval = number(1, 1_000_000)
	case "COUNT":
		r.count = number(1, 1_000_000_000)
	case "UNTIL":
		m, err := parseMoment(value)
		if err != nil {
			return err
		}
		r.until = &m
	case "WKST":
		day, ok := weekdays[value]
		if !ok {
			return fmt.Errorf("WKST=%s is no weekday", diag.Shorten(value))
		}
		r.weekStart = day
	case "BYMONTH":
		r.months = list(1, 12, false)
	case "BYWEEKNO":
		r.weeks = list(1, 53, true)
	case "BYYEARDAY":
		r.yearDays = list(1, 366, true)
	case "BYMONTHDAY":
		r.monthDays = list(1, 31, true)
	case "BYHOUR":
		r.hours = list(0, 23, false)
	case "BYMINUTE":
		r.minutes = list(0, 59, false)
	case "BYSECOND":
		r.seconds = list(0, 59, false)
	case "BYSETPOS":
		r.positions = list(1, 366, true)
	case "BYDAY":
		for item := range strings.SplitSeq(value, ",") {
			item = strings.TrimSpace(item)
			cut := max(0, len(item)-2)
			day, ok := weekdays[item[cut:]]
			n := 0
			if ok && cut > 0 {
				n, err = strconv.Atoi(item[:cut])
				ok = err == nil && n != 0 && -53 <= n && n <= 53
			}
			if !ok {
				return fmt.Errorf("BYDAY=%s is no weekday", diag.Shorten(item))
			}
			r.days = append(r.days, weekdayNumber{day, n})
		}
		r.days = distinct(r.days)
	case "RSCALE":
		if value != "GREGORIAN" {
			return fmt.Errorf("the calendar %s is not supported", diag.Shorten(value))
		}
	case "SKIP":
		if value != "OMIT" {
			return fmt.Errorf("SKIP=%s is not supported", diag.Shorten(value))
		}
	default:
		if !strings.HasPrefix(key, "X-") {
			return fmt.Errorf("%s is not known", diag.Shorten(key))
		}
	}
	return err
}

// distinct drops what is there twice, so that a list is no longer than what it
// can say.
func distinct(days []weekdayNumber) []weekdayNumber {
	slices.SortFunc(days, func(a, b weekdayNumber) int {
		return cmp.Or(cmp.Compare(a.n, b.n), cmp.Compare(a.weekday, b.weekday))
	})
	return slices.Compact(days)
}

// fill takes from the start what the rule does not say.
func (r *recurrence) fill(start time.Time) {
	r.everyMonth = r.frequency == monthly || r.frequency == annually && len(r.months) > 0
	noDays := len(r.days) == 0 && len(r.monthDays) == 0 && len(r.yearDays) == 0
	switch {
	case !noDays:
	case r.frequency == weekly, r.frequency == annually && len(r.weeks) > 0:
		r.days = []weekdayNumber{{weekday: start.Weekday()}}
	case r.frequency == monthly:
		r.monthDays = []int{start.Day()}
	case r.frequency == annually:
		r.monthDays = []int{start.Day()}
		if len(r.months) == 0 {
			r.months = []int{int(start.Month())}
		}
	}
	if len(r.hours) == 0 && r.frequency > hourly {
		r.hours = []int{start.Hour()}
	}
	if len(r.minutes) == 0 && r.frequency > minutely {
		r.minutes = []int{start.Minute()}
	}
	if len(r.seconds) == 0 && r.frequency > secondly {
		r.seconds = []int{start.Second()}
	}
}

// horizon bounds the years that are read: what lies outside is passed over.
var horizon = struct{ first, last time.Time }{
	time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC),
	time.Date(2101, 1, 1, 0, 0, 0, 0, time.UTC),
}

// budget bounds what one calendar may cost, whatever stands in it.
type budget struct {
	looks       int // at days and times that a rule may mean
	repetitions int // that rules give, of events, exceptions and time zones
	occurrences int // of events
}

// The budget of a calendar, and the most repetitions that one rule may give: a
// daily meeting over the whole horizon.
const (
	mostLooks       = 5_000_000
	mostRepetitions = 1_000_000
	mostOccurrences = 200_000
	mostOfOneRule   = 45_000
)

var (
	errTooFine = errors.New("the calendar repeats its events more often than can be read")
	errTooMany = fmt.Errorf("the calendar has more than %d meetings, repetitions included", mostOccurrences)
)

// look charges one look at a day or time by the rule, more for a rule of long
// lists.
func (b *budget) look(r *recurrence) error {
	lists := len(r.months) + len(r.weeks) + len(r.yearDays) + len(r.monthDays) + len(r.days) + len(r.positions)
	if b.looks -= 1 + lists/8; b.looks < 0 {
		return errTooFine
	}
	return nil
}

// errEnough ends an expansion.
var errEnough = errors.New("enough")

// expand gives the occurrences after the start, by wall time in order, as long
// as they lie before the end. The start itself counts as the first occurrence
// and is not given again. Instant turns a wall time into an instant, for an
// UNTIL in UTC.
//
// Without COUNT, what lies before the horizon is passed over.
func (r *recurrence) expand(start, end time.Time, instant func(time.Time) time.Time, b *budget, add func(time.Time)) error {
	n := 1
	try := func(wall time.Time) error {
		switch {
		case !wall.After(start):
			return nil
		case r.count > 0 && n >= r.count, !wall.Before(end), r.until != nil && r.passed(wall, instant):
			return errEnough
		}
		n++
		if b.repetitions--; b.repetitions < 0 || n > mostOfOneRule {
			return errTooFine
		}
		if !wall.Before(horizon.first.AddDate(-1, 0, 0)) {
			add(wall)
		}
		return nil
	}
	if r.count == 1 {
		return nil
	}
	walk := r.walkPeriods
	if r.frequency < daily {
		walk = r.walkClock
	}
	if err := walk(start, end, b, try); !errors.Is(err, errEnough) {
		return err
	}
	return nil
}

// passed tells whether the wall time lies after the rule's UNTIL. A day as
// UNTIL is meant with all its hours.
func (r *recurrence) passed(wall time.Time, instant func(time.Time) time.Time) bool {
	switch r.until.form {
	case date:
		return !wall.Before(r.until.wall.AddDate(0, 0, 1))
	case absolute:
		return instant(wall).After(r.until.wall)
	}
	return wall.After(r.until.wall)
}

// walkPeriods goes through days, weeks, months or years.
func (r *recurrence) walkPeriods(start, end time.Time, b *budget, try func(time.Time) error) error {
	midnight := start.Truncate(24 * time.Hour)
	for k := r.skip(start); ; k++ {
		var first, next time.Time // of the period, midnight; next is not in it
		switch r.frequency {
		case daily:
			first = midnight.AddDate(0, 0, k*r.interval)
			next = first.AddDate(0, 0, 1)
		case weekly:
			back := (int(midnight.Weekday()) - int(r.weekStart) + 7) % 7
			first = midnight.AddDate(0, 0, 7*k*r.interval-back)
			next = first.AddDate(0, 0, 7)
		case monthly:
			first = time.Date(start.Year(), start.Month()+time.Month(k*r.interval), 1, 0, 0, 0, 0, time.UTC)
			next = first.AddDate(0, 1, 0)
		default:
			first = time.Date(start.Year()+k*r.interval, 1, 1, 0, 0, 0, 0, time.UTC)
			next = first.AddDate(1, 0, 0)
		}
		if !first.Before(end) {
			return nil
		}
		var days []time.Time
		for d := first; d.Before(next); d = d.Add(24 * time.Hour) {
			if err := b.look(r); err != nil {
				return err
			}
			if !contains(r.months, int(d.Month())) {
				d = time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC)
			} else if r.holds(d) {
				days = append(days, d)
			}
		}
		if err := r.hand(days, b, try); err != nil {
			return err
		}
	}
}

// skip gives the first period worth a look.
func (r *recurrence) skip(start time.Time) int {
	from := horizon.first.AddDate(-1, 0, 0)
	if r.count > 0 || !start.Before(from) {
		return 0
	}
	days := int(from.Sub(start).Hours() / 24)
	switch r.frequency {
	case daily:
		return days / r.interval
	case weekly:
		return days / 7 / r.interval
	case monthly:
		return ((from.Year()-start.Year())*12 + int(from.Month()-start.Month())) / r.interval
	}
	return (from.Year() - start.Year()) / r.interval
}

// hand gives the times on the days of one period, or those of them that
// BYSETPOS picks.
func (r *recurrence) hand(days []time.Time, b *budget, try func(time.Time) error) error {
	perDay := len(r.hours) * len(r.minutes) * len(r.seconds)
	timeOf := func(i int) time.Time {
		day, i := days[i/perDay], i%perDay
		hour, i := i/(len(r.minutes)*len(r.seconds)), i%(len(r.minutes)*len(r.seconds))
		return clock(day, r.hours[hour], r.minutes[i/len(r.seconds)], r.seconds[i%len(r.seconds)])
	}
	all := len(days) * perDay
	var picked []int
	for _, p := range r.positions {
		if p < 0 {
			p += all + 1
		}
		if 1 <= p && p <= all {
			picked = append(picked, p-1)
		}
	}
	if len(r.positions) > 0 {
		slices.Sort(picked)
		for _, i := range slices.Compact(picked) {
			if err := try(timeOf(i)); err != nil {
				return err
			}
		}
		return nil
	}
	for i := range all {
		if err := b.look(r); err != nil {
			return err
		}
		if err := try(timeOf(i)); err != nil {
			return err
		}
	}
	return nil
}

func clock(day time.Time, hour, minute, second int) time.Time {
	return day.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second)
}

// walkClock goes through hours, minutes or seconds.
func (r *recurrence) walkClock(start, end time.Time, b *budget, try func(time.Time) error) error {
	step := time.Duration(r.interval) * map[frequency]time.Duration{secondly: time.Second, minutely: time.Minute, hourly: time.Hour}[r.frequency]
	t := start
	if from := horizon.first.AddDate(-1, 0, 0); r.count == 0 && t.Before(from) {
		t = t.Add(from.Sub(t) / step * step)
	}
	for ; t.Before(end); t = t.Add(step) {
		if err := b.look(r); err != nil {
			return err
		}
		day := t.Truncate(24 * time.Hour)
		if !r.holds(day) {
			// On to the last step before the next day.
			t = t.Add((day.Add(24*time.Hour-1).Sub(t) / step) * step)
			continue
		}
		if !contains(r.hours, t.Hour()) || r.frequency < hourly && !contains(r.minutes, t.Minute()) || r.frequency < minutely && !contains(r.seconds, t.Second()) {
			continue
		}
		minutes, seconds := []int{t.Minute()}, []int{t.Second()}
		if r.frequency == hourly {
			minutes = r.minutes
		}
		if r.frequency > secondly {
			seconds = r.seconds
		}
		for _, minute := range minutes {
			for _, second := range seconds {
				if err := b.look(r); err != nil {
					return err
				}
				if err := try(clock(day, t.Hour(), minute, second)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// contains tells whether an empty list, which asks for nothing, or one of its
// items agrees.
func contains(list []int, n int) bool { return len(list) == 0 || slices.Contains(list, n) }

// fromEnd tells whether the list has n, counted from 1, or its number counted
// from the end of so many, -1 being the last one.
func fromEnd(list []int, n, of int) bool {
	return slices.Contains(list, n) || slices.Contains(list, n-of-1)
}

// holds tells whether the rule allows the day.
func (r *recurrence) holds(day time.Time) bool {
	year, month, monthDay := day.Date()
	if !contains(r.months, int(month)) {
		return false
	}
	// The lengths are worked out only where they are asked for: that more than halved the
	// time of a rule that never holds.
	monthLength := func() int { return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day() }
	yearLength := func() int { return time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC).YearDay() }
	if len(r.monthDays) > 0 && !fromEnd(r.monthDays, monthDay, monthLength()) ||
		len(r.yearDays) > 0 && !fromEnd(r.yearDays, day.YearDay(), yearLength()) {
		return false
	}
	if len(r.weeks) > 0 {
		if week, of := r.week(day); !fromEnd(r.weeks, week, of) {
			return false
		}
	}
	if len(r.days) == 0 {
		return true
	}
	place, length := day.YearDay, yearLength
	if r.everyMonth {
		place, length = func() int { return monthDay }, monthLength
	}
	return slices.ContainsFunc(r.days, func(d weekdayNumber) bool {
		switch {
		case d.weekday != day.Weekday():
			return false
		case d.n == 0 || r.frequency < monthly || len(r.weeks) > 0:
			return true
		case d.n > 0:
			return (place()-1)/7+1 == d.n
		}
		return (length()-place())/7+1 == -d.n
	})
}

// week gives the number of the day's week, and how many weeks its year has.
// Week 1 is the first one with four days or more in the year.
func (r *recurrence) week(day time.Time) (week, of int) {
	first := r.firstWeek(day.Year())
	switch next := r.firstWeek(day.Year() + 1); {
	case !day.Before(next):
		first = next
	case day.Before(first):
		first = r.firstWeek(day.Year() - 1)
	}
	after := r.firstWeek(first.AddDate(0, 0, 10).Year() + 1)
	weeks := func(t time.Time) int { return int(t.Sub(first).Hours()/24) / 7 }
	return weeks(day) + 1, weeks(after)
}

// firstWeek gives the day on which week 1 of the year begins.
func (r *recurrence) firstWeek(year int) time.Time {
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // always in week 1
	return fourth.AddDate(0, 0, -((int(fourth.Weekday()) - int(r.weekStart) + 7) % 7))
}
