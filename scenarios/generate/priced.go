package generate

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
)

// needs says what room each session asks for, and which other station it may
// choose.
func (y *year) needs() {
	for _, s := range y.sessions {
		kind := s.at.kinds[s.kind]
		least := 50
		if s.kind+1 < len(s.at.kinds) {
			least = s.at.kinds[s.kind+1].seats + 50
		}
		s.seats = least + 50*y.rng.IntN((kind.seats-least)/50+1)
		if s.speaks != none {
			s.booths = kind.booths
		}
		if form := s.class.form; (form == "board" || form == "forum" || form == "consultation") && y.chance(40) {
			s.also = y.other(s)
		}
	}
}

// other draws another station with a room for the session, nil when there is
// none.
func (y *year) other(s *session) *centre {
	for _, i := range y.rng.Perm(len(y.centres)) {
		c := y.centres[i]
		suits := slices.ContainsFunc(c.kinds, func(k roomKind) bool { return k.seats >= s.seats && k.booths >= s.booths })
		if c != s.at && suits {
			return c
		}
	}
	return nil
}

// some draws up to n sessions for which fit is true.
func (y *year) some(n int, fit func(*session) bool) (out []*session) {
	for _, i := range y.rng.Perm(len(y.sessions)) {
		if len(out) < n && fit(y.sessions[i]) {
			out = append(out, y.sessions[i])
		}
	}
	return out
}

// ids gives the ids of sessions as a list.
func ids(sessions []*session) string {
	var out []string
	for _, s := range sessions {
		out = append(out, s.id)
	}
	slices.Sort(out)
	return list(out)
}

// caps makes some sessions longer or shorter as fits, and bounds the days that
// groups of them take together.
func (y *year) caps() {
	flexible := y.some(len(y.sessions)*6/100, func(s *session) bool {
		return s.days > 1 && s.within == 0 && s.programme == "" && !s.optional
	})
	for _, s := range flexible {
		s.least, s.most = s.days-1, s.days+1
		y.rule("length", "of: %s, days: %d, tier: 4", s.id, s.most)
	}
	for group := range slices.Chunk(flexible, 7) {
		sum := 0
		for _, s := range group {
			sum += s.days
		}
		y.rule("day-cap", "of: %s, at-least: %d, at-most: %d", ids(group), sum-len(group)/2, sum)
	}
}

// limits bounds what meets at the same time at a station, and the cost of
// travel.
func (y *year) limits() {
	for _, c := range y.centres {
		for _, form := range []string{"conference", "commission"} {
			count, most, any := map[int]int{}, 0, false
			for _, s := range y.sessions {
				if s.class.form != form {
					continue
				}
				any = true
				if s.at != c {
					continue
				}
				for _, m := range s.meetings {
					count[m.half]++
					most = max(most, count[m.half])
				}
			}
			if any {
				y.rule("parallel", "of: \"*-%s-*\", at: [%s], at-most: %d", form, c.id, max(1, most))
			}
		}
	}
	const delegates = 30
	choosing := y.some(len(y.sessions), func(s *session) bool { return s.also != nil })
	if len(choosing) == 0 {
		return
	}
	budget := 0
	for _, s := range choosing {
		budget += (delegates*s.at.trip + 999) / 1000
	}
	var costs fields
	for _, c := range y.centres {
		costs.addf(c.id, "%d", c.trip)
	}
	y.rule("travel-budget", "of: %s, delegates: %d, cost: %s, at-most: %d", ids(choosing), delegates, costs, budget)
	for _, s := range choosing {
		if y.chance(50) {
			y.rule("venue", "of: %s, at: [%s], tier: 4", s.id, s.also.id)
		}
	}
}

// anchors ties a few sessions to events, and pins some.
func (y *year) anchors() {
	plain := func(s *session) bool { return !s.optional && s.least == s.most }
	for _, s := range y.some(len(y.sessions)/140+1, plain) {
		last := s.last()
		if days := (calendar.Range{First: last + 1, Last: last + 5}); y.period.Contains(days.Last) {
			y.anchor(s, days, "before")
		}
	}
	for _, s := range y.some(len(y.sessions)/140+1, plain) {
		if days := (calendar.Range{First: s.first() - 5, Last: s.first() - 1}); y.period.Contains(days.First) {
			y.anchor(s, days, "after")
		}
	}
	for _, s := range y.some(len(y.sessions)/100, plain) {
		s.pinned = true
	}
	for _, s := range y.some(len(y.sessions)/60, plain) {
		y.rule("keep", "of: %s, days: [%s], at: %s, tier: 5, weight: 2", s.id, s.first(), s.at.id)
	}
}

