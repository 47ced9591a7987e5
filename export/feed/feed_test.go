package feed_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"plenary/export/feed"
	"plenary/export/ics"
	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/plan"
	"plenary/model/scenario"
)

const talks = `plenary: 1
title: Talks
period: 2018-01-01..2018-12-21
stations: {geneva: {title: Geneva, zone: Europe/Zurich}, vienna: {title: Vienna, zone: Europe/Vienna}}
sessions:
  - {id: opening, at: geneva, slots: [morning]}
  - {id: closing, at: vienna, slots: [morning]}
`

func read(t *testing.T) *scenario.Scenario {
	t.Helper()
	s, _ := given.Text(t, talks)
	return s
}

// talksOn is a plan with the opening on the day.
func talksOn(day string) *plan.Plan {
	at := func(id, station, day string) plan.Session {
		d := calendar.MustDay(day)
		return plan.Session{ID: id, Station: station, Days: []calendar.Day{d}, Meetings: []plan.Meeting{{Day: d, Slot: "morning", Kind: "plenary", Number: 1}}}
	}
	return &plan.Plan{Sessions: []plan.Session{at("opening", "geneva", day), at("closing", "vienna", "2018-05-15")}}
}

var now = time.Date(2018, 1, 10, 9, 0, 0, 0, time.UTC)

func open(t *testing.T, folder string) *feed.Feed {
	t.Helper()
	f, err := feed.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func address(t *testing.T, f *feed.Feed, audience string) string {
	t.Helper()
	a, err := f.Address(audience, now)
	if err != nil {
		t.Fatal(err)
	}
	return "/" + a.Key + "/talks.ics"
}

func publish(t *testing.T, f *feed.Feed, p *plan.Plan, at time.Time) {
	t.Helper()
	if err := f.Publish(read(t), p, ics.Options{Now: at}); err != nil {
		t.Fatal(err)
	}
}

// ask asks the feed as a program does.
func ask(f http.Handler, method, path string, header ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, answer *http.Response) string {
	t.Helper()
	var from io.Reader = answer.Body
	if answer.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(from)
		if err != nil {
			t.Fatal(err)
		}
		from = z
	}
	text, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestCalendarIsServedUnderItsAddress(t *testing.T) {
	f := open(t, t.TempDir())
	path := address(t, f, "delegations")
	publish(t, f, talksOn("2018-03-05"), now)
	answer := ask(f, http.MethodGet, path)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatalf("%s, %v", answer.Status, answer.Header)
	}
	if text := body(t, answer); !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || !strings.Contains(text, "X-WR-CALNAME:Talks: delegations") {
		t.Errorf("it serves\n%s", text)
	}
	if len(strings.Split(path, "/")[1]) < 26 {
		t.Errorf("the address %s can be guessed", path)
	}
	head := ask(f, http.MethodHead, path)
	if head.StatusCode != http.StatusOK || head.Header.Get("ETag") == "" || body(t, head) != "" {
		t.Errorf("HEAD gives %s, %v", head.Status, head.Header)
	}
}

