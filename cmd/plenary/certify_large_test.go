package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A hundred sessions that wish for the same day, and 40 rooms: 60 have to wait for
// a day, and of those 20 for another. Prices of the rooms show it without a SAT
// solver.
func TestCertifyAHundredSessions(t *testing.T) {
	t.Chdir(t.TempDir())
	var text strings.Builder
	text.WriteString("plenary: 1\ntitle: A hundred\nperiod: 2018-03-05..2018-03-16\npriorities: [early]\n" +
		"stations: {g: {zone: UTC, rooms: {A: {seats: 1, count: 40}}}}\nsessions:\n")
	var ids []string
	for i := range 100 {
		ids = append(ids, fmt.Sprintf("s%d", i))
		fmt.Fprintf(&text, "  - {id: %s, at: g}\n", ids[i])
	}
	fmt.Fprintf(&text, "rules:\n  - near: {of: [%s], day: 2018-03-05, tier: 1}\n", strings.Join(ids, ", "))
	if err := os.WriteFile("hundred.yaml", []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	call := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(t.Context(), args, strings.NewReader(""), &out, &errs); code != want {
			t.Fatalf("plenary %s: exit status %d, want %d\n%s%s", strings.Join(args, " "), code, want, &out, &errs)
		}
		return out.String()
	}
	call(exitDone, "plan", "hundred.yaml")
	t.Setenv("PATH", t.TempDir()) // no cadical
	const claim = "No plan is better.\nTier 1, early: this plan costs 80; no plan costs less\n"
	if got := call(exitDone, "certify", "hundred.plan.json"); !strings.HasPrefix(got, claim) {
		t.Errorf("certify says\n%s", got)
	}
	if got := call(exitDone, "certify", "--verify", "hundred.evidence", "hundred.yaml"); got != claim+
		"Checked: formulas, programs and maps are those of the scenario, every proof refutes its formula, and all multipliers make their bounds.\n" {
		t.Errorf("--verify says\n%s", got)
	}
	prices := filepath.Join("hundred.evidence", "part-1-tier-1.multipliers.txt")
	if err := os.WriteFile(prices, []byte("multipliers 1\ntier 1\nparts 1\nbound 80\nend\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := call(exitNo, "certify", "--verify", "hundred.evidence", "hundred.yaml"); !strings.Contains(got, "[file-changed]") {
		t.Errorf("of changed multipliers, --verify says\n%s", got)
	}
}
