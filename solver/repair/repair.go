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
	"plenary/solver/solve"
)

// Prices is what each kind of change of a published plan costs.
type Prices struct {
	Day      int // a day that was announced and on which the session no longer meets
	Slot     int // a slot that was announced and is no longer used, of a day on which the session, no short one, still meets
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
// longer has are left out; new ones are planned freely.
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
	out := Outcome{Scenario: &changed, Reasons: judge.Plan(s, instances, published).Violations}
	found, err := solve.Plan(ctx, &changed, all, solve.Options{Seed: o.Seed, Progress: o.Progress, Prefer: published})
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
		add("keep", "station", x.ID, prices.Station, &rule.Keep{Selection: one, At: x.Station})
		if seats := seatsOf(x); len(seats) > 0 {
			add("keep", "seats", x.ID, prices.Seat, &rule.Keep{Selection: one, Seats: seats})
		}
		past := []rule.Rule{&rule.Keep{Selection: one, Days: x.Days}, &rule.Keep{Selection: one, At: x.Station}}
		if s.Sessions[index].Short && len(x.Meetings) > 0 {
			when := &rule.Keep{Selection: one, Slot: x.Meetings[0].Slot}
			add("keep", "slot", x.ID, prices.Day, when)
			past = append(past, when)
			if room := x.Meetings[0].Room; s.Stations[s.Station(x.Station)].Hall(room) >= 0 {
				where := &rule.Keep{Selection: one, Room: room}
				add("keep", "room", x.ID, prices.Station, where)
				past = append(past, where)
			}
		}
		if times := timesOf(x); !s.Sessions[index].Short && len(times) > 0 {
			within := &rule.Keep{Selection: one, Times: times}
			add("keep", "times", x.ID, prices.Slot, within)
			past = append(past, within)
		}
		if x.First() < o.Today {
			for _, part := range past {
				out = append(out, rule.Instance{Kind: "keep", ID: fmt.Sprintf("past %s %d", x.ID, len(out)), Rule: part})
			}
		}
	}
	for _, d := range published.Documents {
		if index := s.Document(d.ID); index >= 0 {
			r := &rule.Document{Between: &calendar.Range{First: d.Issued, Last: d.Issued}, Documents: []int{index}}
			add("document", "issue", d.ID, o.Prices.Document, r)
			if d.Issued < o.Today {
				out = append(out, rule.Instance{Kind: "document", ID: "past " + d.ID, Rule: r})
			}
		}
	}
	return out
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
