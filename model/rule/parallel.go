package rule

import (
	"fmt"
	"slices"
	"strings"

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
		where = " in " + strings.Join(names, " and ")
	}
	return fmt.Sprintf("no more than %s of %s at the same time%s", plural(r.AtMost, "meeting"), r.words(s), where)
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
	for t, n := range count {
		if n > r.AtMost {
			out = append(out, Finding{n - r.AtMost, fmt.Sprintf("%s at the same time on %s in the %s, %d over the most", plural(n, "meeting"), t.day, f.S.Slots[t.slot].ID, n-r.AtMost), nil})
		}
	}
	slices.SortFunc(out, func(a, b Finding) int { return strings.Compare(a.Text, b.Text) })
	return out
}

// Ties ties sessions that can meet on the same day.
func (r *Parallel) Ties(*scenario.Scenario) Tie { return Tie{Sessions: r.Sessions} }
