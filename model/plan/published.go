package plan

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
)

// ReadPublished reads a plan that was published for an earlier state of the
// scenario, as Read does, but what the scenario no longer has may stand in it:
// sessions, documents, stations and slots. A plan of another scenario is a
// problem: one none of whose sessions is known, or few and under another title.
func ReadPublished(file string, src []byte, s *scenario.Scenario) (*Plan, diag.List) {
	p, problems, _ := read(file, src, s)
	if len(problems) > 0 {
		return nil, problems
	}
	unknown := 0
	for i := range p.Sessions {
		if s.Session(p.Sessions[i].ID) < 0 {
			unknown++
		}
	}
	if all := len(p.Sessions); all > 0 && (unknown == all || 2*unknown > all && p.Scenario.Title != s.Title) {
		of := ""
		if p.Scenario.Title != "" {
			of = fmt.Sprintf(", “%s”", diag.Shorten(p.Scenario.Title))
		}
		problems.Add(diag.Place{File: file}, fmt.Sprintf("this is the plan of another scenario%s: %d of its %d sessions are not in %s", of, unknown, all, s.File), "give the plan that was published for this scenario")
		return nil, problems
	}
	return p, nil
}

// Known gives what of a plan the rules of the scenario can speak of. It is
// without the sessions and documents that the scenario does not have, and
// without those sessions that meet at a station or in a slot that it does not have.
func (p *Plan) Known(s *scenario.Scenario) *Plan {
	known := *p
	known.Sessions = slices.DeleteFunc(slices.Clone(p.Sessions), func(x Session) bool {
		return s.Session(x.ID) < 0 || x.Lost(s) != ""
	})
	known.Documents = slices.DeleteFunc(slices.Clone(p.Documents), func(d Document) bool { return s.Document(d.ID) < 0 })
	return &known
}

// Lost names what a session of the scenario was published with that the scenario
// no longer has, "" for nothing.
func (s *Session) Lost(in *scenario.Scenario) string {
	if in.Station(s.Station) < 0 {
		return fmt.Sprintf("the station %q", s.Station)
	}
	for _, m := range s.Meetings {
		if !slices.ContainsFunc(in.Slots, func(k scenario.Slot) bool { return k.ID == m.Slot }) {
			return fmt.Sprintf("the slot %q", m.Slot)
		}
	}
	return ""
}
