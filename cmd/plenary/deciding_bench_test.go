package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkDeciding runs what is asked of a plan that stands, as a user does: a
// repair after a station is closed for a day, a comparison of the plan with the mended
// one, alternatives to it, what holds a session where it is, why it is not elsewhere,
// and why there is no plan when an officer or interpretation is lacking.
func BenchmarkDeciding(b *testing.B) {
	program := build(b)
	for _, size := range []struct{ name, closed, impossible, session, day string }{
		{"S", "new-york=2018-03-26", "officers.co-facilitator-switzerland.away=2018-06-01..2018-06-30", "thematic-drivers", "2017-05-22"},
		{"M", "geneva=2027-07-20", "stations.geneva.interpretation.teams=0", "forests-thematic-1", "2027-08-02"},
		{"L", "geneva=2027-06-08", "stations.geneva.interpretation.teams=1", "migration-education-committee-1", "2027-04-19"},
	} {
		folder := b.TempDir()
		run := func(b *testing.B, args ...string) {
			b.Helper()
			cmd := exec.Command(program, args...)
			cmd.Dir = folder
			if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != exitNo {
				b.Fatalf("%v: %v\n%s", args, err, out)
			}
		}
		run(b, "generate", "--size", size.name, "--out", "scenario.yaml")
		run(b, "plan", "scenario.yaml", "--plan", "plan.json", "--time-limit", "1m")
		for _, command := range []struct {
			name string
			args []string
		}{
			{"repair", []string{"repair", "scenario.yaml", "plan.json", "--closed", size.closed, "--plan", "mended.json", "--time-limit", "2m", "--force"}},
			{"compare", []string{"compare", "scenario.yaml", "plan.json", "mended.json", "--html", "compare.html", "--force"}},
			{"alternatives", []string{"alternatives", "scenario.yaml", "plan.json", "-k", "1", "--time-limit", "1m", "--force"}},
			{"explain", []string{"explain", "scenario.yaml", "--set", size.impossible}},
			{"session", []string{"explain", "scenario.yaml", "plan.json", "--session", size.session}},
			{"why-not", []string{"explain", "scenario.yaml", "plan.json", "--why-not", size.session + " on " + size.day, "--time-limit", "1m"}},
		} {
			b.Run(size.name+"/"+command.name, func(b *testing.B) {
				for b.Loop() {
					run(b, command.args...)
				}
			})
		}
		if _, err := os.Stat(filepath.Join(folder, "compare.html")); err != nil {
			b.Error(err)
		}
	}
}
