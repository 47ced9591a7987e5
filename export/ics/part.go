package ics

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

// Owner is whose busy times a calendar holds.
type Owner struct {
	Kind string // officer, station, room or body
	ID   string // of the officer, station or body
	Room string // of the station ID, for a room
}

// ParseOwner reads officer:ID, station:ID, room:STATION/ROOM or body:ID.
func ParseOwner(text string) (Owner, error) {
	kind, id, _ := strings.Cut(text, ":")
	o := Owner{Kind: kind, ID: id}
	ok := id != ""
	switch kind {
	case "officer", "station", "body":
	case "room":
		o.ID, o.Room, ok = strings.Cut(id, "/")
		ok = ok && o.ID != "" && o.Room != ""
	default:
		ok = false
	}
	if !ok {
		return Owner{}, fmt.Errorf("%q does not say whose calendar it is: officer:ID, station:ID, room:STATION/ROOM or body:ID", text)
	}
	return o, nil
}

// Part says how busy times become a part of a scenario.
type Part struct {
	Owner    Owner
	Scenario *scenario.Scenario // which the part changes; nil for a part to be pasted
	Extends  string             // its file, from where the part will lie
	Calendar string             // the calendar's file, from where the part will lie
	Zone     *time.Location     // in which days begin; nil for that of the owner in the scenario
}

// stretch is some days, or slots of them, on which an owner is busy.
type stretch struct {
	days          calendar.Range
	slots         []string // ids; all where there are none
	mandate, note string
}

// yaml gives the stretch as an item of away: or closed:.
func (x stretch) yaml() string {
	out := "days: " + x.days.String()
	if len(x.slots) > 0 {
		ids := make([]string, len(x.slots))
		for i, id := range x.slots {
			ids[i] = quoted(id)
		}
		out += ", slots: [" + strings.Join(ids, ", ") + "]"
	}
	if x.mandate != "" {
		out += ", mandate: " + quoted(x.mandate)
	}
	if x.note != "" {
		out += ", note: " + quoted(x.note)
	}
	return "{" + out + "}"
}

// Write gives the part in the scenario language: a variant of the scenario, or
// a piece to be pasted where there is none. A body's meetings keep their hours:
// its calendar is named and read with the scenario. Officers are away and
// stations closed on whole days: each on which a busy time overlaps a slot. A
// room of a scenario is closed in those slots. What stands in the scenario
// already is kept. The error says what of the
// owner the scenario does not know.
func (p Part) Write(c *Calendar) ([]byte, error) {
	o := p.Owner
	zone, slots, period := p.Zone, calendar.DefaultSlots, calendar.Range{First: calendar.NewDay(1990, 1, 1), Last: calendar.NewDay(2100, 12, 31)}
	title, old := "", []stretch(nil)
	if s := p.Scenario; s != nil {
		period = s.Period
		var err error
		var home *scenario.Station
		if home, title, old, err = o.in(s); err != nil {
			return nil, err
		}
		if home != nil {
			if zone == nil {
				zone = home.Location
			}
			slots = nil
			for i := range s.Slots {
				slots = append(slots, s.SlotTimes(s.Station(home.ID), i))
			}
		}
	}
	if zone == nil {
		zone = time.UTC
	}
	var b bytes.Buffer
	head, indent := "", ""
	if p.Scenario != nil {
		head, indent = fmt.Sprintf("plenary: 1\nextends: %s\nchange:\n", quoted(p.Extends)), "  "
	}
	if title == "" {
		title = o.ID
	}
	line := func(depth int, format string, args ...any) {
		fmt.Fprintf(&b, "%s%s%s\n", indent, strings.Repeat("  ", depth), fmt.Sprintf(format, args...))
	}
	if o.Kind == "body" {
		fmt.Fprintf(&b, "# When %s meets: from %s, %s.\n%s", clean(title), p.Calendar, counted(len(c.Times), "busy time"), head)
		line(0, "busy:")
		if name := c.Title; name != "" && title == o.ID {
			line(1, "- {id: %s, title: %s, file: %s}", quoted(o.ID), quoted(name), quoted(p.Calendar))
		} else {
			line(1, "- {id: %s, file: %s}", quoted(o.ID), quoted(p.Calendar))
		}
		return b.Bytes(), nil
	}
	days := stretches(c.Times, zone, slots, period)
	if o.Kind != "room" || p.Scenario == nil {
		days = asWholeDays(days)
	}
	if len(days) == 0 {
		return nil, errors.New("no busy time of the calendar overlaps a slot in the scenario's period")
	}
	fmt.Fprintf(&b, "# Busy days of %s in %s: from %s.\n%s", clean(title), zone, p.Calendar, head)
	depth, key := 2, "closed"
	switch o.Kind {
	case "officer":
		key = "away"
		line(0, "officers:")
		line(1, "- id: %s", quoted(o.ID))
	case "station":
		line(0, "stations:")
		line(1, "- id: %s", quoted(o.ID))
	case "room":
		line(0, "stations:")
		line(1, "- id: %s", quoted(o.ID))
		line(2, "rooms:")
		line(3, "- id: %s", quoted(o.Room))
		depth = 4
	}
	line(depth, "%s:", key)
	for _, x := range append(slices.Clone(old), days...) {
		line(depth+1, "- %s", x.yaml())
	}
	return b.Bytes(), nil
}

