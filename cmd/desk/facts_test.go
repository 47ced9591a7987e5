package desk_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"plenary/model/rule"
	"plenary/model/scenario"
)

// did does one thing on the desk as it is now.
func did(t *testing.T, address, action, more string) {
	t.Helper()
	if status, said := post(t, address, action, fmt.Sprintf(`{"version": %d%s}`, version(t, address), more)); status != http.StatusOK {
		t.Fatalf("%s: %s", action, said)
	}
}

func content(t *testing.T, file string) string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// Every change of the scenario's file is undone to the byte and redone, also after
// the desk was closed and opened again, and also one that somebody else has made.
func TestChangesOfTheFileAreUndoneAndRedone(t *testing.T) {
	file := resolution(t)
	address := serve(t, file, "en")
	texts := []string{content(t, file)}
	for _, c := range []struct{ action, more string }{
		{"fact", `, "path": "officers.president.away", "value": "2018-06-04..2018-06-08"`},
		{"fact", `, "path": "stations.vienna.interpretation.teams", "value": "2"`},
		{"fact", `, "path": "officers.co-facilitator-mexico.away.#1.days", "value": ""`},
		{"fact", `, "path": "sessions.thematic-drivers.between", "value": "2017-05-08..2017-05-31"`},
		{"prefer", `, "number": 2`},
	} {
		did(t, address, c.action, c.more)
		if now := content(t, file); slices.Contains(texts, now) {
			t.Fatalf("%s%s changed nothing", c.action, c.more)
		}
		texts = append(texts, content(t, file))
	}
	did(t, address, "fact", `, "path": "`+weight(t, file, "observances")+`", "value": "3"`)
	texts = append(texts, content(t, file))
	others := strings.Replace(texts[len(texts)-1], "teams: 3,", "teams: 4,", 1)
	if err := os.WriteFile(file, []byte(others), 0o600); err != nil {
		t.Fatal(err)
	}
	texts = append(texts, others)
	address = serve(t, file, "en")
	for i := len(texts) - 2; i >= 0; i-- {
		did(t, address, "undo", "")
		if content(t, file) != texts[i] {
			t.Fatalf("undone to change %d, the file is another", i)
		}
	}
	address = serve(t, file, "en")
	for i := 1; i < len(texts); i++ {
		did(t, address, "redo", "")
		if content(t, file) != texts[i] {
			t.Fatalf("redone to change %d, the file is another", i)
		}
	}
}

// Where two priorities change places, every rule keeps the priority that it had.
func TestRulesStayWithTheirPriority(t *testing.T) {
	file := resolution(t)
	before := titles(t, file)
	did(t, serve(t, file, "en"), "prefer", `, "number": 1`)
	after := titles(t, file)
	if before.order[1] != after.order[2] || before.order[2] != after.order[1] || before.order[0] != after.order[0] {
		t.Errorf("the order is %q, was %q", after.order, before.order)
	}
	if len(before.of) < 10 || fmt.Sprint(before.of) != fmt.Sprint(after.of) {
		t.Errorf("rules have changed their priority:\n%v\n%v", before.of, after.of)
	}
}

// A variant has its rules from the scenario that it extends, and is not reordered.
func TestTheOrderOfAVariantIsNotChanged(t *testing.T) {
	src := []byte("plenary: 1\nextends: gcm-2018.yaml\npriorities: [a, b]\n")
	if out, err := scenario.SwapPriorities(src, 0); err == nil {
		t.Errorf("changed to %s", out)
	}
}

type preferences struct {
	order []string
	of    map[string]string // the title of each soft rule's priority
}

func titles(t *testing.T, file string) preferences {
	t.Helper()
	s, instances, err := read(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := preferences{s.Priorities, map[string]string{}}
	for _, in := range instances {
		if !in.Hard() {
			out.of[in.ID] = s.Priorities[in.Tier-1]
		}
	}
	return out
}

// weight gives the path of the weight of a rule.
func weight(t *testing.T, file, id string) string {
	t.Helper()
	_, instances, err := read(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	rules := strings.Split(content(t, file), "\nrules:\n")[1]
	number := 0
	for _, line := range strings.Split(rules, "\n") {
		if strings.HasPrefix(line, "  - ") {
			number++
		}
		if strings.Contains(line, "{id: "+id+",") {
			kind := instances[slices.IndexFunc(instances, func(in rule.Instance) bool { return in.ID == id })].Kind
			return fmt.Sprintf("rules.#%d.%s.weight", number, kind)
		}
	}
	t.Fatalf("no rule %s", id)
	return ""
}
