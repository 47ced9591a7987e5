package generate

import (
	"os"
	"path/filepath"
	"testing"

	"plenary/model/judge"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
)

func read(t testing.TB, src []byte) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "generated.yaml")
	if err := os.WriteFile(name, src, 0o600); err != nil {
		t.Fatal(err)
	}
	s, problems := scenario.Read(name, scenario.Sources{Library: scenarios.FS})
	if len(problems) > 0 {
		t.Fatal(len(problems), problems[0])
	}
	instances, problems := rule.Of(s)
	if len(problems) > 0 {
		t.Fatal(len(problems), problems[0])
	}
	return s, instances
}

func TestTheHiddenPlanKeepsEveryHardRule(t *testing.T) {
	for _, o := range []Options{
		{Size: "L", Seed: 1, Sessions: 12, Stations: 1, Months: 3, Load: 60},
		{Size: "L", Seed: 2, Sessions: 60, Stations: 3, Months: 3, Load: 70},
		{Size: "L", Seed: 1},
		{Size: "L", Seed: 2},
		{Size: "XL", Seed: 1},
	} {
		src, hidden, err := Scenario(o)
		if err != nil {
			t.Fatal(err)
		}
		_ = os.WriteFile("/tmp/generate/last.yaml", src, 0o644)
		s, instances := read(t, src)
		v := judge.Plan(s, instances, hidden.Plan)
		for i, m := range v.Violations {
			if i < 10 {
				t.Errorf("%s: %s", m.Instance.ID, m.Finding.Text)
			}
		}
		t.Log(o, len(src), len(instances), hidden.Rooms, hidden.Teams, v.Costs, len(s.Documents), len(s.Officers))
	}
}
