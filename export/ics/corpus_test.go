package ics_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/export/ics"
	"plenary/model/scenario"
)

// unreadable are the mistakes of calendars in testdata/corpus, which real
// producers made: each in the words of Read.
var unreadable = map[string][]string{
	"blackberry_rfc7529_rscale.ics": {
		`8: the rule of repetition "RSCALE=CHINESE;FREQ=YEARLY": the calendar CHINESE is not supported`,
		`14: the rule of repetition "RSCALE=ETHIOPIC;FREQ=MONTHLY;BYMONTH=13": the calendar ETHIOPIC is not supported`,
		`20: the rule of repetition "RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=8;SKIP=FORW…": the calendar HEBREW is not supported`,
		`26: the rule of repetition "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD": SKIP=FORWARD is not supported`,
	},
	"google_icsparser_example.ics": {
		`16: the time ends here, before it begins at 20170623T070000`,
		`17: the time ends here, before it begins at 20170624T131500`,
		`18: the time ends here, before it begins at 20170715T131500`,
		`19: the time ends here, before it begins at 20170716T131500`,
		`22: "20171032T000000" is not a date or time such as 20170508T100000`,
	},
	"outlook11_boeing_invalid.ics": {
		`8: "2006717T100000Z" is not a date or time such as 20170508T100000`,
		`9: "2006717T123000Z" is not a date or time such as 20170508T100000`,
		`10: "2006718T090000Z" is not a date or time such as 20170508T100000`,
		`11: "2006719T100000Z" is not a date or time such as 20170508T100000`,
		`12: "2006719T110000Z" is not a date or time such as 20170508T100000`,
	},
}

// deviations are the calendars that another reader does not read, or reads
// otherwise than we do, with the reason. Whatever we read, some other reader
// must see, but for oursAlone.
var deviations = map[string]map[string]string{
	"apple_ical_mixed_tz.ics": {
		"recurring-ical-events": "puts times without zone into that of X-WR-TIMEZONE, which is of Apple's making",
		"ical.js":               "fails on a date without VALUE=DATE; has no zone data of its own",
	},
	"blackberry_rfc7529_rscale.ics": {
		"recurring-ical-events": "passes over what it does not know",
		"ical.js":               "takes the Chinese calendar for ours",
		"node-ical":             "takes the Chinese, Ethiopic and Hebrew calendars for ours",
	},
	"davx5_ical4j.ics": {
		"recurring-ical-events": "fails on 20210527Z",
		"ical.js":               "fails on 20210527Z",
		"node-ical":             "fails on 20210527Z; puts times without zone into one that the calendar describes",
	},
	"evolution.ics": {
		"recurring-ical-events": "does not find the zone behind the prefix of Evolution",
		"node-ical":             "does not find the zone behind the prefix of Evolution",
	},
	"exchange_blank_tzid.ics": {
		"recurring-ical-events": "takes a zone without a name for none, though the calendar describes it",
		"ical.js":               "takes a zone without a name for none, though the calendar describes it",
		"node-ical":             "fails",
	},
	"exchange_ms_timezones.ics": {
		"recurring-ical-events": "fails on a quotation mark that is never closed",
		"ical.js":               "fails on a quotation mark that is never closed",
	},
	"google_example_rrule.ics": {"ical.js": "has no zone data of its own"},
	"google_icsparser_example.ics": {
		"recurring-ical-events": "does not know (UTC-05:00) Eastern Time (US & Canada)",
		"ical.js":               "has no zone data of its own",
		"node-ical":             "passes over two events",
	},
	"google_timezone_from_file.ics": {"node-ical": "passes over an offset of -07:41"},
	"khal_rdate_period.ics": {
		"recurring-ical-events": "fails on RDATE;VALUE=PERIOD",
		"ical.js":               "passes over an exception without the series",
		"node-ical":             "passes over RDATE",
	},
	"lotus_notes_calconnect.ics":      {"node-ical": "takes the zone Eastern, which the calendar describes, for UTC"},
	"office365_extended_timezone.ics": {"ical.js": "has no zone data of its own"},
	"proton_unknown_value.ics":        {"ical.js": "leaves text of a kind that it does not know as it stands"},
	"synology_date_duration.ics": {
		"recurring-ical-events": "does not read the duration PT1W",
		"ical.js":               "fails on a date without VALUE=DATE",
	},
	"zimbra_recur_instances.ics": {
		"recurring-ical-events": "fails on RDATE;VALUE=PERIOD",
		"ical.js":               "fails on a VTIMEZONE without TZID",
		"node-ical":             "passes over some of RDATE",
	},
}

// oursAlone is what no other reader sees.
var oursAlone = map[string][]occurrence{
	"davx5_ical4j.ics":        {{"2021-05-27T00:00:00", "2021-05-28T00:00:00", "Unknown UTC date"}},
	"exchange_blank_tzid.ics": {{"2015-08-26T09:00:00Z", "2015-08-26T10:00:00Z", ""}},
	"khal_rdate_period.ics":   weekly("2018-04-03T13:00:00Z", "2018-04-03T14:00:00Z", "Event", 18),
	"zimbra_recur_instances.ics": { // all of them RDATE, word by word in the file
		{"2012-11-10T18:00:00Z", "2012-11-10T18:30:00Z", "Crazy Event Thingy!"},
		{"2012-11-30T18:00:00Z", "2012-11-30T18:30:00Z", "Crazy Event Thingy!"},
		{"2023-11-23T09:00:00Z", "2023-11-23T09:30:00Z", "Crazy Event Thingy!"},
		{"2023-11-25T09:00:00Z", "2023-11-25T12:30:00Z", "Crazy Event Thingy!"},
	},
}

