package scenario

import (
	"slices"

	"plenary/model/calendar"
)

// WithRoom gives the scenario with one more room of a kind at a station, open
// on the days alone. The scenario itself stays as it is; what both have in
// common they share.
func (s *Scenario) WithRoom(station, kind int, days calendar.Range) *Scenario {
	out, st := s.withStation(station)
	more := st.Rooms[kind]
	more.Count = nil
	for more.ID = "one more " + more.ID; st.RoomNamed(more.ID) != nil; {
		more.ID += " again"
	}
	before := calendar.Range{First: s.Period.First, Last: days.First - 1}
	after := calendar.Range{First: days.Last + 1, Last: s.Period.Last}
	more.Closed = append(slices.Clone(more.Closed), RoomClosure{Days: before}, RoomClosure{Days: after})
	st.Rooms = append(slices.Clone(st.Rooms), more)
	st.halls = nil
	for i := range st.Rooms {
		for _, name := range st.Rooms[i].Names() {
			st.halls = append(st.halls, Hall{name, &st.Rooms[i]})
		}
	}
	return out
}

// WithTeam gives the scenario with one more interpretation team at a station
// that lists its teams, there on the days alone. The scenario itself stays as
// it is.
func (s *Scenario) WithTeam(station int, days calendar.Range) *Scenario {
	out, st := s.withStation(station)
	have := st.Interpretation
	more := *have
	more.Teams, more.Off = have.Teams+1, nil
	for d := s.Period.First; d <= s.Period.Last; d++ {
		away := more.Teams - have.TeamsOn(d)
		if days.Contains(d) {
			away--
		}
		if n := len(more.Off); n > 0 && more.Off[n-1].Teams == away && more.Off[n-1].Days.Last == d-1 {
			more.Off[n-1].Days.Last = d
		} else if away > 0 {
			more.Off = append(more.Off, TeamOff{Teams: away, Days: calendar.Range{First: d, Last: d}})
		}
	}
	st.Interpretation = &more
	return out
}

// withStation copies the scenario as far as one station can be changed in the
// copy.
func (s *Scenario) withStation(station int) (*Scenario, *Station) {
	out := *s
	out.Stations = slices.Clone(s.Stations)
	return &out, &out.Stations[station]
}
