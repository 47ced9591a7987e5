package rule

import (
	"fmt"
	"strings"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var overlapKind = Kind{
	Name: "overlap", Unit: "slot",
	Doc:     "Two sessions that the same people want to follow do not meet at the same time. The excess is, for every pair, the slots in which both meet, wherever.",
	Example: "{of: \"tag:climate\", tier: 2}",
	New:     func() Rule { return &Overlap{} },
}

// Overlap asks that sessions do not meet at the same time.
type Overlap struct {
	Common
	Pairs
}

func (r *Overlap) resolve(s *scenario.Scenario, problems *diag.List) { r.find(s, r.Origin, problems) }

func (r *Overlap) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Overlap) Statement(s *scenario.Scenario) string {
	if len(r.With) == 0 && len(r.Sessions) != 2 {
		return "no " + strings.TrimPrefix(r.pairWords(s), "any ") + " meet at the same time"
	}
	return r.pairWords(s) + " do not meet at the same time"
}

// Check counts the slots in which two meet.
func (r *Overlap) Check(f *Facts) (out []Finding) {
	of, with := index(r.Sessions), index(r.Others)
	wanted := func(a, b int) bool {
		return len(r.With) == 0 || (of[a] && with[b]) || (of[b] && with[a])
	}
	pairs, slots, first := f.together(union(r.Sessions, r.Others), wanted)
	for _, p := range pairs {
		out = append(out, Finding{slots[p], fmt.Sprintf("%s meet at the same time on %s%s", both(f.S, p[0], p[1]), first[p], inSlots(slots[p])), idsOfTwo(f.S, p[0], p[1])})
	}
	return out
}

// Ties ties sessions that can meet on the same day.
func (r *Overlap) Ties(*scenario.Scenario) Tie { return Tie{Sessions: union(r.Sessions, r.Others)} }
