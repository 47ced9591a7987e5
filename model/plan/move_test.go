package plan_test

import (
	"testing"

	"plenary/model/calendar"
	"plenary/model/plan"
)

func TestARoomMovesInWords(t *testing.T) {
	s := sound(t)
	in := func(room string) *plan.Plan {
		day := calendar.MustDay("2018-03-05")
		return &plan.Plan{Sessions: []plan.Session{{ID: "opening", Station: "geneva", Days: []calendar.Day{day}, Meetings: []plan.Meeting{{Day: day, Kind: "meeting", Number: 1, Room: room}}}}}
	}
	for _, c := range []struct{ from, to, want string }{
		{"XX", "VII", "moves from room XX to VII"},
		{"", "VII", "is given VII"},
		{"", plan.HostRoom, "is given a room provided by the host"},
		{"VII", plan.HostRoom, "moves from room VII to a room provided by the host"},
		{plan.HostRoom, "VII", "moves from a room provided by the host to VII"},
		{"VII", "", "no longer has room VII"},
	} {
		got := plan.Moves(s, in(c.from), in(c.to))
		if len(got) != 1 || got[0].Text != c.want {
			t.Errorf("from %q to %q: %v, want %q", c.from, c.to, got, c.want)
		}
	}
}
