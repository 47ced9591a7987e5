package desk

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// Outlook says what it would mean if a session started on a day, all else as
// it is.
type Outlook struct {
	Day   calendar.Day `json:"day"`
	Class string       `json:"class"` // forbidden, costly, allowed
	Text  string       `json:"text"`  // which rule forbids it, or what costs more
	Costs []int64      `json:"costs"` // by tier, more or less than now
}

// Outlooks judges every day of a stretch as the first day of a session, by the
// rules alone that the session is tied by: no other can change. It gives none for a
// session that the plan does not hold.
func Outlooks(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, id string, days calendar.Range) []Outlook {
	session, now := s.Session(id), p.Session(id)
	if session < 0 || now == nil {
		return nil
	}
	trial := *p
	trial.Sessions = slices.Clone(p.Sessions)
	x := trial.Session(id)
	facts := rule.NewFacts(s, &trial)
	var tied []*rule.Instance
	known := map[string]bool{}
	base := make([]int64, len(s.Priorities))
	for i := range instances {
		in := &instances[i]
		// A rule that ties nothing, such as that of closed days, speaks of each by itself.
		if tie := in.Rule.Ties(s); len(tie.Sessions)+len(tie.Documents) > 0 && !slices.Contains(tie.Sessions, session) {
			continue
		}
		tied = append(tied, in)
		for _, f := range in.Rule.Check(facts) {
			if in.Hard() {
				known[in.ID+f.Text] = !slices.Contains(f.Sessions, id)
				continue
			}
			known[in.ID+f.Text] = true
			base[in.Tier-1] += in.Weight * int64(f.Excess)
		}
	}
	var out []Outlook
	for day := days.First; day <= days.Last; day++ {
		*x = Shifted(s, now, day)
		o := Outlook{Day: day, Class: "allowed", Costs: make([]int64, len(base))}
		var broken, dearer []judge.Measured
		for _, in := range tied {
			for _, f := range in.Rule.Check(facts) {
				m := judge.Measured{Instance: in, Finding: f}
				if !in.Hard() {
					o.Costs[in.Tier-1] += m.Cost()
				}
				switch {
				case known[in.ID+f.Text]:
				case in.Hard():
					broken = append(broken, m)
				default:
					dearer = append(dearer, m)
				}
			}
		}
		tier := 0
		for t := range o.Costs {
			if o.Costs[t] -= base[t]; tier == 0 && o.Costs[t] > 0 {
				tier = t + 1
			} else if tier == 0 && o.Costs[t] < 0 {
				tier = -1
			}
		}
		switch {
		case broken != nil:
			o.Class, o.Text = "forbidden", sentence(broken[0])
		case tier > 0:
			o.Class = "costly"
			for _, m := range dearer {
				if m.Instance.Tier == tier {
					o.Text = sentence(m)
					break
				}
			}
		}
		out = append(out, o)
	}
	return out
}

func sentence(m judge.Measured) string { return m.Finding.Text + m.Instance.Paragraph() }

// Shifted gives a session with another first day: the others keep their
// distance in working days of its station.
func Shifted(s *scenario.Scenario, x *plan.Session, first calendar.Day) plan.Session {
	out := *x
	out.Days, out.Meetings = slices.Clone(x.Days), slices.Clone(x.Meetings)
	open := s.Stations[s.Station(x.Station)].Open
	to := map[calendar.Day]calendar.Day{x.Days[0]: first}
	out.Days[0] = first
	for i := 1; i < len(x.Days); i++ {
		steps := 0
		for d := x.Days[i-1] + 1; d <= x.Days[i]; d++ {
			if open(d) {
				steps++
			}
		}
		d := out.Days[i-1]
		for range max(1, steps) {
			for d++; !open(d) && d < s.Period.Last; d++ {
			}
		}
		out.Days[i], to[x.Days[i]] = d, d
	}
	for i := range out.Meetings {
		out.Meetings[i].Day = to[out.Meetings[i].Day]
	}
	return out
}
