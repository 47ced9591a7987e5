package brute

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/roster"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// Options says which plans are listed.
type Options struct {
	// Free lists also plans that leave out sessions that are not optional, leave
	// meetings uninterpreted that require it, or issue documents on weekends.
	Free bool
	// Wild lists instead sessions that are none, one by one: on closed days, at
	// other stations, too long, with gaps, with slots and seats left empty or
	// wrongly filled.
	Wild bool
	// Keep, if not nil, tells whether a session is listed as it stands.
	Keep func(session int, x *plan.Session) bool
}

// Plans calls visit with every plan until it gives false. Plans have no teams
// and no rooms but those that short sessions decide on: an interpreted meeting has the team of the host. A plan is not to
// be kept. Seats of one name are listed in one order only.
func Plans(s *scenario.Scenario, instances []rule.Instance, o Options, visit func(p *plan.Plan) bool) {
	states := make([][]*plan.Session, len(s.Sessions))
	for i := range s.Sessions {
		states[i] = sessionStates(s, instances, i, o)
		if o.Wild {
			for _, x := range states[i] {
				if x != nil && !visit(&plan.Plan{Version: plan.Version, Sessions: []plan.Session{*x}}) {
					return
				}
			}
		}
	}
	if o.Wild {
		return
	}
	days := make([][]calendar.Day, len(s.Documents))
	for i := range s.Documents {
		for d := s.Period.First; d <= s.Period.Last; d++ {
			if o.Free || scenario.Weekdays(d) {
				days[i] = append(days[i], d)
			}
		}
	}
	p := &plan.Plan{Version: plan.Version}
	var issue func(i int) bool
	issue = func(i int) bool {
		if i == len(days) {
			return visit(p)
		}
		n := len(p.Documents)
		for _, d := range days[i] {
			p.Documents = append(p.Documents[:n], plan.Document{ID: s.Documents[i].ID, Issued: d})
			if !issue(i + 1) {
				return false
			}
		}
		p.Documents = p.Documents[:n]
		return true
	}
	var hold func(i int) bool
	hold = func(i int) bool {
		if i == len(states) {
			return issue(0)
		}
		n := len(p.Sessions)
		for _, x := range states[i] {
			p.Sessions = p.Sessions[:n]
			if x != nil {
				p.Sessions = append(p.Sessions, *x)
			}
			if !hold(i + 1) {
				return false
			}
		}
		p.Sessions = p.Sessions[:n]
		return true
	}
	hold(0)
}

// sessionStates lists what a session can be; nil when it is not held.
func sessionStates(s *scenario.Scenario, instances []rule.Instance, index int, o Options) (out []*plan.Session) {
	x := &s.Sessions[index]
	if x.Optional || o.Free {
		out = append(out, nil)
	}
	stations, most := x.StationIDs, x.Length().Max
	if o.Wild {
		stations, most = nil, most+1
		for st := range s.Stations {
			stations = append(stations, st)
		}
	}
	var period []calendar.Day
	for d := s.Period.First; d <= s.Period.Last; d++ {
		period = append(period, d)
	}
	for _, days := range subsets(period, 1, most) {
		for _, st := range stations {
			base := plan.Session{ID: x.ID, Station: s.Stations[st].ID, Days: days}
			if !o.Wild && !sound(s, instances, &base, "closed-days", "span", "length", "venue") {
				continue
			}
			for _, meetings := range meetingStates(s, x, st, days, o) {
				base.Meetings = meetings
				if !o.Wild && !sound(s, instances, &base, "programme") {
					continue
				}
				for _, m := range seatings(s, x, meetings, o.Wild) {
					state := plan.Session{ID: base.ID, Station: base.Station, Days: days, Meetings: m}
					if o.Keep == nil || o.Keep(index, &state) {
						out = append(out, &state)
					}
				}
			}
		}
	}
	return out
}

// sound tells whether the session alone keeps the rules of the kinds that the
// scenario's keys stand for.
func sound(s *scenario.Scenario, instances []rule.Instance, x *plan.Session, kinds ...string) bool {
	f := rule.NewFacts(s, &plan.Plan{Sessions: []plan.Session{*x}})
	for i := range instances {
		if in := &instances[i]; slices.Contains(kinds, in.Kind) && Own(in) && len(in.Rule.Check(f)) > 0 {
			return false
		}
	}
	return true
}

