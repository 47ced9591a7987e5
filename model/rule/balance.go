package rule

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

var balanceKind = Kind{
	Name: "balance", Unit: "seat",
	Doc:     "A seat is spread over the groups that a column of the rosters names: so many for each group, for some groups, or evenly. The excess is the seats missing or too many in each group; for even, the largest group's seats less the smallest's. Members without a value in the column do not count.",
	Example: "{of: thematic-*, seat: moderator, over: regional_group, each: 2..4}",
	New:     func() Rule { return &Balance{} },
}

// Balance spreads seats over groups. Resolution 71/280, paragraph 17: with due
// regard to geographic balance.
type Balance struct {
	Common
	Selection
	Seat   string                  `key:"seat,required" doc:"the seat" eg:"moderator"`
	Over   string                  `key:"over,required" doc:"the column that names the group" eg:"regional_group"`
	Each   *source.Count           `key:"each" doc:"how many seats each group has" eg:"2..4"`
	Groups map[string]source.Count `key:"groups" doc:"how many seats some groups have" eg:"{african: 3..4}"`
	Even   bool                    `key:"even" doc:"as evenly as can be" eg:"yes"`

	Values []string // the groups, in order of first appearance in the rosters
}

func (r *Balance) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	checkSeat(s, r.Origin, r.Sessions, r.Seat, problems)
	r.Values = groups(s, r.Sessions, "", []string{r.Seat}, r.Over)
	if torn(s, r.Sessions, "", []string{r.Seat}) {
		return
	}
	if len(r.Values) == 0 && len(r.Sessions) > 0 {
		problems.Add(r.At("over"), fmt.Sprintf("no roster of the seat has values in a column %q", diag.Shorten(r.Over)), diag.Suggest(r.Over, columns(s, r.Sessions, []string{r.Seat}), "correct the name"))
		return
	}
	if r.Each == nil && len(r.Groups) == 0 && !r.Even {
		problems.Add(r.At(), "the rule says neither each, groups nor even", "for example  each: 2..4")
	}
	for _, g := range slices.Sorted(maps.Keys(r.Groups)) {
		if !slices.Contains(r.Values, g) {
			problems.Add(r.At("groups", g), fmt.Sprintf("no member has %q in the column %s", diag.Shorten(g), r.Over), diag.Suggest(g, r.Values, "correct the name"))
		}
	}
}

// Sum says how many seats there are where they alone are too few for all groups, else
// "".
func (r *Balance) Sum(s *scenario.Scenario) string {
	least := 0
	for _, g := range r.Values {
		least += r.Wanted(g).Min
	}
	if most := mostSeats(s, r.Sessions, r.Seat); least > most && !multiple(s, r.Sessions, r.Seat, r.Over) {
		return fmt.Sprintf("the groups need at least %s together, and %s at most %d", plural(least, "seat"), r.verb("the session has", "the sessions have"), most)
	}
	return ""
}

// Columns gives the column of the groups.
func (r *Balance) Columns() []string { return []string{r.Over} }

// Wanted gives how many seats a group has by the rule.
func (r *Balance) Wanted(group string) source.Count {
	if c, ok := r.Groups[group]; ok {
		return c
	}
	if r.Each != nil {
		return *r.Each
	}
	return source.Count{Min: 0, Max: source.NoMost}
}

func (r *Balance) split(*scenario.Scenario) []Rule { return []Rule{r} }

// eachSeat calls visit for every seat of the sessions with one of the names,
// in meetings of the kind; "" is any kind, no names are any seat.
func eachSeat(s *scenario.Scenario, sessions []int, kind string, seats []string, visit func(k *scenario.MeetingKind, seat *scenario.Seat)) {
	for _, i := range sessions {
		for j := range s.Sessions[i].Programmed {
			k := &s.Sessions[i].Programmed[j]
			if kind != "" && k.Kind != kind {
				continue
			}
			for n := range k.Seats {
				if len(seats) == 0 || slices.Contains(seats, k.Seats[n].ID) {
					visit(k, &k.Seats[n])
				}
			}
		}
	}
}

