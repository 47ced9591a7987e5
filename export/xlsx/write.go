package xlsx

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"

	"plenary/export/language"
	"plenary/export/report"
	"plenary/model/calendar"
)

// Numbers that Excel knows things by.
const (
	paperA4     = 9  // ECMA-376, part 1, 18.3.1.63
	textFormat  = 49 // 18.8.30: what is typed or edited stays text
	rightFirst  = 2  // reading order of a right-to-left sheet, 18.8.1
	mostTitle   = 31 // characters of a sheet's name
	mostFooter  = 120
	mostUpright = 100 // characters across that an upright page shows in a size to read
	mostAcross  = 205 // and a page across: 8 points of the 11 that are shown
	lineHeight  = 15  // points
	mostHeight  = 400 // points; Excel has 409 at most
	margin      = 0.4 // inches, on each side of a page
	footer      = 0.2 // inches that the foot of a page takes
)

// dates are the formats of dates, with the language in which Excel writes the
// month (ECMA-376, part 1, 18.8.31, and the language identifiers of [MS-LCID]).
var dates = map[string]string{
	"ar": "[$-C01]d mmmm yyyy", "zh": `[$-804]yyyy"年"m"月"d"日"`, "en": "[$-809]d mmm yyyy",
	"fr": "[$-40C]d mmm yyyy", "ru": "[$-419]d mmm yyyy", "es": "[$-C0A]d mmm yyyy",
}

// dateWidths are the widths, in digits, of the longest date where that is more
// than a column of dates has: a date that does not fit shows as ####. A Chinese
// character is two digits wide.
var dateWidths = map[string]int{"ar": 16, "zh": 16}

// book is a workbook being written.
type book struct {
	f                       *excelize.File
	heading, subject        string
	first                   [][]string     // lines of the first sheet
	tables                  []report.Table // a sheet each
	l                       language.Language
	head, text, day, number int // styles
	title                   int
}

// Write writes the report as a workbook: a sheet for each table that has rows,
// with its heading frozen and repeated on every printed page, filters and real
// dates as the language writes them. Sheets print on A4, as wide as one page,
// across where they are wide; one that would be too small to read prints on
// several pages beside each other.
// For Arabic they run from right to left.
//
// Text is never a formula, and stays text when somebody edits it.
func Write(w io.Writer, r report.Report) error {
	l, ok := language.Named(r.Language)
	if !ok {
		return fmt.Errorf("write the workbook: there is no language %q", r.Language)
	}
	first := [][]string{{r.Title}, {r.Mandate}, {r.Verdict(l)}, nil}
	for _, f := range r.Figures {
		first = append(first, []string{f.Label, f.Value})
	}
	for _, title := range r.NotHeld {
		first = append(first, []string{l.Text("Not held"), title})
	}
	return (&book{heading: r.Title, subject: r.Mandate, first: first, tables: r.Tables(), l: l}).write(w)
}

// WriteTables writes tables as a workbook in the same way, in English. Its first
// sheet has the title, two lines about all, and figures with their labels.
func WriteTables(w io.Writer, title string, about [2]string, figures [][2]string, tables []report.Table) error {
	l, _ := language.Named("en")
	first := [][]string{{title}, {about[0]}, {about[1]}, nil}
	for _, f := range figures {
		first = append(first, f[:])
	}
	return (&book{heading: title, subject: about[0], first: first, tables: tables, l: l}).write(w)
}

// write writes the workbook.
func (b *book) write(w io.Writer) error {
	b.f = excelize.NewFile()
	defer b.f.Close()
	if err := b.fill(); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	if err := b.f.Write(w); err != nil {
		return fmt.Errorf("write the workbook: %w", err)
	}
	return nil
}

func (b *book) fill() error {
	if err := b.styles(); err != nil {
		return err
	}
	if err := b.overview(); err != nil {
		return err
	}
	for _, t := range b.tables {
		if len(t.Rows) == 0 {
			continue
		}
		if err := b.sheet(t); err != nil {
			return fmt.Errorf("sheet %q: %w", t.Title, err)
		}
	}
	return b.f.SetDocProps(&excelize.DocProperties{Title: inert(b.heading), Subject: inert(b.subject), Creator: "Plenary", Language: b.l.Code})
}

