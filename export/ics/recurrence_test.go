package ics_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/export/ics"
)

// rulesOfRFC5545 are the rules among the examples of RFC 5545, 3.8.5.3, all
// with a start in 1997.
var rulesOfRFC5545 = [][2]string{
	{"19970902T090000", "FREQ=DAILY;COUNT=10"},
	{"19970902T090000", "FREQ=DAILY;UNTIL=19971224T000000"},
	{"19970902T090000", "FREQ=DAILY;INTERVAL=2"},
	{"19970902T090000", "FREQ=DAILY;INTERVAL=10;COUNT=5"},
	{"19980101T090000", "FREQ=YEARLY;UNTIL=20000131T140000;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"},
	{"19980101T090000", "FREQ=DAILY;UNTIL=20000131T140000;BYMONTH=1"},
	{"19970902T090000", "FREQ=WEEKLY;COUNT=10"},
	{"19970902T090000", "FREQ=WEEKLY;INTERVAL=2;WKST=SU"},
	{"19970902T090000", "FREQ=WEEKLY;UNTIL=19971007T000000;WKST=SU;BYDAY=TU,TH"},
	{"19970901T090000", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000;WKST=SU;BYDAY=MO,WE,FR"},
	{"19970902T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"},
	{"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"},
	{"19970805T090000", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"},
	{"19970905T090000", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR"},
	{"19970907T090000", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU"},
	{"19970922T090000", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO"},
	{"19970928T090000", "FREQ=MONTHLY;BYMONTHDAY=-3"},
	{"19970902T090000", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15"},
	{"19970930T090000", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1"},
	{"19970910T090000", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15"},
	{"19970902T090000", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU"},
	{"19970610T090000", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7"},
	{"19970310T090000", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3"},
	{"19970101T090000", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200"},
	{"19970519T090000", "FREQ=YEARLY;BYDAY=20MO"},
	{"19970512T090000", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"},
	{"19970313T090000", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH"},
	{"19970605T090000", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8"},
	{"19980213T090000", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"},
	{"19970913T090000", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"},
	{"20001107T090000", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"},
	{"19970904T090000", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3"},
	{"19970929T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"},
	{"19970902T090000", "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000"},
	{"19970902T090000", "FREQ=MINUTELY;INTERVAL=15;COUNT=6"},
	{"19970902T090000", "FREQ=MINUTELY;INTERVAL=90;COUNT=4"},
	{"19970902T090000", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40;COUNT=300"},
	{"19970902T090000", "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16;COUNT=300"},
	{"20070115T090000", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5"},
}

// drawnRules draws rules of all the parts that RFC 5545 lets stand together.
func drawnRules(n int) (out [][2]string) {
	r := rand.New(rand.NewPCG(5545, 1))
	days := []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
	list := func(most int, item func() string) string {
		var items []string
		for range 1 + r.IntN(most) {
			items = append(items, item())
		}
		return strings.Join(items, ",")
	}
	signed := func(most int) func() string {
		return func() string { return fmt.Sprint((1 + r.IntN(most)) * (1 - 2*r.IntN(2))) }
	}
	day := func() string { return days[r.IntN(7)] }
	for len(out) < n {
		freq := []string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"}[r.IntN(5)]
		parts := []string{"FREQ=" + freq}
		some := func(share int, text string) {
			if r.IntN(share) == 0 {
				parts = append(parts, text)
			}
		}
		some(2, fmt.Sprintf("INTERVAL=%d", 1+r.IntN(5)))
		some(3, "BYMONTH="+list(4, func() string { return fmt.Sprint(1 + r.IntN(12)) }))
		some(3, "WKST="+day())
		if freq != "WEEKLY" {
			some(3, "BYMONTHDAY="+list(6, signed(31)))
		}
		switch freq {
		case "YEARLY":
			some(4, "BYYEARDAY="+list(6, signed(366)))
			most := 40
			if strings.Contains(strings.Join(parts, ";"), "BYMONTH=") {
				most = 4 // of a month; dateutil breaks on more
			}
			some(2, "BYDAY="+list(3, func() string { return signed(most)() + day() }))
		case "MONTHLY":
			some(2, "BYDAY="+list(3, func() string { return signed(4)() + day() }))
		default:
			some(2, "BYDAY="+list(3, day))
		}
		if freq != "HOURLY" {
			some(3, "BYHOUR="+list(3, func() string { return fmt.Sprint(r.IntN(24)) }))
			// In the week of the start dateutil counts from the start, not from
			// the week's first day.
			if len(parts) > 2 && freq != "WEEKLY" {
				some(4, "BYSETPOS="+list(2, signed(5)))
			}
		}
		some(3, "BYMINUTE="+list(2, func() string { return fmt.Sprint(r.IntN(60)) }))
		parts = append(parts, fmt.Sprintf("COUNT=%d", 30+r.IntN(90)))
		start := time.Date(1995+r.IntN(30), time.Month(1+r.IntN(12)), 1+r.IntN(31), r.IntN(24), r.IntN(60), 0, 0, time.UTC)
		out = append(out, [2]string{start.Format("20060102T150405"), strings.Join(parts, ";")})
	}
	return out
}

func TestRulesRepeatAsDateutilSays(t *testing.T) {
	const most = 400
	rules := append(slices.Clone(rulesOfRFC5545), drawnRules(500)...)
	// dateutil does not count a start that the rule does not mean, RFC 5545
	// does: so COUNT is for us to apply, and both are held against each other
	// by what comes after the start.
	without := make([][2]string, len(rules))
	for i, r := range rules {
		parts := slices.DeleteFunc(strings.Split(r[1], ";"), func(p string) bool { return strings.HasPrefix(p, "COUNT=") })
		if !strings.Contains(r[1], "UNTIL") {
			parts = append(parts, "UNTIL=20500101T000000")
		}
		without[i] = [2]string{r[0], strings.Join(parts, ";")}
	}
	input, err := json.Marshal(without)
	if err != nil {
		t.Fatal(err)
	}
	var want [][]string
	if err := json.Unmarshal(python(t, "dateutil", string(input), "rules.py", fmt.Sprint(most)), &want); err != nil {
		t.Fatal(err)
	}
	wrong, compared := 0, 0
	for i, r := range rules {
		count := most
		for part := range strings.SplitSeq(r[1], ";") {
			if n, ok := strings.CutPrefix(part, "COUNT="); ok {
				if _, err := fmt.Sscan(n, &count); err != nil {
					t.Fatal(err)
				}
				count-- // the start is the first
			}
		}
		text := "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:" + r[0] + "\r\nDURATION:PT1M\r\nRRULE:" + r[1] + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
		times, problems := ics.Busy("", []byte(text))
		if len(problems) > 0 {
			t.Errorf("%s from %s: %v", r[1], r[0], problems)
			continue
		}
		var got []string
		for _, x := range times[1:] {
			if x.From.Year() < 2050 {
				got = append(got, x.From.Format("20060102T150405"))
			}
		}
		expected := want[i]
		expected = expected[:min(count, len(expected))]
		if !strings.Contains(r[1], "COUNT=") && !strings.Contains(r[1], "UNTIL=") {
			// An endless rule is followed for 25 years.
			start, err := time.Parse("20060102T150405", r[0])
			if err != nil {
				t.Fatal(err)
			}
			end := start.AddDate(25, 0, 0).Format("20060102T150405")
			expected = slices.DeleteFunc(slices.Clone(expected), func(x string) bool { return x >= end })
			got = got[:min(len(got), most)]
		}
		compared += len(expected)
		if !slices.Equal(got, expected) {
			if wrong++; wrong <= 5 {
				t.Errorf("%s from %s:\ngot  %d %.200v\nwant %d %.200v", r[1], r[0], len(got), got, len(expected), expected)
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d of %d rules repeat otherwise", wrong, len(rules))
	}
	if compared < 10*len(rules) {
		t.Errorf("%d rules were compared by %d occurrences: that is too little to say anything", len(rules), compared)
	}
}
