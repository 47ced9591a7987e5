package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"plenary/cmd/desk"
	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios/generate"
	"plenary/solver/solve"
)

// dragged is how many sessions of a plan are taken in hand, from its first to its last.
const dragged = 50

// drag prints what a planner waits for while she drags a session on the desk: all days
// of the month or of the year that she sees, judged for it.
func (b *bench) drag(ctx context.Context, to io.Writer, rows []row) error {
	say(to, "\n| check while dragging | sessions | month, median | longest | year, median | longest |")
	say(to, "|---|---:|---:|---:|---:|---:|")
	for _, r := range rows {
		if r.size == "" {
			continue
		}
		name, err := b.scenario(ctx, r)
		if err != nil {
			return err
		}
		s, instances, err := read(name, nil)
		if err != nil {
			return err
		}
		p, err := planOf(ctx, s, instances, r.size)
		if err != nil {
			return err
		}
		month, year := waits(ctx, s, instances, p, 21), waits(ctx, s, instances, p, 183)
		say(to, "| %s | %d | %s | %s | %s | %s |", r.name, len(p.Sessions), middle(month), millis(slices.Max(month)), middle(year), millis(slices.Max(year)))
	}
	return nil
}

// planOf gives a plan of a generated scenario: that which it was written round, or, of
// S, the best.
func planOf(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, size string) (*plan.Plan, error) {
	if size != "S" {
		_, hidden, err := generate.Planned(generate.Options{Size: size, Seed: 1})
		if err != nil {
			return nil, fmt.Errorf("generate %s: %w", size, err)
		}
		return hidden.Plan, nil
	}
	found, err := solve.Plan(ctx, s, instances, solve.Options{Seed: 1})
	if err != nil {
		return nil, fmt.Errorf("plan %s: %w", size, err)
	}
	return found.Plan, nil
}

// waits gives how long it takes to judge so many days before and after sessions all over
// the plan, of each the whole stretch.
func waits(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, about calendar.Day) (out []time.Duration) {
	ties, n := desk.TiesOf(s, instances), min(dragged, len(p.Sessions))
	for i := range n {
		x := &p.Sessions[i*len(p.Sessions)/n]
		days := calendar.Range{First: x.First() - about, Last: x.First() + about - 1}.Intersect(s.Period)
		began := time.Now()
		desk.Outlooks(ctx, s, instances, ties, p, x.ID, "", days)
		out = append(out, time.Since(began))
	}
	return out
}

func middle(all []time.Duration) string {
	return millis(slices.Sorted(slices.Values(all))[len(all)/2])
}

func millis(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }
