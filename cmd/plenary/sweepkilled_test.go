package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The sweep that is killed.
const (
	wideCount = 4 // what-ifs
	wideCall  = "sweep wide.yaml --workers 2 --progress json"
)

// sweepWriting are the system calls that a sweep writes with.
var sweepWriting = append([]string{"pwrite64"}, writing...)

// moment is when a sweep is killed: at the n-th time that one of its threads does the
// system call, for strace counts for each thread by itself.
type moment struct {
	call string
	n    int
}

// traced skips a test where no program can be traced.
func traced(t *testing.T) {
	t.Helper()
	if err := exec.Command("strace", "-o", os.DevNull, "true").Run(); err != nil {
		t.Skipf("strace cannot trace here (%v): run make test-setup, as a user who may trace", err)
	}
}

// sweepUnder runs the sweep under strace, all its threads, and kills it at a moment
// that is not nil. It gives the moments that there were, how many calls were done, and
// whether it was killed.
func sweepUnder(t *testing.T, folder string, at *moment) (there map[moment]bool, done int, killed bool) {
	t.Helper()
	options := []string{"-f"}
	if at != nil {
		options = append(options, "-e", signalled("SIGKILL", at.call, at.n))
	}
	cmd, trace := underStrace(t, folder, "plenary", sweepWriting, wideCall, options...)
	if said, err := cmd.CombinedOutput(); err != nil {
		status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
		if killed = ok && status.Signaled() && status.Signal() == syscall.SIGKILL; !killed {
			t.Fatalf("%v\n%s", err, said)
		}
	}
	src, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	there, by := map[moment]bool{}, map[string]int{}
	for line := range strings.Lines(string(src)) {
		thread, rest, _ := strings.Cut(line, " ")
		call, _, begun := strings.Cut(strings.TrimSpace(rest), "(")
		if !begun || strings.HasPrefix(call, "<") { // the end of a call that began further up
			continue
		}
		by[thread+call]++
		there[moment{call, by[thread+call]}] = true
		done++
	}
	return there, done, killed
}

// A sweep is killed when any of its threads writes; called again it is killed at
// another moment; and called once more it comes to its end: every what-if is told once,
// and results and plans are those of a sweep that nothing disturbed. So it is at a few
// moments, drawn by lot, and with SOAK=10m in the environment at others for so long.
func TestASweepThatIsKilledWheneverItWritesGoesOn(t *testing.T) {
	traced(t)
	t.Parallel()
	template := t.TempDir()
	wideSweep(t, template, wideCount)
	fresh := func() string {
		folder := t.TempDir()
		if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
			t.Fatal(err)
		}
		return folder
	}
	undisturbed := fresh()
	there, calls, _ := sweepUnder(t, undisturbed, nil)
	want := found(t, undisturbed)
	var moments []moment
	for _, call := range sweepWriting {
		for n := 1; there[moment{call, n}]; n++ {
			moments = append(moments, moment{call, n})
		}
	}
	seed, goesOn := uint64(1), func(swept int) bool { return swept < 12 }
	if text := os.Getenv("SOAK"); text != "" {
		d, err := time.ParseDuration(text)
		if err != nil {
			t.Fatalf("SOAK: %v", err)
		}
		end := time.Now().Add(d)
		seed, goesOn = uint64(end.UnixMilli()), func(int) bool { return time.Now().Before(end) }
	}
	lots := rand.New(rand.NewPCG(seed, 0))
	kills, after := 0, map[int]bool{} // so many calls that write
	swept := 0
	for ; goesOn(swept); swept++ {
		if swept%len(moments) == 0 {
			lots.Shuffle(len(moments), func(i, j int) { moments[i], moments[j] = moments[j], moments[i] })
		}
		folder := fresh()
		first, second := moments[swept%len(moments)], moments[lots.IntN(len(moments))]
		for _, at := range []moment{first, second} {
			_, done, killed := sweepUnder(t, folder, &at)
			if !killed {
				continue
			}
			kills++
			after[done] = true
			for name, text := range besideQueue(t, folder) {
				if err := whole(name, []byte(text)); err != nil {
					t.Errorf("killed at %v: %s %v", at, name, err)
				}
			}
		}
		told := tally(t, begin(t, folder, strings.Fields(wideCall)...))
		if got := found(t, folder); !maps.Equal(got, want) {
			t.Fatalf("killed at %v, then at %v: it found\n%v\ninstead of\n%v", first, second, got, want)
		}
		for number := 1; number <= wideCount; number++ {
			if told[number] != 1 {
				t.Errorf("killed at %v, then at %v: no. %d is told %d times", first, second, number, told[number])
			}
		}
	}
	if kills < swept {
		t.Errorf("%d sweeps were killed %d times", swept, kills)
	}
	t.Logf("%d sweeps were killed %d times, after %d different numbers of the %d system calls that write", swept, kills, len(after), calls)
}

// besideQueue gives the files of the sweep but for its queue.
func besideQueue(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := only(contents(t, folder), "wide.sweep")
	maps.DeleteFunc(out, func(name, _ string) bool { return strings.HasPrefix(name, "wide.sweep/queue/") })
	return out
}

// found gives the plans of a sweep and the rows of its table, without who answered,
// when and at which try.
func found(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := only(contents(t, folder), "wide.sweep/plans")
	maps.DeleteFunc(out, func(name, _ string) bool { return filepath.Ext(name) != ".json" })
	var table struct {
		WhatIfs []map[string]any `json:"what-ifs"`
	}
	src, err := os.ReadFile(filepath.Join(folder, "wide.sweep", "results.json"))
	if err == nil {
		err = json.Unmarshal(src, &table)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range table.WhatIfs {
		for _, key := range []string{"worker", "seconds", "tries"} {
			delete(row, key)
		}
		out[fmt.Sprintf("row %d", i)] = fmt.Sprint(row) // maps are printed in order
	}
	if len(out) != 2*wideCount {
		t.Fatalf("%d rows and plans of %d what-ifs", len(out), wideCount)
	}
	return out
}
