package explain

import (
	"cmp"
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// Count is a reason that is seen by counting: some sessions have all their
// meetings at one station within some days, and these are more meetings than the
// rooms that suit them, or the interpretation teams, can serve there.
type Count struct {
	Station  int
	Days     calendar.Range
	Sessions []int    // the fewest with so many meetings, the longest first
	Rooms    []string // the rooms that suit one of them at least; nil when teams are counted
	Need     int      // meetings that the sessions have at least
	Have     int      // meetings that can be served
}

// Words says what was counted.
func (c *Count) Words(s *scenario.Scenario) string {
	st := &s.Stations[c.Station]
	who, whom := fmt.Sprintf("these %d sessions have", len(c.Sessions)), "them"
	if len(c.Sessions) == 1 {
		who, whom = "this session has", "it"
	}
	can := fmt.Sprintf("the rooms that suit %s (%d) have room for %d", whom, len(c.Rooms), c.Have)
	if c.Rooms == nil {
		can = fmt.Sprintf("the interpretation teams there can serve %d", c.Have)
	}
	return fmt.Sprintf("%s at least %d meetings in %s from %s, and %s", who, c.Need, st.Name(), c.Days.Words(), can)
}

// waysOut gives more of what was counted, and the session left out that takes
// the fewest meetings; each is enough by itself.
func (c *Count) waysOut(s *scenario.Scenario, reason Reason) (out []WayOut) {
	st := &s.Stations[c.Station]
	add := func(kind int, price int64) {
		way := WayOut{Plan: &plan.Plan{Version: plan.Version}}
		missing := c.Need - c.Have
		for monday := c.Days.First.Monday(); monday <= c.Days.Last && missing > 0; monday += 7 {
			slots := 0
			for d := max(monday, c.Days.First); d <= min(monday+6, c.Days.Last); d++ {
				for k := range s.Slots {
					if st.Open(d) && s.Slots[k].Exists(d) {
						slots++
					}
				}
			}
			if kind < 0 {
				slots = min(slots, st.Interpretation.MeetingsPerWeek())
			}
			if slots > 0 {
				way.More = append(way.More, scenario.More{Station: c.Station, Kind: kind, Monday: monday})
				missing -= slots
			}
		}
		if way.Price = price * int64(len(way.More)); missing <= 0 {
			out = append(out, way)
		}
	}
	if c.Rooms == nil {
		add(-1, Team)
	}
	best, most := -1, 0
	for kind := range st.Rooms {
		suited := 0
		for _, i := range c.Sessions {
			if st.Rooms[kind].Suits(s.Sessions[i].Room) {
				suited++
			}
		}
		if suited > most && slices.Contains(c.Rooms, st.Rooms[kind].Names()[0]) {
			best, most = kind, suited
		}
	}
	if best >= 0 {
		add(best, Room)
	}
	for _, in := range reason.Instances {
		if in.Kind == "held" && in.Rule.(*rule.Held).Sessions[0] == c.Sessions[len(c.Sessions)-1] {
			p := &plan.Plan{Version: plan.Version}
			out = append(out, WayOut{Price: Prices["held"], Plan: p,
				Bent: []judge.Measured{{Instance: in, Finding: in.Rule.Check(rule.NewFacts(s, p))[0]}}})
		}
	}
	slices.SortStableFunc(out, func(a, b WayOut) int { return cmp.Compare(a.Price, b.Price) })
	return out
}

// counted gives the reasons that are seen by counting, for sessions that are in
// no reason yet: at each station, for the days between the first of one window
// and the last of another, and for each set of rooms that some session needs.
//
// It is Hall's condition for intervals: what must lie in some days cannot need
// more than these days have.
func counted(s *scenario.Scenario, instances []rule.Instance, known []Reason) (out []Reason) {
	c := &counting{s: s, instances: instances, days: make([]calendar.Range, len(s.Sessions)), bounds: make([][]*rule.Instance, len(s.Sessions)),
		held: make([]*rule.Instance, len(s.Sessions)), interpreted: make([]*rule.Instance, len(s.Sessions)), done: make([]bool, len(s.Sessions))}
	for _, r := range known {
		for _, i := range r.held() {
			c.done[i] = true
		}
	}
	c.read()
	for st := range s.Stations {
		for len(out) < MostReasons {
			best := c.station(st)
			if best == nil {
				break
			}
			out = append(out, c.reason(best))
			for _, i := range best.Sessions {
				c.done[i] = true
			}
		}
	}
	return out
}

// counting is one run of counted.
type counting struct {
	s           *scenario.Scenario
	instances   []rule.Instance
	days        []calendar.Range   // by session, between which it lies
	bounds      [][]*rule.Instance // by session, the windows and phases that say so
	held        []*rule.Instance   // by session, what says that it is held
	interpreted []*rule.Instance   // by session, what says that it is interpreted
	done        []bool             // sessions that have a reason already
}

// read finds what bounds each session.
func (c *counting) read() {
	for i := range c.days {
		c.days[i] = c.s.Period
	}
	for i := range c.instances {
		in := &c.instances[i]
		if !in.Hard() {
			continue
		}
		bound := func(session int, days calendar.Range) {
			if !days.Contains(c.days[session].First) || !days.Contains(c.days[session].Last) {
				c.days[session] = c.days[session].Intersect(days)
				c.bounds[session] = append(c.bounds[session], in)
			}
		}
		switch r := in.Rule.(type) {
		case *rule.Window:
			bound(r.Sessions[0], r.Between)
		case *rule.Phase:
			bound(r.Sessions[0], r.Between)
		case *rule.Held:
			c.held[r.Sessions[0]] = in
		case *rule.Interpretation:
			c.interpreted[r.Sessions[0]] = in
		}
	}
}

// least gives the meetings that a session has at least.
func (c *counting) least(i int) (n int) {
	x := &c.s.Sessions[i]
	if x.FillsDay {
		return x.Length().Min * len(x.SlotIndex)
	}
	for _, k := range x.Programmed {
		n += k.Range().Min
	}
	return max(n, x.Length().Min)
}

// station gives the reason at a station that takes the fewest sessions, nil if
// there is none.
func (c *counting) station(st int) (best *Count) {
	var here []int
	for i := range c.s.Sessions {
		x := &c.s.Sessions[i]
		if !x.Short && c.held[i] != nil && !c.done[i] && len(x.StationIDs) == 1 && x.StationIDs[0] == st && c.sameSlots(x) {
			here = append(here, i)
		}
	}
	slices.SortStableFunc(here, func(a, b int) int { return cmp.Compare(c.days[a].Last, c.days[b].Last) })
	try := func(sessions []int, rooms []string, capacity func(calendar.Range) int) {
		seen := map[calendar.Day]bool{}
		for _, i := range sessions {
			first := c.days[i].First
			if seen[first] {
				continue
			}
			seen[first] = true
			var inside []int
			need := 0
			for k, j := range sessions {
				if c.days[j].First < first {
					continue
				}
				inside, need = append(inside, j), need+c.least(j)
				if k+1 < len(sessions) && c.days[sessions[k+1]].Last == c.days[j].Last {
					continue // more of them end there
				}
				days := calendar.Range{First: first, Last: c.days[j].Last}
				if have := capacity(days); need > have {
					if found := c.fewest(inside, have); best == nil || len(found) < len(best.Sessions) {
						best = &Count{Station: st, Days: days, Sessions: found, Rooms: rooms, Have: have, Need: c.sum(found)}
					}
				}
			}
		}
	}
	station := &c.s.Stations[st]
	if len(station.Rooms) > 0 {
		for _, rooms := range c.roomSets(station, here) {
			var some []int
			for _, i := range here {
				if !slices.ContainsFunc(c.suitable(station, i), func(name string) bool { return !slices.Contains(rooms, name) }) {
					some = append(some, i)
				}
			}
			before := c.slots(station, rooms)
			try(some, rooms, func(days calendar.Range) int { return between(before, c.s.Period, days) })
		}
	}
	if station.Interpretation != nil {
		var speaking []int
		for _, i := range here {
			if c.interpreted[i] != nil {
				speaking = append(speaking, i)
			}
		}
		try(speaking, nil, func(days calendar.Range) int { return c.served(station, days) })
	}
	return best
}

// sameSlots tells whether a session that fills its days has as many meetings on
// every day.
func (c *counting) sameSlots(x *scenario.Session) bool {
	if !x.FillsDay {
		return true
	}
	for d := c.s.Period.First; d <= min(c.s.Period.Last, c.s.Period.First+6); d++ {
		for _, k := range x.SlotIndex {
			if !c.s.Slots[k].Exists(d) {
				return false
			}
		}
	}
	return true
}

// fewest gives the sessions with the most meetings, until they have more than
// can be served: without any of them, this counting says nothing.
func (c *counting) fewest(sessions []int, have int) (out []int) {
	order := slices.Clone(sessions)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(c.least(b), c.least(a)) })
	for _, i := range order {
		if out = append(out, i); c.sum(out) > have {
			break
		}
	}
	return out
}

