package certify_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plenary/solver/certify"
	"plenary/solver/certify/branch"
)

// Five sessions crowd into the first days: 4 in tier 1 and 4 in tier 2 are shown
// to be the least. That the last tier cannot cost less than 10 is beyond
// multipliers: they show 9.
func TestMultipliersBoundAPlan(t *testing.T) {
	about := subject(t, "crowd.yaml")
	e := byMultipliers(t, about)
	for _, with := range []*certify.Subject{about, nil} {
		m, refusals := certify.Verify(e.Files, with)
		if len(refusals) > 0 {
			t.Fatalf("refused: %+v", refusals)
		}
		if m.Claim != certify.Bounded {
			t.Errorf("claim %q", m.Claim)
		}
		for i, want := range [][2]int64{{4, 4}, {4, 4}, {10, 9}} {
			if tier := m.Tiers[i]; tier.Cost != want[0] || tier.Bound != want[1] {
				t.Errorf("tier %d: cost %d, bound %d; want %d and %d", i+1, tier.Cost, tier.Bound, want[0], want[1])
			}
		}
	}
	if again := byMultipliers(t, about); !maps.EqualFunc(e.Files, again.Files, slices.Equal) {
		t.Error("the evidence differs from one call to the next")
	}
}

// Where multipliers leave one unit open, clauses show that there is none.
func TestClausesCloseWhatMultipliersLeaveOpen(t *testing.T) {
	about := subject(t, "crowd.yaml")
	o := options(about, cadical(t))
	o.Large = 1
	best := solved(t, about).Plan
	e, err := certify.Plan(t.Context(), about.Scenario, about.Instances, best, o)
	if err != nil {
		t.Fatal(err)
	}
	m, refusals := certify.Verify(e.Files, about)
	part := m.Parts[0]
	if len(refusals) > 0 || m.Claim != certify.Optimal || len(part.Statements) != 1 || part.Statements[0].Tier != 3 || len(part.Listed.Multipliers) != 2 {
		t.Errorf("claim %q, part %+v, refused: %+v; want proofs of all tiers, that of the third by clauses", m.Claim, part, refusals)
	}
	var better *certify.ErrBetter
	// Alpha changes places with one that meets a day before it.
	worse := moved(best, "alpha", -1)
	for _, id := range []string{"beta", "epsilon"} {
		if best.Session(id).Days[0] != worse.Session("alpha").Days[0] {
			continue
		}
		worse = moved(worse, id, 1)
		for i := range best.Session(id).Meetings {
			worse.Session("alpha").Meetings[i].Room = best.Session(id).Meetings[i].Room
			worse.Session(id).Meetings[i].Room = best.Session("alpha").Meetings[i].Room
		}
		break
	}
	_, err = certify.Plan(t.Context(), about.Scenario, about.Instances, worse, o)
	if !errors.As(err, &better) || better.Tier != 3 {
		t.Errorf("%v; want that there is a better plan in tier 3", err)
	}
}

// With Gamma a week later, the plan costs 11 in tier 1. Among plans that cost no
// more there, one has all sessions one after the other, which costs nothing in tier
// 2: so no bound is shown there, although the best plan costs 4 in both.
func TestBoundsBelowAGapAllowForIt(t *testing.T) {
	about := subject(t, "crowd.yaml")
	o := options(about, cadical(t))
	o.Large = 1
	e, err := certify.Plan(t.Context(), about.Scenario, about.Instances, moved(solved(t, about).Plan, "gamma", 7), o)
	if err != nil {
		t.Fatal(err)
	}
	m, refusals := certify.Verify(e.Files, about)
	if len(refusals) > 0 {
		t.Fatalf("refused: %+v", refusals)
	}
	if one, two := m.Tiers[0], m.Tiers[1]; one.Cost != 11 || one.Bound != 4 || two.Cost != 4 || two.Bound != 0 {
		t.Errorf("tiers %+v", m.Tiers)
	}
}

// Some parts are bounded by multipliers and the others by clauses; the same
// bounds are shown.
func TestMultipliersAndProofsAddUp(t *testing.T) {
	about := subject(t, "two-parts.yaml")
	o := options(about, branch.Refute)
	o.Large = 2 // the first part has two sessions, the other one
	e, err := certify.Plan(t.Context(), about.Scenario, about.Instances, solved(t, about).Plan, o)
	if err != nil {
		t.Fatal(err)
	}
	m, refusals := certify.Verify(e.Files, about)
	if len(refusals) > 0 || m.Parts[0].Listed == nil || m.Parts[1].Listed != nil || len(m.Parts[1].Statements) == 0 {
		t.Errorf("parts %+v, refused: %+v", m.Parts, refusals)
	}
	with := evidence(t, about, branch.Refute).Manifest.Tiers
	if !slices.Equal(m.Tiers, with) {
		t.Errorf("tiers %+v; by proofs alone %+v", m.Tiers, with)
	}
}

func TestEvidenceOfTheFirstVersionIsRead(t *testing.T) {
	about := subject(t, "two-parts.yaml")
	files := evidence(t, about, branch.Refute).Files
	files[certify.ManifestName] = bytes.Replace(files[certify.ManifestName], []byte(`"plenary-evidence": 2`), []byte(`"plenary-evidence": 1`), 1)
	m, refusals := certify.Verify(files, about)
	if m.Version != 1 || len(refusals) > 0 {
		t.Errorf("version %d, refused: %+v", m.Version, refusals)
	}
}

// The form of the files is said well enough when somebody who knows nothing else
// can add them up: a short script in another language does.
func TestAScriptRecomputesWhatMultipliersShow(t *testing.T) {
	const interpreter = "/usr/bin/python3"
	if _, err := os.Stat(interpreter); err != nil {
		t.Skip("python3 is missing: make test-setup installs it")
	}
	e := byMultipliers(t, subject(t, "crowd.yaml"))
	folder := t.TempDir()
	for name, content := range e.Files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "part-1.program.txt.gz"), compressed(t, e.Files["part-1.program.txt"]), 0o600); err != nil {
		t.Fatal(err)
	}
	recompute := func(program, prices string) string {
		out, _ := exec.Command(interpreter, "testdata/recompute.py", filepath.Join(folder, program), filepath.Join(folder, prices)).CombinedOutput()
		return string(out)
	}
	for tier, want := range map[string]string{
		"part-1-tier-1.multipliers.txt": "Nothing costs less than 4 in tier 1.\n",
		"part-1-tier-2.multipliers.txt": "Nothing costs less than 4 in tier 2.\n",
		"part-1-tier-3.multipliers.txt": "Nothing costs less than 9 in tier 3.\n",
	} {
		for _, program := range []string{"part-1.program.txt", "part-1.program.txt.gz"} {
			if got := recompute(program, tier); got != want {
				t.Errorf("%s: %s", tier, got)
			}
		}
	}
	more := bytes.Replace(e.Files["part-1-tier-3.multipliers.txt"], []byte("bound 9"), []byte("bound 10"), 1)
	if err := os.WriteFile(filepath.Join(folder, "more.txt"), more, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := recompute("part-1.program.txt", "more.txt"); !strings.Contains(got, "the sums make 9, not 10") {
		t.Errorf("a bound that is too high: %s", got)
	}
}