func (b *book) styles() (err error) {
	order, start := uint64(0), "left" // at which a date begins, away from the next column
	if b.l.Direction() == "rtl" {
		order, start = rightFirst, "right"
	}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true, ReadingOrder: order}
	under := []excelize.Border{{Type: "bottom", Color: "D1D5DB", Style: 1}}
	dated, counted := dates[b.l.Code], "#,##0"
	for _, x := range []struct {
		into  *int
		style excelize.Style
	}{
		{&b.title, excelize.Style{NumFmt: textFormat, Font: &excelize.Font{Bold: true, Size: 14}, Alignment: wrapped}},
		{&b.head, excelize.Style{NumFmt: textFormat, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCE6F1"}}, Alignment: wrapped, Border: []excelize.Border{{Type: "bottom", Color: "6B7280", Style: 2}}}},
		{&b.text, excelize.Style{NumFmt: textFormat, Alignment: wrapped, Border: under}},
		{&b.day, excelize.Style{CustomNumFmt: &dated, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: start, ReadingOrder: order}, Border: under}},
		{&b.number, excelize.Style{CustomNumFmt: &counted, Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "center", ReadingOrder: order}, Border: under}},
	} {
		if *x.into, err = b.f.NewStyle(&x.style); err != nil {
			return err
		}
	}
	return nil
}

// overview fills the first sheet: a title, two lines that run over both columns,
// and figures with their labels.
func (b *book) overview() error {
	name := b.name(b.l.Text("Overview"))
	if err := b.f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	for i, row := range b.first {
		for j, text := range row {
			style := b.text
			if i == 0 {
				style = b.title
			}
			if err := b.cell(name, j+1, i+1, text, style); err != nil {
				return err
			}
		}
	}
	for i := range 3 { // the first lines run over both columns
		if err := b.f.MergeCell(name, fmt.Sprintf("A%d", i+1), fmt.Sprintf("B%d", i+1)); err != nil {
			return err
		}
		if err := b.f.SetRowHeight(name, i+1, 40); err != nil {
			return err
		}
	}
	const labels, values = 26, 70
	if err := b.f.SetColWidth(name, "A", "A", labels); err != nil {
		return err
	}
	if err := b.f.SetColWidth(name, "B", "B", values); err != nil {
		return err
	}
	return b.layout(name, labels+values, fmt.Sprintf("$A$1:$B$%d", len(b.first)))
}

// lines gives how many lines the fullest cell of a row takes.
func lines(row []any, columns []report.Column) int {
	most := 1
	for j, cell := range row {
		if text, ok := cell.(string); ok {
			most = max(most, linesOf(text, columns[j].Width))
		}
	}
	return most
}

// linesOf gives how many lines a text takes whose lines are broken between
// words, and within one that is longer than a line.
func linesOf(text string, room int) (n int) {
	for line := range strings.SplitSeq(text, "\n") {
		n += brokenInto(line, room)
	}
	return n
}

func brokenInto(text string, room int) int {
	n, used := 1, 0
	for _, word := range strings.Fields(text) {
		wide := 0
		for _, r := range word {
			if wide++; r >= 0x2e80 { // letters of Chinese are as wide as two others
				wide++
			}
		}
		if used > 0 && used+1+wide > room {
			n, used = n+1, 0
		}
		if used > 0 {
			used++
		}
		used += wide
		n, used = n+(used-1)/room, (used-1)%room+1
	}
	return n
}

// name gives a sheet's name: without the characters that Excel forbids, and not
// too long.
func (b *book) name(title string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return ' '
		}
		return r
	}, title))
	return strings.TrimSpace(string(runes[:min(len(runes), mostTitle)]))
}

// widened gives the columns of a table, those with dates wide enough for them.
func (b *book) widened(t report.Table) []report.Column {
	columns := slices.Clone(t.Columns)
	for _, row := range t.Rows {
		for j, cell := range row {
			if _, dated := cell.(calendar.Day); dated {
				columns[j].Width = max(columns[j].Width, dateWidths[b.l.Code])
			}
		}
	}
	return columns
}

