package generate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"plenary/model/calendar"
	"plenary/model/scenario"
)

// Processes of size M: each such as the one of A/RES/71/280 and a month after
// the one before.
const (
	processes     = 10
	processMonths = 19
	chairmen      = 9 // co-facilitators, two to each process
	mostAttempts  = 100
)

// themes name the processes, one each.
var themes = [processes]string{"water", "oceans", "cities", "health", "energy", "forests", "ageing", "space", "heritage", "statistics"}

// hosts are the cities where stocktaking meetings are held; there, and at the
// regional commissions, the host provides rooms and interpretation.
var (
	hosts   = []string{"puerto-vallarta", "marrakech", "rome", "nairobi", "bonn"}
	regions = []string{"addis-ababa", "bangkok", "beirut", "santiago"}
)

// many is several processes that share stations, officers and teams.
type many struct {
	*draft
	panel     *panel
	hosts     map[string]*centre
	president *officer
	halls     []*centre // New York, Geneva, Vienna
}

// process is one of them.
type process struct {
	*many
	theme    string
	start    int // month of the period
	chairs   []*officer
	sessions []*session
	by       map[string]*session // by id without the theme
}

// processesOf gives the draft of size M. It fails with ErrOptions or ErrFull.
func processesOf(o Options) (*draft, error) {
	if o != (Options{Size: o.Size, Seed: o.Seed}) {
		return nil, errFixed
	}
	for stream := range uint64(mostAttempts) {
		m, err := newMany(o.Seed, stream)
		if err != nil {
			return nil, err
		}
		if !m.fill() {
			continue
		}
		m.shared()
		m.describe(o.Seed)
		return m.draft, nil
	}
	return nil, ErrFull
}

// fill makes the processes one after the other, or tells that there is no
// place for one.
func (m *many) fill() bool {
	for n := range processes {
		if !m.add(n) {
			return false
		}
	}
	for _, s := range m.sessions {
		if s.speaks == asAvailable {
			s.interpret()
		}
	}
	return true
}

// newMany furnishes the stations and names the officers.
func newMany(seed, stream uint64) (*many, error) {
	m := &many{draft: newDraft(seed, stream, months(processes+processMonths-1)), hosts: map[string]*centre{}}
	var err error
	if m.panel, err = newPanel(); err != nil {
		return nil, err
	}
	for i, kinds := range [][]roomKind{
		{{"Assembly Hall", 1800, 6, 1}, {"Council Chamber", 550, 6, 1}, {"Conference Room", 300, 6, 1}},
		{{"Assembly Hall", 700, 6, 1}, {"Conference Room", 250, 6, 1}},
		{{"Board Room", 500, 6, 1}, {"Conference Room", 150, 6, 1}},
	} {
		c := &centre{id: cities[i].id, trip: cities[i].trip, kinds: kinds, teams: max(1, 3-2*i)}
		c.dates(cities[i], m.period)
		c.ready(m.period)
		m.halls = append(m.halls, c)
	}
	m.centres = append(m.centres, m.halls...)
	for i := range chairmen {
		o := &officer{id: fmt.Sprintf("co-facilitator-%d", i+1), title: fmt.Sprintf("Co-facilitator %d", i+1), based: m.halls[0], travel: 1}
		from := m.period.First + calendar.Day(90*i+m.rng.IntN(80))
		o.away = []calendar.Range{{First: from, Last: from + 11}}
		m.officers = append(m.officers, o)
	}
	m.president = &officer{id: "president", title: "President of the General Assembly", based: m.halls[0], travel: 1}
	m.officers = append(m.officers, m.president)
	return m, nil
}

// host gives the centre of a city that provides what is needed.
func (m *many) host(id string) *centre {
	if m.hosts[id] == nil {
		c := &centre{id: id, trip: 3000, host: true}
		c.ready(m.period)
		m.hosts[id] = c
		m.centres = append(m.centres, c)
	}
	return m.hosts[id]
}

