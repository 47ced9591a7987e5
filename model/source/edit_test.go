package source

import (
	"strings"
	"testing"
)

const edited = `# a comment at the top
plenary: 1 # of the language
officers:
  chair: # who chairs
    title: "The Chair"
    away:
      - {days: 2018-01, note: old}   # known
  deputy:
    title: Deputy
stations: {geneva: {interpretation: {teams: 2, note: "as ever"}}}
sessions:
  # the first one
  - id: opening
    between: 2017-05   # by the resolution
  - {id: closing, between: 2017-06, days: 2}
`

func TestEditChangesOneValueAndNoOtherByte(t *testing.T) {
	for _, c := range []struct {
		name, path, value string
		add               bool
		was, is           string
	}{
		{"a value in a block", "sessions.opening.between", "2017-05..2017-06", false, "between: 2017-05 ", "between: 2017-05..2017-06 "},
		{"a value in brackets", "sessions.closing.between", "2017-07", false, "between: 2017-06", "between: 2017-07"},
		{"deep in brackets", "stations.geneva.interpretation.teams", "1", false, "teams: 2", "teams: 1"},
		{"a quoted value", "officers.chair.title", "'Chair: new'", false, `"The Chair"`, "'Chair: new'"},
		{"one more of a list", "officers.chair.away", "2018-06", true, "# known\n", "# known\n      - 2018-06\n"},
		{"the first of a list", "officers.deputy.away", "2018-06", true, "title: Deputy\n", "title: Deputy\n    away: [2018-06]\n"},
		{"a key that was not there", "sessions.opening.days", "3", false, "- id: opening\n", "- id: opening\n    days: 3\n"},
	} {
		for _, end := range []string{"\n", "\r\n"} {
			to := func(text string) string { return strings.ReplaceAll(text, "\n", end) }
			out, err := Edit([]byte(to(edited)), c.path, c.value, c.add)
			if want := to(strings.Replace(edited, c.was, c.is, 1)); err != nil || string(out) != want {
				t.Errorf("%s: %v\n%s", c.name, err, out)
			}
		}
	}
}

func TestEditRefusesWhatWouldChangeMore(t *testing.T) {
	for _, c := range []struct {
		name, path, value string
		add               bool
	}{
		{"no value", "sessions.opening.between", " ", false},
		{"two lines", "sessions.opening.between", "2017\nevil: yes", false},
		{"a second key", "sessions.closing.between", "2017-07, optional: yes", false},
		{"the end of the brackets", "sessions.closing.between", "2017-07}\n", false},
		{"a comment that hides the rest", "sessions.closing.between", "2017-07 # ", false},
		{"something of another file", "officers.president.away", "2018-06", true},
		{"a list for a value", "sessions.opening", "x", false},
		{"a key in brackets", "sessions.closing.pin", "x", false},
	} {
		if out, err := Edit([]byte(edited), c.path, c.value, c.add); err == nil {
			t.Errorf("%s: changed to\n%s", c.name, out)
		}
	}
}
