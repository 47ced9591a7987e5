package sweep

import (
	"bytes"
	"context"
	"errors"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/model/sweep"
	"plenary/scenarios"
)

var library = scenario.Sources{Library: scenarios.FS}

// two sessions want the same room in a week; with one day each there is a plan.
var files = scenario.Bundle{
	"base.yaml": []byte(`plenary: 1
title: Two sessions
period: 2018-05-07..2018-05-11
include: [un-stations]
stations: {geneva: {rooms: {XX: {seats: 100}}}}
priorities: [wishes]
rosters: {people: {file: tables/people.csv}}
sessions:
  - {id: first, at: geneva, days: 2}
  - {id: second, at: geneva, days: 2}
rules:
  - near: {of: "*", day: 2018-05-08, tier: 1}
`),
	"s.yaml":            []byte("plenary: 1\nextends: base.yaml\n"),
	"tables/people.csv": []byte("id,name\na,A\n"),
}

func job(set ...string) sweep.Job {
	_, name := sweep.EncodeBundle(files)
	return sweep.Job{Program: "plenary test", Bundle: name, Scenario: "s.yaml", Set: set, Seed: 1, Time: 10 * time.Minute, Rounds: 3}
}

// answer runs a job in a folder where none of its files lie.
func answer(t *testing.T, j sweep.Job) sweep.Answer {
	t.Helper()
	a, err := Run(t.Context(), j, files, library)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAJobWithAPlanIsAnsweredByIt(t *testing.T) {
	t.Chdir(t.TempDir())
	j := job("sessions.second.days=1")
	a := answer(t, j)
	s, instances, err := Read(j, files, library)
	if err != nil {
		t.Fatal(err)
	}
	p, problems := plan.Read("plan", a.Plan, s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	v := judge.Plan(s, instances, p)
	if a.Status != sweep.Optimal || a.TimeUp || !v.Feasible() || len(a.Tiers) != 1 || v.Costs[0] != a.Tiers[0].Cost || a.Tiers[0].Bound != a.Tiers[0].Cost {
		t.Errorf("%+v; the checker says %+v", a, v)
	}
	if p.Scenario.SHA256 != plan.SourceOf(s, "").SHA256 || p.Scenario.File != "s.yaml" || p.Program != "plenary test" {
		t.Errorf("%+v", p.Scenario)
	}
}

// A machine of others may answer what it likes.
func TestAPlanIsMeasuredAnew(t *testing.T) {
	j := job("sessions.second.days=1")
	good := answer(t, j)
	other := answer(t, job("sessions.second.days=1", "rules=[]"))
	for _, c := range []struct {
		name  string
		wrong func(a *sweep.Answer)
		want  string
	}{
		{"as it is", func(*sweep.Answer) {}, ""},
		{"no plan at all", func(a *sweep.Answer) { a.Plan = []byte("{}") }, "this is no plan"},
		{"a day that does not exist", func(a *sweep.Answer) { a.Plan = bytes.ReplaceAll(a.Plan, []byte("2018-05-0"), []byte("2018-13-0")) }, "the day"},
		{"a closed day", func(a *sweep.Answer) { a.Plan = bytes.ReplaceAll(a.Plan, []byte("2018-05-0"), []byte("2018-06-0")) }, "breaks a rule"},
		{"the plan of another job", func(a *sweep.Answer) { a.Plan = other.Plan; a.Tiers[0].Cost = 0 }, "tier 1 costs"},
		{"a cost that is too low", func(a *sweep.Answer) { a.Tiers[0].Cost-- }, "tier 1 costs"},
		{"a tier fewer", func(a *sweep.Answer) { a.Tiers = nil }, "the answer has 0 tiers, the scenario 1"},
		{"nothing to measure", func(a *sweep.Answer) { a.Status, a.Plan = sweep.Impossible, nil }, ""},
	} {
		a := good
		a.Tiers = slices.Clone(good.Tiers)
		c.wrong(&a)
		err := Check(j, files, library, a)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAJobWithoutAPlanSaysWhichRulesCannotHoldTogether(t *testing.T) {
	a := answer(t, job("sessions.first.days=3", "sessions.second.days=3"))
	if a.Status != sweep.Impossible || a.Plan != nil || len(a.Reasons) != 1 || !a.Reasons[0].Minimal || a.TimeUp {
		t.Fatalf("%+v", a)
	}
	var texts []string
	for _, r := range a.Reasons[0].Rules {
		if r.ID == "" {
			t.Errorf("%+v", r)
		}
		texts = append(texts, r.Text)
	}
	text := strings.Join(texts, "; ")
	for _, want := range []string{"first", "second", "room"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %q", want, text)
		}
	}
}

func TestChangesThatDoNotFitTogetherAreSaid(t *testing.T) {
	a := answer(t, job("sessions.first.days=3", "period=2018-05-07..2018-05-01"))
	if a.Status != sweep.Unreadable || !strings.Contains(a.Trouble, "period") {
		t.Errorf("%+v", a)
	}
}

// Whoever sends a job cannot make this machine read its files.
func TestAJobReadsNothingOfThisMachine(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	if err := os.WriteFile("secret.csv", []byte("id,name\na,A\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"secret.csv", folder + "/secret.csv", "/etc/passwd", "../secret.csv"} {
		from := library
		from.Outside = true // even where the machine's owner allows it for files of her own
		a, err := Run(t.Context(), job("rosters.people.file="+name), files, from)
		if err != nil || a.Status != sweep.Unreadable || !strings.Contains(a.Trouble, "there is no file") {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

func TestTheSameJobHasTheSameAnswerOnEveryMachine(t *testing.T) {
	for _, set := range [][]string{{"sessions.second.days=1"}, {"sessions.first.days=3", "sessions.second.days=3"}} {
		first := answer(t, job(set...))
		for cores := 1; cores <= 4; cores++ {
			before := runtime.GOMAXPROCS(cores)
			again := answer(t, job(set...))
			runtime.GOMAXPROCS(before)
			if !reflect.DeepEqual(first, again) || !bytes.Equal(first.Plan, again.Plan) {
				t.Errorf("with %d cores: %+v\ninstead of %+v", cores, again, first)
			}
		}
	}
}

func TestWhatTimeEndedIsMarked(t *testing.T) {
	j := job()
	j.Time = time.Nanosecond
	if a := answer(t, j); a.Status != sweep.Unknown || !a.TimeUp || a.Plan != nil {
		t.Errorf("%+v", a)
	}
}

func TestAWorkerThatIsAskedToEndGivesNoAnswer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if a, err := Run(ctx, job(), files, library); !errors.Is(err, context.Canceled) || a.Status != "" {
		t.Errorf("%+v, %v", a, err)
	}
}
