package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"plenary/model/calendar"
)

// sweeping measures sweeps of a scenario of size S: a co-facilitator is away on one
// day, each in turn.
type sweeping struct {
	whatIfs int // of the large sweep
	few     int // of the sweeps that are compared
}

// used is what a run of the program took.
type used struct {
	wall, processor time.Duration
	memory          int64 // MiB at its peak
}

// sweep prints what a what-if takes by itself and in a sweep, with one worker and
// with two, and the large sweep.
func (b *bench) sweep(ctx context.Context, to io.Writer, o sweeping) error {
	_, err := b.call(ctx, "generate", "--size", "S", "--out", "S.yaml")
	if err != nil {
		return err
	}
	say(to, "| run | by the clock | of the processor | a what-if, of the processor | most memory |")
	say(to, "|---|---|---|---|---|")
	row := func(what string, n int, u used) {
		say(to, "| %s | %.1f s | %.1f s | %.0f ms | %d MiB |", what, u.wall.Seconds(), u.processor.Seconds(), float64(u.processor.Milliseconds())/float64(n), u.memory)
	}
	var alone used
	for _, day := range daysAway(o.few) {
		u, err := b.call(ctx, "plan", "S.yaml", "--force", "--progress", "none", "--away", "co-facilitator-mexico="+day)
		if err != nil {
			return err
		}
		alone.wall, alone.processor, alone.memory = alone.wall+u.wall, alone.processor+u.processor, max(alone.memory, u.memory)
	}
	row(fmt.Sprintf("plan, %d times", o.few), o.few, alone)
	var took [2]used
	for i := range took {
		name := fmt.Sprintf("few-%d", i+1)
		if took[i], err = b.ask(ctx, name, o.few, i+1); err != nil {
			return err
		}
		row(fmt.Sprintf("sweep of %d, %d at a time", o.few, i+1), o.few, took[i])
		inside, err := b.inside(name)
		if err != nil {
			return err
		}
		if i == 0 {
			say(to, "\nOutside of the answers themselves: %.1f ms a what-if.\n", float64((took[i].wall-inside).Microseconds())/1000/float64(o.few))
		}
	}
	say(to, "\nEfficiency from one to two: %.0f %%.\n", 100*took[0].wall.Seconds()/2/took[1].wall.Seconds())
	large, err := b.ask(ctx, "large", o.whatIfs, 2)
	if err != nil {
		return err
	}
	row(fmt.Sprintf("sweep of %d, 2 at a time", o.whatIfs), o.whatIfs, large)
	again, err := b.ask(ctx, "large", o.whatIfs, 2)
	if err != nil {
		return err
	}
	row("the same again, all known", o.whatIfs, again)
	return nil
}

// daysAway gives so many working days, from the beginning of the process on.
func daysAway(n int) (out []string) {
	for d := calendar.NewDay(2017, time.April, 3); len(out) < n; d++ {
		if d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			out = append(out, d.String())
		}
	}
	return out
}

// ask runs a sweep of so many what-ifs, so many at a time.
func (b *bench) ask(ctx context.Context, name string, whatIfs, workers int) (used, error) {
	half := (whatIfs + 1) / 2
	text := fmt.Sprintf("plenary-sweep: 1\nscenario: S.yaml\naxes:\n  away:\n    levels:\n"+
		"      - {label: Mexico %[1]s, values: [%[2]s], set: officers.co-facilitator-mexico.away+=%[1]s}\n"+
		"      - {label: Switzerland %[1]s, values: [%[3]s], set: officers.co-facilitator-switzerland.away+=%[1]s}\n",
		"<value>", strings.Join(daysAway(half), ", "), strings.Join(daysAway(whatIfs-half), ", "))
	if err := os.WriteFile(filepath.Join(b.folder, name+".yaml"), []byte(text), 0o600); err != nil {
		return used{}, err
	}
	return b.call(ctx, "sweep", name+".yaml", "--workers", strconv.Itoa(workers), "--progress", "none")
}

// inside gives how long workers were at work on the what-ifs of a sweep, together.
func (b *bench) inside(name string) (sum time.Duration, err error) {
	var results struct {
		WhatIfs []struct{ Seconds float64 } `json:"what-ifs"`
	}
	src, err := os.ReadFile(filepath.Join(b.folder, name+".sweep", "results.json"))
	if err == nil {
		err = json.Unmarshal(src, &results)
	}
	for _, r := range results.WhatIfs {
		sum += time.Duration(r.Seconds * float64(time.Second))
	}
	return sum, err
}

// call runs the program in the folder. That there is no plan is an answer, too.
func (b *bench) call(ctx context.Context, args ...string) (used, error) {
	cmd := exec.CommandContext(ctx, b.program, args...)
	cmd.Dir = b.folder
	began := time.Now()
	said, err := cmd.CombinedOutput()
	u := used{wall: time.Since(began)}
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 1 {
		return u, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, said)
	}
	u.processor, u.memory = cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), peak(cmd.ProcessState)
	return u, nil
}
