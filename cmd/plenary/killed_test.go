package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// writing are the system calls that change what lies on the disk, or print.
var writing = []string{"write", "ftruncate", "fchmod", "fsync", "linkat", "unlinkat", "renameat", "renameat2", "mkdirat"}

// onFirstThread is the name of the program whose writing is done on its first
// thread: there strace can count the system calls.
const onFirstThread = "plenary-on-first-thread"

func init() { // main begins on the first thread, and stays when it is told so here
	if filepath.Base(os.Args[0]) == onFirstThread {
		runtime.LockOSThread()
	}
}

// small is a scenario whose plan is found at once.
const small = `plenary: 1
title: Two committees
period: 2018-03-05..2018-03-09
include: [un-stations]
stations: {geneva: {rooms: {XX: {seats: 100}}}}
sessions:
  - {id: a, title: A, at: geneva}
  - {id: b, title: B, at: geneva}
`

// call is a call of the program, with the files it writes.
type call struct {
	name  string
	args  string
	files []string
}

// calls are calls that write; some replace the files of a former call.
var calls = []call{
	{"plan", "plan s.yaml --plan p.json --ics p.ics --progress none", []string{"p.json", "p.ics"}},
	{"plan over the last", "plan s.yaml --plan mine.plan.json --ics mine.ics --force --progress none", []string{"mine.plan.json", "mine.ics"}},
	{"export over the last", "export s.yaml s.plan.json --ics mine.ics --xlsx mine.xlsx --html mine.html --force", []string{"mine.ics", "mine.xlsx", "mine.html"}},
	{"repair over the published", "repair s.yaml s.plan.json --plan mine.plan.json --ics mine.ics --since s.ics --closed geneva=2018-03-05 --force --progress none", []string{"mine.plan.json", "mine.ics"}},
	{"certify over the last", "certify s.yaml s.plan.json --evidence mine.evidence --force", []string{"mine.evidence/manifest.json"}},
	{"alternatives over the last", "alternatives s.yaml --plan mine.json --count 1 --force --progress none", []string{"mine-0.json", "mine-1.json"}},
	{"compare over the last", "compare s.yaml s.plan.json s.plan.json --html mine.html --force", []string{"mine.html"}},
	{"import over the last", "import s.yaml s.plan.json s.ics --plan mine.plan.json --force", []string{"mine.plan.json"}},
	{"import as busy", "import s.ics --busy officer:x --out part.yaml", []string{"part.yaml"}},
	{"init", "init new.yaml", []string{"new.yaml"}},
	{"generate", "generate --sessions 5 --stations 1 --months 1 -o year.yaml", []string{"year.yaml"}},
}

// killed is where the calls run: a folder with a scenario, a plan, and files of
// former calls.
func killed(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "s.yaml"), []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"mine.plan.json", "mine.ics", "mine.xlsx", "mine.html", "mine-0.json", "mine-1.json"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("of a former call"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range []string{"plan s.yaml --progress none", "certify s.yaml s.plan.json --evidence mine.evidence"} {
		cmd := exec.Command("plenary", strings.Fields(args)...)
		cmd.Dir = folder
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", args, err, out)
		}
	}
	return folder
}

// underStrace makes a call of a program under strace, which follows the system calls
// named, and gives the file in which it notes them.
func underStrace(t *testing.T, folder, program string, calls []string, args string, options ...string) (cmd *exec.Cmd, trace string) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatal(err)
	}
	trace = filepath.Join(t.TempDir(), "trace")
	options = append(options, "-o", trace, "-e", "trace="+strings.Join(calls, ","), path)
	cmd = exec.Command("strace", append(options, strings.Fields(args)...)...)
	cmd.Dir = folder
	return cmd, trace
}

// signalled is the option of strace that sends a signal at the n-th time that a thread
// does a system call.
func signalled(name, call string, n int) string {
	return fmt.Sprintf("inject=%s:signal=%s:when=%d", call, name, n)
}

// under runs the program under strace, which sends the signal at the n-th time that
// it does the system call, and gives its exit status and what it says; -1 where it
// was killed.
func under(t *testing.T, folder, name, call string, n int, args string) (int, string) {
	t.Helper()
	cmd, _ := underStrace(t, folder, onFirstThread, []string{call}, args, "-e", signalled(name, call, n))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatalf("%v; run: make test-setup", err)
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return -1, out.String()
	}
	return cmd.ProcessState.ExitCode(), out.String()
}

// whole tells what is wrong with a file that has to be whole.
func whole(name string, src []byte) error {
	switch filepath.Ext(name) {
	case ".json":
		if !json.Valid(src) {
			return fmt.Errorf("is no JSON")
		}
	case ".ics":
		if !bytes.HasSuffix(src, []byte("END:VCALENDAR\r\n")) {
			return fmt.Errorf("is cut off")
		}
	case ".html":
		if !bytes.HasSuffix(bytes.TrimSpace(src), []byte("</html>")) {
			return fmt.Errorf("is cut off")
		}
	case ".xlsx":
		_, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
		return err
	case ".yaml":
		if !bytes.HasPrefix(src, []byte("# ")) && !bytes.HasPrefix(src, []byte("plenary: 1")) || !bytes.HasSuffix(src, []byte("\n")) {
			return fmt.Errorf("is cut off")
		}
	}
	return nil
}

