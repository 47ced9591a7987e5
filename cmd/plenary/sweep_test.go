package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"plenary/model/scenario"
	"plenary/model/sweep"
	"plenary/scenarios"
	solver "plenary/solver/sweep"
	"plenary/solver/sweep/queue"
	"plenary/solver/sweep/queue/given"
)

// wideSweep writes a sweep of so many what-ifs, each of which takes a moment.
func wideSweep(t *testing.T, folder string, n int) {
	t.Helper()
	var sessions strings.Builder
	for i := range 5 {
		fmt.Fprintf(&sessions, "  - {id: s%d, at: geneva, days: %d}\n", i, 1+i%3)
	}
	for name, text := range map[string]string{
		"base.yaml": "plenary: 1\ntitle: Wide\nperiod: 2018-01-08..2018-04-27\ninclude: [un-stations]\n" +
			"stations: {geneva: {rooms: {XX: {seats: 100}}}}\npriorities: [wishes]\nsessions:\n" + sessions.String() +
			"rules:\n  - near: {of: \"*\", day: 2018-02-14, tier: 1}\n",
		"wide.yaml": fmt.Sprintf("plenary-sweep: 1\nscenario: base.yaml\naxes: {first: {levels: [{label: \"<value>\", values: 1..%d, set: title=Wide <value>}]}}\n", n),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// resultsOf reads results.json.
func resultsOf(t *testing.T, folder string) (out struct {
	WhatIfs []struct {
		Number int
		Job    string
		Status string
		Worker string
		Tries  int
		Plan   string
	} `json:"what-ifs"`
},
) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(folder, "results.json"))
	if err == nil {
		err = json.Unmarshal(src, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Three workers on a queue that listens: one is killed, one is cut off while it
// has a job. Every what-if has one result, from a worker that was there.
func TestWorkersThatAreKilledOrCutOffLoseNothing(t *testing.T) {
	const all = 24
	folder := t.TempDir()
	wideSweep(t, folder, all)
	asking := begin(t, folder, "sweep", "wide.yaml", "--workers", "0", "--listen", "127.0.0.1:0", "--lost", "1s", "--progress", "json")
	_, address, _ := strings.Cut(asking.waitFor("Workers can join:"), "--nats ")
	worker := func(name string) *process {
		return begin(t, folder, "worker", "--nats", address, "--workers", "1", "--name", name)
	}
	killed, frozen := worker("killed"), worker("frozen")
	killed.waitFor("optimal") // both are at work
	frozen.waitFor("optimal")
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := frozen.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	last := worker("last")
	last.waitFor("optimal")
	last.drain()
	done := tally(t, asking)
	results := resultsOf(t, filepath.Join(folder, "wide.sweep")).WhatIfs
	by := map[string]int{}
	for _, r := range results {
		name, _, _ := strings.Cut(r.Worker, "-")
		by[name]++
		if r.Status != "optimal" || done[r.Number] != 1 {
			t.Errorf("no. %d: %s, told %d times", r.Number, r.Status, done[r.Number])
		}
	}
	if len(results) != all || by["killed"] == 0 || by["frozen"] == 0 || by["last"] == 0 || by["killed"]+by["frozen"]+by["last"] != all {
		t.Errorf("%d results, by %v", len(results), by)
	}
	plans, err := filepath.Glob(filepath.Join(folder, "wide.sweep", "plans", "*.plan.json"))
	if err != nil || len(plans) != all {
		t.Errorf("%d plans, %v", len(plans), err)
	}
}

// In an organization's cluster, with certificates and credentials: of three workers
// one is killed, and the network of another is cut while it works; when it is mended,
// what comes late changes nothing. Every what-if has one result.
func TestInAClusterAWorkerWhoseNetworkIsCutLosesNothing(t *testing.T) {
	const all = 24
	authority, key, pair := given.Certificate(t, "cluster")
	trusted, err := os.ReadFile(authority)
	if err != nil {
		t.Fatal(err)
	}
	members := x509.NewCertPool()
	members.AppendCertsFromPEM(trusted)
	url, credentials := given.Organization(t, &tls.Config{Certificates: []tls.Certificate{pair}, ClientCAs: members, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS12}, 1)
	cable := given.Through(t, url)
	folder := t.TempDir()
	wideSweep(t, folder, all)
	access := []string{"--creds", credentials[0], "--ca", authority, "--cert", authority, "--key", key}
	sweep := append([]string{"sweep", "wide.yaml", "--workers", "0", "--nats", url, "--lost", "1s", "--progress", "json"}, access...)
	asking := begin(t, folder, sweep...)
	worker := func(name, url string) *process {
		return begin(t, folder, append([]string{"worker", "--nats", url, "--workers", "1", "--name", name}, access...)...)
	}
	watching, err := queue.Cluster{URL: url, Credentials: credentials[0], Authority: authority, Certificate: authority, Key: key}.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer watching.Close()
	taken, err := watching.SubscribeSync("$KV.*.tries.>")
	if err == nil {
		err = watching.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	killed, cut := worker("killed", url), worker("cut", cable.URL)
	stop := map[string]func() error{
		"killed": killed.Process.Kill,
		"cut":    func() error { cable.Cut(); return nil },
	}
	for had := map[string]int{}; len(stop) > 0; {
		job, err := taken.NextMsg(time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		for name, end := range stop {
			if !strings.Contains(string(job.Data), name+"-1") {
				continue
			}
			if had[name]++; had[name] < 2 { // it has answered one when it takes another
				continue
			}
			if err := end(); err != nil {
				t.Fatal(err)
			}
			delete(stop, name)
		}
	}
	last := worker("last", url)
	last.waitFor("optimal")
	last.drain()
	told := tally(t, asking)
	cable.Mend()
	cut.drain()
	results := resultsOf(t, filepath.Join(folder, "wide.sweep")).WhatIfs
	by := map[string]int{}
	for _, r := range results {
		name, _, _ := strings.Cut(r.Worker, "-")
		by[name]++
		if r.Status != "optimal" || told[r.Number] != 1 {
			t.Errorf("no. %d: %s, told %d times", r.Number, r.Status, told[r.Number])
		}
	}
	if len(results) != all || by["killed"] == 0 || by["cut"] == 0 || by["last"] == 0 || by["killed"]+by["cut"]+by["last"] != all {
		t.Errorf("%d results, by %v", len(results), by)
	}
	redone := 0
	for _, r := range results {
		if r.Tries > 1 {
			redone++
		}
	}
	if redone == 0 {
		t.Error("nobody was stopped at work")
	}
	again := begin(t, folder, sweep...)
	if told := tally(t, again); len(told) != all {
		t.Errorf("asked again, %d were told", len(told))
	}
	if now := resultsOf(t, filepath.Join(folder, "wide.sweep")).WhatIfs; !slices.Equal(now, results) {
		t.Errorf("the results were\n%v\nand are\n%v", results, now)
	}
}

// A worker of somebody else says that its plans cost nothing. They are set aside, also
// when the sweep is called again without letting others in, and asked anew on request.
func TestWhatAStrangerClaimsIsNotTaken(t *testing.T) {
	folder := t.TempDir()
	wideSweep(t, folder, 2)
	asking := begin(t, folder, "sweep", "wide.yaml", "--workers", "0", "--listen", "127.0.0.1:0", "--progress", "json")
	_, address, _ := strings.Cut(asking.waitFor("Workers can join:"), "--nats ")
	nc, err := queue.Cluster{URL: address}.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	liar := &queue.Worker{Name: "liar", Program: program(), Run: func(ctx context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error) {
		answer, err := solver.Run(ctx, job, files, scenario.Sources{Library: scenarios.FS})
		for i := range answer.Tiers {
			answer.Tiers[i].Cost, answer.Tiers[i].Bound = 0, 0
		}
		return answer, err
	}}
	lying, end := context.WithCancel(t.Context())
	defer end()
	go func() { _ = liar.Work(lying, nc) }()
	asking.drain()
	_ = asking.Wait()
	end()
	statuses := func() (out []string) {
		for _, r := range resultsOf(t, filepath.Join(folder, "wide.sweep")).WhatIfs {
			out = append(out, r.Status)
		}
		return out
	}
	aside := []string{string(sweep.SetAside), string(sweep.SetAside)}
	if got := statuses(); !slices.Equal(got, aside) {
		t.Fatalf("%v", got)
	}
	if status, said := exits(t, exec.Command("plenary", "sweep", "wide.yaml", "--progress", "none"), folder); status != exitLimit || !slices.Equal(statuses(), aside) {
		t.Errorf("called again: exit status %d, %v\n%s", status, statuses(), said)
	}
	if status, said := exits(t, exec.Command("plenary", "sweep", "wide.yaml", "--progress", "none", "--again"), folder); status != exitDone || !slices.Equal(statuses(), []string{"optimal", "optimal"}) {
		t.Errorf("asked anew: exit status %d, %v\n%s", status, statuses(), said)
	}
}

// tally lets a sweep come to its end, and gives how often each what-if was told.
func tally(t *testing.T, asking *process) map[int]int {
	t.Helper()
	told := map[int]int{}
	for asking.lines.Scan() {
		var point sweepPoint
		if err := json.Unmarshal(asking.lines.Bytes(), &point); err == nil {
			told[point.Number]++
		}
	}
	if err := asking.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, asking.said.String())
	}
	return told
}

// Everything is killed midway; the same command goes on.
func TestASweepGoesOnAfterEverythingWasKilled(t *testing.T) {
	const all = 16
	folder := t.TempDir()
	wideSweep(t, folder, all)
	args := []string{"sweep", "wide.yaml", "--progress", "json"}
	first := begin(t, folder, args...)
	first.waitFor(`"done":5,`)
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait()
	second := begin(t, folder, args...)
	known, fresh := map[int]bool{}, map[int]bool{}
	for second.lines.Scan() {
		var point sweepPoint
		if err := json.Unmarshal(second.lines.Bytes(), &point); err != nil {
			continue
		}
		if known[point.Number] || fresh[point.Number] {
			t.Errorf("no. %d is told twice", point.Number)
		}
		if point.Known {
			known[point.Number] = true
		} else {
			fresh[point.Number] = true
		}
	}
	if err := second.Wait(); err != nil {
		t.Fatal(err)
	}
	if len(known) < 5 || len(known)+len(fresh) != all {
		t.Errorf("%d were known, %d asked", len(known), len(fresh))
	}
	if results := resultsOf(t, filepath.Join(folder, "wide.sweep")).WhatIfs; len(results) != all {
		t.Errorf("%d results", len(results))
	}
}

func TestCtrlCKeepsWhatIsDoneAndWritesTheTables(t *testing.T) {
	folder := t.TempDir()
	wideSweep(t, folder, 100)
	first := begin(t, folder, "sweep", "wide.yaml", "--progress", "json")
	first.waitFor(`"done":3,`)
	if code, said := first.interrupt(); code != exitInterrupted || !strings.Contains(said, "the same command goes on") {
		t.Errorf("exit status %d; it said\n%s", code, said)
	}
	counts := map[string]int{}
	for _, r := range resultsOf(t, filepath.Join(folder, "wide.sweep")).WhatIfs {
		counts[r.Status]++
	}
	if counts["optimal"] < 3 || counts["not yet"] == 0 || counts["optimal"]+counts["not yet"] != 100 {
		t.Errorf("%v", counts)
	}
}
