package scenario_test

import (
	"os"
	"strings"
	"testing"

	"plenary/model/scenario"
)

// More days than anybody keeps in tables are refused once, and not added.
func TestTablesOfUnavailabilityAreBounded(t *testing.T) {
	t.Chdir(t.TempDir())
	line := "station:geneva," + strings.TrimSuffix(strings.Repeat("2018-05-14;", 100), ";") + "\n"
	for name, text := range map[string]string{
		"away.csv": "who,days\n" + strings.Repeat(line, 300),
		"s.yaml":   "plenary: 1\ntitle: Water\nperiod: 2018-01-01..2018-12-31\nstations: {geneva: {zone: Europe/Zurich}}\nunavailable: [away.csv]\nsessions: [{id: opening, at: geneva}]\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, problems := scenario.Read("s.yaml", scenario.Sources{})
	if len(problems) != 1 || problems[0].Error() != "away.csv:103:1: the tables have more than 10000 stretches of days" {
		t.Errorf("problems %v", problems)
	}
	if s != nil && len(s.Stations[0].Closed) > scenario.MostUnavailable+100 {
		t.Errorf("%d days", len(s.Stations[0].Closed))
	}
}
