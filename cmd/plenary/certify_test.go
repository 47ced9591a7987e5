package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCertifyWithoutCadicalSaysHowToGetIt(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	t.Setenv("PATH", folder)
	text := "plenary: 1\ntitle: clash\nperiod: 2018-03-05..2018-03-05\nstations: {g: {zone: UTC, rooms: {A: {seats: 1}}}}\n" +
		"sessions: [{id: a, at: g}, {id: b, at: g}]\n"
	if err := os.WriteFile("clash.yaml", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"certify", "clash.yaml"}, strings.NewReader(""), &out, &errs); code != exitInput {
		t.Errorf("exit status %d, want %d", code, exitInput)
	}
	if !strings.Contains(errs.String(), "apt-get install cadical") {
		t.Errorf("it does not say how to install cadical:\n%s", &errs)
	}
	if _, err := os.Stat(filepath.Join(folder, "clash.evidence")); err == nil {
		t.Error("a folder of evidence was written")
	}
}