// weekly gives an occurrence and its repetitions a week apart.
func weekly(from, to, title string, n int) (out []occurrence) {
	move := func(text string, weeks int) string {
		t, err := time.Parse(time.RFC3339, text)
		if err != nil {
			panic(err)
		}
		return t.AddDate(0, 0, 7*weeks).Format(time.RFC3339)
	}
	for i := range n {
		out = append(out, occurrence{move(from, i), move(to, i), title})
	}
	return out
}

// occurrence is [from, to, title] as other readers give it.
type occurrence [3]string

func occurrences(times []scenario.Interval) (out []occurrence) {
	for _, x := range times {
		form := "2006-01-02T15:04:05Z"
		if x.Floating {
			form = "2006-01-02T15:04:05"
		}
		if x.From.Year() < 2030 {
			out = append(out, occurrence{x.From.UTC().Format(form), x.To.UTC().Format(form), x.Title})
		}
	}
	return out
}

// inWhole makes every event of a calendar count, also those that are cancelled
// or leave their time free.
var inWhole = strings.NewReplacer("TRANSP:TRANSPARENT", "TRANSP:OPAQUE", "STATUS:CANCELLED", "STATUS:CONFIRMED")

// without gives the items of a that b has not, each as often as it is there.
func without(a, b []occurrence) (out []occurrence) {
	count := map[occurrence]int{}
	for _, x := range b {
		count[x]++
	}
	for _, x := range a {
		if count[x]--; count[x] < 0 {
			out = append(out, x)
		}
	}
	return out
}

func TestCalendarsOfRealProducersAreReadAsOthersReadThem(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "corpus", "*.ics"))
	if err != nil || len(files) != 26 {
		t.Fatalf("%d calendars, want 26: %v", len(files), err)
	}
	// Every reader gets every calendar as a whole and event by event, all in one
	// run: so one event on which it fails does not hide the others.
	var texts []string
	at := map[string]int{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := inWhole.Replace(string(src))
		at[file] = len(texts)
		texts = append(append(texts, text), pieces(text)...)
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	read := map[string][][]occurrence{}
	for name, answer := range map[string][]byte{
		"recurring-ical-events": python(t, "recurring_ical_events", string(input), "occurrences.py"),
		"ical.js":               javaScript(t, string(input), "expand.mjs", "2030-01-01"),
		"node-ical":             javaScript(t, string(input), "occurrences.mjs", "2030-01-01"),
	} {
		var all [][]occurrence
		if err := json.Unmarshal(answer, &all); err != nil || len(all) != len(texts) {
			t.Fatalf("%s: %d answers to %d calendars, error %v", name, len(all), len(texts), err)
		}
		for _, list := range all {
			for i := range list {
				list[i][2] = strings.Join(strings.Fields(list[i][2]), " ")
			}
		}
		read[name] = all
	}
	for i, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			from, to := at[file], len(texts)
			if i+1 < len(files) {
				to = at[files[i+1]]
			}
			c, problems := ics.Read(file, []byte(texts[from]), nil)
			var said []string
			for _, p := range problems.Sorted() {
				said = append(said, fmt.Sprintf("%d: %s", p.Place.Line, p.Message))
			}
			if want := unreadable[name]; !slices.Equal(said, want) {
				t.Errorf("problems\n%s\nwant\n%s", strings.Join(said, "\n"), strings.Join(want, "\n"))
			}
			if c == nil {
				t.Fatal("nothing is read")
			}
			got := occurrences(c.Times)
			var others []occurrence
			for _, reader := range slices.Sorted(maps.Keys(read)) {
				theirs := read[reader][from]
				if theirs == nil {
					theirs = slices.Concat(read[reader][from+1 : to]...)
				}
				reason := deviations[name][reader]
				missing, more := without(theirs, got), without(got, theirs)
				switch differ := len(missing)+len(more) > 0; {
				case differ && reason == "":
					t.Errorf("%s: of %d and %d, we alone have %d: %.300v\nit alone has %d: %.300v", reader, len(got), len(theirs), len(more), more, len(missing), missing)
				case !differ && reason != "":
					t.Errorf("%s reads it as we do, though it is said to deviate: %s", reader, reason)
				}
				others = append(others, theirs...)
			}
			if alone, want := without(got, others), oursAlone[name]; !slices.Equal(alone, want) {
				t.Errorf("no other reader sees %v, want %v", alone, want)
			}
		})
	}
}

// pieces gives a calendar for the events of each UID, with everything else that
// stands in the calendar but free/busy times.
func pieces(text string) (out []string) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	text = regexp.MustCompile(`(?s)BEGIN:VFREEBUSY.*?END:VFREEBUSY\n`).ReplaceAllString(text, "")
	event := regexp.MustCompile(`(?s)BEGIN:VEVENT\n.*?END:VEVENT\n`)
	head, tail, ok := strings.Cut(event.ReplaceAllString(text, ""), "END:VCALENDAR")
	if !ok {
		return nil
	}
	byUID := map[string]string{}
	var order []string
	for _, e := range event.FindAllString(text, -1) {
		uid := regexp.MustCompile(`(?m)^UID:.*$`).FindString(e)
		if byUID[uid] == "" {
			order = append(order, uid)
		}
		byUID[uid] += e
	}
	for _, uid := range order {
		out = append(out, head+byUID[uid]+"END:VCALENDAR"+tail)
	}
	return out
}
