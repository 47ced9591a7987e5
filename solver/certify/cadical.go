package certify

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"plenary/solver/cnf"
)

// Prover refutes clauses over so many variables: it gives a proof in DRAT, as
// text. It fails with ErrHolds when they can hold together.
type Prover func(ctx context.Context, variables int, clauses [][]cnf.Lit) ([]byte, error)

// ErrHolds says that the clauses, which were to be refuted, can hold together.
var ErrHolds = errors.New("the clauses can hold together")

// ErrNoProver says that no solver is installed that writes proofs.
var ErrNoProver = errors.New("the proof needs the program cadical, which is not installed; on Debian and Ubuntu:  apt-get install cadical")

// The exit statuses of a SAT solver.
const (
	exitHolds   = 10
	exitRefuted = 20
)

// Cadical is a Prover: the SAT solver CaDiCaL, found on the path. It fails with
// ErrNoProver when it is not there.
func Cadical(ctx context.Context, variables int, clauses [][]cnf.Lit) ([]byte, error) {
	program, err := exec.LookPath("cadical")
	if err != nil {
		return nil, ErrNoProver
	}
	folder, err := os.MkdirTemp("", "plenary-*")
	if err != nil {
		return nil, fmt.Errorf("no folder for the proof: %w", err)
	}
	defer os.RemoveAll(folder)
	question, answer := filepath.Join(folder, "question.cnf"), filepath.Join(folder, "answer.drat")
	if err := os.WriteFile(question, dimacs(variables, clauses), 0o600); err != nil {
		return nil, fmt.Errorf("the formula cannot be written: %w", err)
	}
	run := exec.CommandContext(ctx, program, "-q", "--no-binary", question, answer)
	output, err := run.CombinedOutput()
	switch status := run.ProcessState.ExitCode(); {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case status == exitHolds:
		return nil, ErrHolds
	case status != exitRefuted:
		return nil, fmt.Errorf("cadical ended with status %d: %w: %.200s", status, err, output)
	}
	return os.ReadFile(answer)
}
