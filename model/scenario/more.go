package scenario

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
)

// More is one more room or interpretation team at a station for a week.
type More struct {
	Station int          // position in the scenario
	Kind    int          // position of the kind of room; -1 for a team
	Monday  calendar.Day // of the week
}

// Week gives the days of the week.
func (m More) Week() calendar.Range { return calendar.Range{First: m.Monday, Last: m.Monday + 6} }

// With gives the scenario with more at its stations. The scenario itself stays
// as it is.
func (s *Scenario) With(more []More) *Scenario {
	for _, m := range more {
		s = s.WithOne(m, m.Week())
	}
	return s
}

// WithOne gives the scenario with one more on the days alone, whatever its week.
// The scenario itself stays as it is.
func (s *Scenario) WithOne(m More, days calendar.Range) *Scenario {
	if m.Kind < 0 {
		return s.withTeam(m.Station, days)
	}
	return s.withRoom(m.Station, m.Kind, days)
}

// Words says what there is more of: "one more team of interpreters in Geneva in
// the week of 8 May 2017".
func (m More) Words(s *Scenario) string {
	st := &s.Stations[m.Station]
	what := "team of interpreters"
	if m.Kind >= 0 {
		r := &st.Rooms[m.Kind]
		what = "room of " + many(r.Seats, "seat", "seats")
		if r.Booths > 0 {
			what += " and " + many(r.Booths, "booth", "booths")
		}
	}
	return fmt.Sprintf("one more %s in %s in the week of %s", what, st.Name(), calendar.Words([]calendar.Day{m.Monday}))
}

// withRoom gives the scenario with one more room of a kind at a station, open
// on the days alone. The scenario itself stays as it is; what both have in
// common they share.
func (s *Scenario) withRoom(station, kind int, days calendar.Range) *Scenario {
	out, st := s.withStation(station)
	more := st.Another(kind)
	before := calendar.Range{First: s.Period.First, Last: days.First - 1}
	after := calendar.Range{First: days.Last + 1, Last: s.Period.Last}
	more.Closed = []RoomClosure{{Days: before}, {Days: after}}
	st.Rooms = append(slices.Clone(st.Rooms), more)
	st.halls = nil
	for i := range st.Rooms {
		for _, name := range st.Rooms[i].Names() {
			st.halls = append(st.halls, Hall{name, &st.Rooms[i]})
		}
	}
	return out
}

// Another gives one more room of a kind, by a name of its own; it is open even
// when the others are closed.
func (st *Station) Another(kind int) Room {
	more := st.Rooms[kind]
	more.Count, more.Closed = nil, nil
	for more.ID = "one more " + more.ID; st.RoomNamed(more.ID) != nil; {
		more.ID += " again"
	}
	return more
}

// withTeam gives the scenario with one more interpretation team at a station
// that lists its teams, there on the days alone. The scenario itself stays as
// it is.
func (s *Scenario) withTeam(station int, days calendar.Range) *Scenario {
	out, st := s.withStation(station)
	have := st.Interpretation
	more := *have
	more.Off = nil
	for d := days.First; d <= days.Last; d++ {
		more.Teams = max(more.Teams, have.TeamsOn(d)+1)
	}
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
