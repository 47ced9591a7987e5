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

var parallelKind = Kind{
	Name: "parallel", Unit: "meeting",
	Doc:     "Of the sessions, no more than so many meet in the same slot of a day, at the stations named or anywhere. The excess is the meetings beyond, over all slots.",
	Example: "{of: \"*\", at: [geneva], at-most: 2}",
	New:     func() Rule { return &Parallel{} },
}

// Parallel bounds the meetings in one slot.
type Parallel struct {
	Common
	Selection
	At       []string `key:"at" doc:"the stations; all together where nothing is said" eg:"[geneva]"`
	AtMost   int      `key:"at-most,required" doc:"meetings in one slot" eg:"2"`
	Stations []int    // positions in the scenario
}

func (r *Parallel) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	scenario.CheckSelector(r.Origin, "at", r.At, s.StationIDs(), "station", problems)
	for i, id := range s.StationIDs() {
		if len(r.At) == 0 || scenario.Matches(r.At, id) {
			r.Stations = append(r.Stations, i)
		}
	}
}

func (r *Parallel) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Parallel) Statement(s *scenario.Scenario) string {
	where := ""
	if len(r.At) > 0 {
		var names []string
		for _, i := range r.Stations {
			names = append(names, s.Stations[i].Name())
		}
		where = " in " + listed(names, "and")
		if len(names) > 1 {
			where += " together"
		}
	}
	if r.AtMost == 0 {
		return fmt.Sprintf("no meeting of %s takes place%s", r.words(s), where)
	}
	verb := "take"
	if r.AtMost == 1 {
		verb = "takes"
	}
	return fmt.Sprintf("no more than %s of %s %s place at the same time%s", plural(r.AtMost, "meeting"), r.words(s), verb, where)
}

// Check counts the meetings beyond the most in each slot.
func (r *Parallel) Check(f *Facts) (out []Finding) {
	type time struct {
		day  calendar.Day
		slot int
	}
	count := map[time]int{}
	held, _ := f.Held(r.Sessions)
	for _, x := range held {
		if !slices.Contains(r.Stations, f.S.Station(x.Station)) {
			continue
		}
		for _, m := range x.Meetings {
			count[time{m.Day, f.slots[m.Slot]}]++
		}
	}
	inOrder := func(a, b time) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.slot, b.slot)) }
	for _, t := range slices.SortedFunc(maps.Keys(count), inOrder) {
		n := count[t]
		if n <= r.AtMost {
			continue
		}
		verb := "take"
		if n == 1 {
			verb = "takes"
		}
		out = append(out, Finding{n - r.AtMost, fmt.Sprintf("on %s, %s %s place at the same time, %d over the most (%d)", slotOf(t.day, f.S.Slots[t.slot].ID), plural(n, "meeting"), verb, n-r.AtMost, r.AtMost), nil})
	}
	return out
}

// Ties ties sessions that can meet on the same day.
func (r *Parallel) Ties(*scenario.Scenario) Tie { return Tie{Sessions: r.Sessions} }
