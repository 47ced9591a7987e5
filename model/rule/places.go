package rule

import (
	"fmt"
	"slices"
	"strings"

	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

var placesKind = Kind{
	Name: "places", Unit: "session",
	Doc:     "Short sessions have one of some rooms, or none of some. The excess is the sessions whose room is outside in or inside not; with count: slots, their slots.",
	Example: "{of: side-event-1, in: {seats: 200..}, tier: 2}",
	New:     func() Rule { return &Places{} },
}

// Places asks that short sessions have some rooms, or not some.
type Places struct {
	Common
	Selection
	In  *RoomSet `key:"in" doc:"the rooms to be in" eg:"{rooms: [XX]}"`
	Not *RoomSet `key:"not" doc:"the rooms not to be in" eg:"{tagged: [recorded]}"`
	Measure
}

// RoomSet is rooms: those that all of its keys allow.
type RoomSet struct {
	source.Origin
	Rooms  []string      `key:"rooms" doc:"rooms by name or pattern" eg:"[XX]"`
	Tagged []string      `key:"tagged" doc:"rooms that carry one of these tags" eg:"[recorded]"`
	Seats  *source.Count `key:"seats" doc:"rooms with so many seats" eg:"100..300"`
}

// Has tells whether a room is in the set.
func (x *RoomSet) Has(h scenario.Hall) bool {
	carries := slices.ContainsFunc(x.Tagged, func(tag string) bool { return slices.Contains(h.Room.Tags, tag) })
	return (len(x.Rooms) == 0 || scenario.Matches(x.Rooms, h.Name)) && (len(x.Tagged) == 0 || carries) &&
		(x.Seats == nil || x.Seats.Has(h.Room.Seats))
}

func (x *RoomSet) resolve(s *scenario.Scenario, sessions []int, problems *diag.List) {
	var names, tags []string
	for i := range s.Stations {
		if !slices.ContainsFunc(sessions, func(n int) bool { return slices.Contains(s.Sessions[n].StationIDs, i) }) {
			continue
		}
		for _, h := range s.Stations[i].Halls() {
			names, tags = append(names, h.Name), append(tags, h.Room.Tags...)
		}
	}
	scenario.CheckSelector(x.Origin, "rooms", x.Rooms, names, "room", problems)
	for i, tag := range x.Tagged {
		if !slices.Contains(tags, tag) {
			problems.Add(x.At("tagged", i), fmt.Sprintf("no room here carries the tag %q", diag.Shorten(tag)), diag.Suggest(tag, tags, "add it to tags: of a room"))
		}
	}
	if len(x.Rooms)+len(x.Tagged) == 0 && x.Seats == nil {
		problems.Add(x.At(), "no rooms are named", "for example  {seats: 100..}")
	}
}

// words names the rooms: "a room with 100.. seats that is recorded".
func (x *RoomSet) words() string {
	var parts []string
	if len(x.Rooms) > 0 {
		parts = append(parts, "room "+strings.ReplaceAll(patterns(x.Rooms), " and ", " or "))
	} else {
		parts = append(parts, "a room")
	}
	if len(x.Tagged) > 0 {
		parts = append(parts, "tagged "+listed(x.Tagged, "or"))
	}
	if x.Seats != nil {
		parts = append(parts, "with "+amount(*x.Seats, "seat"))
	}
	return strings.Join(parts, " ")
}

func (r *Places) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, "of", problems)
	r.check(r.Origin, problems)
	if r.In == nil && r.Not == nil {
		problems.Add(r.At("of"), "the rule says neither in nor not", "for example  in: {seats: 100..}")
	}
	for _, set := range []*RoomSet{r.In, r.Not} {
		if set != nil && len(r.Sessions) > 0 {
			set.resolve(s, r.Sessions, problems)
		}
	}
}

func (r *Places) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		part := *r
		part.Selection = one(i)
		out = append(out, &part)
	}
	return out
}

// Wrong tells whether the rule does not want the session in the room.
func (r *Places) Wrong(h scenario.Hall) bool {
	return (r.In != nil && !r.In.Has(h)) || (r.Not != nil && r.Not.Has(h))
}

// Statement says what the rule asks.
func (r *Places) Statement(s *scenario.Scenario) string {
	var parts []string
	if r.In != nil {
		parts = append(parts, "has "+r.In.words())
	}
	if r.Not != nil {
		parts = append(parts, "does not have "+r.Not.words())
	}
	return name(s, r.Sessions[0]) + " " + listed(parts, "and")
}

// Check counts sessions in the wrong rooms.
func (r *Places) Check(f *Facts) (out []Finding) {
	for _, x := range f.stays(r.Sessions) {
		if x.hall < 0 || !r.Wrong(f.S.Stations[x.station].Halls()[x.hall]) {
			continue
		}
		out = append(out, Finding{r.of(x), fmt.Sprintf("%s has room %s, which it should not have", name(f.S, x.session), x.roomName(f.S)), []string{f.S.Sessions[x.session].ID}})
	}
	return out
}

// Ties ties nothing: the rule speaks of each session by itself.
func (r *Places) Ties(*scenario.Scenario) Tie { return Tie{Sessions: r.Sessions, Near: Apart} }
