package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

var keepKind = Kind{
	Name: "keep", Unit: "change",
	Doc:     "A session stays as it was announced: its days, its station, who sits where, its slots within its days, the first slot and the room of a short session. The excess is the announced days on which it no longer meets, the announced slots that it no longer uses of days on which it still meets, one each for another station, another first slot and another room, and the announced seats that others have; for a session that is not held, all but the slots within days.",
	Example: "{of: thematic-drivers, days: [2017-05-22, 2017-05-23], at: new-york, tier: 1}",
	New:     func() Rule { return &Keep{} },
}

// Keep asks that what was announced of a session stays: the price of a change
// in a repair (minimal perturbation). Barták, Müller and Rudová, A new approach
// to modeling and solving minimal perturbation problems, 2004.
type Keep struct {
	Common
	Selection
	Days  []calendar.Day               `key:"days" doc:"the days announced" eg:"[2017-05-22, 2017-05-23]"`
	At    string                       `key:"at" doc:"the station announced" eg:"new-york"`
	Slot  string                       `key:"slot" doc:"the announced slot in which a short session starts" eg:"morning"`
	Room  string                       `key:"room" doc:"the announced room of a short session" eg:"XX"`
	Times []string                     `key:"times" doc:"the announced days and slots in which it meets" eg:"[2017-05-22 morning]"`
	Seats map[string]map[string]string `key:"seats" doc:"who was announced: kind and number of the meeting, seat, members separated by semicolons" eg:"{panel 1: {moderator: MEX}}"`
}

func (r *Keep) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) == 0 {
		r.find(s, r.Origin, problems)
	}
	slices.Sort(r.Days)
	r.Days = slices.Compact(r.Days)
	if r.At != "" && s.Station(r.At) < 0 {
		problems.Add(r.Origin.At("at"), fmt.Sprintf("no station is called %q", diag.Shorten(r.At)), diag.Suggest(r.At, s.StationIDs(), "correct the name"))
	}
	if r.Slot != "" && !slices.ContainsFunc(s.Slots, func(x scenario.Slot) bool { return x.ID == r.Slot }) {
		problems.Add(r.Origin.At("slot"), fmt.Sprintf("no slot is called %q", diag.Shorten(r.Slot)), "correct the name")
	}
	for i, text := range r.Times {
		if _, _, ok := r.time(s, text); !ok {
			problems.Add(r.Origin.At("times", i), fmt.Sprintf("%q is no day and slot of the scenario", diag.Shorten(text)), "write the day and the slot, such as 2017-05-22 morning")
		}
	}
	slices.Sort(r.Times)
	r.Times = slices.Compact(r.Times)
	if r.Slot != "" || r.Room != "" {
		for _, i := range r.Sessions {
			if !s.Sessions[i].Short {
				problems.Add(r.Origin.At(), fmt.Sprintf("slot and room are decided for short sessions alone, and %s is none", diag.Shorten(s.Sessions[i].ID)), "select sessions that have lasts:")
				break
			}
		}
	}
	if len(r.Days) == 0 && r.At == "" && r.Slot == "" && r.Room == "" && len(r.Times) == 0 && len(r.Seats) == 0 {
		problems.Add(r.Origin.At(), "the rule says neither days, at, slot, room, times nor seats", "for example  days: [2017-05-22]")
	}
	for _, meeting := range slices.Sorted(maps.Keys(r.Seats)) {
		if _, _, ok := scenario.SplitMeeting(meeting); !ok {
			problems.Add(r.Origin.At("seats", meeting), fmt.Sprintf("%q names no meeting", diag.Shorten(meeting)), "write the kind and the number, such as panel 1")
		}
	}
}

// time reads an announced day and the number of its slot.
func (r *Keep) time(s *scenario.Scenario, text string) (calendar.Day, int, bool) {
	day, slot, _ := strings.Cut(text, " ")
	d, err := calendar.ParseDay(day)
	k := slices.IndexFunc(s.Slots, func(x scenario.Slot) bool { return x.ID == slot })
	return d, k, err == nil && k >= 0
}

// AnnouncedTimes calls visit with every announced day and the number of its slot.
func (r *Keep) AnnouncedTimes(s *scenario.Scenario, visit func(d calendar.Day, slot int)) {
	for _, text := range r.Times {
		if d, k, ok := r.time(s, text); ok {
			visit(d, k)
		}
	}
}

