package rule

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

var chairedByKind = Kind{
	Name: "chaired-by", Unit: "clash",
	Doc:     "An officer chairs the sessions: no two of them in one slot, travel days between meetings at different stations, none on days when the officer is away. The excess is the pairs of meeting days too close to each other (at one station: of meetings in one slot) and the meeting days when the officer is away.",
	Example: "{of: hearing-*, by: [president], tier: 1}",
	New:     func() Rule { return &ChairedBy{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for o := range s.Officers {
			r := &ChairedBy{Common: Common{Origin: s.Officers[o].Origin, Mandate: s.Officers[o].Mandate}, Officers: []int{o}}
			r.Sessions = chaired(s, o)
			if len(r.Sessions) > 0 {
				out = append(out, r)
			}
		}
		return out
	},
}

// chaired gives the sessions that name the officer.
func chaired(s *scenario.Scenario, officer int) (out []int) {
	for i := range s.Sessions {
		if slices.Contains(s.Sessions[i].OfficerIDs, officer) {
			out = append(out, i)
		}
	}
	return out
}

// Pairwise is the part of ChairedBy that keeps sessions apart.
const Pairwise = -1

// ChairedBy asks that officers can chair sessions.
type ChairedBy struct {
	Common
	Selection
	By       []string `key:"by,required" doc:"the officers" eg:"[president]"`
	Officers []int    // positions in the scenario
	// Part says which part of the rule an instance is: Pairwise, or the
	// position of a stretch in the officer's away:.
	Part int
	// Already are the sessions that name the officer themselves: the listed
	// rule adds to them and does not judge them again.
	Already []int
}

func (r *ChairedBy) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Officers) > 0 {
		return
	}
	r.find(s, r.Origin, problems)
	var ids []string
	for i := range s.Officers {
		ids = append(ids, s.Officers[i].ID)
	}
	for i, id := range r.By {
		o := slices.Index(ids, id)
		if o < 0 {
			problems.Add(r.At("by", i), fmt.Sprintf("no officer is called %q", diag.Shorten(id)), diag.Suggest(id, ids, "add the officer under officers:"))
			continue
		}
		r.Officers = append(r.Officers, o)
	}
}

func (r *ChairedBy) split(s *scenario.Scenario) (out []Rule) {
	for _, o := range r.Officers {
		part := *r
		part.Officers = []int{o}
		if len(r.By) > 0 {
			part.Already = chaired(s, o)
		}
		for i := Pairwise; i < len(s.Officers[o].Away); i++ {
			one := part
			one.Part = i
			out = append(out, &one)
		}
	}
	return out
}

// Pairs gives the pairs of sessions that the rule judges: those with one
// session that the rule itself gives to the officer.
func (r *ChairedBy) Pairs() (out [][2]int) {
	all := slices.Clone(r.Sessions)
	for _, i := range r.Already {
		if !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	for a, i := range all {
		for _, j := range all[:a] {
			if !slices.Contains(r.Already, i) || !slices.Contains(r.Already, j) {
				out = append(out, [2]int{min(i, j), max(i, j)})
			}
		}
	}
	return out
}

// Own gives the sessions that the rule itself gives to the officer.
func (r *ChairedBy) Own() (out []int) {
	for _, i := range r.Sessions {
		if !slices.Contains(r.Already, i) {
			out = append(out, i)
		}
	}
	return out
}

// Statement says what the rule asks.
func (r *ChairedBy) Statement(s *scenario.Scenario) string {
	o := &s.Officers[r.Officers[0]]
	if r.Part >= 0 {
		return fmt.Sprintf("%s, who chairs %s, is away %s", o.Name(), r.words(s), during(o.Away[r.Part].Days))
	}
	text := fmt.Sprintf("%s chairs %s in person", o.Name(), r.words(s))
	if o.TravelDays > 0 {
		text += fmt.Sprintf(", with %s between stations", plural(o.TravelDays, "travel day"))
	}
	return text
}

// Check counts pairs of meeting days too close to each other, or meeting days
// when the officer is away.
func (r *ChairedBy) Check(f *Facts) (out []Finding) {
	o := &f.S.Officers[r.Officers[0]]
	if r.Part >= 0 {
		return r.away(f, o)
	}
	for _, pair := range r.Pairs() {
		a, b := f.Session(pair[0]), f.Session(pair[1])
		if a == nil || b == nil {
			continue
		}
		if n := clashes(f, a, b, o.TravelDays); n > 0 {
			text := fmt.Sprintf("%s cannot chair both %s in %s and %s in %s: they are too close to each other",
				o.Name(), name(f.S, pair[0]), f.Station(a).Name(), name(f.S, pair[1]), f.Station(b).Name())
			if a.Station == b.Station {
				text = fmt.Sprintf("%s cannot chair both %s and %s in %s: they meet at the same time", o.Name(), name(f.S, pair[0]), name(f.S, pair[1]), f.Station(a).Name())
			}
			out = append(out, Finding{n, text, []string{a.ID, b.ID}})
		}
	}
	return out
}

// away counts meeting days in a stretch when the officer is away. A day that
// lies in an earlier stretch too was counted there.
func (r *ChairedBy) away(f *Facts, o *scenario.Officer) (out []Finding) {
	for _, i := range r.Own() {
		x := f.Session(i)
		if x == nil {
			continue
		}
		var away []calendar.Day
		for _, d := range x.Days {
			if slices.IndexFunc(o.Away, func(a scenario.Closure) bool { return a.Days.Contains(d) }) == r.Part {
				away = append(away, d)
			}
		}
		if len(away) > 0 {
			out = append(out, Finding{len(away), fmt.Sprintf("%s chairs %s but is away on %s", o.Name(), name(f.S, i), calendar.Words(away)), []string{x.ID}})
		}
	}
	return out
}

func clashes(f *Facts, a, b *plan.Session, travel int) (n int) {
	if a.Station == b.Station {
		for _, m := range a.Meetings {
			for _, o := range b.Meetings {
				if m.Day == o.Day && m.Slot == o.Slot {
					n++
				}
			}
		}
		return n
	}
	for _, d := range a.Days {
		for _, e := range b.Days {
			if max(d-e, e-d) <= calendar.Day(travel) {
				n++
			}
		}
	}
	return n
}

// Ties ties sessions that lie within the officer's travel days.
func (r *ChairedBy) Ties(s *scenario.Scenario) Tie {
	if r.Part >= 0 {
		return Tie{Sessions: r.Sessions, Near: Apart}
	}
	return Tie{Sessions: slices.Concat(r.Sessions, r.Already), Near: s.Officers[r.Officers[0]].TravelDays}
}
