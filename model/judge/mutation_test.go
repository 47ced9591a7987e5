package judge_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// kept is a plan of testdata/every-rule.yaml that keeps every rule, item by item,
// in the short form of whole days, ("geneva 01-08 01-09"), of meetings
// ("santiago 01-08 a L") or of a document's day of issue ("01-19").
var kept = map[string]string{
	"window-1": "geneva 01-08", "venue-1": "geneva 01-08", "length-1": "geneva 01-08 01-09", "span-1": "geneva 01-08 01-09", "phase-1": "geneva 02-05",
	"programme-1": "geneva 01-08, a panel, b talk", "seats-1": "geneva 01-08, a panel n1", "pin-1": "geneva 01-08", "held-1": "geneva 01-08",
	"before-1": "geneva 01-08", "before-2": "geneva 01-09", "adjacent-to-1": "geneva 02-09", "chaired-by-1": "geneva 01-08", "chaired-by-2": "vienna 01-11",
	"closed-days-1": "geneva 01-12", "rooms-1": "nairobi 01-08, a L", "rooms-2": "nairobi 01-08, a S", "teams-1": "bangkok 01-08, a team 1",
	"teams-2": "bangkok 01-09, a team 1", "interpretation-1": "geneva 01-08, a team 1", "day-cap-1": "geneva 01-08", "day-cap-2": "geneva 01-08 01-09",
	"moderators-1": "geneva 01-08, a panel n1", "balance-1": "geneva 01-08, a panel n1, b panel s1", "panel-mix-1": "geneva 01-08, a panel n1",
	"travel-budget-1": "geneva 01-08", "officer-travel-1": "geneva 01-08", "avoid-1": "geneva 01-08", "parallel-1": "geneva 01-08", "parallel-2": "geneva 01-09",
	"rest-1": "geneva 01-08", "rest-2": "geneva 01-11", "breaks-1": "geneva 01-08 01-09", "idle-1": "geneva 01-08, a talk, b talk", "near-1": "geneva 01-08",
	"keep-1": "geneva 01-08", "overlap-1": "geneva 01-08", "overlap-2": "geneva 01-09", "attendance-1": "santiago 01-02, a L", "attendance-2": "santiago 01-02, b L",
	"times-1": "geneva 01-08, a talk, b talk", "places-1": "santiago 01-03, a L", "room-size-1": "santiago 01-04, a L", "one-room-1": "santiago 01-05, a L",
	"one-room-2": "santiago 01-05, b L", "same-room-1": "santiago 01-08, a L", "same-room-2": "santiago 01-08, b L", "same-day-1": "santiago 01-09, a L",
	"same-day-2": "santiago 01-09, b L", "days-apart-1": "santiago 01-10, a L", "days-apart-2": "santiago 01-11, a L", "in-order-1": "santiago 01-12, a L",
	"in-order-2": "santiago 01-12, c L", "spread-1": "santiago 01-15, a L", "spread-2": "santiago 01-16, a L", "compact-1": "santiago 01-17, a L",
	"compact-2": "santiago 01-17, b L", "early-1": "santiago 01-01, a L", "pause-1": "santiago 01-18, a L", "pause-2": "santiago 01-18, c L",
	"room-change-1": "santiago 01-19, a L", "room-change-2": "santiago 01-19, b L", "larger-rooms-first-1": "santiago 01-22, a L",
	"rooms-by-size-1": "santiago 01-23, a M", "rooms-by-size-2": "santiago 01-23, a L", "alongside-1": "santiago 01-24, a L", "alongside-2": "santiago 01-24, a M",
	"next-to-1": "santiago 01-25, a L", "next-to-2": "santiago 01-25, b L", "document-1": "01-19", "slack-1": "01-16",
}