func (c *counting) sum(sessions []int) (n int) {
	for _, i := range sessions {
		n += c.least(i)
	}
	return n
}

// suitable gives the rooms that suit a session; an empty list for none.
func (c *counting) suitable(st *scenario.Station, i int) []string {
	out := []string{}
	for _, h := range st.Halls() {
		if h.Room.Suits(c.s.Sessions[i].Room) {
			out = append(out, h.Name)
		}
	}
	return out
}

// roomSets gives the sets of rooms that suit some session.
func (c *counting) roomSets(st *scenario.Station, sessions []int) (out [][]string) {
	for _, i := range sessions {
		set := c.suitable(st, i)
		if !slices.ContainsFunc(out, func(known []string) bool { return slices.Equal(known, set) }) {
			out = append(out, set)
		}
	}
	return out
}

// slots gives, for each day of the period and one more, how many meetings the
// rooms could have before it.
func (c *counting) slots(st *scenario.Station, rooms []string) []int {
	before := make([]int, c.s.Period.Len()+1)
	for i := range c.s.Period.Len() {
		d, n := c.s.Period.First+calendar.Day(i), 0
		for k := range c.s.Slots {
			for _, h := range st.Halls() {
				if st.Open(d) && c.s.Slots[k].Exists(d) && h.Room.OpenIn(d, k) && slices.Contains(rooms, h.Name) {
					n++
				}
			}
		}
		before[i+1] = before[i] + n
	}
	return before
}

