package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"plenary/export/language"
	"plenary/export/report"
	"plenary/export/xlsx"
	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/scenarios"
)

// process gives the report of the process that the tests of package report
// have.
func process(t *testing.T, code string) report.Report {
	t.Helper()
	const folder = "../report/testdata/"
	s, instances := given.File(t, folder+"process.yaml", scenario.Sources{Library: scenarios.FS})
	src, err := os.ReadFile(folder + "process.plan.json")
	if err != nil {
		t.Fatal(err)
	}
	p, problems := plan.Read("process.plan.json", src, s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l, _ := language.Named(code)
	return report.Of(s, instances, p, judge.Plan(s, instances, p), l)
}

// written writes a workbook and opens it again.
func written(t *testing.T, r report.Report) ([]byte, *excelize.File) {
	t.Helper()
	var b bytes.Buffer
	if err := xlsx.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return b.Bytes(), f
}

func TestEverySheetIsReadyToUseAndToPrint(t *testing.T) {
	across := 0
	for _, code := range scenario.Languages {
		r := process(t, code)
		_, f := written(t, r)
		tables := r.Tables()
		sheets := f.GetSheetList()
		if len(sheets) != len(tables)+1 {
			t.Fatalf("%s: the sheets are %q", code, sheets)
		}
		for i, name := range sheets {
			view, err := f.GetSheetView(name, 0)
			if err != nil {
				t.Fatal(err)
			}
			if rtl := view.RightToLeft != nil && *view.RightToLeft; rtl != (code == "ar") {
				t.Errorf("%s, %s: right to left is %v", code, name, rtl)
			}
			side, table := "portrait", report.Table{}
			if i > 0 {
				table = tables[i-1]
				width := 0
				for _, c := range table.Columns {
					width += c.Width
				}
				if width > 205 && table.ID != "grid" { // 8 points of 11, on a page across
					t.Errorf("%s, %s: %d characters across are too small to read on paper", code, name, width)
				}
				if width > 100 {
					side, across = "landscape", across+1
				}
			}
			wide := 1
			if i > 0 && tables[i-1].ID == "grid" && len(table.Columns) > 11 {
				wide = 2
			}
			prints(t, f, name, side, wide)
			if i == 0 {
				continue
			}
			panes, err := f.GetPanes(name)
			if err != nil || !panes.Freeze || panes.YSplit != 1 {
				t.Errorf("%s, %s: the heading is not frozen: %+v, %v", code, name, panes, err)
			}
			last, err := excelize.CoordinatesToCellName(len(table.Columns), len(table.Rows)+1, true)
			if err != nil {
				t.Fatal(err)
			}
			titles, filter, area := false, false, false
			for _, d := range f.GetDefinedName() {
				area = area || d.Scope == name && d.Name == "_xlnm.Print_Area" && d.RefersTo == fmt.Sprintf("'%s'!$A$1:%s", name, last)
				titles = titles || d.Scope == name && d.Name == "_xlnm.Print_Titles" && strings.HasSuffix(d.RefersTo, fmt.Sprintf("'%s'!$1:$1", name))
				filter = filter || d.Scope == name && strings.Contains(d.Name, "_FilterDatabase")
			}
			if !titles || !filter || !area {
				t.Errorf("%s, %s: repeated heading %v, filters %v, all of it printed %v", code, name, titles, filter, area)
			}
		}
	}
	if across == 0 {
		t.Error("no sheet is wide: the test tries too little")
	}
}

// prints holds the page of a sheet: A4, so many pages wide, as long as it takes, with
// room for its foot.
func prints(t *testing.T, f *excelize.File, sheet, side string, wide int) {
	t.Helper()
	fit, err := f.GetSheetProps(sheet)
	if err != nil || !*fit.FitToPage {
		t.Errorf("%s is not fitted to its page: %v", sheet, err)
	}
	page, err := f.GetPageLayout(sheet)
	if err != nil || *page.Size != 9 || *page.Orientation != side || *page.FitToWidth != wide || *page.FitToHeight != 0 {
		t.Errorf("%s: size %d, %s, %d pages wide and %d long, %v", sheet, *page.Size, *page.Orientation, *page.FitToWidth, *page.FitToHeight, err)
	}
	edges, err := f.GetPageMargins(sheet)
	if err != nil || *edges.Left <= 0 || *edges.Right <= 0 || *edges.Top <= 0 || *edges.Bottom <= *edges.Footer {
		t.Errorf("%s: edges %+v, %v", sheet, edges, err)
	}
}

// Dates are numbers that Excel shows in the language of the report, whatever the
// language of Excel.
func TestDatesAreShownInTheLanguage(t *testing.T) {
	for code, want := range map[string]string{
		"ar": "1 فبراير 2018", "zh": "2018年2月1日", "en": "1 Feb 2018", "fr": "1 févr. 2018", "ru": "1 фев. 2018", "es": "1 feb 2018",
	} {
		_, f := written(t, process(t, code))
		name := f.GetSheetList()[1]
		if got, err := f.GetCellValue(name, "A2"); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", code, got, err, want)
		}
		style, err := f.GetCellStyle(name, "A2")
		if err != nil {
			t.Fatal(err)
		}
		side := map[bool]string{true: "right", false: "left"}[code == "ar"]
		if s, err := f.GetStyle(style); err != nil || s.Alignment.Horizontal != side || s.CustomNumFmt == nil || !strings.HasPrefix(*s.CustomNumFmt, "[$-") {
			t.Errorf("%s: the format %+v names no language", code, s)
		}
		longest := map[string]float64{"zh": 14, "ar": 15}[code] // in digits; a Chinese character is two
		if width, err := f.GetColWidth(name, "A"); err != nil || width < longest+1 {
			t.Errorf("%s: the dates stand in %v digits, %v, and need %v and a margin", code, width, err, longest)
		}
	}
}

