package xlsx

import (
	"fmt"
	"strings"
	"time"

	"plenary/model/calendar"
	"plenary/model/diag"
)

// Day reads a day as the examples write it, Mon 2018-10-01, or without the day
// of the week.
func (c Cell) Day(problems *diag.List) (calendar.Day, bool) {
	text := c.Text
	if _, after, ok := strings.Cut(text, " "); ok {
		text = after
	}
	day, err := calendar.ParseDay(text)
	if err != nil {
		problems.Add(c.Place, fmt.Sprintf("%q is not a day", diag.Shorten(c.Text)), "write it as text, for example  Mon 2018-10-01")
	}
	return day, err == nil
}

// Clock reads a time of day, 08:00.
func (c Cell) Clock(problems *diag.List) (calendar.Clock, bool) {
	clock, err := calendar.ParseClock(c.Text)
	if err != nil {
		problems.Add(c.Place, fmt.Sprintf("%q is not a time of day", diag.Shorten(c.Text)), "write it as text, for example  08:00")
	}
	return clock, err == nil
}

// DayText writes a day as the examples do.
func DayText(day calendar.Day) string { return day.Time(time.UTC).Format("Mon 2006-01-02") }
