package ics_test

import (
	"fmt"
	"strings"
	"testing"

	"plenary/export/ics"
)

func TestABusyCalendarJustOverALimitIsRefused(t *testing.T) {
	event := func(start, rule string) string {
		return "BEGIN:VEVENT\nDTSTART" + start + "\nDURATION:PT1H\n" + rule + "END:VEVENT\n"
	}
	zones := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(event(fmt.Sprintf(";TZID=/own/%d/Europe/Zurich:20170501T100000", i), ""))
		}
		return b.String()
	}
	daily := func(n int) string {
		return strings.Repeat(event(":19900101T000000Z", "RRULE:FREQ=HOURLY;COUNT=40000\n"), n)
	}
	for _, c := range []struct{ name, under, over, want string }{
		{"zones", zones(500), zones(501), "the calendar names more than 500 time zones"},
		{"meetings", daily(5), daily(5) + event(":19900101T000000Z", ""), "the calendar has more than 200000 meetings, repetitions included"},
	} {
		for text, want := range map[string]string{c.under: "", c.over: c.want} {
			_, problems := ics.Busy("x.ics", []byte("BEGIN:VCALENDAR\n"+text+"END:VCALENDAR\n"))
			if want == "" && len(problems) > 0 || want != "" && (len(problems) == 0 || !strings.Contains(problems[0].Message, want)) {
				t.Errorf("%s, want %q: %.300v", c.name, want, problems)
			}
		}
	}
}
