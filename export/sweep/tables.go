package sweep

import (
	"fmt"
	"math"
	"strings"
	"time"

	"plenary/export/report"
)

// Tables gives what came of the sweep as tables: every what-if, the effects of
// the levels, the conflicts, and the front.
func (o Outcome) Tables() []report.Table {
	return []report.Table{o.Results(), o.effects(), o.conflicts(), o.front()}
}

// Results gives the table of every what-if.
func (o Outcome) Results() report.Table {
	t := report.Table{ID: "results", Title: "Every what-if", Columns: []report.Column{{Title: "Number", Width: 8}}}
	add := func(width int, titles ...string) {
		for _, x := range titles {
			t.Columns = append(t.Columns, report.Column{Title: x, Width: width})
		}
	}
	if len(o.Sweep.Variants) > 0 {
		add(30, "Variant")
	}
	for i := range o.Sweep.Axes {
		add(20, o.Sweep.Axes[i].Name())
	}
	add(12, "Result")
	tiers := o.Tiers()
	for _, x := range tiers {
		add(14, x, x+", at least")
	}
	add(60, "Why, or what to know")
	add(20, "Plan file")
	add(10, "Seconds")
	add(20, "Worker")
	for _, r := range o.Rows {
		row := []any{r.Case.Number}
		if len(o.Sweep.Variants) > 0 {
			row = append(row, r.Case.Variant)
		}
		for a := range o.Sweep.Axes {
			if r.Case.Levels == nil {
				row = append(row, nil)
			} else {
				row = append(row, o.labelOf(a, r.Case.Levels[a]))
			}
		}
		row = append(row, r.status())
		for _, x := range tiers {
			row = append(row, costCells(r, x)...)
		}
		row = append(row, r.note(), r.Plan)
		if r.Result != nil {
			row = append(row, seconds(r.Result.Took), r.Result.Worker)
		} else {
			row = append(row, nil, nil)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// costCells gives cost and bound in a tier, nothing where there is no plan.
func costCells(r Row, tier string) []any {
	if t, ok := r.tier(tier); ok {
		return []any{int(t.Cost), int(t.Bound)}
	}
	return []any{nil, nil}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f", d.Seconds()) }

func (o Outcome) effects() report.Table {
	t := report.Table{ID: "effects", Title: "What each change does", Columns: []report.Column{
		{Title: "What is changed", Width: 30}, {Title: "To", Width: 24}, {Title: "Answered", Width: 10}, {Title: "With a plan", Width: 12}, {Title: "Impossible", Width: 12},
	}}
	for _, x := range o.Tiers() {
		t.Columns = append(t.Columns, report.Column{Title: "Mean of " + x, Width: 16}, report.Column{Title: "Against the first, all else equal", Width: 18})
	}
	for _, e := range o.Effects() {
		row := []any{e.Axis, e.Level, e.Asked, e.WithPlan, e.Impossible}
		for _, c := range e.Costs {
			row = append(row, c.mean(e.WithPlan), c.against())
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// mean gives the mean of so many plans in figures.
func (c Cost) mean(plans int) string {
	if plans == 0 {
		return ""
	}
	return figure(c.Mean)
}

// against gives the difference in figures, with its sign.
func (c Cost) against() string {
	if c.Pairs == 0 {
		return ""
	}
	text := figure(c.Against)
	if c.Against > 0 {
		text = "+" + text
	}
	return fmt.Sprintf("%s (%s)", text, counted(c.Pairs, "pair"))
}

// figure gives a number with one digit after the point, where it has one.
func figure(x float64) string {
	x = math.Round(10*x) / 10
	if x == 0 {
		return "0" // never -0
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", x), ".0")
}

func (o Outcome) conflicts() report.Table {
	t := report.Table{ID: "conflicts", Title: "Why it is impossible", Columns: []report.Column{
		{Title: "What-ifs", Width: 10}, {Title: "Rules that cannot hold together", Width: 90}, {Title: "Where", Width: 50}, {Title: "All of these what-ifs have", Width: 40},
	}}
	for _, c := range o.Conflicts() {
		t.Rows = append(t.Rows, []any{len(c.Rows), texts(c.Reason) + c.Figures(), strings.Join(c.Reason.Background, "; "), strings.Join(c.Common, "; ")})
	}
	return t
}

func (o Outcome) front() report.Table {
	t := report.Table{ID: "front", Title: "What nothing beats", Columns: []report.Column{{Title: "Number", Width: 8}, {Title: "What is changed", Width: 60}}}
	tiers := o.Tiers()
	for _, x := range tiers {
		t.Columns = append(t.Columns, report.Column{Title: x, Width: 16})
	}
	t.Columns = append(t.Columns, report.Column{Title: "Plan file", Width: 24})
	for _, r := range o.Front() {
		row := []any{r.Case.Number, o.Label(r)}
		for _, x := range tiers {
			row = append(row, costCells(r, x)[0])
		}
		t.Rows = append(t.Rows, append(row, r.Plan))
	}
	return t
}
