package rule

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var roomChangeKind = Kind{
	Name: "room-change", Unit: "change",
	Doc:     "People who go from one short session to the next stay in their room. The excess is, for everybody needed or invited, the pairs of their sessions in different rooms of a station of which one starts later than the other and has no more than so many slots between, over lunch and night too.",
	Example: "{of: \"tag:climate\", within: 2 slots, tier: 2}",
	New:     func() Rule { return &RoomChange{} },
}

// RoomChange asks that people do not have to change rooms between sessions.
type RoomChange struct {
	Common
	Selection
	Within calendar.Stretch `key:"within,required" doc:"how many slots may lie between" eg:"2 slots"`
}

func (r *RoomChange) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, "of", problems)
	if r.Within.Minutes > 0 {
		problems.Add(r.At("within"), "the distance is counted in slots", "for example  within: 2 slots")
	}
}

func (r *RoomChange) split(*scenario.Scenario) []Rule { return []Rule{r} }

// InBoth gives how many people are needed or invited in both sessions.
func (r *RoomChange) InBoth(s *scenario.Scenario, a, b int) int {
	n := 0
	others := slices.Concat(s.Sessions[b].PeopleIDs, s.Sessions[b].InvitedIDs)
	for _, p := range slices.Concat(s.Sessions[a].PeopleIDs, s.Sessions[a].InvitedIDs) {
		if slices.Contains(others, p) {
			n++
		}
	}
	return n
}

func (r *RoomChange) pairs() int { return len(r.Sessions) * (len(r.Sessions) - 1) / 2 }

// Statement says what the rule asks.
func (r *RoomChange) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("nobody changes rooms from one of %s to the next with %s between or fewer", r.words(s), r.Within)
}

// Check counts the changes of rooms.
func (r *RoomChange) Check(f *Facts) (out []Finding) {
	stays := f.stays(r.Sessions)
	for i := range stays {
		for _, b := range stays[i+1:] {
			a := stays[i]
			if n := f.S.SlotNumber(a.station, a.day, a.first) - f.S.SlotNumber(b.station, b.day, b.first); n > 0 {
				a, b = b, a
			} else if n == 0 {
				continue
			}
			between := f.S.SlotNumber(b.station, b.day, b.first) - f.S.SlotNumber(a.station, a.day, a.last) - 1
			if a.station != b.station || a.hall < 0 || b.hall < 0 || a.hall == b.hall || between > r.Within.Slots {
				continue
			}
			if people := r.InBoth(f.S, a.session, b.session); people > 0 {
				verb := "go"
				if people == 1 {
					verb = "goes"
				}
				who := fmt.Sprintf("%d people", people)
				if people == 1 {
					who = "1 person"
				}
				out = append(out, Finding{people, fmt.Sprintf("%s %s from %s in room %s to %s in room %s on %s", who, verb, name(f.S, a.session), a.roomName(f.S), name(f.S, b.session), b.roomName(f.S), b.when(f.S)), idsOfTwo(f.S, a.session, b.session)})
			}
		}
	}
	return out
}
