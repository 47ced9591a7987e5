// Package given reads for tests the scenarios that they take to be sound, with
// their rules: any problem ends the test.
//
//	s, instances := given.Text(t, text)
//	s, instances := given.File(t, "../../scenarios/gcm-2018.yaml", scenario.Sources{Library: scenarios.FS})
package given

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"plenary/model/diag"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// File reads the scenario of a file.
func File(t testing.TB, file string, from scenario.Sources) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	s, problems := scenario.Read(file, from)
	none(t, problems)
	instances, problems := rule.Of(s)
	none(t, problems)
	return s, instances
}

// Text reads a scenario that needs no other file, from a file of its own.
func Text(t testing.TB, text string) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "scenario.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return File(t, file, scenario.Sources{})
}

func none(t testing.TB, problems diag.List) {
	t.Helper()
	if len(problems) == 0 {
		return
	}
	var b bytes.Buffer
	if err := problems.Write(&b); err != nil {
		t.Fatal(err)
	}
	t.Fatalf("the scenario has problems:\n%s", &b)
}