// What stands in the cells is what the report says; days and numbers are those
// of Excel, so that they can be sorted and added.
func TestCellsAreWhatTheReportSays(t *testing.T) {
	r := process(t, "en")
	_, f := written(t, r)
	days, numbers := 0, 0
	for i, table := range r.Tables() {
		name := f.GetSheetList()[i+1]
		for n, row := range table.Rows {
			for c, cell := range row {
				at, err := excelize.CoordinatesToCellName(c+1, n+2)
				if err != nil {
					t.Fatal(err)
				}
				raw, err := f.GetCellValue(name, at, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				want := fmt.Sprint(cell)
				kind, _ := f.GetCellType(name, at)
				switch x := cell.(type) {
				case nil:
					want = ""
				case calendar.Day:
					days++
					want = fmt.Sprint(int(x.Time(time.UTC).Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24))
					if shown, _ := f.GetCellValue(name, at); !regexp.MustCompile(`^\d{1,2} [A-Z][a-z]{2} 2018$`).MatchString(shown) {
						t.Errorf("%s!%s shows %q", name, at, shown)
					}
				case int:
					numbers++
				default:
					if kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
						t.Errorf("%s!%s: %q is no text", name, at, x)
					}
				}
				if raw != want {
					t.Errorf("%s!%s is %q, want %q", name, at, raw, want)
				}
			}
		}
	}
	if days < 50 || numbers < 20 {
		t.Errorf("%d days and %d numbers: the test tries too little", days, numbers)
	}
}

// The title and a name begin like formulas. In the file there is no formula, no
// link, and every text has the format that keeps it text when it is edited.
func TestTextIsNeverAFormula(t *testing.T) {
	src, f := written(t, process(t, "en"))
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	strings1 := ""
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(part.Name, "xl/worksheets/sheet") && bytes.Contains(body, []byte("<f>")) {
			t.Errorf("%s has a formula", part.Name)
		}
		if strings.Contains(part.Name, "externalLink") || bytes.Contains(body, []byte("<hyperlink")) {
			t.Errorf("%s has a link", part.Name)
		}
		if strings.HasSuffix(part.Name, "sharedStrings.xml") {
			strings1 = string(body)
		}
	}
	for _, want := range []string{"=HYPERLINK(", "@Bo"} {
		if !strings.Contains(strings1, want) {
			t.Errorf("%q stands nowhere: the test tries nothing", want)
		}
	}
	style, err := f.GetCellStyle("Overview", "A1")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.GetStyle(style); err != nil || s.NumFmt != 49 {
		t.Errorf("the title's format is %+v, %v", s, err)
	}
}

// What was written as a table can be read as one.
func TestAWrittenSheetIsReadBack(t *testing.T) {
	src, _ := written(t, process(t, "fr"))
	sheet, err := xlsx.Read("x.xlsx", src)
	if err != nil || sheet.Name != "Vue d’ensemble" || !strings.HasPrefix(sheet.Cells[0][0], "=HYPERLINK(") {
		t.Errorf("%q, %v", sheet.Name, err)
	}
}
