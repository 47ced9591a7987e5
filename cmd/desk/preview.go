package desk

import (
	"cmp"
	"context"
	"math"
	"runtime"
	"slices"
	"sync"

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
// and each of them with the sessions alone that it reaches: no other finding can change.
// It gives none for a session that the plan does not hold, or a station that there is
// not, and not all once the context is done.
func Outlooks(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, ties *Ties, p *plan.Plan, id, station string, days calendar.Range) []Outlook {
	session, now := s.Session(id), p.Session(id)
	if session < 0 || now == nil || days.Last < days.First {
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
	// Days are judged each by itself: every core takes a stretch of them.
	out := make([]Outlook, days.Last-days.First+1)
	stretch := max(leastStretch, (len(out)-1)/runtime.GOMAXPROCS(0)+1)
	var all sync.WaitGroup
	for at := 0; at < len(out); at += stretch {
		all.Go(func() {
			l := lookout(s, instances, ties, p, session)
			for i := at; i < min(at+stretch, len(out)) && ctx.Err() == nil; i++ {
				out[i] = l.on(days.First+calendar.Day(i), from)
			}
		})
	}
	all.Wait()
	return out
}

// leastStretch is how many days are worth a core of their own.
const leastStretch = 32

// looker judges one day after the other as the first day of a session.
type looker struct {
	s       *scenario.Scenario
	session int
	now, x  *plan.Session // as it is; as it is tried, in the facts
	whole   *rule.Facts
	others  *others
	scopes  []*scope
}

func lookout(s *scenario.Scenario, instances []rule.Instance, ties *Ties, p *plan.Plan, session int) *looker {
	trial, id := *p, s.Sessions[session].ID
	trial.Sessions = slices.Clone(p.Sessions)
	l := &looker{s: s, session: session, now: p.Session(id), x: trial.Session(id), whole: rule.NewFacts(s, &trial),
		others: othersOf(s, p, session), scopes: ties.scopes(instances, session)}
	for _, c := range l.scopes {
		switch c.near {
		case rule.Apart:
			c.facts = l.whole.Only([]int{session})
		case rule.Anywhere:
			c.facts = l.whole
		default: // what it reaches differs from day to day; what it leaves behind does not
			around := l.others.within(c.near, l.now)
			c.before = c.measure(l.whole.Only(append(around, session)), id)
			c.before.leave(judge.Facts(c.rules, l.whole.Only(around)))
			continue
		}
		c.before = c.measure(c.facts, id)
	}
	return l
}

// on says what it would mean if a session, which may be at another station, started on
// a day.
func (l *looker) on(day calendar.Day, from *plan.Session) Outlook {
	moved := Shifted(l.s, from, day)
	t := &tried{costs: make([]int64, len(l.s.Priorities))}
	for _, c := range l.scopes {
		if c.facts != nil {
			*l.x = moved
			t.add(c.rules, c.facts, c.before)
		} else {
			around := l.others.within(c.near, &moved)
			there := c.measure(l.whole.Only(around), moved.ID)
			*l.x = moved
			t.add(c.rules, l.whole.Only(append(around, l.session)), c.before, there)
		}
		*l.x = *l.now
	}
	return t.outlook(day)
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
	costs []int64          // of every tier
	known map[string]bool  // texts, of those that break a rule only where others do
	left  []judge.Measured // broken once the session is gone from where it is
}

func (f findings) has(m judge.Measured) bool { return f.known[m.Instance.ID+m.Finding.Text] }

func (c *scope) measure(facts *rule.Facts, id string) findings {
	v := judge.Facts(c.rules, facts)
	out := findings{costs: v.Costs, known: map[string]bool{}}
	for _, m := range v.Violations {
		out.known[m.Instance.ID+m.Finding.Text] = !slices.Contains(m.Finding.Sessions, id)
	}
	for _, m := range v.Priced {
		out.known[m.Instance.ID+m.Finding.Text] = true
	}
	return out
}

// leave takes off what is found once the session is gone: the rest went with it.
func (f *findings) leave(v judge.Verdict) {
	for i := range f.costs {
		f.costs[i] -= v.Costs[i]
	}
	f.left = slices.DeleteFunc(v.Violations, f.has)
}

// tried is what rules find of a day that differs from before.
type tried struct {
	costs          []int64
	broken, dearer []judge.Measured
}

// add judges rules, and takes off what they found before.
func (t *tried) add(rules []rule.Instance, facts *rule.Facts, before ...findings) {
	v := judge.Facts(rules, facts)
	for i := range t.costs {
		t.costs[i] += v.Costs[i]
	}
	for _, f := range before {
		for i := range t.costs {
			t.costs[i] -= f.costs[i]
		}
		v.Violations = slices.DeleteFunc(v.Violations, f.has)
		v.Priced = slices.DeleteFunc(v.Priced, f.has)
		t.broken = append(t.broken, f.left...)
	}
	t.broken, t.dearer = append(t.broken, v.Violations...), append(t.dearer, v.Priced...)
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

// within gives the sessions that are under way not more than so many days from one.
func (o *others) within(near int, x *plan.Session) (out []int) {
	o.turn++
	from, to := int(x.First()-o.first)-near, int(x.Last()-o.first)+near
	for day := max(0, from); day <= min(to, len(o.on)-1); day++ {
		for _, at := range o.on[day] {
			if o.taken[at] != o.turn {
				o.taken[at] = o.turn
				out = append(out, at)
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
