package compare

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"plenary/export/page"
	"plenary/export/picture"
)

//go:embed page.html
var layout string

var pageTemplate = template.Must(template.New("page").Parse(layout))

// sheet is what the page shows.
type sheet struct {
	Head     string
	Style    template.CSS
	Plans    []badge
	Standing []string
	First    string     // letter of the plan that others are held against
	Costs    *section   // the table that stands before the pictures
	Sections []*section // the others
	Timeline []drawing
	Heat     []drawing
	Legend   []picture.Step
}

// badge is a plan with its colour.
type badge struct {
	Heading
	Colour, About string
	Titled        string
}

// section is a table with the moves that belong to it.
type section struct {
	Table
	ID    string
	Plans []badge
	First string
	Moved []Moved
}

// drawing is a picture as it stands in the page.
type drawing struct {
	Title, Text string
	SVG         template.HTML
}

// HTML writes the comparison as one file that needs no other.
func HTML(w io.Writer, sides []Side) error {
	c := Figures(sides)
	s := sheet{Head: heads(c), Style: page.Style, Standing: c.Standing(), First: c.Plans[0].Letter}
	for i, h := range c.Plans {
		s.Plans = append(s.Plans, badge{h, picture.Hex(picture.Colours[i%Most]), c.about(i), titled(h)})
	}
	for i, t := range c.Tables() {
		x := &section{Table: t, ID: fmt.Sprintf("table-%d", i+1), Plans: s.Plans, First: s.First}
		switch t.Title {
		case costsTitle:
			s.Costs = x
			continue
		case datesTitle:
			x.Moved = c.Moved()
		}
		s.Sections = append(s.Sections, x)
	}
	heat, legend, err := c.heat(sides)
	if err != nil {
		return err
	}
	s.Legend = legend
	if s.Timeline, err = drawn(c.timeline()); err != nil {
		return err
	}
	if s.Heat, err = drawn(heat); err != nil {
		return err
	}
	if err := pageTemplate.Execute(w, s); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

func drawn(pictures []picture.Picture) (out []drawing, err error) {
	for _, p := range pictures {
		svg, err := p.SVG()
		if err != nil {
			return nil, err
		}
		out = append(out, drawing{p.Title, p.Text, svg})
	}
	return out, nil
}

// Blank tells whether a row's first label repeats that of the row before it.
func (s section) Blank(i int) bool {
	return i > 0 && len(s.Columns) > 1 && s.Rows[i].Labels[0] == s.Rows[i-1].Labels[0]
}

// Numbers tells whether every cell is a number or nothing, to be set flush
// right.
func (s section) Numbers() bool {
	return !slices.ContainsFunc(s.Rows, func(r Row) bool {
		return slices.ContainsFunc(r.Cells, func(c Cell) bool {
			return c.Text != absent && strings.Trim(c.Text, "0123456789.") != ""
		})
	})
}
