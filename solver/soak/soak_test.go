package soak_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/model/rule"
	"plenary/solver/soak"
)

// fixed is how many scenarios every test run examines.
const fixed = 24

// TestFourPartiesAgreeOnRandomScenarios examines scenario after scenario: the
// same few every time, or with SOAK=10m in the environment new ones for so long.
func TestFourPartiesAgreeOnRandomScenarios(t *testing.T) {
	count, said, broken := map[string]int{}, map[string]int{}, map[string]int{}
	shrunk := map[string]bool{}
	for seed := range seeds(t) {
		text := soak.Draw(seed)
		r := examine(t, text)
		count["scenarios"]++
		tally(r, count)
		for _, kind := range r.Kinds {
			said[kind]++
		}
		for _, kind := range r.Broken {
			broken[kind]++
		}
		if r.Disagreement == "" {
			continue
		}
		t.Errorf("seed %d: %s", seed, r.Disagreement)
		if !shrunk[r.Topic()] { // one small scenario of each kind of disagreement is enough
			shrunk[r.Topic()] = true
			t.Errorf("smaller:\n%s", soak.Shrink(text, func(s string) bool { return examine(t, s).Topic() == r.Topic() }))
		}
	}
	t.Logf("%v", count)
	for _, kind := range slices.Sorted(maps.Keys(said)) {
		t.Logf("%s: in %d scenarios, broken in %d plans", kind, said[kind], broken[kind])
	}
	if count["feasible"] == 0 || count["infeasible"] == 0 || count["refused by the reader"] > 2*count["scenarios"]/3 {
		t.Errorf("too few of the scenarios say something: %v", count)
	}
}

// seeds gives those of the scenarios to examine.
func seeds(t *testing.T) func(yield func(uint64) bool) {
	text := os.Getenv("SOAK")
	if text == "" {
		return func(yield func(uint64) bool) {
			for seed := uint64(0); seed < fixed && yield(seed); seed++ {
			}
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("SOAK: %v", err)
	}
	end := time.Now().Add(d)
	return func(yield func(uint64) bool) {
		for seed := uint64(end.UnixMilli()); time.Now().Before(end) && yield(seed); seed++ {
		}
	}
}

func examine(t *testing.T, text string) soak.Report {
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	return soak.Examine(ctx, text, t.TempDir())
}

func tally(r soak.Report, count map[string]int) {
	if r.Refused {
		count["refused by the reader"]++
		return
	}
	for what, so := range map[string]bool{"feasible": r.Feasible, "infeasible": !r.Feasible, "solved by clasp": r.Second,
		"looked at plan by plan": r.Plans > 0, "best found by listed choices": r.Best} {
		if so {
			count[what]++
		}
	}
	count["plans looked at"] += r.Plans
	count["plans of clasp measured"] += r.Measured
}

func TestEveryKindOfRuleIsDrawn(t *testing.T) {
	drawn := map[string]bool{}
	folder := t.TempDir()
	for seed := range uint64(400) {
		if _, instances, problems := soak.Read(soak.Draw(seed), folder); len(problems) == 0 {
			for i := range instances {
				drawn[instances[i].Kind] = true
			}
		}
	}
	for _, k := range rule.Kinds {
		if !drawn[k.Name] {
			t.Errorf("no scenario has the rule %s", k.Name)
		}
	}
}

// TestWhatOncePartedThemStaysMended keeps the scenarios that soaking found.
func TestWhatOncePartedThemStaysMended(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.yaml")
	if len(files) == 0 {
		t.Fatal("there are no scenarios in testdata")
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if r := examine(t, string(src)); r.Refused || r.Disagreement != "" {
			t.Errorf("%s: refused: %t; %s", file, r.Refused, r.Disagreement)
		}
	}
}

func TestShrinkingLeavesWhatFails(t *testing.T) {
	text := "a: 1\nlist:\n  - {x: 1, bad: [2, 3], y: 4}\n  - {z: 5}\nb: 2\n"
	small := soak.Shrink(text, func(s string) bool { return strings.Contains(s, "bad") && strings.Contains(s, "3") })
	if want := "list:\n  - {bad: [3]}"; small != want {
		t.Errorf("%q instead of %q", small, want)
	}
}
