package rule_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
)

func TestRulesJustOverALimitAreRefused(t *testing.T) {
	var sessions strings.Builder
	for i := range 549 { // 150,426 pairs
		fmt.Fprintf(&sessions, "  - {id: s%d, at: geneva}\n", i)
	}
	pairs := func(n int) string {
		return strings.Repeat("  - rest: {of: \"*\", at-least: 1 days, tier: 1}\n", n)
	}
	for _, c := range []struct {
		name, under, over, want string
	}{
		{"weight", fmt.Sprintf("  - near: {of: s1, day: 2018-05-07, tier: 1, weight: %d}\n", rule.MostWeight),
			fmt.Sprintf("  - near: {of: s1, day: 2018-05-07, tier: 1, weight: %d}\n", rule.MostWeight+1), "weight: 1000001 is more than 1000000"},
		{"parts", pairs(1), pairs(2), "the rules make more than 300000 parts"},
		{"patterns", "  - day-cap: {of: [" + strings.Repeat("s1, ", scenario.MostPatterns) + "], at-most: 3}\n",
			"  - day-cap: {of: [" + strings.Repeat("s1, ", scenario.MostPatterns+1) + "], at-most: 3}\n", "there are 1001 ids and patterns; 1000 is the most"},
	} {
		for text, want := range map[string]string{c.under: "", c.over: c.want} {
			name := filepath.Join(t.TempDir(), "s.yaml")
			src := "plenary: 1\ntitle: Water\nperiod: 2018-01-01..2018-12-31\ninclude: [un-stations]\npriorities: [first]\nsessions:\n" + sessions.String() + "rules:\n" + text
			if err := os.WriteFile(name, []byte(src), 0o644); err != nil {
				t.Fatal(err)
			}
			s, problems := scenario.Read(name, scenario.Sources{Library: scenarios.FS})
			if s == nil {
				t.Fatal(problems)
			}
			_, more := rule.Of(s)
			problems = append(problems, more...)
			if want == "" && len(problems) > 0 || want != "" && (len(problems) != 1 || !strings.Contains(problems[0].Message, want)) {
				t.Errorf("%s, want %q: %d problems, %.300v", c.name, want, len(problems), problems)
			}
		}
	}
}
