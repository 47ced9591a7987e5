package agreement

import (
	"os"
	"path/filepath"
	"testing"

	"plenary/export/original"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// Case is an instance with its scenario, read.
type Case struct {
	in        original.Instance
	stated    original.Scenario
	scenario  *scenario.Scenario
	instances []rule.Instance
}

// Of states an instance as a scenario and reads that: it has no problem.
func Of(t *testing.T, in original.Instance) Case {
	t.Helper()
	stated, problems := in.Scenario()
	for _, p := range problems {
		t.Error(p)
	}
	file := filepath.Join(t.TempDir(), "scenario.yaml")
	if err := os.WriteFile(file, stated.Text, 0o644); err != nil {
		t.Fatal(err)
	}
	s, problems := scenario.Read(file, scenario.Sources{})
	for _, p := range problems {
		t.Error(p)
	}
	if s == nil || t.Failed() {
		t.FailNow()
	}
	instances, problems := rule.Of(s)
	for _, p := range problems {
		t.Error(p)
	}
	if t.Failed() {
		t.FailNow()
	}
	return Case{in, stated, s, instances}
}

// Compare compares both sides on a plan, which goes through its file.
func (c Case) Compare(t *testing.T, p *plan.Plan) original.Comparison {
	t.Helper()
	src, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	read, problems := plan.Read("plan.json", src, c.scenario)
	for _, p := range problems {
		t.Error(p)
	}
	if read == nil {
		t.FailNow()
	}
	score, err := c.in.Score(read)
	if err != nil {
		t.Fatal(err)
	}
	v := judge.Plan(c.scenario, c.instances, read)
	return original.Compare(c.stated, score, len(v.Violations), v.Costs)
}

// Explain logs both sides, part by part.
func (c Case) Explain(t *testing.T, p *plan.Plan) {
	t.Helper()
	score, err := c.in.Score(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range score {
		t.Logf("original: %s: %d × %d", part.Name, part.Amount, part.Weight)
	}
	costs := map[string]int64{}
	v := judge.Plan(c.scenario, c.instances, p)
	for _, m := range v.Violations {
		costs["hard "+m.Instance.Kind]++
	}
	for _, m := range v.Priced {
		costs[m.Instance.Kind] += m.Cost()
	}
	for kind, cost := range costs {
		t.Logf("scenario: %s: %d", kind, cost)
	}
}
