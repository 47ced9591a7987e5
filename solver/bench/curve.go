package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"syscall"
	"time"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"plenary/scenarios/generate"
	"plenary/solver/price"
	"plenary/solver/program"
)

// curve says what to draw.
type curve struct {
	sessions []int
	steps    int
}

// wishes is the tier whose prices are timed: how near sessions are to the dates
// that are wished for. It is the one that couples most.
const wishes = 2

// draw times steps of prices over sizes, prints them, and draws them with the
// line through them. Calendars grow in sessions and months alike, so that they
// are as full as a year of 700 sessions.
func (o curve) draw(ctx context.Context, to io.Writer, name string) error {
	folder, err := os.MkdirTemp("", "plenary-curve-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(folder)
	say(to, "| sessions | choices | entries of rows | ms for a step | µs for a step and session |")
	say(to, "|---:|---:|---:|---:|---:|")
	var points plotter.XYs
	for _, n := range o.sessions {
		p, err := calendarProgram(folder, n)
		if err != nil {
			return err
		}
		took := step(ctx, p, o.steps)
		ms := took.Seconds() * 1000
		choices, _ := p.Size()
		say(to, "| %d | %d | %d | %.2f | %.2f |", n, choices, entries(p), ms, 1000*ms/float64(n))
		points = append(points, plotter.XY{X: float64(n), Y: ms})
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return picture(points, name)
}

// calendarProgram gives the program of a generated calendar of so many sessions.
func calendarProgram(folder string, sessions int) (*program.Program, error) {
	months := max(1, int(math.Round(12*float64(sessions)/700)))
	name, err := generated(folder, generate.Options{Size: "L", Seed: 1, Sessions: sessions, Months: months})
	if err != nil {
		return nil, err
	}
	s, instances, err := read(name, nil)
	if err != nil {
		return nil, err
	}
	return listed(s, instances)
}

// step gives the time of one step of prices, the first look at all choices left
// out.
func step(ctx context.Context, p *program.Program, steps int) time.Duration {
	prices := price.New(p, wishes)
	budget := make([]int64, wishes)
	for t := range budget {
		budget[t] = math.MaxInt32
	}
	prices.Climb(ctx, steps, budget, math.Inf(1))
	runtime.GC()
	began := spent()
	prices.Climb(ctx, steps, budget, math.Inf(1))
	return (spent() - began) / time.Duration(steps)
}

// spent gives the time that the cores gave to this process: others on the same
// machine do not count.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// entries counts what choices use of rows, one by one.
func entries(p *program.Program) (n int) {
	for i := range p.Blocks {
		b := &p.Blocks[i]
		for c := range b.Choices() {
			for _, u := range b.Uses(c) {
				n += int(u.Rows)
			}
		}
	}
	return n
}

// picture draws points and the straight line that is nearest to them.
func picture(points plotter.XYs, name string) error {
	p := plot.New()
	p.Title.Text = "What a step of prices costs"
	p.X.Label.Text, p.Y.Label.Text = "sessions", "milliseconds"
	p.X.Min, p.Y.Min = 0, 0
	var x, y []float64
	for _, at := range points {
		x, y = append(x, at.X), append(y, at.Y)
	}
	drawn, err := plotter.NewScatter(points)
	if err != nil {
		return fmt.Errorf("draw the curve: %w", err)
	}
	p.Add(plotter.NewGrid(), drawn)
	if len(points) > 1 {
		from, slope := stat.LinearRegression(x, y, nil, false)
		line := plotter.NewFunction(func(n float64) float64 { return from + slope*n })
		p.Add(line)
		p.Legend.Add(fmt.Sprintf("%.2f µs for each session; r² = %.3f", 1000*slope, stat.RSquared(x, y, nil, from, slope)), line)
		p.Legend.Left, p.Legend.Top = true, true
	}
	if err := p.Save(16*vg.Centimeter, 10*vg.Centimeter, name); err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	return nil
}