// sheet writes one table.
func (b *book) sheet(t report.Table) error {
	name := b.name(t.Title)
	if _, err := b.f.NewSheet(name); err != nil {
		return err
	}
	t.Columns = b.widened(t)
	width, heading := 0, make([]any, len(t.Columns))
	for j, c := range t.Columns {
		width += c.Width
		heading[j] = c.Title
		if err := b.cell(name, j+1, 1, c.Title, b.head); err != nil {
			return err
		}
		column, err := excelize.ColumnNumberToName(j + 1)
		if err != nil {
			return err
		}
		if err := b.f.SetColWidth(name, column, column, float64(c.Width)); err != nil {
			return err
		}
	}
	if err := b.height(name, 1, heading, t.Columns); err != nil {
		return err
	}
	for i, row := range t.Rows {
		for j, cell := range row {
			style := b.text
			switch cell.(type) {
			case calendar.Day:
				style = b.day
			case int:
				style = b.number
			}
			if err := b.cell(name, j+1, i+2, cell, style); err != nil {
				return err
			}
		}
		if err := b.height(name, i+2, row, t.Columns); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(t.Columns), len(t.Rows)+1, true)
	if err != nil {
		return err
	}
	if err := b.f.AutoFilter(name, "$A$1:"+last, nil); err != nil {
		return err
	}
	frozen, corner := 0, "A2"
	if t.ID == "grid" { // as wide as there are rooms: its day stays, too
		frozen, corner = 2, "C2"
	}
	titles := fmt.Sprintf("'%s'!$1:$1", name)
	if frozen > 0 {
		titles = fmt.Sprintf("'%s'!$A:$B,%s", name, titles)
	}
	if err := b.f.SetPanes(name, &excelize.Panes{Freeze: true, XSplit: frozen, YSplit: 1, TopLeftCell: corner, ActivePane: map[bool]string{true: "bottomRight", false: "bottomLeft"}[frozen > 0]}); err != nil {
		return err
	}
	if err := b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: name}); err != nil {
		return err
	}
	return b.layout(name, width, "$A$1:"+last)
}

// height makes a row as high as its fullest cell, for not every reader does that
// by itself.
func (b *book) height(sheet string, row int, cells []any, columns []report.Column) error {
	n := lines(cells, columns)
	if n == 1 {
		return nil
	}
	return b.f.SetRowHeight(sheet, row, min(mostHeight, lineHeight*float64(n)))
}

// layout sets up the page and the direction of a sheet, so many characters wide:
// what it prints, as wide as one page and as many pages long as it takes, across
// where upright it would be too small to read, and more pages wide where across
// it would be.
func (b *book) layout(name string, width int, printed string) error {
	yes, side, wide, any, size := true, "portrait", (width+mostAcross-1)/mostAcross, 0, paperA4
	if width > mostUpright {
		side = "landscape"
	}
	if err := b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("'%s'!%s", name, printed), Scope: name}); err != nil {
		return err
	}
	edge, foot := margin, margin+footer // what is not said here would be 0
	if err := b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &edge, Right: &edge, Top: &edge, Bottom: &foot, Header: &edge, Footer: &edge}); err != nil {
		return err
	}
	if err := b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &side, FitToWidth: &wide, FitToHeight: &any}); err != nil {
		return err
	}
	title := []rune(inert(b.heading))
	line := strings.ReplaceAll(string(title[:min(len(title), mostFooter)]), "&", "&&")
	if err := b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&8" + " " + line + "&R&8&P / &N"}); err != nil {
		return err
	}
	if b.l.Direction() == "rtl" {
		return b.f.SetSheetView(name, -1, &excelize.ViewOptions{RightToLeft: &yes})
	}
	return nil
}

// cell writes a cell with its style; nil leaves it empty.
func (b *book) cell(sheet string, column, row int, value any, style int) error {
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	switch x := value.(type) {
	case nil:
	case calendar.Day:
		err = b.f.SetCellValue(sheet, at, x.Time(time.UTC))
	case int:
		err = b.f.SetCellInt(sheet, at, int64(x))
	default:
		err = b.f.SetCellStr(sheet, at, inert(fmt.Sprint(x)))
	}
	return errors.Join(err, b.f.SetCellStyle(sheet, at, at, style))
}

// inert gives text that a workbook can hold: without control characters. It is
// written as a string, never as a formula.
func inert(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}
