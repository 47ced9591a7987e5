package ietf_test

import (
	"strings"
	"testing"

	"plenary/export/ietf"
)

// FuzzRead reads any bytes: no panic, a place for every problem, and scenarios for
// what is sound.
func FuzzRead(f *testing.F) {
	f.Add([]byte(small(session("1", "a", `{"kind": "chair_conflict", "target": "b"}`), session("2", "b", `{"kind": "bethere", "person_id": 7}`))))
	f.Add([]byte(small(session("1", "a", `{"kind": "timerange", "unavailable": ["monday-morning"]}`), session("2", "a", `{"kind": "time_relation", "time_relation": "subsequent-days"}`))))
	f.Add([]byte(`{"meeting": null, "rooms": [], "sessions": {}, "timeslots": [1]}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		m, problems := ietf.Read("x.json", src)
		if (m == nil) != (len(problems) > 0) {
			t.Fatalf("meeting %v, problems %v", m, problems)
		}
		for _, p := range problems {
			if p.Place.File != "x.json" || p.Message == "" {
				t.Errorf("%+v", p)
			}
		}
		if m != nil {
			m.Scenario()
			m.Soft = true
			m.Scenario()
		}
	})
}

// Each mistake is one problem, on its line.
func TestMistakesInSessionRequests(t *testing.T) {
	good := small(session("1", "a", `{"kind": "chair_conflict", "target": "b"}`), session("2", "b", ""))
	for _, c := range []struct{ name, old, new, want string }{
		{"no date", "2019-11-16", "soon", "the date of day 0 is missing"},
		{"a part that is missing", `"rooms"`, `"halls"`, `the list "rooms" is missing`},
		{"a room twice", `"name": "Small"`, `"name": "Large"`, `the room "Large" stands here for the second time`},
		{"a capacity that is none", `"capacity": 20`, `"capacity": "many"`, `"capacity" is no whole number from 0 to 1000000`},
		{"a room that there is not", `"start": "15:30", "minutes": 60, "room": "Small"`, `"start": "15:30", "minutes": 60, "room": "Tiny"`, `there is no room "Tiny"`},
		{"no start", `"start": "10:00"`, `"start": "ten"`, "the timeslot has no start"},
		{"past midnight", `"minutes": 60, "room"`, `"minutes": 600, "room"`, "the timeslot runs past midnight"},
		{"in part over another", `"start": "12:20"`, `"start": "11:20"`, "the timeslot overlaps in part with the one at 10:00 of 120 minutes"},
		{"a number twice", `{"id": 2`, `{"id": 1`, "the session has no number, or one that another has"},
		{"a constraint of no kind", "chair_conflict", "chairs", `there is no kind of constraint "chairs"`},
	} {
		src := strings.Replace(good, c.old, c.new, 1)
		if src == good {
			t.Fatalf("%s: nothing was replaced", c.name)
		}
		_, problems := ietf.Read("x.json", []byte(src))
		if len(problems) == 0 || problems[0].Message != c.want || problems[0].Place.Line == 0 {
			t.Errorf("%s: %v, want %s", c.name, problems, c.want)
		}
	}
}
