package generate

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// draft is a scenario that is being generated, with its hidden plan.
type draft struct {
	rng        *rand.Rand
	about      []string // remarks at the head of the file
	title      string
	period     calendar.Range
	centres    []*centre
	officers   []*officer
	events     []event
	busy       []busy
	rosters    string // as written
	programmes string // as written
	phases     []phase
	sessions   []*session
	documents  []*document
	priorities []string
	rules      []string // as written, one to a line
}

// newDraft gives an empty draft. Its stream belongs to the seed and to what is
// generated.
func newDraft(seed, what uint64, period calendar.Range) *draft {
	return &draft{rng: rand.New(rand.NewPCG(seed, what)), period: period}
}

// officer chairs sessions.
type officer struct {
	id, title string
	based     *centre
	travel    int // full days between two stations
	sessions  []*session
	away      []calendar.Range
}

// event is a fixed date that sessions stand beside.
type event struct {
	id, title string
	days      calendar.Range
}

// busy is the calendar of another body.
type busy struct {
	id, title string
	days      []calendar.Range
}

// phase is a stretch of days and the sessions that lie in it, by id or pattern.
type phase struct {
	id, title string
	days      calendar.Range
	of        []string
}

// document is something written for a session or after one.
type document struct {
	id, title string
	fields    fields
	issued    calendar.Day // in the hidden plan
}

// session is one session and its place in the hidden plan.
type session struct {
	id, title string
	least     int // days it may take
	most      int
	within    int // weeks in which its days lie, 0 for consecutive days
	mornings  bool
	optional  bool
	programme string
	speaks    string // required, asAvailable or none
	seats     int
	booths    int
	also      *centre // the other station it may meet at
	chairs    []*officer
	window    calendar.Range
	links     fields // before: and after:
	pinned    bool

	days     int      // of the hidden plan
	kinds    []string // of its meetings in the hidden plan; none where it fills its days
	at       *centre
	kind     int   // of room it was given
	on       []int // its days, counted from the first of the period
	meetings []meeting

	class  *class // of a session of a year
	body   *body
	number int // of the body's sessions, from 1
	wish   calendar.Day
}

// meeting is one meeting of a session in the hidden plan.
type meeting struct {
	half   int
	kind   string
	number int
	room   int // of the centre
	team   int
	seats  map[string][]string
}

// The words of the language for interpretation.
const (
	required    = "required"
	asAvailable = "as-available"
	none        = ""
)

// first gives the first day.
func (s *session) first() calendar.Day { return s.at.first + calendar.Day(s.on[0]) }

// last gives the last day.
func (s *session) last() calendar.Day { return s.at.first + calendar.Day(s.on[len(s.on)-1]) }

// count gives how many meetings the session has in so many days.
func (s *session) count(days int) int {
	switch {
	case len(s.kinds) > 0:
		return len(s.kinds)
	case s.mornings:
		return days
	}
	return slotsOfDay * days
}

// agenda gives the meetings of a session on its days.
func (s *session) agenda(days []int) (out []meeting) {
	numbers := map[string]int{}
	for i := range s.count(len(days)) {
		m := meeting{half: slotsOfDay*days[i/slotsOfDay] + i%slotsOfDay, kind: "plenary"}
		if s.mornings {
			m.half = slotsOfDay * days[i]
		}
		if len(s.kinds) > 0 {
			m.kind = s.kinds[i]
		}
		numbers[m.kind]++
		m.number = numbers[m.kind]
		out = append(out, m)
	}
	return out
}

// book takes rooms and teams for the session's meetings, or nothing.
func (s *session) book() bool {
	for i := range s.meetings {
		m := &s.meetings[i]
		m.room, m.team = s.at.freeRoom(m.half, s.kind), nobody
		if s.speaks == required {
			m.team = s.at.freeTeam(m.half)
		}
		if m.room == nobody || s.speaks == required && m.team == nobody {
			s.meetings = s.meetings[:i]
			s.release()
			return false
		}
		s.at.take(m.half, m.room, m.team)
	}
	return true
}

// release gives back the rooms and teams of the session's meetings.
func (s *session) release() {
	for _, m := range s.meetings {
		s.at.give(m.half, m.room, m.team)
	}
}

