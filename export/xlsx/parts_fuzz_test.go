package xlsx_test

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"

	"plenary/export/xlsx"
	"plenary/model/diag"
)

// fuzzed are the parts of a workbook that are fuzzed, each by itself.
var fuzzed = []string{"xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}

// FuzzParts reads workbooks that unzip well and hold any bytes in their parts: no
// panic, no more rows than are looked at, and what is wrong is a problem.
func FuzzParts(f *testing.F) {
	sound := partsOf(f, workbook(f, map[string]any{"A1": "id", "C1": "from", "A2": 1.5, "C2": 43227, "B3": "a"}))
	seed := make([][]byte, len(fuzzed))
	for i, name := range fuzzed {
		if seed[i] = sound[name]; len(seed[i]) == 0 {
			f.Fatalf("the workbook has no %s", name)
		}
	}
	f.Add(seed[0], seed[1], seed[2], seed[3])
	f.Fuzz(func(t *testing.T, sheet, styles, workbook, relations []byte) {
		parts := map[string][]byte{fuzzed[0]: sheet, fuzzed[1]: styles, fuzzed[2]: workbook, fuzzed[3]: relations}
		for name, content := range sound {
			if parts[name] == nil {
				parts[name] = content
			}
		}
		src := zipped(t, parts)
		read, err := xlsx.Read("x.xlsx", src)
		if err == nil && (read.Name == "" || len(read.Cells) > 30_000) {
			t.Errorf("%q has %d rows", read.Name, len(read.Cells))
		}
		book, problems := xlsx.Open("x.xlsx", src)
		if (book == nil) != (len(problems) > 0) {
			t.Fatalf("book %v, problems %v", book, problems)
		}
		if book == nil {
			return
		}
		for _, name := range book.Sheets() {
			looked(t, book, name)
		}
	})
}

// looked reads every cell of a sheet near its beginning.
func looked(t *testing.T, book *xlsx.Book, name string) {
	t.Helper()
	var problems diag.List
	sheet := book.Sheet(name, &problems)
	if (sheet == nil) != (len(problems) > 0) {
		t.Fatalf("sheet %q: %v, problems %v", name, sheet, problems)
	}
	if sheet == nil {
		return
	}
	if sheet.Rows() > xlsx.MostRows {
		t.Errorf("%d rows", sheet.Rows())
	}
	for row := range min(sheet.Rows(), 10) {
		for column := range 5 {
			cell := sheet.Cell(row, column)
			cell.Day(&problems)
			cell.Clock(&problems)
			cell.Number(0, 9, &problems)
			cell.List(&problems)
			sheet.Fill(row, column)
		}
	}
	for _, p := range problems {
		if p.Message == "" || p.Place.File == "" {
			t.Errorf("%+v", p)
		}
	}
}

// partsOf unzips a workbook.
func partsOf(t testing.TB, src []byte) map[string][]byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, file := range in.File {
		r, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[file.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return out
}

// zipped zips parts without packing them.
func zipped(t *testing.T, parts map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := out.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
