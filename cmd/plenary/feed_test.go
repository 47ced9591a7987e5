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

// TestFeedServesWhatThePlanSays starts the program as a planner does, changes
// the plan while it serves, revokes the address, and ends it with Ctrl-C.
func TestFeedServesWhatThePlanSays(t *testing.T) {
	folder, program := t.TempDir(), build(t)
	save := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	save("talks.yaml", talksScenario)
	save("talks.plan.yaml", talksPlan("2018-03-05"))
	cmd := exec.Command(program, "feed", "talks.plan.yaml", "--listen", "127.0.0.1:0")
	cmd.Dir = folder
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := os.Create(filepath.Join(folder, "errors"))
	if err != nil {
		t.Fatal(err)
	}
	defer errs.Close()
	cmd.Stderr = errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill() //nolint:errcheck // it has ended if all is well
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	audience, address, _ := strings.Cut(strings.TrimSpace(line), "  ")
	address = strings.Replace(address, "webcal://127.0.0.1:", "http://127.0.0.1:", 1)
	if audience != "delegations" || !strings.HasSuffix(address, "/talks.ics") {
		t.Fatalf("it says %q", line)
	}
	get := func() (int, string) {
		t.Helper()
		answer, err := http.Get(address)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(text)
	}
	// until asks until the answer has the text: files are looked at once a
	// second.
	until := func(want string) string {
		t.Helper()
		for range 600 {
			if _, text := get(); strings.Contains(text, want) {
				return text
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("%s never comes", want)
		return ""
	}
	until("DTSTART;VALUE=DATE:20180305")
	save("talks.plan.yaml", talksPlan("2018-03-06"))
	if text := until("DTSTART;VALUE=DATE:20180306"); !strings.Contains(text, "SEQUENCE:1") {
		t.Errorf("the move has no number:\n%s", text)
	}
	// A plan against the rules is not published.
	save("talks.plan.yaml", talksPlan("2018-06-06"))
	const refused = "What was published before stays: the plan has 1 violation and is not published"
	for range 600 {
		get()
		said, err := os.ReadFile(errs.Name())
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(said), refused) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if said, err := os.ReadFile(errs.Name()); err != nil || !strings.Contains(string(said), refused) {
		t.Errorf("it says %q, error %v", said, err)
	}
	until("DTSTART;VALUE=DATE:20180306")

	revoke := exec.Command(program, "feed", "talks.plan.yaml", "--revoke", "delegations")
	revoke.Dir = folder
	if text, err := revoke.CombinedOutput(); err != nil || string(text) != "Revoked: delegations\n" {
		t.Errorf("%s, %v", text, err)
	}
	if code, text := get(); code != http.StatusGone {
		t.Errorf("the revoked address gives %d: %s", code, text)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("Ctrl-C ends it with %v", err)
	}
}
