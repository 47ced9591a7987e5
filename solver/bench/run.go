package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// point is what a solver knows at one moment.
type point struct {
	Seconds float64
	Costs   []*int64 // of its best plan, by tier; nil where the solver does not show it
	Bounds  []int64  // by tier
}

// run is how a solver did on an instance.
type run struct {
	solver  string
	points  []point // in order of time
	seconds float64 // until the end
	memory  int64   // peak, in MiB
	note    string  // why there is nothing, or what to know
	partly  bool    // the solver claims no bounds
}

// line is what the solvers print, each in a line of JSON.
type line struct {
	Version string   `json:"version"`
	Seconds float64  `json:"seconds"`
	Costs   []*int64 `json:"costs"`
	Bounds  []int64  `json:"bounds"`
	Memory  int64    `json:"memory"`
}

// follow takes in the lines that a solver prints. Where began is not zero, the
// moments are counted from it, whatever the solver says.
func (x *run) follow(from io.Reader, began time.Time) (rest string) {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			rest = lines.Text() + "\n" + rest
			continue
		}
		if !began.IsZero() {
			l.Seconds = time.Since(began).Seconds()
		}
		switch {
		case l.Version != "":
			x.solver = l.Version
		case l.Memory > 0:
			x.memory, x.seconds = l.Memory, l.Seconds
		default:
			x.points = append(x.points, point{l.Seconds, l.Costs, l.Bounds})
		}
	}
	return rest
}

// peak gives the most memory that a process that has ended had, in MiB.
func peak(state *os.ProcessState) int64 {
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss >> 10 // Linux counts in KiB
	}
	return 0
}

// ours runs the program from a cold start: reading, compiling, searching,
// checking and writing the plan are all in the time.
func (b *bench) ours(ctx context.Context, r row, scenario string) (run, error) {
	x := run{solver: "Plenary"}
	planFile := filepath.Join(b.folder, r.name+".plan.json")
	cmd := exec.CommandContext(ctx, b.program, b.plan(r, scenario, planFile)...)
	errs, err := cmd.StderrPipe()
	if err != nil {
		return x, fmt.Errorf("run plenary: %w", err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return x, fmt.Errorf("run plenary: %w", err)
	}
	rest := x.follow(errs, began)
	failed := cmd.Wait()
	x.seconds, x.memory = time.Since(began).Seconds(), peak(cmd.ProcessState)
	src, err := os.ReadFile(planFile)
	if err != nil {
		const noPlan = 3 // the exit status when the limit came before any plan
		if cmd.ProcessState.ExitCode() == noPlan {
			x.note = "no plan found within the limit"
			return x, nil
		}
		return x, fmt.Errorf("plan %s: %v\n%s", r.name, failed, rest)
	}
	// What was written in the end may be better than the last that was reported.
	var p struct {
		Tiers []struct{ Cost, Bound int64 }
	}
	if err := json.Unmarshal(src, &p); err != nil {
		return x, fmt.Errorf("read the plan of %s: %w", r.name, err)
	}
	last := point{Seconds: x.seconds}
	for _, t := range p.Tiers {
		last.Costs, last.Bounds = append(last.Costs, &t.Cost), append(last.Bounds, t.Bound)
	}
	if len(p.Tiers) == 0 { // nothing has a price
		zero := int64(0)
		last.Costs, last.Bounds = []*int64{&zero}, []int64{0}
	}
	x.points = append(x.points, last)
	return x, nil
}

// plan gives the call that plans a row.
func (b *bench) plan(r row, scenario, planFile string) []string {
	return append([]string{"plan", scenario, "--time-limit", r.limit.String(), "--progress", "json", "--force",
		"--plan", planFile, "--ics", planFile + ".ics"}, r.changes()...)
}

// modelled runs a peer on the model of a row.
func (b *bench) modelled(ctx context.Context, r row, model, peer string) (run, error) {
	x := run{solver: peer}
	// Reading and building the model are not in its time.
	ctx, cancel := context.WithTimeout(ctx, 2*r.limit+10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(b.python, "bin", "python"), filepath.Join(b.scripts, peer+".py"), model, fmt.Sprint(r.limit.Seconds()))
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		return x, fmt.Errorf("run %s: %w", peer, err)
	}
	if err := cmd.Start(); err != nil {
		return x, fmt.Errorf("run %s: %w", peer, err)
	}
	x.follow(out, time.Time{})
	if err := cmd.Wait(); err != nil {
		x.note = "ended with a fault: " + err.Error()
		fmt.Fprintf(os.Stderr, "%s on %s: %v\n%s\n", peer, r.name, err, errs.String())
	} else if len(x.points) == 0 {
		x.note = "no plan found within the limit"
	}
	return x, nil
}

// score is what the examples print: 0hard/-12medium/-345soft.
var score = regexp.MustCompile(`(-?\d+)hard/(-?\d+)medium/(-?\d+)soft`)

// release gives the version of the examples that peers/pom.xml asks for.
func (b *bench) release(peer string) string {
	pom, err := os.ReadFile(filepath.Join(b.scripts, "pom.xml"))
	if err != nil {
		return ""
	}
	_, profile, _ := strings.Cut(string(pom), "<id>"+peer+"</id>")
	_, rest, _ := strings.Cut(profile, "<peer.version>")
	number, _, _ := strings.Cut(rest, "<")
	return " " + number
}

// example runs the peer that published a file on it, with its own
// configuration. It shows nothing before its end and gives no bound.
func (b *bench) example(ctx context.Context, r row, peer string) (run, error) {
	x := run{solver: peer + b.release(peer), partly: true}
	file, err := b.original(r)
	if err != nil {
		return x, err
	}
	offsets, err := offsets(file)
	if err != nil {
		return x, err
	}
	began := time.Now()
	cmd := exec.CommandContext(ctx, "sh", filepath.Join(b.scripts, "run.sh"), peer, "solve", r.form, strconv.Itoa(int(r.limit.Seconds())), b.folder, file)
	out, err := cmd.Output()
	if err != nil {
		x.note = "did not run: Java 17 and Maven are needed"
		return x, nil
	}
	x.seconds, x.memory = time.Since(began).Seconds(), peak(cmd.ProcessState)
	found := score.FindStringSubmatch(string(out))
	if found == nil {
		return x, fmt.Errorf("%s on %s: no score in %q", peer, r.name, out)
	}
	if found[1] != "0" {
		x.note = "breaks hard constraints: " + found[0]
	}
	last := point{Seconds: r.limit.Seconds()}
	for t, text := range found[2:] {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return x, fmt.Errorf("%s on %s: %w", peer, r.name, err)
		}
		cost := offsets[t] - n
		last.Costs, last.Bounds = append(last.Costs, &cost), append(last.Bounds, 0)
	}
	x.points = []point{last}
	return x, nil
}
