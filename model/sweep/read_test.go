package sweep

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"plenary/model/bounded"
	"plenary/model/diag"
)

const head = "plenary-sweep: 1\nscenario: base.yaml\n"

// read reads a sweep that must be sound.
func read(t *testing.T, text string) *Sweep {
	t.Helper()
	s, problems := Read("s.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// told gives cases as number: changes.
func told(cases []Case) string {
	var out []string
	for _, c := range cases {
		out = append(out, fmt.Sprintf("%d%s%v: %s", c.Number, c.Variant, c.Levels, strings.Join(c.Set, " ")))
	}
	return strings.Join(out, "\n")
}

func TestCasesAreEveryCombinationAndThenTheVariants(t *testing.T) {
	s := read(t, head+`
axes:
  teams: {levels: [{label: "<value> teams", values: 1..2, set: [a=<value>, b=<value>]}]}
  venue: {levels: [{label: here}, {label: there, change: {sessions: {c: {at: there, days: 2}}, rules: {r: }}}]}
variants:
  - {id: other, scenario: other.yaml}
  - {id: fewer, title: Fewer rooms, set: rooms=1}
`)
	want := `1[0 0]: a=1 b=1
2[0 1]: a=1 b=1 sessions={c: {at: there, days: 2}} rules={r: ~}
3[1 0]: a=2 b=2
4[1 1]: a=2 b=2 sessions={c: {at: there, days: 2}} rules={r: ~}
5other[]: 
6Fewer rooms[]: rooms=1`
	if got := told(s.Cases()); got != want {
		t.Errorf("%s\ninstead of\n%s", got, want)
	}
	if got := strings.Join(s.Scenarios(), " "); got != "base.yaml other.yaml" {
		t.Error(got)
	}
	if s.Seed != 1 || s.Limits.Duration() != DefaultTime || s.Limits.Rounds != DefaultRounds {
		t.Errorf("seed %d, %s, %d rounds", s.Seed, s.Limits.Duration(), s.Limits.Rounds)
	}
}

func TestASampleDrawsDifferentCombinationsAndTheSameAgain(t *testing.T) {
	for _, c := range []struct {
		name  string
		axes  string
		count int
		want  int
	}{
		{"fewer than there are", "a: {levels: [{values: 1..9, set: a=<value>}]}, b: {levels: [{values: 1..9, set: b=<value>}]}", 20, 20},
		{"nearly all", "a: {levels: [{values: 1..9, set: a=<value>}]}, b: {levels: [{values: 1..9, set: b=<value>}]}", 80, 80},
		{"more than there are", "a: {levels: [{values: 1..3, set: a=<value>}]}", 20, 3},
		{"of very many", "a: {levels: [{values: 1..999, set: a=<value>}]}, b: {levels: [{values: 1..999, set: b=<value>}]}, c: {levels: [{values: 1..999, set: c=<value>}]}", 500, 500},
	} {
		text := fmt.Sprintf("%saxes: {%s}\nsample: {count: %d, seed: 7}\n", head, c.axes, c.count)
		cases := read(t, text).Cases()
		seen := map[string]bool{}
		for _, x := range cases {
			seen[fmt.Sprint(x.Levels)] = true
		}
		if len(cases) != c.want || len(seen) != c.want {
			t.Errorf("%s: %d combinations, %d different ones, instead of %d", c.name, len(cases), len(seen), c.want)
		}
		if told(read(t, text).Cases()) != told(cases) {
			t.Errorf("%s: the same seed draws others", c.name)
		}
		if c.want == c.count && told(read(t, strings.Replace(text, "seed: 7", "seed: 8", 1)).Cases()) == told(cases) {
			t.Errorf("%s: another seed draws the same", c.name)
		}
	}
}

// numbered repeats a text, with the number in place of #.
func numbered(text string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "#", fmt.Sprint(i)))
	}
	return b.String()
}

