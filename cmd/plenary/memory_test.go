package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"plenary/solver/memory"
)

// full is a memory limit that ballast has filled, far above what a test takes by
// itself.
const (
	full    = "256MiB"
	ballast = 256 << 20
)

// filling takes up all of the memory limit as soon as something is written that
// holds the text; at once where there is no text.
type filling struct {
	bytes.Buffer
	when  string
	taken []byte
}

func (f *filling) fill() {
	f.taken = make([]byte, ballast)
	runtime.GC()
	memory.Look()
}

func (f *filling) Write(p []byte) (int, error) {
	if f.taken == nil && f.when != "" && bytes.Contains(p, []byte(f.when)) {
		f.fill()
	}
	return f.Buffer.Write(p)
}

// limited runs a call whose memory is filled when it says something, and gives its
// status and all that it said.
func limited(t *testing.T, when string, args ...string) (code int, out, said string) {
	t.Helper()
	var printed bytes.Buffer
	errs := &filling{when: when}
	ended := make(chan struct{})
	go func() { // from the first search on, however many there are
		for when == "" {
			select {
			case <-ended:
				return
			default:
				if errs.taken == nil {
					errs.fill()
				}
				runtime.GC()
			}
		}
	}()
	code = run(context.Background(), append(args, "--memory-limit", full), nil, &printed, errs)
	close(ended)
	memory.Limit(0, nil)
	runtime.KeepAlive(errs.taken)
	return code, printed.String(), errs.String()
}

// The limit is filled when the first plan has been found: that plan is written,
// with what is proven of it.
func TestAtTheMemoryLimitTheBestPlanIsWrittenAndHowFarItIsProven(t *testing.T) {
	t.Chdir(t.TempDir())
	crowded(t, ".")
	code, out, said := limited(t, "best ", "plan", "crowded.yaml", "--progress", "plain")
	if code != exitDone || !strings.Contains(out, "best found; proven not below") || !strings.Contains(said, "The memory limit was reached. The best plan found until then, and checked; the table says how far it is proven.") {
		t.Errorf("exit status %d, it said:\n%s", code, said)
	}
	if code, out, said := limited(t, "nothing", "check", "crowded.yaml", "crowded.plan.json"); code != exitDone {
		t.Errorf("the plan that was written does not pass the check: %d\n%s%s", code, out, said)
	}
	code, _, said = limited(t, "best ", "repair", "crowded.yaml", "crowded.plan.json", "--closed", "geneva=2018-05-01..2018-06-30", "--progress", "plain")
	if code != exitDone || !strings.Contains(said, "The memory limit was reached. The best found until then, and checked.") {
		t.Errorf("repair: exit status %d, it said:\n%s", code, said)
	}
	if _, err := os.Stat("crowded.plan.repaired.json"); err != nil {
		t.Error(err)
	}
}

// Where there is no plan yet, or the answer is not complete, the sentence says so
// and the status is that of a limit.
func TestAtTheMemoryLimitEverySearchEndsWithASentence(t *testing.T) {
	t.Chdir(t.TempDir())
	crowded(t, ".")
	if code, _, said := limited(t, "best ", "plan", "crowded.yaml", "--progress", "plain"); code != exitDone {
		t.Fatal(said)
	}
	for _, c := range []struct {
		args     string
		statuses []int
		says     string
	}{
		{"plan crowded.yaml --plan second.json --ics second.ics", []int{exitDone, exitLimit}, "memory limit"},
		{"alternatives crowded.yaml", []int{exitLimit}, "the memory limit came before the answer was complete; give more memory with --memory-limit"},
		{"explain crowded.yaml crowded.plan.json --why-not", []int{exitLimit}, "the memory limit came before the answer was complete; give more memory with --memory-limit"},
		{"certify crowded.yaml crowded.plan.json", []int{exitLimit}, "the memory limit came before the answer was complete; give more memory with --memory-limit"},
	} {
		args := strings.Fields(c.args)
		if args[len(args)-1] == "--why-not" {
			args = append(args, "s1 on 2018-09-03")
		}
		code, out, said := limited(t, "", args...)
		if !slices.Contains(c.statuses, code) || !strings.Contains(said, c.says) {
			t.Errorf("%s: exit status %d, it said:\n%s%s", c.args, code, out, said)
		}
	}
}

func TestASweepSaysWhichAnswersTheMemoryLimitEnded(t *testing.T) {
	t.Chdir(t.TempDir())
	crowded(t, ".")
	sweep := "plenary-sweep: 1\nscenario: crowded.yaml\naxes: [{id: a, levels: [{label: all}]}]\nlimits: {time: 1h}\n"
	if err := os.WriteFile("s.yaml", []byte(sweep), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, said := limited(t, "", "sweep", "s.yaml", "--progress", "plain")
	table, err := os.ReadFile(filepath.Join("s.sweep", "results.csv"))
	if err != nil || !slices.Contains([]int{exitDone, exitLimit}, code) || !strings.Contains(string(table), "the memory limit was reached: may come out otherwise another time") {
		t.Errorf("exit status %d, %v:\n%s%s%s", code, err, out, said, table)
	}
}

// In a process of its own: what grows although nothing searches ends the call.
func TestReadingBeyondTheMemoryLimitEndsTheCall(t *testing.T) {
	folder := t.TempDir()
	var b strings.Builder
	b.WriteString("plenary: 1\ntitle: Large\nperiod: 2018-01-01..2018-12-21\ninclude: [un-stations]\nsessions:\n")
	for i := range 12000 {
		fmt.Fprintf(&b, "  - {id: session-%d, title: A session that has a long title %d, at: geneva, days: 1..3}\n", i, i)
	}
	if err := os.WriteFile(filepath.Join(folder, "s.yaml"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	p := begin(t, folder, "plan", "s.yaml", "--memory-limit", "16MiB")
	status, said := p.end()
	if status != exitLimit || said != "plenary: this takes more memory than the limit of 16 MiB, and was ended; nothing was written. Give more memory with --memory-limit\n" {
		t.Errorf("exit status %d, it said:\n%s", status, said)
	}
	for _, wrong := range []string{"3x", "1KiB", "-1GiB", "nothing"} {
		p := begin(t, folder, "check", "s.yaml", "p.json", "--memory-limit", wrong)
		if status, said := p.end(); status != exitInput || !strings.Contains(said, "is no size of 16 MiB or more, such as 500MiB or 4GiB") {
			t.Errorf("--memory-limit %s: exit status %d, it said:\n%s", wrong, status, said)
		}
	}
}
