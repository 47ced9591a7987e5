package rule

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
)

var attendanceKind = Kind{
	Name: "attendance", Unit: "slot",
	Doc:     "Nobody is in two sessions at once: those who must be there, or, where the rule is listed, those who are invited too. The excess is, for every person and every pair of their sessions, the slots in which both meet.",
	Example: "{of: \"*\", tier: 2}",
	New:     func() Rule { return &Attendance{Invited: true, Person: -1} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		needed := make([][]int, len(s.People))
		for i := range s.Sessions {
			for _, p := range s.Sessions[i].PeopleIDs {
				needed[p] = append(needed[p], i)
			}
		}
		for p, sessions := range needed {
			if len(sessions) > 1 {
				out = append(out, &Attendance{Common{Origin: s.People[p].Origin, Mandate: s.People[p].Mandate}, Selection{Sessions: sessions}, p, false})
			}
		}
		return out
	},
}

// Attendance asks that people can be in all of their sessions.
type Attendance struct {
	Common
	Selection
	Person  int  // position in the scenario; -1 for everybody, before the rule is split
	Invited bool // those who are invited count too
}

func (r *Attendance) resolve(s *scenario.Scenario, problems *diag.List) {
	if r.Person >= 0 {
		return
	}
	r.find(s, r.Origin, problems)
	if !slices.ContainsFunc(r.Sessions, func(i int) bool { return len(s.Sessions[i].PeopleIDs)+len(s.Sessions[i].InvitedIDs) > 0 }) && len(r.Sessions) > 0 {
		problems.Add(r.At("of"), "nobody is needed in, or invited to, any of these sessions", "add  people: or invited: to the sessions")
	}
}

// split gives a rule for each person with more than one of the sessions.
func (r *Attendance) split(s *scenario.Scenario) (out []Rule) {
	if r.Person >= 0 {
		return []Rule{r}
	}
	of := make([][]int, len(s.People))
	for _, i := range r.Sessions {
		for _, p := range slices.Concat(s.Sessions[i].PeopleIDs, s.Sessions[i].InvitedIDs) {
			of[p] = append(of[p], i)
		}
	}
	for p, sessions := range of {
		if len(sessions) > 1 {
			out = append(out, &Attendance{r.Common, Selection{r.Of, sessions}, p, true})
		}
	}
	return out
}

// Statement says what the rule asks.
func (r *Attendance) Statement(s *scenario.Scenario) string {
	need := "need"
	if r.Invited {
		need = "need or invite"
	}
	if len(r.Sessions) == 2 {
		return fmt.Sprintf("%s, which %s %s, do not meet at the same time", both(s, r.Sessions[0], r.Sessions[1]), need, s.People[r.Person].Name())
	}
	return fmt.Sprintf("no two of the %d sessions that %s %s meet at the same time", len(r.Sessions), need, s.People[r.Person].Name())
}

// Check counts the slots in which the person would be in two sessions.
func (r *Attendance) Check(f *Facts) (out []Finding) {
	pairs, slots, first := f.together(r.Sessions, func(int, int) bool { return true })
	for _, p := range pairs {
		out = append(out, Finding{slots[p], fmt.Sprintf("%s cannot be in both %s on %s%s", f.S.People[r.Person].Name(), both(f.S, p[0], p[1]), first[p], inSlots(slots[p])), idsOfTwo(f.S, p[0], p[1])})
	}
	return out
}

// Ties ties sessions that can meet on the same day.
func (r *Attendance) Ties(*scenario.Scenario) Tie { return Tie{Sessions: r.Sessions} }
