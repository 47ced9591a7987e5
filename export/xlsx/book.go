package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"plenary/model/diag"
)

// Limits of what is read of one file.
const (
	MostBytes    = 16 << 20 // as the file lies on the disk
	MostUnpacked = 96 << 20 // of all parts together, unpacked
	MostRows     = 5000     // of one sheet
	MostColumns  = 1000     // of one sheet
)

// Book is an open file.
type Book struct {
	file  string
	inner *excelize.File
	fills map[int]string // by style
}

// Sheet is one sheet, read whole.
type Sheet struct {
	Name string
	book *Book
	rows [][]string
}

// Cell is what stands in one cell, with its place. Numbers are as stored: 45
// or 45.0; yes and no are 1 and 0.
type Cell struct {
	Text  string
	Place diag.Place
}

// Open opens a file of the given name with the given content. The book is nil
// when the file is no xlsx file or passes the limits.
func Open(file string, src []byte) (book *Book, problems diag.List) {
	whole := diag.Place{File: file}
	if len(src) > MostBytes {
		problems.Add(whole, fmt.Sprintf("the file is larger than %d MiB", MostBytes>>20), "give the file as it was published")
		return nil, problems
	}
	// The library is made for sound files; a damaged one must not end the run.
	defer func() {
		if recover() != nil {
			book = nil
			problems.Add(whole, "the workbook is damaged", "open it in a spreadsheet program and save it again")
		}
	}()
	inner, err := excelize.OpenReader(bytes.NewReader(src), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: MostUnpacked, UnzipXMLSizeLimit: MostUnpacked,
	})
	if err != nil {
		problems.Add(whole, "the file cannot be read as a workbook", "give an .xlsx file, unprotected and below "+strconv.Itoa(MostUnpacked>>20)+" MiB unpacked")
		return nil, problems
	}
	return &Book{file: file, inner: inner, fills: map[int]string{}}, nil
}

// Sheets gives the names of all sheets, in order.
func (b *Book) Sheets() []string { return b.inner.GetSheetList() }

// Sheet reads a sheet. A sheet that is missing or damaged is a problem, and nil.
func (b *Book) Sheet(name string, problems *diag.List) (sheet *Sheet) {
	place := diag.Place{File: b.file}
	if !slices.Contains(b.Sheets(), name) {
		problems.Add(place, fmt.Sprintf("there is no sheet %q", name), diag.Suggest(name, b.Sheets(), "add the sheet"))
		return nil
	}
	place.File += ":" + name
	defer func() {
		if recover() != nil {
			sheet = nil
			problems.Add(place, "the sheet is damaged", "open the file in a spreadsheet program and save it again")
		}
	}()
	s, err := b.read(name)
	switch {
	case errors.Is(err, errTooLarge):
		problems.Add(place, fmt.Sprintf("the sheet has more than %d rows or %d columns", MostRows, MostColumns), "take out what is not needed")
		return nil
	case err != nil:
		problems.Add(place, "the sheet is damaged", "open the file in a spreadsheet program and save it again")
		return nil
	}
	return s
}

var errTooLarge = errors.New("the sheet is too large")

func (b *Book) read(name string) (*Sheet, error) {
	rows, err := b.inner.Rows(name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	s := &Sheet{Name: name, book: b}
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		for len(cells) > 0 && cells[len(cells)-1] == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) > MostColumns || len(s.rows) >= MostRows && len(cells) > 0 {
			return nil, errTooLarge
		}
		if len(s.rows) < MostRows {
			s.rows = append(s.rows, slices.Clone(cells))
		}
	}
	if err := rows.Error(); err != nil {
		return nil, err
	}
	for len(s.rows) > 0 && len(s.rows[len(s.rows)-1]) == 0 {
		s.rows = s.rows[:len(s.rows)-1]
	}
	return s, nil
}

// Rows gives the number of rows, without empty ones at the end.
func (s *Sheet) Rows() int { return len(s.rows) }

