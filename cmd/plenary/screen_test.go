package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
)

// What stands on a terminal may have come from anybody: names of files, too.
func TestNoMessageSteersTheTerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	const name = "\x1b[31mred\x1b]0;title\a\u202Efdp.yaml"
	if err := os.WriteFile(name, []byte("plenary: 1\nsessions: \x1b[2J\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"plan", name}, {"check", name, name}, {"plan", "missing" + name}, {"plan", "s.yaml", "--format", name}, {name}, {"export", name, name, "--to", name}, {"feed", name}} {
		var out, errs bytes.Buffer
		if status := run(context.Background(), args, nil, &out, &errs); status != exitInput {
			t.Errorf("%q: exit status %d", args, status)
		}
		if said := errs.String(); strings.ContainsAny(said, "\x1b\a\u202E") || said == "" {
			t.Errorf("%q: %q", args, said)
		}
	}
}
