package sweep

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"plenary/export/page"
)

//go:embed page.html
var layout string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"join":    strings.Join,
	"counted": counted,
	"next":    func(i int) int { return i + 1 },
}).Parse(layout))

// sheet is what the page shows.
type sheet struct {
	Style     template.CSS
	Outcome   Outcome
	Counts    Counts
	NoGos     []NoGo
	Conflicts []Conflict
	Grids     []Grid
	Effects   []effectRow
	Front     []frontRow
	Scatters  []Scatter
	Numbers   []resultRow
	Same      []string // tiers that cost the same in every plan, in words
	SomeTiers []string // the others, which alone stand in the tables
}

// effectRow is a line of the table of effects; the first of an axis says over how
// many lines the axis goes.
type effectRow struct {
	Effect
	Lines int
	Cells []string // mean and difference by tier
}

type frontRow struct {
	Row
	Label string
	Costs []string
}

// resultRow is a line of the table of every what-if.
type resultRow struct {
	Row
	Changed []string // by axis, or the variant
	Status  string
	Costs   []string
	Note    string
	Why     []int // numbers of conflicts
}

// CompareFile is the name of the page that compares the plans of the front,
// beside the page.
const CompareFile = "compare.html"

// HTML writes the outcome as one page that shows all by itself; its links lead
// to the plans beside it.
func (o Outcome) HTML(w io.Writer) error {
	s := sheet{
		Style: page.Style, Outcome: o, Counts: o.Counts(), NoGos: o.NoGos(), Conflicts: o.Conflicts(),
		Grids: o.Grids(), Scatters: o.Scatters(),
	}
	tiers := o.Tiers()
	shown := make([]bool, len(tiers))
	for i, t := range tiers {
		low, high, n := o.extent(t)
		if shown[i] = low < high || n < s.Counts.WithPlan; shown[i] {
			s.SomeTiers = append(s.SomeTiers, t)
		} else {
			s.Same = append(s.Same, fmt.Sprintf("%s: %d", t, low))
		}
	}
	first := 0
	for i, e := range o.Effects() {
		row := effectRow{Effect: e}
		if i > 0 && s.Effects[first].Axis != e.Axis {
			first = i
		}
		for t, c := range e.Costs {
			if shown[t] {
				row.Cells = append(row.Cells, c.mean(e.WithPlan), c.against())
			}
		}
		s.Effects = append(s.Effects, row)
		s.Effects[first].Lines++
	}
	for _, r := range o.Front() {
		s.Front = append(s.Front, frontRow{r, o.Label(r), r.costs(s.SomeTiers)})
	}
	why := map[int][]int{} // numbers of conflicts by the number of the what-if
	for i, c := range s.Conflicts {
		for _, r := range c.Rows {
			why[r.Case.Number] = append(why[r.Case.Number], i+1)
		}
	}
	for _, r := range o.Rows {
		x := resultRow{Row: r, Status: r.status(), Costs: r.costs(s.SomeTiers), Note: r.trouble(), Why: why[r.Case.Number]}
		if len(o.Sweep.Variants) > 0 {
			x.Changed = append(x.Changed, r.Case.Variant)
		}
		for a := range o.Sweep.Axes {
			text := ""
			if r.Case.Levels != nil {
				text = o.labelOf(a, r.Case.Levels[a])
			}
			x.Changed = append(x.Changed, text)
		}
		s.Numbers = append(s.Numbers, x)
	}
	if err := pageTemplate.Execute(w, s); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}
