package solve_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/brute"
	"plenary/solver/cnf"
	"plenary/solver/compile"
	"plenary/solver/explain"
	"plenary/solver/sat"
	"plenary/solver/soak"
	"plenary/solver/solve"
)

// MostPlans is how many plans of one scenario are looked at; scenarios with
// more are passed over.
const MostPlans = 3000

// TestTheBestPlanIsTheBestOfAllPlans holds the solver against a look at every
// plan of small random scenarios: whether there is a plan at all, and what the
// best one costs in every tier. With everything that can be blamed under a
// selector, the clauses hold together exactly where there is a plan.
func TestTheBestPlanIsTheBestOfAllPlans(t *testing.T) {
	dir := t.TempDir()
	count := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		for range 4 {
			holdAgainstAllPlans(t, dir, drawScenario(t), count)
		}
	})
	t.Logf("%v", count)
	if 3*count["feasible"] < count["refused by the reader"] || count["feasible"] == 0 {
		t.Errorf("too few of the scenarios say something: %v", count)
	}
}

// holdAgainstAllPlans solves one scenario and looks at all of its plans.
func holdAgainstAllPlans(t *rapid.T, dir, text string, count map[string]int) {
	s, instances := readText(dir, text)
	if s == nil {
		count["refused by the reader"]++
		return
	}
	want := brute.Best(s, instances, MostPlans)
	if !want.Known {
		count["too large"]++
		return
	}
	got, err := solve.Plan(context.Background(), s, instances, solve.Options{})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if blamed := canHold(s, instances); blamed != (want.Plan != nil) {
		t.Fatalf("of %d plans some keeps all hard constraints: %t; under selectors they can hold together: %t\n%s", want.Plans, want.Plan != nil, blamed, text)
	}
	count["plans looked at"] += want.Plans
	if want.Plan == nil {
		count["infeasible"]++
		if got.Status != solve.Infeasible {
			t.Fatalf("none of %d plans is feasible, but the solver found one:\n%v\n%s", want.Plans, got.Plan, text)
		}
		return
	}
	count["feasible"]++
	if got.Status != solve.Optimal {
		t.Fatalf("there is a plan, but the solver's status is %d\n%v\n%s", got.Status, want.Plan.Sessions, text)
	}
	if !slices.Equal(got.Verdict.Costs, want.Costs) {
		t.Fatalf("the best of %d plans costs %v, the solver's %v\n%v\n%s", want.Plans, want.Costs, got.Verdict.Costs, want.Plan.Sessions, text)
	}
}

// TestAReasonCannotHoldAndWithoutOneOfItCan holds the reasons for
// infeasibility against a look at every plan.
func TestAReasonCannotHoldAndWithoutOneOfItCan(t *testing.T) {
	dir := t.TempDir()
	reasons, local := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		for range 4 {
			text := drawScenario(t)
			s, instances := readText(dir, text)
			if s == nil {
				continue
			}
			outcome, err := solve.Plan(context.Background(), s, instances, solve.Options{})
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			for _, group := range outcome.Blamed {
				found := slices.Collect(explain.Infeasible(context.Background(), s, instances, group))
				if len(found) == 0 {
					t.Fatalf("sessions %v and documents %v have no plan, but there is no reason\n%s", group.Sessions, group.Documents, text)
				}
				for _, reason := range found {
					checkReason(t, s, instances, reason, text)
				}
				reasons += len(found)
			}
			seen := slices.Collect(explain.Local(context.Background(), s, instances))
			if len(seen) > 0 && outcome.Status != solve.Infeasible {
				t.Fatalf("there is a plan, but a reason against it: %s\n%s", names(seen[0].Instances), text)
			}
			for _, reason := range seen {
				if reason.Count == nil {
					checkReason(t, s, instances, reason, text)
				} else if holds, known := together(s, instances, reason.Instances); known && holds {
					t.Fatalf("%s; but they hold in a plan: %s\n%s", reason.Count.Words(s), names(reason.Instances), text)
				}
				local++
			}
		}
	})
	t.Logf("%d reasons, %d of them seen locally", reasons, local)
	if reasons == 0 || local == 0 {
		t.Error("no scenario was infeasible")
	}
}

