package certify_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"plenary/solver/certify"
	"plenary/solver/certify/branch"
)

// A checker that others wrote agrees: drat-trim, for DRAT. Our proofs are in
// LRAT, which is DRAT with reasons: without them, it is the same proof.
func TestAPublicCheckerAgrees(t *testing.T) {
	program, err := filepath.Abs("../../.tools/drat-trim/drat-trim")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(program); err != nil {
		t.Skip("the proof checker drat-trim is missing: make test-setup installs it")
	}
	check := func(formula, proof []byte) string {
		t.Helper()
		folder := t.TempDir()
		for name, content := range map[string][]byte{"formula.cnf": formula, "proof.drat": proof} {
			if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		out, err := exec.Command(program, filepath.Join(folder, "formula.cnf"), filepath.Join(folder, "proof.drat")).CombinedOutput()
		switch verified := bytes.Contains(out, []byte("s VERIFIED")); {
		case verified && err == nil:
			return "refuted"
		case !verified && err != nil:
			return "not refuted"
		}
		t.Fatalf("%v\n%s", err, out)
		return ""
	}
	provers := map[string]certify.Prover{"by branches": branch.Refute}
	if _, err := exec.LookPath("cadical"); err == nil {
		provers["by cadical"] = certify.Cadical
	}
	for name, prove := range provers {
		for _, file := range []string{"two-parts.yaml", "clash.yaml", "names.yaml"} {
			e := evidence(t, subject(t, file), prove)
			for file, proof := range e.Files {
				stem, isProof := strings.CutSuffix(file, ".lrat")
				if !isProof {
					continue
				}
				if got := check(e.Files[stem+".cnf"], withoutReasons(proof)); got != "refuted" {
					t.Errorf("%s, %s: %s", name, file, got)
				}
			}
		}
	}
	satisfiable := []byte("p cnf 2 3\n1 2 0\n1 -2 0\n-1 2 0\n")
	if got := check(satisfiable, []byte("1 0\n0\n")); got != "not refuted" {
		t.Errorf("a formula that can hold: %s", got)
	}
}

// withoutReasons gives a proof in LRAT as DRAT.
func withoutReasons(proof []byte) []byte {
	var out bytes.Buffer
	for _, line := range strings.Split(strings.TrimSpace(string(proof)), "\n") {
		_, step, _ := strings.Cut(line, " ")
		if clause, _, ok := strings.Cut(step, " 0 "); ok && !strings.HasPrefix(step, "0 ") {
			out.WriteString(clause + " 0\n")
			continue
		}
		out.WriteString("0\n")
	}
	return out.Bytes()
}
