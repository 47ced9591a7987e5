package deal_test

import (
	"testing"

	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/plan"
	"plenary/solver/deal"
)

// TestInterpretationThatWasThereComesBackWhereATeamIsFree deals a plan anew in which no
// meeting has interpretation, while another had it in all: one team serves one meeting of
// each slot, and three in the week.
func TestInterpretationThatWasThereComesBackWhereATeamIsFree(t *testing.T) {
	s, _ := given.Text(t, `
plenary: 1
title: again
period: 2018-03-05..2018-03-08
stations: {geneva: {zone: Europe/Zurich, rooms: {XX: {seats: 9, booths: 6, count: 2}}, interpretation: {teams: 1, meetings-per-week: 3}}}
priorities: [one]
sessions:
  - {id: a, at: geneva, interpretation: as-available}
  - {id: b, at: geneva, interpretation: as-available}
  - {id: c, at: geneva, interpretation: as-available}
`)
	made := func(team string) *plan.Plan {
		p := &plan.Plan{Version: plan.Version}
		for id, day := range map[string]string{"a": "2018-03-05", "b": "2018-03-05", "c": "2018-03-06"} {
			x := plan.Session{ID: id, Station: "geneva", Days: []calendar.Day{calendar.MustDay(day)}}
			for n, slot := range []string{"morning", "afternoon"} {
				x.Meetings = append(x.Meetings, plan.Meeting{Day: x.Days[0], Slot: slot, Kind: "plenary", Number: n + 1, Interpretation: team})
			}
			p.Sessions = append(p.Sessions, x)
		}
		return p
	}
	dealt, err := deal.Again(s, made(""), made("team 1"))
	if err != nil {
		t.Fatal(err)
	}
	served := map[string]int{}
	for _, x := range dealt.Sessions {
		for _, m := range x.Meetings {
			if m.Room == "" {
				t.Errorf("%s has no room on %s", x.ID, m.Day)
			}
			if m.Interpretation != "" {
				served[m.Day.String()]++
			}
		}
	}
	if served["2018-03-05"] != 2 || served["2018-03-06"] != 1 {
		t.Errorf("interpreted are %v, want both slots of the first day once and one of the second", served)
	}
	if dealt, err = deal.Again(s, made(""), made("")); err != nil || dealt.Session("a").Meetings[0].Interpretation != "" {
		t.Errorf("what was not interpreted before is now: %v", err)
	}
}
