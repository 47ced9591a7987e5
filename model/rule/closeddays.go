package rule

import (
	"fmt"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var closedDaysKind = Kind{
	Name: "closed-days", Unit: "day",
	Doc: "No session meets on days on which its station is closed: outside its working week, on official holidays, in closed stretches. The excess is the meeting days on which it does.",
	New: func() Rule { return &ClosedDays{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Stations {
			if s.Stations[i].Used {
				out = append(out, &ClosedDays{Common{Origin: s.Stations[i].Origin}, i})
			}
		}
		return out
	},
	Structural: true,
}

// ClosedDays keeps sessions off the closed days of a station.
type ClosedDays struct {
	Common
	Station int
}

func (r *ClosedDays) resolve(*scenario.Scenario, *diag.List) {}

func (r *ClosedDays) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *ClosedDays) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("no session meets in %s on its closed days", s.Stations[r.Station].Name())
}

// Check counts meeting days on closed days.
func (r *ClosedDays) Check(f *Facts) (out []Finding) {
	for i := range f.S.Sessions {
		x := f.Session(i)
		if x == nil || f.S.Station(x.Station) != r.Station {
			continue
		}
		for _, d := range x.Days {
			if st := f.Station(x); st.WhyClosed(d) != "" {
				out = append(out, Finding{1, fmt.Sprintf("%s meets on %s, when %s is closed%s", name(f.S, i), d.Long(), st.Name(), st.ClosedNote(d)), []string{x.ID}})
			}
			if !f.S.Period.Contains(d) {
				out = append(out, Finding{1, fmt.Sprintf("%s meets on %s, outside the period of the scenario", name(f.S, i), d.Long()), []string{x.ID}})
			}
		}
	}
	return out
}

// Ties ties nothing.
func (r *ClosedDays) Ties(*scenario.Scenario) Tie { return Tie{} }
