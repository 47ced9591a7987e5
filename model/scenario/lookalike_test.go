package scenario_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenary/model/scenario"
)

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
		{`abc\u202Ecba`, `is no id`},
		{`abc\u2066cba`, `is no id`},
		{`ab\u200Bc`, `is no id`},
		{`\u001b[31mred`, `is no id`},
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
