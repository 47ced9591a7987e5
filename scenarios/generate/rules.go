package generate

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/scenario"
)

// links orders the sessions of bodies that have several: half of them one
// after the other, the others with a rest between any two.
func (y *year) links() {
	for _, b := range y.all {
		if len(b.sessions) < 2 {
			continue
		}
		if y.chance(50) {
			for i, s := range b.sessions[1:] {
				weeks := max(1, int(s.first()-b.sessions[i].last())/14)
				s.links.addf("after", "{%s: %d.. weeks}", b.sessions[i].id, weeks)
			}
			continue
		}
		y.rule("rest", "of: %s-*, at-least: 10 working days", b.name)
	}
}

// conflicts draws pairs of bodies that share delegates and so cannot meet at
// the same time. Half of the pairs have wished dates that clash.
func (y *year) conflicts() {
	want := len(y.sessions) * 6 / 10
	seen := map[[2]*body]bool{}
	for tries := 0; len(seen) < want && tries < 400*want; tries++ {
		a, b := y.all[y.rng.IntN(len(y.all))], y.all[y.rng.IntN(len(y.all))]
		if a == b || seen[[2]*body{a, b}] || seen[[2]*body{b, a}] || meet(a, b) || tries%2 == 0 && !clash(a, b) {
			continue
		}
		seen[[2]*body{a, b}] = true
		y.rule("parallel", "of: [%s-*, %s-*], at-most: 1", a.name, b.name)
	}
}

// meet tells whether the hidden plan has two bodies meet at the same time.
func meet(a, b *body) bool {
	for _, s := range a.sessions {
		for _, t := range b.sessions {
			if overlap(s, t) {
				return true
			}
		}
	}
	return false
}

// clash tells whether two bodies would meet at the same time if all sessions
// were where they wish.
func clash(a, b *body) bool {
	for _, s := range a.sessions {
		for _, t := range b.sessions {
			if s.wish < t.wish+calendar.Day(t.days) && t.wish < s.wish+calendar.Day(s.days) {
				return true
			}
		}
	}
	return false
}

// papers gives sessions their documents: a report before it, which also
// follows the body's session before, or a summary after it.
func (y *year) papers() {
	for _, s := range y.sessions {
		switch {
		case y.chance(35):
			y.report(s)
		case y.chance(20):
			y.summary(s)
		}
	}
}

// report gives a session a report six weeks before it. Where there is time, it
// draws on the body's session before.
func (y *year) report(s *session) {
	d := &document{id: s.id + "-report", title: "Report for the " + s.title}
	latest := weekdayBefore(days(42).Before(s.first(), scenario.Weekdays))
	d.fields.addf("before", "{%s: 6 weeks}", s.id)
	earliest := y.period.First
	if s.number > 1 {
		p := s.body.sessions[s.number-2]
		if ready := days(28).After(workingDays(10).After(p.last(), scenario.Weekdays), scenario.Weekdays); ready <= latest {
			d.fields.addf("after", "[%s]", p.id)
			d.fields.add("takes", "10 working days")
			d.fields.add("processing", "4 weeks")
			earliest = ready
		}
	}
	d.issued = weekdayAfter(max(earliest, latest-calendar.Day(y.rng.IntN(10))))
	if d.issued > latest || !y.period.Contains(d.issued) {
		return
	}
	if y.chance(20) {
		d.fields.add("deadline", latest.String())
	}
	y.documents = append(y.documents, d)
}

// summary gives a session a summary two to six weeks after it.
func (y *year) summary(s *session) {
	d := &document{id: s.id + "-summary", title: "Summary of the " + s.title}
	d.fields.addf("after", "[%s]", s.id)
	d.fields.add("takes", "10 working days")
	d.fields.add("within", "6 weeks")
	d.issued = workingDays(10).After(s.last(), scenario.Weekdays)
	if y.period.Contains(d.issued) {
		y.documents = append(y.documents, d)
	}
}

// preside gives four in ten sessions somebody to chair them: each chairs up to
// five that the hidden plan lets them.
func (y *year) preside() {
	want := len(y.sessions) * 4 / 10
	for n := 1; want > 0 && n <= len(y.sessions); n++ {
		o := &officer{id: fmt.Sprintf("chair-%d", n), title: fmt.Sprintf("Presiding officer %d", n),
			based: y.centres[y.rng.IntN(len(y.centres))], travel: 1 + y.rng.IntN(2)}
		for tries := 0; len(o.sessions) < 5 && tries < 60; tries++ {
			s := y.sessions[y.rng.IntN(len(y.sessions))]
			if len(s.chairs) == 0 && !s.optional && o.free(s) && (s.at == o.based || y.chance(30)) {
				s.chairs = []*officer{o}
				o.sessions = append(o.sessions, s)
				want--
			}
		}
		if len(o.sessions) == 0 {
			continue
		}
		for range 2 {
			from := y.period.First + calendar.Day(y.rng.IntN(max(1, y.period.Len()-7)))
			away := calendar.Range{First: from, Last: min(from+6, y.period.Last)}
			if !slices.ContainsFunc(o.sessions, func(s *session) bool { return away.Overlaps(calendar.Range{First: s.first(), Last: s.last()}) }) {
				o.away = append(o.away, away)
			}
		}
		y.officers = append(y.officers, o)
	}
}
