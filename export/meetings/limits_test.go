package meetings_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"plenary/export/meetings"
)

// lengthened fills a sheet of the file of testdata with its last line, under other
// names or on later days, down to a row.
func lengthened(t *testing.T, sheet string, down int) map[string]any {
	t.Helper()
	f, err := excelize.OpenFile("testdata/everything.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
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
	return cells
}

func TestMeetingsJustOverALimitIsRefused(t *testing.T) {
	for sheet, most := range map[string]int{
		"Days": meetings.MostDays, "Rooms": meetings.MostRooms, "Persons": meetings.MostPeople, "Meetings": meetings.MostMeetings,
	} {
		_, problems := meetings.Read("x.xlsx", changed(t, lengthened(t, sheet, most+3)))
		want := fmt.Sprintf("%d lines are the most of this sheet", most)
		found := false
		for _, p := range problems {
			found = found || strings.Contains(p.Place.File, sheet) && p.Message == want
		}
		if !found {
			t.Errorf("%s: %d problems, and none says %q: %v", sheet, len(problems), want, problems[:min(3, len(problems))])
		}
	}
}
