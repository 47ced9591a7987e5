package rule

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var officerTravelKind = Kind{
	Name: "officer-travel", Unit: "trip",
	Doc:     "Officers stay at their base. The excess is the sessions that each of them chairs elsewhere.",
	Example: "{of: thematic-*, by: [president], tier: 3}",
	New:     func() Rule { return &OfficerTravel{} },
}

// OfficerTravel prices trips of officers.
type OfficerTravel struct {
	Common
	Selection
	By       []string `key:"by,required" doc:"the officers" eg:"[president]"`
	Officers []int    // positions in the scenario
}

func (r *OfficerTravel) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	var ids []string
	for i := range s.Officers {
		ids = append(ids, s.Officers[i].ID)
	}
	scenario.CheckSelector(r.Origin, "by", r.By, ids, "officer", problems)
	for i, o := range s.Officers {
		if scenario.Matches(r.By, o.ID) {
			r.Officers = append(r.Officers, i)
			if o.Based == "" {
				problems.Add(r.At("by"), fmt.Sprintf("the officer %q has no base to travel from", o.ID), "add  based: new-york  to the officer")
			}
		}
	}
}

func (r *OfficerTravel) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *OfficerTravel) Statement(s *scenario.Scenario) string {
	var names []string
	for _, o := range r.Officers {
		names = append(names, s.Officers[o].Name())
	}
	verb := "need not"
	if len(names) == 1 {
		verb = "does not have to"
	}
	return fmt.Sprintf("%s %s travel for %s", listed(names, "and"), verb, r.anyWords(s))
}

// Check counts the sessions that officers chair away from their base.
func (r *OfficerTravel) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for _, o := range r.Officers {
		officer := &f.S.Officers[o]
		for k, x := range held {
			if slices.Contains(f.S.Sessions[at[k]].OfficerIDs, o) && x.Station != officer.Based {
				out = append(out, Finding{1, fmt.Sprintf("%s travels to %s for %s", officer.Name(), f.Station(x).Name(), name(f.S, at[k])), []string{x.ID}})
			}
		}
	}
	return out
}

// Ties ties none: each session is travelled to or not by itself.
func (r *OfficerTravel) Ties(*scenario.Scenario) Tie {
	return Tie{Sessions: r.Sessions, Near: Apart}
}