func between(before []int, period, days calendar.Range) int {
	days = days.Intersect(period)
	if days.Len() == 0 {
		return 0
	}
	return before[days.Last-period.First+1] - before[days.First-period.First]
}

// served gives how many meetings the teams can serve in some days.
func (c *counting) served(st *scenario.Station, days calendar.Range) (n int) {
	for monday := days.First.Monday(); monday <= days.Last; monday += 7 {
		week, teams := 0, 0
		for d := max(monday, days.First); d <= min(monday+6, days.Last); d++ {
			if !st.Open(d) {
				continue
			}
			teams = max(teams, st.Interpretation.TeamsOn(d))
			for k := range c.s.Slots {
				if c.s.Slots[k].Exists(d) {
					week += st.Interpretation.TeamsOn(d)
				}
			}
		}
		n += min(week, teams*st.Interpretation.MeetingsPerWeek())
	}
	return n
}

// reason gives the rules that a count rests on.
func (c *counting) reason(n *Count) Reason {
	out := Reason{Count: n}
	kind := "rooms"
	if n.Rooms == nil {
		kind = "teams"
	}
	for _, i := range n.Sessions {
		days := c.s.Period
		for _, in := range c.bounds[i] {
			if !n.Days.Contains(days.First) || !n.Days.Contains(days.Last) {
				out.Instances = append(out.Instances, in)
				days = days.Intersect(rangeOf(in.Rule))
			}
		}
		out.Instances = append(out.Instances, c.held[i])
		if kind == "teams" {
			out.Instances = append(out.Instances, c.interpreted[i])
		}
	}
	for i := range c.instances {
		in := &c.instances[i]
		switch r := in.Rule.(type) {
		case *rule.Rooms:
			if kind == "rooms" && r.Station == n.Station {
				out.Instances = append(out.Instances, in)
			}
		case *rule.Teams:
			if kind == "teams" && r.Station == n.Station {
				out.Instances = append(out.Instances, in)
			}
		}
	}
	return out
}

func rangeOf(r rule.Rule) calendar.Range {
	if phase, ok := r.(*rule.Phase); ok {
		return phase.Between
	}
	return r.(*rule.Window).Between
}
