package schema

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v3"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
	"plenary/model/sweep"
	"plenary/scenarios"
)

// sources are the libraries that ship, and a reader of calendars that finds
// one meeting in any file.
var sources = scenario.Sources{Library: scenarios.FS, Busy: func(string, []byte) ([]scenario.Interval, diag.List) {
	from := calendar.MustDay("2017-06-06").Time(time.UTC)
	return []scenario.Interval{{From: from, To: from.Add(3 * time.Hour), Title: "a meeting"}}, nil
}}

// resolved reads a schema back from its text, as an editor does.
func resolved(t *testing.T, make func() ([]byte, error)) *jsonschema.Resolved {
	t.Helper()
	src, err := make()
	if err != nil {
		t.Fatal(err)
	}
	var s jsonschema.Schema
	if err := json.Unmarshal(src, &s); err != nil {
		t.Fatal(err)
	}
	r, err := s.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// loaded gives YAML text as an editor sees it.
func loaded(t *testing.T, src []byte) any {
	t.Helper()
	var node yaml.Node
	if err := yaml.Unmarshal(src, &node); err != nil {
		t.Fatalf("%v in\n%s", err, src)
	}
	v, err := plain(node.Content[0])
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchemaIsTheSameEveryTime(t *testing.T) {
	for name, make := range map[string]func() ([]byte, error){"scenario": Scenario, "plan": Plan, "sweep": Sweep} {
		first, err := make()
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			again, err := make()
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, again) {
				t.Fatalf("the schema of a %s differs from one time to the next", name)
			}
		}
	}
}

