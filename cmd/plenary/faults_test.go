package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// exits runs the program in a folder and gives its exit status and what it says.
func exits(t *testing.T, cmd *exec.Cmd, folder string) (int, string) {
	t.Helper()
	var said bytes.Buffer
	cmd.Dir, cmd.Stderr = folder, &said
	if cmd.Stdout == nil {
		cmd.Stdout = &said
	}
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), said.String()
}

// Where a disk behind the output is full, the files are written all the same, and
// the sentence says what is the matter.
func TestAFullOutputIsSaid(t *testing.T) {
	template := killed(t)
	for _, c := range append([]call{{"check", "check s.yaml s.plan.json", nil}, {"schema", "schema", nil}, {"help", "--help", nil}}, calls...) {
		folder := t.TempDir()
		if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
			t.Fatal(err)
		}
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("plenary", strings.Fields(c.args)...)
		cmd.Stdout = full
		status, said := exits(t, cmd, folder)
		full.Close()
		prints := !strings.HasPrefix(c.args, "export") && c.name != "import as busy"
		if prints && (status != exitInput || !strings.Contains(said, "what was to be printed could not be printed: no space left on device") || strings.Contains(said, "--help")) {
			t.Errorf("%s: exit status %d:\n%s", c.name, status, said)
		}
		for _, name := range c.files {
			if src, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(src) == "of a former call" {
				t.Errorf("%s: %s was not written", c.name, name)
			}
		}
	}
}

// A limit on the size of files stands for a disk that is full.
func TestAFullDiskLeavesNothingHalf(t *testing.T) {
	template := killed(t)
	before := contents(t, template)
	for _, c := range calls {
		if c.name == "certify over the last" || c.name == "import as busy" { // its prover writes, too; it is a few bytes
			continue
		}
		folder := t.TempDir()
		if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
			t.Fatal(err)
		}
		status, said := exits(t, exec.Command("sh", "-c", "ulimit -f 1; exec plenary "+c.args), folder)
		if status != exitInput || !strings.Contains(said, "file too large; nothing was written") {
			t.Errorf("%s: exit status %d:\n%s", c.name, status, said)
		}
		after := contents(t, folder)
		for name := range after {
			if after[name] != before[name] {
				t.Errorf("%s: %s was written", c.name, name)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(folder, ".plenary-*")); len(left) > 0 {
			t.Errorf("%s: left behind: %v", c.name, left)
		}
	}
}

// Whoever may not write in a folder learns it before the search.
func TestAReadOnlyFolderIsSaidBeforeTheSearch(t *testing.T) {
	folder := killed(t)
	program := build(t)
	for path := program; path != os.TempDir() && path != "/"; path = filepath.Dir(path) { // for another user, see below
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.Chmod(path, 0o555)
		}
		return os.Chmod(path, 0o444)
	}); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(folder, 0o755)
	defer os.Chmod(filepath.Join(folder, "mine.evidence"), 0o755)
	for _, c := range calls {
		cmd := exec.Command(program, strings.Fields(c.args)...)
		if os.Getuid() == 0 { // who may do everything
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		status, said := exits(t, cmd, folder)
		if status != exitInput || !strings.Contains(said, "the folder . cannot be written to: permission denied") {
			t.Errorf("%s: exit status %d:\n%s", c.name, status, said)
		}
	}
}

// Two calls write the same plan: the second finds that the first was there while it
// searched. Both plans are kept.
func TestOfTwoCallsOnOnePlanFileNeitherIsLost(t *testing.T) {
	folder := killed(t)
	crowded(t, folder)
	first := begin(t, folder, "plan", "crowded.yaml", "--plan", "s.plan.json", "--ics", "s.ics", "--force", "--progress", "plain")
	first.waitFor("best ")
	if status, said := exits(t, exec.Command("plenary", "plan", "s.yaml", "--force"), folder); status != exitDone {
		t.Fatalf("exit status %d:\n%s", status, said)
	}
	theirs := contents(t, folder)
	if status, said := first.interrupt(); status != exitInput || !strings.Contains(said, "another program changed the file meanwhile; nothing was replaced. What was to be written is in s.plan-2.json, s-2.ics") {
		t.Errorf("exit status %d:\n%s", status, said)
	}
	after := contents(t, folder)
	if after["s.plan.json"] != theirs["s.plan.json"] || after["s.ics"] != theirs["s.ics"] {
		t.Error("the files of the other call were replaced")
	}
	if status, said := exits(t, exec.Command("plenary", "check", "crowded.yaml", "s.plan-2.json"), folder); status != exitDone {
		t.Errorf("the plan that was put aside: exit status %d:\n%s", status, said)
	}
}
