package main

import (
	"fmt"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	export "plenary/export/sweep"
	"plenary/model/sweep"
)

// sweepProgress shows how far a sweep is, and when it will be done.
type sweepProgress struct {
	display
	sync.Mutex
	all, done, known, impossible, aside int
}

// newSweepProgress shows the what-ifs of a sweep.
func newSweepProgress(cmd *cobra.Command, how string, a *whatIfs) (*sweepProgress, error) {
	p := &sweepProgress{all: len(a.cases)}
	var err error
	p.display, err = newDisplay(cmd, how, func(bars *mpb.Progress) *mpb.Bar {
		return bars.AddBar(int64(p.all), mpb.BarRemoveOnComplete(), mpb.BarWidth(30),
			mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return " " + p.line() })))
	})
	return p, err
}

// line says how far the sweep is.
func (p *sweepProgress) line() string {
	p.Lock()
	defer p.Unlock()
	text := fmt.Sprintf("%d of %d what-ifs, %d impossible", p.done, p.all, p.impossible)
	if p.aside > 0 {
		text += fmt.Sprintf(", %d without an answer", p.aside)
	}
	if p.known > 0 {
		text += fmt.Sprintf(", %d known from before", p.known)
	}
	if left, ok := p.left(); ok {
		text += ", about " + left.String() + " left"
	}
	return text
}

// left estimates the time that is left from what this run has done.
func (p *sweepProgress) left() (time.Duration, bool) {
	fresh := p.done - p.known
	if fresh == 0 || p.done == p.all {
		return 0, false
	}
	left := time.Since(p.started) / time.Duration(fresh) * time.Duration(p.all-p.done)
	return max(left.Round(time.Second), time.Second), true
}

// sweepPoint is a line of --progress json: a result.
type sweepPoint struct {
	Seconds float64 `json:"seconds"`
	Done    int     `json:"done"`
	Of      int     `json:"of"`
	Number  int     `json:"number"`
	Job     string  `json:"job"`
	Status  string  `json:"status"`
	Known   bool    `json:"known"` // from an earlier run
}

// result takes in a result; known tells that it is from an earlier run.
func (p *sweepProgress) result(r export.Row, known bool) {
	p.Lock()
	p.done++
	if known {
		p.known++
	}
	switch {
	case r.Result.Status == sweep.Impossible:
		p.impossible++
	case !r.Result.Answered():
		p.aside++
	}
	done := p.done
	p.Unlock()
	if p.bar != nil {
		p.bar.Increment()
	}
	if p.plain != nil && !known {
		fmt.Fprintf(p.plain, "no. %d %s; %s\n", r.Case.Number, r.Result.Status, p.line())
	}
	if p.json != nil {
		_ = p.json.Encode(sweepPoint{time.Since(p.started).Seconds(), done, p.all, r.Case.Number, r.Key, string(r.Result.Status), known})
	}
}
