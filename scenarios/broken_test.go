package scenarios

import (
	"slices"
	"strings"
	"testing"

	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// breaks changes the calendar that was held in one place, so that it breaks one
// hard rule of the resolution, or two that ask the same.
var breaks = []struct {
	kinds  string
	change func(s *scenario.Scenario, p *plan.Plan)
}{
	{"window", moved("hearing-3", "2018-04-09")},
	{"venue", func(s *scenario.Scenario, p *plan.Plan) {
		x := p.Session("hearing-2")
		x.Station = "vienna"
		for i := range x.Meetings {
			x.Meetings[i].Room = roomFor(&s.Stations[s.Station("vienna")], s.Sessions[s.Session("hearing-2")].Room)
			x.Meetings[i].Interpretation = plan.TeamName(1)
		}
	}},
	{"length", func(_ *scenario.Scenario, p *plan.Plan) {
		x := p.Session("negotiation-april")
		x.Days, x.Meetings = x.Days[:3], x.Meetings[:6]
	}},
	{"span", moved("negotiation-march", "2018-03-12", "2018-03-13", "2018-03-14", "2018-03-19")},
	{"programme", func(_ *scenario.Scenario, p *plan.Plan) {
		x := p.Session("thematic-drivers")
		x.Meetings = x.Meetings[:len(x.Meetings)-1]
	}},
	{"seats", func(_ *scenario.Scenario, p *plan.Plan) {
		delete(p.Session("thematic-drivers").Meetings[0].Seats, "organization")
	}},
	{"held", func(_ *scenario.Scenario, p *plan.Plan) {
		p.Sessions = slices.DeleteFunc(p.Sessions, func(x plan.Session) bool { return x.ID == "negotiation-may" })
	}},
	{"before", moved("briefing-drivers", "2017-05-25")},
	{"adjacent-to", moved("conference", "2018-09-19", "2018-09-20")},
	{"chaired-by parallel", func(s *scenario.Scenario, p *plan.Plan) {
		moved("consultation-2", "2018-05-14")(s, p)
		x := p.Session("consultation-2")
		for i := range x.Meetings {
			x.Meetings[i].Interpretation = "" // wished alone, and the teams are taken
			x.Meetings[i].Room = otherRoom(s, x, p.Session("negotiation-may").Meetings[0].Room)
		}
	}},
	{"closed-days", moved("consultation-2", "2018-05-05")},
	{"rooms", func(_ *scenario.Scenario, p *plan.Plan) { p.Session("hearing-4").Meetings[0].Room = "no such room" }},
	{"teams", func(_ *scenario.Scenario, p *plan.Plan) { p.Session("hearing-4").Meetings[0].Interpretation = "team 9" }},
	{"interpretation", func(_ *scenario.Scenario, p *plan.Plan) { p.Session("hearing-4").Meetings[0].Interpretation = "" }},
	{"document", func(_ *scenario.Scenario, p *plan.Plan) {
		p.Document("zero-draft").Issued = calendar.MustDay("2018-02-06")
	}},
	{"day-cap", func(_ *scenario.Scenario, p *plan.Plan) {
		x := p.Session("thematic-drivers")
		x.Days = append(x.Days, calendar.MustDay("2017-05-24"))
		last := &x.Meetings[len(x.Meetings)-1]
		last.Day, last.Slot = x.Days[2], "morning"
	}},
}

// moved gives a session other days, its meetings in the slots in which they were.
func moved(id string, days ...string) func(*scenario.Scenario, *plan.Plan) {
	return func(_ *scenario.Scenario, p *plan.Plan) {
		x := p.Session(id)
		to := map[calendar.Day]calendar.Day{}
		for i, d := range days {
			to[x.Days[i]] = calendar.MustDay(d)
			x.Days[i] = calendar.MustDay(d)
		}
		for i := range x.Meetings {
			x.Meetings[i].Day = to[x.Meetings[i].Day]
		}
	}
}

// otherRoom gives a room of the session's station that suits it and is not the
// one named.
func otherRoom(s *scenario.Scenario, x *plan.Session, not string) string {
	for _, h := range s.Stations[s.Station(x.Station)].Halls() {
		if h.Name != not && h.Room.Suits(s.Sessions[s.Session(x.ID)].Room) {
			return h.Name
		}
	}
	return ""
}

// TestTheCalendarThatWasHeldBrokenInOnePlaceNamesThatRule is the mutation test
// of the checker on the resolution's own scenario.
func TestTheCalendarThatWasHeldBrokenInOnePlaceNamesThatRule(t *testing.T) {
	s, instances := read(t, "gcm-2018.yaml")
	named := map[string]bool{}
	for _, b := range breaks {
		p := witness(t, s)
		b.change(s, p)
		v := judge.Plan(s, instances, p)
		if got := kindsOf(v); got != b.kinds {
			t.Errorf("%s: the checker names %q", b.kinds, got)
			for _, m := range v.Violations {
				t.Log(m.Finding.Text)
			}
		}
		for kind := range strings.FieldsSeq(b.kinds) {
			named[kind] = true
		}
	}
	// Who sits where: some change of one seat breaks that rule and no other.
	for _, kind := range []string{"moderators", "balance", "panel-mix"} {
		if named[kind] = oneSeatBreaks(t, s, instances, kind); !named[kind] {
			t.Errorf("%s: no change of one seat makes the checker name this rule alone", kind)
		}
	}
	for i := range instances {
		if in := &instances[i]; in.Hard() && !named[in.Kind] && !within[in.Kind] {
			t.Errorf("no change breaks the hard rule %s", in.ID)
			named[in.Kind] = true
		}
	}
}

// within are kinds of rules that no change in one place breaks alone: every
// window of a session lies within its phase, and one trip more or less does not
// empty the trust fund.
var within = map[string]bool{"phase": true, "travel-budget": true}

// kindsOf gives the kinds of the hard rules that are broken, each once.
func kindsOf(v judge.Verdict) string {
	var kinds []string
	for _, m := range v.Violations {
		kinds = append(kinds, m.Instance.Kind)
	}
	slices.Sort(kinds)
	return strings.Join(slices.Compact(kinds), " ")
}

// oneSeatBreaks puts others into single seats of thematic sessions until the
// checker names the rule alone.
func oneSeatBreaks(t *testing.T, s *scenario.Scenario, instances []rule.Instance, kind string) bool {
	p := witness(t, s)
	var seating []rule.Instance // looked at first: the others are many
	for _, in := range instances {
		if slices.Contains([]string{"moderators", "balance", "panel-mix", "seats"}, in.Kind) {
			seating = append(seating, in)
		}
	}
	for i := range p.Sessions {
		x := &s.Sessions[s.Session(p.Sessions[i].ID)]
		if x.Programme != "thematic" {
			continue
		}
		for _, seat := range x.Programmed[0].Seats {
			who := p.Sessions[i].Meetings[0].Seats[seat.ID]
			was := who[0]
			for _, m := range s.Eligible(seat) {
				who[0] = m.ID
				if kindsOf(judge.Plan(s, seating, p)) == kind && kindsOf(judge.Plan(s, instances, p)) == kind {
					return true
				}
			}
			who[0] = was
		}
	}
	return false
}
