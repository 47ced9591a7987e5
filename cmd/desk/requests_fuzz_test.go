package desk_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenary/cmd/desk"
)

// fuzzed is the scenario that requests are about.
const fuzzed = `plenary: 1
title: Two committees
period: 2018-03-05..2018-03-09
include: [un-stations]
stations: {geneva: {rooms: {XX: {seats: 100}}}}
sessions:
  - {id: a, title: A, at: geneva}
  - {id: b, title: B, at: geneva}
`

// place is where the first session of the fuzzed scenario is.
const place = "plenary-plan: 1\nsessions:\n  - {id: a, station: geneva, days: [2018-03-05]}\n  - {id: b, station: geneva, days: [2018-03-07]}\n"

// FuzzRequests sends any body to any action, and any query to what is asked: no
// answer is a fault of the server; afterwards the scenario is still one, the desk
// shows its plan, and opened again it shows the same.
func FuzzRequests(f *testing.F) {
	f.Add("move", `{"version": 1, "session": "a", "day": "2018-03-06"}`, "session=a&days=2018-03-05..2018-03-06")
	f.Add("fact", `{"version": 1, "path": "sessions.a.length", "value": "2 days"}`, "session=a&day=2018-03-08")
	f.Add("fact", `{"version": 1, "path": "extends", "value": "../../secret.yaml"}`, "session=%00")
	f.Add("room", `{"version": 1, "session": "a", "meeting": -1, "room": "XX"}`, "session=a&day=2018-02-30")
	f.Add("seat", `{"version": 1, "session": "a", "meeting": 99999999999999999999}`, "")
	f.Add("take", `{"version": 1, "from": "draft", "number": -5}`, "version=1")
	f.Add("publish", `{"version": 1, "name": "a\r\nb", "note": "<script>"}`, "")
	f.Add("draft", `{"version": 1, "name": "../../x"}`, "")
	f.Add("prefer", `{"version": 1, "number": 9223372036854775807}`, "")
	f.Add("undo", `{"version": 1}`, "days=0001-01-01..9999-12-31&session=a")
	f.Fuzz(func(t *testing.T, action, body, query string) {
		switch action {
		case "plan", "mend", "alternatives": // searches, which others stop
			return
		}
		folder := t.TempDir()
		file := filepath.Join(folder, "s.yaml")
		if err := os.WriteFile(file, []byte(fuzzed), 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := desk.Open(file, filepath.Join(folder, "s.desk"), "plenary test", "en", read)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Begin("mine", []byte(place)); err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct{ method, page, query, body string }{
			{http.MethodPost, "/do/" + action, "", body},
			{http.MethodGet, "/session", query, ""},
			{http.MethodGet, "/days", query, ""},
			{http.MethodGet, "/why", query, ""},
			{http.MethodGet, "/published/" + action, query, ""},
		} {
			if code, said := asked(d, x.method, x.page, x.query, x.body); code >= http.StatusInternalServerError {
				t.Fatalf("%s: %d %s", x.page, code, said)
			}
		}
		if _, _, err := read(file, func(string) {}); err != nil {
			t.Fatalf("the scenario is none any more: %v", err)
		}
		code, shown := asked(d, http.MethodGet, "/state", "", "")
		if code != http.StatusOK || !json.Valid([]byte(shown)) {
			t.Fatalf("the plan is shown no more: %d %s", code, shown)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if d, err = desk.Open(file, filepath.Join(folder, "s.desk"), "plenary test", "en", read); err != nil {
			t.Fatalf("the desk cannot be opened again: %v", err)
		}
		defer d.Close()
		if _, again := asked(d, http.MethodGet, "/state", "", ""); days(t, again) != days(t, shown) {
			t.Fatalf("it shows\n%s\nand opened again\n%s", shown, again)
		}
	})
}

// asked sends one request, as the page does, and gives the answer.
func asked(d *desk.Desk, method, page, query, body string) (int, string) {
	r := httptest.NewRequest(method, "http://desk.example.org/", strings.NewReader(body))
	r.URL.Path, r.URL.RawQuery = page, query
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	d.Server(desk.Access{Hosts: []string{"desk.example.org"}}).Handler.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// days gives where and when the sessions of a state are, in its order.
func days(t *testing.T, state string) string {
	t.Helper()
	var v struct {
		Sessions []struct {
			ID, Station string
			Days        []string
		}
	}
	if err := json.Unmarshal([]byte(state), &v); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(v.Sessions)
}