func TestWhatDidNotChangeIsNotSentAgain(t *testing.T) {
	folder := t.TempDir()
	f := open(t, folder)
	path := address(t, f, "delegations")
	publish(t, f, talksOn("2018-03-05"), now)
	long := now.AddDate(0, 0, -5)
	if err := os.Chtimes(filepath.Join(folder, "delegations.ics"), long, long); err != nil {
		t.Fatal(err)
	}
	publish(t, f, talksOn("2018-03-05"), now.AddDate(0, 0, 1))
	first := ask(f, http.MethodGet, path)
	tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if modified != long.Format(http.TimeFormat) {
		t.Errorf("Last-Modified is %s, was %s", modified, long)
	}
	for name, header := range map[string][]string{
		"by its tag":                  {"If-None-Match", tag},
		"by one of several tags":      {"If-None-Match", `"other", W/` + tag},
		"by its time":                 {"If-Modified-Since", modified},
		"by tag, whatever the time":   {"If-None-Match", tag, "If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"},
		"by any tag":                  {"If-None-Match", "*"},
		"packed, by the packed's tag": {"Accept-Encoding", "gzip", "If-None-Match", ask(f, http.MethodGet, path, "Accept-Encoding", "gzip").Header.Get("ETag")},
	} {
		if answer := ask(f, http.MethodGet, path, header...); answer.StatusCode != http.StatusNotModified || body(t, answer) != "" {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
	// The program starts again a month later, with the same plan.
	again := open(t, folder)
	publish(t, again, talksOn("2018-03-05"), now.AddDate(0, 1, 0))
	if answer := ask(again, http.MethodGet, path, "If-None-Match", tag); answer.StatusCode != http.StatusNotModified {
		t.Errorf("after a start: %s", answer.Status)
	}
	if got := ask(again, http.MethodGet, path).Header.Get("Last-Modified"); got != modified {
		t.Errorf("Last-Modified is %s, was %s", got, modified)
	}
	publish(t, again, talksOn("2018-03-06"), now.AddDate(0, 1, 0))
	answer := ask(again, http.MethodGet, path, "If-None-Match", tag)
	if text := body(t, answer); answer.StatusCode != http.StatusOK || answer.Header.Get("ETag") == tag || !strings.Contains(text, "SEQUENCE:1") || !strings.Contains(text, "20180306T100000") {
		t.Errorf("after a move: %s\n%s", answer.Status, text)
	}
}

func TestPackedForThoseWhoTakeIt(t *testing.T) {
	f := open(t, t.TempDir())
	path := address(t, f, "conference-services")
	publish(t, f, talksOn("2018-03-05"), now)
	bare := ask(f, http.MethodGet, path)
	want := body(t, bare)
	for header, packed := range map[string]bool{
		"": false, "gzip": true, "gzip, deflate, br": true, "br;q=1, GZIP;q=0.5": true, "gzip;q=0": false, "gzip; q=0.0, *": false,
		"*": true, "*;q=0": false, "identity": false, "deflate": false, "gzipped": false,
	} {
		answer := ask(f, http.MethodGet, path, "Accept-Encoding", header)
		if got := answer.Header.Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("Accept-Encoding %q: packed %t, want %t", header, got, packed)
		}
		if got := answer.Header.Get("ETag") != bare.Header.Get("ETag"); got != packed {
			t.Errorf("Accept-Encoding %q: packed and not packed have one tag", header)
		}
		if answer.Header.Get("Vary") != "Accept-Encoding" || body(t, answer) != want {
			t.Errorf("Accept-Encoding %q: another calendar, or no Vary", header)
		}
	}
}

func TestEachAddressShowsItsAudienceItsOwn(t *testing.T) {
	f := open(t, t.TempDir())
	geneva, vienna := address(t, f, "station:geneva"), address(t, f, "station:vienna")
	publish(t, f, talksOn("2018-03-05"), now)
	for path, want := range map[string]string{geneva: "opening", vienna: "closing"} {
		text := body(t, ask(f, http.MethodGet, path))
		for _, id := range []string{"opening", "closing"} {
			if got := strings.Contains(text, "UID:"+id); got != (id == want) {
				t.Errorf("%s shows %s: %t", want, id, got)
			}
		}
	}
	if again := address(t, f, "station:geneva"); again != geneva {
		t.Errorf("Geneva has two addresses: %s and %s", geneva, again)
	}
}

func TestOtherAddressesAreNotFound(t *testing.T) {
	f := open(t, t.TempDir())
	path := address(t, f, "delegations")
	publish(t, f, talksOn("2018-03-05"), now)
	key := strings.Split(path, "/")[1]
	for _, other := range []string{"/", "//", "/talks.ics", "/" + key[1:] + "/talks.ics", "/" + key + "x/talks.ics", "/addresses.json", "/../addresses.json", "/delegations/talks.ics", "/" + strings.ToUpper(key) + "/talks.ics"} {
		if answer := ask(f, http.MethodGet, other); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", other, answer.Status)
		}
	}
}

func TestRevokedAddressIsGone(t *testing.T) {
	folder := t.TempDir()
	f := open(t, folder)
	delegations, geneva := address(t, f, "delegations"), address(t, f, "station:geneva")
	publish(t, f, talksOn("2018-03-05"), now)
	// Revoked by another call, while this one serves.
	other := open(t, folder)
	if n, err := other.Revoke("delegations", now); n != 1 || err != nil {
		t.Fatalf("%d revoked, error %v", n, err)
	}
	if n, err := other.Revoke("webcal://127.0.0.1:8071"+geneva, now); n != 1 || err != nil {
		t.Fatalf("%d revoked, error %v", n, err)
	}
	if n, err := other.Revoke("delegations", now); n != 0 || err != nil {
		t.Errorf("%d revoked a second time, error %v", n, err)
	}
	for _, path := range []string{delegations, geneva} {
		if answer := ask(f, http.MethodGet, path); answer.StatusCode != http.StatusGone || strings.Contains(body(t, answer), "VCALENDAR") {
			t.Errorf("%s: %s", path, answer.Status)
		}
	}
	fresh := address(t, f, "delegations")
	if fresh == delegations {
		t.Error("the revoked address is given out again")
	}
	publish(t, f, talksOn("2018-03-05"), now)
	if answer := ask(f, http.MethodGet, fresh); answer.StatusCode != http.StatusOK {
		t.Errorf("the new address: %s", answer.Status)
	}
}