// month gives a stretch of months of the process.
func (p *process) month(from, to int) calendar.Range {
	at := func(n int) calendar.Day { return calendar.NewDay(firstYear, time.Month(p.start+n+1), 1) }
	return calendar.Range{First: at(from), Last: at(to+1) - 1}
}

// need is what a session of a process is like.
type need struct {
	id, title string
	at        *centre
	window    calendar.Range
	days      [3]int // least, in the hidden plan, most
	weeks     int    // within
	seats     int
	speaks    string
	chairs    []*officer
	optional  bool
	programme string
	kinds     []string
	also      *centre
	links     fields
	suits     func(*session) bool // besides
}

// hold puts a session into the hidden plan, or tells that there is no place.
func (p *process) hold(n need) bool {
	s := &session{id: p.theme + "-" + n.id, title: n.title, at: n.at, window: n.window, least: n.days[0], days: n.days[1], most: n.days[2],
		seats: n.seats, speaks: n.speaks, chairs: n.chairs, optional: n.optional, programme: n.programme, kinds: n.kinds, also: n.also, links: n.links}
	if n.seats > 150 && n.speaks == required && !n.at.host {
		s.booths = 6
	}
	s.kind = n.at.suits(s.seats, s.booths)
	suits := func(s *session) bool {
		for _, o := range s.chairs {
			if !o.free(s) {
				return false
			}
		}
		for _, t := range p.sessions {
			if overlap(s, t) {
				return false
			}
		}
		return n.suits == nil || n.suits(s)
	}
	if !p.place(s, 0, suits) && (n.weeks == 0 || !p.place(s, n.weeks, suits)) {
		return false
	}
	s.within = n.weeks
	for _, o := range s.chairs {
		o.sessions = append(o.sessions, s)
	}
	for i := range s.meetings {
		if m := &s.meetings[i]; m.kind == "panel" {
			m.seats = p.panel.seats()
		}
	}
	p.sessions, p.by[n.id] = append(p.sessions, s), s
	return true
}

// add makes the n-th process and its rules, or tells that there is no place
// for it.
func (m *many) add(n int) bool {
	for range 20 {
		p := &process{many: m, theme: themes[n], start: n, by: map[string]*session{},
			chairs: []*officer{m.officers[n%chairmen], m.officers[(n+3)%chairmen]}}
		if p.consult() && p.negotiate() && p.besides() {
			m.sessions = append(m.sessions, p.sessions...)
			p.papers()
			p.obey()
			return true
		}
		p.leave()
	}
	return false
}

// leave gives back what the process has taken.
func (p *process) leave() {
	for _, s := range p.sessions {
		s.release()
		for _, o := range s.chairs {
			o.sessions = slices.DeleteFunc(o.sessions, func(t *session) bool { return t == s })
		}
	}
}

// consult holds the thematic sessions and takes stock of them.
func (p *process) consult() bool {
	newYork, geneva, vienna := p.halls[0], p.halls[1], p.halls[2]
	for i, x := range []struct {
		at     *centre
		months [2]int
	}{{geneva, [2]int{1, 2}}, {newYork, [2]int{2, 2}}, {geneva, [2]int{3, 3}}, {newYork, [2]int{4, 4}}, {vienna, [2]int{6, 6}}, {geneva, [2]int{7, 7}}} {
		thematic := need{id: fmt.Sprintf("thematic-%d", i+1), title: fmt.Sprintf("%s thematic session on %s", capital(ordinals[i+1]), p.theme), at: x.at,
			window: p.month(x.months[0], x.months[1]), days: [3]int{1, 2, 3}, seats: 400, speaks: required, chairs: p.chairs,
			programme: "thematic", kinds: []string{"panel", "panel", "panel", "dialogue"}[p.rng.IntN(2):],
			// the briefing needs a day before it, the summary three weeks before the stocktaking
			suits: func(s *session) bool { return s.first() > p.month(x.months[0], 0).First+10 }}
		if !p.hold(thematic) {
			return false
		}
		s := p.by[thematic.id]
		briefing := need{id: fmt.Sprintf("briefing-%d", i+1), title: fmt.Sprintf("%s briefing on %s", capital(ordinals[i+1]), p.theme), at: x.at,
			window: calendar.Range{First: s.first() - 10, Last: s.first() - 1}, days: [3]int{1, 1, 1}, seats: 150, speaks: asAvailable,
			programme: "briefing", kinds: []string{"briefing"}}
		briefing.links.addf("before", "{%s: 1..10 days}", s.id)
		if !p.hold(briefing) {
			return false
		}
		p.by[briefing.id].window = p.month(x.months[0]-1, x.months[1])
	}
	return p.hold(need{id: "stocktaking", title: "Stocktaking meeting on " + p.theme, at: p.host(hosts[p.start%len(hosts)]),
		window: p.month(9, 9), days: [3]int{3, 3, 3}, speaks: required, chairs: p.chairs,
		suits: func(s *session) bool { return s.first()-p.by["thematic-6"].last() >= 29 }})
}