func (y *year) anchor(s *session, days calendar.Range, side string) {
	n := len(y.events) + 1
	e := event{fmt.Sprintf("high-level-meeting-%d", n), fmt.Sprintf("High-level meeting %d", n), days}
	y.events = append(y.events, e)
	y.rule("adjacent-to", "of: %s, to: %s, side: %s, within: 2 working days", s.id, e.id, side)
}

// priced adds what is wished for: the soft rules, by tier.
func (y *year) priced() {
	if y.has("consultation") {
		y.rule("held", "of: \"*-consultation-*\", tier: 1")
	}
	y.rule("avoid", "of: \"*\", days: [observances], tier: 2")
	for _, b := range y.others() {
		with := y.some(len(y.sessions)/12, func(*session) bool { return true })
		if len(with) > 0 {
			y.rule("avoid", "of: %s, days: [%s], tier: 2, weight: 2", ids(with), b.id)
		}
	}
	for _, s := range y.sessions {
		weight := ""
		if s.class.weight > 1 {
			weight = fmt.Sprintf(", weight: %d", s.class.weight)
		}
		y.rule("near", "of: %s, day: %s, tier: 3%s", s.id, s.wish, weight)
	}
	if y.has("board") {
		y.rule("interpretation", "of: \"*-board-*\", tier: 4")
		y.rule("breaks", "of: \"*-board-*\", tier: 5")
	}
	if spread := y.some(len(y.sessions), func(s *session) bool { return s.within > 1 }); len(spread) > 0 {
		y.rule("span", "of: %s, within: 1 week, tier: 5", ids(spread))
	}
	for _, s := range y.some(len(y.sessions)/50, func(s *session) bool { return s.window.Len() > 40 }) {
		y.rule("window", "of: %s, between: %s, tier: 4", s.id, calendar.Range{First: s.window.First + 14, Last: s.window.Last - 14})
	}
	if len(y.officers) > 0 {
		y.rule("officer-travel", "of: \"*\", by: [\"chair-*\"], tier: 4")
	}
	if len(y.documents) > 0 {
		y.rule("slack", "of: \"*\", want: 5 working days, tier: 5")
		y.rule("document", "of: %s, between: %s, tier: 5", y.documents[0].id, calendar.Range{First: y.documents[0].issued - 7, Last: y.documents[0].issued + 7})
	}
}

// has tells whether there are sessions of a form.
func (y *year) has(form string) bool {
	return slices.ContainsFunc(y.sessions, func(s *session) bool { return s.class.form == form })
}

// stages puts some sessions of each half of the period into a phase.
func (y *year) stages() {
	middle := y.period.First + calendar.Day(y.period.Len()/2)
	for _, x := range []phase{
		{id: "opening", title: "Opening phase", days: calendar.Range{First: y.period.First, Last: middle}},
		{id: "closing", title: "Closing phase", days: calendar.Range{First: middle + 1, Last: y.period.Last}},
	} {
		in := func(s *session) bool { return x.days.Contains(s.first()) && x.days.Contains(s.last()) }
		for _, s := range y.some(len(y.sessions)/20+1, in) {
			x.of = append(x.of, s.id)
		}
		if len(x.of) > 0 {
			y.phases = append(y.phases, x)
		}
	}
}

// describe writes what the calendar is about.
func (y *year) describe() {
	h := y.hidden()
	y.about = []string{
		fmt.Sprintf("A generated calendar: %d sessions of %d bodies at %d stations (seed %d).", len(y.sessions), len(y.all), len(y.centres), y.options.Seed),
		fmt.Sprintf("A plan that keeps every rule exists. It takes %.0f %% of the half-days of rooms;", 100*h.Rooms),
		fmt.Sprintf("meetings that must be interpreted take %.0f %% of what the teams can serve.", 100*h.Teams),
		"Bodies, dates and rooms are invented.",
	}
	y.title = fmt.Sprintf("Calendar of conferences from %d", firstYear)
	y.programmes = `  forum:
    meetings:
      - {kind: panel, title: Panel, count: 2..3, seats: {moderator: {from: member-states}, panellists: {from: member-states, count: 2}}}
      - {kind: dialogue, title: Interactive dialogue}
`
	y.priorities = []string{
		"optional sessions held",
		"observances and meetings of other bodies avoided",
		"sessions near the dates that their bodies wish for",
		"stations, lengths, panels and travel",
		"time between sessions, days in hand, and what was announced",
	}
}
