package rule

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

// stay is when and where a short session is, by a plan.
type stay struct {
	session     int // position in the scenario
	station     int
	day         calendar.Day
	first, last int // slots, by their position in the scenario
	slots       int // how many
	hall        int // position among the station's halls, -1 for no room that it lists
}

// stay gives when and where a short session is; false when it is not held or
// is no short one.
func (f *Facts) stay(session int) (stay, bool) {
	x := f.sessions[session]
	if x == nil || !f.S.Sessions[session].Short || len(x.Meetings) == 0 {
		return stay{}, false
	}
	first, last := x.Meetings[0], x.Meetings[len(x.Meetings)-1]
	at := f.S.Station(x.Station)
	return stay{session, at, first.Day, f.slots[first.Slot], f.slots[last.Slot], len(x.Meetings), f.S.Stations[at].Hall(first.Room)}, true
}

// stays gives when and where those of the sessions are that are short and held.
func (f *Facts) stays(sessions []int) (out []stay) {
	for _, i := range sessions {
		if x, ok := f.stay(i); ok {
			out = append(out, x)
		}
	}
	return out
}

// room gives the room of the stay; nil where it has none that the station
// lists.
func (x stay) room(s *scenario.Scenario) *scenario.Room {
	if x.hall < 0 {
		return nil
	}
	return s.Stations[x.station].Halls()[x.hall].Room
}

// roomName gives the name of the stay's room.
func (x stay) roomName(s *scenario.Scenario) string {
	return s.Stations[x.station].Halls()[x.hall].Name
}

// before tells whether the stay ends before the other starts.
func (x stay) before(o stay) bool {
	return x.day < o.day || (x.day == o.day && x.last < o.first)
}

// when gives the day and the time at which the stay starts: "8 January 2018,
// 10:00".
func (x stay) when(s *scenario.Scenario) string {
	return fmt.Sprintf("%s, %s", date(x.day), s.SlotTimes(x.station, x.first).From)
}

// onlyShort narrows a selection to short sessions: the rule speaks of their
// decided slots and rooms. None among them is a mistake.
func (x *Selection) onlyShort(s *scenario.Scenario, o source.Origin, key string, problems *diag.List) {
	x.Sessions = shortOnes(s, x.Sessions, o, key, problems)
}

func shortOnes(s *scenario.Scenario, sessions []int, o source.Origin, key string, problems *diag.List) []int {
	short := slices.DeleteFunc(slices.Clone(sessions), func(i int) bool { return !s.Sessions[i].Short })
	if len(short) == 0 && len(sessions) > 0 {
		problems.Add(o.At(key), "the rule speaks of short sessions alone, and none of these is one", "add  lasts: to the sessions, or select others")
	}
	return short
}

// Measure says how a rule counts what is wrong.
type Measure struct {
	Count string `key:"count" doc:"slots: what is wrong counts as many as the slots it takes; 1 where nothing is said" eg:"slots"`
}

// BySlots tells whether what is wrong counts by its slots.
func (m *Measure) BySlots() bool { return m.Count == "slots" }

func (m *Measure) check(o source.Origin, problems *diag.List) {
	if m.Count != "" && m.Count != "slots" {
		problems.Add(o.At("count"), fmt.Sprintf("count: %q is not known", diag.Shorten(m.Count)), "write  count: slots, or leave it out")
	}
}

// of gives what a wrong pair or a wrong session counts.
func (m *Measure) of(stays ...stay) int {
	if !m.BySlots() {
		return 1
	}
	n := 0
	for _, x := range stays {
		n += x.slots
	}
	return n
}

// Pairs is the pairs of sessions that a rule speaks of: any two of those
// selected, or one of them with one of others.
type Pairs struct {
	Selection
	With   []string `key:"with" doc:"the other session of each pair, by id or pattern; any two of the selected where nothing is said" eg:"side-event-2"`
	Others []int    // positions in the scenario
}

func (x *Pairs) find(s *scenario.Scenario, o source.Origin, problems *diag.List) {
	x.Selection.find(s, o, problems)
	if len(x.With) > 0 {
		s.CheckSessions(o, "with", x.With, problems)
		x.Others = s.SelectSessions(x.With)
	}
}