// negotiate holds the rounds of negotiations and the conference.
func (p *process) negotiate() bool {
	newYork := p.halls[0]
	_, report, draft := p.written()
	ready := max(report+42, draft+14)
	for i, days := range []int{3, 4, 4, 5, 5, 5} {
		round := need{id: fmt.Sprintf("negotiation-%d", i+1), title: fmt.Sprintf("%s round of negotiations on %s", capital(ordinals[i+1]), p.theme), at: newYork,
			window: p.month(11+i, 11+i), days: [3]int{days, days, days}, weeks: 1 + days/5, seats: 400, speaks: required, chairs: p.chairs,
			suits: func(s *session) bool {
				return (i > 0 || s.first() >= ready) && (i < 5 || s.last() < p.month(16, 16).First+20)
			}}
		if !p.hold(round) {
			return false
		}
	}
	text := days(21).After(workingDays(2).After(p.by["negotiation-6"].last(), scenario.Weekdays), scenario.Weekdays)
	conference := need{id: "conference", title: "Conference on " + p.theme, at: newYork, window: p.month(18, 18), days: [3]int{2, 2, 2}, seats: 1000, speaks: required,
		suits: func(s *session) bool {
			return s.first() >= text+31 && p.period.Contains(s.last()+5) && s.last() < p.month(18, 18).Last-3
		}}
	return p.hold(conference)
}

// besides holds the hearings, and what is optional.
func (p *process) besides() bool {
	newYork, geneva := p.halls[0], p.halls[1]
	for i, x := range [][2]int{{1, 5}, {6, 8}, {11, 12}, {13, 15}} {
		hearing := need{id: fmt.Sprintf("hearing-%d", i+1), title: fmt.Sprintf("%s hearing on %s", capital(ordinals[i+1]), p.theme), at: newYork,
			window: p.month(x[0], x[1]), days: [3]int{1, 1, 2}, seats: 400, speaks: required, chairs: []*officer{p.president}, optional: true,
			programme: "hearing", kinds: []string{"hearing", "hearing"}}
		if i == 0 {
			hearing.also = geneva
		}
		if !p.hold(hearing) {
			return false
		}
	}
	stock := p.by["stocktaking"]
	last := workingDays(10).Before(stock.first(), scenario.Weekdays)
	for _, city := range regions {
		regional := need{id: "regional-" + city, title: fmt.Sprintf("Regional discussion on %s, %s", p.theme, strings.ReplaceAll(city, "-", " ")), at: p.host(city),
			window: calendar.Range{First: p.month(3, 3).First, Last: min(last, p.month(8, 8).Last)}, days: [3]int{2, 2, 2}, optional: true}
		regional.links.addf("before", "{%s: 10.. working days}", stock.id)
		if !p.hold(regional) {
			return false
		}
		p.by[regional.id].window = p.month(3, 8)
	}
	for i := range 3 {
		consultation := need{id: fmt.Sprintf("consultation-%d", i+1), title: fmt.Sprintf("%s consultation on %s", capital(ordinals[i+1]), p.theme), at: newYork,
			window: p.month(11+2*i, 12+2*i), days: [3]int{1, 1, 1}, seats: 300, speaks: asAvailable, chairs: p.chairs, optional: true}
		if !p.hold(consultation) {
			return false
		}
	}
	return true
}