func (r *Keep) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		part := *r
		part.Selection = one(i)
		out = append(out, &part)
	}
	return out
}

// Announced is one member in one seat of one meeting.
type Announced struct {
	Kind   string
	Number int
	Seat   string
	Member string
}

// Members gives who was announced, in order.
func (r *Keep) Members() (out []Announced) {
	for _, meeting := range slices.Sorted(maps.Keys(r.Seats)) {
		kind, number, _ := scenario.SplitMeeting(meeting)
		for _, seat := range slices.Sorted(maps.Keys(r.Seats[meeting])) {
			for id := range strings.SplitSeq(r.Seats[meeting][seat], ";") {
				if a := (Announced{kind, number, seat, strings.TrimSpace(id)}); !slices.Contains(out, a) {
					out = append(out, a)
				}
			}
		}
	}
	return out
}

// Names gives the members that the rule names: each is a class alone.
func (r *Keep) Names() (out []string) {
	for _, a := range r.Members() {
		out = append(out, a.Member)
	}
	return out
}

// Statement says what the rule asks.
func (r *Keep) Statement(s *scenario.Scenario) string {
	var parts []string
	if len(r.Days) > 0 || r.At != "" {
		parts = append(parts, meets(s, r.At, r.Days))
	}
	if r.Slot != "" {
		parts = append(parts, "starts in the slot "+spaced(r.Slot))
	}
	if r.Room != "" {
		parts = append(parts, "has room "+r.Room)
	}
	if len(r.Times) > 0 {
		var times []string
		r.AnnouncedTimes(s, func(d calendar.Day, k int) {
			times = append(times, calendar.Words([]calendar.Day{d})+", "+spaced(s.Slots[k].ID))
		})
		parts = append(parts, "meets on "+listed(times, "and"))
	}
	if len(r.Seats) > 0 {
		parts = append(parts, sitting(s, r.Members(), "announced"))
	}
	return fmt.Sprintf("%s %s, as announced", name(s, r.Sessions[0]), listed(parts, "and"))
}

// Check counts what was announced and is no longer so.
func (r *Keep) Check(f *Facts) (out []Finding) {
	for _, i := range r.Sessions {
		x := f.Session(i)
		add := func(n int, text string) {
			out = append(out, Finding{n, name(f.S, i) + " " + text, []string{f.S.Sessions[i].ID}})
		}
		if x == nil {
			n := len(r.Days) + len(r.Members())
			for _, one := range []string{r.At, r.Slot, r.Room} {
				if one != "" {
					n++
				}
			}
			if n > 0 {
				add(n, "was announced and is not held")
			}
			continue
		}
		var gone []calendar.Day
		for _, d := range r.Days {
			if !slices.Contains(x.Days, d) {
				gone = append(gone, d)
			}
		}
		if len(gone) > 0 {
			add(len(gone), fmt.Sprintf("no longer meets on %s, but on %s", calendar.Words(gone), calendar.Words(x.Days)))
		}
		r.AnnouncedTimes(f.S, func(d calendar.Day, k int) {
			slot := f.S.Slots[k].ID
			meets := slices.ContainsFunc(x.Meetings, func(m plan.Meeting) bool { return m.Day == d && m.Slot == slot })
			if slices.Contains(x.Days, d) && !meets {
				add(1, fmt.Sprintf("no longer meets on %s in the slot %s", calendar.Words([]calendar.Day{d}), spaced(slot)))
			}
		})
		if r.At != "" && x.Station != r.At {
			add(1, fmt.Sprintf("meets in %s instead of %s", f.Station(x).Name(), f.S.Stations[f.S.Station(r.At)].Name()))
		}
		if slot := startSlot(x); r.Slot != "" && slot != r.Slot {
			add(1, fmt.Sprintf("starts in the slot %s instead of %s", spaced(slot), spaced(r.Slot)))
		}
		if room := roomOf(x); r.Room != "" && room != r.Room {
			add(1, fmt.Sprintf("has room %s instead of %s", room, r.Room))
		}
		for _, a := range r.Members() {
			sits := false
			for _, m := range x.Meetings {
				sits = sits || (m.Kind == a.Kind && m.Number == a.Number && slices.Contains(m.Seats[a.Seat], a.Member))
			}
			if !sits {
				add(1, "no longer has "+a.words(f.S))
			}
		}
	}
	return out
}
