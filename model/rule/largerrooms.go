package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var largerRoomsKind = Kind{
	Name: "larger-rooms-first", Unit: "seat",
	Doc:     "Short sessions use the larger rooms before the smaller ones. The excess is, for each, the seats that every larger room of the station has more than its own, added up.",
	Example: "{of: \"tag:climate\", tier: 2}",
	New:     func() Rule { return &LargerRooms{} },
}

// LargerRooms asks that sessions use the larger rooms first.
type LargerRooms struct {
	Common
	Selection
}

func (r *LargerRooms) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, "of", problems)
}

func (r *LargerRooms) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &LargerRooms{r.Common, one(i)})
	}
	return out
}

// Statement says what the rule asks.
func (r *LargerRooms) Statement(s *scenario.Scenario) string {
	return name(s, r.Sessions[0]) + " has the largest room"
}

// Check adds up the seats that larger rooms have more.
func (r *LargerRooms) Check(f *Facts) (out []Finding) {
	for _, x := range f.stays(r.Sessions) {
		room := x.room(f.S)
		if room == nil {
			continue
		}
		seats, larger := 0, 0
		for _, h := range f.S.Stations[x.station].Halls() {
			if h.Room.Seats > room.Seats {
				seats, larger = seats+h.Room.Seats-room.Seats, larger+1
			}
		}
		if larger > 0 {
			out = append(out, Finding{seats, fmt.Sprintf("%s is in room %s, with %s; %s larger", name(f.S, x.session), x.roomName(f.S), plural(room.Seats, "seat"), isAre(larger, "room")), []string{f.S.Sessions[x.session].ID}})
		}
	}
	return out
}

// isAre gives "1 room is", "2 rooms are".
func isAre(n int, unit string) string {
	if n == 1 {
		return "1 " + unit + " is"
	}
	return plural(n, unit) + " are"
}

// Ties ties nothing: the rule speaks of each session by itself.
func (r *LargerRooms) Ties(*scenario.Scenario) Tie { return Tie{Sessions: r.Sessions, Near: Apart} }
