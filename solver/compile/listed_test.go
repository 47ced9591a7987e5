package compile_test

import (
	"testing"

	"plenary/model/given"
	"plenary/solver/compile"
)

// The rows for the rooms of a station are one family, priced alike where single
// prices show nothing; each of them is a limit of its own, of the rooms of one day.
func TestRowsOfARuleAreOneFamilyOfManyLimits(t *testing.T) {
	s, instances := given.Text(t, "plenary: 1\ntitle: s\nperiod: 2018-03-05..2018-03-09\npriorities: [early]\n"+
		"stations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}\nsessions: [{id: a, at: g}, {id: b, at: g}]\n")
	l := compile.List(s, instances, compile.Whole(s), compile.Options{})
	sources, days := map[int]bool{}, map[int]bool{}
	for i := range l.Program.Rows {
		if limit := l.Limits[l.Program.Rows[i].Limit]; limit != nil {
			sources[l.Program.Rows[i].Source] = true
			days[int(limit.Day-s.Period.First)] = true
		}
	}
	if len(sources) != 1 || len(days) != 5 {
		t.Errorf("%d families of rows, for %d days; want one for five", len(sources), len(days))
	}
}
