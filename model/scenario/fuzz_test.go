package scenario_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
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
}, Busy: func(_ string, src []byte) ([]scenario.Interval, diag.List) { return nil, nil }}

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
	f.Add([]byte("plenary: 1\ntitle: t\nperiod: 2018\nslots: {am: 10:00-13:00, pm: 15:00-18:00}\nstations: {geneva: {zone: UTC, rooms: {XX: {seats: 1}}}}\nofficers: {chair: {}}\nbusy: {hrc: {}}\nunavailable: [t.csv]\nsessions: [{id: a, at: geneva, chaired-by: chair}]\n"), base,
		[]byte("who,days,slots,note\nofficer:chair,2018-06-04..2018-06-08; 2018-07-16,,x\nstation:geneva,2018-05-14,,\nroom:geneva/XX,2018-05-15,am,\nbody:hrc,2018-06,,\n"))
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

// hostile is what values, keys and lines are replaced by.
var hostile = []string{
	"", "~", "0", "-1", "1", "999999999999", "1.5", "yes", "[]", "{}", "[a, b]", "{a: b}", "*", `"*"`, `"!x"`, `"["`, "a b c", "2018-02-30", "2018-05-07", "2018-05-31..2018-05-01", "1900-01-01..2200-12-31",
	"..", "1..", "..3", "3..1", "0..0", "10 working days", "100000 weeks", "1.. days", "required", "none", "geneva", "vienna", "chair", "opening", "closing", "workshop-*", "workshop-rivers", "draft-report", "moderator", "panel", "discussion",
	"member-states", "observances", "regional_group", "workshop", "é", "null", "{of: opening}", "[{id: opening}]", "{opening: 1.. days}", "{moderator: {from: member-states}}", "{from: nothing, count: 0}", "00:00-24:00", "Europe/Zurich",
}

// torn gives the scenario with some of its text replaced: a value, a key, a
// whole line, or an indentation.
func torn(lines []string, pick func(n int) int) string {
	out := slices.Clone(lines)
	for range 1 + pick(4) {
		i := pick(len(out))
		line := out[i]
		key, _, isKey := strings.Cut(line, ":")
		switch pick(8) {
		case 0:
			out = slices.Delete(out, i, i+1)
		case 1:
			out = slices.Insert(out, i, out[pick(len(out))])
		case 2:
			out[i] = "  " + line
		case 3:
			out[i] = strings.TrimPrefix(line, "  ")
		case 4:
			if isKey {
				out[i] = key + ": " + hostile[pick(len(hostile))]
			}
		default: // one word inside
			words := inner.FindAllStringIndex(line, -1)
			if len(words) > 0 {
				w := words[pick(len(words))]
				out[i] = line[:w[0]] + hostile[pick(len(hostile))] + line[w[1]:]
			}
		}
		if len(out) == 0 {
			out = []string{""}
		}
	}
	return strings.Join(out, "\n")
}

var inner = regexp.MustCompile(`[\w*.-]+`)

// TestTornScenariosAreReadOrReported tears at sound scenarios: no panic, every
// problem has its place, and what is still sound can be said. PLENARY_TORN sets
// how many are torn.
func TestTornScenariosAreReadOrReported(t *testing.T) {
	count := 100
	if n, err := strconv.Atoi(os.Getenv("PLENARY_TORN")); err == nil {
		count = n
	}
	var sources [][]string
	for _, file := range []string{"starter.yaml", "gcm-2018.yaml"} {
		src, err := os.ReadFile(filepath.Join("../../scenarios", file))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer("[un-stations, un-holidays, un-member-states]", "[stations]", "regional_group", "group", "gcm-profiles.csv", "t.csv", "gcm-offers.csv", "t.csv", "gcm-organizations.csv", "t.csv", "gcm-stakeholders.csv", "t.csv").Replace(string(src))
		sources = append(sources, strings.Split(text, "\n"))
	}
	all := scenario.Sources{Library: fstest.MapFS{
		"library/stations.yaml": {Data: []byte("plenary: 1\nstations: {" + strings.Join([]string{"geneva", "vienna", "new-york", "bangkok", "beirut", "santiago", "addis-ababa", "puerto-vallarta", "marrakech"}, ": {zone: UTC}, ") + ": {zone: UTC}}\nrosters: {member-states: {file: m.csv}}\n")},
		"library/m.csv":         {Data: []byte("id,name,group,profile,offers,women\na,A,african,origin,yes,yes\nb,B,weog,transit;destination,yes,no\nc,C,grulac,destination,yes,yes\nd,D,x,origin,yes,\n")},
	}}
	write(t, map[string]string{"t.csv": "id,name,group,women\na,A,african,yes\nb,B,weog,no\n"})
	random := rand.New(rand.NewPCG(1, 2))
	sound, problematic := 0, 0
	for i := range count {
		text := torn(sources[random.IntN(len(sources))], random.IntN)
		if err := os.WriteFile("s.yaml", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		func() {
			defer func() {
				if r := recover(); r != nil {
					if err := os.WriteFile(filepath.Join(os.TempDir(), fmt.Sprintf("torn-%d.yaml", i)), []byte(text), 0o600); err != nil {
						t.Error(err)
					}
					t.Errorf("torn scenario %d: %v\n%s", i, r, debug.Stack())
				}
			}()
			s, problems := scenario.Read("s.yaml", all)
			if s != nil {
				instances, more := rule.Of(s)
				problems = append(problems, more...)
				if len(problems) == 0 {
					sound++
					for _, in := range instances {
						if in.Rule.Statement(s) == "" {
							t.Errorf("%s says nothing", in.ID)
						}
						in.Rule.Ties(s)
					}
				}
			}
			if len(problems) > 0 {
				problematic++
			}
			placed(t, problems)
		}()
	}
	t.Logf("%d are sound, %d are not", sound, problematic)
	if sound == 0 || problematic == 0 {
		t.Errorf("of %d, %d are sound and %d are not: the tearing is too strong or too weak", count, sound, problematic)
	}
}
