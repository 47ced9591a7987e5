package generate

import (
	"math/rand/v2"
	"slices"
	"time"

	"plenary/model/calendar"
)

// city is a station of the library un-stations as the generator furnishes it.
// Its holidays and observances are examples: they have the same date each year.
type city struct {
	id, title   string
	share       int // of the rooms, in relation to the others
	trip        int // of a supported delegate
	holidays    []annual
	observances []annual
}

// annual is a date that comes back each year.
type annual struct {
	month time.Month
	day   int
	name  string
}

var cities = []city{
	{"new-york", "New York", 7, 2900, []annual{{5, 31, "Memorial Day"}, {7, 5, "Independence Day"}, {9, 6, "Labor Day"}, {11, 25, "Thanksgiving"}},
		[]annual{{2, 15, "Presidents' Day"}, {3, 22, "Nowruz"}, {5, 20, "Day of Vesak"}, {10, 11, "Yom Kippur"}, {10, 29, "Diwali"}}},
	{"geneva", "Geneva", 6, 3200, []annual{{3, 26, "Good Friday"}, {3, 29, "Easter Monday"}, {5, 6, "Ascension Day"}, {9, 9, "Jeûne genevois"}},
		[]annual{{1, 7, "Orthodox Christmas"}, {3, 22, "Nowruz"}, {5, 20, "Day of Vesak"}, {10, 11, "Yom Kippur"}, {10, 29, "Diwali"}}},
	{"vienna", "Vienna", 4, 3100, []annual{{1, 6, "Epiphany"}, {5, 6, "Ascension Day"}, {5, 27, "Corpus Christi"}, {10, 26, "National Day"}},
		[]annual{{3, 22, "Nowruz"}, {5, 20, "Day of Vesak"}, {10, 11, "Yom Kippur"}, {12, 8, "Immaculate Conception"}}},
	{"nairobi", "Nairobi", 3, 2600, []annual{{3, 26, "Good Friday"}, {6, 1, "Madaraka Day"}, {10, 20, "Mashujaa Day"}, {12, 13, "Jamhuri Day"}},
		[]annual{{3, 10, "Eid al-Fitr"}, {5, 17, "Eid al-Adha"}, {5, 20, "Day of Vesak"}, {10, 29, "Diwali"}}},
	{"addis-ababa", "Addis Ababa", 3, 2500, []annual{{1, 7, "Genna"}, {3, 2, "Adwa Victory Day"}, {5, 5, "Patriots' Victory Day"}, {9, 13, "Enkutatash"}},
		[]annual{{3, 10, "Eid al-Fitr"}, {5, 17, "Eid al-Adha"}, {9, 27, "Meskel"}}},
	{"bangkok", "Bangkok", 3, 2700, []annual{{4, 13, "Songkran"}, {4, 14, "Songkran"}, {7, 28, "King's Birthday"}, {10, 13, "Memorial Day of King Bhumibol"}},
		[]annual{{2, 22, "Makha Bucha"}, {5, 20, "Day of Vesak"}, {7, 19, "Asalha Bucha"}}},
	{"santiago", "Santiago", 2, 3000, []annual{{3, 26, "Good Friday"}, {5, 21, "Navy Day"}, {7, 16, "Our Lady of Mount Carmel"}, {9, 17, "Independence Day"}},
		[]annual{{6, 29, "Saint Peter and Saint Paul"}, {11, 1, "All Saints' Day"}}},
	{"beirut", "Beirut", 2, 2800, []annual{{1, 6, "Armenian Christmas"}, {2, 9, "Saint Maron"}, {3, 25, "Annunciation"}, {11, 22, "Independence Day"}},
		[]annual{{3, 10, "Eid al-Fitr"}, {5, 17, "Eid al-Adha"}, {8, 16, "Assumption"}}},
}

// class is sessions that are alike in what they need. Its name ends the ids of
// its sessions, so that a rule can select them: *-forum-*.
type class struct {
	form       string // a body is called: form of subject and aspect
	share      int    // of all sessions, in per cent
	days       [2]int // least and most
	rooms      [2]int // kinds of rooms it may use: from the largest, 0
	interprets string
	programme  bool
	optional   bool
	weight     int // of a day away from the wished date
}

