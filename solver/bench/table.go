package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// allSolvers is whom the table sets side by side. OptaPlanner and Timefold run
// on the files that they published.
var (
	allSolvers = []string{"plenary", "highs", "cbc", "cpsat", "optaplanner", "timefold"}
	models     = []string{"highs", "cbc", "cpsat"}
	examples   = []string{"optaplanner", "timefold"}
)

// table measures the rows one after the other and prints them in Markdown.
func (b *bench) table(ctx context.Context, to io.Writer) error {
	rows, err := b.chosen()
	if err != nil {
		return err
	}
	say(to, "%s, on %d cores of %s/%s, %s.\n", version(ctx, b.program), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, time.Now().Format(time.DateOnly))
	if b.python == "" {
		say(to, "Without HiGHS, CBC and CP-SAT: to have them beside it, run  sh solver/bench/peers/setup.sh DIR  and give PEERS=DIR.\n")
	}
	say(to, "| instance | solver | tier | best | bound | gap at 1 s | at 10 s | at 60 s | proven after | first plan | memory |")
	say(to, "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|")
	var about []string
	for _, r := range rows {
		scenario, err := b.scenario(ctx, r)
		if err != nil {
			about = append(about, fmt.Sprintf("- %s: left out; %v", r.name, err))
			continue
		}
		about = append(about, fmt.Sprintf("- %s: %s; limit %s", r.name, r.about, r.limit))
		runs, err := b.row(ctx, r, scenario)
		if err != nil {
			return err
		}
		for _, x := range runs {
			print(to, r.name, x)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	say(to, "\n%s", strings.Join(about, "\n"))
	return b.drag(ctx, to, rows)
}

// row runs all solvers on a row.
func (b *bench) row(ctx context.Context, r row, scenario string) ([]run, error) {
	var out []run
	add := func(x run, err error) error {
		out = append(out, x)
		return err
	}
	if slices.Contains(b.solvers, "plenary") {
		if err := add(b.ours(ctx, r, scenario)); err != nil {
			return nil, err
		}
	}
	asked := func(peer string) bool { return slices.Contains(b.solvers, peer) && ctx.Err() == nil }
	if b.python != "" && slices.ContainsFunc(models, asked) {
		model, err := b.model(ctx, r, scenario)
		if err != nil {
			out = append(out, run{solver: "HiGHS, CBC, CP-SAT", note: err.Error()})
		}
		for _, peer := range models {
			if err != nil || !asked(peer) {
				continue
			}
			if err := add(b.modelled(ctx, r, model, peer)); err != nil {
				return nil, err
			}
		}
		os.Remove(model)
	}
	for _, peer := range examples {
		if r.form == "" || !asked(peer) {
			continue
		}
		if err := add(b.example(ctx, r, peer)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// model writes the model of a row in a process of its own, which is ended when
// it takes too long.
func (b *bench) model(ctx context.Context, r row, scenario string) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this program: %w", err)
	}
	name := filepath.Join(b.folder, r.name+".model.json")
	ctx, cancel := context.WithTimeout(ctx, b.stating)
	defer cancel()
	args := append([]string{"state", scenario, name}, r.changes()...)
	out, err := exec.CommandContext(ctx, self, args...).CombinedOutput()
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("not run: the time-indexed model is not written within %s", b.stating)
	case err != nil:
		return "", fmt.Errorf("not run: %s", strings.TrimSpace(string(out)))
	}
	return name, nil
}

func version(ctx context.Context, program string) string {
	out, err := exec.CommandContext(ctx, program, "version").Output()
	if err != nil {
		return "Plenary"
	}
	return strings.TrimSpace(strings.SplitN(string(out), "\n", 2)[0])
}

// print prints a run, a line for each tier.
func print(to io.Writer, name string, x run) {
	if len(x.points) == 0 {
		say(to, "| %s | %s | | %s | | | | | | | %s |", name, x.solver, x.note, size(x.memory))
		return
	}
	first := "-"
	if after, ok := x.first(); ok && !x.partly {
		first = seconds(after)
	}
	last := x.points[len(x.points)-1]
	for t := range last.Bounds {
		bound, proven := strconv.FormatInt(last.Bounds[t], 10), "-"
		if after, ok := x.proven(t); ok {
			proven = seconds(after)
		}
		if x.partly {
			bound = "none"
		}
		memory := size(x.memory)
		if t > 0 {
			first, memory = "", ""
		}
		say(to, "| %s | %s | %d | %s | %s | %s | %s | %s | %s | %s | %s |", name, x.solver, t+1, number(last.Costs, t), bound,
			x.gap(t, 1), x.gap(t, 10), x.gap(t, 60), proven, first, memory)
	}
	if x.note != "" {
		say(to, "| %s | %s | | %s | | | | | | | |", name, x.solver, x.note)
	}
}

func number(costs []*int64, t int) string {
	switch {
	case len(costs) == 0:
		return "no plan"
	case costs[t] == nil:
		return "not shown"
	}
	return strconv.FormatInt(*costs[t], 10)
}

func size(memory int64) string {
	if memory == 0 {
		return ""
	}
	return fmt.Sprintf("%d MiB", memory)
}

func seconds(s float64) string {
	if s < 10 {
		return fmt.Sprintf("%.2f s", s)
	}
	return fmt.Sprintf("%.0f s", s)
}

// first gives when the first plan was there.
func (x *run) first() (after float64, ok bool) {
	for _, p := range x.points {
		if len(p.Costs) > 0 {
			return p.Seconds, true
		}
	}
	return 0, false
}

// gap gives by how much of its cost a tier could be better at most, as it was
// known at a moment: (best - bound) / best. A run that ended before knows then
// what it knew at its end.
func (x *run) gap(t int, at float64) string {
	if x.partly {
		return "-"
	}
	var now *point
	for i := range x.points {
		if x.points[i].Seconds <= at {
			now = &x.points[i]
		}
	}
	switch {
	case now == nil || len(now.Costs) == 0:
		return "no plan"
	case now.Costs[t] == nil:
		return "-"
	}
	return percent(*now.Costs[t], now.Bounds[t])
}

// percent gives the gap in per cent of the best.
func percent(best, bound int64) string {
	if best <= bound {
		return "0"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(best-bound)/float64(best))
}

// proven gives when a tier was proven for good: from then on it and those
// before it cost what their bounds say.
func (x *run) proven(t int) (float64, bool) {
	after, ok := 0.0, false
	for _, p := range x.points {
		now := !x.partly && t < len(p.Costs)
		for s := 0; now && s <= t; s++ {
			now = p.Costs[s] != nil && *p.Costs[s] == p.Bounds[s]
		}
		if now && !ok {
			after = p.Seconds
		}
		ok = now
	}
	return after, ok
}
