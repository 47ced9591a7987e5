package solve_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
	"plenary/solver/alternatives"
	"plenary/solver/brute"
	"plenary/solver/compile"
	"plenary/solver/explain"
	"plenary/solver/repair"
	"plenary/solver/solve"
	"plenary/solver/whynot"
)

// everyPlan calls visit with every feasible plan; known is false when there are
// too many to look at.
func everyPlan(s *scenario.Scenario, instances []rule.Instance, visit func(p *plan.Plan, costs []int64)) (known bool) {
	looked := 0
	brute.Plans(s, instances, brute.Options{}, func(p *plan.Plan) bool {
		if looked++; looked > MostPlans {
			return false
		}
		if dealt := brute.Deal(s, instances, p, "rooms", "teams"); dealt != nil {
			if v := judge.Plan(s, instances, dealt); v.Feasible() {
				visit(dealt, v.Costs)
			}
		}
		return true
	})
	return looked <= MostPlans
}

// disturbance measures by itself what a plan changes of a published one.
func disturbance(s *scenario.Scenario, published, p *plan.Plan) (n int64) {
	for _, old := range published.Sessions {
		if s.Sessions[s.Session(old.ID)].Short {
			n += disturbanceOfShort(s, &old, p.Session(old.ID))
			continue
		}
		x := p.Session(old.ID)
		if x == nil {
			n += int64(repair.DefaultPrices.Day*len(old.Days) + repair.DefaultPrices.Station)
			x = &plan.Session{Station: old.Station, Days: old.Days}
		}
		for _, d := range old.Days {
			if !slices.Contains(x.Days, d) {
				n += int64(repair.DefaultPrices.Day)
			}
		}
		if x.Station != old.Station {
			n += int64(repair.DefaultPrices.Station)
		}
		n += int64(max(0, len(x.Days)-len(old.Days)) * repair.DefaultPrices.Day)
		n += int64(more(old.Meetings, x.Meetings) * repair.DefaultPrices.Slot)
		for _, m := range old.Meetings {
			if slices.Contains(x.Days, m.Day) && p.Session(old.ID) != nil && !slices.ContainsFunc(x.Meetings, func(o plan.Meeting) bool { return o.Day == m.Day && o.Slot == m.Slot }) {
				n += int64(repair.DefaultPrices.Slot)
			}
			for seat, members := range m.Seats {
				for _, id := range members {
					if !slices.ContainsFunc(x.Meetings, func(o plan.Meeting) bool {
						return o.Kind == m.Kind && o.Number == m.Number && slices.Contains(o.Seats[seat], id)
					}) {
						n += int64(repair.DefaultPrices.Seat)
					}
				}
			}
		}
	}
	for _, old := range published.Documents {
		if d := p.Document(old.ID); d != nil {
			n += int64(max(d.Issued-old.Issued, old.Issued-d.Issued)) * int64(repair.DefaultPrices.Document)
		}
	}
	return n
}

// disturbanceOfShort counts another day or slot as a day, and another station or
// room as a station.
func disturbanceOfShort(s *scenario.Scenario, old, x *plan.Session) (n int64) {
	if x == nil {
		x = &plan.Session{Meetings: []plan.Meeting{{}}}
	}
	was, is := old.Meetings[0], x.Meetings[0]
	if !slices.Equal(old.Days, x.Days) {
		n += int64(repair.DefaultPrices.Day)
	}
	if was.Slot != is.Slot {
		n += int64(repair.DefaultPrices.Day)
	}
	if old.Station != x.Station {
		n += int64(repair.DefaultPrices.Station)
	}
	if was.Room != is.Room && s.Stations[s.Station(old.Station)].Hall(was.Room) >= 0 {
		n += int64(repair.DefaultPrices.Station)
	}
	return n
}

// more counts the meetings beyond those of their kind that there were; a session
// without a programme has as many as its days have slots, and they do not count.
func more(before, after []plan.Meeting) (n int) {
	count := map[string]int{}
	for _, m := range after {
		count[m.Kind]++
	}
	for _, m := range before {
		count[m.Kind]--
	}
	for kind, c := range count {
		if kind != "plenary" {
			n += max(0, c)
		}
	}
	return n
}

