package desk_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plenary/cmd/desk"
)

// laidOut is a scenario that is laid out in as many ways as there are.
const laidOut = `# what stands on top
---
plenary: 1  # the version
title: "Überprüfung – 审查 𝒳"   # beyond the basic plane
period: 2027-03..2027-04
include: [un-stations]
officers:
  # who chairs
  chair: &chair   # with an anchor
    title: 'The ''Chair'': 𝒳'   # quoted
    away:
      - 2027-03-01   # first
      # between two
      - {days: "2027-03-08..2027-03-09", note: "x, y ] # no comment"}  # second

      - days: 2027-03-15
      # after the last
  deputy:
    title: Deputy 𝒳
  quoted: {title: "Q", away: [2027-03-02, '2027-03-03', "2027-03-04..2027-03-05"]} # in brackets
  lines:
    title: L
    away: [
      2027-03-02,   # a
      {days: 2027-03-03, note: 'it''s }'}    # b
    ]
  single: {title: S, away: 2027-03-02}
  "third": {title: T, away: []}
stations:
  geneva: {interpretation: {teams: 2}, closed: [2027-03-10]} # in brackets
  vienna:
    interpretation:   # a group first
      teams: 2   # t
sessions:
  - {id: opening, at: geneva, days: 2, between: 2027-03}
  - id: closing   # in lines
    at: vienna
    days: 2
    between: "2027-03..2027-04"   # a quoted window
  - id: third
    at: nairobi
    between: &window 2027-04
  - id: fourth
    at: geneva
    between: *window
priorities:   # the best first
- rest   # not indented
- travel
# after
rules:
- near: {id: "r.1", of: opening, day: 2027-03-01, tier: 1}   # a dot in the id
- near:   # in lines
    # inside
    of: closing
    tier: 2   # t
    day: 2027-03-01
    weight: 3   # w
- near: {of: third, day: 2027-03-01, tier: "2",
    weight: 2}
`

// forms is a desk whose forms are filled in.
type forms struct {
	t    *testing.T
	d    *desk.Desk
	file string
}

func filled(t *testing.T, file string) forms {
	t.Helper()
	d, err := desk.Open(file, filepath.Join(filepath.Dir(file), "forms.desk"), "plenary test", "en", read)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return forms{t, d, file}
}

// facts gives what the form offers.
func (f forms) facts() (out []desk.Fact) {
	f.t.Helper()
	_, said := asked(f.d, http.MethodGet, "/facts", "", "")
	if err := json.Unmarshal([]byte(said), &out); err != nil {
		f.t.Fatal(err, said)
	}
	return out
}

// does does one thing on the desk as it is now, and gives what is refused.
func (f forms) does(action, more string) (refused string) {
	f.t.Helper()
	var state struct{ Version int }
	_, said := asked(f.d, http.MethodGet, "/state", "", "")
	if err := json.Unmarshal([]byte(said), &state); err != nil {
		f.t.Fatal(err, said)
	}
	if code, said := asked(f.d, http.MethodPost, "/do/"+action, "", fmt.Sprintf(`{"version": %d%s}`, state.Version, more)); code != http.StatusOK {
		return said
	}
	return ""
}

