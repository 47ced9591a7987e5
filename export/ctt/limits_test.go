package ctt_test

import (
	"fmt"
	"strings"
	"testing"

	"plenary/export/ctt"
)

func TestATimetableJustOverALimitIsRefused(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"courses", "Courses: 4", fmt.Sprint("Courses: ", ctt.MostCourses+1), `"1001" is not a number from 1 to 1000`},
		{"curricula", "Curricula: 2", fmt.Sprint("Curricula: ", ctt.MostCourses+1), `"1001" is not a number from 0 to 1000`},
		{"rooms", "Rooms: 3", fmt.Sprint("Rooms: ", ctt.MostRooms+1), `"201" is not a number from 1 to 200`},
		{"days", "Days: 5", fmt.Sprint("Days: ", ctt.MostDays+1), `"8" is not a number from 1 to 7`},
		{"periods", "Periods_per_day: 4", fmt.Sprint("Periods_per_day: ", ctt.MostPeriods+1), `"25" is not a number from 1 to 24`},
		{"seats", "rB 50", fmt.Sprint("rB ", ctt.MostNumber+1), `"100001" is not a number from 0 to 100000`},
		{"lectures", "Ocra 3 3 30", fmt.Sprintf("Ocra %d 3 30", ctt.MostLectures), "the courses have 3013 lectures; 3000 is the most"},
		{"bytes", "END.", "END." + strings.Repeat("\n", ctt.MostBytes), "text of at most 1 MiB"},
	} {
		_, problems := ctt.Read("x.ctt", []byte(strings.Replace(toy, c.old, c.new, 1)))
		if len(problems) == 0 || !strings.Contains(problems[0].Error(), c.want) {
			t.Errorf("%s: %.200v, want %s", c.name, problems, c.want)
		}
	}
}
