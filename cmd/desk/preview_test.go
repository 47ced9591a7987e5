package desk_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"plenary/cmd/desk"
	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios/generate"
	"plenary/solver/solve"
)

// For every day of the period, the outlook says what the checker says of the
// whole plan.
func TestTheOutlookIsWhatTheCheckerSays(t *testing.T) {
	t.Parallel()
	s, instances, err := read(resolution(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	found, err := solve.Plan(t.Context(), s, instances, solve.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"thematic-smuggling", "briefing-drivers", "negotiation-june", "hearing-1", "regional-africa"} {
		if classes := agree(t, s, instances, found.Plan, id, "", 3); classes["forbidden"] == 0 || classes["allowed"] == 0 {
			t.Errorf("%s: %v; want days of both kinds", id, classes)
		}
	}
	if classes := agree(t, s, instances, found.Plan, "briefing-drivers", "geneva", 3); classes["forbidden"] == 0 {
		t.Errorf("briefing-drivers in Geneva: %v", classes)
	}
}

// What nobody waits for any more is not worked out.
func TestAnOutlookThatIsGivenUpIsNoAnswer(t *testing.T) {
	file := resolution(t)
	begun(t, file)
	d, err := desk.Open(file, filepath.Join(filepath.Dir(file), "gcm-2018.desk"), "plenary test", "en", read)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	for _, given := range []bool{false, true} {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		want := http.StatusOK
		if given {
			cancel()
			want = http.StatusTooManyRequests
		}
		w := httptest.NewRecorder()
		d.Handler(desk.Access{Hosts: []string{"desk.test"}}).ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "http://desk.test/days?session="+vienna, nil))
		if w.Code != want || (w.Code == http.StatusOK) != strings.Contains(w.Body.String(), "forbidden") {
			t.Errorf("given up: %t; status %d: %.80s", given, w.Code, w.Body)
		}
	}
}

// So it is in large scenarios, where a rule is measured with those sessions alone
// that it reaches: some sessions, some days of each.
func TestInLargeScenariosTheOutlookIsWhatTheCheckerSays(t *testing.T) {
	t.Parallel()
	for size, sessions := range map[string]int{"M": 4, "L": 2} {
		s, instances, p := large(t, size)
		total := map[string]int{}
		for i := range sessions {
			for class, n := range agree(t, s, instances, p, p.Sessions[i*len(p.Sessions)/sessions].ID, []string{"", "vienna"}[i%2], 41) {
				total[class] += n
			}
		}
		if total["forbidden"] == 0 || total["allowed"]+total["costly"] == 0 {
			t.Errorf("%s: %v; want days of both kinds", size, total)
		}
	}
}

// agree compares the outlook of every so manieth day, and of the days about the
// session, with the checker, and counts the classes.
func agree(t *testing.T, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, id, station string, every calendar.Day) map[string]int {
	t.Helper()
	now, x, classes := judge.Plan(s, instances, p), p.Session(id), map[string]int{}
	for i, o := range desk.Outlooks(t.Context(), s, instances, desk.TiesOf(s, instances), p, id, station, s.Period) {
		if o.Day != s.Period.First+calendar.Day(i) {
			t.Fatalf("%s: day %d is %s", id, i, o.Day)
		}
		if (o.Day-x.First())%every != 0 && (o.Day < x.First()-3 || o.Day > x.Last()+3) {
			continue
		}
		trial := *p
		trial.Sessions = slices.Clone(p.Sessions)
		moved := *x
		if station != "" && station != x.Station {
			moved = desk.Relocated(s, x, s.Station(station))
		}
		*trial.Session(id) = desk.Shifted(s, &moved, o.Day)
		v := judge.Plan(s, instances, &trial)
		if (o.Class == "forbidden") == v.Feasible() {
			t.Fatalf("%s at %q on %s is %s, the checker finds %d violations", id, station, o.Day, o.Class, len(v.Violations))
		}
		for tier := range v.Costs {
			if v.Costs[tier]-now.Costs[tier] != o.Costs[tier] {
				t.Fatalf("%s on %s: tier %d changes by %d, the checker says %d", id, o.Day, tier+1, o.Costs[tier], v.Costs[tier]-now.Costs[tier])
			}
		}
		classes[o.Class]++
	}
	return classes
}

// invented is a large scenario as text, with a plan that keeps its rules.
type invented struct {
	src    []byte
	hidden *plan.Plan
	err    error
}

func inventedOf(size string) func() invented {
	return sync.OnceValue(func() invented {
		src, hidden, err := generate.Planned(generate.Options{Size: size, Seed: 1})
		if err != nil {
			return invented{err: err}
		}
		return invented{src, hidden.Plan, nil}
	})
}

// inventions are made once for all tests.
var inventions = map[string]func() invented{"M": inventedOf("M"), "L": inventedOf("L")}

// large gives a large invented scenario with a plan that keeps its rules.
func large(t testing.TB, size string) (*scenario.Scenario, []rule.Instance, *plan.Plan) {
	t.Helper()
	file := filepath.Join(t.TempDir(), size+".yaml")
	is := inventions[size]()
	src, err := is.src, is.err
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, src, 0o600); err != nil {
		t.Fatal(err)
	}
	s, instances, err := read(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, instances, is.hidden
}
