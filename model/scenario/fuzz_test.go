package scenario_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"plenary/model/diag"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
)

// small is a library that is read fast.
var small = scenario.Sources{Library: fstest.MapFS{
	"library/stations.yaml": {Data: []byte("plenary: 1\nstations: {geneva: {zone: UTC, week: mon-fri}, vienna: {zone: UTC}}\nholidays: [days.csv]\n")},
	"library/days.csv":      {Data: []byte("station,date,kind,name\ngeneva,2018-05-01,official,Labour Day\n*,2018-06-15,observance,Eid\n")},
}, Busy: func(_ string, src []byte) ([]scenario.Interval, error) { return nil, nil }}

// FuzzRead reads a scenario, what it extends and a table, with its rules: no
// panic, and every problem has a place in a file. What is sound is read again
// the same, and its rules can be said.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal(err)
	}
	base := []byte("plenary: 1\ntitle: t\nperiod: 2018\n")
	table := []byte("id,name,group\na,A,x\nb,B,y\n")
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if len(src) < 5000 {
			f.Add([]byte(strings.ReplaceAll(string(src), "un-stations", "stations")), base, table)
		}
	}
	f.Add([]byte(strings.NewReplacer("[un-stations, un-holidays, un-member-states]", "[stations]\nrosters: {member-states: {file: t.csv}}", "regional_group", "group").Replace(string(scenarios.Starter))), base, table)
	f.Add([]byte("plenary: 1\nextends: base.yaml\nchange: {sessions: {a: {days: 2}}}\n"), []byte(head+"sessions:\n  - {id: a, at: geneva}\n"), table)
	dir, err := os.MkdirTemp("", "plenary-fuzz")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = os.RemoveAll(dir) })
	f.Fuzz(func(t *testing.T, src, base, table []byte) {
		file := filepath.Join(dir, "s.yaml")
		for name, text := range map[string][]byte{"s.yaml": src, "base.yaml": base, "t.csv": table} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s, problems := scenario.Read(file, small)
		if s == nil && len(problems) == 0 {
			t.Fatal("nothing is read and nothing is said")
		}
		if s == nil {
			placed(t, problems)
			return
		}
		instances, more := rule.Of(s)
		placed(t, append(problems, more...))
		if len(problems)+len(more) > 0 {
			return
		}
		for _, in := range instances {
			if in.Rule.Statement(s) == "" {
				t.Errorf("%s says nothing", in.ID)
			}
			in.Rule.Ties(s)
		}
		again, problems := scenario.Read(file, small)
		if len(problems) > 0 || again.Hash != s.Hash {
			t.Errorf("it is read differently the second time: %v", problems)
		}
	})
}

// placed checks that every problem has a file, a message, and a place inside
// its line.
func placed(t *testing.T, problems diag.List) {
	t.Helper()
	for _, p := range problems {
		at := p.Place
		switch {
		case at.File == "" || p.Message == "":
			t.Errorf("%+v has no file or no message", p)
		case at.Line < 0 || at.Line > 0 && (at.Column < 1 || at.Column > utf8.RuneCountInString(at.Text)+1):
			t.Errorf("%s: %q stands outside its line %q", at, p.Message, at.Text)
		}
	}
	var b strings.Builder
	if err := problems.Write(&b); err != nil || !utf8.ValidString(b.String()) {
		t.Errorf("%v: %q", err, b.String())
	}
}
