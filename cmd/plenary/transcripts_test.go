package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// transcript is one command of a page and what it says that it prints. A line of
// dots stands for any lines that the page leaves out.
type transcript struct {
	line    int
	command string
	want    string
}

// transcriptsOf reads the blocks of a page in which a line "$ plenary …" stands.
func transcriptsOf(t *testing.T, page string) (out []transcript) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	inBlock := false
	for i, line := range strings.Split(string(text), "\n") {
		command, isCommand := strings.CutPrefix(line, "$ plenary ")
		switch {
		case strings.HasPrefix(line, "```"):
			inBlock = false
		case isCommand:
			inBlock = true
			out = append(out, transcript{line: i + 1, command: command})
		case inBlock:
			last := &out[len(out)-1]
			last.want += line + "\n"
		}
	}
	return out
}

// matches tells whether text is what the transcript says.
func (x transcript) matches(text string) bool {
	var pattern strings.Builder
	pattern.WriteString(`^`)
	for line := range strings.Lines(strings.TrimRight(x.want, "\n") + "\n") {
		if strings.TrimSpace(line) == "…" {
			pattern.WriteString(`(?:.*\n)*?`)
		} else {
			pattern.WriteString(regexp.QuoteMeta(line))
		}
	}
	pattern.WriteString(`$`)
	return regexp.MustCompile(pattern.String()).MatchString(strings.TrimRight(text, "\n") + "\n")
}

// TestTheTranscriptsAreWhatIsPrinted runs every command of docs/deciding.md in turn,
// as somebody who reads the page does, in a folder with the scenarios and the plan of
// the resolution's.
func TestTheTranscriptsAreWhatIsPrinted(t *testing.T) {
	program, folder := build(t), t.TempDir()
	scenarios, err := filepath.Abs("../../scenarios")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(folder, "scenarios"), os.DirFS(scenarios)); err != nil {
		t.Fatal(err)
	}
	run := func(command string) string {
		cmd := exec.Command("sh", "-c", "plenary "+command)
		cmd.Dir, cmd.Env = folder, append(os.Environ(), "PATH="+filepath.Dir(program)+":"+os.Getenv("PATH"))
		out, err := cmd.CombinedOutput()
		if err != nil && cmd.ProcessState.ExitCode() != exitNo {
			t.Fatalf("plenary %s: %v\n%s", command, err, out)
		}
		return string(out)
	}
	run("plan scenarios/gcm-2018.yaml")
	page := transcriptsOf(t, "../../docs/deciding.md")
	for _, x := range page {
		if got := run(x.command); !x.matches(got) {
			t.Errorf("docs/deciding.md:%d: $ plenary %s\nprints\n%s", x.line, x.command, got)
		}
	}
	for _, verb := range []string{"explain", "alternatives", "compare", "repair", "diff"} {
		if !slices.ContainsFunc(page, func(x transcript) bool { return strings.HasPrefix(x.command, verb+" ") }) {
			t.Errorf("docs/deciding.md has no transcript of plenary %s", verb)
		}
	}
}

func TestATranscriptIsHeldAgainstEveryLineButDots(t *testing.T) {
	for _, c := range []struct {
		want, text string
		matches    bool
	}{
		{"a\nb\n\n", "a\nb\n", true},
		{"a\n", "a\nb\n", false},
		{"b\n", "a\nb\n", false},
		{"a\n  …\nc\n", "a\nb\nb\nc\n", true},
		{"a\n…\n", "a\nb\n", true},
		{"a.c\n", "abc\n", false},
	} {
		t.Run(fmt.Sprintf("%q %q", c.want, c.text), func(t *testing.T) {
			if got := (transcript{want: c.want}).matches(c.text); got != c.matches {
				t.Errorf("matches: %t", got)
			}
		})
	}
}