// Own tells whether an instance says what a session or document is by its own
// keys, apart from its window, its order and its deadlines.
func Own(in *rule.Instance) bool {
	switch r := in.Rule.(type) {
	case *rule.ClosedDays:
		return true
	case *rule.Span:
		return !r.Has("of")
	case *rule.Length:
		return !r.Has("of")
	case *rule.Venue:
		return !r.Has("of")
	case *rule.Programme:
		return r.Kind == ""
	case *rule.Document:
		return len(r.After) == 0 && len(r.Before) == 0 && r.Deadline == nil && r.Between == nil
	}
	return false
}

// meetingStates lists the meetings that a session can have on its days, with
// and without interpretation.
func meetingStates(s *scenario.Scenario, x *scenario.Session, station int, days []calendar.Day, o Options) (out [][]plan.Meeting) {
	if x.Short && !o.Wild {
		for _, k := range x.StartIndex {
			var run []plan.Meeting
			for _, slot := range s.Run(x, station, days[0], k) {
				run = append(run, plan.Meeting{Day: days[0], Slot: s.Slots[slot].ID})
			}
			if len(run) > 0 {
				out = append(out, inRooms(s, x, station, spoken(x, named(x, run, []int{len(run)}), o), false)...)
			}
		}
		return out
	}
	var places []plan.Meeting
	for _, d := range days {
		for k := range s.Slots {
			if o.Wild || (slices.Contains(x.SlotIndex, k) && s.Slots[k].Exists(d)) {
				places = append(places, plan.Meeting{Day: d, Slot: s.Slots[k].ID})
			}
		}
	}
	if x.FillsDay && !o.Wild {
		if len(places) == 0 {
			return nil
		}
		return spoken(x, named(x, places, []int{len(places)}), o)
	}
	for _, used := range subsets(places, 1, len(places)) {
		for _, counts := range compositions(x, len(used), o.Wild) {
			states := spoken(x, named(x, used, counts), o)
			if x.Short {
				states = inRooms(s, x, station, states, true)
			}
			out = append(out, states...)
		}
	}
	return out
}

// inRooms lists the rooms that a short session can decide on, each for all of
// its slots; mixed, also another one for the last slot.
func inRooms(s *scenario.Scenario, x *scenario.Session, station int, states [][]plan.Meeting, mixed bool) (out [][]plan.Meeting) {
	var names []string
	for _, h := range s.Stations[station].Halls() {
		if h.Room.Suits(x.Room) {
			names = append(names, h.Name)
		}
	}
	if len(s.Stations[station].Halls()) == 0 {
		return states
	}
	for _, meetings := range states {
		for _, name := range names {
			for _, last := range names {
				if last != name && (!mixed || len(meetings) < 2) {
					continue
				}
				placed := slices.Clone(meetings)
				for i := range placed {
					placed[i].Room = name
				}
				placed[len(placed)-1].Room = last
				out = append(out, placed)
			}
		}
	}
	return out
}

// compositions lists how many meetings of each kind make n together.
func compositions(x *scenario.Session, n int, wild bool) (out [][]int) {
	if x.FillsDay {
		return [][]int{{n}}
	}
	var counts []int
	var next func(left int)
	next = func(left int) {
		k := len(counts)
		if k == len(x.Programmed) {
			if left == 0 {
				out = append(out, slices.Clone(counts))
			}
			return
		}
		c := x.Programmed[k].Range()
		if wild {
			c.Min, c.Max = 0, c.Max+1
		}
		for m := c.Min; m <= min(left, c.Max); m++ {
			counts = append(counts, m)
			next(left - m)
			counts = counts[:k]
		}
	}
	next(n)
	return out
}

// named gives the places their kinds and numbers in the programme's order.
func named(x *scenario.Session, places []plan.Meeting, counts []int) []plan.Meeting {
	out := slices.Clone(places)
	i := 0
	for k, n := range counts {
		for number := 1; number <= n; number++ {
			out[i].Kind, out[i].Number = x.Programmed[k].Kind, number
			i++
		}
	}
	return out
}

// spoken lists which of the meetings are interpreted.
func spoken(x *scenario.Session, meetings []plan.Meeting, o Options) (out [][]plan.Meeting) {
	switch {
	case x.Interpretation == scenario.None:
		return [][]plan.Meeting{meetings}
	case x.Interpretation == scenario.Required && !o.Free:
		all := slices.Clone(meetings)
		for i := range all {
			all[i].Interpretation = plan.HostTeam
		}
		return [][]plan.Meeting{all}
	}
	for mask := range 1 << len(meetings) {
		some := slices.Clone(meetings)
		for i := range some {
			if mask>>i&1 == 1 {
				some[i].Interpretation = plan.HostTeam
			}
		}
		out = append(out, some)
	}
	return out
}

