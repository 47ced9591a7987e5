package ics_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"plenary/export/ics"
	"plenary/model/bounded"
	"plenary/model/scenario"
)

// calendarOf puts lines between the BEGIN and END of a calendar.
func calendarOf(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
}

// eventOf is a calendar of one event.
func eventOf(lines ...string) string {
	return calendarOf(append(append([]string{"BEGIN:VEVENT", "UID:1"}, lines...), "END:VEVENT")...)
}

// shown gives intervals in short: floating ones without Z.
func shown(times []scenario.Interval) []string {
	var out []string
	for _, x := range times {
		form := "2006-01-02T15:04Z"
		if x.Floating {
			form = "2006-01-02T15:04"
		}
		out = append(out, strings.TrimSpace(x.From.UTC().Format(form)+" "+x.To.UTC().Format(form)+" "+x.Title))
	}
	return out
}

func TestBusyReadsWhatEventsSay(t *testing.T) {
	zone := func(id string) []string {
		return []string{"BEGIN:VTIMEZONE", "TZID:" + id, "BEGIN:STANDARD", "DTSTART:20000101T000000", "TZOFFSETFROM:+0530", "TZOFFSETTO:+0530", "END:STANDARD", "END:VTIMEZONE"}
	}
	in := func(id string, lines ...string) string {
		return calendarOf(slices.Concat(zone(id), []string{"BEGIN:VEVENT"}, lines, []string{"END:VEVENT"})...)
	}
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"UTC":                                 {eventOf("DTSTART:20170508T080000Z", "DTEND:20170508T110000Z", "SUMMARY:A"), []string{"2017-05-08T08:00Z 2017-05-08T11:00Z A"}},
		"zone of the database in summer":      {eventOf("DTSTART;TZID=Europe/Zurich:20170508T100000", "DTEND;TZID=Europe/Zurich:20170508T130000"), []string{"2017-05-08T08:00Z 2017-05-08T11:00Z"}},
		"zone of the database in winter":      {eventOf("DTSTART;TZID=Europe/Zurich:20170108T100000", "DTEND;TZID=Europe/Zurich:20170108T130000"), []string{"2017-01-08T09:00Z 2017-01-08T12:00Z"}},
		"zones of start and end differ":       {eventOf("DTSTART;TZID=Europe/Zurich:20170108T100000", "DTEND;TZID=America/New_York:20170108T100000"), []string{"2017-01-08T09:00Z 2017-01-08T15:00Z"}},
		"zone by its name in Windows":         {eventOf(`DTSTART;TZID="W. Europe Standard Time":20170508T100000`, `DTEND;TZID="W. Europe Standard Time":20170508T130000`), []string{"2017-05-08T08:00Z 2017-05-08T11:00Z"}},
		"a quote that is never closed":        {eventOf(`DTSTART;TZID="W. Europe Standard Time:20170508T100000"`, "DURATION:PT1H"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z"}},
		"zone behind a prefix":                {eventOf("DTSTART;TZID=/mozilla.org/20070129_1/America/Argentina/Buenos_Aires:20170508T100000", "DURATION:PT1H"), []string{"2017-05-08T13:00Z 2017-05-08T14:00Z"}},
		"zone that the calendar describes":    {in("Here", "DTSTART;TZID=Here:20170508T100000", "DURATION:PT1H"), []string{"2017-05-08T04:30Z 2017-05-08T05:30Z"}},
		"zone with a comma in its name":       {in(`Kuala Lumpur\, Singapore`, `DTSTART;TZID="Kuala Lumpur, Singapore":20170508T100000`, "DURATION:PT1H"), []string{"2017-05-08T04:30Z 2017-05-08T05:30Z"}},
		"zone without a name":                 {in("", "DTSTART;TZID=:20170508T100000", "DURATION:PT1H"), []string{"2017-05-08T04:30Z 2017-05-08T05:30Z"}},
		"one word means what is described":    {in("EST", "DTSTART;TZID=EST:20170508T100000", "DURATION:PT1H"), []string{"2017-05-08T04:30Z 2017-05-08T05:30Z"}},
		"known zones need no description":     {in("Europe/Zurich", "DTSTART;TZID=Europe/Zurich:20170508T100000", "DURATION:PT1H"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z"}},
		"a gap in a described zone":           {calendarOf("BEGIN:VTIMEZONE", "TZID:Here", "BEGIN:STANDARD", "DTSTART:20161030T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:20170326T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT", "END:VTIMEZONE", "BEGIN:VEVENT", "DTSTART;TZID=Here:20170326T023000", "DURATION:PT1H", "END:VEVENT", "BEGIN:VEVENT", "DTSTART;TZID=Here:20161030T023000", "DURATION:PT1H", "END:VEVENT"), []string{"2016-10-30T00:30Z 2016-10-30T01:30Z", "2017-03-26T01:30Z 2017-03-26T02:30Z"}},
		"a time that comes twice":             {eventOf("DTSTART;TZID=Europe/Zurich:20171029T023000", "DURATION:PT1H"), []string{"2017-10-29T00:30Z 2017-10-29T01:30Z"}},
		"a time that never comes":             {eventOf("DTSTART;TZID=America/New_York:20170312T023000", "DURATION:PT1H"), []string{"2017-03-12T07:30Z 2017-03-12T08:30Z"}},
		"floating":                            {eventOf("DTSTART:20170508T100000", "DTEND:20170508T130000"), []string{"2017-05-08T10:00 2017-05-08T13:00"}},
		"one whole day":                       {eventOf("DTSTART;VALUE=DATE:20170508"), []string{"2017-05-08T00:00 2017-05-09T00:00"}},
		"a day without VALUE":                 {eventOf("DTSTART:20170508"), []string{"2017-05-08T00:00 2017-05-09T00:00"}},
		"the end of whole days is not in":     {eventOf("DTSTART;VALUE=DATE:20170508", "DTEND;VALUE=DATE:20170510"), []string{"2017-05-08T00:00 2017-05-10T00:00"}},
		"a day that ends where it begins":     {eventOf("DTSTART;VALUE=DATE:20170508", "DTEND;VALUE=DATE:20170508"), []string{"2017-05-08T00:00 2017-05-09T00:00"}},
		"whole days by duration":              {eventOf("DTSTART;VALUE=DATE:20170508", "DURATION:P1W"), []string{"2017-05-08T00:00 2017-05-15T00:00"}},
		"a week as producers write it":        {eventOf("DTSTART;VALUE=DATE:20170508", "DURATION:PT1W"), []string{"2017-05-08T00:00 2017-05-15T00:00"}},
		"days are counted on the wall":        {eventOf("DTSTART;TZID=Europe/Zurich:20170325T120000", "DURATION:P1DT1H"), []string{"2017-03-25T11:00Z 2017-03-26T11:00Z"}},
		"no end, no time":                     {eventOf("DTSTART:20170508T080000Z"), nil},
		"ends as it begins":                   {eventOf("DTSTART:20170508T080000Z", "DTEND:20170508T080000Z"), nil},
		"earlier by the clock, not in time":   {eventOf("DTSTART;TZID=Europe/Zurich:20170508T100000", "DTEND;TZID=America/New_York:20170508T060000"), []string{"2017-05-08T08:00Z 2017-05-08T10:00Z"}},
		"begins when no clock shows it":       {eventOf("DTSTART;TZID=Europe/Zurich:20170326T023000", "DTEND;TZID=Europe/Zurich:20170326T030000"), nil},
		"cancelled":                           {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", "STATUS:CANCELLED"), nil},
		"free":                                {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT"), nil},
		"no start":                            {eventOf("SUMMARY:A"), nil},
		"before 1990":                         {eventOf("DTSTART:19891231T080000Z", "DURATION:PT1H"), nil},
		"into 1990":                           {eventOf("DTSTART:19891231T230000Z", "DURATION:PT2H"), []string{"1990-01-01T00:00Z 1990-01-01T01:00Z"}},
		"after 2100":                          {eventOf("DTSTART:21010101T000000Z", "DURATION:PT1H"), nil},
		"title":                               {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", `SUMMARY;LANGUAGE=fr:Réunion\, très`, `  longue\nà Genève\; 人`), []string{`2017-05-08T08:00Z 2017-05-08T09:00Z Réunion, très longue à Genève; 人`}},
		"a task is no event":                  {calendarOf("BEGIN:VTODO", "DTSTART:20170508T080000Z", "DUE:20170508T090000Z", "END:VTODO"), nil},
		"an alarm is no event":                {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", "BEGIN:VALARM", "TRIGGER:-PT15M", "DURATION:PT5M", "STATUS:CANCELLED", "END:VALARM"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z"}},
		"small letters":                       {"begin:vcalendar\nbegin:vevent\ndtstart:20170508T080000Z\nduration:pt1h\nend:vevent\nend:vcalendar", []string{"2017-05-08T08:00Z 2017-05-08T09:00Z"}},
		"byte order mark and bare CR":         {"\uFEFF" + strings.ReplaceAll(eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H"), "\r\n", "\r"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z"}},
		"lines that are none":                 {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", "", "what", ";=", "X;Y:", "X-A=b"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z"}},
		"free/busy times":                     {calendarOf("BEGIN:VFREEBUSY", "FREEBUSY;FBTYPE=BUSY:20170508T080000Z/PT3H,20170509T080000Z/20170509T090000Z", "FREEBUSY;FBTYPE=FREE:20170510T080000Z/PT3H", "END:VFREEBUSY"), []string{"2017-05-08T08:00Z 2017-05-08T11:00Z", "2017-05-09T08:00Z 2017-05-09T09:00Z"}},
		"summer time does not move a series":  {eventOf("DTSTART;TZID=Europe/Zurich:20170324T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"), []string{"2017-03-24T09:00Z 2017-03-24T10:00Z", "2017-03-25T09:00Z 2017-03-25T10:00Z", "2017-03-26T08:00Z 2017-03-26T09:00Z"}},
		"the start counts, whatever the rule": {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z", "2017-05-09T08:00Z 2017-05-09T09:00Z"}},
		"until a moment, which is in":         {eventOf("DTSTART;TZID=Europe/Zurich:20170508T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20170509T080000Z"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z", "2017-05-09T08:00Z 2017-05-09T09:00Z"}},
		"until a day, which is in":            {eventOf("DTSTART;TZID=Europe/Zurich:20170508T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20170509"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z", "2017-05-09T08:00Z 2017-05-09T09:00Z"}},
		"extra periods":                       {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20170509T080000Z/PT2H,20170510T080000Z/20170510T083000Z"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z", "2017-05-09T08:00Z 2017-05-09T10:00Z", "2017-05-10T08:00Z 2017-05-10T08:30Z"}},
		"an exception by its day":             {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20170509"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z", "2017-05-10T08:00Z 2017-05-10T09:00Z"}},
		"exceptions by a rule":                {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4", "EXRULE:FREQ=DAILY;INTERVAL=2;COUNT=2"), []string{"2017-05-09T08:00Z 2017-05-09T09:00Z", "2017-05-11T08:00Z 2017-05-11T09:00Z"}},
		"an occurrence of no series":          {eventOf("RECURRENCE-ID:20170507T080000Z", "DTSTART:20170508T080000Z", "DURATION:PT1H"), []string{"2017-05-08T08:00Z 2017-05-08T09:00Z"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := ics.Busy("case.ics", []byte(c.text))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if !slices.Equal(shown(got), c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(shown(got), "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestEndlessSeriesRunsTwentyFiveYearsOn(t *testing.T) {
	got, problems := ics.Busy("case.ics", []byte(calendarOf(
		"BEGIN:VEVENT", "DTSTART:19850107T080000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY", "END:VEVENT",
		"BEGIN:VEVENT", "DTSTART:20170508T080000Z", "DURATION:PT1H", "END:VEVENT",
	)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	first, last := got[0].From, got[len(got)-1].From
	if want := time.Date(1990, 1, 1, 8, 0, 0, 0, time.UTC); first != want {
		t.Errorf("the first is %s, want %s", first, want)
	}
	if want := time.Date(2042, 5, 5, 8, 0, 0, 0, time.UTC); last != want {
		t.Errorf("the last is %s, want %s", last, want)
	}
}

func TestBusySaysWhatItCannotRead(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"no calendar":       {"Subject: hello", "case.ics: BEGIN:VCALENDAR does not stand in it"},
		"nothing":           {"", "case.ics: BEGIN:VCALENDAR does not stand in it"},
		"cut off":           {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20170508", "case.ics:2:1: the calendar is cut off: VEVENT has no end"},
		"no such day":       {eventOf("DTSTART:20170230T100000Z"), `case.ics:5:9: "20170230T100000Z" is not a date or time such as 20170508T100000`},
		"no such end":       {eventOf("DTSTART:20170228T100000Z", "DTEND:soon"), `case.ics:6:7: "soon" is not a date or time such as 20170508T100000`},
		"no duration":       {eventOf("DTSTART:20170228T100000Z", "DURATION:3 hours"), `case.ics:6:10: "3 hours" is not a duration such as PT3H`},
		"too long":          {eventOf("DTSTART:20170228T100000Z", "DURATION:P99999W"), "case.ics:6:10: the duration P99999W is too long"},
		"end before start":  {eventOf("SUMMARY:Council", "DTSTART:20170508T080000Z", "DTEND:20170508T070000Z"), `case.ics:7:7: the event “Council” ends here, before it begins at 20170508T080000Z`},
		"an early day":      {eventOf("DTSTART;VALUE=DATE:20170508", "DTEND;VALUE=DATE:20170507"), `case.ics:6:18: the event ends here, before it begins at 20170508`},
		"early elsewhere":   {eventOf("DTSTART;TZID=Europe/Zurich:20170508T100000", "DTEND;TZID=Asia/Tokyo:20170508T120000"), `case.ics:6:23: the event ends here, before it begins at 20170508T100000`},
		"a day too early":   {eventOf("DTSTART:20170508T080000Z", "DTEND;VALUE=DATE:20170508"), `case.ics:6:18: the event ends here, before it begins at 20170508T080000Z`},
		"early repetition":  {eventOf("DTSTART:20170508T080000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20170509T080000Z/20170509T070000Z"), `case.ics:7:37: the time ends here, before it begins at 20170509T080000`},
		"early when busy":   {calendarOf("BEGIN:VFREEBUSY", "FREEBUSY:20170508T080000Z/20170507T080000Z", "END:VFREEBUSY"), `case.ics:4:27: the time ends here, before it begins at 20170508T080000`},
		"unknown zone":      {eventOf("DTSTART;TZID=Atlantis:20170228T100000"), `case.ics:5:14: the time zone "Atlantis" is neither known nor described in the calendar`},
		"path as zone":      {eventOf("DTSTART;TZID=../../etc/passwd:20170228T100000"), `case.ics:5:14: the time zone "../../etc/passwd" is neither known nor described in the calendar`},
		"local zone":        {eventOf("DTSTART;TZID=Local:20170228T100000"), `case.ics:5:14: the time zone "Local" is neither known nor described in the calendar`},
		"no frequency":      {eventOf("DTSTART:20170228T100000Z", "DURATION:PT1H", "RRULE:COUNT=3"), `case.ics:7:7: the rule of repetition "COUNT=3" has no FREQ`},
		"unknown frequency": {eventOf("DTSTART:20170228T100000Z", "DURATION:PT1H", "RRULE:FREQ=FORTNIGHTLY"), `case.ics:7:7: the rule of repetition "FREQ=FORTNIGHTLY": FREQ=FORTNIGHTLY is not known`},
		"out of range":      {eventOf("DTSTART:20170228T100000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMONTH=13"), `case.ics:7:18: the rule of repetition "FREQ=DAILY;BYMONTH=13": BYMONTH=13 is out of range`},
		"other calendar":    {eventOf("DTSTART:20170228", "RRULE:RSCALE=CHINESE;FREQ=YEARLY"), `case.ics:6:7: the rule of repetition "RSCALE=CHINESE;FREQ=YEARLY": the calendar CHINESE is not supported`},
		"empty zone":        {calendarOf("BEGIN:VTIMEZONE", "TZID:Here", "END:VTIMEZONE", "BEGIN:VEVENT", "DTSTART;TZID=Here:20170228T100000", "END:VEVENT"), `case.ics:3:1: the time zone "Here": it has neither standard nor daylight time`},
	} {
		t.Run(name, func(t *testing.T) {
			got, problems := ics.Busy("case.ics", []byte(c.text))
			if len(problems) != 1 || problems[0].Error() != c.want {
				t.Errorf("got %v and problems %v, want %s", shown(got), problems, c.want)
			}
		})
	}
}

func TestOtherReadersExpandAlike(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "busy", "*.ics"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			times, problems := ics.Busy(file, src)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			var got []string
			for _, x := range times {
				form := "2006-01-02T15:04:05Z"
				if x.Floating {
					form = "2006-01-02T15:04:05"
				}
				got = append(got, fmt.Sprintf("%s %s %s", x.From.UTC().Format(form), x.To.UTC().Format(form), x.Title))
			}
			text, err := json.Marshal([]string{string(src)})
			if err != nil {
				t.Fatal(err)
			}
			var read [1][][3]string
			if err := json.Unmarshal(javaScript(t, string(text), "expand.mjs", "2030-01-01"), &read); err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, x := range read[0] {
				want = append(want, strings.Join(x[:], " "))
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

func TestBusyReadsOurOwnCalendars(t *testing.T) {
	s, p := read(t, small), smallPlan()
	times, problems := ics.Busy("small.ics", []byte(write(t, s, p, ics.Options{})))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var want []string
	for _, e := range asPlanned(s, p, "a-res-1-2.plenary") {
		if strings.Contains(e.Start, "T") {
			want = append(want, e.Start[:16]+"Z "+e.End[:16]+"Z")
		}
	}
	var got []string
	for _, x := range times {
		if strings.Contains(x.Title, "part") {
			t.Errorf("the block %q takes time", x.Title)
		}
		got = append(got, strings.Join(strings.Fields(shown([]scenario.Interval{x})[0])[:2], " "))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestHostileCalendarsEndSoon holds that no calendar of the size that scenarios
// read takes long or fills the memory, whatever it asks for.
func TestHostileCalendarsEndSoon(t *testing.T) {
	const size = 4 << 20
	fill := func(head, part, tail string) string {
		return head + strings.Repeat(part, (size-len(head)-len(tail))/len(part)) + tail
	}
	const head, tail = "BEGIN:VCALENDAR\n", "END:VCALENDAR\n"
	eventWith := func(rule string) string {
		return "BEGIN:VEVENT\nDTSTART:19900101T000000Z\nDURATION:PT1H\nRRULE:" + rule + "\nEND:VEVENT\n"
	}
	everything := func(n int) string {
		var items []string
		for i := range n {
			items = append(items, fmt.Sprint(i))
		}
		return strings.Join(items, ",")
	}
	for name, text := range map[string]string{
		"every second":           head + eventWith("FREQ=SECONDLY") + tail,
		"every second of days":   head + eventWith("FREQ=DAILY;BYHOUR="+everything(24)+";BYMINUTE="+everything(60)+";BYSECOND="+everything(60)) + tail,
		"never":                  fill(head, eventWith("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), tail),
		"never, yearly":          fill(head, eventWith("FREQ=YEARLY;BYMONTHDAY=31;BYYEARDAY=1,2,3;BYDAY=-53SU"), tail),
		"never by interval":      fill(head, eventWith("FREQ=HOURLY;INTERVAL=24;BYHOUR=5"), tail),
		"long lists":             fill(head, eventWith("FREQ=DAILY;BYHOUR=1;BYMONTHDAY=31;BYMONTH=2,1;BYYEARDAY=40,"+everything(367)[2:]+";BYSETPOS="+everything(367)[2:]), tail),
		"far back":               fill(head, strings.ReplaceAll(eventWith("FREQ=DAILY;COUNT=1000000000"), "1990", "0001"), tail),
		"daily for ever":         fill(head, eventWith("FREQ=DAILY"), tail),
		"one day, many rules":    fill(head+"BEGIN:VEVENT\nDTSTART:19900101T000000Z\n", "RRULE:FREQ=HOURLY;INTERVAL=23\n", "END:VEVENT\n"+tail),
		"many rules, exceptions": fill(head+"BEGIN:VEVENT\nDTSTART:19900101T000000Z\n", "EXRULE:FREQ=HOURLY;INTERVAL=23\n", "END:VEVENT\n"+tail),
		"many dates":             fill(head+"BEGIN:VEVENT\nDTSTART:19900101T000000Z\nDURATION:PT1H\nRDATE:19900101T000000Z", ",20170508T080000Z", "\nEND:VEVENT\n"+tail),
		"deep":                   fill(head, "BEGIN:VEVENT\n", tail),
		"open and close":         fill(head+strings.Repeat("BEGIN:A\n", 100_000), "END:B\n", tail),
		"one line":               fill(head+"SUMMARY:", "a", "\n"+tail),
		"folds":                  fill(head+"SUMMARY:", "\n a", "\n"+tail),
		"parameters":             fill(head+"SUMMARY", `;A="b"`, ":x\n"+tail),
		"quotes":                 fill(head+"BEGIN:VEVENT\nSUMMARY;A=", `"`, ":x\nEND:VEVENT\n"+tail),
		"replaced again":         fill(head+eventWith("FREQ=DAILY;COUNT=3"), "BEGIN:VEVENT\nRECURRENCE-ID;RANGE=THISANDFUTURE:19900102T000000Z\nDTSTART:19900102T010000Z\nEND:VEVENT\n", tail),
		"zones":                  fill(head, "BEGIN:VEVENT\nDTSTART;TZID=Europe/Zurich/Europe/Zurich/Europe:20170101T000000\nEND:VEVENT\n", tail),
	} {
		t.Run(name, func(t *testing.T) {
			bounded.Run(t, 20*time.Second, 500<<20, func() {
				if times, _ := ics.Busy("hostile.ics", []byte(text)); len(times) > 200_000 {
					t.Errorf("%d times", len(times))
				}
			})
		})
	}
}

func FuzzBusy(f *testing.F) {
	for _, pattern := range []string{filepath.Join("testdata", "*", "*.ics"), filepath.Join("testdata", "*.ics")} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			src, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(src)
		}
	}
	for _, r := range slices.Concat(rulesOfRFC5545, drawnRules(50)) {
		f.Add([]byte(eventOf("DTSTART:"+r[0], "DURATION:PT1H", "RRULE:"+r[1])))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		times, problems := ics.Busy("fuzz.ics", src)
		if len(problems) > 0 && len(times) > 0 {
			t.Errorf("%d times beside the problems %v", len(times), problems)
		}
		lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(src)), "\n")
		for _, p := range problems { // a place is one that is there
			if at := p.Place; at.Line > len(lines) || at.Line > 0 && (at.Column < 1 || at.Width < 1 || at.Column-1+at.Width > max(1, utf8.RuneCountInString(at.Text))) {
				t.Errorf("%s is at column %d, width %d of %q", p.Message, at.Column, at.Width, at.Text)
			}
		}
		for i, x := range times {
			if !x.From.Before(x.To) || x.From.Year() < 1990 || x.To.After(time.Date(2101, 1, 1, 0, 0, 0, 0, time.UTC)) {
				t.Errorf("from %s to %s", x.From, x.To)
			}
			if i > 0 && x.From.Before(times[i-1].From) {
				t.Errorf("%s comes after %s", x.From, times[i-1].From)
			}
		}
	})
}
