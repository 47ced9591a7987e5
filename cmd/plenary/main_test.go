package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"plenary/model/rule"
	"plenary/model/scenario"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"plenary": main, onFirstThread: main})
}

// The stories in testdata/script: what is typed, what comes back.
func TestCommandLine(t *testing.T) {
	scenarios, err := filepath.Abs("../../scenarios")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SCENARIOS", scenarios)
			e.Setenv("XDG_CONFIG_HOME", filepath.Join(e.WorkDir, "config"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// exits STATUS COMMAND...: the command ends with this very status.
			"exits": func(ts *testscript.TestScript, _ bool, args []string) {
				err := ts.Exec(args[1], args[2:]...)
				status := 0
				if err != nil {
					var exit *exec.ExitError
					if e, ok := err.(*exec.ExitError); ok {
						exit = e
					} else {
						ts.Fatalf("%v", err)
					}
					status = exit.ExitCode()
				}
				if fmt.Sprint(status) != args[0] {
					ts.Fatalf("exit status %d, want %s", status, args[0])
				}
			},
		},
	})
}

// readWell reads a scenario that has no mistakes, with its rules.
func readWell(t *testing.T, name string) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	s, instances, problems := readFrom(name, sources(newRoot()))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s, instances
}

// crowded is a scenario with a plan that is found at once and a proof that
// takes very long: many sessions that want the same day in one room.
func crowded(t testing.TB, folder string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("plenary: 1\ntitle: Crowded\nperiod: 2018-01-01..2018-12-21\ninclude: [un-stations]\n" +
		"stations: {geneva: {rooms: {XX: {seats: 100}}}}\npriorities: [wishes]\nsessions:\n")
	for i := range 70 {
		fmt.Fprintf(&b, "  - {id: s%d, at: geneva, days: %d}\n", i, 1+i%4)
	}
	b.WriteString("rules:\n")
	for i := range 70 {
		fmt.Fprintf(&b, "  - near: {of: s%d, day: 2018-%02d-1%d, tier: 1, weight: %d}\n", i, 5+i%3, i%9, 1+i%7)
	}
	name := filepath.Join(folder, "crowded.yaml")
	if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// build compiles the program. Tests run it as "plenary", without that, where the
// binary itself does not matter.
func build(t testing.TB) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "plenary")
	if out, err := exec.Command("go", "build", "-o", name, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return name
}

func TestCtrlCWritesTheBestPlanAndSaysHowFarItIsProven(t *testing.T) {
	folder := t.TempDir()
	p := begin(t, folder, "plan", crowded(t, folder), "--progress", "plain")
	p.waitFor("best ")
	if status, said := p.interrupt(); status != exitInterrupted {
		t.Errorf("exit status %d, want %d; it said:\n%s", status, exitInterrupted, said)
	}
	if out := p.out.String(); !strings.Contains(out, "best found; proven not below") {
		t.Errorf("the table does not say how far the plan is proven:\n%s", out)
	}
	for _, name := range []string{"crowded.plan.json", "crowded.ics"} {
		if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
			t.Error(err)
		}
	}
	check := exec.Command("plenary", "check", filepath.Join(folder, "crowded.yaml"), filepath.Join(folder, "crowded.plan.json"))
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("the plan that was written does not pass the check: %v\n%s", err, out)
	}
}

func TestStatusesAreThoseOfTheHelp(t *testing.T) {
	var out, errs bytes.Buffer
	if got := run(context.Background(), []string{"nonsense"}, nil, &out, &errs); got != exitInput {
		t.Errorf("an unknown command exits with %d, want %d", got, exitInput)
	}
	if got := run(context.Background(), []string{"plan"}, nil, &out, &errs); got != exitInput {
		t.Errorf("a missing argument exits with %d, want %d", got, exitInput)
	}
	if got := run(context.Background(), []string{"--help"}, nil, &out, &errs); got != exitDone {
		t.Errorf("help exits with %d, want %d", got, exitDone)
	}
}

// BenchmarkColdStart runs the program as a user does: from the command to the
// files, with the peak of its memory.
func BenchmarkColdStart(b *testing.B) {
	program := build(b)
	folder := b.TempDir()
	scenario, err := filepath.Abs("../../scenarios/gcm-2018.yaml")
	if err != nil {
		b.Fatal(err)
	}
	peak := int64(0)
	for b.Loop() {
		cmd := exec.Command(program, "plan", scenario, "--force")
		cmd.Dir = folder
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, usage.Maxrss)
		}
	}
	if runtime.GOOS == "linux" { // elsewhere Maxrss has another unit
		b.ReportMetric(float64(peak)/1024, "MB-peak")
	}
}
