package sweep

import (
	"fmt"
	"slices"

	"gonum.org/v1/gonum/stat/combin"
)

// Grid is how many what-ifs have a plan where two axes meet.
type Grid struct {
	Down, Across string // titles of the axes
	Heads        []string
	Rows         []GridRow
}

// GridRow is a level of the axis that goes down.
type GridRow struct {
	Label string
	Cells []GridCell
}

// GridCell is two levels together.
type GridCell struct{ WithPlan, Asked int }

// Text gives the cell in figures.
func (c GridCell) Text() string {
	if c.Asked == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %d", c.WithPlan, c.Asked)
}

// Step gives the colour of the cell as a step from 0, no plan, to 4, always a
// plan; -1 where nothing was asked.
func (c GridCell) Step() int {
	switch {
	case c.Asked == 0:
		return -1
	case c.WithPlan == 0:
		return 0
	case c.WithPlan == c.Asked:
		return 4
	}
	return 1 + (3*c.WithPlan-1)/c.Asked
}

// Limits of the grids that are shown.
const (
	mostGrids  = 6
	mostAcross = 24 // levels
)

// Grids gives a grid for each two axes, the longer one down; one with the
// sweep's only axis where there is no other. Those where the most differs come
// first.
func (o Outcome) Grids() (out []Grid) {
	if len(o.Sweep.Axes) < 2 {
		return nil
	}
	for _, pair := range combin.Combinations(len(o.Sweep.Axes), 2) {
		down, across := pair[0], pair[1]
		if len(o.Sweep.Axes[down].Points()) < len(o.Sweep.Axes[across].Points()) {
			down, across = across, down
		}
		if len(o.Sweep.Axes[across].Points()) <= mostAcross {
			out = append(out, o.grid(down, across))
		}
	}
	slices.SortStableFunc(out, func(a, b Grid) int { return b.empty() - a.empty() })
	return out[:min(len(out), mostGrids)]
}

func (o Outcome) grid(down, across int) Grid {
	g := Grid{Down: o.Sweep.Axes[down].Name(), Across: o.Sweep.Axes[across].Name()}
	for _, p := range o.Sweep.Axes[across].Points() {
		g.Heads = append(g.Heads, p.Label)
	}
	for _, p := range o.Sweep.Axes[down].Points() {
		g.Rows = append(g.Rows, GridRow{p.Label, make([]GridCell, len(g.Heads))})
	}
	for _, r := range o.Rows {
		if r.Case.Levels == nil || r.Result == nil || !r.Result.Answered() {
			continue
		}
		c := &g.Rows[r.Case.Levels[down]].Cells[r.Case.Levels[across]]
		c.Asked++
		if r.hasPlan() {
			c.WithPlan++
		}
	}
	return g
}

// empty counts the cells without any plan.
func (g Grid) empty() (n int) {
	for _, r := range g.Rows {
		for _, c := range r.Cells {
			if c.Asked > 0 && c.WithPlan == 0 {
				n++
			}
		}
	}
	return n
}
