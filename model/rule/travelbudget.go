package rule

import (
	"fmt"
	"maps"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var travelBudgetKind = Kind{
	Name: "travel-budget", Unit: "thousand",
	Doc:     "The travel of supported delegates to the sessions stays within a budget: delegates × cost of a trip to the station, for each session rounded up to thousands. A station without a cost is free. The excess is the thousands beyond the budget.",
	Example: "{of: thematic-*, delegates: 40, cost: {geneva: 3200, new-york: 2900}, at-most: 1000}",
	New:     func() Rule { return &TravelBudget{} },
}

// TravelBudget bounds the cost of supported travel. Resolution 71/280,
// paragraph 31: a trust fund for representatives of developing countries.
type TravelBudget struct {
	Common
	Selection
	Delegates int            `key:"delegates,required" doc:"supported delegates at each session" eg:"40"`
	Cost      map[string]int `key:"cost,required" doc:"cost of one delegate's trip by station" eg:"{geneva: 3200}"`
	AtMost    int            `key:"at-most,required" doc:"the budget in thousands" eg:"1000"`
}

func (r *TravelBudget) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	for _, id := range slices.Sorted(maps.Keys(r.Cost)) {
		if s.Station(id) < 0 {
			problems.Add(r.At("cost", id), fmt.Sprintf("no station is called %q", diag.Shorten(id)), diag.Suggest(id, s.StationIDs(), "correct the name"))
		}
	}
}

func (r *TravelBudget) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *TravelBudget) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("the travel of %s to %s costs at most %d thousand", plural(r.Delegates, "supported delegate"), r.words(s), r.AtMost)
}

// Check measures the thousands beyond the budget.
func (r *TravelBudget) Check(f *Facts) []Finding {
	held, _ := f.Held(r.Sessions)
	total := 0
	var ids []string
	for _, x := range held {
		total += (r.Delegates*r.Cost[x.Station] + 999) / 1000
		ids = append(ids, x.ID)
	}
	if n := total - r.AtMost; n > 0 {
		return []Finding{{n, fmt.Sprintf("the travel of %s to %s costs %d thousand, %d over the budget", plural(r.Delegates, "supported delegate"), r.words(f.S), total, n), ids}}
	}
	return nil
}