// However a file is laid out, a form changes one line of it or refuses; what is changed
// is undone to the byte.
func TestFormsKeepEveryLayout(t *testing.T) {
	t.Parallel()
	byHand := []string{"sessions.third.between", "sessions.fourth.between"} // others share the value
	for name, src := range map[string]string{
		"as it is":                                       laidOut,
		"of another system, without a last end":          strings.TrimSuffix(strings.ReplaceAll(laidOut, "\n", "\r\n"), "\r\n"),
		"of two systems, with a mark and its end marked": "\uFEFF" + strings.Replace(laidOut, "\n", "\r\n", 30) + "...\n",
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "forms.yaml")
			if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
				t.Fatal(err)
			}
			f := filled(t, file)
			changes := 0
			for _, fact := range f.facts() {
				value := "5"
				switch {
				case strings.HasSuffix(fact.Path, ".tier"):
					value = map[string]string{"1": "2", "2": "1"}[fact.Value]
				case fact.Days:
					value = "2027-03-16..2027-04-02"
				}
				for _, value := range []string{value, ""} {
					if value == "" && !fact.Item {
						continue
					}
					refused := f.does("fact", fmt.Sprintf(`, "path": %q, "value": %q`, fact.Path, value))
					if (refused != "") != slices.Contains(byHand, fact.Path) {
						t.Errorf("%s = %q is refused: %q", fact.Path, value, refused)
					}
					is := content(t, file)
					if refused != "" {
						if is != src {
							t.Fatalf("%s = %q is refused, and changed", fact.Path, value)
						}
						continue
					}
					changes++
					if was, now := differing(src, is); len(was) > 1 || len(now) > 1 || len(was) <= len(now) && strings.Count(src, "#") != strings.Count(is, "#") {
						t.Errorf("%s = %q made of\n%q\nthis\n%q", fact.Path, value, was, now)
					}
					if value != "" && !slices.ContainsFunc(f.facts(), func(x desk.Fact) bool {
						return strings.HasPrefix(x.Path, strings.TrimSuffix(fact.Path, ".days")) && x.Value == value
					}) {
						t.Errorf("%s is not %q", fact.Path, value)
					}
					if refused := f.does("undo", ""); refused != "" || content(t, file) != src {
						t.Fatalf("%s = %q is not undone: %s", fact.Path, value, refused)
					}
				}
			}
			if changes < 35 {
				t.Errorf("only %d changes were tried", changes)
			}
			if refused := f.does("prefer", `, "number": 0`); refused != "" || !strings.Contains(content(t, file), "tier: 1   # t") {
				t.Errorf("the order is not changed: %s", refused)
			}
		})
	}
}

// differing gives the lines of two texts between those with which both begin and end.
func differing(was, is string) (a, b []string) {
	a, b = strings.Split(was, "\n"), strings.Split(is, "\n")
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// In a variant, what it has from another scenario is changed in its own file, and the
// days that stand in the other one stay.
func TestFormsChangeAVariant(t *testing.T) {
	folder := t.TempDir()
	base := strings.NewReplacer("&window ", "", "*window", "2027-04").Replace(laidOut)
	file := filepath.Join(folder, "variant.yaml")
	for name, text := range map[string]string{"base.yaml": base, "variant.yaml": "plenary: 1\nextends: base.yaml # that one\ntitle: Variant\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f := filled(t, file)
	for _, c := range []struct{ path, value string }{
		{"change.officers.chair.away", "2027-04-01"},
		{"change.officers.chair.away", "2027-04-07..2027-04-08"},
		{"change.stations.geneva.closed", "2027-04-01"},
		{"change.stations.nairobi.closed", "2027-04-01"},
		{"change.stations.vienna.interpretation.teams", "3"},
		{"change.stations.vienna.interpretation.teams", "4"},
		{"change.sessions.closing.between", "2027-04"},
	} {
		if refused := f.does("fact", fmt.Sprintf(`, "path": %q, "value": %q`, c.path, c.value)); refused != "" {
			t.Errorf("%s = %s is refused: %s", c.path, c.value, refused)
		}
	}
	want := `plenary: 1
extends: base.yaml # that one
title: Variant
change: {officers: {chair: {away: [{days: 2027-03-01}, {days: 2027-03-08..2027-03-09, note: "x, y ] # no comment"}, {days: 2027-03-15}, 2027-04-01, 2027-04-07..2027-04-08]}}, stations: {geneva: {closed: [{days: 2027-03-10}, 2027-04-01]}, nairobi: {closed: [2027-04-01]}, vienna: {interpretation: {teams: 4}}}, sessions: {closing: {between: 2027-04}}}
`
	if is := content(t, file); is != want {
		t.Errorf("the variant is\n%s", is)
	}
	if content(t, filepath.Join(folder, "base.yaml")) != base {
		t.Error("the scenario that it extends was changed")
	}
}
