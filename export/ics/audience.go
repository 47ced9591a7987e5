package ics

import (
	"fmt"
	"slices"
	"strings"

	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// Audience is for whom a calendar is: it says which events it has and how much
// they tell. The zero Audience is conference services, who see everything.
type Audience struct {
	kind audienceKind
	id   string // of the station, officer or roster member
	name string // as printed
}

type audienceKind int

const (
	conferenceServices audienceKind = iota
	delegations
	atStation
	forOfficer
	forMember
)

// Audiences are the words for an audience, as ParseAudience reads them.
var Audiences = []string{"conference-services", "delegations", "station:ID", "officer:ID", "member:ID"}

// ParseAudience reads whom a calendar is for: conference-services, delegations,
// or a station, an officer or a roster member (a State, an organization) of the
// scenario by id, with station:, officer: or member: before it where the id
// alone says too little. The error says what is known.
func ParseAudience(s *scenario.Scenario, text string) (Audience, error) {
	switch text {
	case "conference-services":
		return Audience{name: "conference services"}, nil
	case "delegations":
		return Audience{kind: delegations, name: "delegations"}, nil
	}
	word, id, prefixed := strings.Cut(text, ":")
	if !prefixed {
		word, id = "", text
	}
	var found []Audience
	if i := s.Station(id); i >= 0 && (word == "" || word == "station") {
		found = append(found, Audience{atStation, id, s.Stations[i].Name()})
	}
	if i := slices.IndexFunc(s.Officers, func(o scenario.Officer) bool { return o.ID == id }); i >= 0 && (word == "" || word == "officer") {
		found = append(found, Audience{forOfficer, id, s.Officers[i].Name()})
	}
	if word == "" || word == "member" {
		if isMember(s, id) {
			found = append(found, Audience{forMember, id, member(s, nil, id).Name})
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return Audience{}, fmt.Errorf("a calendar for %q is not known; it can be for %s", diag.Shorten(text), strings.Join(Audiences, ", "))
	}
	var choices []string
	for _, a := range found {
		choices = append(choices, a.String())
	}
	return Audience{}, fmt.Errorf("%q may mean %s; write one of them", diag.Shorten(text), strings.Join(choices, " or "))
}

// isMember tells whether a roster of the scenario has the member.
func isMember(s *scenario.Scenario, id string) bool {
	return slices.ContainsFunc(s.Rosters, func(r scenario.Roster) bool { return r.Table.Member(id) != nil })
}

// String gives the audience as ParseAudience reads it.
func (a Audience) String() string {
	switch a.kind {
	case delegations:
		return "delegations"
	case atStation:
		return "station:" + a.id
	case forOfficer:
		return "officer:" + a.id
	case forMember:
		return "member:" + a.id
	}
	return "conference-services"
}

// Name gives the audience as printed.
func (a Audience) Name() string {
	if a.name == "" {
		return "conference services"
	}
	return a.name
}

// audience names an audience in the language.
func (c *words) audience(a Audience) string {
	switch a.kind {
	case conferenceServices:
		return c.l.Text("conference services")
	case delegations:
		return c.l.Text("delegations")
	case forMember:
		if m := member(c.scenario, nil, a.id); m != nil {
			return c.scenario.NameOf(m, c.l.Code)
		}
	}
	return c.in(a.name)
}

// session tells whether the audience sees the session.
func (a Audience) session(s *scenario.Scenario, session *scenario.Session, x *plan.Session) bool {
	switch a.kind {
	case atStation:
		return x.Station == a.id
	case forOfficer:
		return slices.ContainsFunc(session.OfficerIDs, func(i int) bool { return s.Officers[i].ID == a.id })
	case forMember:
		return slices.ContainsFunc(x.Meetings, func(m plan.Meeting) bool { return a.meeting(&m) })
	}
	return true
}

// meeting tells whether the audience sees the meeting, given that it sees the
// session. A member sees the meetings at which it has a seat.
func (a Audience) meeting(m *plan.Meeting) bool {
	if a.kind != forMember {
		return true
	}
	for _, members := range m.Seats {
		if slices.Contains(members, a.id) {
			return true
		}
	}
	return false
}

// document tells whether the audience sees when the document is issued, and
// whether its deadlines are the audience's own: then it also sees the day of
// submission, and is reminded.
func (a Audience) document(d *scenario.Document) (issue, deadlines bool) {
	switch a.kind {
	case conferenceServices:
		return true, true
	case delegations:
		return true, false
	case forOfficer:
		writes := d.WrittenBy(a.id, a.name)
		return writes, writes
	}
	return false, false
}

// services tells whether the audience sees what is internal to conference
// services: which interpretation team serves a meeting.
func (a Audience) services() bool { return a.kind == conferenceServices || a.kind == atStation }