// onlyShort narrows the pairs to short sessions.
func (x *Pairs) onlyShort(s *scenario.Scenario, o source.Origin, problems *diag.List) {
	x.Selection.onlyShort(s, o, "of", problems)
	x.Others = shortOnes(s, x.Others, o, "with", problems)
}

// pairs bounds the number of pairs.
func (x *Pairs) pairs() int {
	if len(x.With) > 0 {
		return len(x.Sessions) * len(x.Others)
	}
	return len(x.Sessions) * (len(x.Sessions) - 1) / 2
}

// Each calls visit for every pair of different sessions once, the selected one
// first.
func (x *Pairs) Each(visit func(a, b int)) { eachPair(x.Sessions, x.Others, len(x.With) > 0, visit) }

// eachPair calls visit for every pair of different sessions, once: of two of a
// list, or of one of it and one of others.
func eachPair(list, others []int, two bool, visit func(a, b int)) {
	if !two {
		for i, a := range list {
			for _, b := range list[i+1:] {
				visit(a, b)
			}
		}
		return
	}
	seen := map[[2]int]bool{}
	for _, a := range list {
		for _, b := range others {
			key := [2]int{min(a, b), max(a, b)}
			if a != b && !seen[key] {
				seen[key] = true
				visit(a, b)
			}
		}
	}
}

// Ties ties all sessions of the pairs together.
func (x *Pairs) Ties(*scenario.Scenario) Tie {
	return Tie{Sessions: slices.Concat(x.Sessions, x.Others), Near: Anywhere}
}

// pairWords names the pairs: "two of the 3 sessions thematic-*", "“A” and any of
// the 2 sessions b-*".
func (x *Pairs) pairWords(s *scenario.Scenario) string {
	if len(x.With) == 0 {
		if len(x.Sessions) == 2 {
			return fmt.Sprintf("%s and %s", name(s, x.Sessions[0]), name(s, x.Sessions[1]))
		}
		if slices.Equal(x.Of, []string{"*"}) {
			return fmt.Sprintf("any two of the %d sessions", len(x.Sessions))
		}
		return "any two of " + x.words(s)
	}
	others := Selection{x.With, x.Others}
	return fmt.Sprintf("%s and %s", x.anyWords(s), others.anyWords(s))
}

// both names two sessions: "“A” and “B”".
func both(s *scenario.Scenario, a, b int) string { return name(s, a) + " and " + name(s, b) }

// idsOfTwo gives the ids of two sessions for a finding.
func idsOfTwo(s *scenario.Scenario, a, b int) []string {
	return []string{s.Sessions[a].ID, s.Sessions[b].ID}
}

// together gives how many slots of which days two or more of the sessions have
// in common, for every pair, in the order of the scenario.
func (f *Facts) together(sessions []int, wanted func(a, b int) bool) (pairs [][2]int, slots map[[2]int]int, first map[[2]int]string) {
	type time struct {
		day  calendar.Day
		slot string
	}
	at := map[time][]int{}
	var order []time
	for _, i := range sessions {
		if x := f.sessions[i]; x != nil {
			for _, m := range x.Meetings {
				t := time{m.Day, m.Slot}
				if len(at[t]) == 0 {
					order = append(order, t)
				}
				at[t] = append(at[t], i)
			}
		}
	}
	slots, first = map[[2]int]int{}, map[[2]int]string{}
	slices.SortFunc(order, func(a, b time) int {
		if a.day != b.day {
			return int(a.day - b.day)
		}
		return f.slots[a.slot] - f.slots[b.slot]
	})
	for _, t := range order {
		eachPair(at[t], nil, false, func(a, b int) {
			key := [2]int{min(a, b), max(a, b)}
			if a == b || !wanted(a, b) {
				return
			}
			if slots[key] == 0 {
				pairs, first[key] = append(pairs, key), slotOf(t.day, t.slot)
			}
			slots[key]++
		})
	}
	return pairs, slots, first
}

// inSlots gives "" for one slot, ", in 3 slots" for more.
func inSlots(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(", in %s", plural(n, "slot"))
}

// index gives the set of positions.
func index(list []int) map[int]bool {
	out := map[int]bool{}
	for _, i := range list {
		out[i] = true
	}
	return out
}

// union gives the positions of both lists in order, each once.
func union(a, b []int) []int {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}
