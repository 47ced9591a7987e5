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

// Limits of a table. Beyond one there is one problem that says so; what was
// read so far stands. The file's bytes are bounded by source.MostBytes.
const (
	MostMembers = 20_000  // lines below the first
	MostColumns = 200     // columns
	MostCells   = 400_000 // filled cells of all lines
	MostAway    = 1_000   // ranges in one cell of the column unavailable
	MostText    = 20_000  // characters of one cell
	mostBroken  = 100     // lines that cannot be read as CSV
	mostFields  = 100_000 // separators of one line, those in quotes too
)

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
			if part = strings.TrimSpace(part); part != "" && (column == Unavailable || !slices.Contains(m.Values[column], part)) {
				m.Values[column] = append(m.Values[column], part)
			}
		}
	}
	if n := len(m.Values[Unavailable]); n > MostAway {
		return m, fmt.Errorf("%d stretches of days; %d is the most", n, MostAway)
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

// Lines is a table as it stands in a file: the columns that its first line
// names, and the filled lines below. The columns are nil when nothing could be
// read.
type Lines struct {
	Columns []string
	Rows    []Row
	File    string
	First   diag.Place // of the first line
}

// Row is one line of a table with its place.
type Row struct {
	Place diag.Place        // of the line's start
	Value map[string]string // the filled cells by column
	cell  []position        // where each cell begins, in the order of columns
	table *lines
}

// position is a line, from 1, a byte in it, from 1, and a width in characters.
type position struct{ line, at, width int }

// Cell gives the place of the cell in a column, or of the line where it has
// none.
func (r *Row) Cell(column string) diag.Place {
	if i := slices.Index(r.table.columns, column); i >= 0 && i < len(r.cell) {
		return r.table.place(r.cell[i])
	}
	return r.Place
}

// lines is the text of a table, to give places in it.
type lines struct {
	file    string
	sheet   string // of a workbook; then places are cells
	text    []string
	columns []string
}

func (t *lines) place(p position) diag.Place {
	if t.sheet != "" {
		return diag.Cell(t.file, t.sheet, p.line, p.at)
	}
	at := diag.Place{File: t.file, Line: p.line, Column: 1, Width: max(1, p.width)}
	if p.line >= 1 && p.line <= len(t.text) {
		at.Text = strings.TrimSuffix(t.text[p.line-1], "\r")
		if p.at-1 <= len(at.Text) { // bytes to characters
			at.Column = utf8.RuneCountInString(at.Text[:max(0, p.at-1)]) + 1
		}
	}
	return at
}

// check says what does not show in a cell, and that it is too long. Its place costs a
// look at the line, and is asked for only then.
func (t *lines) check(at position, text string, problems *diag.List) (clean bool) {
	if len(text) > MostText && utf8.RuneCountInString(text) > MostText {
		problems.Add(t.place(at), fmt.Sprintf("this cell is longer than %d characters", MostText), "shorten it; long texts belong in a document")
		return false
	}
	if _, found := diag.Hidden(text); found {
		return problems.Check(t.place(at), text)
	}
	return true
}

// whole gives the place of a whole line.
func (t *lines) whole(line int) diag.Place {
	at := t.place(position{line: line, at: 1})
	at.Width = max(1, utf8.RuneCountInString(at.Text))
	return at
}

// separator guesses what stands between the fields of the first line: Excel
// writes commas, semicolons or tabs, by the country.
func separator(first string) rune {
	best, most := ',', strings.Count(first, ",")
	for _, c := range ";\t" {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// ReadCSV reads a CSV table whose first line names the columns. The file may
// begin with a byte order mark and use commas, semicolons or tabs, as Excel
// does. When nothing could be read there is at least one problem.
func ReadCSV(file string, src []byte) (Lines, diag.List) {
	var problems diag.List
	whole := diag.Place{File: file}
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	if !utf8.Valid(src) || bytes.IndexByte(src, 0) >= 0 {
		problems.Add(whole, "this is no UTF-8 text file", "in Excel, save as CSV UTF-8")
		return Lines{}, problems
	}
	table := &lines{file: file, text: strings.Split(string(src), "\n")}
	reader := csv.NewReader(bytes.NewReader(src))
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	reader.Comma = separator(table.text[0])
	for i, line := range table.text { // the CSV library spends some 100 bytes on each field
		if n := strings.Count(line, string(reader.Comma)); n > mostFields {
			problems.Add(table.place(position{line: i + 1, at: 1}), fmt.Sprintf("the line has %d fields; %d columns is the most", n+1, MostColumns), "leave out what no seat needs")
			return Lines{}, problems
		}
	}
	header, err := reader.Read()
	switch {
	case errors.Is(err, io.EOF):
		problems.Add(whole, "the table is empty", "the first line names the columns")
		return Lines{}, problems
	case err != nil:
		table.broken(err, &problems)
		return Lines{}, problems
	case len(header) > MostColumns:
		problems.Add(table.place(position{line: 1, at: 1}), fmt.Sprintf("the table has %d columns; %d is the most", len(header), MostColumns), "leave out what no seat needs")
		return Lines{}, problems
	}
	table.name(header, reader.FieldPos, &problems)
	return Lines{table.columns, table.read(reader, &problems), file, firstLine(file, src)}, problems
}

// name takes the names of the columns from the fields of the first line.
func (t *lines) name(header []string, at func(field int) (line, column int), problems *diag.List) {
	for i, name := range header {
		name = strings.TrimSpace(name)
		t.columns = append(t.columns, name)
		line, column := at(i)
		stands := position{line, column, utf8.RuneCountInString(name)}
		t.check(stands, name, problems)
		if name != "" && slices.Contains(t.columns[:i], name) {
			problems.Add(t.place(stands), fmt.Sprintf("the column %q is there twice", diag.Shorten(name)), "rename one of them")
		}
	}
}

// read reads the lines below the first.
func (t *lines) read(reader *csv.Reader, problems *diag.List) (rows []Row) {
	broken, cells := 0, 0
	for {
		record, err := reader.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows
		case err != nil:
			t.broken(err, problems)
			if broken++; broken == mostBroken {
				return rows
			}
			continue
		case !slices.ContainsFunc(record, func(field string) bool { return strings.TrimSpace(field) != "" }):
			continue
		}
		line, _ := reader.FieldPos(0)
		row := Row{Place: t.place(position{line: line, at: 1}), Value: map[string]string{}, table: t}
		switch {
		case len(record) > len(t.columns):
			problems.Add(t.whole(line), fmt.Sprintf("the line has %d fields, the first line names %d columns", len(record), len(t.columns)), "put fields that contain a separator in quotes")
			if broken++; broken == mostBroken {
				return rows
			}
			continue
		case len(rows) >= MostMembers:
			problems.Add(row.Place, fmt.Sprintf("the table has more than %d lines", MostMembers), "leave out what no seat needs")
			return rows
		}
		row.cell = make([]position, len(record))
		for i, field := range record {
			at, column := reader.FieldPos(i)
			row.cell[i] = position{at, column, utf8.RuneCountInString(field)}
			if field = strings.TrimSpace(field); field != "" {
				if cells++; !t.check(row.cell[i], field, problems) {
					broken++
				}
				row.Value[t.columns[i]] = field
			}
		}
		if cells > MostCells {
			problems.Add(row.Place, fmt.Sprintf("the table has more than %d filled cells", MostCells), "leave out what no seat needs")
			return rows
		}
		if broken >= mostBroken {
			return rows
		}
		rows = append(rows, row)
	}
}

// broken reports a line that cannot be read as CSV.
func (t *lines) broken(err error, problems *diag.List) {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		problems.Add(diag.Place{File: t.file}, "cannot be read as CSV: "+err.Error(), "export the table again as CSV UTF-8")
		return
	}
	at := t.place(position{line: parse.Line, at: parse.Column})
	switch {
	case errors.Is(parse.Err, csv.ErrQuote) && parse.Line > parse.StartLine:
		problems.Add(t.whole(parse.StartLine), fmt.Sprintf("a quote that opens on this line is not closed before line %d", parse.Line), "add the closing quote; a quote inside a field is written twice")
	case errors.Is(parse.Err, csv.ErrQuote):
		problems.Add(at, "text goes on after the closing quote, or a quote is not closed", "put the whole field in quotes; a quote inside a field is written twice")
	default:
		problems.Add(at, "a quote stands inside a field that is not in quotes", `put the whole field in quotes and write the quote inside twice: "a ""b"" c"`)
	}
}

// Read gives the lines of a table as members, with the id and the name in the
// columns given.
func Read(lines Lines, idColumn, nameColumn string) (Table, diag.List) {
	var problems diag.List
	table := Table{Columns: lines.Columns}
	if lines.Columns == nil {
		return table, nil
	}
	for _, needed := range []string{idColumn, nameColumn} {
		if !slices.Contains(lines.Columns, needed) {
			problems.Add(lines.First, fmt.Sprintf("the table has no column %q", needed), diag.Suggest(needed, lines.Columns, "say id-column and name-column in the scenario"))
			return table, problems
		}
	}
	alike := map[string]string{} // the first of the ids that look so
	for _, row := range lines.Rows {
		id := row.Value[idColumn]
		looks := diag.Appearance(id)
		first, there := alike[looks]
		switch {
		case id == "":
			problems.Add(row.Place, "the line has no id", "fill the column "+idColumn)
			continue
		case table.Member(id) != nil:
			problems.Add(row.Cell(idColumn), fmt.Sprintf("the id %q stands here for the second time", diag.Shorten(id)), "ids are unique in a table")
			continue
		case there:
			problems.Add(row.Cell(idColumn), fmt.Sprintf("the id %q looks like %q, which stands above, and has letters of another alphabet", diag.Shorten(id), diag.Shorten(first)), "write both in one alphabet, or give one of them another id")
			continue
		}
		alike[looks] = id
		m, err := NewMember(id, row.Value[nameColumn], row.Value)
		if err != nil {
			problems.Add(row.Cell(Unavailable), Unavailable+": "+err.Error(), "for example 2017-05-01..2017-05-14; 2017-07-03")
		}
		table.Add(m)
	}
	return table, problems
}

// firstLine gives the place of a table's first line.
func firstLine(file string, src []byte) diag.Place {
	line, _, _ := strings.Cut(string(bytes.TrimPrefix(src, []byte("\uFEFF"))), "\n")
	line = strings.TrimSuffix(line, "\r")
	return diag.Place{File: file, Line: 1, Column: 1, Text: line, Width: max(1, utf8.RuneCountInString(line))}
}

// Join adds the columns of another table with the same id column to the
// members it names. A filled cell takes the place of what the member had in
// the column; days in the column unavailable are added.
func (t *Table) Join(lines Lines, idColumn string) diag.List {
	var problems diag.List
	if lines.Columns != nil && !slices.Contains(lines.Columns, idColumn) {
		problems.Add(lines.First, fmt.Sprintf("the table has no column %q", idColumn), "name the id column as in the roster's own table")
		return problems
	}
	seen := map[string]bool{}
	for _, row := range lines.Rows {
		id := row.Value[idColumn]
		m := t.Member(id)
		switch {
		case id == "":
			problems.Add(row.Place, "the line has no id", "fill the column "+idColumn)
			continue
		case m == nil:
			problems.Add(row.Cell(idColumn), fmt.Sprintf("there is no member %q to add columns to", diag.Shorten(id)), "correct the id, or delete the line")
			continue
		case seen[id]:
			problems.Add(row.Cell(idColumn), fmt.Sprintf("the id %q stands here for the second time", diag.Shorten(id)), "ids are unique in a table")
			continue
		}
		seen[id] = true
		added, err := NewMember(m.ID, m.Name, row.Value)
		if err != nil {
			problems.Add(row.Cell(Unavailable), Unavailable+": "+err.Error(), "for example 2017-05-01..2017-05-14; 2017-07-03")
		}
		for column, values := range added.Values {
			if column == Unavailable {
				values = slices.Concat(m.Values[column], values)
			}
			if column != idColumn {
				m.Values[column] = values
			}
		}
		m.Away = append(m.Away, added.Away...)
	}
	for _, c := range lines.Columns {
		if !slices.Contains(t.Columns, c) {
			t.Columns = append(t.Columns, c)
		}
	}
	return problems
}
