package certify_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/solver/certify"
	"plenary/solver/certify/branch"
	"plenary/solver/certify/drat"
	"plenary/solver/certify/lrat"
	"plenary/solver/cnf"
	"plenary/solver/explain"
	"plenary/solver/solve"
)

// subject reads a scenario of testdata.
func subject(t *testing.T, name string) *certify.Subject {
	t.Helper()
	return read(t, filepath.Join("testdata", name))
}

func read(t *testing.T, file string) *certify.Subject {
	t.Helper()
	s, problems := scenario.Read(file, scenario.Sources{Library: scenarios.FS, Busy: nobody})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	instances, problems := rule.Of(s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return &certify.Subject{Scenario: s, Instances: instances}
}

// nobody is busy: what calendars say is of no matter here.
func nobody(string, []byte) ([]scenario.Interval, diag.List) { return nil, nil }

// solved plans a scenario.
func solved(t *testing.T, about *certify.Subject) solve.Outcome {
	t.Helper()
	outcome, err := solve.Plan(t.Context(), about.Scenario, about.Instances, solve.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func options(about *certify.Subject, prove certify.Prover) certify.Options {
	return certify.Options{Program: "plenary under test", Scenario: plan.SourceOf(about.Scenario, "scenario.yaml"), Prove: prove}
}

// evidence makes the evidence about a scenario: that its best plan is the best,
// or that there is none.
func evidence(t *testing.T, about *certify.Subject, prove certify.Prover) *certify.Evidence {
	t.Helper()
	outcome := solved(t, about)
	var e *certify.Evidence
	var err error
	if outcome.Status == solve.Infeasible {
		reasons := slices.Collect(explain.Infeasible(t.Context(), about.Scenario, about.Instances, outcome.Blamed[0]))
		e, err = certify.Impossible(t.Context(), about.Scenario, reasons[0].Instances, options(about, prove))
	} else {
		e, err = certify.Plan(t.Context(), about.Scenario, about.Instances, outcome.Plan, options(about, prove))
	}
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// noProver stands for a machine without a solver that writes proofs.
func noProver(context.Context, int, [][]cnf.Lit) ([]byte, error) { return nil, certify.ErrNoProver }

// byMultipliers makes the evidence about the best plan of a scenario, with every
// part bounded by multipliers, and no solver that writes proofs.
func byMultipliers(t *testing.T, about *certify.Subject) *certify.Evidence {
	t.Helper()
	o := options(about, noProver)
	o.Large = 1
	e, err := certify.Plan(t.Context(), about.Scenario, about.Instances, solved(t, about).Plan, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// cadical is the solver that users have; the test is skipped without it.
func cadical(t *testing.T) certify.Prover {
	t.Helper()
	if _, err := exec.LookPath("cadical"); err != nil {
		t.Skip("cadical is missing: make test-setup installs it")
	}
	return certify.Cadical
}

func TestEvidenceIsVerified(t *testing.T) {
	for _, c := range []struct {
		file   string
		claim  certify.Claim
		proofs int
	}{
		{"two-parts.yaml", certify.Optimal, 3},
		{"nothing-to-price.yaml", certify.Optimal, 0},
		{"clash.yaml", certify.NoPlan, 1},
		{"names.yaml", certify.Optimal, 1},
	} {
		for name, prover := range map[string]func(*testing.T) certify.Prover{
			"by branches": func(*testing.T) certify.Prover { return branch.Refute },
			"by cadical":  cadical,
		} {
			t.Run(c.file+" "+name, func(t *testing.T) {
				about := subject(t, c.file)
				e := evidence(t, about, prover(t))
				for _, with := range []*certify.Subject{about, nil} {
					m, refusals := certify.Verify(e.Files, with)
					if len(refusals) > 0 {
						t.Errorf("refused: %+v", refusals)
					}
					if m.Claim != c.claim {
						t.Errorf("claim %q, want %q", m.Claim, c.claim)
					}
				}
				proofs := 0
				for name := range e.Files {
					if filepath.Ext(name) == ".lrat" {
						proofs++
					}
				}
				if proofs != c.proofs {
					t.Errorf("%d proofs, want %d", proofs, c.proofs)
				}
			})
		}
	}
}

func TestEvidenceIsTheSameEachTime(t *testing.T) {
	for _, file := range []string{"two-parts.yaml", "clash.yaml", "names.yaml"} {
		first := evidence(t, subject(t, file), branch.Refute)
		for range 5 {
			if again := evidence(t, subject(t, file), branch.Refute); !maps.EqualFunc(first.Files, again.Files, slices.Equal) {
				t.Errorf("%s: the evidence differs from one call to the next", file)
			}
		}
	}
}

// Where members who are alike, counted together, allow a cost that no names
// can give, the evidence decides names one by one.
func TestNamesAreDecidedOneByOneWhereNeeded(t *testing.T) {
	e := evidence(t, subject(t, "names.yaml"), branch.Refute)
	if !e.Manifest.Single {
		t.Error("names are counted by class")
	}
	if e := evidence(t, subject(t, "two-parts.yaml"), branch.Refute); e.Manifest.Single {
		t.Error("names are decided one by one without need")
	}
}

// moved gives the plan with a session on another day.
func moved(p *plan.Plan, id string, by int) *plan.Plan {
	out := *p
	out.Sessions = slices.Clone(p.Sessions)
	x := out.Session(id)
	x.Days, x.Meetings = slices.Clone(x.Days), slices.Clone(x.Meetings)
	for i := range x.Days {
		x.Days[i] += calendar.Day(by)
	}
	for i := range x.Meetings {
		x.Meetings[i].Day += calendar.Day(by)
	}
	return &out
}

func TestAPlanThatIsNotTheBestIsNotCertified(t *testing.T) {
	about := subject(t, "two-parts.yaml")
	best := solved(t, about).Plan
	_, err := certify.Plan(t.Context(), about.Scenario, about.Instances, moved(best, "hearing", 1), options(about, branch.Refute))
	var better *certify.ErrBetter
	if !errors.As(err, &better) || *better != (certify.ErrBetter{Tier: 2, Cost: 8, Best: 7}) {
		t.Errorf("%v; want that 7 can be had in tier 2 for 8", err)
	}
	_, err = certify.Plan(t.Context(), about.Scenario, about.Instances, moved(best, "hearing", 3), options(about, branch.Refute))
	if !errors.Is(err, certify.ErrBreaks) {
		t.Errorf("%v; want that the plan breaks a rule", err)
	}
}

// A search that is stopped leaves bounds, and those are certified.
func TestBoundsAreCertifiedWhereTheSearchIsStopped(t *testing.T) {
	about := subject(t, "two-parts.yaml")
	best := solved(t, about).Plan
	stopped, cancel := context.WithDeadline(t.Context(), time.Now())
	defer cancel()
	e, err := certify.Plan(stopped, about.Scenario, about.Instances, best, options(about, branch.Refute))
	if err != nil {
		t.Fatal(err)
	}
	m, refusals := certify.Verify(e.Files, about)
	if len(refusals) > 0 || m.Claim != certify.Bounded || m.Tiers[0].Bound != 0 || m.Tiers[0].Cost != 1 {
		t.Errorf("claim %q, tiers %+v, refused: %+v; want bounds below the costs", m.Claim, m.Tiers, refusals)
	}
}

func TestWithoutASolverThatWritesProofsOneLineSaysHowToGetOne(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	about := subject(t, "two-parts.yaml")
	_, err := certify.Plan(t.Context(), about.Scenario, about.Instances, solved(t, about).Plan, options(about, certify.Cadical))
	if !errors.Is(err, certify.ErrNoProver) {
		t.Errorf("%v; want that cadical is missing", err)
	}
}

// Proofs as cadical writes them, with all that it deletes, become proofs that
// the checker accepts: random formulas with about five clauses a variable.
func TestCadicalsProofsAreExplained(t *testing.T) {
	prove := cadical(t)
	random := rand.New(rand.NewPCG(71, 280))
	const variables = 90
	for range 10 {
		formula := fmt.Sprintf("p cnf %d %d\n", variables, 5*variables)
		var clauses [][]cnf.Lit
		for range 5 * variables {
			var clause []cnf.Lit
			for _, v := range random.Perm(variables)[:3] {
				clause = append(clause, cnf.Lit((v+1)*(1-2*random.IntN(2))))
			}
			clauses = append(clauses, clause)
			formula += strings.Trim(fmt.Sprint(clause), "[]") + " 0\n"
		}
		proof, err := prove(t.Context(), variables, clauses)
		if errors.Is(err, certify.ErrHolds) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(proof, []byte("d ")) {
			t.Error("cadical deletes nothing; this test is to show that deletions are followed")
		}
		steps, err := drat.Explain(t.Context(), variables, clauses, proof)
		if err != nil {
			t.Fatal(err)
		}
		if err := lrat.Check([]byte(formula), steps); err != nil {
			t.Error(err)
		}
	}
}

func TestCadicalDoesNotRefuteWhatCanHold(t *testing.T) {
	prove := cadical(t)
	if _, err := prove(t.Context(), 2, nil); !errors.Is(err, certify.ErrHolds) {
		t.Errorf("%v; want that the clauses can hold", err)
	}
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := prove(done, 2, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v; want that the call was cancelled", err)
	}
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "nowhere"))
	if _, err := prove(t.Context(), 2, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v; want that there is no folder", err)
	}
}