// broken changes one item of the plan so that it breaks one rule: "" leaves the
// item out. Each kind of rule has at least one.
var broken = []struct{ kind, item, as string }{
	{"window", "window-1", "geneva 01-15"}, {"window", "window-1", "geneva 01-05"},
	{"venue", "venue-1", "vienna 01-08"},
	{"length", "length-1", "geneva 01-08"}, {"length", "length-1", "geneva 01-08 01-09 01-10"},
	{"span", "span-1", "geneva 01-08 01-10"},
	{"phase", "phase-1", "geneva 01-31"}, {"phase", "phase-1", "geneva 03-01"},
	{"programme", "programme-1", "geneva 01-08, a talk, b panel"}, {"programme", "programme-1", "geneva 01-08, a panel"},
	{"programme", "programme-1", "geneva 01-08, a panel, b talk, c talk"}, {"programme", "programme-1", "geneva 01-08, a panel, b dance"},
	{"seats", "seats-1", "geneva 01-08, a panel"}, {"seats", "seats-1", "geneva 01-08, a panel nobody"},
	{"pin", "pin-1", "geneva 01-09"},
	{"held", "held-1", ""},
	{"before", "before-2", "geneva 01-08"}, {"before", "before-2", "geneva 01-12"},
	{"adjacent-to", "adjacent-to-1", "geneva 02-08"}, {"adjacent-to", "adjacent-to-1", "geneva 02-12"},
	{"chaired-by", "chaired-by-2", "vienna 01-09"}, {"chaired-by", "chaired-by-2", "vienna 01-08"},
	{"closed-days", "closed-days-1", "geneva 01-13"}, {"closed-days", "closed-days-1", "geneva 04-02"},
	{"rooms", "rooms-2", "nairobi 01-08, a L"}, {"rooms", "rooms-2", "nairobi 01-08, a X"}, {"rooms", "rooms-2", "nairobi 01-08, a"},
	{"teams", "teams-2", "bangkok 01-08, a team 1"}, {"teams", "teams-2", "bangkok 01-09, a team 2"},
	{"interpretation", "interpretation-1", "geneva 01-08, a"},
	{"document", "document-1", "01-22"}, {"document", "document-1", "01-13"}, {"document", "document-1", ""},
	{"day-cap", "day-cap-1", "geneva 01-08 01-09"},
	{"moderators", "moderators-1", "geneva 01-08, a panel s1"},
	{"balance", "balance-1", "geneva 01-08, a panel n1, b panel n2"},
	{"panel-mix", "panel-mix-1", "geneva 01-08, a panel s1"},
	{"travel-budget", "travel-budget-1", "vienna 01-08"},
	{"officer-travel", "officer-travel-1", "vienna 01-08"},
	{"avoid", "avoid-1", "geneva 02-12"},
	{"parallel", "parallel-2", "geneva 01-08"},
	{"rest", "rest-2", "geneva 01-10"}, {"rest", "rest-2", "geneva 01-08"},
	{"breaks", "breaks-1", "geneva 01-08 01-10"}, {"breaks", "breaks-1", "geneva 01-12 01-15"},
	{"idle", "idle-1", "geneva 01-08, a talk, c talk"}, {"idle", "idle-1", "geneva 01-08, b talk, c talk"},
	{"near", "near-1", "geneva 01-09"}, {"near", "near-1", "geneva 01-05"},
	{"slack", "slack-1", "01-17"},
	{"keep", "keep-1", "geneva 01-09"},
	{"overlap", "overlap-2", "geneva 01-08"},
	{"attendance", "attendance-2", "santiago 01-02, a M"},
	{"times", "times-1", "geneva 01-08, a talk, d talk"},
	{"places", "places-1", "santiago 01-03, a M"},
	{"room-size", "room-size-1", "santiago 01-04, a S"},
	{"one-room", "one-room-2", "santiago 01-05, b M"},
	{"same-room", "same-room-2", "santiago 01-08, b M"},
	{"same-day", "same-day-2", "santiago 01-10, b L"},
	{"days-apart", "days-apart-2", "santiago 01-10, b L"}, {"days-apart", "days-apart-2", "santiago 01-12, b L"},
	{"in-order", "in-order-2", "santiago 01-12, a M"}, {"in-order", "in-order-2", "santiago 01-11, b L"},
	{"spread", "spread-2", "santiago 01-15, b L"},
	{"compact", "compact-2", "santiago 01-17, c L"},
	{"early", "early-1", "santiago 01-01, b L"},
	{"pause", "pause-2", "santiago 01-18, b L"},
	{"room-change", "room-change-2", "santiago 01-19, b M"},
	{"larger-rooms-first", "larger-rooms-first-1", "santiago 01-22, a M"},
	{"rooms-by-size", "rooms-by-size-2", "santiago 01-23, a S"},
	{"alongside", "alongside-2", "santiago 01-24, b M"},
	{"next-to", "next-to-2", "santiago 01-25, c L"},
}

