package scenario

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
)

// short checks what makes a session a short one and finds the slots in which
// it may start.
func (r *reading) short(s *Scenario, x *Session, slotIDs []string) {
	r.tags(x.Origin, x.Tags)
	x.StartIndex = nil
	if x.Lasts == nil {
		if x.Has("starts") {
			r.add(x.KeyAt("starts"), "the session has starts: but does not say how long it lasts", "add  lasts: 90 minutes, or take starts: out; slots: says which slots a session may use")
		}
		return
	}
	x.Short = true
	before := len(r.problems)
	if *x.Lasts == (calendar.Stretch{}) {
		r.add(x.At("lasts"), "a session lasts one slot or more", "for example  lasts: 90 minutes")
	}
	for _, key := range []string{"days", "within", "programme"} {
		if x.Has(key) {
			r.add(x.KeyAt(key), fmt.Sprintf("the session has lasts: and %s: too", key), "a short session takes one day and has one meeting: keep one of the two")
		}
	}
	x.Days, x.Within, x.Programme = nil, nil, ""
	if len(x.Starts) == 0 && x.Has("starts") {
		r.add(x.At("starts"), "the session may start in no slot", "leave starts: out for all of its slots, or name some")
	}
	for i, id := range x.Starts {
		k := find(x.At("starts", i), id, slotIDs, "slot", &r.problems)
		if k >= 0 && !slices.Contains(x.SlotIndex, k) {
			r.add(x.At("starts", i), fmt.Sprintf("the session may start in %s, but slots: does not let it use that slot", id), "add the slot to slots:, or take it out here")
		}
	}
	for _, k := range x.SlotIndex {
		if len(x.Starts) == 0 || slices.Contains(x.Starts, slotIDs[k]) {
			x.StartIndex = append(x.StartIndex, k)
		}
	}
	if len(r.problems) == before && len(x.StationIDs) > 0 && s.Period.Len() > 0 && !r.fits(s, x) {
		r.add(x.At("lasts"), fmt.Sprintf("no day has %s for it, one after the other, from a slot in which it may start", x.Lasts), "shorten lasts:, or allow more slots")
	}
}

// mostDayKinds bounds the kinds of days that fits looks at.
const mostDayKinds = 60

// fits tells whether the session has room on some day, as far as the slots are
// concerned. Days alike in their slots are looked at once; where there are too
// many kinds of days, nothing is said.
func (r *reading) fits(s *Scenario, x *Session) bool {
	for _, d := range r.dayKinds(s) {
		for _, st := range x.StationIDs {
			for _, k := range x.StartIndex {
				if s.Run(x, st, d, k) != nil {
					return true
				}
			}
		}
	}
	return len(r.kinds) > mostDayKinds
}

// dayKinds gives a day of each set of slots that days of the period have, up
// to one more than mostDayKinds.
func (r *reading) dayKinds(s *Scenario) []calendar.Day {
	if r.kinds != nil {
		return r.kinds
	}
	seen := map[string]bool{}
	for d := s.Period.First; d <= s.Period.Last && len(r.kinds) <= mostDayKinds; d++ {
		key := make([]byte, len(s.Slots))
		for k := range s.Slots {
			if s.Slots[k].Exists(d) {
				key[k] = 1
			}
		}
		if !seen[string(key)] {
			seen[string(key)] = true
			r.kinds = append(r.kinds, d)
		}
	}
	return r.kinds
}

// called links those who must, or would like to, be there.
func (r *reading) called(s *Scenario, x *Session) {
	x.PeopleIDs, x.InvitedIDs = nil, nil
	for _, list := range []struct {
		key string
		ids []string
		out *[]int
	}{{"people", x.People, &x.PeopleIDs}, {"invited", x.Invited, &x.InvitedIDs}} {
		if len(list.ids) > MostCalled {
			r.add(x.At(list.key), fmt.Sprintf("there are %d people; %d is the most", len(list.ids), MostCalled), "name those for whom it matters")
			continue
		}
		for i, id := range list.ids {
			at, known := s.index["person "+id]
			switch {
			case !known:
				mend := "add them under people:"
				if !r.problems.Full() {
					mend = diag.Suggest(id, idsOf(s.People, func(p Person) string { return p.ID }), mend)
				}
				r.add(x.At(list.key, i), fmt.Sprintf("nobody is called %q", diag.Shorten(id)), mend)
			case slices.Contains(x.PeopleIDs, at) || slices.Contains(x.InvitedIDs, at):
				r.add(x.At(list.key, i), fmt.Sprintf("%q stands here for the second time", diag.Shorten(id)), "name everybody once, under people: or under invited:")
			default:
				*list.out = append(*list.out, at)
			}
		}
	}
}

// pinnedShort checks the slot and the room that a pin names.
func (r *reading) pinnedShort(s *Scenario, x *Session) {
	p := x.Pin
	for _, key := range []string{"slot", "room"} {
		if p.Has(key) && !x.Short {
			r.add(p.At(key), fmt.Sprintf("the pin names a %s, but only short sessions have one that is decided", key), "add  lasts: to the session, or take the line out")
			return
		}
	}
	if p.Slot != "" {
		ids := idsOf(s.Slots, func(x Slot) string { return x.ID })
		if k := find(p.At("slot"), p.Slot, ids, "slot", &r.problems); k >= 0 && !slices.Contains(x.StartIndex, k) {
			r.add(p.At("slot"), fmt.Sprintf("the session cannot start in %s", p.Slot), "add the slot to starts: and slots:, or correct it")
		}
	}
	if p.Room != "" {
		var names []string
		for _, st := range x.StationIDs {
			for _, h := range s.Stations[st].Halls() {
				if h.Room.Suits(x.Room) {
					names = append(names, h.Name)
				}
			}
		}
		if !slices.Contains(names, p.Room) {
			r.add(p.At("room"), fmt.Sprintf("no suitable room of the session's stations is called %q", diag.Shorten(p.Room)), diag.Suggest(p.Room, names, "list the room under rooms: of the station"))
		}
	}
}
