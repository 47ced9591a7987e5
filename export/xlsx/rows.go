package xlsx

import (
	"fmt"
	"slices"

	"plenary/model/diag"
)

// Each calls read for every row below the headings that is not empty. It stops
// with a problem after so many rows, and without one when there are too many
// problems already.
func (s *Sheet) Each(headings, most int, problems *diag.List, read func(row int)) {
	count := 0
	for row := headings + 1; row < s.Rows() && !problems.Full(); row++ {
		if s.Empty(row) {
			continue
		}
		if count++; count > most {
			problems.Add(s.Cell(row, 0).Place, fmt.Sprintf("%d lines are the most of this sheet", most), "take out what is not needed")
			return
		}
		read(row)
	}
}

// NewName reads a name that is not taken yet.
func (c Cell) NewName(taken []string, problems *diag.List) (string, bool) {
	if c.Text == "" {
		problems.Add(c.Place, "the name is missing", "write the name here, or clear the row")
		return "", false
	}
	if slices.Contains(taken, c.Text) {
		problems.Add(c.Place, fmt.Sprintf("%q stands here for the second time", diag.Shorten(c.Text)), "give one of the two another name")
		return "", false
	}
	return c.Text, true
}

// Find gives the position of a value among the names that another sheet lists,
// -1 for an empty cell or, with a problem that says what it should be, for
// another value.
func (c Cell) Find(what string, names []string, problems *diag.List) int {
	if c.Text == "" {
		return -1
	}
	return c.find(c.Text, what, names, problems)
}

func (c Cell) find(value, what string, names []string, problems *diag.List) int {
	at := slices.Index(names, value)
	if at < 0 {
		mend := "the sheet that lists them has none"
		if len(names) > 0 {
			mend = fmt.Sprintf("for example %q", diag.Shorten(names[0]))
		}
		if !problems.Full() {
			mend = diag.Suggest(value, names, mend)
		}
		problems.Add(c.Place, fmt.Sprintf("there is no %s %q", what, diag.Shorten(value)), mend)
	}
	return at
}

// FindAll gives the positions of the values of a cell that are separated by
// commas; see Find.
func (c Cell) FindAll(what string, names []string, problems *diag.List) []int {
	var out []int
	for _, value := range c.List(problems) {
		if at := c.find(value, what, names, problems); at >= 0 {
			out = append(out, at)
		}
	}
	return out
}