var classes = []class{
	{form: "conference", share: 4, days: [2]int{4, 10}, rooms: [2]int{0, 0}, interprets: required, weight: 3},
	{form: "commission", share: 18, days: [2]int{3, 10}, rooms: [2]int{0, 1}, interprets: required, weight: 2},
	{form: "committee", share: 27, days: [2]int{2, 10}, rooms: [2]int{0, 1}, interprets: required, weight: 1},
	{form: "working-group", share: 25, days: [2]int{1, 10}, rooms: [2]int{1, 2}, interprets: none, weight: 1},
	{form: "board", share: 12, days: [2]int{1, 5}, rooms: [2]int{1, 2}, interprets: asAvailable, weight: 1},
	{form: "forum", share: 8, days: [2]int{2, 2}, rooms: [2]int{0, 1}, interprets: required, programme: true, weight: 1},
	{form: "consultation", share: 6, days: [2]int{1, 3}, rooms: [2]int{1, 2}, interprets: none, optional: true, weight: 1},
}

// The words of the language for interpretation.
const (
	required    = "required"
	asAvailable = "as-available"
	none        = ""
)

// session is one session and its place in the hidden plan.
type session struct {
	class    *class
	body     *body
	number   int    // of the body's sessions, from 1
	id       string // of the body and the number
	days     int    // in the hidden plan
	least    int    // days it may take
	most     int
	within   int // weeks in which its days lie, 0 for consecutive days
	mornings bool
	panels   int // of a programme, in the hidden plan
	speaks   string
	seats    int
	booths   int
	also     *centre // the other station it may meet at
	chair    *officer
	window   calendar.Range
	wish     calendar.Day
	after    string // a field after:, or ""
	pinned   bool

	at       *centre // where the hidden plan has it
	kind     int     // of room it was given
	on       []int   // days of the period
	meetings []meeting
}

// meeting is one meeting of a session in the hidden plan.
type meeting struct {
	half   int
	kind   string
	number int
	room   string
	team   int // -1 for none
	seats  map[string][]string
}

// body is who meets.
type body struct {
	class    *class
	name     string // as an id: water-law-committee
	title    string
	sessions []*session
}

// first gives the first day.
func (s *session) first() calendar.Day { return s.at.first + calendar.Day(s.on[0]) }

// last gives the last day.
func (s *session) last() calendar.Day { return s.at.first + calendar.Day(s.on[len(s.on)-1]) }

// count gives how many meetings the session has in so many days.
func (s *session) count(days int) int {
	switch {
	case s.class.programme:
		return s.panels + 1
	case s.mornings:
		return days
	}
	return slotsOfDay * days
}

// year is a calendar that is being generated.
type year struct {
	options   Options
	rng       *rand.Rand
	period    calendar.Range
	centres   []*centre
	sessions  []*session
	all       []*body
	conflict  [][2]*body
	officers  []*officer
	documents []*document
	extra     []string // rules, as lines of the scenario
	events    []stretch
}

func newYear(o Options) *year {
	y := &year{options: o, rng: rand.New(rand.NewPCG(o.Seed, 71_280))}
	first := calendar.NewDay(2027, time.January, 1)
	y.period = calendar.Range{First: first, Last: calendar.NewDay(2027, time.January+time.Month(o.Months), 0)}
	y.draw()
	meetings := 0
	for _, s := range y.sessions {
		meetings += s.count(s.days)
	}
	days := y.period.Len() * 5 / 7
	rooms := max(o.Stations, (meetings*100+o.Load*days*slotsOfDay/2)/(o.Load*days*slotsOfDay))
	shares, left := 0, rooms
	for _, c := range cities[:o.Stations] {
		shares += c.share
	}
	for i, c := range cities[:o.Stations] {
		n := max(1, left*c.share/shares)
		if i == o.Stations-1 {
			n = max(1, left)
		}
		shares, left = shares-c.share, left-n
		y.centres = append(y.centres, y.furnish(c, n))
	}
	y.stretch()
	return y
}

