package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var earlyKind = Kind{
	Name: "early", Unit: "slot",
	Doc:     "Short sessions take place as early as possible. The excess is, for each, the slots of the period that lie before its last one.",
	Example: "{of: \"tag:climate\", tier: 2}",
	New:     func() Rule { return &Early{} },
}

// Early asks that sessions take place as early as possible.
type Early struct {
	Common
	Selection
}

func (r *Early) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	r.onlyShort(s, r.Origin, "of", problems)
}

func (r *Early) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Early{r.Common, one(i)})
	}
	return out
}

// Statement says what the rule asks.
func (r *Early) Statement(s *scenario.Scenario) string {
	return name(s, r.Sessions[0]) + " takes place as early as possible"
}

// Check counts the slots before the last one.
func (r *Early) Check(f *Facts) (out []Finding) {
	for _, x := range f.stays(r.Sessions) {
		if n := f.S.SlotNumber(x.station, x.day, x.last); n > 0 {
			out = append(out, Finding{n, fmt.Sprintf("%s, on %s, leaves %s before its last one", name(f.S, x.session), x.when(f.S), plural(n, "slot")), []string{f.S.Sessions[x.session].ID}})
		}
	}
	return out
}

// Ties ties nothing: the rule speaks of each session by itself.
func (r *Early) Ties(*scenario.Scenario) Tie { return Tie{Sessions: r.Sessions, Near: Apart} }
