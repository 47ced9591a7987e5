package generate

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"plenary/model/given"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
)

// read reads a scenario that was generated, as anybody would.
func read(t testing.TB, src []byte) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "generated.yaml")
	if err := os.WriteFile(name, src, 0o600); err != nil {
		t.Fatal(err)
	}
	return readFile(t, name)
}

func readFile(t testing.TB, name string) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	return given.File(t, name, scenario.Sources{Library: scenarios.FS})
}

// various are sizes, seeds and odd figures.
var various = []Options{
	{Size: "M", Seed: 1}, {Size: "M", Seed: 2}, {Size: "M", Seed: 3},
	{Size: "L", Seed: 1}, {Size: "L", Seed: 2}, {Size: "XL", Seed: 1},
	{Size: "L", Seed: 1, Sessions: 1, Stations: 1, Months: 1},
	{Size: "L", Seed: 1, Sessions: 12, Stations: 1, Months: 3, Load: 60},
	{Size: "L", Seed: 2, Sessions: 60, Stations: 3, Months: 3, Load: 70},
	{Size: "L", Seed: 3, Sessions: 200, Stations: 8, Months: 6, Load: 30},
	{Size: "L", Seed: 18446744073709551615, Sessions: 300, Stations: 2, Months: 12, Load: 85},
}

// written is a scenario that was generated, and read.
type written struct {
	text      []byte
	hidden    Hidden
	scenario  *scenario.Scenario
	instances []rule.Instance
}

// made keeps what the tests share: XL takes a second.
var made = map[Options]written{}

func planned(t *testing.T, o Options) written {
	t.Helper()
	c, known := made[o]
	if !known {
		var err error
		if c.text, c.hidden, err = Planned(o); err != nil {
			t.Fatalf("%+v: %v", o, err)
		}
		c.scenario, c.instances = read(t, c.text)
		made[o] = c
	}
	return c
}

func TestTheHiddenPlanKeepsEveryHardRule(t *testing.T) {
	for _, o := range various {
		c := planned(t, o)
		verdict := judge.Plan(c.scenario, c.instances, c.hidden.Plan)
		for _, m := range verdict.Violations {
			t.Errorf("%+v: %s: %s", o, m.Instance.ID, m.Finding.Text)
		}
		if verdict.Costs[0] != 0 {
			t.Errorf("%+v: the hidden plan leaves %d optional sessions out", o, verdict.Costs[0])
		}
	}
}

func TestTheLoadThatIsSaidIsTheLoad(t *testing.T) {
	for _, o := range various {
		c := planned(t, o)
		hidden := c.hidden
		rooms, teams := load(c.scenario, hidden.Plan)
		if math.Abs(rooms-hidden.Rooms) > 1e-9 || math.Abs(teams-hidden.Teams) > 1e-9 {
			t.Errorf("%+v: rooms %v and teams %v by the generator, %v and %v by the scenario", o, hidden.Rooms, hidden.Teams, rooms, teams)
		}
		said := fmt.Sprintf("takes %.0f %% of the half-days of rooms", 100*rooms)
		if !bytes.Contains(c.text, []byte(said)) {
			t.Errorf("%+v: the file does not say that it %s", o, said)
		}
		if o.Sessions == 0 && o.Size != "M" && (rooms < 0.795 || rooms > 0.8 || teams < 0.795 || teams > 0.8) {
			t.Errorf("%+v: rooms are used to %v and teams to %v instead of 80 per cent", o, rooms, teams)
		}
	}
}

// load measures from the scenario and the plan alone which share of the
// half-days of rooms is used, and which share of the meetings that teams can
// serve must be interpreted.
func load(s *scenario.Scenario, p *plan.Plan) (rooms, teams float64) {
	var have, serve, meet, speak float64
	for i := range s.Stations {
		st := &s.Stations[i]
		if !st.Used || len(st.Rooms) == 0 {
			continue
		}
		weeks := map[int]float64{}
		for d := s.Period.First; d <= s.Period.Last; d++ {
			if !st.Open(d) {
				continue
			}
			for j := range st.Rooms {
				have += float64(st.Rooms[j].Number() * len(s.Slots))
			}
			weeks[int(d.Monday())] += float64(st.Interpretation.TeamsOn(d) * len(s.Slots))
		}
		for _, halves := range weeks {
			serve += min(halves, float64(st.Interpretation.Teams*st.Interpretation.MeetingsPerWeek()))
		}
	}
	for i := range p.Sessions {
		x := &p.Sessions[i]
		if len(s.Stations[s.Station(x.Station)].Rooms) == 0 {
			continue
		}
		meet += float64(len(x.Meetings))
		if s.Sessions[s.Session(x.ID)].Interpretation == scenario.Required {
			speak += float64(len(x.Meetings))
		}
	}
	return meet / have, speak / serve
}

