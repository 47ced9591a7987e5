package report

import (
	"maps"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
)

// fact is a rule in short: what it asks, what the plan has, and what is left
// before it would break, nil where that is no number.
type fact struct {
	asked, plan string
	left        *Left
}

// units are the texts that count each unit of what is left.
var units = map[string]string{
	"day": "%d days", "working-day": "%d working days", "meeting": "%d meetings", "seat": "%d seats", "thousand": "%d thousand",
	"minute": "%d minutes", "slot": "%d slots",
}

// inHand gives what is left, or what is missing.
func (b *builder) inHand(n int, unit string) *Left {
	if n < 0 {
		return &Left{n, unit, b.l.Text("%s missing", b.l.Count(units[unit], -n))}
	}
	return &Left{n, unit, b.l.Count(units[unit], n)}
}

// edge gives the days from a session to the nearer edge of a stretch.
func (b *builder) edge(x *plan.Session, days calendar.Range) *Left {
	return b.inHand(int(min(x.First()-days.First, days.Last-x.Last())), "day")
}

// count gives a count, each number with its unit: "2 to 3 days".
func (b *builder) count(c source.Count, unit string) string {
	switch {
	case c.Min == c.Max:
		return b.l.Count(unit, c.Min)
	case c.Max >= noMost:
		return b.l.Text("at least %s", b.l.Count(unit, c.Min))
	case c.Min == 0:
		return b.l.Text("at most %s", b.l.Count(unit, c.Max))
	}
	return b.l.Text("%s to %s", b.l.Number(c.Min), b.l.Count(unit, c.Max))
}

// roomIn gives how far n lies from the bounds of a count; nil where both are n.
func (b *builder) roomIn(c source.Count, n int, unit string) *Left {
	switch {
	case c.Min == c.Max:
		return nil
	case c.Max >= noMost:
		return b.inHand(n-c.Min, unit)
	case c.Min == 0:
		return b.inHand(c.Max-n, unit)
	}
	return b.inHand(min(n-c.Min, c.Max-n), unit)
}

// fact says a rule in short. Of a kind that it does not know it says no more
// than that the rule is kept: then its statement says what is asked.
func (b *builder) fact(in *rule.Instance) fact {
	if f := b.short(in.Rule); f != nil {
		return *f
	}
	switch r := in.Rule.(type) {
	case *rule.Document:
		return b.document(r)
	case *rule.DayCap:
		least, most := r.Bounds()
		if most < 0 {
			most = source.NoMost
		}
		days, want := 0, source.Count{Min: least, Max: most}
		for _, x := range b.held(r.Sessions) {
			days += len(x.Days)
		}
		return fact{b.count(want, "%d working days"), b.l.Count("%d working days", days), b.roomIn(want, days, "working-day")}
	case *rule.TravelBudget:
		total := 0
		for _, x := range b.held(r.Sessions) {
			total += (r.Delegates*r.Cost[x.Station] + 999) / 1000
		}
		return fact{b.l.Text("at most %s", b.l.Count("%d thousand", r.AtMost)), b.l.Count("%d thousand", total), b.inHand(r.AtMost-total, "thousand")}
	case *rule.Moderators:
		seats := b.sitting(r.Sessions, "", []string{r.Seat})
		different := map[string]int{}
		for _, m := range seats {
			different[m.ID]++
		}
		f := fact{plan: b.l.Text("%s, taken by %s", b.l.Count("%d seats", len(seats)), b.l.Count("%d members", len(different)))}
		if r.Each != nil {
			f.asked = b.l.Text("each member: %s", b.count(*r.Each, "%d seats"))
		}
		return f
	case *rule.Balance:
		return b.balance(r)
	case *rule.Rooms:
		return fact{plan: b.l.Text("kept"), left: b.freeRooms(r.Station)}
	case *rule.Teams:
		return fact{plan: b.l.Text("kept"), left: b.freeTeams(r.Station)}
	case *rule.Parallel:
		return fact{plan: b.l.Text("kept"), left: b.inHand(r.AtMost-b.mostAtOnce(r), "meeting")}
	case *rule.Spread:
		days := map[calendar.Day]bool{}
		for _, x := range b.held(r.Sessions) {
			for _, d := range x.Days {
				days[d] = true
			}
		}
		return fact{plan: b.l.Count("%d days", len(days)), left: b.inHand(len(days)-r.Over, "day")}
	case *rule.PanelMix:
		return b.panelMix(r)
	case *rule.ChairedBy:
		officer := &b.s.Officers[r.Officers[0]]
		if r.Part >= 0 {
			return fact{b.l.Text("not while away: %s", b.l.Range(officer.Away[r.Part].Days)), b.l.Text("kept"), nil}
		}
		return fact{b.l.Text("in person, %s to travel", b.l.Count("%d days", officer.TravelDays)), b.l.Text("chairs %s", b.l.Count("%d sessions", len(b.held(r.Sessions)))), nil}
	case interface{ Selected() *rule.Selection }:
		if one := r.Selected().Sessions; len(one) == 1 {
			x := b.p.Session(b.s.Sessions[one[0]].ID)
			if x == nil {
				return fact{plan: b.l.Text("not held")}
			}
			if f := b.session(in.Rule, &b.s.Sessions[one[0]], x); f.asked != "" {
				return f
			}
		}
	}
	return fact{plan: b.l.Text("kept")}
}

