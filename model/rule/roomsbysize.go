package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var roomsBySizeKind = Kind{
	Name: "rooms-by-size", Unit: "pair",
	Doc:     "Of two short sessions, the one that expects more people does not have the smaller room, whenever they take place. The excess is the pairs in which it has; with count: slots, the slots of both.",
	Example: "{of: \"tag:climate\", tier: 2}",
	New:     func() Rule { return &RoomsBySize{} },
}

// RoomsBySize asks that larger rooms go to the sessions that expect more people.
type RoomsBySize struct {
	Common
	Pairs
	Measure
}

func (r *RoomsBySize) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, problems)
	r.check(r.Origin, problems)
	expecting(s, r.Sessions, r.At("of"), problems)
}

func (r *RoomsBySize) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *RoomsBySize) Statement(s *scenario.Scenario) string {
	return r.pairWords(s) + " have rooms in the order of how many people they expect"
}

// Check counts the pairs that break the rule.
func (r *RoomsBySize) Check(f *Facts) (out []Finding) {
	r.Each(func(i, j int) {
		a, heldA := f.stay(i)
		b, heldB := f.stay(j)
		if !heldA || !heldB {
			return
		}
		if f.S.Sessions[i].Attendees > f.S.Sessions[j].Attendees {
			a, b = b, a
		}
		fewer, more := &f.S.Sessions[a.session], &f.S.Sessions[b.session]
		small, large := b.room(f.S), a.room(f.S)
		if fewer.Attendees == more.Attendees || !fewer.Has("attendees") || small == nil || large == nil || large.Seats <= small.Seats {
			return
		}
		out = append(out, Finding{r.of(a, b), fmt.Sprintf("%s expects more people than %s, but has the smaller room: %s, not %s", name(f.S, b.session), name(f.S, a.session), b.roomName(f.S), a.roomName(f.S)), idsOfTwo(f.S, i, j)})
	})
	return out
}
