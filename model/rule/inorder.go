package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var inOrderKind = Kind{
	Name: "in-order", Unit: "pair",
	Doc:     "Short sessions come before others: an introduction before what builds on it. The excess is the pairs of which the first does not end before the second starts; with count: slots, the slots of both.",
	Example: "{of: side-event-1, then: side-event-2, tier: 2}",
	New:     func() Rule { return &InOrder{} },
}

// InOrder asks that sessions end before others start.
type InOrder struct {
	Common
	Selection
	Then  []string `key:"then,required" doc:"the sessions that follow, by id or pattern" eg:"side-event-2"`
	Later []int    // positions in the scenario
	Measure
}

func (r *InOrder) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, "of", problems)
	s.CheckSessions(r.Origin, "then", r.Then, problems)
	r.Later = shortOnes(s, s.SelectSessions(r.Then), r.Origin, "then", problems)
	r.check(r.Origin, problems)
}

func (r *InOrder) split(*scenario.Scenario) []Rule { return []Rule{r} }

func (r *InOrder) pairs() int { return len(r.Sessions) * len(r.Later) }

// Statement says what the rule asks.
func (r *InOrder) Statement(s *scenario.Scenario) string {
	later := Selection{r.Then, r.Later}
	return fmt.Sprintf("%s %s before %s starts", r.words(s), r.verb("ends", "end"), later.anyWords(s))
}

// Check counts the pairs out of order.
func (r *InOrder) Check(f *Facts) (out []Finding) {
	for _, a := range f.stays(r.Sessions) {
		for _, b := range f.stays(r.Later) {
			if a.session != b.session && !a.before(b) {
				out = append(out, Finding{r.of(a, b), fmt.Sprintf("%s starts on %s, before %s ends", name(f.S, b.session), b.when(f.S), name(f.S, a.session)), idsOfTwo(f.S, a.session, b.session)})
			}
		}
	}
	return out
}

// Ties ties all sessions of both groups.
func (r *InOrder) Ties(*scenario.Scenario) Tie {
	return Tie{Sessions: union(r.Sessions, r.Later), Near: Anywhere}
}