// session says a rule of one session that is held.
func (b *builder) session(r rule.Rule, s *scenario.Session, x *plan.Session) fact {
	dates := b.l.Days(x.Days)
	switch r := r.(type) {
	case *rule.Window:
		return fact{b.l.Range(r.Between), dates, b.edge(x, r.Between)}
	case *rule.Phase:
		return fact{b.l.Text("%s (%s)", b.in(r.Title), b.l.Range(r.Between)), dates, b.edge(x, r.Between)}
	case *rule.Venue:
		var cities []string
		for _, i := range s.StationIDs {
			cities = append(cities, b.in(b.s.Stations[i].Name()))
		}
		return fact{strings.Join(cities, " / "), b.in(b.s.Stations[b.s.Station(x.Station)].Name()), nil}
	case *rule.Length:
		return fact{b.count(r.Days, "%d days"), b.l.Count("%d days", len(x.Days)), b.roomIn(r.Days, len(x.Days), "day")}
	case *rule.Span:
		days := int(x.Last()-x.First()) + 1
		if r.Within == nil {
			return fact{b.l.Text("consecutive working days"), dates, nil}
		}
		return fact{b.l.Text("within %s", b.l.Duration(*r.Within)), b.l.Count("%d days", days), b.inHand(r.Within.N-days, "day")}
	case *rule.Held:
		return fact{b.l.Text("held"), dates, nil}
	case *rule.Interpretation:
		n := 0
		for _, m := range x.Meetings {
			if m.Interpretation != "" {
				n++
			}
		}
		return fact{b.l.Text("all meetings"), b.l.Text("%s of %s", b.l.Number(n), b.l.Count("%d meetings", len(x.Meetings))), nil}
	case *rule.Programme:
		var asked, has []string
		for _, k := range s.Programmed {
			if r.Kind != "" && k.Kind != r.Kind {
				continue
			}
			want := k.Range()
			if r.Kind != "" {
				want = r.Count
			}
			title := b.kindTitle(s, k)
			asked = append(asked, b.l.Text("%s: %s", title, b.count(want, "%d meetings")))
			has = append(has, b.l.Text("%s: %s", title, b.l.Number(b.ofKind(x, k.Kind))))
		}
		return fact{b.l.List(asked...), b.l.List(has...), nil}
	case *rule.Seats:
		kind := s.Programmed[r.Kind]
		n := 0
		for _, m := range x.Meetings {
			if m.Kind == kind.Kind {
				for _, members := range m.Seats {
					n += len(members)
				}
			}
		}
		return fact{b.l.Text("%s: every seat filled", b.kindTitle(s, kind)), b.l.Count("%d seats", n), nil}
	case *rule.Before:
		return b.before(r, x)
	case *rule.AdjacentTo:
		event := &b.s.Events[r.Event]
		between := calendar.Range{First: x.Last() + 1, Last: event.Days.First - 1}
		asked := "%s or less before %s"
		if r.Side == "after" {
			between, asked = calendar.Range{First: event.Days.Last + 1, Last: x.First() - 1}, "%s or less after %s"
		}
		n, unit := 0, "day"
		for d := between.First; d <= between.Last; d++ {
			if r.Within.Unit == calendar.Days || b.s.Stations[b.s.Station(x.Station)].Open(d) {
				n++
			}
		}
		if r.Within.Unit == calendar.WorkingDays {
			unit = "working-day"
		}
		return fact{b.l.Text(asked, b.l.Duration(r.Within), b.in(event.Name())), b.l.Text("%s between", b.l.Count(units[unit], n)), b.inHand(r.Within.N-n, unit)}
	}
	return fact{}
}

