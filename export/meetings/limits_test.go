package meetings_test

import (
	"fmt"
	"strings"
	"testing"

	"plenary/export/meetings"
	"plenary/export/xlsx/given"
)

func TestMeetingsJustOverALimitIsRefused(t *testing.T) {
	for sheet, most := range map[string]int{
		"Days": meetings.MostDays, "Rooms": meetings.MostRooms, "Persons": meetings.MostPeople, "Meetings": meetings.MostMeetings,
	} {
		_, problems := meetings.Read("x.xlsx", given.Lengthened(t, "testdata/everything.xlsx", sheet, most+3))
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
