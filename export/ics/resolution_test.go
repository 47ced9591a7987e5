package ics_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/export/ics"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/scenarios"
)

// resolution gives three versions of the plan of a scenario that ships: without
// an optional session, with it, and mended after days of another one were
// closed, from which a third was withdrawn.
func resolution(t *testing.T, program, file string) (*scenario.Scenario, []*plan.Plan) {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("..", "..", "scenarios", file))
	if err != nil {
		t.Fatal(err)
	}
	s, problems := scenario.Read(file, scenario.Sources{Library: scenarios.FS})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	folder := t.TempDir()
	call := func(name string, args ...string) *plan.Plan {
		t.Helper()
		cmd := exec.Command(program, append(args, "--plan", name, "--progress", "none")...)
		cmd.Dir = folder
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		src, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		p, problems := plan.Read(name, src, s)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return p
	}
	whole := call("whole.json", "plan", file)
	moving := whole.Session("consultation-2")
	mended := call("mended.json", "repair", file, "whole.json", "--closed", moving.Station+"="+moving.First().String())
	if x := mended.Session("consultation-2"); x != nil && x.First() == moving.First() {
		t.Fatal("nothing moves: the test tries too little")
	}
	first := *whole
	for p, id := range map[*plan.Plan]string{&first: "consultation-1", mended: "consultation-3"} {
		if p.Session(id) == nil {
			t.Fatalf("%s is not held: the test tries too little", id)
		}
		p.Sessions = slices.DeleteFunc(slices.Clone(p.Sessions), func(x plan.Session) bool { return x.ID == id })
	}
	return s, []*plan.Plan{&first, whole, mended}
}

// versionsWanted is what readers must hold of each version but for the days of
// submission, worked out without package ics.
func versionsWanted(s *scenario.Scenario, plans []*plan.Plan, host string) (out []map[string]seen) {
	gone := map[string]seen{}
	for _, p := range plans {
		now := asPlanned(s, p, host)
		for _, d := range p.Documents {
			uid := d.ID + ".issue@" + host
			now[uid] = seen{UID: uid, Start: d.Issued.String(), End: (d.Issued + 1).String(), Status: "CONFIRMED", Busy: "FREE"}
		}
		for uid, e := range gone {
			if _, back := now[uid]; !back {
				e.Status, e.Busy = "CANCELLED", "FREE"
				now[uid] = e
			}
		}
		gone = now
		out = append(out, now)
	}
	return out
}

// withoutSubmissions leaves out the days of submission, and counts them.
func withoutSubmissions(got map[string]seen) (map[string]seen, int) {
	out, n := map[string]seen{}, 0
	for uid, e := range got {
		if strings.Contains(uid, ".submission@") {
			n++
			continue
		}
		out[uid] = e
	}
	return out, n
}

// The resolution's process and its variants, planned by the program, in three
// versions and two languages: every reader sees what was planned, and a CalDAV
// server holds it.
func TestTheResolutionReachesReadersInThreeVersions(t *testing.T) {
	program := filepath.Join(t.TempDir(), "plenary")
	if out, err := exec.Command("go", "build", "-o", program, "../../cmd/plenary").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for file, code := range map[string]string{"gcm-2018.yaml": "ar", "gcm-2018-marrakech.yaml": "en", "gcm-2018-one-team.yaml": "zh"} {
		t.Run(file, func(t *testing.T) {
			s, plans := resolution(t, program, file)
			texts := publishedVersions(t, s, plans, ics.Options{Language: languageNamed(t, code), Refresh: time.Hour})
			_, host, _ := strings.Cut(strings.TrimSpace(uidLine.FindString(texts[0])), "@")
			want := versionsWanted(s, plans, host)
			for i, text := range texts {
				for name, reader := range readers {
					got, submissions := withoutSubmissions(readBack(t, reader, text))
					for _, d := range differ(got, want[i]) {
						t.Errorf("version %d, %s: %s", i+1, name, d)
					}
					if submissions < 2 || len(got) < 120 {
						t.Errorf("version %d, %s: %d entries and %d days of submission: the test tries too little", i+1, name, len(got), submissions)
					}
				}
			}
			if file != "gcm-2018.yaml" {
				return
			}
			collection := startRadicale(t) + "/planner/resolution/"
			dav(t, "MKCALENDAR", collection, "", http.StatusCreated)
			stored := map[string]string{}
			for i, text := range texts {
				for uid, object := range objects(t, text) {
					if eventPart(stored[uid]) == eventPart(object) {
						continue
					}
					dav(t, http.MethodPut, collection+strings.ReplaceAll(uid, "%", "%25")+".ics", object, http.StatusCreated, "Content-Type", "text/calendar; charset=utf-8")
					stored[uid] = object
				}
				held, _ := dav(t, http.MethodGet, collection, "", http.StatusOK)
				got, _ := withoutSubmissions(readBack(t, readers["icalendar with our zones"], held))
				for _, d := range differ(got, want[i]) {
					t.Errorf("version %d, the server: %s", i+1, d)
				}
			}
		})
	}
}