func checkReason(t *rapid.T, s *scenario.Scenario, instances []rule.Instance, reason explain.Reason, text string) {
	if !reason.Minimal || len(reason.Instances) == 0 {
		t.Fatalf("the reason (%s) is empty or not minimal\n%s", names(reason.Instances), text)
	}
	if holds, known := together(s, instances, reason.Instances); known && holds {
		t.Fatalf("the reason holds in a plan: %s\n%s", names(reason.Instances), text)
	}
	for i := range reason.Instances {
		rest := slices.Delete(slices.Clone(reason.Instances), i, i+1)
		if holds, known := together(s, instances, rest); known && !holds {
			t.Fatalf("%s is not needed in the reason %s\n%s", reason.Instances[i].ID, names(reason.Instances), text)
		}
	}
}

func names(instances []*rule.Instance) string {
	var out []string
	for _, in := range instances {
		out = append(out, in.ID)
	}
	return strings.Join(out, ", ")
}

// together tells whether some plan keeps the instances, whatever it does to
// others; known is false when there are too many plans to look at.
func together(s *scenario.Scenario, instances []rule.Instance, kept []*rule.Instance) (holds, known bool) {
	looked := 0
	brute.Plans(s, instances, brute.Options{Free: true}, func(p *plan.Plan) bool {
		looked++
		holds = looked <= MostPlans && keeps(s, instances, kept, p)
		return !holds && looked <= MostPlans
	})
	return holds, looked <= MostPlans
}

// keeps tells whether a plan is one at all and keeps the instances.
func keeps(s *scenario.Scenario, instances []rule.Instance, kept []*rule.Instance, p *plan.Plan) bool {
	f := rule.NewFacts(s, p)
	for i := range instances {
		if brute.Own(&instances[i]) && len(instances[i].Rule.Check(f)) > 0 {
			return false
		}
	}
	var deal []string
	var dealt []rule.Instance
	for _, in := range kept {
		switch {
		case in.Kind == "rooms" || in.Kind == "teams":
			deal, dealt = append(deal, in.Kind), append(dealt, *in)
		case len(in.Rule.Check(f)) > 0:
			return false
		}
	}
	slices.Sort(deal)
	return brute.Deal(s, dealt, p, slices.Compact(deal)...) != nil
}

// canHold tells whether all selectors can be on.
func canHold(s *scenario.Scenario, instances []rule.Instance) bool {
	for _, part := range compile.Compile(s, instances, compile.Options{Blame: true}).Parts {
		var on []cnf.Lit
		for _, selector := range part.Selectors {
			on = append(on, selector.Lit)
		}
		if part.Solver.Solve(context.Background(), on...) != sat.Sat {
			return false
		}
	}
	return true
}

// readText reads a scenario with some values set; nil when it is refused.
func readText(dir, text string, set ...string) (*scenario.Scenario, []rule.Instance) {
	s, instances, problems := soak.Read(text, dir, set...)
	if len(problems) > 0 {
		return nil, nil
	}
	return s, instances
}

// writer draws a scenario and writes it as text.
type writer struct {
	*rapid.T
	text     strings.Builder
	stations []string
	sessions []string
	optional []string // those that may be left out
	seated   []string // those with a programme with seats
	programs []string // those with a programme
	spoken   []string // those that can be interpreted
	document bool
	days     int
	slots    int
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.text, format+"\n", args...) }

// chance holds one time in n; it shrinks to never.
func (w *writer) chance(n int, what string) bool {
	return rapid.IntRange(0, n-1).Draw(w.T, what) == n-1
}

func (w *writer) pick(what string, options ...string) string {
	return rapid.SampledFrom(options).Draw(w.T, what)
}

func (w *writer) number(what string, least, most int) int {
	return rapid.IntRange(least, most).Draw(w.T, what)
}