// furnish gives a city so many rooms, and a team to each room with booths.
func (y *year) furnish(of city, rooms int) *centre {
	c := &centre{id: of.id, title: of.title, perWeek: 7, guests: map[string]int{"trip": of.trip}}
	large, small := max(1, rooms*3/10), rooms*3/10
	c.kinds = append(c.kinds, roomKind{"Assembly Hall", 600, 6, large})
	if n := rooms - large - small; n > 0 {
		c.kinds = append(c.kinds, roomKind{"Conference Room", 300, 6, n})
	}
	if small > 0 {
		c.kinds = append(c.kinds, roomKind{"Meeting Room", 120, 0, small})
	}
	for _, k := range c.kinds {
		if k.booths > 0 {
			c.teams += k.count
		}
	}
	years := y.options.Months/12 + 1
	for n := range years {
		dated := func(list []annual) (out []stretch) {
			for _, a := range list {
				d := calendar.NewDay(2027+n, a.month, a.day)
				if y.period.Contains(d) && calendar.MondayToFriday[d.Weekday()] {
					out = append(out, stretch{calendar.Range{First: d, Last: d}, a.name})
				}
			}
			return out
		}
		c.holidays = append(c.holidays, dated([]annual{{1, 1, "New Year's Day"}})...)
		c.holidays = append(c.holidays, dated(of.holidays)...)
		c.observances = append(c.observances, dated(of.observances)...)
		for _, shut := range []stretch{
			{calendar.Range{First: calendar.NewDay(2027+n, 12, 24), Last: calendar.NewDay(2027+n, 12, 31)}, "end of the year"},
		} {
			if y.period.Contains(shut.days.First) && y.period.Contains(shut.days.Last) {
				c.closed = append(c.closed, shut)
			}
		}
		// A team is on leave in July.
		leave := calendar.Range{First: calendar.NewDay(2027+n, 7, 12), Last: calendar.NewDay(2027+n, 7, 30)}
		if c.teams > 1 && y.period.Contains(leave.First) && y.period.Contains(leave.Last) {
			c.off = append(c.off, stretch{leave, "leave"})
		}
	}
	c.ready(y.period)
	for k := range c.kinds {
		c.target = append(c.target, kindTarget{want: y.options.Load * c.kinds[k].count * slotsOfDay * len(c.open) / 100})
	}
	c.wanted = y.options.Load * c.serving() / 100
	return c
}

// serving gives how many meetings the centre's teams can serve in the period.
func (c *centre) serving() (n int) {
	weeks := map[int]int{}
	for _, d := range c.open {
		for slot := range slotsOfDay {
			weeks[c.week(slotsOfDay*d)] += c.teamsOn(slotsOfDay*d + slot)
		}
	}
	for _, halves := range weeks {
		n += min(halves, c.teams*c.perWeek)
	}
	return n
}

// draw gives every session its class and its length.
func (y *year) draw() {
	for i := range classes {
		from, to := len(y.sessions), 0
		for j := range classes[:i+1] {
			to += classes[j].share
		}
		for range y.options.Sessions*to/100 - from {
			c := &classes[i]
			s := &session{class: c, days: c.days[0] + y.rng.IntN(c.days[1]-c.days[0]+1), speaks: c.interprets}
			if c.programme {
				s.panels = 2 + y.rng.IntN(2)
			}
			s.mornings = c.form == "working-group" && y.chance(20)
			y.sessions = append(y.sessions, s)
		}
	}
}

// chance is true in so many of a hundred cases.
func (y *year) chance(percent int) bool { return y.rng.IntN(100) < percent }

// stretch lengthens or shortens sessions until their meetings make the load.
func (y *year) stretch() {
	want, have := 0, 0
	for _, c := range y.centres {
		for _, t := range c.target {
			want += t.want
		}
	}
	for _, s := range y.sessions {
		have += s.count(s.days)
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
// the longest first.
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
			y.interpret(s)
		}
	}
	return nil
}

// bin is the rooms of one kind at one centre.
type bin struct {
	centre *centre
	kind   int
}

