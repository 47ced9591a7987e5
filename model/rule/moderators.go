package rule

import (
	"fmt"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

var moderatorsKind = Kind{
	Name: "moderators", Unit: "seat",
	Doc:     "A seat is taken by members of some rosters, each of them no more often than said over all the sessions. The excess is the seats taken by others or too often.",
	Example: "{of: thematic-*, seat: moderator, from: member-states, each: ..1}",
	New:     func() Rule { return &Moderators{} },
}

// Moderators asks who takes a seat, and how often. Resolution 71/280,
// paragraph 17: each panel is moderated by a Member State.
type Moderators struct {
	Common
	Selection
	Seat string        `key:"seat,required" doc:"the seat" eg:"moderator"`
	From []string      `key:"from,required" doc:"the roster, or several" eg:"member-states"`
	Each *source.Count `key:"each" doc:"how often one member may take the seat" eg:"..1"`
}

func (r *Moderators) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	checkSeat(s, r.Origin, r.Sessions, r.Seat, problems)
	var ids []string
	for _, x := range s.Rosters {
		ids = append(ids, x.ID)
	}
	scenario.CheckSelector(r.Origin, "from", r.From, ids, "roster", problems)
	if r.Each != nil && (r.Each.Min > 0 || r.Each.Max < 1 || r.Each.Max == source.NoMost) {
		problems.Add(r.At("each"), "each: bounds how often one member may take the seat from above", "for example  each: ..1")
	}
}

// checkSeat adds a problem when no meeting of the sessions has the seat.
func checkSeat(s *scenario.Scenario, o source.Origin, sessions []int, seat string, problems *diag.List) {
	var seats []string
	for _, i := range sessions {
		for _, k := range s.Sessions[i].Programmed {
			for _, x := range k.Seats {
				if !slices.Contains(seats, x.ID) {
					seats = append(seats, x.ID)
				}
			}
		}
	}
	if !slices.Contains(seats, seat) && len(sessions) > 0 {
		problems.Add(o.At("seat"), fmt.Sprintf("no meeting of these sessions has a seat %q", diag.Shorten(seat)), diag.Suggest(seat, seats, "seats stand in the programme of a session"))
	}
}

func (r *Moderators) split(*scenario.Scenario) []Rule { return []Rule{r} }

// Statement says what the rule asks.
func (r *Moderators) Statement(s *scenario.Scenario) string {
	text := fmt.Sprintf("the seat %s in %s is taken by %s", spaced(r.Seat), r.words(s), listed(rosterNames(s, r.From), "or"))
	if r.Each != nil {
		text += ", by each no more than " + times(r.Each.Max)
	}
	return text
}

// taken lists who takes a seat in the sessions, in the order of the plan.
func taken(f *Facts, sessions []int, kind, seat string) (out []seated) {
	held, at := f.Held(sessions)
	for i, x := range held {
		for _, m := range x.Meetings {
			k := kindOf(&f.S.Sessions[at[i]], m.Kind)
			if k == nil || (kind != "" && m.Kind != kind) {
				continue
			}
			if def := seatOf(k, seat); def != nil {
				for _, id := range m.Seats[seat] {
					out = append(out, seated{id, def, at[i], m.Kind, m.Number})
				}
			}
		}
	}
	return out
}

// seated is one member in one seat.
type seated struct {
	id      string
	seat    *scenario.Seat
	session int
	kind    string
	number  int
}

// Check counts seats taken by others and too often.
func (r *Moderators) Check(f *Facts) (out []Finding) {
	count := map[string]int{}
	from, rosters := rosterNames(f.S, r.From), "rosters"
	if len(from) == 1 {
		rosters = "roster"
	}
	for _, t := range taken(f, r.Sessions, "", r.Seat) {
		id := f.S.Sessions[t.session].ID
		if m := member(f.S, t.seat, t.id); m == nil || !scenario.Matches(r.From, m.Roster) {
			out = append(out, Finding{1, fmt.Sprintf("%s: the seat %s is taken by %s, not from the %s %s",
				meetingOf(f.S, t.session, t.kind, t.number), spaced(r.Seat), f.S.MemberName(t.id), rosters, listed(from, "or")), []string{id}})
		}
		count[t.id]++
		if r.Each != nil && count[t.id] > r.Each.Max {
			out = append(out, Finding{1, fmt.Sprintf("%s: %s takes the seat %s for the %s time",
				meetingOf(f.S, t.session, t.kind, t.number), f.S.MemberName(t.id), spaced(r.Seat), ordinal(count[t.id])), []string{id}})
		}
	}
	return out
}