// TestARepairDisturbsLeastOfAllPlans closes a station on the first day of a
// session of the best plan and holds the repair against a look at every plan.
func TestARepairDisturbsLeastOfAllPlans(t *testing.T) {
	dir := t.TempDir()
	repaired := 0
	rapid.Check(t, func(t *rapid.T) {
		text := drawScenario(t)
		s, instances := readText(dir, text)
		if s == nil {
			return
		}
		best, err := solve.Plan(context.Background(), s, instances, solve.Options{})
		if err != nil || best.Plan == nil || len(best.Plan.Sessions) == 0 {
			return
		}
		first := best.Plan.Sessions[0]
		set := fmt.Sprintf("stations.%s.closed+=%s", first.Station, first.Days[0])
		s, instances = readText(dir, text, set)
		if s == nil {
			return
		}
		want := []int64(nil)
		if !everyPlan(s, instances, func(p *plan.Plan, costs []int64) {
			all := append([]int64{disturbance(s, best.Plan, p)}, costs...)
			if want == nil || slices.Compare(all, want) < 0 {
				want = all
			}
		}) {
			return
		}
		for _, close := range []int{0, -1} {
			near, err := repair.Plan(context.Background(), s, instances, best.Plan, repair.Options{Prices: repair.DefaultPrices, Near: 1, Close: close})
			switch {
			case err != nil:
				t.Fatalf("%v\n%s\n%s", err, set, text)
			case want == nil && near.Status != solve.Infeasible:
				t.Fatalf("no plan is left, but the search near what is broken found one\n%s\n%s", set, text)
			case want != nil:
				if first := near.Plan.Tiers[0]; first.Cost != want[0] || !first.Proven || disturbance(s, best.Plan, near.Plan) != want[0] {
					t.Fatalf("the least disturbance is %d, near what is broken it is %+v\n%s\n%s", want[0], first, set, text)
				}
			}
		}
		got, err := repair.Plan(context.Background(), s, instances, best.Plan, repair.Options{Prices: repair.DefaultPrices})
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, set, text)
		}
		if want == nil {
			if got.Status != solve.Infeasible {
				t.Fatalf("no plan is left, but the repair found one\n%s\n%s", set, text)
			}
			return
		}
		if got.Status != solve.Optimal || !slices.Equal(got.Verdict.Costs, want) {
			t.Fatalf("the least disturbance and costs are %v, the repair has %v\n%s\n%s", want, got.Verdict.Costs, set, text)
		}
		if own := disturbance(s, best.Plan, got.Plan); own != want[0] {
			t.Fatalf("the repair says %d of disturbance; it is %d\n%s\n%s", want[0], own, set, text)
		}
		repaired++
	})
	if repaired == 0 {
		t.Error("nothing was repaired")
	}
}

// TestAnAlternativeIsTheFurthestWithinTheTolerance holds the first alternative
// against a look at every plan.
func TestAnAlternativeIsTheFurthestWithinTheTolerance(t *testing.T) {
	dir := t.TempDir()
	found, searched := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		text := drawScenario(t)
		if s, instances := readText(dir, text); s != nil {
			n, as := furthest(t, s, instances, text)
			found, searched = found+n, searched+as
		}
	})
	t.Logf("alternatives: %d, as far by search: %d", found, searched)
	if found == 0 || 2*searched < found {
		t.Error("few alternatives were found")
	}
}

// Plans of this scenario differ in the order of two sessions, and in the groups
// of moderators, but not in where sessions are.
const groups = `
plenary: 1
title: groups
period: 2018-03-05..2018-03-07
stations: {geneva: {zone: Europe/Zurich}}
rosters: {states: {members: [{id: a, group: west}, {id: b, group: west}, {id: c, group: east}]}}
programmes: {p: {meetings: [{kind: panel, count: 1..2, seats: {moderator: {from: [states]}}}]}}
sessions: [{id: x, at: geneva, programme: p}, {id: y, at: geneva}]
priorities: [one]
rules:
  - balance: {of: x, seat: moderator, over: group, even: yes, tier: 1}
  - near: {of: y, day: 2018-03-06, tier: 1}
`