func TestNothingCanBeChangedThroughIt(t *testing.T) {
	f := open(t, t.TempDir())
	path := address(t, f, "delegations")
	publish(t, f, talksOn("2018-03-05"), now)
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "PROPFIND", "REPORT", "MKCALENDAR", "OPTIONS", "TRACE"} {
		if answer := ask(f, method, path); answer.StatusCode != http.StatusMethodNotAllowed || answer.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %s, Allow %s", method, answer.Status, answer.Header.Get("Allow"))
		}
	}
}

func TestAddressesAreNobodyElsesToRead(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "talks.feed")
	address(t, open(t, folder), "delegations")
	info, err := os.Stat(folder)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, error %v", info.Mode(), err)
	}
}

func TestDamagedAddressesAreSaid(t *testing.T) {
	folder := t.TempDir()
	for _, text := range []string{"", "{", `{"plenary-feed": 2}`, "[]"} {
		if err := os.WriteFile(filepath.Join(folder, "addresses.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := feed.Open(folder); err == nil || !strings.Contains(err.Error(), "is no file of addresses that this program wrote") {
			t.Errorf("%q: error %v", text, err)
		}
	}
}

func TestAudienceThatIsNoMoreKeepsWhatWasPublished(t *testing.T) {
	f := open(t, t.TempDir())
	path, other := address(t, f, "station:geneva"), address(t, f, "delegations")
	publish(t, f, talksOn("2018-03-05"), now)
	p := talksOn("2018-03-05")
	p.Sessions = p.Sessions[1:]
	s, _ := given.Text(t, strings.NewReplacer("geneva: {title: Geneva, zone: Europe/Zurich}, ", "", "  - {id: opening, at: geneva, slots: [morning]}\n", "").Replace(talks))
	err := f.Publish(s, p, ics.Options{Now: now.AddDate(0, 1, 0)})
	if err == nil || !strings.Contains(err.Error(), `the calendar for station:geneva: a calendar for "station:geneva" is not known`) {
		t.Errorf("error %v", err)
	}
	if text := body(t, ask(f, http.MethodGet, path)); !strings.Contains(text, "UID:opening") {
		t.Error("what was published is lost")
	}
	if text := body(t, ask(f, http.MethodGet, other)); !strings.Contains(text, "Cancelled: opening") {
		t.Error("the others were not published")
	}
}

// TestOtherProgramSubscribes lets node-ical fetch the calendar over HTTP, three
// versions one after the other.
func TestOtherProgramSubscribes(t *testing.T) {
	f := open(t, t.TempDir())
	path := address(t, f, "delegations")
	server := httptest.NewServer(f)
	defer server.Close()
	modules, err := filepath.Abs(filepath.Join("..", "..", ".tools", "calendar-readers", "node_modules"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(modules, "node-ical")); err != nil {
		t.Fatal("node-ical is missing; run: make test-setup")
	}
	for i, day := range []string{"2018-03-23", "2018-03-26", "2018-03-27"} { // clocks change on the 25th
		publish(t, f, talksOn(day), now.AddDate(0, 0, i))
		client := exec.Command("node", filepath.Join("testdata", "subscribe.mjs"), modules, server.URL+path)
		var problems bytes.Buffer
		client.Stderr = &problems
		out, err := client.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, problems.String())
		}
		hour := map[string]string{"2018-03-23": "09"}[day]
		if hour == "" {
			hour = "08"
		}
		want := fmt.Sprintf("closing.plenary-1 2018-05-15T08:00:00.000Z\nclosing 2018-05-15\nopening.plenary-1 %sT%s:00:00.000Z\nopening %s\n", day, hour, day)
		if got := regexp.MustCompile(`@talks\.plenary`).ReplaceAllString(string(out), ""); got != want {
			t.Errorf("version %d is read as\n%s\nwant\n%s", i+1, got, want)
		}
	}
}