// TestAPlanBrokenInOnePlaceBreaksExactlyThatRule is the mutation test of the
// checker: the plan that keeps every rule, changed in one place, makes it name
// the rule that was broken and no other.
func TestAPlanBrokenInOnePlaceBreaksExactlyThatRule(t *testing.T) {
	s, instances := read(t, "testdata/every-rule.yaml")
	if v := judge.Plan(s, instances, written(t, s, kept)); !v.Feasible() || len(v.Priced) > 0 {
		t.Fatalf("the plan to break is broken already: %v", sentences(v))
	}
	for _, b := range broken {
		if b.as == kept[b.item] {
			t.Fatalf("%s: the plan is not changed", b.kind)
		}
		changed := maps.Clone(kept)
		changed[b.item] = b.as
		v := judge.Plan(s, instances, written(t, s, changed))
		if v.Feasible() {
			t.Errorf("%s: the checker finds nothing in %s as %q", b.kind, b.item, b.as)
		}
		for _, m := range slices.Concat(v.Violations, v.Priced) {
			if m.Instance.Kind != b.kind || !m.Instance.Hard() {
				t.Errorf("%s: with %s as %q the checker names %s: %s", b.kind, b.item, b.as, m.Instance.Kind, m.Finding.Text)
			}
		}
	}
}

func TestEveryKindOfRuleIsBrokenOnce(t *testing.T) {
	for _, k := range rule.Kinds {
		if !slices.ContainsFunc(broken, func(b struct{ kind, item, as string }) bool { return b.kind == k.Name }) {
			t.Errorf("no plan breaks the rule %s", k.Name)
		}
	}
	for _, b := range broken {
		if rule.KindNamed(b.kind) == nil {
			t.Errorf("a plan breaks the rule %s, which is none", b.kind)
		}
	}
}

func sentences(v judge.Verdict) (out []string) {
	for _, m := range slices.Concat(v.Violations, v.Priced) {
		out = append(out, m.Instance.ID+": "+m.Finding.Text)
	}
	return out
}

// written reads a plan in the short form of kept. The word after a slot is a
// room, a team or a kind of meeting, and the one after that a member in the
// chair.
func written(t *testing.T, s *scenario.Scenario, items map[string]string) *plan.Plan {
	t.Helper()
	var sessions, documents strings.Builder
	for _, id := range slices.Sorted(maps.Keys(items)) {
		if items[id] == "" {
			continue
		}
		parts := strings.Split(items[id], ", ")
		head := strings.Fields(parts[0])
		if s.Document(id) >= 0 {
			fmt.Fprintf(&documents, "  %s: {issued: 2018-%s}\n", id, head[0])
			continue
		}
		fmt.Fprintf(&sessions, "  %s: {station: %s, days: [2018-%s], meetings: [", id, head[0], strings.Join(head[1:], ", 2018-"))
		for _, part := range parts[1:] {
			slot, rest, _ := strings.Cut(part, " ")
			fmt.Fprintf(&sessions, "{day: 2018-%s, slot: %s%s}, ", head[1], slot, words(rest))
		}
		sessions.WriteString("]}\n")
	}
	p, problems := plan.Read("plan.yaml", []byte("plenary-plan: 1\nsessions:\n"+sessions.String()+"documents:\n"+documents.String()), s)
	if len(problems) > 0 {
		t.Fatalf("%v\n%s%s", problems, sessions.String(), documents.String())
	}
	return p
}

func words(text string) string {
	switch first, rest, _ := strings.Cut(text, " "); {
	case text == "":
		return ""
	case first == "team":
		return ", interpretation: " + text
	case len(first) == 1:
		return ", room: " + first
	case rest == "":
		return ", kind: " + first
	default:
		return fmt.Sprintf(", kind: %s, seats: {chair: [%s]}", first, rest)
	}
}