// day gives a day of the period, or up to so many days around it.
func (w *writer) day(what string, around int) string {
	return fmt.Sprintf("2018-03-%02d", 8+w.number(what, -around, w.days-1+around))
}

func (w *writer) between(what string) string {
	from := w.number(what+" from", 0, w.days-1)
	to := w.number(what+" to", from, w.days-1)
	return fmt.Sprintf("2018-03-%02d..2018-03-%02d", 8+from, 8+to)
}

func drawScenario(t *rapid.T) string {
	if rapid.IntRange(0, 2).Draw(t, "drawer") == 2 {
		return soak.Draw(rapid.Uint64().Draw(t, "seed"))
	}
	w := &writer{T: t}
	w.days = w.number("days", 3, 7)
	w.slots = w.number("slots", 1, 2)
	w.line("plenary: 1\ntitle: drawn\nperiod: 2018-03-08..2018-03-%02d", 7+w.days)
	w.line("slots: {%s}", []string{"day: 10:00-18:00", "morning: 10:00-13:00, afternoon: 15:00-18:00"}[w.slots-1])
	w.line("priorities: [one, two, three]")
	w.drawStations()
	w.line("officers:\n  chair: {based: s1, travel-days: %d%s}", w.number("travel", 0, 1), w.maybe(3, ", away: [%s]", func() string { return w.day("away", 0) }))
	w.line("events:\n  debate: {days: %s}", w.between("debate"))
	w.line("busy:\n  others: {days: [%s]}", w.between("others"))
	w.line("rosters:\n  states:\n    members:")
	for i, id := range []string{"x", "y", "z"}[:w.number("members", 2, 3)] {
		w.line("      - {id: %s, group: %s, profile: %s%s}", id, w.pick("group", "east", "west"), w.pick("profile", "origin", "transit", "origin; transit"),
			w.maybe(4, ", unavailable: %s", func() string { return w.day(fmt.Sprint("unavailable", i), 0) }))
	}
	w.line("  experts: {members: [{id: e, group: west, profile: transit}]}")
	w.line("programmes:")
	w.line("  plain: {meetings: [{kind: talk, count: %s}, {kind: close, count: 0..1}]}", w.pick("talks", "1..2", "1..2", "2", "2..3", "3"))
	w.line("  seated: {meetings: [{kind: panel, count: %s, seats: {moderator: {from: [%s]}%s}}]}", w.pick("panels", "1", "1..2"),
		w.pick("from", "states", "states, experts"), w.maybe(4, ", panellists: {from: [states], count: %s}", func() string { return w.pick("panellists", "1", "2") }))
	w.drawSessions()
	w.drawDocument()
	w.drawRules()
	return w.text.String()
}

// maybe writes a text one time in n.
func (w *writer) maybe(n int, format string, value func() string) string {
	if !w.chance(n, format) {
		return ""
	}
	return fmt.Sprintf(format, value())
}

func (w *writer) drawStations() {
	w.line("stations:")
	for i := range w.number("stations", 1, 2) {
		id := fmt.Sprintf("s%d", i+1)
		w.stations = append(w.stations, id)
		w.line("  %s:\n    zone: Europe/Zurich", id)
		if w.chance(3, "holiday") {
			w.line("    holidays: [%s]", w.day("holiday of "+id, 0))
		}
		if w.chance(4, "observance") {
			w.line("    observances: [%s]", w.day("observance of "+id, 0))
		}
		if w.chance(4, "week") {
			w.line("    week: sun-thu")
		}
		if w.chance(3, "rooms") {
			w.line("    rooms:")
			for r := range w.number("rooms of "+id, 1, 3) {
				w.line("      R%d: {seats: %s, booths: %s%s}", r, w.pick("seats", "10", "20"), w.pick("booths", "0", "3"),
					w.maybe(4, ", closed: [%s]", func() string { return w.day("closed room", 0) }))
			}
		}
		if w.chance(3, "teams") {
			teams := w.number("teams of "+id, 1, 2)
			w.line("    interpretation: {teams: %d, meetings-per-week: %d%s}", teams, w.number("meetings-per-week", 1, 3),
				w.maybe(3, ", off: [{teams: 1, days: %s}]", func() string { return w.between("off") }))
		}
	}
}

