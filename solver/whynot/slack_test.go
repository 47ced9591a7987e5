package whynot_test

import (
	"testing"

	"plenary/model/given"
	"plenary/model/plan"
	"plenary/solver/whynot"
)

// TestARoomOrTeamThatAnotherCouldLeaveDoesNotFixASession moves a session to the day of
// another that has its room and its team, where there is another room and another team.
func TestARoomOrTeamThatAnotherCouldLeaveDoesNotFixASession(t *testing.T) {
	s, instances := given.Text(t, `
plenary: 1
title: slack
period: 2018-03-05..2018-03-08
stations: {geneva: {zone: Europe/Zurich, rooms: {XX: {seats: 9, booths: 6, count: 2}}, interpretation: {teams: 2}}}
sessions:
  - {id: a, at: geneva, interpretation: required}
  - {id: b, at: geneva, interpretation: required}
  - {id: c, at: geneva, interpretation: required}
`)
	meeting := func(id, day string) string {
		return `{"id": "` + id + `", "station": "geneva", "days": ["` + day + `"], "meetings": [
			{"day": "` + day + `", "slot": "morning", "kind": "plenary", "number": 1, "room": "XX 1", "interpretation": "team 1"},
			{"day": "` + day + `", "slot": "afternoon", "kind": "plenary", "number": 2, "room": "XX 1", "interpretation": "team 1"}]}`
	}
	p, problems := plan.Read("p", []byte(`{"plenary-plan": 1, "sessions": [`+meeting("a", "2018-03-05")+","+meeting("b", "2018-03-06")+","+meeting("c", "2018-03-07")+`]}`), s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if earlier, later := whynot.Slack(s, instances, p, 0); earlier.Days != 0 || later.Days != 3 {
		t.Errorf("it could start %d working days earlier and %d later, want 0 and 3: %v", earlier.Days, later.Days, later.Breaks)
	}
}