// Empty tells whether nothing stands in the row, counted from 0.
func (s *Sheet) Empty(row int) bool { return row >= len(s.rows) || len(s.rows[row]) == 0 }

// Cell gives a cell; row and column count from 0. A cell outside of what is
// filled is empty.
func (s *Sheet) Cell(row, column int) Cell {
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		name = "A1"
	}
	c := Cell{Place: diag.Place{File: s.book.file + ":" + s.Name + "!" + name}}
	if row < len(s.rows) && column < len(s.rows[row]) {
		c.Text = s.rows[row][column]
	}
	return c
}

// Fill gives the colour of a cell as six hexadecimal digits, "" for none. Row
// and column count from 0.
func (s *Sheet) Fill(row, column int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		return ""
	}
	style, err := s.book.inner.GetCellStyle(s.Name, name)
	if err != nil || style == 0 {
		return ""
	}
	if fill, known := s.book.fills[style]; known {
		return fill
	}
	fill := s.book.fill(style)
	s.book.fills[style] = fill
	return fill
}

// fill gives the colour of a style. The library's own way, GetStyle, knows no
// colours in workbooks without a theme, which programs other than Excel write.
func (b *Book) fill(style int) string {
	what, err := b.inner.GetStyle(style)
	if err != nil || what.Fill.Type != "pattern" || what.Fill.Pattern != 1 {
		return ""
	}
	colour := ""
	if sheet := b.inner.Styles; sheet.CellXfs != nil && sheet.Fills != nil {
		id := sheet.CellXfs.Xf[style].FillID
		if pattern := sheet.Fills.Fill[*id].PatternFill; pattern.FgColor != nil {
			colour = pattern.FgColor.RGB
		}
	}
	if colour == "" && len(what.Fill.Color) > 0 { // one of the theme's
		colour = what.Fill.Color[0]
	}
	colour = strings.ToUpper(strings.TrimPrefix(colour, "#"))
	return colour[max(0, len(colour)-6):] // without the opacity in front
}

// Columns finds columns by their headings in a row, which counts from 0. Each
// heading that is missing is a problem; its column lies beyond every cell.
func (s *Sheet) Columns(row int, headings []string, problems *diag.List) map[string]int {
	const nowhere = MostColumns + 1
	there := map[string]int{}
	var names []string
	if row < len(s.rows) {
		for i, heading := range s.rows[row] {
			if _, twice := there[heading]; !twice && heading != "" {
				there[heading] = i
				names = append(names, heading)
			}
		}
	}
	out := map[string]int{}
	for _, heading := range headings {
		at, ok := there[heading]
		if !ok {
			at = nowhere
			place := s.Cell(row, 0).Place
			problems.Add(place, fmt.Sprintf("row %d has no heading %q", row+1, heading), diag.Suggest(heading, names, "add the column, empty if need be"))
		}
		out[heading] = at
	}
	return out
}

// List gives the values of a cell that are separated by commas, without empty
// ones. A value that stands there twice is a problem and is given once.
func (c Cell) List(problems *diag.List) []string {
	var out []string
	for _, value := range strings.Split(c.Text, ",") {
		value = strings.TrimSpace(value)
		switch {
		case value == "":
		case slices.Contains(out, value):
			problems.Add(c.Place, fmt.Sprintf("%q stands here twice", diag.Shorten(value)), "take one of the two out")
		default:
			out = append(out, value)
		}
	}
	return out
}

// Number reads a whole number from least to most.
func (c Cell) Number(least, most int, problems *diag.List) int {
	value, err := strconv.ParseFloat(c.Text, 64)
	if err != nil || value != float64(int(value)) || value < float64(least) || value > float64(most) {
		problems.Add(c.Place, fmt.Sprintf("%q is not a whole number from %d to %d", diag.Shorten(c.Text), least, most), fmt.Sprintf("for example %d", max(least, min(most, 1))))
		return least
	}
	return int(value)
}