// written gives when the chair's summary, the report and the zero draft can be
// issued in the hidden plan; the sixth thematic session is the last.
func (p *process) written() (summary, report, draft calendar.Day) {
	summary = workingDays(10).After(p.by["stocktaking"].last(), scenario.Weekdays)
	report = weekdayAfter(p.by["thematic-6"].last() + 56)
	return summary, report, workingDays(15).After(max(report, summary), scenario.Weekdays)
}

// papers writes the documents of a process.
func (p *process) papers() {
	add := func(id, title string, issued calendar.Day, keys ...string) {
		d := &document{id: p.theme + "-" + id, title: fmt.Sprintf("%s on %s", title, p.theme), issued: weekdayAfter(issued)}
		for i := 0; i < len(keys); i += 2 {
			d.fields.add(keys[i], keys[i+1])
		}
		p.documents = append(p.documents, d)
	}
	named := func(id string) string { return p.theme + "-" + id }
	stock := named("stocktaking")
	start := p.month(0, 0)
	add("workplan", "Workplan", start.First+10, "deadline", start.Last.String())
	for i := range 6 {
		s := p.by[fmt.Sprintf("thematic-%d", i+1)]
		add(fmt.Sprintf("summary-%d", i+1), capital(ordinals[i+1])+" summary", workingDays(10).After(s.last(), scenario.Weekdays),
			"after", "["+s.id+"]", "takes", "10 working days", "within", "6 weeks", "before", "{"+stock+": 2 weeks}")
	}
	summary, report, draft := p.written()
	add("chairs-summary", "Chair's summary", summary, "after", "["+stock+"]", "takes", "10 working days", "deadline", p.month(10, 10).Last.String())
	add("report", "Report of the Secretary-General", report, "after", "["+named("thematic-*")+"]", "takes", "4 weeks", "processing", "4 weeks",
		"before", "{"+named("negotiation-1")+": 6 weeks}")
	add("zero-draft", "Zero draft", draft, "after", "["+stock+", "+named("chairs-summary")+", "+named("report")+"]", "takes", "15 working days",
		"before", "{"+named("negotiation-1")+": 2 weeks}")
	final := workingDays(2).After(p.by["negotiation-6"].last(), scenario.Weekdays) + 21
	add("final-text", "Text as agreed", final, "after", "["+named("negotiation-6")+"]", "takes", "2 working days", "processing", "3 weeks",
		"before", "{"+named("conference")+": 4 weeks}")
}

