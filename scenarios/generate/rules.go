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
				s.after = fmt.Sprintf("{%s: %d.. weeks}", b.sessions[i].id, weeks)
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
	for tries := 0; len(y.conflict) < want && tries < 400*want; tries++ {
		a, b := y.all[y.rng.IntN(len(y.all))], y.all[y.rng.IntN(len(y.all))]
		if a == b || seen[[2]*body{a, b}] || seen[[2]*body{b, a}] || meet(a, b) || tries%2 == 0 && !clash(a, b) {
			continue
		}
		seen[[2]*body{a, b}] = true
		y.conflict = append(y.conflict, [2]*body{a, b})
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

// overlap tells whether two sessions meet at the same time in the hidden plan.
func overlap(s, t *session) bool {
	for _, m := range s.meetings {
		for _, o := range t.meetings {
			if m.half == o.half {
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

// document is something written for a session or after one.
type document struct {
	id, title string
	fields    fields
	issued    calendar.Day
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

// days gives a duration in the words of the language.
func workingDays(n int) calendar.Duration {
	return calendar.Duration{N: n, Unit: calendar.WorkingDays}
}

func (y *year) report(s *session) {
	d := &document{id: s.id + "-report", title: "Report for the " + s.title()}
	due := calendar.Duration{N: 42}.Before(s.first(), scenario.Weekdays)
	latest := due
	for !scenario.Weekdays(latest) {
		latest--
	}
	d.fields.addf("before", "{%s: 6 weeks}", s.id)
	earliest := y.period.First
	if s.number > 1 {
		p := s.body.sessions[s.number-2]
		written := workingDays(10).After(p.last(), scenario.Weekdays)
		if ready := (calendar.Duration{N: 28}).After(written, scenario.Weekdays); ready <= latest {
			d.fields.addf("after", "[%s]", p.id)
			d.fields.add("takes", "10 working days")
			d.fields.add("processing", "4 weeks")
			earliest = ready
		}
	}
	d.issued = latest - calendar.Day(y.rng.IntN(10))
	for d.issued < earliest || !scenario.Weekdays(d.issued) {
		d.issued++
	}
	if d.issued > latest || !y.period.Contains(d.issued) {
		return
	}
	if y.chance(20) {
		d.fields.add("deadline", latest.String())
	}
	y.documents = append(y.documents, d)
}

func (y *year) summary(s *session) {
	d := &document{id: s.id + "-summary", title: "Summary of the " + s.title()}
	d.fields.addf("after", "[%s]", s.id)
	d.fields.add("takes", "10 working days")
	d.fields.add("within", "6 weeks")
	d.issued = workingDays(10).After(s.last(), scenario.Weekdays)
	if y.period.Contains(d.issued) {
		y.documents = append(y.documents, d)
	}
}

// officer chairs sessions of several bodies.
type officer struct {
	id, title string
	based     *centre
	travel    int
	sessions  []*session
	away      []calendar.Range
}

// chairs gives four in ten sessions somebody to chair them: each chairs up to
// five that the hidden plan lets them.
func (y *year) chairs() {
	want := len(y.sessions) * 4 / 10
	for n := 1; want > 0 && n <= len(y.sessions); n++ {
		o := &officer{id: fmt.Sprintf("chair-%d", n), title: fmt.Sprintf("Presiding officer %d", n),
			based: y.centres[y.rng.IntN(len(y.centres))], travel: 1 + y.rng.IntN(2)}
		for tries := 0; len(o.sessions) < 5 && tries < 60; tries++ {
			s := y.sessions[y.rng.IntN(len(y.sessions))]
			if s.chair == nil && !s.class.optional && o.free(s) && (s.at == o.based || y.chance(30)) {
				s.chair = o
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

// free tells whether the hidden plan lets the officer chair the session too.
func (o *officer) free(s *session) bool {
	for _, t := range o.sessions {
		near := max(s.first()-t.last(), t.first()-s.last()) <= calendar.Day(o.travel)
		if overlap(s, t) || s.at != t.at && near {
			return false
		}
	}
	return true
}

// rule adds a rule to the scenario.
func (y *year) rule(kind, format string, values ...any) {
	y.extra = append(y.extra, fmt.Sprintf("- %s: {%s}", kind, fmt.Sprintf(format, values...)))
}