func TestAnAlternativeDiffersInOrderAndInGroupsToo(t *testing.T) {
	s, instances := given.Text(t, groups)
	if n, _ := furthest(t, s, instances, groups); n != 1 {
		t.Fatalf("%d alternatives", n)
	}
	best, err := solve.Plan(context.Background(), s, instances, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	list, _, err := alternatives.Find(context.Background(), s, instances, best.Plan, alternatives.Options{Most: 1, Budget: []int64{2}})
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	if got := alternatives.Between(s, instances, best.Plan, list[0].Plan); got.Places != 0 || got.Groups != 1 {
		t.Errorf("the alternative is this far: %s", got)
	}
}

// The only plan that differs leaves out the session: it is not where it was, and
// its moderator's group has no seat in it.
func TestASessionThatAnAlternativeLeavesOutDiffersInPlaceAndGroup(t *testing.T) {
	const text = `
plenary: 1
title: left out
period: 2018-03-05..2018-03-05
slots: {morning: 10:00-13:00}
stations: {geneva: {zone: Europe/Zurich}}
rosters: {states: {members: [{id: a, group: west}]}}
programmes: {p: {meetings: [{kind: panel, seats: {moderator: {from: [states]}}}]}}
sessions: [{id: x, at: geneva, programme: p, optional: yes}]
priorities: [one]
rules:
  - held: {of: [x], tier: 1}
  - balance: {of: [x], seat: moderator, over: group, groups: {west: 1..}, tier: 1}
`
	s, instances := given.Text(t, text)
	if n, _ := furthest(t, s, instances, text); n != 1 {
		t.Fatalf("%d alternatives", n)
	}
	best, err := solve.Plan(context.Background(), s, instances, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := alternatives.Between(s, instances, best.Plan, &plan.Plan{}); got.Places != 1 || got.Groups != 1 {
		t.Errorf("%s", got)
	}
}

// furthest looks for an alternative of the best plan that costs up to 2 more in
// each tier, and holds it against a look at every plan. It gives how many there
// were, 0 also where there are too many plans to look at, and how many as far search
// finds without a proof.
func furthest(t rapid.TB, s *scenario.Scenario, instances []rule.Instance, text string) (found, searched int) {
	best, err := solve.Plan(context.Background(), s, instances, solve.Options{})
	if err != nil || best.Plan == nil {
		return 0, 0
	}
	budget := []int64{}
	for _, c := range best.Verdict.Costs {
		budget = append(budget, c+2)
	}
	furthest := 0
	if !everyPlan(s, instances, func(p *plan.Plan, costs []int64) {
		for i := range costs {
			if costs[i] > budget[i] {
				return
			}
		}
		furthest = max(furthest, distance(s, instances, best.Plan, p))
	}) {
		return 0, 0
	}
	list, _, err := alternatives.Find(context.Background(), s, instances, best.Plan, alternatives.Options{Most: 1, Budget: budget})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	switch {
	case furthest == 0 && len(list) > 0:
		t.Fatalf("no plan differs, but the alternative says it differs by %d\n%s", list[0].Distance, text)
	case furthest > 0 && (len(list) == 0 || list[0].Distance != furthest || list[0].Furthest != furthest):
		t.Fatalf("the furthest plan is %d away, found: %+v\n%s", furthest, list, text)
	case furthest > 0 && distance(s, instances, best.Plan, list[0].Plan) != furthest:
		t.Fatalf("the alternative is %d away, not %d\n%s", distance(s, instances, best.Plan, list[0].Plan), furthest, text)
	}
	// What search finds without a proof is within what the proof says.
	far, exhausted, err := alternatives.Find(context.Background(), s, instances, best.Plan, alternatives.Options{Most: 1, Budget: budget, Large: 1})
	switch {
	case err != nil:
		t.Fatalf("by search: %v\n%s", err, text)
	case exhausted && furthest > 0:
		t.Fatalf("by search no plan differs, but one is %d away\n%s", furthest, text)
	case len(far) == 0:
		return len(list), 0
	}
	if d := distance(s, instances, best.Plan, far[0].Plan); d != far[0].Distance || d == 0 || d > furthest || far[0].Furthest < furthest {
		t.Fatalf("%d away by the plan, %d by the search, none further than %d; the furthest is %d away\n%s", d, far[0].Distance, far[0].Furthest, furthest, text)
	}
	for i, cost := range judge.Plan(s, instances, far[0].Plan).Costs {
		if cost > budget[i] {
			t.Fatalf("by search: %d in tier %d, more than %d\n%s", cost, i+1, budget[i], text)
		}
	}
	if far[0].Distance == furthest {
		searched++
	}
	return len(list), searched
}

// distance counts by itself the sessions elsewhere, those that changed places
// with the one that they followed, and those with moderators of other groups.
func distance(s *scenario.Scenario, instances []rule.Instance, a, b *plan.Plan) (n int) {
	group := map[string]string{}
	for i := range s.Rosters {
		for _, m := range s.Rosters[i].Table.Members {
			group[m.ID] = fmt.Sprint(m.Values["group"])
		}
	}
	balanced := map[string]bool{}
	for i := range instances {
		if r, ok := instances[i].Rule.(*rule.Balance); ok {
			for _, at := range r.Sessions {
				balanced[s.Sessions[at].ID] = true
			}
		}
	}
	order := slices.DeleteFunc(slices.Clone(a.Sessions), func(x plan.Session) bool { return s.Sessions[s.Session(x.ID)].Short })
	slices.SortStableFunc(order, func(x, y plan.Session) int { return int(x.First() - y.First()) })
	for i, old := range order {
		is := b.Session(old.ID)
		if i > 0 && order[i-1].First() < old.First() {
			if before := b.Session(order[i-1].ID); is != nil && before != nil && is.First() < before.First() {
				n++
			}
		}
		other := false
		for _, m := range old.Meetings {
			if who := m.Seats["moderator"]; balanced[old.ID] && len(who) == 1 {
				same := false
				for _, o := range meetings(is) {
					if o.Kind == m.Kind && o.Number == m.Number {
						same = group[o.Seats["moderator"][0]] == group[who[0]]
					}
				}
				other = other || !same
			}
		}
		if other {
			n++
		}
	}
	for i := range s.Sessions {
		x, y := a.Session(s.Sessions[i].ID), b.Session(s.Sessions[i].ID)
		switch {
		case x == nil && y == nil:
		case x == nil || y == nil || x.Station != y.Station:
			n++
		case s.Sessions[i].Short:
			if x.First() != y.First() || x.Meetings[0].Slot != y.Meetings[0].Slot {
				n++
			}
		case max(x.First()-y.First(), y.First()-x.First()) > calendar.Day(alternatives.Near):
			n++
		}
	}
	return n
}

func meetings(x *plan.Session) []plan.Meeting {
	if x == nil {
		return nil
	}
	return x.Meetings
}

// TestAWishCostsWhatTheBestPlanThatGrantsItCosts asks for something of a session
// and holds the answer against every plan.
func TestAWishCostsWhatTheBestPlanThatGrantsItCosts(t *testing.T) {
	dir := t.TempDir()
	count := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		text := drawScenario(t)
		s, instances := readText(dir, text)
		if s == nil {
			return
		}
		best, err := solve.Plan(context.Background(), s, instances, solve.Options{})
		if err != nil || best.Plan == nil {
			return
		}
		i := rapid.IntRange(0, len(s.Sessions)-1).Draw(t, "session")
		k := rapid.IntRange(0, len(s.Sessions)-1).Draw(t, "other session")
		day := rapid.Custom(func(t *rapid.T) calendar.Day {
			return s.Period.First + calendar.Day(rapid.IntRange(0, s.Period.Len()-1).Draw(t, "day"))
		})
		a, b := day.Draw(t, "first"), day.Draw(t, "last")
		days := calendar.Range{First: min(a, b), Last: max(a, b)}
		st := rapid.IntRange(0, len(s.Stations)-1).Draw(t, "station")
		kind := rapid.SampledFrom([]string{"on", "between", "before", "held", "not held", "at", "room"}).Draw(t, "wish")
		q, keeps := whynot.Held(i), func(x, _ *plan.Session) bool { return x != nil }
		wide, rules := s, instances
		switch kind {
		case "on":
			q, keeps = whynot.On(i, a), func(x, _ *plan.Session) bool { return x != nil && x.First() == a }
		case "between":
			q, keeps = whynot.Between(i, days), func(x, _ *plan.Session) bool {
				return x != nil && days.Contains(x.First()) && days.Contains(x.Last())
			}
		case "before":
			if i == k {
				return
			}
			q, keeps = whynot.Before(i, k), func(x, y *plan.Session) bool { return x != nil && y != nil && x.Last() < y.First() }
		case "not held":
			q, keeps = whynot.NotHeld(i), func(x, _ *plan.Session) bool { return x == nil }
		case "at":
			q, keeps = whynot.At(i, st), func(x, _ *plan.Session) bool { return x != nil && x.Station == s.Stations[st].ID }
		case "room":
			if s.Sessions[i].Short {
				return
			}
			q, keeps = whynot.In(i, "R1"), func(x, _ *plan.Session) bool { return x != nil && s.Stations[s.Station(x.Station)].Hall("R1") >= 0 }
			if wide, rules = readText(dir, text, fmt.Sprintf("sessions.%s.room.named=R1", s.Sessions[i].ID)); wide == nil {
				return
			}
		}
		var want []int64
		if !everyPlan(wide, rules, func(p *plan.Plan, costs []int64) {
			if keeps(p.Session(s.Sessions[i].ID), p.Session(s.Sessions[k].ID)) && (want == nil || slices.Compare(costs, want) < 0) {
				want = costs
			}
		}) {
			return
		}
		got, err := whynot.Ask(context.Background(), s, instances, best.Plan, q, whynot.Options{})
		if err != nil {
			t.Fatalf("%s: %v\n%s", kind, err, text)
		}
		var costs []int64
		for _, tier := range got.Costs {
			costs = append(costs, tier.Cost)
		}
		if refused := got.Closed != "" || got.Breaks != nil; refused != (want == nil) || !slices.Equal(costs, want) {
			t.Fatalf("%s of session %d: refused %t (%s), costs %v; the best plan that grants it costs %v\n%s", kind, i, refused, got.Closed, costs, want, text)
		}
		// The plan with the fewest moves grants it, too, at no less.
		near, err := whynot.Ask(context.Background(), s, instances, best.Plan, q, whynot.Options{Near: 1})
		if err != nil {
			t.Fatalf("%s, near: %v\n%s", kind, err, text)
		}
		costs = nil
		for _, tier := range near.Costs {
			costs = append(costs, tier.Cost)
		}
		switch refused := near.Closed != "" || near.Breaks != nil; {
		case refused != (want == nil) || near.Fewest != (want != nil):
			t.Fatalf("%s of session %d: refused %t near it, and the best plan that grants it costs %v\n%s", kind, i, refused, want, text)
		case want != nil && (!near.Proven || len(costs) != len(want) || slices.Compare(costs, want) < 0):
			t.Fatalf("%s of session %d: the fewest moves are proven %t and cost %v; the best plan that grants it costs %v\n%s", kind, i, near.Proven, costs, want, text)
		case want != nil && len(got.Moves) == 0 && len(near.Moves) > 0:
			t.Fatalf("%s of session %d: nothing has to move, but near it %v does\n%s", kind, i, near.Moves, text)
		}
		count[fmt.Sprintf("granted %t", want != nil)]++
	})
	if count["granted true"] == 0 || count["granted false"] == 0 {
		t.Errorf("not every kind of answer was given: %v", count)
	}
}

