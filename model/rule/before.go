package rule

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

var beforeKind = Kind{
	Name: "before", Unit: "day",
	Doc:     "Each session of one selection lies before each of another, by a gap counted from the last day of the one to the first day of the other; working days are those of the later one's station. The excess is the calendar days too early or too late, for each pair.",
	Example: "{of: briefing-drivers, then: thematic-drivers, gap: 1..10 days}",
	New:     func() Rule { return &Before{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			x := &s.Sessions[i]
			for _, l := range x.Before {
				out = append(out, link(s, x, l, i, s.Session(l.ID)))
			}
			for _, l := range x.After {
				out = append(out, link(s, x, l, s.Session(l.ID), i))
			}
		}
		return out
	},
}

func link(s *scenario.Scenario, x *scenario.Session, l scenario.Link, first, second int) Rule {
	mandate := l.Mandate
	if mandate == "" {
		mandate = x.Mandate
	}
	return &Before{Common: Common{Origin: l.Origin, Mandate: mandate}, Selection: one(first), Gap: l.Gap, Later: []int{second}}
}

// Before asks for an order and a distance between sessions.
type Before struct {
	Common
	Selection
	Then  []string   `key:"then,required" doc:"the later sessions, by id or pattern" eg:"[thematic-drivers]"`
	Gap   source.Gap `key:"gap,required" doc:"how much later, the next day being 1" eg:"1..10 days"`
	Later []int      // positions in the scenario
}

func (r *Before) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) > 0 {
		return
	}
	r.find(s, r.Origin, problems)
	s.CheckSessions(r.Origin, "then", r.Then, problems)
	r.Later = s.SelectSessions(r.Then)
	if r.Gap.Least.N < 1 {
		problems.Add(r.At("gap"), "the gap counts from the last day of the one to the first day of the other: the next day is 1", "write 1.. or more")
	}
	for _, i := range r.Sessions {
		for _, j := range r.Later {
			if i == j {
				problems.Add(r.At("then"), fmt.Sprintf("%q stands on both sides of before", s.Sessions[i].ID), "choose patterns that don't overlap")
				return
			}
		}
	}
}

func (r *Before) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		for _, j := range r.Later {
			out = append(out, &Before{Common: r.Common, Selection: one(i), Gap: r.Gap, Later: []int{j}})
		}
	}
	return out
}

// Statement says what the rule asks.
func (r *Before) Statement(s *scenario.Scenario) string {
	return fmt.Sprintf("%s ends %s before %s starts", name(s, r.Sessions[0]), r.Gap, name(s, r.Later[0]))
}

// Check measures the days too early or too late.
func (r *Before) Check(f *Facts) (out []Finding) {
	for _, i := range r.Sessions {
		for _, j := range r.Later {
			a, b := f.Session(i), f.Session(j)
			if a == nil || b == nil {
				continue
			}
			open := openAt(f.Station(b))
			ids := []string{a.ID, b.ID}
			if n := int(r.Gap.Least.After(a.Last(), open) - b.First()); n > 0 {
				out = append(out, Finding{n, fmt.Sprintf("%s starts on %s, %s too soon after %s, which ends on %s",
					name(f.S, j), date(b.First()), plural(n, "day"), name(f.S, i), date(a.Last())), ids})
			}
			if r.Gap.Open() {
				continue
			}
			if n := int(b.First() - r.Gap.Most.After(a.Last(), open)); n > 0 {
				out = append(out, Finding{n, fmt.Sprintf("%s starts on %s, %s too late after %s, which ends on %s",
					name(f.S, j), date(b.First()), plural(n, "day"), name(f.S, i), date(a.Last())), ids})
			}
		}
	}
	return out
}

// Ties ties the earlier to the later sessions.
func (r *Before) Ties(*scenario.Scenario) Tie {
	return Tie{Sessions: slices.Concat(r.Sessions, r.Later), Near: Anywhere}
}
