package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTheReasonsInTheDocumentationStandWhereItSays finds each rule that a
// transcript of docs/deciding.md quotes with a file and line in a scenario.
func TestTheReasonsInTheDocumentationStandWhereItSays(t *testing.T) {
	t.Chdir("../..")
	text, err := os.ReadFile("docs/deciding.md")
	if err != nil {
		t.Fatal(err)
	}
	var known []string
	for _, name := range []string{"scenarios/gcm-2018.yaml", "scenarios/gcm-2018-june-away.yaml"} {
		s, instances := readWell(t, name)
		for i := range instances {
			known = append(known, instances[i].Rule.Statement(s)+instances[i].Paragraph()+place(&instances[i]))
		}
	}
	quoted := regexp.MustCompile(`(?m)^  - (.* \[scenarios/.*\])$`).FindAllStringSubmatch(string(text), -1)
	if len(quoted) == 0 {
		t.Error("no transcript quotes a rule with its line")
	}
	for _, q := range quoted {
		if !slices.Contains(known, q[1]) {
			same := slices.IndexFunc(known, func(k string) bool { return strings.HasPrefix(k, q[1][:strings.LastIndex(q[1], " [")]) })
			if same < 0 {
				t.Errorf("no scenario has the rule %s", q[1])
				continue
			}
			t.Errorf("docs/deciding.md: %s\nthe scenario:     %s", q[1], known[same])
		}
	}
}