func TestEveryMistakeOfASweepIsSaidWithItsPlace(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"all at once", "plenary-sweep: 2\nscenario: base.yaml\nlimit: {}\naxes: {a: {levels: [{set: x=1}]}}\n",
			`s.yaml:1:16: version 2 of the sweep file is not known to this program|s.yaml:3:1: unknown key "limit"|s.yaml:4:21: the level has no label`},
		{"no sweep", "plenary: 1\nsessions: []\n", "s.yaml:1:1: this is no sweep: neither plenary-sweep, axes nor variants stand in it"},
		{"a list", "- a\n", "s.yaml:1:1: this is no sweep: neither plenary-sweep, axes nor variants stand in it"},
		{"no YAML", "plenary-sweep: [1\n", "s.yaml:1:16: the bracket that opens here is not closed"},
		{"nothing changed", head, "s.yaml:1:1: nothing is changed: there are neither axes nor variants"},
		{"a scenario above", "plenary-sweep: 1\nscenario: ../../etc/passwd\nvariants: {a: {}}\n", "s.yaml:2:11: ../../etc/passwd lies outside of the folder of the sweep"},
		{"a scenario at the root", "plenary-sweep: 1\nscenario: /etc/passwd\nvariants: {a: {}}\n", "s.yaml:2:11: /etc/passwd lies outside of the folder of the sweep"},
		{"a variant above", head + "variants: {a: {scenario: ../x.yaml}}\n", "s.yaml:3:26: ../x.yaml lies outside of the folder of the sweep"},
		{"too many combinations", head + "axes: {a: {levels: [{values: 1..200, set: a=<value>}]}, b: {levels: [{values: 1..200, set: b=<value>}]}}\n", "s.yaml:3:7: the axes have more than 20000 combinations"},
		{"too many variants beside", head + "axes: {a: {levels: [{values: 1..200, set: a=<value>}]}, b: {levels: [{values: 1..100, set: b=<value>}]}}\nvariants: {v: {}}\n", "s.yaml:3:7: the axes have more than 20000 combinations"},
		{"too many levels", head + "axes: {a: {levels: [{values: [1..600], set: a=<value>}, {label: x<value>, values: 1..600, set: a=<value>}]}}\n", `s.yaml:3:20: the axis "a" has more than 1000 levels`},
		{"too many values", head + "axes: {a: {levels: [{values: 1..2000000000, set: a=<value>}]}}\n", "s.yaml:3:30: these are more than 1000 values"},
		{"values the wrong way round", head + "axes: {a: {levels: [{values: 4..1, set: a=<value>}]}}\n", "s.yaml:3:30: the range ends (1) below where it starts (4)"},
		{"values used nowhere", head + "axes: {a: {levels: [{label: x, values: [1], set: a=1}]}}\n", "s.yaml:3:32: the values are used nowhere"},
		{"a value without values", head + "axes: {a: {levels: [{label: x, set: a=<value>}]}}\n", "s.yaml:3:37: <value> stands here, but the level has no values"},
		{"two levels alike", head + "axes: {a: {levels: [{label: x}, {label: x}]}}\n", `s.yaml:3:33: two levels of the axis "a" are called "x"`},
		{"two axes alike", head + "axes: [{id: a, levels: [{label: x}]}, {id: a, levels: [{label: x}]}]\n", `s.yaml:3:44: the axis "a" stands here for the second time`},
		{"two variants alike", head + "variants: [{id: a}, {id: a}]\n", `s.yaml:3:26: the variant "a" stands here for the second time`},
		{"a label that turns the line round", head + "variants: {a: {title: \"x\\u202Ey\"}}\n", "s.yaml:3:23: here stands the character U+202E, which does not show, and steers what is shown or makes two words look the same"},
		{"a label with an escape", head + "variants: {a: {title: \"\\e[2J\"}}\n", "s.yaml:3:23: here stands the character U+001B, which does not show, and steers what is shown or makes two words look the same"},
		{"a long label", head + "variants: {a: {title: " + strings.Repeat("x", 81) + "}}\n", "s.yaml:3:23: \"" + strings.Repeat("x", 59) + "…\" is longer than 80 characters"},
		{"long changes", head + "variants: {a: {set: [" + strings.Repeat("a="+strings.Repeat("x", 9000)+", ", 4) + "]}}\n", "s.yaml:3:12: the changes are longer than 32 KiB"},
		{"long changes together", head + "axes: {a: {levels: [{values: 1..1000, set: b=" + strings.Repeat("x", 17_000) + "<value>}]}}\n", "s.yaml:3:21: the changes of all levels are longer than 16 MiB together"},
		{"many changes", head + "variants: {a: {set: [" + strings.Repeat("a=1, ", MostSets+1) + "]}}\n", "s.yaml:3:12: there are more than 100 changes"},
		{"many axes", head + "axes:\n" + numbered("  - {id: a#, levels: [{label: x}]}\n", MostAxes+1), "s.yaml:3:1: there are more than 12 axes"},
		{"no time", head + "limits: {time: soon}\nvariants: {a: {}}\n", `s.yaml:3:16: time: "soon" is not a time such as 90s, 2m or 1h30m`},
		{"no time at all", head + "limits: {time: 0s}\nvariants: {a: {}}\n", "s.yaml:3:16: time: it must be longer than nothing and at most 720h"},
		{"a sample of nothing", head + "sample: {count: 0}\nvariants: {a: {}}\n", "s.yaml:3:1: there are no axes to draw combinations from|s.yaml:3:17: count: 0 combinations are none"},
		{"a change that is none", head + "variants: {a: {change: [x]}}\n", "s.yaml:3:24: change: a list stands where keys are expected"},
		{"a path among the keys of a change", head + "variants: {a: {change: {sessions.a: {days: 1}}}}\n", `s.yaml:3:25: unknown key "sessions.a"`},
	} {
		s, problems := Read("s.yaml", []byte(c.text))
		var got []string
		for _, p := range problems.Sorted() {
			got = append(got, p.Error())
			if p.Mend == "" && c.name != "no YAML" {
				t.Errorf("%s: nothing says how to mend it: %s", c.name, p.Error())
			}
		}
		if strings.Join(got, "|") != c.want || s != nil {
			t.Errorf("%s: %s\ninstead of %s", c.name, strings.Join(got, "|"), c.want)
		}
	}
}

