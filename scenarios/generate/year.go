package generate

import (
	"slices"
)

// year is a calendar of many bodies that is being generated: sizes L and XL.
type year struct {
	*draft
	options Options
	all     []*body
	bins    []*bin
	spoken  map[*centre]*quota // interpreted meetings
}

// quota is how many meetings something shall have, and has.
type quota struct{ want, have int }

// bin is the rooms of one kind at one centre.
type bin struct {
	centre *centre
	kind   int
	quota
}

// class is sessions that are alike in what they need. Its name ends the ids of
// its sessions, so that a rule can select them: *-forum-*.
type class struct {
	form     string // a body is called: form of subject and aspect
	share    int    // of all sessions, in per cent
	days     [2]int // least and most
	rooms    [2]int // kinds of rooms it may use: from the largest, 0
	speaks   string // required, asAvailable or none
	optional bool
	weight   int // of a day away from the wished date
}

var classes = []class{
	{form: "conference", share: 4, days: [2]int{4, 10}, rooms: [2]int{0, 0}, speaks: required, weight: 3},
	{form: "commission", share: 18, days: [2]int{3, 10}, rooms: [2]int{0, 1}, speaks: required, weight: 2},
	{form: "committee", share: 27, days: [2]int{2, 10}, rooms: [2]int{0, 1}, speaks: required, weight: 1},
	{form: "working-group", share: 25, days: [2]int{1, 10}, rooms: [2]int{1, 2}, speaks: none, weight: 1},
	{form: "board", share: 12, days: [2]int{1, 5}, rooms: [2]int{1, 2}, speaks: asAvailable, weight: 1},
	{form: "forum", share: 8, days: [2]int{2, 2}, rooms: [2]int{0, 1}, speaks: required, weight: 1},
	{form: "consultation", share: 6, days: [2]int{1, 3}, rooms: [2]int{1, 2}, speaks: none, optional: true, weight: 1},
}

// body is who meets.
type body struct {
	class    *class
	name     string // as an id: water-law-committee
	title    string
	sessions []*session
}

// calendarOf gives the draft of a calendar. It fails with ErrOptions or ErrFull.
func calendarOf(o Options) (*draft, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	y := newYear(o)
	if err := y.fill(); err != nil {
		return nil, err
	}
	y.bodies()
	y.needs()
	y.wishes()
	y.links()
	y.conflicts()
	y.papers()
	y.preside()
	if err := y.panels(); err != nil {
		return nil, err
	}
	y.caps()
	y.limits()
	y.anchors()
	y.stages()
	y.priced()
	y.describe()
	return y.draft, nil
}

// newYear gives a calendar with furnished stations and sessions of such lengths
// that they make the load.
func newYear(o Options) *year {
	y := &year{draft: newDraft(o.Seed, 71_280, months(o.Months)), options: o, spoken: map[*centre]*quota{}}
	y.draw()
	days := y.period.Len() * 5 / 7
	rooms := max(o.Stations, (y.meetings()*100+o.Load*days*slotsOfDay/2)/(o.Load*days*slotsOfDay))
	shares, left := 0, rooms
	for _, c := range cities[:o.Stations] {
		shares += c.share
	}
	for _, c := range cities[:o.Stations] {
		n := max(1, left*c.share/shares)
		shares, left = shares-c.share, left-n
		y.furnish(c, n)
	}
	y.stretch()
	return y
}

// meetings gives how many meetings all sessions have.
func (y *year) meetings() (n int) {
	for _, s := range y.sessions {
		n += s.count(s.days)
	}
	return n
}

// furnish opens a station with so many rooms, and a team to each room with
// booths.
func (y *year) furnish(of city, rooms int) {
	c := &centre{id: of.id, trip: of.trip}
	large, small := max(1, rooms*3/10), rooms*3/10
	c.kinds = append(c.kinds, roomKind{"Assembly Hall", 600, 6, large})
	if n := rooms - large - small; n > 0 {
		c.kinds = append(c.kinds, roomKind{"Conference Room", 300, 6, n})
	}
	if small > 0 {
		c.kinds = append(c.kinds, roomKind{"Meeting Room", 120, 0, small})
	}
	c.teams = rooms - small
	c.dates(of, y.period)
	c.ready(y.period)
	for k := range c.kinds {
		y.bins = append(y.bins, &bin{c, k, quota{want: y.options.Load * c.kinds[k].count * slotsOfDay * len(c.open) / 100}})
	}
	y.spoken[c] = &quota{want: y.options.Load * c.serving() / 100}
	y.centres = append(y.centres, c)
}

