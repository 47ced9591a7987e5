package repair

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
	"plenary/solver/solve"
)

// Prices is what each kind of change of a published plan costs.
type Prices struct {
	Day      int // a day that was announced and on which the session no longer meets, or one more than were announced
	Slot     int // a slot that was announced and is no longer used, of a day on which the session, no short one, still meets, or a meeting more than were announced
	Station  int // a session at another station
	Seat     int // a member announced for a seat who no longer has it
	Document int // a day by which a document's issue moves
}

// DefaultPrices make a journey to another city dearest and a document's day
// cheapest.
var DefaultPrices = Prices{Day: 10, Slot: 3, Station: 30, Seat: 4, Document: 1}

// tentative gives the prices of changing what was not announced as decided: a
// tenth, rounded up.
func (p Prices) tentative() Prices {
	for _, price := range []*int{&p.Day, &p.Slot, &p.Station, &p.Seat, &p.Document} {
		*price = (*price + 9) / 10
	}
	return p
}

// Options says how to repair.
type Options struct {
	Prices    Prices
	Tentative []string     // ids of sessions that were not announced as decided: their changes cost a tenth
	Last      bool         // the disturbance is priced after all tiers instead of before them
	Today     calendar.Day // sessions that started before it stay as they are; 0 for none
	Near      int          // from how many sessions on it is searched near what is broken, unless Last; 0: where it is large
	Close     int          // there no more sessions move at once before the whole is mended by its listed choices; 0: 24; below 0: none
	Brief     bool         // there it ends, proven or not, where a better plan is no longer found soon
	Seed      int
	Progress  func(solve.Progress)
}

// Title is the name of the tier in which the disturbance is priced, before all
// tiers of the scenario.
const Title = "least disturbance of what was announced"

// Outcome is a repaired plan.
type Outcome struct {
	solve.Outcome                    // its first tier is the disturbance
	Scenario      *scenario.Scenario // the scenario with that tier
	Moves         []plan.Move
	Reasons       []judge.Measured // what the published plan violates now
}

// Plan gives the plan of the changed scenario that disturbs the published plan
// least. Sessions and documents of the published plan that the scenario no
// longer has are withdrawn, at no price; new ones are planned freely, and of a
// session at a station, or in a slot, that the scenario no longer has, the rest
// is kept.
func Plan(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, published *plan.Plan, o Options) (Outcome, error) {
	changed := *s
	tier := 1
	if changed.Priorities = slices.Concat([]string{Title}, s.Priorities); o.Last {
		changed.Priorities = slices.Concat(s.Priorities, []string{Title})
		tier = len(changed.Priorities)
	}
	var all []rule.Instance
	for _, in := range instances {
		if !in.Hard() && !o.Last {
			in.Tier++
		}
		all = append(all, in)
	}
	all = append(all, announced(&changed, published, o, tier)...)
	known := published.Known(s)
	out := Outcome{Scenario: &changed, Reasons: judge.Plan(s, instances, known).Violations}
	violations := out.Reasons
	out.Reasons = slices.DeleteFunc(slices.Clone(violations), func(m judge.Measured) bool {
		return m.Instance.Kind == "held" && published.Session(m.Finding.Sessions[0]) != nil // it was, but elsewhere
	})
	near := solve.Large(s)
	if o.Near > 0 {
		near = len(s.Sessions) >= o.Near
	}
	var found solve.Outcome
	var err error
	if near && !o.Last {
		found, err = newNearby(&changed, all, known, violations, o).search(ctx)
	} else {
		found, err = solve.Plan(ctx, &changed, all, solve.Options{Seed: o.Seed, Progress: o.Progress, Prefer: known})
	}
	out.Outcome = found
	if found.Plan != nil {
		out.Moves = plan.Moves(s, published, found.Plan)
	}
	return out, err
}