// TestASessionReachesTheDaysThatPlansGiveIt holds the days on which a session
// can start against every plan.
func TestASessionReachesTheDaysThatPlansGiveIt(t *testing.T) {
	dir := t.TempDir()
	reached := 0
	rapid.Check(t, func(t *rapid.T) {
		text := drawScenario(t)
		s, instances := readText(dir, text)
		if s == nil {
			return
		}
		i := rapid.IntRange(0, len(s.Sessions)-1).Draw(t, "session")
		var starts []calendar.Day
		var costs [][]int64
		if !everyPlan(s, instances, func(p *plan.Plan, cost []int64) {
			if x := p.Session(s.Sessions[i].ID); x != nil {
				starts, costs = append(starts, x.First()), append(costs, slices.Clone(cost))
			}
		}) {
			return
		}
		for _, best := range []bool{false, true} {
			var want []calendar.Day
			for k, d := range starts {
				if !best || slices.Equal(costs[k], slices.MinFunc(costs, slices.Compare[[]int64])) {
					want = append(want, d)
				}
			}
			got, known, err := whynot.Reach(context.Background(), s, instances, i, best, 1)
			if err != nil || known != (len(want) > 0) {
				t.Fatalf("known %t, error %v; %d plans hold the session\n%s", known, err, len(want), text)
			}
			if known && (got != calendar.Range{First: slices.Min(want), Last: slices.Max(want)}) {
				t.Fatalf("starts %s (best plans alone: %t); plans give %v\n%s", got, best, want, text)
			}
			if known {
				reached++
			}
		}
	})
	if reached == 0 {
		t.Error("no session could be held")
	}
}