// seatings lists who sits in the meetings: eligible members who differ within
// a meeting, or with wild any members, also twice, also one too few.
func seatings(s *scenario.Scenario, x *scenario.Session, meetings []plan.Meeting, wild bool) [][]plan.Meeting {
	out := [][]plan.Meeting{nil}
	for _, m := range meetings {
		filled := []map[string][]string{nil}
		k := slices.IndexFunc(x.Programmed, func(k scenario.MeetingKind) bool { return k.Kind == m.Kind })
		for j := range x.Programmed[k].Seats {
			seat := &x.Programmed[k].Seats[j]
			var more []map[string][]string
			for _, before := range filled {
				for _, who := range choices(s, seat, wild) {
					if !wild && anySeated(before, who) {
						continue
					}
					after := map[string][]string{seat.ID: who}
					for id, list := range before {
						after[id] = list
					}
					more = append(more, after)
				}
			}
			filled = more
		}
		var more [][]plan.Meeting
		for _, before := range out {
			for _, seats := range filled {
				one := m
				one.Seats = seats
				more = append(more, append(slices.Clone(before), one))
			}
		}
		out = more
	}
	return out
}

func anySeated(seats map[string][]string, who []string) bool {
	for _, list := range seats {
		for _, id := range who {
			if slices.Contains(list, id) {
				return true
			}
		}
	}
	return false
}

