package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"plenary/model/roster"
	"plenary/model/source"
)

// Limits of a workbook that is read. A row that is too long is cut off one cell
// later, so that whoever reads the table says so.
const (
	mostUnpacked = 8 * source.MostBytes // bytes of all parts, unpacked
	mostRows     = roster.MostMembers + 1000
	mostColumns  = roster.MostColumns + 1
)

// ErrNoWorkbook says that the bytes are no workbook.
var ErrNoWorkbook = errors.New("this is no .xlsx workbook")

// Read reads the first sheet that is not hidden: numbers as they stand, days as
// ISO dates, with the time of day where there is one. A workbook with a
// password is refused.
func Read(_ string, src []byte) (sheet roster.Sheet, err error) {
	if !bytes.HasPrefix(src, []byte("PK")) { // encrypted ones and the old format begin otherwise
		return sheet, fmt.Errorf("%w, or it has a password", ErrNoWorkbook)
	}
	// The library panics on some broken workbooks.
	defer func() {
		if broken := recover(); broken != nil {
			sheet, err = roster.Sheet{}, ErrNoWorkbook
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(src), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked})
	switch {
	case err != nil && strings.Contains(err.Error(), "unzip size exceeds"): // the library has no error of its own for it
		return sheet, fmt.Errorf("it has more than %d MiB, unpacked", mostUnpacked>>20)
	case err != nil:
		return sheet, fmt.Errorf("%w: %s", ErrNoWorkbook, err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err == nil && visible {
			sheet.Name = name
			break
		}
	}
	if sheet.Name == "" {
		return sheet, errors.New("it has no visible sheet")
	}
	rows, err := f.Rows(sheet.Name)
	if err != nil {
		return sheet, fmt.Errorf("the sheet %q cannot be read: %w", sheet.Name, err)
	}
	defer rows.Close()
	days := dayStyles{f: f, known: map[int]bool{}}
	for row := 1; rows.Next(); row++ {
		cells, err := rows.Columns()
		if err != nil {
			return sheet, fmt.Errorf("row %d of the sheet %q cannot be read: %w", row, sheet.Name, err)
		}
		if row > mostRows {
			if slices.ContainsFunc(cells, func(text string) bool { return strings.TrimSpace(text) != "" }) {
				return sheet, fmt.Errorf("something stands in row %d of the sheet %q, and only %d are looked at", row, sheet.Name, mostRows)
			}
			continue
		}
		cells = cells[:min(len(cells), mostColumns)]
		for i, text := range cells {
			cells[i] = days.text(sheet.Name, i+1, row, text)
		}
		sheet.Cells = append(sheet.Cells, slices.Clone(cells))
	}
	return sheet, rows.Error()
}

// dayStyles knows which styles of a workbook show a number as a day.
type dayStyles struct {
	f     *excelize.File
	known map[int]bool
}

// text gives a cell's text, for a day its ISO date.
func (d dayStyles) text(sheet string, column, row int, raw string) string {
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return raw
	}
	if kind, err := d.f.GetCellType(sheet, cell); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		return raw
	}
	style, err := d.f.GetCellStyle(sheet, cell)
	if err != nil || !d.isDay(style) {
		return raw
	}
	from1904 := false
	if props, err := d.f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		from1904 = *props.Date1904
	}
	at, err := excelize.ExcelDateToTime(serial, from1904)
	if err != nil {
		return raw
	}
	if at = at.Round(time.Second); at.Equal(at.Truncate(24 * time.Hour)) {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}

// isDay tells whether a style shows numbers as days: one of the built-in
// formats of ECMA-376, part 1, 18.8.30, or one of its own that speaks of years
// or days.
func (d dayStyles) isDay(style int) bool {
	day, seen := d.known[style]
	if seen {
		return day
	}
	if s, err := d.f.GetStyle(style); err == nil {
		n := s.NumFmt
		day = n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 58
		if s.CustomNumFmt != nil {
			day = strings.ContainsAny(bare(*s.CustomNumFmt), "yYdD")
		}
	}
	d.known[style] = day
	return day
}

// bare takes quoted words and what stands in brackets, such as colours, out of
// a format.
func bare(format string) string {
	var out strings.Builder
	end := rune(0)
	for _, r := range format {
		switch {
		case end != 0:
			if r == end {
				end = 0
			}
		case r == '"':
			end = '"'
		case r == '[':
			end = ']'
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