func (w *writer) drawSessions() {
	w.line("sessions:")
	n := w.number("sessions", 1, 3)
	for i := range n {
		id := fmt.Sprintf("m%d", i+1)
		w.sessions = append(w.sessions, id)
		at := w.pick("at", w.stations...)
		if len(w.stations) == 2 && w.chance(3, "choice of stations") {
			at = "s1, s2"
		}
		w.line("  - id: %s\n    at: [%s]", id, at)
		programme := ""
		if w.chance(3, "programme") {
			programme = w.pick("which programme", "plain", "seated")
		}
		if programme == "" {
			w.line("    days: %s", w.pick("length", "1", "1..2", "2", "1..3"))
		} else {
			w.line("    programme: %s\n    days: %s", programme, w.pick("length", "1", "1..2"))
			w.programs = append(w.programs, id)
		}
		if programme == "seated" {
			w.seated = append(w.seated, id)
		}
		if w.chance(3, "within") {
			w.line("    within: %d days", w.number("within days", 2, 5))
		}
		if w.chance(2, "optional") {
			w.line("    optional: yes")
			w.optional = append(w.optional, id)
		}
		if w.chance(3, "between") {
			w.line("    between: %s", w.between("window"))
		}
		if w.slots == 2 && w.chance(3, "slots of session") {
			w.line("    slots: [morning]")
		}
		if w.chance(3, "chaired") {
			w.line("    chaired-by: [chair]")
		}
		if w.chance(3, "room") {
			w.line("    room: {seats: %s, booths: %s}", w.pick("seats needed", "10", "20"), w.pick("booths needed", "0", "3"))
		}
		if w.chance(3, "interpretation") {
			w.spoken = append(w.spoken, id)
			w.line("    interpretation: %s", w.pick("how interpreted", "required", "as-available"))
		}
		if i > 0 && w.chance(3, "after") {
			w.line("    after: {m%d: %s}", i, w.gap())
		}
		if w.chance(6, "pin") {
			w.line("    pin: {start: %s}", w.day("pinned", 0))
		}
	}
}

func (w *writer) gap() string {
	return w.pick("gap", "1.. days", "1..2 days", "2.. working days", "1..3 working days", "1 days")
}

func (w *writer) duration() string {
	return w.pick("duration", "0 days", "1 days", "2 days", "1 working days", "2 working days")
}

func (w *writer) drawDocument() {
	if !w.chance(3, "document") {
		return
	}
	w.document = true
	w.line("documents:\n  - id: draft")
	if w.chance(2, "follows") {
		w.line("    after: [m1]\n    takes: %s", w.duration())
		if w.chance(2, "document within") {
			w.line("    within: %s", w.pick("limit", "2 days", "3 working days"))
		}
	}
	if w.chance(2, "precedes") {
		w.line("    before: {%s: %s}", w.pick("what", "debate", w.sessions[len(w.sessions)-1]), w.duration())
	}
	if w.chance(3, "deadline") {
		w.line("    deadline: %s", w.day("deadline day", 0))
	}
}

func (w *writer) drawRules() {
	w.line("rules:\n  - avoid: {of: m1, days: [2018-01-01], tier: 1}")
	if len(w.optional) > 0 {
		w.line("  - held: {of: [%s], tier: %d}", strings.Join(w.optional, ", "), w.number("tier of held", 1, 3))
	}
	for range w.number("rules", 0, 5) {
		kind, body := w.drawRule()
		if kind == "" {
			continue
		}
		tier := ""
		if !w.chance(3, "hard") {
			tier = fmt.Sprintf(", tier: %d, weight: %d", w.number("tier", 1, 3), w.number("weight", 1, 3))
		}
		w.line("  - %s: {%s%s}", kind, body, tier)
	}
}

