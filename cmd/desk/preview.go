package desk

import (
	"cmp"
	"math"
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

// Outlooks judges every day of a stretch as the first day of a session, at a station
// or, without a name, at its own, by the rules alone that the session is tied by,
// and each of them with the sessions alone that it reaches: no other finding can change. It gives none for a session that the
// plan does not hold, or a station that there is not.
func Outlooks(s *scenario.Scenario, instances []rule.Instance, ties *Ties, p *plan.Plan, id, station string, days calendar.Range) (out []Outlook) {
	session, now := s.Session(id), p.Session(id)
	if session < 0 || now == nil {
		return nil
	}
	from := now
	if station != "" && station != now.Station {
		at := s.Station(station)
		if at < 0 {
			return nil
		}
		there := Relocated(s, now, at)
		from = &there
	}
	trial := *p
	trial.Sessions = slices.Clone(p.Sessions)
	x, whole := trial.Session(id), rule.NewFacts(s, &trial)
	others := othersOf(s, p, session)
	scopes := ties.scopes(instances, session)
	for _, c := range scopes {
		switch c.near {
		case rule.Apart:
			c.facts = whole.Only([]int{session})
		case rule.Anywhere:
			c.facts = whole
		default:
			continue // what it reaches differs from day to day
		}
		c.before = c.measure(c.facts, id)
	}
	for day := days.First; day <= days.Last; day++ {
		moved := Shifted(s, from, day)
		t := &tried{costs: make([]int64, len(s.Priorities))}
		for _, c := range scopes {
			facts, before := c.facts, c.before
			if facts == nil {
				facts = whole.Only(append(others.within(c.near, now, &moved), session))
				before = c.measure(facts, id)
			}
			*x = moved
			t.add(c.rules, facts, before)
			*x = *now
		}
		out = append(out, t.outlook(day))
	}
	return out
}

// Ties says which rules speak of each session, and how far they reach.
type Ties struct {
	of   [][]int // by session: positions of instances
	near []int   // of each instance, as rule.Tie has it
}

// TiesOf looks up what ties the sessions of a scenario.
func TiesOf(s *scenario.Scenario, instances []rule.Instance) *Ties {
	t := &Ties{of: make([][]int, len(s.Sessions)), near: make([]int, len(instances))}
	for i := range instances {
		tie := instances[i].Rule.Ties(s)
		t.near[i] = tie.Near
		// A rule that ties nothing, such as that of closed days, speaks of each by itself.
		if len(tie.Sessions)+len(tie.Documents) == 0 {
			t.near[i] = rule.Apart
			for session := range s.Sessions {
				t.of[session] = append(t.of[session], i)
			}
		}
		for _, session := range tie.Sessions {
			if list := t.of[session]; len(list) == 0 || list[len(list)-1] != i {
				t.of[session] = append(list, i)
			}
		}
	}
	return t
}

// scope is the rules that speak of a session and reach equally far.
type scope struct {
	near   int
	rules  []rule.Instance
	facts  *rule.Facts // what they reach, nil where that differs from day to day
	before findings
}

// scopes gives the rules that speak of a session, the nearest first.
func (t *Ties) scopes(instances []rule.Instance, session int) (out []*scope) {
	for _, i := range t.of[session] {
		near := t.near[i]
		at := slices.IndexFunc(out, func(c *scope) bool { return c.near == near })
		if at < 0 {
			at = len(out)
			out = append(out, &scope{near: near})
		}
		out[at].rules = append(out[at].rules, instances[i])
	}
	reach := func(c *scope) int {
		switch c.near {
		case rule.Apart:
			return -1
		case rule.Anywhere:
			return math.MaxInt
		}
		return c.near
	}
	slices.SortFunc(out, func(a, b *scope) int { return cmp.Compare(reach(a), reach(b)) })
	return out
}

// findings is what rules find as the plan is.
type findings struct {
	costs []int64         // of every tier
	known map[string]bool // texts, of those that break a rule only where others do
}

func (f findings) has(m judge.Measured) bool { return f.known[m.Instance.ID+m.Finding.Text] }

func (c *scope) measure(facts *rule.Facts, id string) findings {
	v := judge.Facts(c.rules, facts)
	out := findings{v.Costs, map[string]bool{}}
	for _, m := range v.Violations {
		out.known[m.Instance.ID+m.Finding.Text] = !slices.Contains(m.Finding.Sessions, id)
	}
	for _, m := range v.Priced {
		out.known[m.Instance.ID+m.Finding.Text] = true
	}
	return out
}

// tried is what rules find of a day that differs from before.
type tried struct {
	costs          []int64
	broken, dearer []judge.Measured
}

func (t *tried) add(rules []rule.Instance, facts *rule.Facts, before findings) {
	v := judge.Facts(rules, facts)
	for i := range t.costs {
		t.costs[i] += v.Costs[i] - before.costs[i]
	}
	t.broken = append(t.broken, slices.DeleteFunc(v.Violations, before.has)...)
	t.dearer = append(t.dearer, slices.DeleteFunc(v.Priced, before.has)...)
}

// outlook says what the day means: of costs, the first tier that differs decides.
func (t *tried) outlook(day calendar.Day) Outlook {
	o := Outlook{Day: day, Class: "allowed", Costs: t.costs}
	tier := slices.IndexFunc(t.costs, func(cost int64) bool { return cost != 0 })
	switch {
	case t.broken != nil:
		o.Class, o.Text = "forbidden", sentence(t.broken[0])
	case tier >= 0 && t.costs[tier] > 0:
		o.Class = "costly"
		if i := slices.IndexFunc(t.dearer, func(m judge.Measured) bool { return m.Instance.Tier == tier+1 }); i >= 0 {
			o.Text = sentence(t.dearer[i])
		}
	}
	return o
}

// others is the other sessions of a plan, by the days of the period on which they
// are under way.
type others struct {
	first calendar.Day
	on    [][]int
	taken []int // by session: the last gathering that has it
	turn  int
}

func othersOf(s *scenario.Scenario, p *plan.Plan, session int) *others {
	o := &others{first: s.Period.First, on: make([][]int, s.Period.Last-s.Period.First+1), taken: make([]int, len(s.Sessions))}
	for i := range p.Sessions {
		x := &p.Sessions[i]
		at := s.Session(x.ID)
		if at < 0 || at == session || len(x.Days) == 0 {
			continue
		}
		for day := max(x.First(), s.Period.First); day <= min(x.Last(), s.Period.Last); day++ {
			o.on[day-o.first] = append(o.on[day-o.first], at)
		}
	}
	return o
}

// within gives the sessions that are under way not more than so many days from one
// of two.
func (o *others) within(near int, a, b *plan.Session) (out []int) {
	o.turn++
	for _, x := range []*plan.Session{a, b} {
		from, to := int(x.First()-o.first)-near, int(x.Last()-o.first)+near
		for day := max(0, from); day <= min(to, len(o.on)-1); day++ {
			for _, at := range o.on[day] {
				if o.taken[at] != o.turn {
					o.taken[at] = o.turn
					out = append(out, at)
				}
			}
		}
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
