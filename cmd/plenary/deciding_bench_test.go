package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkDeciding runs what is asked of a plan that stands, as a user does: a
// repair after a station is closed for a day, alternatives, and a comparison of
// the plan with the mended one.
func BenchmarkDeciding(b *testing.B) {
	program := build(b)
	for _, size := range []struct{ name, closed string }{
		{"S", "new-york=2018-03-26"},
		{"M", "new-york=2018-03-26"},
		{"L", "geneva=2027-06-08"},
	} {
		folder := b.TempDir()
		run := func(b *testing.B, args ...string) {
			b.Helper()
			cmd := exec.Command(program, args...)
			cmd.Dir = folder
			if out, err := cmd.CombinedOutput(); err != nil {
				b.Fatalf("%v: %v\n%s", args, err, out)
			}
		}
		run(b, "generate", "--size", size.name, "--out", "scenario.yaml")
		run(b, "plan", "scenario.yaml", "--plan", "plan.json", "--time-limit", "1m")
		for _, command := range []struct {
			name string
			args []string
		}{
			{"repair", []string{"repair", "scenario.yaml", "plan.json", "--closed", size.closed, "--plan", "mended.json", "--time-limit", "2m"}},
			{"compare", []string{"compare", "scenario.yaml", "plan.json", "mended.json", "--html", "compare.html"}},
			{"alternatives", []string{"alternatives", "scenario.yaml", "-k", "1", "--time-limit", "2m"}},
		} {
			b.Run(size.name+"/"+command.name, func(b *testing.B) {
				for b.Loop() {
					run(b, append(command.args, "--force")...)
				}
			})
		}
		if _, err := os.Stat(filepath.Join(folder, "compare.html")); err != nil {
			b.Error(err)
		}
	}
}
