package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// stopping says how to interrupt.
type stopping struct {
	times  int
	within time.Duration // of the start
	seed   uint64
}

// stop interrupts the program at random moments, as Ctrl-C does, and measures
// the time from the signal to its end: stopping the search, dealing, checking
// and writing.
func (b *bench) stop(ctx context.Context, to io.Writer, o stopping) error {
	rows, err := b.chosen("S", "M", "L", "XL")
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(o.seed, 1))
	say(to, "| instance | interrupted | a plan was written | median until the end | longest | it was interrupted after |")
	say(to, "|---|---:|---:|---:|---:|---:|")
	for _, r := range rows {
		scenario, err := b.scenario(ctx, r)
		if err != nil {
			return err
		}
		var took []time.Duration
		plans, worst := 0, time.Duration(0)
		for range o.times {
			after := time.Duration(random.Int64N(int64(o.within)))
			d, plan, err := b.interrupt(ctx, r, scenario, after)
			if err != nil {
				return err
			}
			if d == 0 {
				continue
			}
			if plan {
				plans++
			}
			if len(took) == 0 || d > slices.Max(took) {
				worst = after
			}
			took = append(took, d)
		}
		if len(took) == 0 {
			say(to, "| %s | 0 of %d: it had ended before | | | | |", r.name, o.times)
			continue
		}
		slices.Sort(took)
		say(to, "| %s | %d of %d | %d | %d ms | %d ms | %.1f s |", r.name, len(took), o.times, plans,
			took[len(took)/2].Milliseconds(), took[len(took)-1].Milliseconds(), worst.Seconds())
	}
	return nil
}

// interrupt gives how long the program took to end, 0 when it had ended before
// it was interrupted, and whether it wrote a plan.
func (b *bench) interrupt(ctx context.Context, r row, scenario string, after time.Duration) (time.Duration, bool, error) {
	planFile := filepath.Join(b.folder, r.name+".stopped.json")
	os.Remove(planFile)
	r.limit = time.Hour
	cmd := exec.CommandContext(ctx, b.program, b.plan(r, scenario, planFile)...)
	if err := cmd.Start(); err != nil {
		return 0, false, fmt.Errorf("run plenary: %w", err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // its exit status is looked at below
		close(ended)
	}()
	select {
	case <-ended:
		return 0, false, nil
	case <-time.After(after):
	}
	began := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		<-ended
		return 0, false, nil // it ended in this very moment
	}
	<-ended
	took := time.Since(began)
	const interrupted = 130
	if code := cmd.ProcessState.ExitCode(); code != interrupted && code != 0 && code != -1 {
		return 0, false, fmt.Errorf("%s, interrupted after %s: exit status %d", r.name, after, code)
	}
	_, err := os.Stat(planFile)
	return took, err == nil, nil
}
