package ics_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"plenary/export/ics"
	"plenary/model/calendar"
	"plenary/model/plan"
)

// takeover is a local time at which an offset takes over, worked out from a
// VTIMEZONE by this test alone.
type takeover struct {
	wall   time.Time
	offset time.Duration
}

// takeovers reads the components of a VTIMEZONE up to a year.
func takeovers(t *testing.T, zone *component, until int) (out []takeover) {
	t.Helper()
	for _, c := range zone.parts {
		start, err := time.Parse("20060102T150405", c.one(t, "DTSTART"))
		if err != nil {
			t.Fatal(err)
		}
		east, err := time.Parse("-070005", (c.one(t, "TZOFFSETTO") + "00")[:7])
		if err != nil {
			t.Fatal(err)
		}
		_, seconds := east.Zone()
		offset := time.Duration(seconds) * time.Second
		out = append(out, takeover{start, offset})
		rules := c.all("RRULE")
		if len(rules) == 0 {
			continue
		}
		rule := map[string]string{}
		for part := range strings.SplitSeq(rules[0], ";") {
			key, value, _ := strings.Cut(part, "=")
			rule[key] = value
		}
		if rule["FREQ"] != "YEARLY" || len(rule) != 3 {
			t.Fatalf("the rule %s is not of the plain kind", rules[0])
		}
		month, err := strconv.Atoi(rule["BYMONTH"])
		if err != nil {
			t.Fatal(err)
		}
		byDay := rule["BYDAY"]
		n, err := strconv.Atoi(byDay[:len(byDay)-2])
		if err != nil {
			t.Fatal(err)
		}
		for year := start.Year() + 1; year <= until; year++ {
			var found []time.Time
			for d := time.Date(year, time.Month(month), 1, start.Hour(), start.Minute(), start.Second(), 0, time.UTC); int(d.Month()) == month; d = d.AddDate(0, 0, 1) {
				if strings.ToUpper(d.Weekday().String()[:2]) == byDay[len(byDay)-2:] {
					found = append(found, d)
				}
			}
			if n < 0 {
				out = append(out, takeover{found[len(found)+n], offset})
			} else {
				out = append(out, takeover{found[n-1], offset})
			}
		}
	}
	return out
}

// offsetAt gives the offset of the latest takeover at or before the wall time.
func offsetAt(list []takeover, wall time.Time) (time.Duration, bool) {
	best := -1
	for i, x := range list {
		if !x.wall.After(wall) && (best < 0 || x.wall.After(list[best].wall)) {
			best = i
		}
	}
	if best < 0 {
		return 0, false
	}
	return list[best].offset, true
}

func TestZonesAreDescribedAsTheDatabaseHasThem(t *testing.T) {
	for _, name := range append(toured, "Asia/Bangkok", "Africa/Addis_Ababa", "Asia/Yangon", "America/Argentina/Buenos_Aires") {
		t.Run(name, func(t *testing.T) {
			location, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			s := read(t, "plenary: 1\ntitle: T\nperiod: 2016-01-01..2019-12-31\nstations: {here: {zone: "+name+"}}\nsessions: [{id: x, at: here}]\n")
			p := &plan.Plan{Sessions: []plan.Session{{ID: "x", Station: "here", Days: []calendar.Day{day("2016-05-02"), day("2019-05-02")}, Meetings: []plan.Meeting{{Day: day("2016-05-02"), Slot: "morning", Kind: "plenary", Number: 1}, {Day: day("2019-05-02"), Slot: "morning", Kind: "plenary", Number: 2}}}}}
			var list []takeover
			for _, part := range unfold(t, write(t, s, p, ics.Options{})).parts {
				if part.name == "VTIMEZONE" {
					list = takeovers(t, part, 2020)
				}
			}
			wall := func(at time.Time) int64 {
				_, seconds := at.In(location).Zone()
				return at.Unix() + int64(seconds)
			}
			wrong := 0
			for at := time.Date(2015, 6, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2021; at = at.Add(30 * time.Minute) {
				_, seconds := at.In(location).Zone()
				want := time.Duration(seconds) * time.Second
				twice := false // clocks show this time twice: only one of the offsets can be meant
				for _, back := range []time.Duration{30 * time.Minute, time.Hour} {
					twice = twice || wall(at) == wall(at.Add(back)) || wall(at) == wall(at.Add(-back))
				}
				if twice {
					continue
				}
				shown := time.Unix(wall(at), 0).UTC()
				if got, ok := offsetAt(list, shown); !ok || got != want {
					if wrong++; wrong < 5 {
						t.Errorf("at %s the offset is %s, want %s", shown.Format(time.DateTime), got, want)
					}
				}
			}
		})
	}
}

func TestRegularZonesHaveOneRuleForEachChange(t *testing.T) {
	text := write(t, read(t, small), smallPlan(), ics.Options{})
	for zone, want := range map[string][]string{
		"Europe/Zurich":    {"STANDARD 20151025T030000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "DAYLIGHT 20160327T020000 FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"},
		"America/New_York": {"STANDARD 20161106T020000 FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "DAYLIGHT 20170312T020000 FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"},
	} {
		var got []string
		for _, part := range unfold(t, text).parts {
			if part.name == "VTIMEZONE" && part.one(t, "TZID") == zone {
				for _, c := range part.parts {
					got = append(got, strings.TrimSpace(c.name+" "+c.one(t, "DTSTART")+" "+strings.Join(c.all("RRULE"), " ")))
				}
			}
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s has\n%s\nwant\n%s", zone, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}

func TestZoneWithoutSummerTimeHasOneStandardTime(t *testing.T) {
	s := read(t, "plenary: 1\ntitle: T\nperiod: 2017-01-01..2017-12-31\nstations: {here: {zone: Africa/Nairobi}}\nsessions: [{id: x, at: here}]\n")
	p := &plan.Plan{Sessions: []plan.Session{{ID: "x", Station: "here", Days: []calendar.Day{day("2017-05-02")}, Meetings: []plan.Meeting{{Day: day("2017-05-02"), Slot: "morning", Kind: "plenary", Number: 1}}}}}
	zone := unfold(t, write(t, s, p, ics.Options{})).parts[0]
	if len(zone.parts) != 1 || zone.parts[0].name != "STANDARD" || zone.parts[0].one(t, "TZOFFSETTO") != "+0300" || len(zone.parts[0].all("RRULE")) > 0 {
		t.Errorf("Africa/Nairobi is described as %+v", zone)
	}
}

func TestDaylightTimeIsAheadOfStandardTime(t *testing.T) {
	text := write(t, read(t, zoneTour()), zoneTourPlan(), ics.Options{})
	for _, zone := range unfold(t, text).parts {
		for _, c := range zone.parts {
			from, to := c.one(t, "TZOFFSETFROM"), c.one(t, "TZOFFSETTO")
			f, err := strconv.Atoi(from)
			if err != nil {
				t.Fatal(err)
			}
			g, err := strconv.Atoi(to)
			if err != nil {
				t.Fatal(err)
			}
			if c.name == "DAYLIGHT" && g < f {
				t.Errorf("%s: daylight time sets clocks back from %s to %s on %s", zone.one(t, "TZID"), from, to, c.one(t, "DTSTART"))
			}
		}
	}
}
