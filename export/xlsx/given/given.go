// Package given makes, for tests of readers, workbooks that differ from a sound one.
//
//	src := given.Changed(t, "testdata/everything.xlsx", map[string]any{"Rooms!B3": 0})
package given

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// open opens a workbook; any problem ends the test.
func open(t testing.TB, name string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// Changed gives a workbook with other values in some cells, "SHEET!CELL"; a value
// that begins with # fills the cell in that colour.
func Changed(t testing.TB, name string, cells map[string]any) []byte {
	t.Helper()
	f := open(t, name)
	for at, value := range cells {
		sheet, cell, _ := strings.Cut(at, "!")
		var err error
		if colour, ok := value.(string); ok && strings.HasPrefix(colour, "#") {
			var style int
			if style, err = f.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}}); err == nil {
				err = f.SetCellStyle(sheet, cell, cell, style)
			}
		} else {
			err = f.SetCellValue(sheet, cell, value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Lengthened gives a workbook in which a sheet goes on with its last line, under other
// names or on later days, down to a row.
func Lengthened(t testing.TB, name, sheet string, down int) []byte {
	t.Helper()
	rows, err := open(t, name).GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]any{}
	last := rows[len(rows)-1]
	for row := len(rows) + 1; row <= down; row++ {
		for i, text := range last {
			column, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				t.Fatal(err)
			}
			if _, days, _ := strings.Cut(last[0], " "); i == 0 {
				text = fmt.Sprint("one ", row)
				if day, err := time.Parse(time.DateOnly, days); err == nil {
					text = day.AddDate(0, 0, row).Format("Mon 2006-01-02")
				}
			}
			cells[fmt.Sprintf("%s!%s%d", sheet, column, row)] = text
		}
	}
	return Changed(t, name, cells)
}