// contents reads all files of a folder and below, but for what no planner sees.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path != folder && strings.HasPrefix(d.Name(), ".plenary-") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		src, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		out[name] = string(src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The program is killed at its first system call of a kind that writes, at its
// second, and so on until it comes to its end. Each time every file is as it was
// before, or new and whole.
func TestKilledAtEverySystemCallThatWritesItLeavesWholeFiles(t *testing.T) {
	template := killed(t)
	before := contents(t, template)
	for _, c := range calls {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			points := 0
			for _, call := range writing {
				for n := 1; ; n++ {
					folder := t.TempDir()
					if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
						t.Fatal(err)
					}
					status, said := under(t, folder, "SIGKILL", call, n, c.args)
					after := contents(t, folder)
					if err := sound(folder, before, after); err != nil {
						t.Fatalf("killed at %s %d: %v", call, n, err)
					}
					if status == -1 {
						points++
						continue
					}
					if status != exitDone {
						t.Fatalf("not killed, exit status %d:\n%s", status, said)
					}
					for _, name := range c.files {
						if is, there := after[name]; !there || is == "of a former call" {
							t.Errorf("%s was not written", name)
						}
					}
					break
				}
			}
			if points < 5*len(c.files) { // to put a file in place takes five and more
				t.Errorf("it was killed at %d system calls; it writes more often than that", points)
			}
			t.Logf("killed at %d system calls", points)
		})
	}
}

// sound tells which file is neither as it was before nor new and whole.
func sound(folder string, before, after map[string]string) error {
	for name, is := range after {
		if was, there := before[name]; there && is == was {
			continue
		}
		if err := whole(name, []byte(is)); err != nil {
			return fmt.Errorf("%s %w:\n%s", name, err, is)
		}
	}
	for name := range before {
		if _, there := after[name]; !there {
			return fmt.Errorf("%s is gone", name)
		}
	}
	if maps.Equal(only(before, "mine.evidence"), only(after, "mine.evidence")) {
		return nil
	}
	verify := exec.Command("plenary", "certify", "--verify", "mine.evidence", "s.yaml")
	verify.Dir = folder
	if out, err := verify.CombinedOutput(); err != nil {
		return fmt.Errorf("the evidence: %w\n%s", err, out)
	}
	return nil
}

// only gives the files of a folder.
func only(files map[string]string, folder string) map[string]string {
	out := map[string]string{}
	for name, text := range files {
		if strings.HasPrefix(name, folder+"/") {
			out[name] = text
		}
	}
	return out
}

// Ctrl-C comes at the first system call of a kind, at the second, and so on. The
// call says that it was interrupted, or it had come to its end; the files that belong
// together are all new or all as they were, and nothing else lies there.
func TestInterruptedAtAnyMomentItSaysSoAndLeavesWholeFiles(t *testing.T) {
	template := killed(t)
	before := contents(t, template)
	more := calls[:len(calls):len(calls)]
	for _, args := range []string{
		"alternatives s.yaml --plan other.json --count 1", "explain s.yaml --progress none", "compare s.yaml s.plan.json s.plan.json --html mine.html --force",
		"import s.yaml s.plan.json s.ics --plan mine.plan.json --force", "import s.ics --busy officer:x --out part.yaml", "check s.yaml s.plan.json",
	} {
		more = append(more, call{args, args, nil})
	}
	for _, c := range more {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			points := 0
			for _, call := range []string{"openat", "write", "fsync", "linkat", "renameat"} {
				for n := 1; ; n = 2*n + 1 {
					folder := t.TempDir()
					if err := os.CopyFS(folder, os.DirFS(template)); err != nil {
						t.Fatal(err)
					}
					status, said := under(t, folder, "SIGINT", call, n, c.args)
					after := contents(t, folder)
					written := 0
					for name, is := range after {
						if was, there := before[name]; !there || is != was {
							written++
						}
					}
					left, err := filepath.Glob(filepath.Join(folder, ".plenary-*"))
					switch {
					case err != nil || len(left) > 0:
						t.Fatalf("interrupted at %s %d: left behind: %v %v", call, n, left, err)
					case status == -1 && written == 0: // before the program had begun
					case status != exitInterrupted && status != exitDone:
						t.Fatalf("interrupted at %s %d: exit status %d:\n%s", call, n, status, said)
					case status == exitInterrupted && !strings.Contains(said, "nterrupted"), written > 0 && strings.Contains(said, "nothing was written"):
						t.Fatalf("interrupted at %s %d, %d files written: it says\n%s", call, n, written, said)
					case written > 0 && written < len(c.files):
						t.Fatalf("interrupted at %s %d: %d of %d files are new", call, n, written, len(c.files))
					}
					if err := sound(folder, before, after); err != nil {
						t.Fatalf("interrupted at %s %d: %v", call, n, err)
					}
					if status == exitDone && n > 2 {
						break
					}
					points++
				}
			}
			t.Logf("interrupted at %d system calls", points)
		})
	}
}
