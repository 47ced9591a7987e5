package ics_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenary/export/ics"
)

// TestMistakesOfCalendarsAreSaidAsThoseOfScenarios reads calendars that are
// broken on purpose: each mistake has its line, what is wrong and how to mend
// it, all in one go.
func TestMistakesOfCalendarsAreSaidAsThoseOfScenarios(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "hostile", "*.ics"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d calendars: %v", len(files), err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, problems := ics.Read(filepath.Base(file), src, nil)
		if len(problems) == 0 {
			t.Errorf("%s has no problem", file)
		}
		var b strings.Builder
		if err := problems.Write(&b); err != nil {
			t.Fatal(err)
		}
		golden := strings.TrimSuffix(file, ".ics") + ".txt"
		if *update {
			if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("%s says\n%s\nwant\n%s", file, b.String(), want)
		}
	}
}