// choices lists who can have the seats of one name in one meeting.
func choices(s *scenario.Scenario, seat *scenario.Seat, wild bool) (out [][]string) {
	var ids []string
	add := func(m *roster.Member) {
		if !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	if !wild {
		for _, m := range s.Eligible(*seat) {
			add(m)
		}
		return subsets(ids, seat.Number(), seat.Number())
	}
	for i := range s.Rosters {
		for _, m := range s.Rosters[i].Table.Members {
			add(m)
		}
	}
	var some []string
	var next func(from int)
	next = func(from int) {
		if len(some) >= seat.Number()-1 {
			out = append(out, slices.Clone(some))
		}
		if len(some) == seat.Number() {
			return
		}
		for i := from; i < len(ids); i++ {
			some = append(some, ids[i])
			next(i)
			some = some[:len(some)-1]
		}
	}
	next(0)
	return out
}

// Seated tells whether every seat is filled by different eligible members,
// whatever their absences.
func Seated(s *scenario.Scenario, p *plan.Plan) bool {
	for _, x := range p.Sessions {
		session := &s.Sessions[s.Session(x.ID)]
		for _, m := range x.Meetings {
			seen := map[string]bool{}
			for _, k := range session.Programmed {
				for j := range k.Seats {
					if k.Kind != m.Kind {
						continue
					}
					who := m.Seats[k.Seats[j].ID]
					if len(who) != k.Seats[j].Number() {
						return false
					}
					for _, id := range who {
						if seen[id] || !slices.ContainsFunc(s.Eligible(k.Seats[j]), func(m *roster.Member) bool { return m.ID == id }) {
							return false
						}
						seen[id] = true
					}
				}
			}
		}
	}
	return true
}

// subsets lists the subsets of least to most items, in the order of items.
func subsets[T any](items []T, least, most int) (out [][]T) {
	var some []T
	var next func(from int)
	next = func(from int) {
		if len(some) >= least {
			out = append(out, slices.Clone(some))
		}
		if len(some) == most {
			return
		}
		for i := from; i < len(items); i++ {
			some = append(some, items[i])
			next(i + 1)
			some = some[:len(some)-1]
		}
	}
	next(0)
	return out
}

// Deal looks for rooms and teams with which the checks of both find nothing,
// by trying all of them; it gives nil when there are none. The kinds say what
// to look for: "rooms", "teams".
func Deal(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, kinds ...string) *plan.Plan {
	out := p
	for _, kind := range kinds {
		var rules []rule.Rule
		for i := range instances {
			if instances[i].Kind == kind {
				rules = append(rules, instances[i].Rule)
			}
		}
		if out = dealOne(s, rules, out, kind == "rooms"); out == nil {
			return nil
		}
	}
	return out
}

// dealOne deals meeting by meeting and turns back as soon as the meetings
// dealt so far break the rules: one more meeting never mends them.
func dealOne(s *scenario.Scenario, rules []rule.Rule, p *plan.Plan, rooms bool) *plan.Plan {
	whole := &plan.Plan{Version: p.Version, Documents: p.Documents}
	for _, x := range p.Sessions {
		x.Meetings = slices.Clone(x.Meetings)
		whole.Sessions = append(whole.Sessions, x)
	}
	done := &plan.Plan{Documents: p.Documents} // with the meetings dealt so far
	for _, x := range whole.Sessions {
		x.Meetings = nil
		done.Sessions = append(done.Sessions, x)
	}
	holds := func() bool {
		f := rule.NewFacts(s, done)
		return !slices.ContainsFunc(rules, func(r rule.Rule) bool { return len(r.Check(f)) > 0 })
	}
	var deal func(i, j int) bool
	deal = func(i, j int) bool {
		switch {
		case i == len(whole.Sessions):
			return true
		case j == len(whole.Sessions[i].Meetings):
			return deal(i+1, 0)
		}
		m := &whole.Sessions[i].Meetings[j]
		st := &s.Stations[s.Station(whole.Sessions[i].Station)]
		for _, name := range offers(st, &p.Sessions[i].Meetings[j], rooms) {
			if rooms {
				m.Room = name
			} else {
				m.Interpretation = name
			}
			n := len(done.Sessions[i].Meetings)
			done.Sessions[i].Meetings = append(done.Sessions[i].Meetings, *m)
			if holds() && deal(i, j+1) {
				return true
			}
			done.Sessions[i].Meetings = done.Sessions[i].Meetings[:n]
		}
		return false
	}
	if !deal(0, 0) {
		return nil
	}
	return whole
}

// offers lists the rooms or the teams that a meeting could be given.
func offers(st *scenario.Station, m *plan.Meeting, rooms bool) (out []string) {
	switch {
	case rooms && m.Room != "": // decided
		return []string{m.Room}
	case rooms && len(st.Rooms) == 0:
		return []string{plan.HostRoom}
	case rooms:
		for i := range st.Rooms {
			out = append(out, st.Rooms[i].Names()...)
		}
		return out
	case m.Interpretation == "" || st.Interpretation == nil:
		return []string{m.Interpretation}
	}
	for n := 1; n <= st.Interpretation.Teams; n++ {
		out = append(out, plan.TeamName(n))
	}
	return out
}

// Answer is what looking at all plans says.
type Answer struct {
	Known bool       // false when there were more plans than allowed
	Plans int        // looked at
	Plan  *plan.Plan // the best, nil when the scenario has none
	Costs []int64    // of the best, by tier
}

// Best looks at all plans, if there are at most so many, and gives the cheapest
// that the checker accepts, tier by tier.
func Best(s *scenario.Scenario, instances []rule.Instance, most int) Answer {
	out := Answer{Known: true}
	alone := make([][]rule.Instance, len(s.Sessions)) // hard constraints on single sessions
	var rest []rule.Instance                          // all others
	for _, in := range instances {
		switch tie := in.Rule.Ties(s); {
		case in.Kind == "rooms" || in.Kind == "teams":
		case in.Hard() && in.Kind != "held" && len(tie.Sessions) == 1 && len(tie.Documents) == 0:
			alone[tie.Sessions[0]] = append(alone[tie.Sessions[0]], in)
		default:
			rest = append(rest, in)
		}
	}
	keep := func(session int, x *plan.Session) bool {
		return judge.Plan(s, alone[session], &plan.Plan{Sessions: []plan.Session{*x}}).Feasible()
	}
	size := 1
	for i := range s.Sessions {
		if size *= len(sessionStates(s, instances, i, Options{Keep: keep})); size > most {
			return Answer{}
		}
	}
	for range s.Documents {
		if size *= s.Period.Len(); size > most {
			return Answer{}
		}
	}
	Plans(s, instances, Options{Keep: keep}, func(p *plan.Plan) bool {
		out.Plans++
		v := judge.Plan(s, rest, p)
		if !v.Feasible() || (out.Plan != nil && slices.Compare(v.Costs, out.Costs) >= 0) {
			return true
		}
		dealt := Deal(s, instances, p, "rooms", "teams")
		if dealt == nil {
			return true
		}
		if v = judge.Plan(s, instances, dealt); v.Feasible() {
			out.Plan, out.Costs = dealt, v.Costs
		}
		return true
	})
	return out
}
