package compile

import (
	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/encode"
	"plenary/solver/vocab"
)

// propagation narrows domains by order: what must come after something cannot
// come before the earliest day on which that can end. It is bounds propagation,
// to its end, over the hard constraints before and document.
type propagation struct {
	s         *scenario.Scenario
	sessions  []vocab.Domain
	documents []vocab.DocumentDomain
	changed   bool
}

// propagate narrows the domains in place.
func propagate(s *scenario.Scenario, instances []rule.Instance, bent map[int]int64, sessions []vocab.Domain, documents []vocab.DocumentDomain) {
	p := &propagation{s, sessions, documents, true}
	var orders []rule.Rule
	for i := range instances {
		if _, free := bent[i]; free || !instances[i].Hard() {
			continue
		}
		switch r := instances[i].Rule.(type) {
		case *rule.Before:
			orders = append(orders, r)
		case *rule.Document:
			if len(r.After) > 0 || len(r.Before) > 0 {
				orders = append(orders, r)
			}
		}
	}
	// Each round but the last takes a day from some domain, so it ends; chains
	// settle in as many rounds as they are long.
	for p.changed {
		p.changed = false
		for _, r := range orders {
			switch r := r.(type) {
			case *rule.Before:
				p.before(r)
			case *rule.Document:
				p.document(r)
			}
		}
	}
}

// item is a session, a document or an event, as the propagation sees it.
type item struct {
	days  *calendar.Range // nil: an event, which does not move
	fixed calendar.Range
	least int  // days that it takes at least
	sure  bool // it takes place in every plan
}

// earliestEnd and latestStart bound where it ends and starts.
func (x item) earliestEnd() calendar.Day {
	if x.days == nil {
		return x.fixed.Last
	}
	return x.days.First + calendar.Day(x.least) - 1
}

func (x item) latestStart() calendar.Day {
	if x.days == nil {
		return x.fixed.First
	}
	return x.days.Last - calendar.Day(x.least) + 1
}

func (p *propagation) session(i int) item {
	d := &p.sessions[i]
	return item{days: &d.Days, least: max(1, d.Length.Min), sure: !d.Optional}
}

func (p *propagation) named(id string) (item, bool) {
	if i := p.s.Session(id); i >= 0 {
		return p.session(i), true
	}
	if i := p.s.Document(id); i >= 0 {
		return item{days: &p.documents[i].Days, least: 1, sure: true}, true
	}
	for i := range p.s.Events {
		if p.s.Events[i].ID == id {
			return item{fixed: p.s.Events[i].Days, sure: true}, true
		}
	}
	return item{}, false
}

// notBefore takes days before first from x, if y is sure to be there.
func (p *propagation) notBefore(x, y item, first calendar.Day) {
	if y.sure && x.days != nil && x.days.Len() > 0 && x.days.First < first {
		x.days.First = first
		p.changed = true
	}
}

func (p *propagation) notAfter(x, y item, last calendar.Day) {
	if y.sure && x.days != nil && x.days.Len() > 0 && x.days.Last > last {
		x.days.Last = last
		p.changed = true
	}
}

func (p *propagation) before(r *rule.Before) {
	for _, i := range r.Sessions {
		for _, j := range r.Later {
			a, b := p.session(i), p.session(j)
			if a.days.Len() == 0 || b.days.Len() == 0 {
				continue
			}
			// Over the stations that b may choose: the earliest start after a, and
			// the latest end of a that leaves b its time.
			first, last := calendar.Day(0), calendar.Day(0)
			for k, st := range p.sessions[j].Stations {
				after := func(end calendar.Day) calendar.Day { return r.Gap.Least.After(end, p.s.Stations[st].Open) }
				start := after(a.earliestEnd())
				end := encode.Latest(after, b.latestStart(), a.days.First, a.days.Last)
				if k == 0 || start < first {
					first = start
				}
				if k == 0 || end > last {
					last = end
				}
			}
			if len(p.sessions[j].Stations) > 0 {
				p.notBefore(b, a, first)
				p.notAfter(a, b, last)
			}
		}
	}
}

func (p *propagation) document(r *rule.Document) {
	for _, i := range r.Documents {
		x := item{days: &p.documents[i].Days, least: 1, sure: true}
		for _, id := range r.After {
			if y, ok := p.named(id); ok && (y.days == nil || y.days.Len() > 0) {
				lead, edited := r.Lead(), r.Edited()
				ready := func(end calendar.Day) calendar.Day {
					return edited.After(lead.After(end, scenario.Weekdays), scenario.Weekdays)
				}
				p.notBefore(x, y, ready(y.earliestEnd()))
				if y.days != nil {
					p.notAfter(y, x, encode.Latest(ready, x.days.Last, y.days.First, y.days.Last))
				}
				if r.Within != nil {
					end := y.fixed.Last
					if y.days != nil {
						end = y.days.Last
					}
					p.notAfter(x, y, r.Within.After(end, scenario.Weekdays))
				}
			}
		}
		for _, id := range r.Before {
			if y, ok := p.named(id); ok && (y.days == nil || y.days.Len() > 0) {
				ahead := r.Ahead()
				due := func(start calendar.Day) calendar.Day { return ahead.Before(start, scenario.Weekdays) }
				p.notAfter(x, y, due(y.latestStart()))
				if y.days != nil && x.days.Len() > 0 {
					// The first start that leaves the document its first day.
					p.notBefore(y, x, encode.Latest(due, x.days.First-1, y.days.First, y.days.Last)+1)
				}
			}
		}
	}
}