// dearest bounds the ways out that are held against a look at every plan.
const dearest = 24

// TestTheWaysOutAreTheCheapestOfAllPlans holds the ways out of infeasible
// scenarios against every plan of theirs, also those that leave out sessions,
// make them shorter or longer, or need more rooms and teams: the same sets at
// the same prices, none missing and none too many.
func TestTheWaysOutAreTheCheapestOfAllPlans(t *testing.T) {
	dir := t.TempDir()
	looked, changes, kinds := 0, 0, map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		text := drawScenario(t)
		s, instances := readText(dir, text)
		if s == nil {
			return
		}
		outcome, err := solve.Plan(context.Background(), s, instances, solve.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if outcome.Status != solve.Infeasible {
			return
		}
		want := waysOf(s, instances)
		if want == nil {
			return
		}
		var ways []explain.WayOut
		_, err = explain.WaysOut(context.Background(), s, instances, compile.Whole(s), nil, 1, 1000, func(w explain.WayOut) { ways = append(ways, w) })
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		got := map[string]int64{}
		for _, w := range ways {
			if w.Price > dearest {
				continue
			}
			var parts []string
			price := int64(0)
			for _, m := range w.Bent {
				price += explain.Prices[m.Instance.Kind] * int64(m.Finding.Excess)
				kinds[m.Instance.Kind]++
				parts = bentParts(s, parts, m.Instance, w.Plan)
			}
			parts, price = append(parts, wordsOf(s, w.More)...), price+priceOf(w.More)
			if price != w.Price {
				t.Fatalf("a way out says price %d; its findings cost %d: %v\n%s", w.Price, price, w.Bent, text)
			}
			got[strings.Join(parts, ", ")] = price
			if set, byHand := w.Changes(s); len(byHand) == 0 {
				mends(t, dir, text, set)
				changes++
			}
			looked++
		}
		if !maps.Equal(got, cheapest(want)) {
			t.Fatalf("ways out:\n%v\nof all plans:\n%v\n%s", got, cheapest(want), text)
		}
	})
	t.Logf("%d ways out, of which %d changed their scenario; bent %v", looked, changes, kinds)
	if changes == 0 {
		t.Error("no way out was found, or none that changes a scenario")
	}
}

