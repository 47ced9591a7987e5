package rule

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
)

var pauseKind = Kind{
	Name: "pause", Unit: "pair",
	Doc:     "Between two short sessions at a station lies a pause, for the staff or for those who must be in both. The excess is the pairs that do not overlap and have less between them: in slots, those between the last of one and the first of the other, over lunch and night; in minutes, on the same day.",
	Example: "{of: \"tag:climate\", at-least: 15 minutes, tier: 2}",
	New:     func() Rule { return &Pause{} },
}

// Pause asks for a pause between sessions.
type Pause struct {
	Common
	Pairs
	AtLeast calendar.Stretch `key:"at-least,required" doc:"the pause, in slots or minutes" eg:"15 minutes"`
	Sharing string           `key:"sharing" doc:"people: only pairs in which somebody must be in both" eg:"people"`
}

func (r *Pause) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, problems)
	if r.AtLeast == (calendar.Stretch{}) && r.Has("at-least") {
		problems.Add(r.At("at-least"), "the pause is nothing", "for example  at-least: 15 minutes")
	}
	if r.Sharing != "" && r.Sharing != "people" {
		problems.Add(r.At("sharing"), fmt.Sprintf("sharing: %q is not known", diag.Shorten(r.Sharing)), "write  sharing: people, or leave it out")
	}
}

func (r *Pause) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Pause) Statement(s *scenario.Scenario) string {
	who := ""
	if r.Sharing != "" {
		who = " with people who must be in both"
	}
	lie := "lie"
	if r.AtLeast.Slots+r.AtLeast.Minutes == 1 {
		lie = "lies"
	}
	return fmt.Sprintf("at least %s %s between %s%s", r.AtLeast, lie, r.pairWords(s), who)
}

// Check counts the pairs that break the rule.
func (r *Pause) Check(f *Facts) (out []Finding) {
	r.Each(func(i, j int) {
		a, heldA := f.stay(i)
		b, heldB := f.stay(j)
		if !heldA || !heldB {
			return
		}
		if b.before(a) {
			a, b = b, a
		}
		if !a.before(b) || a.station != b.station || !r.Concerns(f.S, i, j) {
			return
		}
		between, ok := "", false
		if r.AtLeast.Minutes > 0 {
			n := int(f.S.SlotTimes(b.station, b.first).From - f.S.SlotTimes(a.station, a.last).To)
			between, ok = plural(n, "minute"), a.day != b.day || n >= r.AtLeast.Minutes
		} else {
			n := f.S.SlotNumber(b.station, b.day, b.first) - f.S.SlotNumber(a.station, a.day, a.last) - 1
			between, ok = plural(n, "slot"), n >= r.AtLeast.Slots
		}
		if !ok {
			out = append(out, Finding{1, fmt.Sprintf("%s follows %s on %s with %s between", name(f.S, b.session), name(f.S, a.session), b.when(f.S), between), idsOfTwo(f.S, i, j)})
		}
	})
	return out
}

// Concerns tells whether the rule speaks of the pair.
func (r *Pause) Concerns(s *scenario.Scenario, a, b int) bool {
	return r.Sharing == "" || slices.ContainsFunc(s.Sessions[a].PeopleIDs, func(p int) bool { return slices.Contains(s.Sessions[b].PeopleIDs, p) })
}