// ofKind counts a session's meetings of one kind.
func (b *builder) ofKind(x *plan.Session, kind string) (n int) {
	for _, m := range x.Meetings {
		if m.Kind == kind {
			n++
		}
	}
	return n
}

// held gives the sessions that are held.
func (b *builder) held(sessions []int) (out []*plan.Session) {
	for _, i := range sessions {
		if x := b.p.Session(b.s.Sessions[i].ID); x != nil {
			out = append(out, x)
		}
	}
	return out
}

// before says how far one session is from the one that follows it.
func (b *builder) before(r *rule.Before, x *plan.Session) fact {
	later := b.held(r.Later)
	if len(r.Later) != 1 || len(later) == 0 {
		return fact{}
	}
	open := b.s.Stations[b.s.Station(later[0].Station)].Open
	unit, days := "day", int(later[0].First()-x.Last())
	if r.Gap.Least.Unit == calendar.WorkingDays {
		unit, days = "working-day", 0
		for d := x.Last() + 1; d <= later[0].First(); d++ {
			if open(d) {
				days++
			}
		}
	}
	want := source.Count{Min: r.Gap.Least.N, Max: r.Gap.Most.N}
	return fact{b.l.Text("%s before %s", b.count(want, units[unit]), b.in(b.s.Sessions[r.Later[0]].Name())), b.l.Count(units[unit], days), b.roomIn(want, days, unit)}
}

func (b *builder) balance(r *rule.Balance) fact {
	var asked, has []string
	if r.Each != nil {
		asked = append(asked, b.l.Text("each group: %s", b.count(*r.Each, "%d seats")))
	}
	for _, g := range slices.Sorted(maps.Keys(r.Groups)) {
		asked = append(asked, b.l.Text("%s: %s", b.group(r.Over, g), b.count(r.Groups[g], "%d seats")))
	}
	if r.Even {
		asked = append(asked, b.l.Text("as evenly as can be"))
	}
	least := -1
	sitting := b.sitting(r.Sessions, "", []string{r.Seat})
	for _, g := range r.Values {
		n, want := 0, r.Wanted(g)
		for _, m := range sitting {
			if m.Has(r.Over, g) {
				n++
			}
		}
		has = append(has, b.l.Text("%s: %s", b.group(r.Over, g), b.l.Number(n)))
		if want.Min > 0 && (least < 0 || n-want.Min < least) {
			least = n - want.Min
		}
	}
	f := fact{asked: b.l.List(asked...), plan: b.l.List(has...)}
	if least >= 0 {
		f.left = b.inHand(least, "seat")
	}
	return f
}

