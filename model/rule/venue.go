package rule

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var venueKind = Kind{
	Name: "venue", Unit: "session",
	Doc:     "The sessions meet at one of the stations. The excess is the sessions that meet elsewhere.",
	Example: "{of: hearing-*, at: [new-york], tier: 1}",
	New:     func() Rule { return &Venue{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			x := &s.Sessions[i]
			out = append(out, &Venue{Common: Common{Origin: x.Origin, Mandate: x.Mandate}, Selection: one(i), At: x.AtStations, Stations: x.StationIDs})
		}
		return out
	},
}

// Venue asks that sessions meet at one of some stations.
type Venue struct {
	Common
	Selection
	At       []string `key:"at,required" doc:"the stations" eg:"[new-york]"`
	Stations []int    // positions in the scenario
}

func (r *Venue) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) > 0 {
		return
	}
	r.find(s, r.Origin, problems)
	scenario.CheckSelector(r.Origin, "at", r.At, s.StationIDs(), "station", problems)
	for i, id := range s.StationIDs() {
		if scenario.Matches(r.At, id) {
			r.Stations = append(r.Stations, i)
		}
	}
}

func (r *Venue) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Venue{r.Common, one(i), r.At, r.Stations})
	}
	return out
}

func (r *Venue) words(s *scenario.Scenario) string {
	var names []string
	for _, i := range r.Stations {
		names = append(names, s.Stations[i].Name())
	}
	return listed(names, "or")
}

// Statement says what the rule asks.
func (r *Venue) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s meets in %s", name(s, r.Sessions[0]), r.words(s))
}

// Check counts sessions that meet elsewhere.
func (r *Venue) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		if !slices.Contains(r.Stations, f.S.Station(x.Station)) {
			out = append(out, Finding{1, fmt.Sprintf("%s meets in %s instead of %s", name(f.S, at[i]), f.Station(x).Name(), r.words(f.S)), []string{x.ID}})
		}
	}
	return out
}