// announced gives the rules that keep the published plan, at a price for what
// is still to come and as hard constraints for what is past.
func announced(s *scenario.Scenario, published *plan.Plan, o Options, tier int) (out []rule.Instance) {
	add := func(kind, part, id string, price int, r rule.Rule) {
		in := rule.Instance{Kind: kind, ID: fmt.Sprintf("announced %s %s", id, part), Tier: tier, Weight: int64(price), Rule: r}
		if price > 0 {
			out = append(out, in)
		}
	}
	for i := range published.Sessions {
		x := &published.Sessions[i]
		index := s.Session(x.ID)
		if index < 0 {
			continue
		}
		prices := o.Prices
		if slices.Contains(o.Tentative, x.ID) {
			prices = prices.tentative()
		}
		one := rule.Selection{Of: []string{x.ID}, Sessions: []int{index}}
		add("keep", "days", x.ID, prices.Day, &rule.Keep{Selection: one, Days: x.Days})
		if s.Station(x.Station) >= 0 {
			add("keep", "station", x.ID, prices.Station, &rule.Keep{Selection: one, At: x.Station})
		}
		if x.Lost(s) != "" {
			continue
		}
		if seats := seatsOf(x); len(seats) > 0 {
			add("keep", "seats", x.ID, prices.Seat, &rule.Keep{Selection: one, Seats: seats})
		}
		when, where, within := inside(s, index, x)
		if when != "" {
			add("keep", "slot", x.ID, prices.Day, &rule.Keep{Selection: one, Slot: when})
		}
		if where != "" {
			add("keep", "room", x.ID, prices.Station, &rule.Keep{Selection: one, Room: where})
		}
		if len(within) > 0 {
			add("keep", "times", x.ID, prices.Slot, &rule.Keep{Selection: one, Times: within})
		}
		for k, in := range sizes(s, index, x, 0) {
			price := prices.Slot
			if in.Kind == "length" {
				price = prices.Day
			}
			add(in.Kind, fmt.Sprintf("size %d", k), x.ID, price, in.Rule)
		}
		if x.First() < o.Today {
			for k, in := range unchanged(s, index, x) {
				in.ID = fmt.Sprintf("past %s %d", x.ID, k)
				out = append(out, in)
			}
		}
	}
	for _, d := range published.Documents {
		if index := s.Document(d.ID); index >= 0 {
			r := issued(index, d.Issued)
			add("document", "issue", d.ID, o.Prices.Document, r)
			if d.Issued < o.Today {
				out = append(out, rule.Instance{Kind: "document", ID: "past " + d.ID, Rule: r})
			}
		}
	}
	return out
}

// inside gives what was announced of a session within its days: the slot in
// which a short session starts and its room, or the days and slots of the
// meetings of another.
func inside(s *scenario.Scenario, index int, x *plan.Session) (slot, room string, times []string) {
	if !s.Sessions[index].Short {
		return "", "", timesOf(x)
	}
	if len(x.Meetings) > 0 {
		slot = x.Meetings[0].Slot
		if room = x.Meetings[0].Room; s.Stations[s.Station(x.Station)].Hall(room) < 0 {
			room = ""
		}
	}
	return slot, room, nil
}

// unchanged gives the rules that leave days, station and slots of a session as
// they were published.
func unchanged(s *scenario.Scenario, index int, x *plan.Session) []rule.Instance {
	one := rule.Selection{Of: []string{x.ID}, Sessions: []int{index}}
	slot, room, times := inside(s, index, x)
	return append(sizes(s, index, x, 1),
		rule.Instance{Kind: "keep", Rule: &rule.Keep{Selection: one, Days: x.Days, At: x.Station, Slot: slot, Room: room, Times: times}})
}

// sizes gives the rules that a session takes no more days and has no more
// meetings of a kind than it was published with, and no less than so many times
// as many: 0 or 1.
func sizes(s *scenario.Scenario, index int, x *plan.Session, least int) (out []rule.Instance) {
	session := &s.Sessions[index]
	if session.Short {
		return nil
	}
	one := rule.Selection{Of: []string{x.ID}, Sessions: []int{index}}
	as := func(n int) source.Count { return source.Count{Min: n * least, Max: n} }
	out = append(out, rule.Instance{Kind: "length", Rule: &rule.Length{Selection: one, Days: as(len(x.Days))}})
	if session.FillsDay {
		return out
	}
	for _, k := range session.Programmed {
		n := 0
		for _, m := range x.Meetings {
			if m.Kind == k.Kind {
				n++
			}
		}
		out = append(out, rule.Instance{Kind: "programme", Rule: &rule.Programme{Selection: one, Kind: k.Kind, Count: as(n)}})
	}
	return out
}

// issued says on which day a document is issued.
func issued(document int, day calendar.Day) *rule.Document {
	return &rule.Document{Between: &calendar.Range{First: day, Last: day}, Documents: []int{document}}
}

// timesOf gives the days and slots announced for a session, in the words of
// rule.Keep.
func timesOf(x *plan.Session) (out []string) {
	for _, m := range x.Meetings {
		out = append(out, m.Day.String()+" "+m.Slot)
	}
	return out
}

// seatsOf gives who was announced for a session, in the words of rule.Keep.
func seatsOf(x *plan.Session) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, m := range x.Meetings {
		for seat, members := range m.Seats {
			key := fmt.Sprintf("%s %d", m.Kind, m.Number)
			if out[key] == nil {
				out[key] = map[string]string{}
			}
			out[key][seat] = strings.Join(members, ";")
		}
	}
	return out
}
