package vocab

import (
	"plenary/model/calendar"
	"plenary/model/scenario"
	"plenary/model/source"
)

// Domain is what a session can be at all, before rules.
type Domain struct {
	Stations []int              // positions in the scenario
	Days     calendar.Range     // first and last day it can use
	Length   source.Count       // days it takes
	Within   *calendar.Duration // calendar days from first to last; nil: consecutive working days
	Optional bool               // may be left out
}

// DocumentDomain is the days on which a document can be issued.
type DocumentDomain struct{ Days calendar.Range }

// Widest gives the domain of a session when no rule narrows it: any of its
// stations and the whole period.
func Widest(s *scenario.Scenario, session int) Domain {
	x := &s.Sessions[session]
	return Domain{Stations: x.StationIDs, Days: s.Period, Length: x.Length(), Within: x.Within, Optional: x.Optional}
}