func TestHostileSweepsEndSoon(t *testing.T) {
	for name, text := range map[string]string{
		"axes without end":   head + "axes:\n" + strings.Repeat("  - {id: a, levels: [{label: x}]}\n", 50_000),
		"levels without end": head + "axes: {a: {levels: [" + strings.Repeat("{values: 1..1000, set: a=<value>}, ", 5000) + "]}}\n",
		"values in a value":  head + "axes: {a: {levels: [{values: 1..1000, label: x, set: [" + strings.Repeat("a=<value>"+strings.Repeat("<value>", 2000)+", ", 90) + "]}]}}\n",
		"variants":           head + "variants:\n" + strings.Repeat("  - {id: a}\n", 100_000),
	} {
		bounded.Run(t, 20*time.Second, 1<<30, func() {
			if _, problems := Read("s.yaml", []byte(text)); len(problems) == 0 {
				t.Errorf("%s: no problem is found", name)
			}
		})
	}
}

func TestAMistakeInAChangeStandsWhereTheSweepHasIt(t *testing.T) {
	s := read(t, head+`axes:
  a: {levels: [{label: as it is}, {label: wrong, set: [x=1, "y=2"]}]}
variants: {v: {change: {z: 3}}}
`)
	problems := s.Try(func(_ string, set []string) (out diag.List) {
		for _, x := range set {
			if x != "x=1" {
				out.Add(diag.Place{File: "--set " + x, Line: 1, Column: 1}, "this is wrong", "")
			}
		}
		if len(set) == 2 {
			out.Add(diag.Place{File: "base.yaml", Line: 7, Column: 3}, "a rule no longer fits", "")
		}
		return out
	})
	var got []string
	for _, p := range problems.Sorted() {
		got = append(got, p.Error())
	}
	want := "s.yaml:4:56: with “wrong”: a rule no longer fits (base.yaml:7:3)|s.yaml:4:61: with “wrong”: this is wrong|s.yaml:5:25: with “v”: this is wrong"
	if strings.Join(got, "|") != want {
		t.Errorf("%s\ninstead of %s", strings.Join(got, "|"), want)
	}
}

// FuzzRead reads sweeps: no panic, every problem has a place, and what is sound
// has no more cases than allowed.
func FuzzRead(f *testing.F) {
	f.Add([]byte(head + "axes: {a: {title: A, levels: [{label: <value> x, values: [1..3, b], set: [a=<value>]}, {label: y, change: {b: {c: }}}]}}\nsample: {count: 2}\nlimits: {time: 2m, rounds: 3}\n"))
	f.Add([]byte(head + "variants: [{id: a, scenario: b.yaml, set: x}, {id: b, change: {c: [1]}}]\n"))
	f.Add([]byte("plenary-sweep: 9\nscenario: ../x\naxes: []\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, problems := Read("s.yaml", src)
		for _, p := range problems {
			if p.Place.File != "s.yaml" || p.Message == "" {
				t.Errorf("%+v", p)
			}
		}
		if s != nil && len(s.Cases()) > MostCases {
			t.Errorf("%d cases", len(s.Cases()))
		}
	})
}