// drawRule draws the kind of a rule and its fields; no kind when the one drawn
// has nothing to speak of.
func (w *writer) drawRule() (kind, body string) {
	of := "of: " + w.pick("of", append([]string{`"*"`}, w.sessions...)...)
	some := func(list []string) string {
		if len(list) == 0 {
			return ""
		}
		return "of: [" + strings.Join(list, ", ") + "]"
	}
	kind = w.pick("kind", "window", "venue", "length", "span", "phase", "programme", "before", "adjacent-to", "chaired-by", "interpretation",
		"document", "day-cap", "moderators", "balance", "panel-mix", "travel-budget", "officer-travel", "avoid", "parallel", "rest", "breaks", "idle", "near", "slack")
	switch kind {
	case "window", "phase":
		body = of + ", between: " + w.between("days of rule")
	case "venue":
		body = of + ", at: [" + w.pick("venue", w.stations...) + "]"
	case "length":
		body = of + ", days: " + w.pick("wished length", "1", "2", "2..", "..1")
	case "span":
		body = of + fmt.Sprintf(", within: %d days", w.number("wished span", 0, 3))
	case "programme":
		if body = some(w.programs); body != "" {
			programme := "talk"
			if len(w.seated) == len(w.programs) {
				programme = "panel"
			}
			body += fmt.Sprintf(", kind: %s, count: %s", programme, w.pick("wished meetings", "1", "2", "2..", "..1"))
		}
	case "before":
		if len(w.sessions) > 1 {
			body = "of: m2, then: [m1], gap: " + w.gap()
		}
	case "adjacent-to":
		body = of + fmt.Sprintf(", to: debate, side: %s, within: %s", w.pick("side", "before", "after"), w.duration())
	case "chaired-by":
		body = of + ", by: [chair]"
	case "interpretation":
		body = some(w.spoken)
	case "document":
		if w.document {
			body = "of: draft, " + w.pick("document rule", "after: [m1], takes: 1 days, within: 2 working days", "before: [debate], by: 1 working days", "deadline: 2018-03-10", "between: 2018-03-09..2018-03-10")
		}
	case "day-cap":
		body = of + ", " + w.pick("cap", "at-most", "exactly", "at-least") + fmt.Sprintf(": %d", w.number("days of cap", 1, 4))
	case "moderators":
		if body = some(w.seated); body != "" {
			body += ", seat: moderator, from: " + w.pick("moderators from", "[states]", "[states, experts]") + w.pick("each", "", ", each: ..1")
		}
	case "balance":
		if body = some(w.seated); body != "" {
			body += ", seat: moderator, over: group, " + w.pick("balance", "even: yes", "each: 1..2", "groups: {west: ..1}")
		}
	case "panel-mix":
		if body = some(w.seated); body != "" {
			body += ", kind: panel, profile: {" + w.pick("mix", "origin: 1..", "transit: 1", "origin: 1.., transit: ..1") + "}"
		}
	case "travel-budget":
		body = of + fmt.Sprintf(", delegates: 2, cost: {s1: %d}, at-most: %d", w.number("cost", 400, 1600), w.number("budget", 0, 4))
	case "officer-travel":
		body = of + ", by: [chair]"
	case "avoid":
		body = of + ", days: [" + w.pick("avoid", "observances", "others", "debate", "2018-03-12..2018-03-13", "observances, 2018-03-09") + "]"
	case "parallel":
		body = fmt.Sprintf("of: \"*\", at-most: %d", w.number("parallel", 0, 2)) + w.maybe(2, ", at: [%s]", func() string { return w.pick("parallel at", w.stations...) })
	case "rest":
		if len(w.sessions) > 1 {
			body = "of: \"*\", at-least: " + w.duration()
		}
	case "breaks", "idle":
		body = of
	case "near":
		body = of + ", day: " + w.day("wished day", 2)
	case "slack":
		if w.document {
			body = "of: draft, want: " + w.duration()
		}
	}
	if body == "" {
		kind = ""
	}
	return kind, body
}