// interpret gives a session teams as far as they are there.
func (s *session) interpret() {
	for i := range s.meetings {
		m := &s.meetings[i]
		m.team = s.at.freeTeam(m.half)
		s.at.employ(m.half, m.team)
	}
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

// free tells whether the hidden plan lets the officer chair the session too.
func (o *officer) free(s *session) bool {
	for _, t := range o.sessions {
		if overlap(s, t) || s.at != t.at && s.near(t, o.travel) {
			return false
		}
	}
	return !slices.ContainsFunc(o.away, func(r calendar.Range) bool {
		return slices.ContainsFunc(s.on, func(day int) bool { return r.Contains(s.at.first + calendar.Day(day)) })
	})
}

// near tells whether days of two sessions lie so close to each other.
func (s *session) near(t *session, days int) bool {
	for _, a := range s.on {
		for _, b := range t.on {
			if max(a-b, b-a) <= days {
				return true
			}
		}
	}
	return false
}

// chance is true in so many of a hundred cases.
func (d *draft) chance(percent int) bool { return d.rng.IntN(100) < percent }

// place finds days, rooms and teams for a session at its centre: its days lie in
// its window, on end or within so many weeks, and suit what else there is.
func (d *draft) place(s *session, weeks int, suits func(*session) bool) bool {
	c := s.at
	starts := d.rng.Perm(max(0, len(c.open)-s.days+1))
	if weeks > 0 { // each start allows many choices of days
		starts = slices.Repeat(starts, 10)
	}
	for _, start := range starts {
		if !s.window.Contains(c.first + calendar.Day(c.open[start])) {
			continue
		}
		on := c.open[start : start+s.days]
		if weeks > 0 {
			on = d.scatter(c, start, s.days, 7*weeks)
		}
		if len(on) == 0 || !s.window.Contains(c.first+calendar.Day(on[len(on)-1])) {
			continue
		}
		s.on, s.meetings = slices.Clone(on), s.agenda(on)
		if suits(s) && s.book() {
			s.within = weeks
			return true
		}
	}
	return false
}

// scatter draws so many open days within a stretch of calendar days, the first
// among them; none when there are not so many.
func (d *draft) scatter(c *centre, start, days, stretch int) []int {
	end := start
	for end < len(c.open) && c.open[end] < c.open[start]+stretch {
		end++
	}
	if end-start < days {
		return nil
	}
	out := []int{c.open[start]}
	for _, i := range d.rng.Perm(end - start - 1)[:days-1] {
		out = append(out, c.open[start+1+i])
	}
	slices.Sort(out)
	return out
}

// Hidden is what the generator knows of the scenario that it wrote.
type Hidden struct {
	Plan  *plan.Plan // keeps every hard rule
	Rooms float64    // share of the half-days of the rooms that its meetings take
	Teams float64    // share of the meetings the interpretation teams can serve that must be interpreted
}

// hidden gives the hidden plan and its load.
func (d *draft) hidden() Hidden {
	h := Hidden{Plan: &plan.Plan{Version: plan.Version, Status: plan.Feasible}}
	rooms, teams, meetings, spoken := 0, 0, 0, 0
	for _, c := range d.centres {
		rooms += len(c.room) * slotsOfDay * len(c.open)
		teams += c.serving()
	}
	for _, s := range d.sessions {
		if !s.at.host {
			meetings += len(s.meetings)
			if s.speaks == required {
				spoken += len(s.meetings)
			}
		}
		h.Plan.Sessions = append(h.Plan.Sessions, s.planned())
	}
	for _, x := range d.documents {
		h.Plan.Documents = append(h.Plan.Documents, plan.Document{ID: x.id, Issued: x.issued})
	}
	h.Rooms, h.Teams = float64(meetings)/float64(rooms), float64(spoken)/float64(teams)
	return h
}

// planned gives the session as the hidden plan has it.
func (s *session) planned() plan.Session {
	out := plan.Session{ID: s.id, Station: s.at.id}
	for _, day := range s.on {
		out.Days = append(out.Days, s.at.first+calendar.Day(day))
	}
	for _, m := range s.meetings {
		out.Meetings = append(out.Meetings, plan.Meeting{Day: s.at.first + calendar.Day(m.half/slotsOfDay), Slot: slotNames[m.half%slotsOfDay],
			Kind: m.kind, Number: m.number, Room: s.at.roomName(m.room), Interpretation: s.at.teamName(m.team), Seats: m.seats})
	}
	return out
}

// elsewhere are bodies outside the calendar whose meetings delegations attend.
var elsewhere = []string{"Human Rights Council", "International Labour Conference", "World Health Assembly", "Climate Change Conference", "Political Forum"}

// others adds their calendars: each meets for twelve days every half-year.
func (d *draft) others() []busy {
	for _, name := range elsewhere {
		b := busy{id: strings.ReplaceAll(strings.ToLower(name), " ", "-"), title: name}
		for from := d.period.First + calendar.Day(d.rng.IntN(170)); from+11 <= d.period.Last; from += 182 {
			b.days = append(b.days, calendar.Range{First: from, Last: from + 11})
		}
		if len(b.days) > 0 {
			d.busy = append(d.busy, b)
		}
	}
	return d.busy
}

// rule adds a rule.
func (d *draft) rule(kind, format string, values ...any) {
	d.rules = append(d.rules, fmt.Sprintf("%s: {%s}", kind, fmt.Sprintf(format, values...)))
}

// days and workingDays are durations.
func days(n int) calendar.Duration        { return calendar.Duration{N: n, Unit: calendar.Days} }
func workingDays(n int) calendar.Duration { return calendar.Duration{N: n, Unit: calendar.WorkingDays} }

// weekdayBefore gives the last Monday to Friday up to the day, weekdayAfter the
// first from it on.
func weekdayBefore(d calendar.Day) calendar.Day {
	for !scenario.Weekdays(d) {
		d--
	}
	return d
}

func weekdayAfter(d calendar.Day) calendar.Day {
	for !scenario.Weekdays(d) {
		d++
	}
	return d
}
