package calendar

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestEveryDayFrom1900To2200AgreesWithTheStandardLibrary(t *testing.T) {
	day := NewDay(1900, time.January, 1)
	for at := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() <= 2200; at = at.AddDate(0, 0, 1) {
		text := at.Format(time.DateOnly)
		year, week := at.ISOWeek()
		monday := day.Monday().Time(time.UTC)
		mondayYear, mondayWeek := monday.ISOWeek()
		parsed, err := ParseDay(text)
		switch {
		case DayOf(at) != day || NewDay(at.Date()) != day:
			t.Fatalf("%s is day %d instead of %d", text, DayOf(at), day)
		case day.String() != text:
			t.Fatalf("%s is written %s", text, day)
		case err != nil || parsed != day:
			t.Fatalf("%s is read as %d: %v", text, parsed, err)
		case day.Weekday() != at.Weekday():
			t.Fatalf("%s is a %s", text, day.Weekday())
		case monday.Weekday() != time.Monday || day.Monday() > day || day-day.Monday() > 6:
			t.Fatalf("the Monday of %s is %s", text, day.Monday())
		case mondayYear != year || mondayWeek != week:
			t.Fatalf("the Monday of %s lies in another week: %s", text, day.Monday())
		case day.Long() != at.Format("Monday, 2 January 2006"):
			t.Fatalf("%s is called %s", text, day.Long())
		case !day.Time(time.UTC).Equal(at):
			t.Fatalf("%s begins at %s", text, day.Time(time.UTC))
		}
		day++
	}
	if last := MustDay("2200-12-31"); day != last+1 || int(last-MustDay("1900-01-01"))+1 != 109_938 {
		t.Errorf("the days end at %s", day-1)
	}
}

func TestDaysThatNoCalendarHasAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"2017-02-29":          "there is no day 2017-02-29 in the calendar",
		"2100-02-29":          "there is no day 2100-02-29 in the calendar", // no leap year: 100
		"2017-04-31":          "there is no day 2017-04-31 in the calendar",
		"2017-13-01":          "there is no day 2017-13-01 in the calendar",
		"2017-00-10":          "there is no day 2017-00-10 in the calendar",
		"1899-12-31":          "the year of 1899-12-31 is outside 1900 to 2200",
		"2201-01-01":          "the year of 2201-01-01 is outside 1900 to 2200",
		"2017-5-8":            `"2017-5-8" is not a date`,
		"8/5/2017":            `"8/5/2017" is not a date`,
		"":                    `"" is not a date`,
		" 2017-05-08":         "is not a date",
		"２０１７-05-08":          "is not a date",
		"2017-05-08T10:00:00": "has a time or more after the date",
		"2017-05-08 ":         "has a time or more after the date",
	} {
		if _, err := ParseDay(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v instead of %s", text, err, want)
		}
	}
	for _, text := range []string{"2000-02-29", "2016-02-29", "1900-01-01", "2200-12-31"} {
		if _, err := ParseDay(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestADayAtAClockTimeIsTheMomentInItsZone(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Skip("no time zones here; install tzdata: ", err)
	}
	for day, want := range map[string]string{
		"2018-01-15": "2018-01-15T09:00:00Z", // winter: one hour ahead
		"2018-07-16": "2018-07-16T08:00:00Z", // summer: two
	} {
		if got := MustDay(day).At(600, zone).UTC().Format(time.RFC3339); got != want {
			t.Errorf("10:00 on %s is %s instead of %s", day, got, want)
		}
	}
	// Late in the evening in New York it is the next day in UTC.
	west := time.FixedZone("", -5*3600)
	if got := DayOf(time.Date(2018, 1, 15, 22, 0, 0, 0, west)); got.String() != "2018-01-15" {
		t.Errorf("the civil date is %s", got)
	}
}

func TestDaysInJSONAreDates(t *testing.T) {
	src, err := json.Marshal([]Day{MustDay("2017-05-08")})
	if err != nil || string(src) != `["2017-05-08"]` {
		t.Errorf("%s, %v", src, err)
	}
	var back []Day
	if err := json.Unmarshal(src, &back); err != nil || back[0] != MustDay("2017-05-08") {
		t.Errorf("%v, %v", back, err)
	}
	for _, bad := range []string{`["2017-02-30"]`, `[17000]`, `[null, 3]`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

func TestClocks(t *testing.T) {
	for text, want := range map[string]Clock{"00:00": 0, "10:00": 600, "10.00": 600, "9:30": 570, "23:59": 1439, "24:00": 1440, "24.00": 1440} {
		got, err := ParseClock(text)
		if err != nil || got != want {
			t.Errorf("%s is %d: %v", text, got, err)
		}
	}
	for _, text := range []string{"", "25:00", "24:01", "10", "10:60", "10:0", "-1:00", "10:00:00", "10.00.00", "3 pm", "１０:00"} {
		if got, err := ParseClock(text); err == nil {
			t.Errorf("%q is read as %s", text, got)
		}
	}
	if Clock(1440).String() != "24:00" || Clock(570).String() != "09:30" {
		t.Error(Clock(1440), Clock(570))
	}
}

func TestRangesAreReadAsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"2017-04-18..2017-05-31":   "2017-04-18..2017-05-31",
		"2017-04-18 .. 2017-05-31": "2017-04-18..2017-05-31",
		"2017-05-08":               "2017-05-08",
		"2017-05-08..2017-05-08":   "2017-05-08",
		"2017-05":                  "2017-05-01..2017-05-31",
		"2016-02":                  "2016-02-01..2016-02-29",
		"2017-02":                  "2017-02-01..2017-02-28",
		"2017-12":                  "2017-12-01..2017-12-31",
		"2017-04..2017-11":         "2017-04-01..2017-11-30",
		"2017-04-18..2017-05":      "2017-04-18..2017-05-31",
		"2017-05..2017-05-01":      "2017-05-01",
	} {
		got, err := ParseRange(text)
		if err != nil || got.String() != want {
			t.Errorf("%s is %s: %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"2017-05-31..2017-05-01":             "the range ends (2017-05-01) before it starts (2017-05-31)",
		"2017-05..2017-04":                   "before it starts",
		"2017-05-08..":                       "no date after the two dots",
		"..2017-05-08":                       "no date before the two dots",
		"..":                                 "no date before the two dots",
		"":                                   "is not a date",
		"2017":                               "is not a date",
		"2017-13":                            "is not a date",
		"1800-05":                            "the year of 1800-05 is outside",
		"2017-05-08...2017-05-09":            "is not a date",
		"2017-05-08..2017-05-09..2017-05-10": "more after the date",
	} {
		if got, err := ParseRange(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %s: %v instead of %s", text, got, err, want)
		}
	}
}

func TestRangesContainOverlapAndIntersectLikeSetsOfDays(t *testing.T) {
	drawn := rapid.Custom(func(t *rapid.T) Range {
		first := rapid.IntRange(-20, 20).Draw(t, "first")
		return Range{Day(first), Day(first + rapid.IntRange(-3, 20).Draw(t, "length"))}
	})
	set := func(r Range) map[Day]bool {
		out := map[Day]bool{}
		for d := r.First; d <= r.Last; d++ {
			out[d] = true
		}
		return out
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawn.Draw(t, "a"), drawn.Draw(t, "b")
		inA, inB, both := set(a), set(b), 0
		for d := Day(-60); d <= 60; d++ {
			if a.Contains(d) != inA[d] {
				t.Fatalf("%d in %v", d, a)
			}
			if inA[d] && inB[d] {
				both++
			}
			if a.Intersect(b).Contains(d) != (inA[d] && inB[d]) {
				t.Fatalf("%d in both %v and %v", d, a, b)
			}
			if len(inA) > 0 {
				away := 100
				for e := range inA {
					away = min(away, max(int(e-d), int(d-e)))
				}
				if a.Outside(d) != away {
					t.Fatalf("%d is %d outside %v instead of %d", d, a.Outside(d), a, away)
				}
			}
		}
		if a.Len() != len(inA) || a.Intersect(b).Len() != both {
			t.Fatalf("%v has %d days, with %v %d", a, a.Len(), b, a.Intersect(b).Len())
		}
		if len(inA) > 0 && len(inB) > 0 && a.Overlaps(b) != (both > 0) {
			t.Fatalf("%v and %v overlap: %v", a, b, a.Overlaps(b))
		}
	})
}

func TestRangesAndDaysInWords(t *testing.T) {
	for text, want := range map[string]string{
		"2017-05-08":             "8 May 2017",
		"2017-05-08..2017-05-09": "8 and 9 May 2017",
		"2017-05-08..2017-05-10": "8 to 10 May 2017",
		"2017-04-18..2017-05-31": "18 April to 31 May 2017",
		"2017-12-30..2018-01-02": "30 December 2017 to 2 January 2018",
		"2017-05-01..2018-05-31": "1 May 2017 to 31 May 2018",
	} {
		r, err := ParseRange(text)
		if err != nil || r.Words() != want {
			t.Errorf("%s is %q: %v", text, r.Words(), err)
		}
	}
	for text, want := range map[string]string{
		"":                                            "no days",
		"2017-05-08":                                  "8 May 2017",
		"2017-05-08 2017-05-09":                       "8 and 9 May 2017",
		"2017-05-08 2017-05-09 2017-05-11":            "8, 9 and 11 May 2017",
		"2017-10-30 2017-11-01 2017-11-02":            "30 October, 1 and 2 November 2017",
		"2017-10-30 2017-10-31 2017-11-01":            "30 October to 1 November 2017",
		"1970-01-02":                                  "2 January 1970",
		"1970-05-08 1970-05-09":                       "8 and 9 May 1970",
		"1969-12-31 1970-01-01 1970-01-02":            "31 December 1969 to 2 January 1970",
		"2017-12-29 2018-01-02":                       "29 December 2017 and 2 January 2018",
		"2017-05-08 2018-05-08":                       "8 May 2017 and 8 May 2018",
		"2017-12-28 2017-12-29 2018-01-02 2018-02-01": "28, 29 December 2017, 2 January and 1 February 2018",
	} {
		var days []Day
		for _, d := range strings.Fields(text) {
			days = append(days, MustDay(d))
		}
		if got := Words(days); got != want {
			t.Errorf("%s is %q instead of %q", text, got, want)
		}
	}
}

func TestWeeks(t *testing.T) {
	for text, want := range map[string]string{ // Sunday first
		"mon-fri": "0111110", "Mon-Fri": "0111110", "monday-friday": "0111110", "sun-thu": "1111100", "fri-mon": "1100011",
		"mon tue thu": "0110100", "mon, wed": "0101000", "mon-mon": "0100000", "sat": "0000001", "mon-sun": "1111111", "mon-wed fri-sat": "0111011",
	} {
		w, err := ParseWeek(text)
		got := ""
		for _, works := range w {
			got += map[bool]string{false: "0", true: "1"}[works]
		}
		if err != nil || got != want {
			t.Errorf("%s is %s: %v", text, got, err)
		}
	}
	for _, text := range []string{"", "  ", "mo-fr", "mon-", "-fri", "mon-tue-wed", "monda-friday!", "mondays", "lun-ven"} {
		if w, err := ParseWeek(text); err == nil {
			t.Errorf("%q is %v", text, w)
		}
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]Duration{
		"3": {3, Days}, "3 days": {3, Days}, "1 day": {1, Days}, "10 working days": {10, WorkingDays}, "1 working day": {1, WorkingDays},
		"6 weeks": {42, Days}, "1 week": {7, Days}, "  2   weeks ": {14, Days}, "0 days": {0, Days}, "007 days": {7, Days}, "100000 days": {100_000, Days},
	} {
		if got, err := ParseDuration(text); err != nil || got != want {
			t.Errorf("%q is %v: %v", text, got, err)
		}
	}
	for _, text := range []string{"", "days", "-3 days", "+3 days", "1.5 days", "3 months", "3 working", "3 working weeks", "3 days 2 hours", "100001 days", "99999999999999999999 days", "٣ days"} {
		if got, err := ParseDuration(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
	for d, want := range map[Duration]string{
		{1, Days}: "1 day", {3, Days}: "3 days", {7, Days}: "1 week", {14, Days}: "2 weeks", {0, Days}: "0 days",
		{1, WorkingDays}: "1 working day", {7, WorkingDays}: "7 working days",
	} {
		if d.String() != want {
			t.Errorf("%+v is %q", d, d)
		}
	}
	if got := (Duration{14, Days}).Plain(); got != "14 days" {
		t.Errorf("plain: %s", got)
	}
}

// Working days counted by hand on a wall calendar: 1 May 2018 is a Tuesday,
// and closed.
func TestWorkingDaysAreCountedAsByHand(t *testing.T) {
	closed := MustDay("2018-05-01")
	open := func(d Day) bool { return MondayToFriday[d.Weekday()] && d != closed }
	for _, c := range []struct {
		from          string
		n             int
		after, before string
	}{
		{"2018-05-04", 0, "2018-05-04", "2018-05-04"}, // Friday
		{"2018-05-04", 1, "2018-05-07", "2018-05-03"},
		{"2018-05-05", 1, "2018-05-07", "2018-05-04"}, // Saturday
		{"2018-05-05", 0, "2018-05-05", "2018-05-05"},
		{"2018-04-30", 1, "2018-05-02", "2018-04-27"}, // over the closed Tuesday
		{"2018-05-02", 1, "2018-05-03", "2018-04-30"},
		{"2018-04-30", 5, "2018-05-08", "2018-04-23"},
		{"2018-05-11", 10, "2018-05-25", "2018-04-26"},
	} {
		d := Duration{c.n, WorkingDays}
		if got := d.After(MustDay(c.from), open).String(); got != c.after {
			t.Errorf("%s after %s is %s instead of %s", d, c.from, got, c.after)
		}
		if got := d.Before(MustDay(c.from), open).String(); got != c.before {
			t.Errorf("%s before %s is %s instead of %s", d, c.from, got, c.before)
		}
	}
	never := func(Day) bool { return false }
	if got := (Duration{5, WorkingDays}).After(0, never); got != mostIdle {
		t.Errorf("where no day is open the walk ends after %d days", got)
	}
	if got := (Duration{10, Days}).After(MustDay("2018-02-25"), never).String(); got != "2018-03-07" {
		t.Errorf("ten calendar days after 25 February 2018 is %s", got)
	}
}

func TestBeforeTakesBackWhatAfterAdds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shut := rapid.SliceOfN(rapid.IntRange(-50, 150), 0, 60).Draw(t, "shut")
		open := func(d Day) bool { return MondayToFriday[d.Weekday()] && !slices.Contains(shut, int(d)) }
		d := Duration{rapid.IntRange(0, 40).Draw(t, "n"), Unit(rapid.IntRange(0, 1).Draw(t, "unit"))}
		day := Day(rapid.IntRange(0, 60).Draw(t, "day"))
		there := d.After(day, open)
		counted := 0 // by the definition: open days after day, up to there
		for e := day + 1; e <= there; e++ {
			if d.Unit == Days || open(e) {
				counted++
			}
		}
		if counted != d.N {
			t.Fatalf("%d days lie after %s up to %s, not %d", counted, day, there, d.N)
		}
		if d.N > 0 && d.Unit == WorkingDays && !open(there) {
			t.Fatalf("%s after %s is %s, which is closed", d, day, there)
		}
		// From an open day, back is where it began.
		if back := d.Before(there, open); (d.Unit == Days || open(day)) && back != day {
			t.Fatalf("%s before %s is %s instead of %s", d, there, back, day)
		}
		if further := (Duration{d.N + 1, d.Unit}).After(day, open); further <= there {
			t.Fatalf("one more leads from %s to %s", there, further)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"2017-05-08", "2017-04..2017-05-31", "..", "10 working days", "mon-fri", "sun-thu,sat", "10:00", "24.00", "2017-02-30", "\xff", "1..", "0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := ParseRange(text); err == nil {
			if r.Last < r.First || r.Len() < 1 {
				t.Errorf("%q is empty", text)
			}
			if again, err := ParseRange(r.String()); err != nil || again != r {
				t.Errorf("%q is written %s and read as %s: %v", text, r, again, err)
			}
			_ = r.Words()
		} else {
			said(t, err)
		}
		if d, err := ParseDay(text); err == nil {
			if d.String() != text {
				t.Errorf("%q is read as %s", text, d)
			}
		} else {
			said(t, err)
		}
		if d, err := ParseDuration(text); err == nil {
			if d.N < 0 || d.N > 7*MostDays {
				t.Errorf("%q has %d days", text, d.N)
			}
			if again, err := ParseDuration(d.Plain()); err != nil || again != d {
				t.Errorf("%q is written %s and read as %v: %v", text, d.Plain(), again, err)
			}
		} else {
			said(t, err)
		}
		if w, err := ParseWeek(text); err == nil {
			if !slices.Contains(w[:], true) {
				t.Errorf("%q has no day", text)
			}
		} else {
			said(t, err)
		}
		if c, err := ParseClock(text); err == nil {
			if again, err := ParseClock(c.String()); c < 0 || c > 1440 || err != nil || again != c {
				t.Errorf("%q is %d and read as %d: %v", text, c, again, err)
			}
		} else {
			said(t, err)
		}
	})
}

// said checks that a message is one that can be printed on one line.
func said(t *testing.T, err error) {
	t.Helper()
	if n := len([]rune(err.Error())); n < 10 || n > 400 {
		t.Errorf("a message of %d characters: %s", n, err)
	}
}
