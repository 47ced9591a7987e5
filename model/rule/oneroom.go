package rule

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var oneRoomKind = Kind{
	Name: "one-room", Unit: "room",
	Doc:     "Short sessions that belong together are all in the same room. The excess is the rooms that they use beyond the first.",
	Example: "{of: \"tag:climate\", tier: 2}",
	New:     func() Rule { return &OneRoom{} },
}

// OneRoom asks that sessions are all in one room.
type OneRoom struct {
	Common
	Selection
}

func (r *OneRoom) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, "of", problems)
}

func (r *OneRoom) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *OneRoom) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s %s in one and the same room", r.words(s), r.verb("is", "are"))
}

// Check counts the rooms beyond the first.
func (r *OneRoom) Check(f *Facts) []Finding {
	var names []string
	seen := map[[2]int]bool{}
	for _, x := range f.stays(r.Sessions) {
		if key := [2]int{x.station, x.hall}; x.hall >= 0 && !seen[key] {
			seen[key] = true
			names = append(names, x.roomName(f.S))
		}
	}
	if len(names) < 2 {
		return nil
	}
	slices.Sort(names)
	return []Finding{{len(names) - 1, fmt.Sprintf("%s use %s instead of one: %s", r.words(f.S), plural(len(names), "room"), listed(names, "and")), nil}}
}