// group names those who have the value in the column. A yes says nothing
// without its question, which is the column.
func (b *builder) group(column, value string) string {
	switch value {
	case "yes":
		return b.in(column)
	case "no":
		return b.in(column) + " (" + b.value(value) + ")"
	}
	return b.value(value)
}

// panelMix gives, for each profile, the fewest members that any meeting has.
func (b *builder) panelMix(r *rule.PanelMix) fact {
	fewest := map[string]int{}
	for _, x := range b.held(r.Sessions) {
		for i := range x.Meetings {
			if x.Meetings[i].Kind != r.Kind {
				continue
			}
			who := b.inMeeting(&b.s.Sessions[b.s.Session(x.ID)], &x.Meetings[i], r.Kind, r.Seats)
			for profile := range r.Profile {
				n := 0
				for _, m := range who {
					if m.Has(r.Column, profile) {
						n++
					}
				}
				if was, seen := fewest[profile]; !seen || n < was {
					fewest[profile] = n
				}
			}
		}
	}
	var asked, has []string
	var left *Left
	for _, profile := range slices.Sorted(maps.Keys(r.Profile)) {
		want := r.Profile[profile]
		asked = append(asked, b.l.Text("%s: %s", b.in(profile), b.count(want, "%d members")))
		has = append(has, b.l.Text("%s: %s", b.in(profile), b.l.Number(fewest[profile])))
		if n := fewest[profile] - want.Min; left == nil || n < left.Amount {
			left = b.inHand(n, "seat")
		}
	}
	return fact{b.l.List(asked...), b.l.Text("in every meeting at least %s", b.l.List(has...)), left}
}

func (b *builder) document(r *rule.Document) fact {
	d := &b.s.Documents[r.Documents[0]]
	x := b.p.Document(d.ID)
	f := fact{plan: b.l.Text("kept")}
	if x != nil {
		f.plan = b.l.Text("issued %s", b.l.Day(x.Issued))
	}
	left := func(from, to calendar.Day) {
		if x != nil {
			f.left = b.inHand(int(to-from), "day")
		}
	}
	switch {
	case len(r.After) > 0:
		title, days, ok := b.referred(r.After[0])
		f.asked = b.l.Text("after %s", title)
		writing, editing := r.Lead(), r.Edited()
		switch {
		case writing.N > 0 && editing.N > 0:
			f.asked = b.l.Text("%s for writing and %s for editing and translation after %s", b.l.Duration(writing), b.l.Duration(editing), title)
		case editing.N > 0:
			f.asked = b.l.Text("%s for editing and translation after %s", b.l.Duration(editing), title)
		case writing.N > 0:
			f.asked = b.l.Text("%s or later after %s", b.l.Duration(writing), title)
		}
		if r.Within != nil {
			f.asked = b.l.List(f.asked, b.l.Text("within %s", b.l.Duration(*r.Within)))
		}
		if ok && x != nil {
			first := editing.After(writing.After(days.Last, scenario.Weekdays), scenario.Weekdays)
			left(first, x.Issued)
			if r.Within != nil {
				if last := r.Within.After(days.Last, scenario.Weekdays); last-x.Issued < x.Issued-first {
					left(x.Issued, last)
				}
			}
		}
	case len(r.Before) > 0:
		title, days, ok := b.referred(r.Before[0])
		f.asked = b.l.Text("before %s", title)
		if r.Ahead().N > 0 {
			f.asked = b.l.Text("%s before %s", b.l.Duration(r.Ahead()), title)
		}
		if ok && x != nil {
			left(x.Issued, r.Ahead().Before(days.First, scenario.Weekdays))
		}
	case r.Deadline != nil:
		f.asked = b.l.Text("by %s", b.l.Day(*r.Deadline))
		if x != nil {
			left(x.Issued, *r.Deadline)
		}
	case r.Between != nil:
		f.asked = b.l.Range(*r.Between)
		if x != nil {
			left(max(r.Between.First-x.Issued, x.Issued-r.Between.Last), 0)
		}
	}
	return f
}
