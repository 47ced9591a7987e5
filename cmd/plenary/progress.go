package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"plenary/model/scenario"
	"plenary/solver/solve"
)

// display is where progress is shown: on the terminal, as lines, as JSON for other
// programs, or nowhere.
type display struct {
	started time.Time
	plain   io.Writer
	json    *json.Encoder
	bars    *mpb.Progress
	bar     *mpb.Bar
}

// newDisplay gives the display that --progress asks for; draw gives what is drawn
// over on a terminal.
func newDisplay(cmd *cobra.Command, how string, draw func(*mpb.Progress) *mpb.Bar) (display, error) {
	d := display{started: time.Now()}
	errs := cmd.ErrOrStderr()
	switch how {
	case "none":
	case "plain":
		d.plain = errs
	case "json":
		d.json = json.NewEncoder(errs)
	case "auto":
		if f, ok := terminal(errs); ok {
			d.bars = mpb.New(mpb.WithOutput(f), mpb.WithAutoRefresh())
			d.bar = draw(d.bars)
		}
	default:
		return d, status{exitInput, fmt.Sprintf("there is no progress %q; choose from auto, plain, json, none", how)}
	}
	return d, nil
}

// close takes the progress off the terminal.
func (d *display) close() {
	if d.bars != nil {
		d.bar.Abort(true)
		d.bars.Wait()
		d.bars = nil
	}
}

// above gives a writer to the same end as another, which keeps clear of the progress
// where both are on a terminal. What is written has to end a line.
func (d *display) above(out io.Writer) io.Writer { return aboveProgress{d, out} }

type aboveProgress struct {
	*display
	out io.Writer
}

func (a aboveProgress) Write(text []byte) (int, error) {
	if _, same := terminal(a.out); same && a.bars != nil {
		return a.bars.Write(text)
	}
	return a.out.Write(text)
}

// terminal gives the terminal that is written to, if it is one: lines are drawn over
// there.
func terminal(errs io.Writer) (*os.File, bool) {
	s, ok := errs.(*screen)
	if !ok {
		return nil, false
	}
	f, ok := s.to.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

// progress shows the search: the tier at work, the incumbent, the bound and
// the gap.
type progress struct {
	display
	sync.Mutex
	titles []string
	now    string
}

// newProgress shows the search for a plan of the scenario.
func newProgress(cmd *cobra.Command, how string, s *scenario.Scenario) (*progress, error) {
	p := &progress{titles: s.Priorities, now: "looking for a first plan"}
	var err error
	p.display, err = newDisplay(cmd, how, func(bars *mpb.Progress) *mpb.Bar {
		return bars.New(0, mpb.SpinnerStyle().PositionLeft(), mpb.BarRemoveOnComplete(),
			mpb.BarWidth(1),
			mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return p.line() })))
	})
	return p, err
}

func (p *progress) line() string {
	p.Lock()
	defer p.Unlock()
	return fmt.Sprintf("%3.0f s  %s", time.Since(p.started).Seconds(), p.now)
}

// update takes in what the search reports.
func (p *progress) update(now solve.Progress) {
	title := "any plan"
	if now.Tier < len(p.titles) {
		title = fmt.Sprintf("tier %d of %d, %s", now.Tier+1, len(p.titles), p.titles[now.Tier])
	}
	what := title + ": looking for a first plan"
	switch {
	case now.Found:
		what = fmt.Sprintf("%s: best %d, bound %d, gap %d", title, now.Cost, now.Bound, now.Cost-now.Bound)
	case now.Bound > 0:
		what += fmt.Sprintf(", of a cost of %d or more", now.Bound)
	}
	p.say(what)
	if p.json != nil && now.Found {
		_ = p.json.Encode(point{time.Since(p.started).Seconds(), now.Tier + 1, now.Costs, now.Bounds})
	}
}

// say tells what is looked for now.
func (p *progress) say(what string) {
	p.Lock()
	p.now = what
	p.Unlock()
	if p.plain != nil {
		fmt.Fprintln(p.plain, p.line())
	}
}

// point is a line of --progress json: what is known after so many seconds.
type point struct {
	Seconds float64 `json:"seconds"`
	Tier    int     `json:"tier"`   // the first that is not proven, from 1
	Costs   []int64 `json:"costs"`  // of the best plan so far, by tier
	Bounds  []int64 `json:"bounds"` // by tier
}

// printStats prints what the search took.
func printStats(cmd *cobra.Command, size solve.Size, took time.Duration) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(cmd.ErrOrStderr(), "%d parts, %d variables, %d clauses; %.2f s; %d MB of memory\n",
		size.Parts, size.Variables, size.Clauses, took.Seconds(), m.Sys>>20)
}
