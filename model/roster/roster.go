package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"plenary/model/calendar"
	"plenary/model/diag"
)

// MostMembers is the largest table that is read.
const MostMembers = 20_000

// Unavailable is the column with the days on which a member cannot sit:
// ranges separated by semicolons.
const Unavailable = "unavailable"

// Member is one who can fill seats. Values holds the columns; a column may
// hold several values, separated by semicolons.
type Member struct {
	ID      string
	Name    string
	Values  map[string][]string
	Away    []calendar.Range
	Roster  string
	ordinal int
}

// Has tells whether one of the column's values is the value.
func (m *Member) Has(column, value string) bool {
	return slices.Contains(m.Values[column], value)
}

// AwayOn tells whether the member cannot sit on the day.
func (m *Member) AwayOn(d calendar.Day) bool {
	return slices.ContainsFunc(m.Away, func(r calendar.Range) bool { return r.Contains(d) })
}

// Table is a roster's members in the order of the file.
type Table struct {
	Columns []string
	Members []*Member
	byID    map[string]*Member
}

// Member gives the member with the id, nil when there is none.
func (t *Table) Member(id string) *Member { return t.byID[id] }

// Values gives the distinct values of a column in order of first appearance.
func (t *Table) Values(column string) []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range t.Members {
		for _, v := range m.Values[column] {
			if !seen[v] {
				seen[v] = true
				out = append(out, v)
			}
		}
	}
	return out
}

// Add appends a member. The caller has made sure that the id is new.
func (t *Table) Add(m *Member) {
	if t.byID == nil {
		t.byID = map[string]*Member{}
	}
	m.ordinal = len(t.Members)
	t.byID[m.ID] = m
	t.Members = append(t.Members, m)
}

// NewMember builds a member from its columns.
func NewMember(id, name string, values map[string]string) (*Member, error) {
	m := &Member{ID: id, Name: name, Values: map[string][]string{}}
	if m.Name == "" {
		m.Name = id
	}
	for column, text := range values {
		for part := range strings.SplitSeq(text, ";") {
			if part = strings.TrimSpace(part); part != "" {
				m.Values[column] = append(m.Values[column], part)
			}
		}
	}
	for _, text := range m.Values[Unavailable] {
		r, err := calendar.ParseRange(text)
		if err != nil {
			return m, err
		}
		m.Away = append(m.Away, r)
	}
	return m, nil
}

// Row is one line of a CSV table with its place.
type Row struct {
	Place diag.Place
	Value map[string]string
	Cell  map[string]diag.Place
}

// ReadRows reads a CSV table whose first line names the columns. The file may
// begin with a byte order mark and use commas or semicolons, as Excel does.
func ReadRows(file string, src []byte) ([]string, []Row, diag.List) {
	var problems diag.List
	whole := diag.Place{File: file}
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	if !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0 {
		problems.Add(whole, "this is no UTF-8 text file", "in Excel, save as CSV UTF-8")
		return nil, nil, problems
	}
	lines := strings.Split(string(src), "\n")
	place := func(line, column, width int) diag.Place {
		at := diag.Place{File: file, Line: line, Column: column, Width: max(1, width)}
		if line >= 1 && line <= len(lines) {
			at.Text = strings.TrimSuffix(lines[line-1], "\r")
			if column-1 <= len(at.Text) { // bytes to characters
				at.Column = utf8.RuneCountInString(at.Text[:column-1]) + 1
			}
		}
		return at
	}
	reader := csv.NewReader(bytes.NewReader(src))
	reader.FieldsPerRecord = -1
	reader.LazyQuotes = true
	if strings.Count(lines[0], ";") > strings.Count(lines[0], ",") {
		reader.Comma = ';'
	}
	header, err := reader.Read()
	if err != nil {
		problems.Add(whole, "the table is empty", "the first line names the columns")
		return nil, nil, problems
	}
	for i, name := range header {
		header[i] = strings.TrimSpace(name)
		if i > 0 && header[i] != "" && slices.Contains(header[:i], header[i]) {
			problems.Add(place(1, 1, 1), fmt.Sprintf("the column %q is there twice", diag.Shorten(name)), "rename one of them")
		}
	}
	var rows []Row
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := reader.FieldPos(0)
		if err != nil {
			problems.Add(place(max(1, line), 1, 1), "cannot be read as CSV: "+err.Error(), "check the quotes on this line")
			break
		}
		if len(record) == 1 && strings.TrimSpace(record[0]) == "" {
			continue
		}
		if len(record) > len(header) {
			problems.Add(place(line, 1, 1), fmt.Sprintf("the line has %d fields, the first line names %d columns", len(record), len(header)), "put fields that contain a comma in quotes")
			continue
		}
		if len(rows) >= MostMembers {
			problems.Add(place(line, 1, 1), fmt.Sprintf("the table has more than %d lines", MostMembers), "leave out what no seat needs")
			break
		}
		row := Row{place(line, 1, 1), map[string]string{}, map[string]diag.Place{}}
		for i, field := range record {
			at, column := reader.FieldPos(i)
			row.Value[header[i]] = strings.TrimSpace(field)
			row.Cell[header[i]] = place(at, column, utf8.RuneCountInString(field))
		}
		rows = append(rows, row)
	}
	return header, rows, problems
}

