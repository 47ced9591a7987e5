package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var interpretationKind = Kind{
	Name: "interpretation", Unit: "meeting",
	Doc:     "The meetings of the sessions are interpreted. The excess is the meetings that are not. A session that says interpretation: required has this rule as a hard one; one that says as-available has it as a soft one in the last tier; listed here, it can have a better tier.",
	Example: "{of: consultation-*, tier: 1}",
	New:     func() Rule { return &Interpretation{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			x := &s.Sessions[i]
			c := Common{Origin: x.Origin, Mandate: x.Mandate}
			if x.Interpretation == scenario.AsAvailable {
				c.Tier = len(s.Priorities)
			}
			if x.Interpretation == scenario.Required || c.Tier > 0 {
				out = append(out, &Interpretation{c, one(i)})
			}
		}
		return out
	},
}

// Interpretation asks that meetings are interpreted.
type Interpretation struct {
	Common
	Selection
}

func (r *Interpretation) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) > 0 {
		return
	}
	r.find(s, r.Origin, problems)
	for _, i := range r.Sessions {
		if s.Sessions[i].Interpretation == scenario.None {
			problems.Add(r.At(), fmt.Sprintf("the session %q asks for no interpretation", s.Sessions[i].ID), "say  interpretation: as-available  there, or leave it out here: \"!"+s.Sessions[i].ID+"\"")
		}
	}
}

func (r *Interpretation) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Interpretation{r.Common, one(i)})
	}
	return out
}

// Statement says what the rule asks.
func (r *Interpretation) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("every meeting of %s is interpreted", name(s, r.Sessions[0]))
}

// Check counts the meetings without interpretation.
func (r *Interpretation) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		n := 0
		for _, m := range x.Meetings {
			if m.Interpretation == "" {
				n++
			}
		}
		if n > 0 {
			out = append(out, Finding{n, fmt.Sprintf("%s has %s without interpretation", name(f.S, at[i]), plural(n, "meeting")), []string{x.ID}})
		}
	}
	return out
}
