package ics_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"plenary/export/ics"
)

// startRadicale starts the CalDAV server Radicale on a free port of this
// machine, with an empty store, and gives its address. It stops with the test.
func startRadicale(t *testing.T) string {
	t.Helper()
	if err := exec.Command(systemPython, "-c", "import radicale").Run(); err != nil {
		t.Fatalf("the CalDAV server Radicale is missing for %s; %s", systemPython, setUp)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	server := exec.Command(systemPython, "-m", "radicale", "--config", "", "--server-hosts", address,
		"--auth-type", "none", "--rights-type", "authenticated", "--storage-filesystem-folder", t.TempDir())
	var log strings.Builder
	server.Stdout, server.Stderr = &log, &log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for range 300 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return "http://" + address
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("Radicale does not answer:\n%s", log.String())
	return ""
}

// dav asks a CalDAV server, and fails when the answer is not of the status.
func dav(t *testing.T, method, address, body string, status int, header ...string) (string, http.Header) {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth("planner", "planner")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != status {
		t.Fatalf("%s %s: %s, want %d\n%s\n%s", method, address, answer.Status, status, text, body)
	}
	return string(text), answer.Header
}

// objects takes a calendar apart as CalDAV stores it (RFC 4791, 4.1): by UID a
// calendar of one event, with the zones, without METHOD.
func objects(t *testing.T, text string) map[string]string {
	t.Helper()
	head, events, _ := strings.Cut(text, "BEGIN:VEVENT\r\n")
	head = strings.Replace(head, "METHOD:PUBLISH\r\n", "", 1)
	events = strings.TrimSuffix(events, "END:VCALENDAR\r\n")
	out := map[string]string{}
	for e := range strings.SplitSeq(events, "BEGIN:VEVENT\r\n") {
		uid, _, _ := strings.Cut(strings.SplitN(e, "UID:", 2)[1], "\r\n")
		out[uid] = head + "BEGIN:VEVENT\r\n" + e + "END:VCALENDAR\r\n"
	}
	return out
}

// A report of CalDAV: the events between two moments.
const eventsBetween = `<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<D:prop><D:getetag/><C:calendar-data/></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="%s" end="%s"/></C:comp-filter></C:comp-filter></C:filter>
</C:calendar-query>`

// reported asks for the events between two moments and gives the calendars.
func reported(t *testing.T, collection, from, to string) (out []string) {
	t.Helper()
	text, _ := dav(t, "REPORT", collection, fmt.Sprintf(eventsBetween, from, to), http.StatusMultiStatus, "Depth", "1", "Content-Type", "application/xml")
	var answer struct {
		Response []struct {
			Data string `xml:"propstat>prop>calendar-data"`
		} `xml:"response"`
	}
	if err := xml.Unmarshal([]byte(text), &answer); err != nil {
		t.Fatal(err)
	}
	for _, r := range answer.Response {
		out = append(out, r.Data)
	}
	return out
}

func TestCalDAVServerFollowsThreeVersions(t *testing.T) {
	server := startRadicale(t)
	collection := server + "/planner/compact/"
	dav(t, "MKCALENDAR", collection, "", http.StatusCreated)
	s, plans := read(t, small), editions()
	texts, want := publishedVersions(t, s, plans, ics.Options{}), kept(t, s, plans)
	stored, tags := map[string]string{}, map[string]string{}
	for i, text := range texts {
		written := 0
		for uid, object := range objects(t, text) {
			// As a client does: what is new is created, what changed is
			// replaced if nobody else changed it, the rest is left alone.
			if eventPart(stored[uid]) == eventPart(object) {
				continue
			}
			condition, status := []string{"If-None-Match", "*"}, http.StatusCreated
			if tag := tags[uid]; tag != "" {
				condition = []string{"If-Match", tag}
			}
			_, header := dav(t, http.MethodPut, collection+strings.ReplaceAll(uid, "%", "%25")+".ics", object, status, append(condition, "Content-Type", "text/calendar; charset=utf-8")...)
			stored[uid], tags[uid] = object, header.Get("ETag")
			written++
		}
		if i > 0 && written >= len(stored) {
			t.Errorf("version %d: all %d events were written again", i+1, written)
		}
		whole, _ := dav(t, http.MethodGet, collection, "", http.StatusOK)
		for _, d := range differ(readBack(t, readers["icalendar with our zones"], whole), want[i]) {
			t.Errorf("version %d, the calendar: %s", i+1, d)
		}
		// The server itself works out when events are.
		got := map[string]seen{}
		for _, object := range reported(t, collection, "20170101T000000Z", "20190101T000000Z") {
			for uid, e := range readBack(t, readers["ical.js with our zones"], object) {
				if _, twice := got[uid]; twice {
					t.Errorf("version %d: the server reports %s twice", i+1, uid)
				}
				got[uid] = e
			}
		}
		for _, d := range differ(got, want[i]) {
			t.Errorf("version %d, the report: %s", i+1, d)
		}
		for _, name := range []string{"drivers.panel-1", "negotiation.plenary-1", "briefing.plenary-1"} { // one of each zone
			uid := name + "@a-res-1-2.plenary"
			w, there := want[i][uid]
			if !there {
				continue // not yet
			}
			form := strings.NewReplacer("-", "", ":", "")
			from, to := form.Replace(w.Start), form.Replace(w.End)
			inside := strings.Join(reported(t, collection, from, to), "\n")
			after := strings.Join(reported(t, collection, to, strings.Replace(to, "0000Z", "0001Z", 1)), "\n")
			if !strings.Contains(inside, "UID:"+uid+"\n") && !strings.Contains(inside, "UID:"+uid+"\r\n") {
				t.Errorf("version %d: the server does not find %s between %s and %s", i+1, uid, from, to)
			}
			if strings.Contains(after, "UID:"+uid+"\n") || strings.Contains(after, "UID:"+uid+"\r\n") {
				t.Errorf("version %d: the server finds %s still after %s", i+1, uid, to)
			}
		}
	}
}

// eventPart gives the event of a calendar of one event.
func eventPart(text string) string {
	_, e, _ := strings.Cut(text, "BEGIN:VEVENT")
	return e
}

func TestCalDAVServerTakesTheWholeFileInPlaceOfTheLast(t *testing.T) {
	collection := startRadicale(t) + "/planner/compact/"
	s, plans := read(t, small), editions()
	want := kept(t, s, plans)
	for i, text := range publishedVersions(t, s, plans, ics.Options{}) {
		dav(t, http.MethodPut, collection, text, http.StatusCreated, "Content-Type", "text/calendar; charset=utf-8")
		whole, _ := dav(t, http.MethodGet, collection, "", http.StatusOK)
		// When it takes a file apart, Radicale writes the zones anew, in a form
		// that Debian's icalendar does not read.
		for _, d := range differ(readBack(t, readers["ical.js with our zones"], whole), want[i]) {
			t.Errorf("version %d: %s", i+1, d)
		}
	}
}
