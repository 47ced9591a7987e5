package whynot

import (
	"context"
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
	"plenary/solver/explain"
	"plenary/solver/repair"
	"plenary/solver/solve"
)

// Answer is what a wish would break, or cost.
type Answer struct {
	// Impossible tells that the scenario has no plan without the wish either;
	// then nothing else is said.
	Impossible bool
	// Breaks are the rules that cannot hold together with the wish; nil when
	// there is a plan that grants it.
	Breaks []*rule.Instance
	// Closed says why the wish is out of the question by itself.
	Closed string
	// Costs are the costs by tier of the best plan that grants the wish.
	Costs []plan.Tier
	// Moves are what it changes of the plan that was asked about: no plan of
	// these costs changes less, if Proven.
	Moves  []plan.Move
	Proven bool
	// Price is what the moves cost by repair.DefaultPrices, and Least what those of any
	// such plan cost at least.
	Price, Least int64
	// Fewest tells that the plan is the one that changes least, whatever it costs, as
	// of a large scenario: no plan changes less, if Proven, and Costs have no bounds.
	Fewest bool
}

// Question is a wish about one session, as a hard constraint.
type Question struct {
	Session  int
	Instance rule.Instance
	room     string // that the session must have, besides what it needs; then there is no instance
	without  bool   // the session is to be left out
}

// On wishes that a session starts on a day.
func On(session int, day calendar.Day) Question {
	return Question{Session: session, Instance: wish("near", &rule.Near{Selection: only(session), Day: day})}
}

// At wishes that a session meets at a station.
func At(session, station int) Question {
	return Question{Session: session, Instance: wish("venue", &rule.Venue{Selection: only(session), Stations: []int{station}})}
}

// Seated wishes that a member has a seat in a meeting, such as panel 2.
func Seated(session int, meeting, seat, member string) Question {
	return Question{Session: session, Instance: wish("keep", &rule.Keep{Selection: only(session), Seats: map[string]map[string]string{meeting: {seat: member}}})}
}

// Between wishes that a session lies in some days.
func Between(session int, days calendar.Range) Question {
	return Question{Session: session, Instance: wish("window", &rule.Window{Selection: only(session), Between: days})}
}

// Before wishes that a session ends before another starts.
func Before(session, later int) Question {
	gap := source.Gap{Least: calendar.Duration{N: 1}, Most: calendar.Duration{N: source.NoMost}}
	return Question{Session: session, Instance: wish("before", &rule.Before{Selection: only(session), Gap: gap, Later: []int{later}})}
}

// Held wishes that a session is held.
func Held(session int) Question {
	return Question{Session: session, Instance: wish("held", &rule.Held{Selection: only(session)})}
}

// NotHeld wishes that a session is left out.
func NotHeld(session int) Question {
	// Nothing lies in a window without days.
	return Question{Session: session, Instance: wish("window", &rule.Window{Selection: only(session), Between: calendar.Range{First: 1, Last: 0}}), without: true}
}

// Without tells whether the wish is that the session is left out.
func (q Question) Without() bool { return q.without }

// In wishes that a session meets in a room, or rooms of a kind.
func In(session int, room string) Question { return Question{Session: session, room: room} }

// asked gives the scenario and its rules with the wish. A session that is left
// out grants no wish: it has to be held.
func (q Question) asked(s *scenario.Scenario, instances []rule.Instance) (*scenario.Scenario, []rule.Instance) {
	all := slices.Clone(instances)
	if q.without {
		return s, append(all, q.Instance)
	}
	about := []int{q.Session}
	if before, ok := q.Instance.Rule.(*rule.Before); ok {
		about = append(about, before.Later...)
	}
	for _, i := range about {
		if s.Sessions[i].Optional {
			all = append(all, wish("held", &rule.Held{Selection: only(i)}))
		}
	}
	switch {
	case q.room == "":
		return s, append(all, q.Instance)
	case s.Sessions[q.Session].Short:
		return s, append(all, wish("keep", &rule.Keep{Selection: only(q.Session), Room: q.room}))
	}
	room, at := q.room, []int(nil)
	for _, st := range s.Sessions[q.Session].StationIDs {
		for _, h := range s.Stations[st].Halls() {
			if h.Name == q.room || h.Room.ID == q.room {
				room, at = h.Room.ID, append(at, st) // those of a kind are alike
				break
			}
		}
	}
	all = append(all, wish("venue", &rule.Venue{Selection: only(q.Session), Stations: at}))
	changed := *s
	changed.Sessions = slices.Clone(s.Sessions)
	need := scenario.RoomNeed{}
	if had := s.Sessions[q.Session].Room; had != nil {
		need = *had
	}
	need.Named = room
	changed.Sessions[q.Session].Room = &need
	return &changed, all
}

func only(session int) rule.Selection { return rule.Selection{Sessions: []int{session}} }

// wished is the id of a wish.
const wished = "the wish"

func wish(kind string, r rule.Rule) rule.Instance {
	return rule.Instance{Kind: kind, ID: wished, Rule: r}
}

// Options says how to look for an answer.
type Options struct {
	Seed     int                  // lots between members alike are drawn with it
	Near     int                  // from how many sessions on the plan that changes least is looked for, near the session; 0: where it is large
	Progress func(solve.Progress) // of the search with the wish; may be nil
}