func TestEveryScenarioAndLibraryFitsTheSchema(t *testing.T) {
	r := resolved(t, Scenario)
	var files []string
	for _, pattern := range []string{"../../scenarios/*.yaml", "../../scenarios/library/*.yaml"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) < 3 {
			t.Fatalf("%s finds %d files: %v", pattern, len(found), err)
		}
		files = append(files, found...)
	}
	files = slices.DeleteFunc(files, func(file string) bool { return strings.HasSuffix(file, "-sweep.yaml") }) // sweeps are no scenarios
	for _, file := range append(files, "testdata/base.yaml") {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Validate(loaded(t, src)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// What the reader takes fits the schema, and what it refuses for its form does not.
func TestSchemaAndReaderOfSweepsAgree(t *testing.T) {
	r := resolved(t, Sweep)
	shipped, err := os.ReadFile("../../scenarios/gcm-sweep.yaml")
	if err != nil {
		t.Fatal(err)
	}
	const head = "plenary-sweep: 1\nscenario: a.yaml\n"
	for name, c := range map[string]struct {
		text  string
		sound bool
	}{
		"the one that ships":             {string(shipped), true},
		"axes by id":                     {head + "axes: {a: {levels: [{label: <value>, values: 1..4, set: title=<value>}]}}", true},
		"axes in a list":                 {head + "axes: [{id: a, levels: [{label: x}, {label: y, change: {sessions: {a: {days: 2}}}}]}]", true},
		"a value anywhere in a change":   {head + "axes: {a: {levels: [{label: <value>, values: [1, 2], change: {sessions: {a: {days: <value>}}}}]}}", true},
		"a key taken away":               {head + "variants: {a: {change: {rules: {b: }}}}", true},
		"variants and limits":            {head + "variants: {a: {scenario: b.yaml, set: [title=x]}, b: {set: title=y}}\nlimits: {time: 2m, rounds: 3}\nseed: 2", true},
		"a sample":                       {head + "axes: {a: {levels: [{label: x}, {label: y}]}}\nsample: {count: 2, seed: 3}", true},
		"no scenario":                    {"plenary-sweep: 1\nvariants: {a: {set: title=x}}", false},
		"an unknown key":                 {head + "variants: {a: {set: title=x}}\nlimit: {}", false},
		"an unknown key of a level":      {head + "axes: {a: {levels: [{label: x, value: 1}]}}", false},
		"an axis without levels":         {head + "axes: {a: {title: x}}", false},
		"no count in a sample":           {head + "axes: {a: {levels: [{label: x}, {label: y}]}}\nsample: {seed: 3}", false},
		"rounds in words":                {head + "variants: {a: {set: title=x}}\nlimits: {rounds: many}", false},
		"a list where keys are to be":    {head + "variants: {a: {change: [x]}}", false},
		"a scenario where a sweep is to": {"plenary: 1\ntitle: x\nperiod: 2018\nsessions: [{id: a, at: geneva}]", false},
	} {
		_, problems := sweep.Read("s.yaml", []byte(c.text))
		if fits := r.Validate(loaded(t, []byte(c.text))); (fits == nil) != c.sound || (len(problems) == 0) != c.sound {
			t.Errorf("%s: want %t, the schema says %v, the reader %v", name, c.sound, fits, problems)
		}
	}
	// The reader finds these when it tries the change on the scenario.
	for _, change := range []string{"colour: blue", "extends: b.yaml"} {
		if r.Validate(loaded(t, []byte(head+"variants: {a: {change: {"+change+"}}}"))) == nil {
			t.Errorf("a change of %s fits", change)
		}
	}
}

func TestBrokenScenariosDoNotFitTheSchema(t *testing.T) {
	const head = "plenary: 1\ntitle: x\nperiod: 2018\x2d01..2018-12\n"
	r := resolved(t, Scenario)
	sound := head + "sessions: [{id: a, at: geneva}]\n"
	if err := r.Validate(loaded(t, []byte(sound))); err != nil {
		t.Fatalf("the sound one: %v", err)
	}
	for name, src := range map[string]string{
		"extends without a version":      "extends: a.yaml",
		"no period":                      "plenary: 1\ntitle: x\nsessions: [{id: a, at: geneva}]",
		"no sessions":                    head,
		"no session in sessions":         head + "sessions: []",
		"a session without id":           head + "sessions: [{at: geneva}]",
		"a session without station":      head + "sessions: {a: {days: 2}}",
		"a session with nothing":         head + "sessions: {a: }",
		"an unknown key":                 sound + "colour: blue",
		"an unknown key of a session":    head + "sessions: [{id: a, at: geneva, colour: blue}]",
		"a month that is none":           "plenary: 1\ntitle: x\nperiod: 2018-13..2018-14\nsessions: [{id: a, at: geneva}]",
		"a day written otherwise":        head + "sessions: [{id: a, at: geneva, pin: {start: 08.05.2017}}]",
		"a month where a day is wanted":  head + "sessions: [{id: a, at: geneva, pin: {start: 2017-05}}]",
		"a count in words":               head + "sessions: [{id: a, at: geneva, days: two}]",
		"a count below nothing":          head + "sessions: [{id: a, at: geneva, days: -1}]",
		"half a day":                     head + "sessions: [{id: a, at: geneva, days: 1.5}]",
		"a duration without unit word":   head + "sessions: [{id: a, at: geneva, within: 3 fortnights}]",
		"a gap without number":           head + "sessions: [{id: a, at: geneva, before: {b: soon}}]",
		"interpretation of another word": head + "sessions: [{id: a, at: geneva, interpretation: perhaps}]",
		"optional perhaps":               head + "sessions: [{id: a, at: geneva, optional: perhaps}]",
		"a week of no days":              sound + "stations: {geneva: {week: always}}",
		"a room without seats":           sound + "stations: {geneva: {rooms: {XX: {booths: 6}}}}",
		"a number of rooms as a list":    sound + "stations: {geneva: {rooms: {XX: {seats: [6]}}}}",
		"text where keys are expected":   sound + "stations: geneva",
		"a rule of no kind":              sound + "rules: [{of: a, at-most: 2}]",
		"a rule of an unknown kind":      sound + "rules: [{day-limit: {of: a, at-most: 2}}]",
		"two rules in one item":          sound + "rules: [{breaks: {of: a}, idle: {of: a}}]",
		"a rule without its field":       sound + "rules: [{length: {of: a}}]",
		"a rule of nothing":              sound + "rules: [{held: }]",
		"a rule for no session":          sound + "rules: [{held: {of: [], tier: 1}}]",
		"a field of another rule":        sound + "rules: [{length: {of: a, days: 2, seat: x}}]",
		"a side of neither":              sound + "rules: [{adjacent-to: {of: a, to: b, side: beside, within: 1}}]",
		"a weight without a tier":        sound + "rules: [{held: {of: a, weight: 2}}]",
		"a rule made by keys alone":      sound + "rules: [{rooms: {}}]",
		"change without extends":         sound + "change: {title: y}",
		"an unknown key in a change":     "plenary: 1\nextends: a.yaml\nchange: {colour: blue}",
		"an extends in a change":         "plenary: 1\nextends: a.yaml\nchange: {extends: b.yaml}",
		"a wrong day in a change":        "plenary: 1\nextends: a.yaml\nchange: {sessions: {a: {pin: {start: soon}}}}",
		"an unknown field by rule id":    "plenary: 1\nextends: a.yaml\nchange: {rules: {twelve: {colour: 3}}}",
		"no scenario at all":             "[1, 2]",
	} {
		if r.Validate(loaded(t, []byte(src))) == nil {
			t.Errorf("%s fits the schema:\n%s", name, src)
		}
	}
}

func TestChangesNeedNothingAndMayTakeAway(t *testing.T) {
	r := resolved(t, Scenario)
	for name, src := range map[string]string{
		"extends alone":            "plenary: 1\nextends: a.yaml",
		"a session by its id":      "plenary: 1\nextends: a.yaml\nchange: {sessions: {a: {days: 2}}}",
		"a session taken away":     "plenary: 1\nextends: a.yaml\nchange: {sessions: {a: }}",
		"a session added":          "plenary: 1\nextends: a.yaml\nchange: {sessions: [{id: a, at: geneva}]}",
		"a key taken away":         "plenary: 1\nextends: a.yaml\nchange: {sessions: {a: {room: }}}",
		"all rooms taken away":     "plenary: 1\nextends: a.yaml\nchange: {stations: {geneva: {rooms: }}}",
		"a rule taken away":        "plenary: 1\nextends: a.yaml\nchange: {rules: {twelve: }}",
		"a field of a rule":        "plenary: 1\nextends: a.yaml\nchange: {rules: {twelve: {at-most: 14}}}",
		"a field with its kind":    "plenary: 1\nextends: a.yaml\nchange: {rules: {twelve: {day-cap: {at-most: 14}}}}",
		"a rule made hard":         "plenary: 1\nextends: a.yaml\nchange: {rules: {twelve: {tier: }}}",
		"a rule added":             "plenary: 1\nextends: a.yaml\nchange: {rules: [{held: {id: all, of: a, tier: 1}}]}",
		"without the word change":  "plenary: 1\nextends: a.yaml\nsessions: {a: {days: 2}}",
		"a closure in short":       "plenary: 1\nextends: a.yaml\nchange: {stations: {geneva: {closed: 2018-05}}}",
		"a member by its id":       "plenary: 1\nextends: a.yaml\nchange: {rosters: {experts: {members: {iom: {gender: f}}}}}",
		"a gap changed":            "plenary: 1\nextends: a.yaml\nchange: {sessions: {a: {before: {b: {gap: 2 weeks}}}}}",
		"the order of a programme": "plenary: 1\nextends: a.yaml\nchange: {programmes: {p: {meetings: [{kind: panel}]}}}",
	} {
		if err := r.Validate(loaded(t, []byte(src))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEveryExampleFitsTheSchemaWhereItStands checks the examples that editors
// offer: each by the schema that it is an example of.
func TestEveryExampleFitsTheSchemaWhereItStands(t *testing.T) {
	for name, make := range map[string]func() ([]byte, error){"scenario": Scenario, "plan": Plan} {
		src, err := make()
		if err != nil {
			t.Fatal(err)
		}
		var root jsonschema.Schema
		if err := json.Unmarshal(src, &root); err != nil {
			t.Fatal(err)
		}
		// One schema of which every key's schema is a property.
		all := jsonschema.Schema{Defs: root.Defs, Properties: map[string]*jsonschema.Schema{}}
		examples := map[string]any{}
		for _, id := range sortedKeys(root.Defs) {
			for _, key := range sortedKeys(root.Defs[id].Properties) {
				p := root.Defs[id].Properties[key]
				if p.Description == "" {
					t.Errorf("%s: %s of %s has no description", name, key, id)
				}
				for _, example := range p.Examples {
					at := id + " " + key
					all.Properties[at] = &jsonschema.Schema{Ref: "#/$defs/" + id + "/properties/" + key}
					examples[at] = example
				}
			}
		}
		r, err := all.Resolve(nil)
		if err != nil {
			t.Fatal(err)
		}
		seen := len(examples)
		for _, at := range sortedKeys(examples) {
			if err := r.Validate(map[string]any{at: examples[at]}); err != nil {
				t.Errorf("%s: the example of %s: %v", name, at, err)
			}
		}
		if seen < 20 {
			t.Errorf("%s: only %d examples were checked", name, seen)
		}
	}
}

// TestTextPatternsAgreeWithTheReader holds the patterns against the parsers.
func TestTextPatternsAgreeWithTheReader(t *testing.T) {
	parse := map[string]func(string) error{
		"day":      func(s string) error { _, err := calendar.ParseDay(s); return err },
		"range":    func(s string) error { _, err := calendar.ParseRange(s); return err },
		"duration": func(s string) error { _, err := calendar.ParseDuration(s); return err },
		"week":     func(s string) error { _, err := calendar.ParseWeek(s); return err },
		"count":    func(s string) error { _, err := source.ParseCount(s); return err },
		"gap":      func(s string) error { _, err := source.ParseGap(s); return err },
	}
	inputs := []string{"", " ", "0", "3", "03", "-1", "+3", "1.5", "1..", "..4", "..", "2..3", "2 .. 3", "2...3", "x", "3 days", "1 day", "10 working days", "1 working  day",
		"6 weeks", "1 week", "6 months", "3 ", " 3 days", "3days", "1..10 days", "5.. working days", "..2 weeks", "1..10", "1 ..10 days", "2017-05-08", "2017-05", "2017", "2017-5-8", "2017-13",
		"2017-00", "2017-05-32", "2017-05-00", "2017-04-18..2017-05-31", "2017-04..2017-05", "2017-04 .. 2017-05", "2017-04..", "..2017-04", "2017-04-18...2017-05-31", "8 May 2017",
		"mon-fri", "Mon-Fri", "SUN-THU", "mon tue", "mon, tue", "monday", "mo", "fri-mon", "mon-", "-fri", "1000000", "100000", "100001 days", "7777777"}
	for _, x := range texts {
		inputs = append(inputs, x.examples...)
	}
	tested := 0
	for _, x := range texts {
		read := parse[x.name]
		if read == nil {
			continue
		}
		tested++
		r, err := x.schema().Resolve(nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range inputs {
			accepts := r.Validate(in) == nil
			// The schema cannot know how large a number is inside a text.
			if huge := strings.Contains(in, "100001") || strings.Contains(in, "7777777") || in == "1000000"; huge && accepts {
				continue
			}
			if err := read(in); (err == nil) != accepts {
				t.Errorf("%s %q: the schema accepts it: %v; the reader says: %v", x.name, in, accepts, err)
			}
		}
		for _, example := range x.examples {
			if err := read(example); err != nil {
				t.Errorf("the example of a %s: %v", x.name, err)
			}
		}
	}
	if tested != len(parse) {
		t.Errorf("%d of %d parsers were tested", tested, len(parse))
	}
}

// decodes tells whether the reader takes the shape of a scenario: all keys,
// and the fields of all rules.
func decodes(src []byte) bool {
	node, problems := source.Parse("x.yaml", src)
	if node == nil || node.Kind != source.Mapping {
		return false
	}
	var s scenario.Scenario
	source.Decode(node, &s, &problems)
	for _, item := range s.Rules {
		if item == nil || item.Kind != source.Mapping || len(item.Keys) != 1 {
			return false
		}
		k := rule.KindNamed(item.Keys[0].Value)
		if k == nil || k.Example == "" {
			return false
		}
		source.Decode(item.Items[0], k.New(), &problems)
	}
	return len(problems) == 0
}

// TestSchemaAndReaderAgree damages a scenario in thousands of places. What the
// decoder refuses, the schema refuses; and what the schema refuses, the reader
// as a whole refuses too.
func TestSchemaAndReaderAgree(t *testing.T) {
	r := resolved(t, Scenario)
	dir := beside(t)
	base, err := os.ReadFile("testdata/base.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	text.Write(base)
	text.WriteString("rules:\n")
	for _, k := range listed() {
		text.WriteString("  - " + k.Name + ": " + k.Example + "\n")
	}
	if problems := read(t, dir, text.String()); len(problems) > 0 {
		t.Fatalf("the undamaged scenario: %v", problems)
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text.String()), &root); err != nil {
		t.Fatal(err)
	}
	damages := []string{"~", "zz zz", "3", "[]", "[zz zz]", "{zz: 1}"}
	checked, refused := 0, 0
	done := map[string]bool{}
	try := func(what string) {
		if done[what] {
			return
		}
		done[what] = true
		src, err := yaml.Marshal(&root)
		if err != nil {
			t.Fatal(err)
		}
		checked++
		seen, err := plain(root.Content[0])
		if err != nil {
			t.Fatal(err)
		}
		invalid := r.Validate(seen)
		switch ok := decodes(src); {
		case !ok && invalid == nil:
			t.Errorf("%s: the decoder refuses it, the schema does not", what)
		case ok && invalid != nil:
			if problems := read(t, dir, string(src)); len(problems) == 0 {
				t.Errorf("%s: the schema refuses what the reader accepts: %v", what, invalid)
			}
		}
		if invalid != nil {
			refused++
		}
	}
	var walk func(n *yaml.Node, path string)
	walk = func(n *yaml.Node, path string) {
		whole := *n
		for _, damage := range damages {
			var other yaml.Node
			if err := yaml.Unmarshal([]byte(damage), &other); err != nil {
				t.Fatal(err)
			}
			*n = *other.Content[0]
			try(path + " = " + damage)
		}
		*n = whole
		switch n.Kind {
		case yaml.MappingNode:
			content := n.Content
			n.Content = append(slices.Clone(content), &yaml.Node{Kind: yaml.ScalarNode, Value: "zz"}, &yaml.Node{Kind: yaml.ScalarNode, Value: "1"})
			try(path + " with an unknown key")
			for i := 0; i+1 < len(content); i += 2 {
				n.Content = slices.Delete(slices.Clone(content), i, i+2)
				try(path + " without " + content[i].Value)
			}
			n.Content = content
			for i := 0; i+1 < len(content); i += 2 {
				walk(content[i+1], path+" "+content[i].Value)
			}
		case yaml.SequenceNode:
			for _, item := range n.Content {
				walk(item, path+" -")
			}
		}
	}
	walk(root.Content[0], "scenario")
	if checked < 1000 || refused < checked/4 || refused > checked*9/10 {
		t.Errorf("%d damages, %d refused: the test has lost its teeth", checked, refused)
	}
}

// beside gives a folder with the scenarios that ship and the test's own files.
func beside(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, from := range []string{"../../scenarios", "testdata"} {
		entries, err := os.ReadDir(from)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if !slices.Contains([]string{".yaml", ".csv", ".ics"}, filepath.Ext(e.Name())) {
				continue
			}
			src, err := os.ReadFile(filepath.Join(from, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, e.Name()), src, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// read reads a scenario with its rules in the folder.
func read(t *testing.T, dir, text string) diag.List {
	t.Helper()
	file := filepath.Join(dir, "example.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, problems := scenario.Read(file, sources)
	if len(problems) > 0 {
		return problems
	}
	_, problems = rule.Of(s)
	return problems
}

func TestPlansFitTheSchema(t *testing.T) {
	r := resolved(t, Plan)
	day := calendar.MustDay("2017-05-08")
	p := plan.Plan{Version: plan.Version, Program: "plenary", Scenario: plan.Source{Title: "x"}, Status: plan.Optimal,
		Tiers: []plan.Tier{{Tier: 1, Title: "x", Proven: true}},
		Sessions: []plan.Session{{ID: "a", Station: "geneva", Days: []calendar.Day{day},
			Meetings: []plan.Meeting{{Day: day, Slot: "morning", Kind: "panel", Number: 1, Room: "XX", Seats: map[string][]string{"moderator": {"MEX"}}}}}},
		Documents: []plan.Document{{ID: "d", Issued: day}}}
	src, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Validate(loaded(t, src)); err != nil {
		t.Error(err)
	}
	for name, src := range map[string]string{
		"no version":             "sessions: []",
		"a session without days": "plenary-plan: 1\nsessions: [{id: a, station: geneva}]",
		"a status of no kind":    "plenary-plan: 1\nsessions: []\nstatus: good",
		"a day that is none":     "plenary-plan: 1\nsessions: [{id: a, station: geneva, days: [tomorrow]}]",
	} {
		if r.Validate(loaded(t, []byte(src))) == nil {
			t.Errorf("%s fits the schema of plans", name)
		}
	}
}

func TestWordsBelongToKeys(t *testing.T) {
	src, err := Scenario()
	if err != nil {
		t.Fatal(err)
	}
	more, err := Plan()
	if err != nil {
		t.Fatal(err)
	}
	for name, few := range words {
		for _, w := range few {
			if !bytes.Contains(append(src, more...), []byte(`"`+w+`"`)) {
				t.Errorf("the word %s of %s stands in no schema", w, name)
			}
		}
	}
	if _, err := fs.Stat(scenarios.FS, "library"); err != nil {
		t.Error(err)
	}
}
