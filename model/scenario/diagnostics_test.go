package scenario_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"plenary/model/diag"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
)

var update = flag.Bool("update", false, "write the golden files anew")

// library is what the tests include from, with busy calendars that cannot be
// read.
var library = scenario.Sources{
	Library: scenarios.FS,
	Busy: func(file string, _ []byte) ([]scenario.Interval, diag.List) {
		return nil, diag.List{{Place: diag.Place{File: file}, Message: "BEGIN:VCALENDAR does not stand in it", Mend: "export the calendar again as .ics"}}
	},
}

// readAll reads a scenario and its rules, as a run of the program does.
func readAll(file string) (*scenario.Scenario, diag.List) {
	s, problems := scenario.Read(file, library)
	if s != nil {
		_, more := rule.Of(s)
		problems = append(problems, more...)
	}
	return s, problems
}

// TestEveryMistakeIsSaidAsTheGoldenFileHasIt reads testdata/bad/NAME.yaml, in
// its folder, and compares what is printed with NAME.txt. Files with .base. in
// the name are for others to extend.
func TestEveryMistakeIsSaidAsTheGoldenFileHasIt(t *testing.T) {
	t.Chdir("testdata/bad")
	files, err := filepath.Glob("*.yaml")
	if err != nil || len(files) < 80 {
		t.Fatalf("the folder has %d files: %v", len(files), err)
	}
	for _, file := range files {
		if strings.Contains(file, ".base.") {
			continue
		}
		t.Run(strings.TrimSuffix(file, ".yaml"), func(t *testing.T) {
			_, problems := readAll(file)
			if len(problems) == 0 {
				t.Fatal("no mistake is found")
			}
			sound(t, problems)
			var got bytes.Buffer
			if err := problems.Write(&got); err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".yaml") + ".txt"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v; write it with -update and read it", err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("got\n%s\nwant\n%s", &got, want)
			}
		})
	}
}

// sound checks what holds of every problem: it has a place in a file that
// exists, a message and a mend, and the two differ.
func sound(t *testing.T, problems diag.List) {
	t.Helper()
	for _, p := range problems {
		switch {
		case p.Place.File == "":
			t.Errorf("%q has no file", p.Message)
		case p.Message == "":
			t.Errorf("%s has no message", p.Place)
		case p.Mend == "":
			t.Errorf("%s: %q has no mend", p.Place, p.Message)
		case strings.Contains(p.Message, p.Mend):
			t.Errorf("%s: %q says its mend %q", p.Place, p.Message, p.Mend)
		}
		if p.Place.Line == 0 {
			continue
		}
		if p.Place.Line < 0 || p.Place.Column < 1 || p.Place.Column > utf8.RuneCountInString(p.Place.Text)+1 {
			t.Errorf("%s: %q stands outside its line of %d characters", p.Place, p.Message, utf8.RuneCountInString(p.Place.Text))
		}
		src, err := os.ReadFile(p.Place.File)
		if err != nil {
			continue // of the library
		}
		lines := strings.FieldsFunc(strings.ReplaceAll(string(src), "\r\n", "\n"), func(r rune) bool { return r == 0 })
		if n := strings.Count(strings.Join(lines, ""), "\n") + 1; p.Place.Line > n {
			t.Errorf("%s: %q is said of line %d of %d", p.Place, p.Message, p.Place.Line, n)
		}
	}
}
