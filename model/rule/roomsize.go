package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var roomSizeKind = Kind{
	Name: "room-size", Unit: "seat",
	Doc:     "Short sessions have a seat for everybody who is expected. The excess is the seats that the room lacks of the session's attendees, for each session.",
	Example: "{of: \"tag:climate\", tier: 2}",
	New:     func() Rule { return &RoomSize{} },
}

// RoomSize asks that rooms have seats for those who are expected.
type RoomSize struct {
	Common
	Selection
}

func (r *RoomSize) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, "of", problems)
	expecting(s, r.Sessions, r.At("of"), problems)
}

// expecting reports sessions none of which says how many people it expects.
func expecting(s *scenario.Scenario, sessions []int, at diag.Place, problems *diag.List) {
	for _, i := range sessions {
		if s.Sessions[i].Has("attendees") {
			return
		}
	}
	if len(sessions) > 0 {
		problems.Add(at, "none of these sessions says how many people it expects", "add  attendees: 130  to the sessions")
	}
}

func (r *RoomSize) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &RoomSize{r.Common, one(i)})
	}
	return out
}

// Statement says what the rule asks.
func (r *RoomSize) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s has a room with %s", name(s, r.Sessions[0]), plural(s.Sessions[r.Sessions[0]].Attendees, "seat"))
}

// Check counts the seats missing.
func (r *RoomSize) Check(f *Facts) (out []Finding) {
	for _, x := range f.stays(r.Sessions) {
		room, want := x.room(f.S), f.S.Sessions[x.session].Attendees
		if room == nil || room.Seats >= want {
			continue
		}
		out = append(out, Finding{want - room.Seats, fmt.Sprintf("%s expects %d people in room %s, which has %s", name(f.S, x.session), want, x.roomName(f.S), plural(room.Seats, "seat")), []string{f.S.Sessions[x.session].ID}})
	}
	return out
}

// Ties ties nothing: the rule speaks of each session by itself.
func (r *RoomSize) Ties(*scenario.Scenario) Tie { return Tie{Sessions: r.Sessions, Near: Apart} }