// draw gives every session its class and its length.
func (y *year) draw() {
	share := 0
	for i := range classes {
		c := &classes[i]
		share += c.share
		for len(y.sessions) < y.options.Sessions*share/100 {
			s := &session{class: c, days: c.days[0] + y.rng.IntN(c.days[1]-c.days[0]+1), optional: c.optional}
			if c.form == "forum" {
				s.programme, s.kinds = "forum", []string{"panel", "panel", "panel", "dialogue"}[y.rng.IntN(2):]
			}
			s.mornings = c.form == "working-group" && y.chance(20)
			y.sessions = append(y.sessions, s)
		}
	}
}

// stretch lengthens or shortens sessions until their meetings make the load.
func (y *year) stretch() {
	want, have := 0, y.meetings()
	for _, b := range y.bins {
		want += b.want
	}
	for tries := 100 * len(y.sessions); tries > 0; tries-- {
		s := y.sessions[y.rng.IntN(len(y.sessions))]
		switch {
		case have+slotsOfDay <= want && s.days < s.class.days[1]:
			have += s.count(s.days+1) - s.count(s.days)
			s.days++
		case have > want && s.days > s.class.days[0]:
			have += s.count(s.days-1) - s.count(s.days)
			s.days--
		}
	}
}

// fill makes the hidden plan: every session gets its days, rooms and teams,
// the longest first. It fails with ErrFull.
func (y *year) fill() error {
	order := slices.Clone(y.sessions)
	slices.SortStableFunc(order, func(a, b *session) int { return b.days - a.days })
	for _, s := range order {
		for !y.settle(s) {
			if s.days == 1 {
				return ErrFull
			}
			s.days--
		}
		s.least, s.most = s.days, s.days
	}
	for _, s := range y.sessions {
		if s.speaks == asAvailable {
			s.interpret()
		}
	}
	return nil
}

// settle finds a place for a session: rather where most rooms are still to be
// taken.
func (y *year) settle(s *session) bool {
	var bins []*bin
	for _, b := range y.bins {
		smallest := len(b.centre.kinds) - 1
		if min(s.class.rooms[0], smallest) <= b.kind && b.kind <= min(s.class.rooms[1], smallest) {
			bins = append(bins, b)
		}
	}
	for len(bins) > 0 {
		i := y.emptiest(bins)
		if y.try(s, bins[i].centre, bins[i].kind) {
			bins[i].have += len(s.meetings)
			return true
		}
		bins = slices.Delete(bins, i, i+1)
	}
	return false
}

// emptiest draws a position: a bin is as likely as it has meetings to get.
func (y *year) emptiest(bins []*bin) int {
	sum := 0
	for _, b := range bins {
		sum += max(1, b.want-b.have)
	}
	at := y.rng.IntN(sum)
	for i, b := range bins {
		if at -= max(1, b.want-b.have); at < 0 {
			return i
		}
	}
	return len(bins) - 1
}

// try finds days, rooms and teams for a session at a centre.
func (y *year) try(s *session, c *centre, kind int) bool {
	spoken := y.spoken[c]
	s.at, s.kind, s.speaks = c, kind, s.class.speaks
	if s.speaks == required && spoken.have+s.count(s.days) > spoken.want {
		s.speaks = asAvailable
	}
	weeks := 0
	if s.days > 2 && s.days <= 6 && y.chance(8) {
		weeks = 1 + (s.days-1)/3
	}
	s.window = y.period
	if !y.place(s, weeks, func(*session) bool { return true }) {
		return false
	}
	if s.speaks == required {
		spoken.have += len(s.meetings)
	}
	return true
}