// ReadCSV reads a roster from a CSV table, with the id and the name in the
// columns given.
func ReadCSV(file string, src []byte, idColumn, nameColumn string) (Table, diag.List) {
	columns, rows, problems := ReadRows(file, src)
	table := Table{Columns: columns}
	if columns == nil {
		return table, problems
	}
	for _, needed := range []string{idColumn, nameColumn} {
		if !slices.Contains(columns, needed) {
			problems.Add(diag.Place{File: file, Line: 1, Column: 1, Text: firstLine(src), Width: len(firstLine(src))},
				fmt.Sprintf("the table has no column %q", needed), diag.Suggest(needed, columns, "say id-column and name-column in the scenario"))
			return table, problems
		}
	}
	for _, row := range rows {
		id := row.Value[idColumn]
		switch {
		case id == "":
			problems.Add(row.Place, "the line has no id", "fill the column "+idColumn)
			continue
		case table.Member(id) != nil:
			problems.Add(row.Cell[idColumn], fmt.Sprintf("the id %q stands here for the second time", diag.Shorten(id)), "ids are unique in a table")
			continue
		}
		m, err := NewMember(id, row.Value[nameColumn], row.Value)
		if err != nil {
			problems.Add(row.Cell[Unavailable], Unavailable+": "+err.Error(), "for example 2017-05-01..2017-05-14; 2017-07-03")
		}
		table.Add(m)
	}
	return table, problems
}

func firstLine(src []byte) string {
	line, _, _ := strings.Cut(string(bytes.TrimPrefix(src, []byte("\uFEFF"))), "\n")
	return strings.TrimSuffix(line, "\r")
}

// Join adds the columns of another table with the same id column to the
// members it names.
func (t *Table) Join(file string, src []byte, idColumn string) diag.List {
	columns, rows, problems := ReadRows(file, src)
	if columns != nil && !slices.Contains(columns, idColumn) {
		problems.Add(diag.Place{File: file, Line: 1, Column: 1, Text: firstLine(src), Width: 1},
			fmt.Sprintf("the table has no column %q", idColumn), "name the id column as in the roster's own table")
		return problems
	}
	for _, row := range rows {
		m := t.Member(row.Value[idColumn])
		if m == nil {
			problems.Add(row.Cell[idColumn], fmt.Sprintf("there is no member %q to add columns to", diag.Shorten(row.Value[idColumn])), "correct the id, or delete the line")
			continue
		}
		added, err := NewMember(m.ID, m.Name, row.Value)
		if err != nil {
			problems.Add(row.Cell[Unavailable], Unavailable+": "+err.Error(), "for example 2017-05-01..2017-05-14; 2017-07-03")
		}
		for column, values := range added.Values {
			if column != idColumn {
				m.Values[column] = values
			}
		}
		m.Away = append(m.Away, added.Away...)
	}
	for _, c := range columns {
		if !slices.Contains(t.Columns, c) {
			t.Columns = append(t.Columns, c)
		}
	}
	return problems
}
