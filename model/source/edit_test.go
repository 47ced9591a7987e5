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
stations: {geneva: {interpretation: {teams: 2, note: "as ever"}, closed: [{days: 2018-01, note: "a ] or }"}], off: [], on: 2018-03}}
halls:
  main:
    rooms: # in the new building
      XX: {seats: 100}
    # below the rooms
    note: last
sessions:
  # the first one
  - id: opening
    between: 2017-05   # by the resolution
  - {id: closing, between: 2017-06, days: 2}
priorities: # best first
  # what nobody gives up
  - held   # all of them
  # what costs money
  - travel
  - rest
rules:
  - held: {of: "*", tier: 1}
  - near: {of: closing, day: 2017-06-01, tier: 3, note: "a wish, no more"} # ours
  - rest:
      of: "*"
      tier: 2
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
		{"a key that was not there in brackets", "rules.#2.near.weight", "3", false, "no more\"}", "no more\", weight: 3}"},
		{"a key of an item by its number", "rules.#3.rest.weight", "3", false, "of: \"*\"\n      tier", "of: \"*\"\n      weight: 3\n      tier"},
		{"a value of an item by its number", "rules.#2.near.tier", "1", false, "tier: 3, note", "tier: 1, note"},
		{"one more behind a group in brackets", "stations.geneva.closed", "2018-06", true, "or }\"}]", "or }\"}, 2018-06]"},
		{"the first of an empty list", "stations.geneva.off", "2018-06", true, "[]", "[2018-06]"},
		{"one more where one value stood for a list", "stations.geneva.on", "2018-06", true, "2018-03", "[2018-03, 2018-06]"},
		{"a key behind a group", "halls.main.closed", "2018-06", true, "100}\n", "100}\n    closed: [2018-06]\n"},
		{"something of another file", "officers.president.away", "2018-06", true, "title: Deputy\n", "title: Deputy\n  president: {away: [2018-06]}\n"},
		{"something of another file in brackets", "stations.vienna.interpretation.teams", "1", false, "on: 2018-03}}", "on: 2018-03}, vienna: {interpretation: {teams: 1}}}"},
		{"a change in a variant", "change.sessions.opening.between", "2018-06", false, "      tier: 2\n", "      tier: 2\nchange: {sessions: {opening: {between: 2018-06}}}\n"},
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
		{"an item of another file", "sessions.talks.between", "2018-06", false},
		{"a list for a value", "sessions.opening", "x", false},
		{"a number that no item has", "rules.#4.near.tier", "1", false},
		{"a value that opens brackets", "sessions.closing.between", "[2017-07", false},
	} {
		if out, err := Edit([]byte(edited), c.path, c.value, c.add); err == nil {
			t.Errorf("%s: changed to\n%s", c.name, out)
		}
	}
}

func TestRemoveTakesOneItemAndNoOtherByte(t *testing.T) {
	const listed = `plenary: 1
chair:
  title: Chair
  # when nobody chairs
  away:
    - 2018-01   # winter
    - {days: 2018-06, note: summer}
off: {chair: [2018-01, 2018-02, 2018-03], note: some}
vienna: {closed: [{days: 2018-04}], note: some, rooms: [XX]}
deputy:
  title: Deputy
  away:
    - 2018-07 # holidays
  note: last
`
	for _, c := range []struct{ name, path, was, is string }{
		{"the first", "chair.away.#1", "    - 2018-01   # winter\n", ""},
		{"the last", "chair.away.#2", "    - {days: 2018-06, note: summer}\n", ""},
		{"the first in brackets", "off.chair.#1", "[2018-01, ", "["},
		{"one in the middle", "off.chair.#2", "01, 2018-02, ", "01, "},
		{"the last in brackets", "off.chair.#3", ", 2018-03]", "]"},
		{"the only one in brackets, with its key", "vienna.rooms.#1", ", rooms: [XX]}", "}"},
		{"the only one in brackets, with the first key", "vienna.closed.#1", "closed: [{days: 2018-04}], ", ""},
		{"the only one, with its key", "deputy.away.#1", "  away:\n    - 2018-07 # holidays\n", ""},
	} {
		out, err := Remove([]byte(listed), c.path)
		if want := strings.Replace(listed, c.was, c.is, 1); err != nil || string(out) != want {
			t.Errorf("%s: %v\n%s", c.name, err, out)
		}
	}
	for _, path := range []string{"chair.away.#3", "chair.away.#0", "chair.title", "nobody.away.#1"} {
		if out, err := Remove([]byte(listed), path); err == nil {
			t.Errorf("%s: changed to\n%s", path, out)
		}
	}
}

func TestSwapLetsNeighboursChangePlacesWithTheirComments(t *testing.T) {
	for _, c := range []struct {
		name    string
		at      int
		was, is string
	}{
		{"the first two", 0, "  - held   # all of them\n  # what costs money\n  - travel\n", "  # what costs money\n  - travel\n  - held   # all of them\n"},
		{"the last two", 1, "  # what costs money\n  - travel\n  - rest\n", "  - rest\n  # what costs money\n  - travel\n"},
	} {
		out, err := Swap([]byte(edited), "priorities", c.at)
		if want := strings.Replace(edited, c.was, c.is, 1); err != nil || string(out) != want {
			t.Errorf("%s: %v\n%s", c.name, err, out)
		}
	}
	const flow = "plenary: 1\npriorities: [held, \"travel, and rest\" , idle] # best first\n"
	out, err := Swap([]byte(flow), "priorities", 0)
	if want := "plenary: 1\npriorities: [\"travel, and rest\", held , idle] # best first\n"; err != nil || string(out) != want {
		t.Errorf("in brackets: %v\n%s", err, out)
	}
	for _, at := range []int{-1, 2} {
		if _, err := Swap([]byte(edited), "priorities", at); err == nil {
			t.Errorf("an item %d changed places", at)
		}
	}
}