// quoted writes a text as YAML between quotes, which JSON is.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(diag.Inert(clean(text))) // a string can be encoded
	return strings.TrimSpace(b.String())
}

// in finds the owner in the scenario: the station whose hours are meant, the
// name, and the days that are there already.
func (o Owner) in(s *scenario.Scenario) (home *scenario.Station, title string, old []stretch, err error) {
	station := func(id string) *scenario.Station {
		if i := s.Station(id); i >= 0 {
			return &s.Stations[i]
		}
		return nil
	}
	switch o.Kind {
	case "body":
		if i := slices.IndexFunc(s.Busy, func(b scenario.Busy) bool { return b.ID == o.ID }); i >= 0 {
			title = s.Busy[i].Name()
		}
		return nil, title, nil, nil
	case "officer":
		i := slices.IndexFunc(s.Officers, func(x scenario.Officer) bool { return x.ID == o.ID })
		if i < 0 {
			return nil, "", nil, fmt.Errorf("the scenario has no officer %q", o.ID)
		}
		return station(s.Officers[i].Based), s.Officers[i].Name(), stretchesOf(s.Officers[i].Away), nil
	}
	st := station(o.ID)
	switch {
	case st == nil:
		return nil, "", nil, fmt.Errorf("the scenario has no station %q", o.ID)
	case o.Kind == "station":
		return st, st.Name(), stretchesOf(st.Closed), nil
	}
	i := slices.IndexFunc(st.Rooms, func(r scenario.Room) bool { return r.ID == o.Room })
	if i < 0 {
		return nil, "", nil, fmt.Errorf("the station %q has no room %q", o.ID, o.Room)
	}
	for _, c := range st.Rooms[i].Closed {
		old = append(old, stretch{c.Days, c.Slots, c.Mandate, c.Note})
	}
	return st, o.Room + ", " + st.Name(), old, nil
}

func stretchesOf(closures []scenario.Closure) (out []stretch) {
	for _, c := range closures {
		out = append(out, stretch{c.Days, nil, c.Mandate, c.Note})
	}
	return out
}

// stretches gives the days of the period on which a busy time overlaps slots, by
// clocks of the zone, with those slots and what is on.
func stretches(times []scenario.Interval, zone *time.Location, slots []calendar.Slot, period calendar.Range) (out []stretch) {
	walls := slices.Clone(times)
	for i := range walls {
		if x := &walls[i]; !x.Floating {
			x.From, x.To = onTheWall(x.From, zone), onTheWall(x.To, zone)
		}
	}
	slices.SortStableFunc(walls, func(a, b scenario.Interval) int { return a.From.Compare(b.From) })
	type taken struct {
		slots []bool
		note  string
	}
	on := map[calendar.Day]*taken{}
	next := period.First // what began earlier covers the days before
	for _, x := range walls {
		last := calendar.DayOf(x.To)
		for d := max(calendar.DayOf(x.From), next); d <= min(last, period.Last); d++ {
			for i, slot := range slots {
				if !x.From.Before(d.At(slot.To, time.UTC)) || !x.To.After(d.At(slot.From, time.UTC)) {
					continue
				}
				if on[d] == nil {
					on[d] = &taken{make([]bool, len(slots)), cmp.Or(x.Title, "busy")}
				}
				on[d].slots[i] = true
			}
		}
		next = max(next, last)
	}
	for d := period.First; d <= period.Last; d++ {
		x := on[d]
		if x == nil {
			continue
		}
		now := stretch{days: calendar.Range{First: d, Last: d}, note: x.note}
		if slices.Contains(x.slots, false) {
			for i, is := range x.slots {
				if is {
					now.slots = append(now.slots, slots[i].ID)
				}
			}
		}
		if n := len(out); n > 0 && out[n-1].days.Last+1 == d && out[n-1].note == now.note && slices.Equal(out[n-1].slots, now.slots) {
			out[n-1].days.Last = d
		} else {
			out = append(out, now)
		}
	}
	return out
}

// asWholeDays takes days of which a slot is busy for busy as a whole.
func asWholeDays(in []stretch) (out []stretch) {
	for _, x := range in {
		x.slots = nil
		if n := len(out); n > 0 && out[n-1].days.Last+1 == x.days.First && out[n-1].note == x.note {
			out[n-1].days.Last = x.days.Last
		} else {
			out = append(out, x)
		}
	}
	return out
}
