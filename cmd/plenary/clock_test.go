package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// fromTomorrow gives every file below a folder a time to come, and the calendars
// entries that were written then: as it is after the clock was set back.
func fromTomorrow(t *testing.T, folder string) {
	t.Helper()
	stamps := regexp.MustCompile(`(?m)^(DTSTAMP|CREATED|LAST-MODIFIED):20\d\d`)
	when := time.Now().AddDate(0, 0, 1)
	if err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if strings.HasSuffix(name, ".ics") {
			src, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if err := os.WriteFile(name, stamps.ReplaceAll(src, []byte("${1}:2095")), 0o644); err != nil {
				return err
			}
		}
		return os.Chtimes(name, when, when)
	}); err != nil {
		t.Fatal(err)
	}
}

// stampsOf gives when each entry of a calendar was last modified, and its version.
func stampsOf(t *testing.T, name string) (out []string) {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)^(?:LAST-MODIFIED|DTSTAMP|SEQUENCE):.*$`).FindAllString(string(src), -1) {
		out = append(out, strings.TrimSpace(m))
	}
	return out
}

// What compares stored times with the clock's: the versions of calendars, which grow
// all the same; files that are left behind; and a sweep's queue, which does not wait.
func TestAClockThatWasSetBackLosesNothing(t *testing.T) {
	folder := t.TempDir()
	wideSweep(t, folder, 4)
	call := func(want int, args ...string) string {
		t.Helper()
		p := begin(t, folder, args...)
		status, said := p.end()
		if status != want {
			t.Fatalf("%v: exit status %d:\n%s", args, status, said)
		}
		return said
	}
	call(exitDone, "plan", "base.yaml")
	call(exitDone, "sweep", "wide.yaml", "--progress", "json")
	fromTomorrow(t, folder)
	call(exitDone, "check", "base.yaml", "base.plan.json")
	call(exitDone, "repair", "base.yaml", "base.plan.json", "--closed", "geneva=2018-02-14", "--ics", "next.ics", "--since", "base.ics")
	changed := 0
	for _, stamp := range stampsOf(t, filepath.Join(folder, "next.ics")) {
		switch {
		case stamp == "SEQUENCE:1":
			changed++
		case !strings.HasPrefix(stamp, "SEQUENCE") && !strings.Contains(stamp, ":2095"):
			t.Errorf("the next version of the calendar has an entry from before the last: %s", stamp)
		}
	}
	if changed == 0 {
		t.Error("no entry has a new version")
	}
	call(exitDone, "plan", "base.yaml", "--force", "--since", "base.ics")
	if got := stampsOf(t, filepath.Join(folder, "base.ics")); slices.ContainsFunc(got, func(s string) bool {
		return !strings.HasPrefix(s, "SEQUENCE") && !strings.Contains(s, ":2095") || s == "SEQUENCE:1"
	}) {
		t.Errorf("what did not change is new: %v", got)
	}
	if said := call(exitDone, "sweep", "wide.yaml", "--progress", "json"); strings.Count(said, `"known":true`) != 4 {
		t.Errorf("the sweep asks again what it knew:\n%s", said)
	}
}
