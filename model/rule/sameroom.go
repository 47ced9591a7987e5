package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var sameRoomKind = Kind{
	Name: "same-room", Unit: "pair",
	Doc:     "Short sessions of a kind that are on the same day are in the same room, so that nobody has to move. The excess is the pairs on one day in different rooms; with count: slots, the slots of both.",
	Example: "{of: \"tag:climate\", tier: 2}",
	New:     func() Rule { return &SameRoom{} },
}

// SameRoom asks that sessions on the same day are in the same room.
type SameRoom struct {
	Common
	Pairs
	Measure
}

func (r *SameRoom) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, problems)
	r.check(r.Origin, problems)
}

func (r *SameRoom) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *SameRoom) Statement(s *scenario.Scenario) string {
	return r.pairWords(s) + " are in the same room when they are on the same day"
}

// Check counts the pairs that break the rule.
func (r *SameRoom) Check(f *Facts) (out []Finding) {
	r.Each(func(i, j int) {
		a, heldA := f.stay(i)
		b, heldB := f.stay(j)
		if !heldA || !heldB {
			return
		}
		if a.day != b.day || a.hall < 0 || b.hall < 0 || (a.station == b.station && a.hall == b.hall) {
			return
		}
		out = append(out, Finding{r.of(a, b), fmt.Sprintf("%s are both on %s, but in rooms %s and %s", both(f.S, i, j), date(a.day), a.roomName(f.S), b.roomName(f.S)), idsOfTwo(f.S, i, j)})
	})
	return out
}
