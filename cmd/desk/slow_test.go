package desk_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"plenary/cmd/desk"
)

// Every way to keep the desk busy for ever ends: a slow head, a slow body, a
// browser that takes no answer, a connection on which nothing is asked.
func TestWhoIsTooSlowIsCutOff(t *testing.T) {
	file := resolution(t)
	d, err := desk.Open(file, filepath.Join(filepath.Dir(file), "gcm-2018.desk"), "plenary test", "en", read)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	for _, c := range []struct {
		name string
		sent string
		of   func(*http.Server) *time.Duration
	}{
		{"head", "GET /state HTTP/1.1\r\nHost: desk.test\r\n", func(s *http.Server) *time.Duration { return &s.ReadHeaderTimeout }},
		{"body", "POST /do/draft HTTP/1.1\r\nHost: desk.test\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{", func(s *http.Server) *time.Duration { return &s.ReadTimeout }},
		{"nothing more", "GET /state HTTP/1.1\r\nHost: desk.test\r\n\r\n", func(s *http.Server) *time.Duration { return &s.IdleTimeout }},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := d.Server(desk.Access{Hosts: []string{"desk.test"}})
			limit := c.of(server)
			if *limit <= 0 || *limit > 5*time.Minute || server.WriteTimeout <= 0 {
				t.Fatalf("the limit is %v", *limit)
			}
			*limit = 50 * time.Millisecond // so that nobody waits for it here
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			go func() { _ = server.Serve(listener) }()
			defer server.Close()
			connection, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer connection.Close()
			if _, err := io.WriteString(connection, c.sent); err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, connection); err != nil { // until it is cut off
				t.Log(err)
			}
		})
	}
}

// One search runs at a time, whoever asks; a head as large as a file, and a name as long
// as a book, are refused.
func TestNobodyAsksTooMuch(t *testing.T) {
	address := serve(t, resolution(t), "en")
	request, err := http.NewRequest("GET", address+"/state", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Long", strings.Repeat("x", 64<<10))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a head of 64 kB: status %d", response.StatusCode)
	}
	for _, name := range []string{strings.Repeat("n", 81), "two\\nlines", "a\\tb", "a\\u0000b", "a\\u202eb", "a\\u2066b", "a\\u200bb", " \\u00a0 "} {
		if status, _ := post(t, address, "draft", `{"version": 0, "name": "`+name+`"}`); status != http.StatusUnprocessableEntity {
			t.Errorf("name %.20q: status %d", name, status)
		}
	}
	// The marks with which Arabic is written are welcome.
	did(t, address, "draft", `, "name": "الدورة (\u200f2018\u200f)", "note": "\u061c\u200e"`)
	did(t, address, "plan", "")
	if _, said := post(t, address, "alternatives", fmt.Sprintf(`{"version": %d}`, version(t, address))); !strings.Contains(said, "running already") {
		t.Errorf("a second search: %.200s", said)
	}
}

// A change of a file that the scenario names is noticed as one of its own is: the
// plan is judged anew, and what cannot be read is said.
func TestFilesThatTheScenarioNamesAreWatched(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const meeting = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20270101T000000Z\r\nDTSTART;VALUE=DATE:%s\r\nDTEND;VALUE=DATE:%s\r\nSUMMARY:Council\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	write("base.yaml", "plenary: 1\nperiod: 2027-03\ninclude: [un-stations]\ntranslations: [words.csv]\nbusy: {council: {file: council.ics}}\npriorities: [clashes]\nsessions: [{id: talks, at: geneva, title: Talks}]\nrules: [{avoid: {of: talks, days: [council], tier: 1}}]\n")
	write("words.csv", "text,ar\nTalks,محادثات\n")
	write("council.ics", fmt.Sprintf(meeting, "20270301", "20270302"))
	write("variant.yaml", "plenary: 1\nextends: base.yaml\ntitle: Variant\n")
	address := serve(t, filepath.Join(folder, "variant.yaml"), "ar")
	seen := version(t, address)
	for _, c := range []struct{ file, text, says string }{
		{"words.csv", "text,ar\nTalks,مشاورات\n", "مشاورات"},
		{"council.ics", fmt.Sprintf(meeting, "20270308", "20270310"), ""},
		{"base.yaml", "plenary: 1\nperiod: 2027-03\ninclude: [un-stations]\nsessions: [{id: talks, at: vienna, title: Talks}]\n", `"id":"vienna"`},
		{"base.yaml", "plenary: 1\nperiod: [", "cannot be used as it is"},
		{"base.yaml", "plenary: 1\nperiod: 2027-03\ninclude: [un-stations]\nsessions: [{id: talks, at: geneva, title: Talks}]\n", `"id":"geneva"`},
	} {
		write(c.file, c.text)
		_, said := post(t, address, "pin", fmt.Sprintf(`{"version": %d, "session": "talks"}`, seen))
		_, state := get(t, address+"/state")
		if !strings.Contains(said+state, c.says) {
			t.Errorf("%s changed: the page was told %.200s, shown %.900s", c.file, said, state)
		}
		now := version(t, address)
		if broken := strings.Contains(state, "cannot be used"); (now == seen) != broken {
			t.Errorf("%s changed: version %d was %d; cannot be used: %t", c.file, now, seen, broken)
		}
		seen = now
	}
}

// A folder may be called anything: what was published there is found again.
func TestAFolderMayBeCalledAnything(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "plans [2018]")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	was := begun(t, resolution(t))
	if err := os.CopyFS(folder, os.DirFS(filepath.Dir(was))); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "gcm-2018.yaml")
	address := serve(t, file, "en")
	for _, teams := range []string{"2", "3", "4"} {
		did(t, address, "fact", `, "path": "stations.vienna.interpretation.teams", "value": "`+teams+`"`)
	}
	did(t, address, "undo", "")
	if !strings.Contains(content(t, file), "interpretation: {teams: 3,") {
		t.Error("undo has not brought back what was there before")
	}
}
