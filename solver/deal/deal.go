package deal

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/roster"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// Part is a part of a scenario with a model of its clauses.
type Part struct {
	V     *vocab.Vocabulary
	Model []bool // by variable number
}

// Holds tells whether a literal holds in the model.
func (p Part) Holds(l cnf.Lit) bool {
	if int(l.Var()) >= len(p.Model) {
		return false
	}
	return p.Model[l.Var()] == (l > 0)
}

// meeting is a meeting of the plan on its way to a room, a team and names.
type meeting struct {
	*plan.Meeting
	session     int // position in the scenario
	station     int
	slot        int
	interpreted bool
	seats       []seat
}

// seat is one seat of a meeting with the class that has it.
type seat struct {
	name    string
	members []*roster.Member
}

// dealing is one run of Plan.
type dealing struct {
	s        *scenario.Scenario
	limits   []*rule.Moderators
	lot      map[*roster.Member]int // the order in which members are called
	meetings []*meeting             // by day and slot
	prefer   *plan.Plan             // whose rooms are kept where they can be; may be nil
}

// ErrNames says that names cannot be dealt to classes in turn: compile again
// with single members.
var ErrNames = fmt.Errorf("names cannot be dealt to classes of members")

// Plan reads the plan that the models of all parts make together. It fails
// with ErrNames when the counts of classes cannot be turned into names in
// turn; any other error is a disagreement between counting and dealing.
//
// Between members alike, lots are drawn with the seed, as the Secretariat
// draws lots: alphabetical order would favour the same names each time. Rooms
// are kept as in the plan to prefer, if there is one, where they can be.
func Plan(s *scenario.Scenario, instances []rule.Instance, parts []Part, seed int, prefer *plan.Plan) (*plan.Plan, error) {
	d := &dealing{s: s, lot: draw(s, seed), prefer: prefer}
	for i := range instances {
		if m, ok := instances[i].Rule.(*rule.Moderators); ok && m.Each != nil {
			d.limits = append(d.limits, m)
		}
	}
	p := &plan.Plan{Version: plan.Version}
	read := make([][]*meeting, len(s.Sessions))
	held := make([]*plan.Session, len(s.Sessions))
	for _, part := range parts {
		for _, x := range part.V.All() {
			if part.Holds(x.Held()) {
				held[x.Index], read[x.Index] = part.session(s, x)
			}
		}
	}
	for i, x := range held {
		if x == nil {
			continue
		}
		p.Sessions = append(p.Sessions, *x)
		list := p.Sessions[len(p.Sessions)-1].Meetings
		for k, m := range read[i] {
			m.Meeting = &list[k]
			d.meetings = append(d.meetings, m)
		}
	}
	for i := range s.Documents {
		for _, part := range parts {
			if x := part.V.Document(i); x != nil {
				p.Documents = append(p.Documents, plan.Document{ID: x.Scenario.ID, Issued: part.issued(x)})
			}
		}
	}
	if err := d.places(); err != nil {
		return nil, err
	}
	if err := d.names(); err != nil {
		return nil, err
	}
	documents(s, instances, p)
	return p, nil
}

// Again gives a plan with its rooms and teams dealt out anew; rooms of short sessions are
// part of the plan. Meetings that need no interpretation but had it in the plan before,
// where there is one, have it again as long as teams are free. It fails where there are
// too few rooms or teams.
func Again(s *scenario.Scenario, p, before *plan.Plan) (*plan.Plan, error) {
	out := *p
	out.Sessions = slices.Clone(p.Sessions)
	d := &dealing{s: s, prefer: p}
	for i := range out.Sessions {
		x := &out.Sessions[i]
		x.Meetings = slices.Clone(x.Meetings)
		session, station := s.Session(x.ID), s.Station(x.Station)
		for k := range x.Meetings {
			m := &x.Meetings[k]
			slot := slices.IndexFunc(s.Slots, func(slot scenario.Slot) bool { return slot.ID == m.Slot })
			d.meetings = append(d.meetings, &meeting{Meeting: m, session: session, station: station, slot: slot, interpreted: m.Interpretation != ""})
			if m.Interpretation = ""; !s.Sessions[session].Short {
				m.Room = ""
			}
		}
	}
	if before != nil {
		d.interpret(before)
	}
	return &out, d.places()
}

// places gives the meetings their rooms and teams.
func (d *dealing) places() error {
	slices.SortStableFunc(d.meetings, func(a, b *meeting) int {
		if a.Day != b.Day {
			return int(a.Day - b.Day)
		}
		return a.slot - b.slot
	})
	if err := d.rooms(); err != nil {
		return err
	}
	return d.teams()
}

// session reads a session that is held.
func (p Part) session(s *scenario.Scenario, x *vocab.Session) (*plan.Session, []*meeting) {
	out := &plan.Session{ID: x.Scenario.ID}
	station := -1
	for _, st := range x.Domain.Stations {
		if p.Holds(x.At(st)) {
			station = st
		}
	}
	out.Station = s.Stations[station].ID
	var meetings []*meeting
	kind, number := 0, 0
	for d := x.Domain.Days.First; d <= x.Domain.Days.Last; d++ {
		if !p.Holds(x.On(d)) {
			continue
		}
		out.Days = append(out.Days, d)
		for k := range s.Slots {
			if !p.Holds(x.Occupies(d, k)) {
				continue
			}
			number++
			for !x.Scenario.FillsDay && kind < len(x.Scenario.Programmed)-1 && !p.Holds(x.HasMeetings(kind, number)) {
				kind, number = kind+1, 1
			}
			m := &meeting{session: x.Index, station: station, slot: k, interpreted: !p.Holds(x.Uninterpreted(d, k))}
			for i := range x.Scenario.Programmed[kind].Seats {
				def := &x.Scenario.Programmed[kind].Seats[i]
				for _, t := range x.Seats(kind, number, def.ID) {
					for _, c := range t.Classes {
						if p.Holds(t.TakenBy(c)) {
							m.seats = append(m.seats, seat{def.ID, c.Members})
						}
					}
				}
			}
			meetings = append(meetings, m)
			out.Meetings = append(out.Meetings, plan.Meeting{Day: d, Slot: s.Slots[k].ID, Kind: x.Scenario.Programmed[kind].Kind, Number: number, Room: p.room(s, x, station)})
		}
	}
	return out, meetings
}

// room gives the room that a short session has decided on, "" for others and
// where the host provides rooms.
func (p Part) room(s *scenario.Scenario, x *vocab.Session, station int) string {
	for i, h := range s.Stations[station].Halls() {
		if p.Holds(x.InHall(station, i)) {
			return h.Name
		}
	}
	return ""
}

func (p Part) issued(x *vocab.Document) calendar.Day {
	for d := x.Days.First; d < x.Days.Last; d++ {
		if p.Holds(x.IssuedBy(d)) {
			return d
		}
	}
	return x.Days.Last
}
