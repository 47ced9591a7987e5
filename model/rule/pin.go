package rule

import (
	"fmt"
	"maps"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var pinKind = Kind{
	Name: "pin", Unit: "decision",
	Doc: "What a session's pin: has decided already stays as it is. The excess is the decisions that the plan changes.",
	New: func() Rule { return &Pin{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			if p := s.Sessions[i].Pin; p != nil {
				c := Common{Origin: p.Origin, Mandate: p.Mandate}
				if c.Mandate == "" {
					c.Mandate = s.Sessions[i].Mandate
				}
				out = append(out, &Pin{c, one(i)})
			}
		}
		return out
	},
}

// Pin asks that what was decided for a session stays.
type Pin struct {
	Common
	Selection
}

func (r *Pin) resolve(*scenario.Scenario, *diag.List) {}

func (r *Pin) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Pin) Statement(s *scenario.Scenario) string {
	p := s.Sessions[r.Sessions[0]].Pin
	var parts []string
	if p.Start != nil {
		parts = append(parts, "starts on "+date(*p.Start))
	}
	if p.Slot != "" {
		parts = append(parts, "starts in the slot "+spaced(p.Slot))
	}
	if p.Days != nil || p.Station != "" {
		parts = append(parts, meets(s, p.Station, p.Days))
	}
	if p.Room != "" {
		parts = append(parts, "has room "+p.Room)
	}
	if len(p.Seats) > 0 {
		parts = append(parts, sitting(s, decided(p), "decided"))
	}
	return fmt.Sprintf("%s %s, as decided", name(s, r.Sessions[0]), listed(parts, "and"))
}

// Check counts the decisions that the plan changes. A meeting that is not
// held changes none.
func (r *Pin) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		p := f.S.Sessions[at[i]].Pin
		add := func(text string) {
			out = append(out, Finding{1, fmt.Sprintf("%s %s", name(f.S, at[i]), text), []string{x.ID}})
		}
		if p.Start != nil && x.First() != *p.Start {
			add(fmt.Sprintf("starts on %s, but %s was decided", date(x.First()), date(*p.Start)))
		}
		if p.Days != nil && !slices.Equal(x.Days, p.Days) {
			were := "were"
			if len(p.Days) == 1 {
				were = "was"
			}
			add(fmt.Sprintf("meets on %s, but %s %s decided", calendar.Words(x.Days), calendar.Words(p.Days), were))
		}
		if p.Station != "" && x.Station != p.Station {
			add(fmt.Sprintf("meets in %s, but %s was decided", f.Station(x).Name(), f.S.Stations[f.S.Station(p.Station)].Name()))
		}
		if slot := startSlot(x); p.Slot != "" && slot != p.Slot {
			add(fmt.Sprintf("starts in the slot %s, but %s was decided", spaced(slot), spaced(p.Slot)))
		}
		if room := roomOf(x); p.Room != "" && room != p.Room {
			add(fmt.Sprintf("has room %s, but %s was decided", room, p.Room))
		}
		for _, a := range decided(p) {
			for _, m := range x.Meetings {
				if m.Kind == a.Kind && m.Number == a.Number && !slices.Contains(m.Seats[a.Seat], a.Member) {
					add(fmt.Sprintf("does not have %s, as decided", a.words(f.S)))
				}
			}
		}
	}
	return out
}

// decided gives who sits where by the pin, in order.
func decided(p *scenario.Pin) (out []Announced) {
	for _, key := range slices.Sorted(maps.Keys(p.Seats)) {
		kind, number, _ := scenario.SplitMeeting(key)
		for _, seat := range slices.Sorted(maps.Keys(p.Seats[key])) {
			out = append(out, Announced{kind, number, seat, p.Seats[key][seat]})
		}
	}
	return out
}
