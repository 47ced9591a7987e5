package rule

import (
	"fmt"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

var teamsKind = Kind{
	Name: "teams", Unit: "meeting",
	Doc: "An interpretation team serves one meeting in a slot, at most seven (or as many as the station says) in a week from Monday to Sunday, and none on days when it is off. The excess is the meetings beyond.",
	New: func() Rule { return &Teams{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Stations {
			if s.Stations[i].Used && s.Stations[i].Interpretation != nil {
				out = append(out, &Teams{Common{Origin: s.Stations[i].Interpretation.Origin}, i})
			}
		}
		return out
	},
	Structural: true,
}

// Teams bounds the work of a station's interpretation teams.
type Teams struct {
	Common
	Station int
}

func (r *Teams) resolve(*scenario.Scenario, *diag.List) {}

func (r *Teams) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Teams) Statement(s *scenario.Scenario) string {
	st := &s.Stations[r.Station]
	text := fmt.Sprintf("%s has %s of interpreters", st.Name(), plural(st.Interpretation.Teams, "team"))
	if st.Interpretation.Teams == 0 {
		return text
	}
	if st.Interpretation.Teams > 1 {
		text += ", each"
	}
	text += fmt.Sprintf(" for one meeting at a time and at most %d a week", st.Interpretation.MeetingsPerWeek())
	for _, off := range st.Interpretation.Off {
		text += fmt.Sprintf(", %s fewer %s", plural(off.Teams, "team"), during(off.Days))
	}
	return text
}

// Check counts meetings with a team that does not exist, is off, is taken, or
// has done its week.
func (r *Teams) Check(f *Facts) (out []Finding) {
	st := &f.S.Stations[r.Station]
	numbers := map[string]int{}
	for n := 1; n <= st.Interpretation.Teams; n++ {
		numbers[plan.TeamName(n)] = n
	}
	type use struct {
		day        calendar.Day
		slot, team string
	}
	taken := map[use]bool{}
	type week struct {
		monday calendar.Day
		team   string
	}
	served := map[week]int{}
	for i := range f.S.Sessions {
		x := f.Session(i)
		if x == nil || f.S.Station(x.Station) != r.Station {
			continue
		}
		for _, m := range x.Meetings {
			if m.Interpretation == "" {
				continue
			}
			add := func(text string) {
				out = append(out, Finding{1, fmt.Sprintf("%s on %s: %s", name(f.S, i), slotOf(m.Day, m.Slot), text), []string{x.ID}})
			}
			n, known := numbers[m.Interpretation]
			key := use{m.Day, m.Slot, m.Interpretation}
			w := week{m.Day.Monday(), m.Interpretation}
			switch {
			case !known:
				add(fmt.Sprintf("%s has no %s", st.Name(), m.Interpretation))
			case n > st.Interpretation.TeamsOn(m.Day):
				add(m.Interpretation + " is off")
			case taken[key]:
				add(m.Interpretation + " serves another meeting")
			case served[w] >= st.Interpretation.MeetingsPerWeek():
				add(fmt.Sprintf("%s has served %s that week", m.Interpretation, plural(served[w], "meeting")))
			default:
				taken[key] = true
				served[w]++
			}
		}
	}
	return out
}

// Ties ties sessions that can be at the station in the same week.
func (r *Teams) Ties(s *scenario.Scenario) Tie {
	var speaking []int
	for _, i := range atStation(s, r.Station) {
		if s.Sessions[i].Interpretation != scenario.None {
			speaking = append(speaking, i)
		}
	}
	return Tie{Sessions: speaking, Near: 6}
}