func TestEveryKindOfRuleOccurs(t *testing.T) {
	instances := planned(t, Options{Size: "L", Seed: 1}).instances
	count := map[string]int{}
	for i := range instances {
		count[instances[i].Kind]++
	}
	for _, kind := range []string{
		"window", "venue", "length", "span", "phase", "programme", "seats", "pin", "held", "before", "adjacent-to", "chaired-by",
		"closed-days", "rooms", "teams", "interpretation", "document", "day-cap", "moderators", "balance", "panel-mix",
		"travel-budget", "officer-travel", "avoid", "parallel", "rest", "breaks", "idle", "near", "slack", "keep",
	} {
		if count[kind] == 0 {
			t.Errorf("L has no rule %s", kind)
		}
	}
}

func TestTheSizesAreWhatTheySay(t *testing.T) {
	for _, c := range []struct {
		size                   string
		sessions, days, stands int // at least; stations with rooms
	}{{"M", 300, 800, 3}, {"L", 700, 360, 4}, {"XL", 3000, 1090, 6}} {
		s := planned(t, Options{Size: c.size, Seed: 1}).scenario
		stations := 0
		for i := range s.Stations {
			if s.Stations[i].Used && len(s.Stations[i].Rooms) > 0 {
				stations++
			}
		}
		if len(s.Sessions) < c.sessions || s.Period.Len() < c.days || stations != c.stands {
			t.Errorf("%s has %d sessions in %d days at %d stations", c.size, len(s.Sessions), s.Period.Len(), stations)
		}
	}
}

func TestTheSameSeedGivesTheSameFileAndAnotherSeedAnother(t *testing.T) {
	for _, size := range []string{"M", "L"} {
		once, err := Scenario(Options{Size: size, Seed: 4})
		if err != nil {
			t.Fatal(err)
		}
		again, err := Scenario(Options{Size: size, Seed: 4})
		if err != nil || !bytes.Equal(once, again) {
			t.Errorf("%s: the second file differs from the first: %v", size, err)
		}
		other, err := Scenario(Options{Size: size, Seed: 5})
		if err != nil || bytes.Equal(once, other) {
			t.Errorf("%s: the seed 5 gives the file of the seed 4: %v", size, err)
		}
	}
}

// The rules of S say what those of the scenario that ships say, one by one.
func TestSizeSIsTheScenarioOfTheResolution(t *testing.T) {
	src, err := Scenario(Options{Size: "S", Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	s, instances := read(t, src)
	want, all := readFile(t, "../gcm-2018.yaml")
	if len(instances) != len(all) {
		t.Fatalf("S has %d rules, the scenario that ships %d", len(instances), len(all))
	}
	for i := range want.Sessions {
		if s.Sessions[i].Title != want.Sessions[i].Title {
			t.Errorf("session %d is %q instead of %q", i, s.Sessions[i].Title, want.Sessions[i].Title)
		}
	}
	for i := range all {
		// Both without translations, as S is.
		if got, want := instances[i].Rule.Statement(s), all[i].Rule.Statement(s); got != want || instances[i].Tier != all[i].Tier {
			t.Errorf("rule %d says %q instead of %q", i, got, want)
		}
	}
	for i := range want.Rosters {
		other := s.Roster(want.Rosters[i].ID)
		for _, m := range want.Rosters[i].Table.Members {
			same := other.Table.Member(m.ID)
			if same == nil || same.Name != m.Name || fmt.Sprint(same.Values["profile"], same.Values["offers"], same.Values["regional_group"]) !=
				fmt.Sprint(m.Values["profile"], m.Values["offers"], m.Values["regional_group"]) {
				t.Errorf("%s: %s is %+v instead of %+v", want.Rosters[i].ID, m.ID, same, m)
			}
		}
	}
}

func TestOptionsOutOfRangeAreRefused(t *testing.T) {
	for _, o := range []Options{
		{Size: "", Seed: 1}, {Size: "XXL"}, {Size: "S", Sessions: 10}, {Size: "M", Load: 50}, {Size: "L", Sessions: -1}, {Size: "L", Sessions: MostSessions + 1},
		{Size: "L", Stations: 9}, {Size: "XL", Months: MostMonths + 1}, {Size: "L", Load: LeastLoad - 1}, {Size: "L", Load: MostLoad + 1},
	} {
		if _, err := Scenario(o); !errors.Is(err, ErrOptions) {
			t.Errorf("%+v: %v", o, err)
		}
	}
}