// settle finds a place for a session: first where most rooms are still to be
// taken.
func (y *year) settle(s *session) bool {
	var bins []bin
	var free []int
	for _, c := range y.centres {
		for k := range c.kinds {
			from, to := min(s.class.rooms[0], len(c.kinds)-1), min(s.class.rooms[1], len(c.kinds)-1)
			if from <= k && k <= to {
				bins = append(bins, bin{c, k})
				free = append(free, max(1, c.target[k].want-c.target[k].have))
			}
		}
	}
	for len(bins) > 0 {
		i := y.weighted(free)
		if y.place(s, bins[i].centre, bins[i].kind) {
			bins[i].centre.target[bins[i].kind].have += len(s.meetings)
			return true
		}
		bins, free = slices.Delete(bins, i, i+1), slices.Delete(free, i, i+1)
	}
	return false
}

// weighted draws a position by weights.
func (y *year) weighted(weights []int) int {
	sum := 0
	for _, w := range weights {
		sum += w
	}
	at := y.rng.IntN(sum)
	for i, w := range weights {
		if at < w {
			return i
		}
		at -= w
	}
	return len(weights) - 1
}

// place finds days, rooms and teams for a session at a centre.
func (y *year) place(s *session, c *centre, kind int) bool {
	if s.class.interprets == required {
		s.speaks = required
		if c.speaks+s.count(s.days) > c.wanted {
			s.speaks = asAvailable
		}
	}
	s.at, s.kind = c, kind
	spread := 0
	if s.days > 2 && s.days <= 6 && y.chance(8) {
		spread = 1 + (s.days-1)/3
	}
	for _, start := range y.rng.Perm(max(0, len(c.open)-s.days+1)) {
		days := c.open[start : start+s.days]
		if spread > 0 {
			days = y.scatter(c, start, s.days, 7*spread)
		}
		if y.book(s, days) {
			s.within = spread
			if s.speaks == required {
				c.speaks += len(s.meetings)
			}
			return true
		}
	}
	return false
}

// scatter draws so many open days within a stretch of calendar days, the first
// among them.
func (y *year) scatter(c *centre, start, days, stretch int) []int {
	end := start
	for end < len(c.open) && c.open[end] < c.open[start]+stretch {
		end++
	}
	if end-start < days {
		return nil
	}
	out := []int{c.open[start]}
	for _, i := range y.rng.Perm(end - start - 1)[:days-1] {
		out = append(out, c.open[start+1+i])
	}
	slices.Sort(out)
	return out
}

// book takes rooms and teams for a session on the days, or nothing.
func (y *year) book(s *session, days []int) bool {
	if len(days) == 0 {
		return false
	}
	var release []func()
	meetings := s.agenda(days)
	for i := range meetings {
		m := &meetings[i]
		room := s.at.freeRoom(m.half, s.kind)
		m.team = -1
		if s.speaks == required {
			m.team = s.at.freeTeam(m.half)
		}
		if room < 0 || (s.speaks == required && m.team < 0) {
			for _, give := range release {
				give()
			}
			return false
		}
		m.room = s.at.names[room]
		release = append(release, s.at.take(m.half, room, m.team))
	}
	s.on, s.meetings = slices.Clone(days), meetings
	return true
}

// agenda gives the meetings of a session on its days.
func (s *session) agenda(days []int) (out []meeting) {
	n := s.count(len(days))
	for i := range n {
		m := meeting{half: slotsOfDay*days[i/slotsOfDay] + i%slotsOfDay, kind: "plenary", number: i + 1}
		if s.mornings {
			m.half = slotsOfDay * days[i]
		}
		if s.class.programme {
			m.kind = "panel"
			if i == n-1 {
				m.kind, m.number = "dialogue", 1
			}
		}
		out = append(out, m)
	}
	return out
}

// interpret gives a session teams as far as they are there.
func (y *year) interpret(s *session) {
	for i := range s.meetings {
		m := &s.meetings[i]
		if t := s.at.freeTeam(m.half); t >= 0 {
			m.team = t
			s.at.serves[t][m.half] = true
			s.at.served[t][s.at.week(m.half)]++
		}
	}
}
