package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const talksScenario = `plenary: 1
title: Talks
period: 2018-01-01..2018-12-21
include: [un-stations]
sessions:
  - {id: opening, at: geneva, slots: [morning], between: 2018-03}
`

func talksPlan(day string) string {
	return "plenary-plan: 1\nscenario: {title: Talks, file: talks.yaml}\nsessions:\n  - {id: opening, station: geneva, days: [" + day + "]}\n"
}

// served is a feed that runs as a planner starts it.
type served struct {
	t       *testing.T
	folder  string
	address string // of the one audience
	cmd     *exec.Cmd
	errors  string // file that holds what it says
}

// serve saves the files, name and content in turn, and starts the program.
func serve(t *testing.T, files []string, args ...string) *served {
	t.Helper()
	f := &served{t: t, folder: t.TempDir()}
	for i := 0; i < len(files); i += 2 {
		f.save(files[i], files[i+1])
	}
	f.cmd = exec.Command("plenary", append([]string{"feed", "--listen", "127.0.0.1:0"}, args...)...)
	f.cmd.Dir, f.errors = f.folder, filepath.Join(f.folder, "errors")
	out, err := f.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := os.Create(f.errors)
	if err != nil {
		t.Fatal(err)
	}
	defer errs.Close()
	f.cmd.Stderr = errs
	if err := f.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.cmd.Process.Kill() }) // it has ended if all is well
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	audience, address, _ := strings.Cut(strings.TrimSpace(line), "  ")
	f.address = strings.Replace(address, "webcal://127.0.0.1:", "http://127.0.0.1:", 1)
	if audience != "delegations" || !strings.HasSuffix(address, "/talks.ics") {
		t.Fatalf("it says %q", line)
	}
	return f
}

func (f *served) save(name, text string) {
	f.t.Helper()
	if err := os.WriteFile(filepath.Join(f.folder, name), []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f *served) get() (int, string) {
	f.t.Helper()
	answer, err := http.Get(f.address)
	if err != nil {
		f.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// until asks until what it says or answers has the text: files are looked at
// once a second.
func (f *served) until(want string) (answer string) {
	f.t.Helper()
	for range 600 {
		_, answer = f.get()
		said, err := os.ReadFile(f.errors)
		if err != nil {
			f.t.Fatal(err)
		}
		if strings.Contains(answer, want) || strings.Contains(string(said), want) {
			return answer
		}
		time.Sleep(50 * time.Millisecond)
	}
	f.t.Fatalf("%s never comes", want)
	return ""
}

// TestFeedServesWhatThePlanSays starts the program as a planner does, changes
// the plan while it serves, revokes the address, and ends it with Ctrl-C.
func TestFeedServesWhatThePlanSays(t *testing.T) {
	f := serve(t, []string{"talks.yaml", talksScenario, "talks.plan.yaml", talksPlan("2018-03-05")}, "talks.plan.yaml")
	f.until("DTSTART;VALUE=DATE:20180305")
	f.save("talks.plan.yaml", talksPlan("2018-03-06"))
	if text := f.until("DTSTART;VALUE=DATE:20180306"); !strings.Contains(text, "SEQUENCE:1") {
		t.Errorf("the move has no number:\n%s", text)
	}
	// A plan against the rules is not published.
	f.save("talks.plan.yaml", talksPlan("2018-06-06"))
	if text := f.until("What was published before stays: the plan has 1 violation and is not published"); !strings.Contains(text, "DTSTART;VALUE=DATE:20180306") {
		t.Errorf("what was published before is gone:\n%s", text)
	}

	revoke := exec.Command("plenary", "feed", "talks.plan.yaml", "--revoke", "delegations")
	revoke.Dir = f.folder
	if text, err := revoke.CombinedOutput(); err != nil || string(text) != "Revoked: delegations\n" {
		t.Errorf("%s, %v", text, err)
	}
	if code, text := f.get(); code != http.StatusGone {
		t.Errorf("the revoked address gives %d: %s", code, text)
	}
	if err := f.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := f.cmd.Wait(); err != nil {
		t.Errorf("Ctrl-C ends it with %v", err)
	}
}

// TestFeedNoticesEveryFileOfTheScenario changes what the scenario extends and
// the tables that it reads, takes one away and brings it back.
func TestFeedNoticesEveryFileOfTheScenario(t *testing.T) {
	const base = "plenary: 1\ntitle: Talks\nperiod: 2018-01-01..2018-12-21\ninclude: [un-stations]\n"
	f := serve(t, []string{
		"base.yaml", base,
		"states.csv", "id,name\nx,Ruritania\n",
		"words.csv", "text,fr\nRuritania,Ruritanie\n",
		"away.csv", "who,days,note\nstation:geneva,2018-03-09,Founders’ Day\n",
		"talks.yaml", `plenary: 1
extends: base.yaml
change:
  translations: [words.csv]
  unavailable: [away.csv]
  rosters: {states: {file: states.csv}}
  programmes: {panel: {meetings: [{kind: panel, count: 1, seats: {moderator: {from: [states]}}}]}}
  sessions: {opening: {at: geneva, programme: panel, between: 2018-03}}
`,
		"talks.plan.yaml", `plenary-plan: 1
scenario: {title: Talks, file: talks.yaml}
sessions:
  - id: opening
    station: geneva
    days: [2018-03-05]
    meetings: [{day: 2018-03-05, slot: morning, kind: panel, number: 1, seats: {moderator: [x]}}]
`}, "talks.plan.yaml", "--lang", "fr")
	f.until("Ruritanie")
	f.save("words.csv", "text,fr\nRuritania,Le Royaume de Ruritanie\n")
	f.until("Le Royaume de Ruritanie")
	f.save("states.csv", "id,name\nx,Grand Fenwick\n")
	f.until("Grand Fenwick")
	f.save("base.yaml", strings.Replace(base, "Talks", "More talks", 1))
	f.until("X-WR-CALNAME:More talks")
	f.save("away.csv", "who,days,note\nstation:geneva,2018-03-05,Founders’ Day\n")
	f.until("What was published before stays: the plan has 1 violation")
	f.save("states.csv", "id,name\nx,San Serriffe\n")
	if err := os.Remove(filepath.Join(f.folder, "away.csv")); err != nil {
		t.Fatal(err)
	}
	f.until("there is no file away.csv")
	f.save("away.csv", "who,days,note\nstation:geneva,2018-03-07,Founders’ Day\n")
	f.until("San Serriffe")
}
