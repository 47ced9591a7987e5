package rule

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var compactKind = Kind{
	Name: "compact", Unit: "slot",
	Doc:     "The meetings that a group of delegates follows stand side by side, so that nobody comes for one alone. The excess is the slots in which these sessions meet without meeting in the slot before or after it on the same day.",
	Example: "{of: \"tag:climate\", tier: 2}",
	New:     func() Rule { return &Compact{} },
}

// Compact asks that meetings do not stand alone.
type Compact struct {
	Common
	Selection
}

func (r *Compact) resolve(s *scenario.Scenario, problems *diag.List) { r.find(s, r.Origin, problems) }

func (r *Compact) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Compact) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("no meeting of %s stands alone in its day", r.words(s))
}

// Check counts the slots that stand alone.
func (r *Compact) Check(f *Facts) (out []Finding) {
	type time struct {
		day  calendar.Day
		slot int
	}
	used := map[time]bool{}
	held, _ := f.Held(r.Sessions)
	for _, x := range held {
		for _, m := range x.Meetings {
			used[time{m.Day, f.slots[m.Slot]}] = true
		}
	}
	// beside tells whether the next slot of the day in the direction is used.
	beside := func(t time, by int) bool {
		for k := t.slot + by; k >= 0 && k < len(f.S.Slots); k += by {
			if f.S.Slots[k].Exists(t.day) {
				return used[time{t.day, k}]
			}
		}
		return false
	}
	inOrder := func(a, b time) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.slot, b.slot)) }
	for _, t := range slices.SortedFunc(maps.Keys(used), inOrder) {
		if !beside(t, -1) && !beside(t, 1) {
			out = append(out, Finding{1, fmt.Sprintf("on %s, a meeting of %s stands alone", slotOf(t.day, f.S.Slots[t.slot].ID), r.words(f.S)), nil})
		}
	}
	return out
}

// Ties ties sessions that can meet on the same day.
func (r *Compact) Ties(*scenario.Scenario) Tie { return Tie{Sessions: r.Sessions} }
