package roster

import (
	"fmt"
	"slices"
	"strings"

	"plenary/model/diag"
)

// Sheet is one sheet of a workbook: the text of its cells row by row, days as
// ISO dates. Rows and cells at the end may be missing where they are empty.
type Sheet struct {
	Name  string
	Cells [][]string
}

// faults are what Excel shows in a cell whose formula failed.
var faults = []string{"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}

// ReadSheet reads a table from a sheet; the first filled row names the columns.
// When nothing could be read there is at least one problem.
func ReadSheet(file string, sheet Sheet) (Lines, diag.List) {
	var problems diag.List
	t := &lines{file: file, sheet: sheet.Name}
	filled := func(row []string) bool {
		return slices.ContainsFunc(row, func(text string) bool { return strings.TrimSpace(text) != "" })
	}
	head := slices.IndexFunc(sheet.Cells, filled)
	if head < 0 {
		problems.Add(diag.Place{File: file}, fmt.Sprintf("the sheet %q is empty", diag.Shorten(sheet.Name)), "the first row names the columns; the table stands on the first sheet")
		return Lines{}, problems
	}
	first := t.place(position{line: head + 1, at: 1})
	if n := len(sheet.Cells[head]); n > MostColumns {
		problems.Add(first, fmt.Sprintf("the table has %d columns; %d is the most", n, MostColumns), "leave out what no seat needs")
		return Lines{}, problems
	}
	t.name(sheet.Cells[head], func(field int) (int, int) { return head + 1, field + 1 }, &problems)
	out := Lines{Columns: t.columns, File: file, First: first}
	cells, broken := 0, 0
	for i, record := range sheet.Cells[head+1:] {
		if !filled(record) {
			continue
		}
		row := Row{Place: t.place(position{line: head + 2 + i, at: 1}), Value: map[string]string{}, table: t}
		if len(out.Rows) >= MostMembers {
			problems.Add(row.Place, fmt.Sprintf("the table has more than %d lines", MostMembers), "leave out what no seat needs")
			return out, problems
		}
		for j, text := range record {
			at := position{line: head + 2 + i, at: j + 1}
			row.cell = append(row.cell, at)
			switch text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")); {
			case text == "":
				continue
			case j >= len(t.columns) || t.columns[j] == "":
				problems.Add(t.place(at), "the cell stands in a column without a name", fmt.Sprintf("name the column in row %d, or empty the cell", head+1))
				broken++
			case slices.Contains(faults, text):
				problems.Add(t.place(at), fmt.Sprintf("the cell shows %s: its formula failed", text), "mend the formula, or write the value itself")
				broken++
			case !t.check(at, text, &problems):
				broken++
			default:
				row.Value[t.columns[j]] = text
				cells++
			}
			if broken >= mostBroken {
				return out, problems
			}
		}
		if cells > MostCells {
			problems.Add(row.Place, fmt.Sprintf("the table has more than %d filled cells", MostCells), "leave out what no seat needs")
			return out, problems
		}
		out.Rows = append(out.Rows, row)
	}
	return out, problems
}
