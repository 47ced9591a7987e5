package ics

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"plenary/model/plan"
	"plenary/model/scenario"
)

// Pins gives what differs in the second plan from the first as a variant of the
// scenario that pins it: days and station of each session, day, slot and
// room of a short one, the slots of one that moved within its days, the day of
// issue of each document. So the rest can be planned around what was decided by
// hand.
// What is no longer held is left out of the variant: the notes say so. Extends
// is the scenario's file, from where the variant will lie.
func Pins(s *scenario.Scenario, from, to *plan.Plan, extends string) (variant []byte, notes []string) {
	var sessions, documents []string
	for i := range s.Sessions {
		x := &s.Sessions[i]
		a, b := from.Session(x.ID), to.Session(x.ID)
		switch {
		case a == nil || b != nil && samePlace(x, a, b):
		case b == nil:
			notes = append(notes, fmt.Sprintf("“%s” is no longer held: take it out of the scenario, pins cannot say so", x.Name()))
		default:
			var days []string
			for _, d := range b.Days {
				days = append(days, d.String())
			}
			if x.Short && len(b.Meetings) > 0 {
				days := ""
				if x.Pin != nil && x.Pin.Days != nil {
					days = "days: , " // taken away: the start says it
				}
				room := ""
				if b.Meetings[0].Room != "" {
					room = ", room: " + quoted(b.Meetings[0].Room)
				}
				sessions = append(sessions, fmt.Sprintf("    - id: %s\n      pin: {%sstart: %s, slot: %s%s, at: %s}\n", quoted(x.ID), days, b.Days[0], quoted(b.Meetings[0].Slot), room, quoted(b.Station)))
				continue
			}
			slots := ""
			if !slices.EqualFunc(a.Meetings, b.Meetings, func(m, n plan.Meeting) bool { return m.Slot == n.Slot }) {
				said, ok := pinnedSlots(b)
				if slots = said; !ok {
					notes = append(notes, fmt.Sprintf("“%s” meets at other hours now, and pins cannot say which meeting is at which: its plan does", x.Name()))
				}
			}
			start := ""
			if x.Pin != nil && x.Pin.Start != nil {
				start = "start: , " // taken away: the days say it
			}
			sessions = append(sessions, fmt.Sprintf("    - id: %s\n      pin: {%sdays: [%s], at: %s}\n%s", quoted(x.ID), start, strings.Join(days, ", "), quoted(b.Station), slots))
		}
	}
	for i := range s.Documents {
		id := s.Documents[i].ID
		if a, b := from.Document(id), to.Document(id); a != nil && b != nil && a.Issued != b.Issued {
			documents = append(documents, fmt.Sprintf("    - {id: %s, pin: %s}\n", quoted(id), b.Issued))
		}
	}
	if len(sessions)+len(documents) == 0 {
		return nil, notes
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# What was changed by hand in the calendar, as decided.\nplenary: 1\nextends: %s\nchange:\n", quoted(extends))
	if len(sessions) > 0 {
		b.WriteString("  sessions:\n" + strings.Join(sessions, ""))
	}
	if len(documents) > 0 {
		b.WriteString("  documents:\n" + strings.Join(documents, ""))
	}
	return b.Bytes(), notes
}

// pinnedSlots gives the line that allows a session no slots but those in which it
// meets; false where that does not say in which it meets on which day.
func pinnedSlots(x *plan.Session) (string, bool) {
	var slots []string
	for _, m := range x.Meetings {
		if !slices.Contains(slots, m.Slot) {
			slots = append(slots, m.Slot)
		}
	}
	if len(x.Meetings) != len(x.Days)*len(slots) {
		return "", false
	}
	for i := range slots {
		slots[i] = quoted(slots[i])
	}
	return fmt.Sprintf("      slots: [%s]\n", strings.Join(slots, ", ")), true
}

// samePlace tells whether two plans have the session at one time and place, as
// far as a pin can say it.
func samePlace(x *scenario.Session, a, b *plan.Session) bool {
	if a.Station != b.Station || !slices.Equal(a.Days, b.Days) {
		return false
	}
	if len(a.Meetings) == 0 || len(b.Meetings) == 0 {
		return true
	}
	if !x.Short {
		return slices.EqualFunc(a.Meetings, b.Meetings, func(m, n plan.Meeting) bool { return m.Day == n.Day && m.Slot == n.Slot })
	}
	return a.Meetings[0].Slot == b.Meetings[0].Slot && a.Meetings[0].Room == b.Meetings[0].Room
}