// Ask answers a question about a plan. A plan that breaks rules is no witness
// that the scenario has one: then it first finds out. The answer is empty when
// ctx was done before. Of a large scenario it looks for the plan that changes
// least, near the session, and not for the best. The error is a disagreement
// between solver and checker.
func Ask(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, q Question, o Options) (Answer, error) {
	if !judge.Plan(s, instances, p).Feasible() {
		without, err := solve.Possible(ctx, s, instances, solve.Options{Seed: o.Seed})
		if err != nil || without.Status != solve.Feasible {
			return Answer{Impossible: without.Status == solve.Infeasible}, err
		}
	}
	if why, blamed := outOfTheQuestion(s, instances, q); why != "" || blamed != nil {
		return Answer{Closed: why, Breaks: blamed}, nil
	}
	s, all := q.asked(s, instances)
	var out Answer
	if solve.Large(s) && !judge.Plan(s, all, p).Feasible() {
		// The plan is a witness without the wish: whatever reason there is has it.
		if out.Breaks = rulesIn(slices.Collect(explain.Local(ctx, s, all))); out.Breaks != nil {
			return out, nil
		}
	}
	near := solve.Large(s)
	if o.Near > 0 {
		near = len(s.Sessions) >= o.Near
	}
	found, err := repair.Plan(ctx, s, all, p, repair.Options{Prices: repair.DefaultPrices, Last: !near, Near: o.Near, Brief: true, Seed: o.Seed, Progress: o.Progress})
	if err != nil {
		return Answer{}, err
	}
	for _, group := range found.Blamed {
		reasons := slices.Collect(explain.Infeasible(ctx, s, all, group))
		out.Breaks = append(out.Breaks, rulesIn(reasons)...)
		if len(reasons) > 0 && !q.without && !slices.ContainsFunc(out.Breaks, func(in *rule.Instance) bool { return in.Kind != "held" }) {
			x := &s.Sessions[q.Session]
			out.Breaks = nil
			out.Closed = fmt.Sprintf("closed days leave “%s” too few days", x.Name())
		}
	}
	disturbance := func(t plan.Tier) {
		out.Moves, out.Proven, out.Price, out.Least = found.Moves, t.Proven, t.Cost, t.Bound
	}
	switch {
	case found.Plan == nil:
	case near:
		out.Fewest = true
		disturbance(found.Plan.Tiers[0])
		for _, t := range found.Plan.Tiers[1:] {
			out.Costs = append(out.Costs, plan.Tier{Tier: t.Tier - 1, Title: t.Title, Cost: t.Cost})
		}
	default:
		last := len(found.Plan.Tiers) - 1
		out.Costs = found.Plan.Tiers[:last]
		disturbance(found.Plan.Tiers[last])
	}
	return out, nil
}

// rulesIn gives the rules of reasons, each once, but for the wish.
func rulesIn(reasons []explain.Reason) (out []*rule.Instance) {
	for _, reason := range reasons {
		for _, in := range reason.Instances {
			if in.ID != wished && !slices.Contains(out, in) {
				out = append(out, in)
			}
		}
	}
	return out
}

// outOfTheQuestion answers what no literal speaks of: closed days, stations that are
// not among the session's own, and leaving out a session that is not optional.
func outOfTheQuestion(s *scenario.Scenario, instances []rule.Instance, q Question) (string, []*rule.Instance) {
	x := &s.Sessions[q.Session]
	if q.without && !x.Optional {
		for i := range instances {
			if held, ok := instances[i].Rule.(*rule.Held); ok && instances[i].Hard() && slices.Equal(held.Sessions, []int{q.Session}) {
				return "", []*rule.Instance{&instances[i]}
			}
		}
	}
	if q.room != "" {
		return noRoom(s, x, q.room), nil
	}
	switch r := q.Instance.Rule.(type) {
	case *rule.Near:
		why := ""
		for _, st := range x.StationIDs {
			at := &s.Stations[st]
			if at.WhyClosed(r.Day) == "" {
				return "", nil
			}
			why = fmt.Sprintf("%s is closed on %s%s", at.Name(), r.Day.Long(), at.ClosedNote(r.Day))
		}
		return why, nil
	case *rule.Venue:
		if slices.Contains(x.StationIDs, r.Stations[0]) {
			return "", nil
		}
		for i := range instances {
			if v, ok := instances[i].Rule.(*rule.Venue); ok && instances[i].Hard() && slices.Equal(v.Sessions, []int{q.Session}) {
				return "", []*rule.Instance{&instances[i]}
			}
		}
	}
	return "", nil
}

// noRoom says why a session cannot have a room, "" if it can.
func noRoom(s *scenario.Scenario, x *scenario.Session, room string) (why string) {
	for _, st := range x.StationIDs {
		for _, h := range s.Stations[st].Halls() {
			if h.Name != room && (x.Short || h.Room.ID != room) {
				continue
			}
			if h.Room.Suits(x.Room) {
				return ""
			}
			why = fmt.Sprintf("%s in %s has %d seats and %d booths, and “%s” needs more, or something else", room, s.Stations[st].Name(), h.Room.Seats, h.Room.Booths, x.Name())
		}
	}
	if why == "" {
		why = fmt.Sprintf("no station of “%s” has a room %s", x.Name(), room)
	}
	return why
}
