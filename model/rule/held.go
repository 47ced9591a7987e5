package rule

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var heldKind = Kind{
	Name: "held", Unit: "session",
	Doc:     "The sessions are held. The excess is the sessions that are not. Sessions that are not optional are held in any case.",
	Example: "{of: consultation-*, tier: 1}",
	New:     func() Rule { return &Held{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			if x := &s.Sessions[i]; !x.Optional {
				out = append(out, &Held{Common{Origin: x.Origin, Mandate: x.Mandate}, one(i)})
			}
		}
		return out
	},
}

// Held asks that sessions are held.
type Held struct {
	Common
	Selection
}

func (r *Held) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) > 0 {
		return
	}
	r.find(s, r.Origin, problems)
	optional := func(i int) bool { return s.Sessions[i].Optional }
	if r.Tier > 0 && len(r.Sessions) > 0 && !slices.ContainsFunc(r.Sessions, optional) {
		message := "none of these sessions is optional: they are held in any case"
		if len(r.Sessions) == 1 {
			message = "this session is not optional: it is held in any case"
		}
		problems.Add(r.At("of"), message, "say  optional: yes  there, or take the rule out")
	}
}

func (r *Held) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Held{r.Common, one(i)})
	}
	return out
}

// Statement says what the rule asks.
func (r *Held) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s is held", name(s, r.Sessions[0]))
}

// Check counts the sessions that are not held.
func (r *Held) Check(f *Facts) (out []Finding) {
	for _, i := range r.Sessions {
		if f.Session(i) == nil {
			out = append(out, Finding{1, name(f.S, i) + " is not held", []string{f.S.Sessions[i].ID}})
		}
	}
	return out
}