// mends fails unless a scenario has a plan with the changes of a way out.
func mends(t *rapid.T, dir, text string, set []string) {
	s, instances := readText(dir, text, set...)
	if s == nil {
		t.Fatalf("%q does not change the scenario\n%s", set, text)
	}
	outcome, err := solve.Possible(context.Background(), s, instances, solve.Options{})
	if err != nil || outcome.Status != solve.Feasible {
		t.Fatalf("with %q there is no plan still: %v\n%s", set, err, text)
	}
}

// waysOf gives the least price of each set that some plan bends, as words; nil
// when there are too many plans to look at.
func waysOf(s *scenario.Scenario, instances []rule.Instance) map[string]int64 {
	wide := *s
	wide.Sessions = slices.Clone(s.Sessions)
	for i := range wide.Sessions {
		x := &wide.Sessions[i]
		n, slack := x.Length(), int(dearest/explain.Prices["length"])
		if x.Short {
			continue
		}
		x.Days = &source.Count{Min: max(1, n.Min-slack), Max: n.Max + slack}
		if n.Max > 1 {
			x.Within = &calendar.Duration{N: s.Period.Len(), Unit: calendar.Days}
		}
		for st := range s.Stations {
			if slices.ContainsFunc(s.Sessions, func(x scenario.Session) bool { return slices.Contains(x.StationIDs, st) }) && !slices.Contains(x.StationIDs, st) {
				x.StationIDs = append(slices.Clip(x.StationIDs), st)
			}
		}
		if !x.FillsDay {
			x.Programmed = slices.Clone(x.Programmed)
			for k := range x.Programmed {
				x.Programmed[k].Count = &source.Count{Min: max(0, x.Programmed[k].Range().Min-int(dearest/explain.Prices["programme"])), Max: x.Programmed[k].Range().Max}
			}
		}
	}
	all, _ := rule.Of(&wide)
	offers := offersOf(s)
	out := map[string]int64{}
	looked := 0
	brute.Plans(&wide, all, brute.Options{Free: true, Keep: payable(s, instances)}, func(p *plan.Plan) bool {
		if looked++; looked > 10*MostPlans {
			return false
		}
		if slices.ContainsFunc(p.Documents, func(d plan.Document) bool { return !scenario.Weekdays(d.Issued) }) {
			return true
		}
		facts, parts, price := rule.NewFacts(s, p), []string(nil), int64(0)
		for i := range instances {
			in := &instances[i]
			if !in.Hard() || in.Kind == "rooms" || in.Kind == "teams" {
				continue
			}
			for _, f := range in.Rule.Check(facts) {
				if rule.KindNamed(in.Kind).Structural {
					return true
				}
				price += explain.Prices[in.Kind] * int64(f.Excess)
				parts = bentParts(s, parts, in, p)
			}
		}
		for _, more := range offers {
			sum := price + priceOf(more)
			key := strings.Join(append(slices.Clone(parts), wordsOf(s, more)...), ", ")
			if known, ok := out[key]; sum > dearest || (ok && known <= sum) {
				continue
			}
			with := s.With(more)
			if again, problems := rule.Of(with); len(problems) == 0 && brute.Deal(with, again, p, "rooms", "teams") != nil {
				out[key] = sum
			}
		}
		return true
	})
	if looked > 10*MostPlans {
		return nil
	}
	return out
}