// obey adds the rules of a process.
func (p *process) obey() {
	of := func(pattern string) string { return p.theme + "-" + pattern }
	s := p.by["conference"]
	e := event{p.theme + "-debate", "General debate on " + p.theme, calendar.Range{First: s.last() + 1, Last: s.last() + 5}}
	p.events = append(p.events, e)
	p.rule("adjacent-to", "of: %s, to: %s, side: before, within: 0 working days", s.id, e.id)
	p.rule("day-cap", "of: %s, at-most: 12", of("thematic-*"))
	p.rule("day-cap", "of: %s, exactly: 4", of("hearing-*"))
	p.rule("moderators", "of: %s, seat: moderator, from: member-states, each: ..1", of("thematic-*"))
	p.rule("moderators", "of: %s, seat: panellists, from: member-states, each: ..1", of("thematic-*"))
	p.rule("balance", "of: %s, seat: moderator, over: regional_group, each: 2..4", of("thematic-*"))
	p.rule("panel-mix", "of: %s, kind: panel, seats: [panellists], column: ldc, profile: {yes: 1.., no: 1..}", of("thematic-*"))
	p.rule("parallel", "of: %s, at: [new-york, geneva, vienna], at-most: 1", of("*"))
	p.rule("held", "of: [%s, %s, %s], tier: 1", of("regional-*"), of("consultation-*"), of("hearing-*"))
	p.rule("programme", "of: %s, kind: panel, count: 3, tier: 3", of("thematic-*"))
	p.rule("balance", "of: %s, seat: moderator, over: regional_group, even: yes, tier: 3", of("thematic-*"))
	p.rule("interpretation", "of: [%s, %s], tier: 3", of("briefing-*"), of("consultation-*"))
	p.rule("officer-travel", "of: %s, by: [%s, %s, president], tier: 4", of("*"), p.chairs[0].id, p.chairs[1].id)
	p.rule("rest", "of: %s, at-least: 10 working days, tier: 5", of("negotiation-*"))
	p.rule("breaks", "of: [%s, %s], tier: 5", of("negotiation-*"), of("thematic-*"))
	p.rule("idle", "of: [%s, %s], tier: 5", of("thematic-*"), of("hearing-*"))
	p.rule("slack", "of: [%s, %s], want: 10 days, tier: 5", of("report"), of("zero-draft"))
	p.rule("near", "of: %s, day: %s, tier: 5", of("stocktaking"), p.month(9, 9).First+3)
	budget := 0
	costs := fields{}
	for i, c := range p.centres {
		if c.host || i < len(p.halls) {
			costs.addf(c.id, "%d", c.trip)
		}
	}
	for id, s := range p.by {
		if strings.HasPrefix(id, "thematic") || strings.HasPrefix(id, "negotiation") || strings.HasPrefix(id, "hearing") {
			budget += (50*s.at.trip + 999) / 1000
		}
	}
	p.rule("travel-budget", "of: [%s, %s, %s], delegates: 50, cost: %s, at-most: %d", of("thematic-*"), of("negotiation-*"), of("hearing-*"), costs, budget)
}

// shared adds what binds all processes.
func (m *many) shared() {
	m.rule("avoid", "of: \"*\", days: [observances], tier: 2")
	for _, b := range m.others() {
		m.rule("avoid", "of: [\"*-thematic-*\", \"*-negotiation-*\", \"*-hearing-*\"], days: [%s], tier: 2", b.id)
	}
}

// describe writes what the scenario is about.
func (m *many) describe(seed uint64) {
	h := m.hidden()
	m.about = []string{
		fmt.Sprintf("%d generated processes, each such as the one of A/RES/71/280 (seed %d): they share", processes, seed),
		"stations, rooms, interpretation teams and co-facilitators.",
		fmt.Sprintf("A plan that keeps every rule exists. It takes %.0f %% of the half-days of rooms;", 100*h.Rooms),
		fmt.Sprintf("meetings that must be interpreted take %.0f %% of what the teams can serve.", 100*h.Teams),
		"Themes, dates and rooms are invented.",
	}
	m.title = fmt.Sprintf("%d processes", processes)
	m.programmes = `  thematic:
    meetings:
      - {kind: panel, title: Panel, count: 2..3, seats: {moderator: {from: member-states}, panellists: {from: member-states, count: 2}}}
      - {kind: dialogue, title: Interactive dialogue}
  briefing:
    meetings: [{kind: briefing, title: Briefing}]
  hearing:
    meetings: [{kind: hearing, title: Hearing, count: 2..4}]
`
	for n := range processes {
		p := &process{many: m, theme: themes[n], start: n}
		m.phases = append(m.phases,
			phase{p.theme + "-phase-1", "Phase I, " + p.theme, p.month(0, 8), []string{p.theme + "-thematic-*", p.theme + "-briefing-*", p.theme + "-regional-*"}})
	}
	m.priorities = []string{
		"optional sessions held",
		"observances and clashes with other bodies avoided",
		"panels, their moderators and interpretation",
		"travel",
		"time between sessions and in hand before deadlines",
	}
}
