package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"plenary/export/xlsx"
	"plenary/model/bounded"
	"plenary/model/diag"
	"plenary/model/roster"
)

// bomb gives a workbook whose sheet unpacks to more than so many bytes.
func bomb(t *testing.T, most int) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(workbook(t, map[string]any{"A1": "id", "A2": "a"})), int64(len(workbook(t, map[string]any{"A1": "id", "A2": "a"}))))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range from.File {
		w, err := to.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(w, r); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(part.Name, "sheet2.xml") {
			blanks := bytes.Repeat([]byte(" "), 1<<20)
			for range most>>20 + 1 {
				if _, err := w.Write(blanks); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A workbook of some kilobytes that unpacks to more than is read fills no memory.
func TestAWorkbookThatUnpacksToTooMuchIsRefused(t *testing.T) {
	src := bomb(t, xlsx.MostUnpacked)
	if len(src) > 1<<20 {
		t.Fatalf("the bomb has %d bytes", len(src))
	}
	bounded.Run(t, 5*time.Second, 300<<20, func() {
		if sheet, err := xlsx.Read("x.xlsx", src); err == nil || err.Error() != "it has more than 64 MiB, unpacked" {
			t.Errorf("as a roster it is read, with %d rows: %v", len(sheet.Cells), err)
		}
		if _, problems := xlsx.Open("x.xlsx", src); len(problems) == 0 || !strings.Contains(problems[0].Mend, "below 96 MiB unpacked") {
			t.Errorf("as a book it is read: %v", problems)
		}
	})
}

func TestASheetJustOverALimitIsRefused(t *testing.T) {
	long, wide := map[string]any{}, map[string]any{}
	for i := range xlsx.MostRows + 1 {
		long[fmt.Sprint("A", i+1)] = "x"
	}
	wide["ALM1"] = "x" // column 1001
	for name, cells := range map[string]map[string]any{"rows": long, "columns": wide} {
		book, problems := xlsx.Open("x.xlsx", workbook(t, cells))
		if book == nil {
			t.Fatal(problems)
		}
		problems = diag.List{}
		if sheet := book.Sheet("Experts", &problems); sheet != nil || len(problems) != 1 || !strings.Contains(problems[0].Message, "more than 5000 rows or 1000 columns") {
			t.Errorf("%s: %v", name, problems)
		}
	}
	if book, problems := xlsx.Open("x.xlsx", make([]byte, xlsx.MostBytes+1)); book != nil || len(problems) != 1 || !strings.Contains(problems[0].Message, "larger than 16 MiB") {
		t.Errorf("bytes: %v", problems)
	}
	members := map[string]any{"A1": "id", "B1": "name"}
	for i := range roster.MostMembers + 1 {
		members[fmt.Sprint("A", i+2)], members[fmt.Sprint("B", i+2)] = fmt.Sprint("m", i), "x"
	}
	if _, problems := read(t, members, map[string]any{"A1": "id"}); len(problems) == 0 || !strings.Contains(problems[0], "more than 20000 lines") {
		t.Errorf("a roster: %.300v", problems)
	}
}