// bentParts adds a constraint that a plan bends to a set, a window with the sides on
// which its session lies outside.
func bentParts(s *scenario.Scenario, parts []string, in *rule.Instance, p *plan.Plan) []string {
	add := func(part string) {
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	between, session := calendar.Range{}, 0
	switch r := in.Rule.(type) {
	case *rule.Window:
		between, session = r.Between, r.Sessions[0]
	case *rule.Phase:
		between, session = r.Between, r.Sessions[0]
	default:
		add(in.ID)
		return parts
	}
	x := p.Session(s.Sessions[session].ID)
	if x.First() < between.First {
		add(in.ID + " earlier")
	}
	if x.Last() > between.Last {
		add(in.ID + " later")
	}
	return parts
}

// payable tells whether the rules of a session alone can be bent as far as it asks.
func payable(s *scenario.Scenario, instances []rule.Instance) func(i int, x *plan.Session) bool {
	own := make([][]*rule.Instance, len(s.Sessions))
	for k := range instances {
		tie := instances[k].Rule.Ties(s)
		if instances[k].Hard() && len(tie.Sessions) == 1 && len(tie.Documents) == 0 {
			own[tie.Sessions[0]] = append(own[tie.Sessions[0]], &instances[k])
		}
	}
	return func(i int, x *plan.Session) bool {
		if x == nil {
			return true
		}
		price, facts := int64(0), rule.NewFacts(s, &plan.Plan{Sessions: []plan.Session{*x}})
		for _, in := range own[i] {
			for _, f := range in.Rule.Check(facts) {
				price += explain.Prices[in.Kind] * int64(f.Excess)
			}
		}
		return price <= dearest
	}
}

// offersOf lists the rooms and teams that there can be more of for the money.
func offersOf(s *scenario.Scenario) [][]scenario.More {
	var single []scenario.More
	for st := range s.Stations {
		for kind := -1; kind < len(s.Stations[st].Rooms); kind++ {
			if kind < 0 && s.Stations[st].Interpretation == nil {
				continue
			}
			for monday := s.Period.First.Monday(); monday <= s.Period.Last; monday += 7 {
				single = append(single, scenario.More{Station: st, Kind: kind, Monday: monday})
			}
		}
	}
	out := [][]scenario.More{nil}
	for i, a := range single {
		out = append(out, []scenario.More{a})
		for _, b := range single[i:] {
			out = append(out, []scenario.More{a, b})
		}
	}
	return out
}

func priceOf(more []scenario.More) (price int64) {
	for _, m := range more {
		if price += explain.Room; m.Kind < 0 {
			price += explain.Team - explain.Room
		}
	}
	return price
}

func wordsOf(s *scenario.Scenario, more []scenario.More) (out []string) {
	for _, m := range more {
		out = append(out, fmt.Sprintf("%s (kind %d)", m.Words(s), m.Kind))
	}
	slices.Sort(out)
	return out
}

// cheapest leaves out every set of which a smaller one costs no more.
func cheapest(all map[string]int64) map[string]int64 {
	out := map[string]int64{}
	for key, price := range all {
		smaller := false
		for other, cost := range all {
			smaller = smaller || (other != key && cost <= price && within(strings.Split(other, ", "), strings.Split(key, ", ")))
		}
		if !smaller {
			out[key] = price
		}
	}
	return out
}

// within tells whether a has nothing that b has not, each as often.
func within(a, b []string) bool {
	left := slices.Clone(b)
	for _, x := range a {
		i := slices.Index(left, x)
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return true
}
