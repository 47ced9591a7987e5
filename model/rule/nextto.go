package rule

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var nextToKind = Kind{
	Name: "next-to", Unit: "session",
	Doc:     "Short sessions have another right before or after them: on the same day and at the same station, with little between, and in the same room where that is asked. The excess is the sessions that have none.",
	Example: "{of: side-event-1, to: side-event-2, within: 30 minutes, same-room: yes, tier: 2}",
	New:     func() Rule { return &NextTo{} },
}

// NextTo asks that sessions stand next to others.
type NextTo struct {
	Common
	Selection
	To       []string         `key:"to,required" doc:"the sessions to stand next to, by id or pattern" eg:"side-event-2"`
	Within   calendar.Stretch `key:"within,required" doc:"how much may lie between, in slots or minutes" eg:"30 minutes"`
	SameRoom bool             `key:"same-room" doc:"both are in the same room" eg:"yes"`
	Others   []int            // positions in the scenario
}

func (r *NextTo) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, "of", problems)
	s.CheckSessions(r.Origin, "to", r.To, problems)
	r.Others = shortOnes(s, s.SelectSessions(r.To), r.Origin, "to", problems)
}

func (r *NextTo) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		part := *r
		part.Selection = one(i)
		out = append(out, &part)
	}
	return out
}

func (r *NextTo) others(s *scenario.Scenario) string {
	others := Selection{r.To, slices.DeleteFunc(slices.Clone(r.Others), func(i int) bool { return i == r.Sessions[0] })}
	text := others.anyWords(s)
	if r.SameRoom {
		text += " in the same room"
	}
	return text
}

func (r *NextTo) pairs() int { return len(r.Sessions) * len(r.Others) }

// Statement says what the rule asks.
func (r *NextTo) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s stands right before or after %s, with no more than %s between", name(s, r.Sessions[0]), r.others(s), r.Within)
}

// Check counts the sessions without a neighbour.
func (r *NextTo) Check(f *Facts) (out []Finding) {
	for _, x := range f.stays(r.Sessions) {
		near := slices.ContainsFunc(f.stays(r.Others), func(y stay) bool { return x.session != y.session && r.near(f, x, y) })
		if !near {
			out = append(out, Finding{1, fmt.Sprintf("%s, on %s, does not stand right before or after %s", name(f.S, x.session), x.when(f.S), r.others(f.S)), []string{f.S.Sessions[x.session].ID}})
		}
	}
	return out
}

// near tells whether two stays stand next to each other.
func (r *NextTo) near(f *Facts, a, b stay) bool {
	if b.before(a) {
		a, b = b, a
	}
	if a.day != b.day || a.station != b.station || !a.before(b) || (r.SameRoom && (a.hall < 0 || a.hall != b.hall)) {
		return false
	}
	if r.Within.Minutes > 0 {
		return int(f.S.SlotTimes(b.station, b.first).From-f.S.SlotTimes(a.station, a.last).To) <= r.Within.Minutes
	}
	return f.S.SlotNumber(b.station, b.day, b.first)-f.S.SlotNumber(a.station, a.day, a.last)-1 <= r.Within.Slots
}

// Ties ties all sessions of both groups.
func (r *NextTo) Ties(*scenario.Scenario) Tie {
	return Tie{Sessions: union(r.Sessions, r.Others), Near: Anywhere}
}
