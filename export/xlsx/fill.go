package xlsx

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Filling is a text for one cell; row and column count from 0.
type Filling struct {
	Row, Column int
	Text        string
}

// Fill gives a copy of a workbook in which some cells of a sheet hold other
// texts.
func Fill(src []byte, sheet string, fillings []Filling) ([]byte, error) {
	f, err := excelize.OpenReader(bytes.NewReader(src), excelize.Options{UnzipSizeLimit: MostUnpacked, UnzipXMLSizeLimit: MostUnpacked})
	if err != nil {
		return nil, fmt.Errorf("open the workbook: %w", err)
	}
	defer f.Close()
	for _, x := range fillings {
		cell, err := excelize.CoordinatesToCellName(x.Column+1, x.Row+1)
		if err != nil {
			return nil, fmt.Errorf("fill a cell: %w", err)
		}
		if err := f.SetCellStr(sheet, cell, x.Text); err != nil {
			return nil, fmt.Errorf("fill %s: %w", cell, err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, fmt.Errorf("write the workbook: %w", err)
	}
	return b.Bytes(), nil
}