// groups gives the values of a column among those who can take the seats.
func groups(s *scenario.Scenario, sessions []int, kind string, seats []string, column string) (out []string) {
	rosters := map[string]bool{}
	eachSeat(s, sessions, kind, seats, func(_ *scenario.MeetingKind, seat *scenario.Seat) {
		for _, id := range seat.From {
			if x := s.Roster(id); x != nil && !rosters[id] {
				rosters[id] = true
				for _, v := range x.Table.Values(column) {
					if !slices.Contains(out, v) {
						out = append(out, v)
					}
				}
			}
		}
	})
	return out
}

// torn tells whether some roster of the seats cannot be read whole, so that what it
// lacks is no further mistake.
func torn(s *scenario.Scenario, sessions []int, kind string, seats []string) (any bool) {
	eachSeat(s, sessions, kind, seats, func(_ *scenario.MeetingKind, seat *scenario.Seat) {
		for _, id := range seat.From {
			x := s.Roster(id)
			any = any || x == nil || x.Torn
		}
	})
	return any
}

func columns(s *scenario.Scenario, sessions []int, seats []string) (out []string) {
	eachSeat(s, sessions, "", seats, func(_ *scenario.MeetingKind, seat *scenario.Seat) {
		for _, id := range seat.From {
			if x := s.Roster(id); x != nil {
				for _, c := range x.Table.Columns {
					if !slices.Contains(out, c) {
						out = append(out, c)
					}
				}
			}
		}
	})
	return out
}

func mostSeats(s *scenario.Scenario, sessions []int, seat string) (n int) {
	eachSeat(s, sessions, "", []string{seat}, func(k *scenario.MeetingKind, x *scenario.Seat) {
		n += k.Range().Max * x.Number()
	})
	return n
}

// multiple tells whether a member can belong to several groups.
func multiple(s *scenario.Scenario, sessions []int, seat, column string) (several bool) {
	eachSeat(s, sessions, "", []string{seat}, func(_ *scenario.MeetingKind, x *scenario.Seat) {
		for _, m := range s.Eligible(*x) {
			several = several || len(m.Values[column]) > 1
		}
	})
	return several
}

// Statement says what the rule asks.
func (r *Balance) Statement(s *scenario.Scenario) string {
	var parts []string
	if r.Each != nil {
		parts = append(parts, r.Each.String()+" for each")
	}
	for _, g := range slices.Sorted(maps.Keys(r.Groups)) {
		parts = append(parts, fmt.Sprintf("%s for %s", r.Groups[g], called(s, g)))
	}
	if r.Even {
		parts = append(parts, "as evenly as can be")
	}
	return fmt.Sprintf("the seat %s in %s is spread by %s: %s", spaced(r.Seat), r.words(s), called(s, r.Over), strings.Join(parts, ", "))
}

// Check measures the seats missing or too many in each group and the
// unevenness.
func (r *Balance) Check(f *Facts) (out []Finding) {
	count := map[string]int{}
	for _, t := range taken(f, r.Sessions, "", r.Seat) {
		if m := member(f.S, t.seat, t.id); m != nil {
			for _, g := range m.Values[r.Over] {
				count[g]++
			}
		}
	}
	least, most := r.Values[0], r.Values[0]
	for _, g := range r.Values {
		n, want := count[g], r.Wanted(g)
		if excess := want.Short(n) + want.Over(n); excess > 0 {
			out = append(out, Finding{excess, fmt.Sprintf("the group %s has the seat %s %s instead of %s", called(f.S, g), spaced(r.Seat), times(n), timesOf(want)), nil})
		}
		if n < count[least] {
			least = g
		}
		if n > count[most] {
			most = g
		}
	}
	if n := count[most] - count[least]; r.Even && n > 0 {
		out = append(out, Finding{n, fmt.Sprintf("the group %s has the seat %s %s, %s %s", called(f.S, most), spaced(r.Seat), times(count[most]), called(f.S, least), times(count[least])), nil})
	}
	return out
}
