package scenario_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenary/model/scenario"
)

// Two ids of one scenario that nobody can tell apart are refused, though each is in
// one alphabet.
func TestNoTwoIDsLookTheSame(t *testing.T) {
	for _, c := range []struct{ session, document, want string }{
		{"copy", "сору", `the id "сору" looks like "copy" on line 6`},
		{"ATE", "АТЕ", `the id "АТЕ" looks like "ATE" on line 6`},
		{"open", "ｏｐｅｎ", `the id "ｏｐｅｎ" looks like "open" on line 6`},
		{"ροι", "роі", `the id "роі" looks like "ροι" on line 6`},
		{"copy", "копия", ""},
		{"copy", "copy-2", ""},
	} {
		file := filepath.Join(t.TempDir(), "s.yaml")
		text := fmt.Sprintf("plenary: 1\ntitle: t\nperiod: 2018-01-01..2018-12-31\nstations: {geneva: {zone: UTC}}\nsessions:\n  - {id: %s, at: geneva}\ndocuments:\n  - {id: %s, deadline: 2018-05-01}\n", c.session, c.document)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, problems := scenario.Read(file, small)
		switch {
		case c.want == "" && len(problems) > 0:
			t.Errorf("%q and %q: %v", c.session, c.document, problems)
		case c.want != "" && (len(problems) != 1 || !strings.Contains(problems[0].Message, c.want) || problems[0].Place.Line != 8):
			t.Errorf("%q and %q: %v, want one problem: %s", c.session, c.document, problems, c.want)
		}
	}
}

// Ids that look like others, or that turn the text around them, are refused;
// every alphabet by itself is welcome.
func TestIDsCannotLookLikeOthers(t *testing.T) {
	for _, c := range []struct{ id, want string }{
		{"session", ""},
		{"встреча-1", ""},
		{"συνεδρία", ""},
		{"会议", ""},
		{"ses\u0455ion", `mixes Latin and Cyrillic letters, which look alike`},
		{"\u03bfpening", `mixes Latin and Greek letters, which look alike`},
		{"\u03b1\u0430", `mixes Greek and Cyrillic letters, which look alike`},
		{`abc\u202Ecba`, `here stands the character U+202E`},
		{`abc\u2066cba`, `here stands the character U+2066`},
		{`ab\u200Bc`, `here stands the character U+200B`},
		{`re\u001bd`, `here stands the character U+001B`},
	} {
		file := filepath.Join(t.TempDir(), "s.yaml")
		text := fmt.Sprintf("plenary: 1\ntitle: t\nperiod: 2018-01-01..2018-12-31\nstations: {geneva: {zone: UTC}}\nsessions:\n  - {id: \"%s\", at: geneva}\n", c.id)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, problems := scenario.Read(file, small)
		switch {
		case c.want == "" && len(problems) > 0:
			t.Errorf("%q: %v", c.id, problems)
		case c.want != "" && (len(problems) != 1 || !strings.Contains(problems[0].Message, c.want) || problems[0].Place.Line != 6):
			t.Errorf("%q: %v, want one problem: %s", c.id, problems, c.want)
		}
	}
}

func TestAHiddenCharacterInATimeZoneIsOneMistake(t *testing.T) {
	file := filepath.Join(t.TempDir(), "s.yaml")
	text := "plenary: 1\ntitle: t\nperiod: 2018-01-01..2018-12-31\nstations: {geneva: {zone: \"Europe/\\u202EZurich\"}}\nsessions: [{id: s, at: geneva}]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, problems := scenario.Read(file, small); len(problems) != 1 || !strings.Contains(problems[0].Message, "U+202E") {
		t.Errorf("%v", problems)
	}
}
