package rule

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var idleKind = Kind{
	Name: "idle", Unit: "slot",
	Doc:     "A session's meetings follow each other without an empty slot, from the first slot of its first day. The excess is the empty slots on its days before its last meeting, among the slots that it may use.",
	Example: "{of: thematic-*, tier: 2}",
	New:     func() Rule { return &Idle{} },
}

// Idle keeps the meetings of a session together.
type Idle struct {
	Common
	Selection
}

func (r *Idle) resolve(s *scenario.Scenario, problems *diag.List) { r.find(s, r.Origin, problems) }

func (r *Idle) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Idle{r.Common, one(i)})
	}
	return out
}

// Statement says what the rule asks.
func (r *Idle) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s has no empty slots before its last meeting", name(s, r.Sessions[0]))
}

// Check counts the empty slots before the last meeting.
func (r *Idle) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		type time struct {
			day  calendar.Day
			slot int
		}
		var used []time
		for _, m := range x.Meetings {
			used = append(used, time{m.Day, f.slots[m.Slot]})
		}
		if len(used) == 0 {
			continue
		}
		session := &f.S.Sessions[at[i]]
		if session.Short {
			continue
		}
		last := used[len(used)-1]
		n := 0
		for _, d := range x.Days {
			for _, slot := range slotsOn(f, session, d) {
				earlier := d < last.day || (d == last.day && slot < last.slot)
				if earlier && !slices.Contains(used, time{d, slot}) {
					n++
				}
			}
		}
		if n > 0 {
			out = append(out, Finding{n, fmt.Sprintf("%s leaves %s empty before its last meeting", name(f.S, at[i]), plural(n, "slot")), []string{x.ID}})
		}
	}
	return out
}
