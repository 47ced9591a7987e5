package compare

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// mark stands before what differs from the first plan.
const mark = "≠ "

// Text writes the comparison as tables for a terminal.
func Text(to io.Writer, sides []Side) error {
	c := Figures(sides)
	w := &writer{to: to}
	w.print("%s\n\n", heads(c))
	for i, h := range c.Plans {
		w.print("%s  %s: %s\n", h.Letter, h.Name, c.about(i))
		if i == 0 || h.Scenario != c.Plans[0].Scenario {
			w.print("   %s\n", titled(h))
		}
	}
	w.print("\n")
	for _, sentence := range c.Standing() {
		w.print("%s.\n", sentence)
	}
	w.print("%sstands before what differs from %s.\n", mark, c.Plans[0].Letter)
	for _, t := range c.Tables() {
		w.table(c, t)
		if t.Title == datesTitle {
			w.moved(c)
		}
	}
	return w.err
}

// Titles of the tables that others stand beside: the pictures, the moves.
const (
	costsTitle = "Costs by priority"
	datesTitle = "Dates of the sessions"
)

// heads is the headline.
func heads(c Comparison) string {
	return fmt.Sprintf("%d plans side by side", len(c.Plans))
}

// titled gives the scenario of a plan with its mandate.
func titled(h Heading) string {
	if h.Mandate == "" {
		return h.Scenario
	}
	return h.Scenario + " (" + h.Mandate + ")"
}

// writer keeps the first error of many writes.
type writer struct {
	to  io.Writer
	err error
}

func (w *writer) print(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.to, format, args...)
	}
}

// widths of columns in characters, for wrapping: a single leading column may
// be wide, several share the room.
const (
	wide, narrow = 46, 30
	perPlan      = 30
)

func (w *writer) table(c Comparison, t Table) {
	w.print("\n%s\n\n", t.Title)
	out := table.NewWriter()
	style := table.StyleLight
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = text.FormatDefault
	out.SetStyle(style)
	var header table.Row
	var columns []table.ColumnConfig
	add := func(title string, width int) {
		header = append(header, title)
		columns = append(columns, table.ColumnConfig{Number: len(header), WidthMax: width, WidthMaxEnforcer: text.WrapSoft})
	}
	for _, title := range t.Columns {
		width := narrow
		if len(t.Columns) == 1 {
			width = wide
		}
		add(title, width)
	}
	for _, h := range c.Plans {
		add(h.Letter, perPlan)
	}
	out.AppendHeader(header)
	out.SetColumnConfigs(columns)
	previous := ""
	for _, r := range t.Rows {
		var row table.Row
		for i, label := range r.Labels {
			if i == 0 && len(r.Labels) > 1 && label == previous {
				label = "" // once is enough
			}
			row = append(row, label)
		}
		previous = r.Labels[0]
		for _, cell := range r.Cells {
			if cell.Differs && cell.Text != "" {
				row = append(row, mark+cell.Text)
			} else {
				row = append(row, cell.Text)
			}
		}
		out.AppendRow(row)
	}
	for line := range strings.Lines(out.Render()) {
		w.print("%s\n", strings.TrimRight(line, " \n"))
	}
	for _, note := range t.Notes {
		w.print("%s\n", note)
	}
}

// moved lists what moves from the first plan to each other.
func (w *writer) moved(c Comparison) {
	for _, m := range c.Moved() {
		if len(m.Sessions) == 0 {
			w.print("\nNothing moves from %s to %s.\n", c.Plans[0].Letter, m.Letter)
			continue
		}
		w.print("\nWhat moves from %s to %s\n\n", c.Plans[0].Letter, m.Letter)
		for _, s := range m.Sessions {
			w.print("  - “%s” %s\n", s.Title, strings.Join(brief(s), "; "))
		}
	}
}

// mostChanges is how many changes inside a session's meetings are listed; more
// are counted.
const mostChanges = 3

// brief gives what moves of a session without a long list of rooms and names.
func brief(s MovedSession) []string {
	if len(s.Inside) <= mostChanges {
		return slices.Concat(s.Texts, s.Inside)
	}
	return append(slices.Clone(s.Texts), fmt.Sprintf("has %d changes of rooms, meetings or names", len(s.Inside)))
}
