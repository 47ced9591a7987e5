package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// process is a running plenary whose standard error is read line by line.
type process struct {
	*exec.Cmd
	t     *testing.T
	lines *bufio.Scanner
	said  strings.Builder // what was read of it
	out   bytes.Buffer    // its standard output, once it has ended
}

// begin starts plenary in a folder.
func begin(t *testing.T, folder string, args ...string) *process {
	t.Helper()
	p := &process{Cmd: exec.Command("plenary", args...), t: t}
	p.Dir, p.Stdout = folder, &p.out
	errs, err := p.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.lines = bufio.NewScanner(errs)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Process.Signal(syscall.SIGCONT)
		_ = p.Process.Kill()
		_ = p.Wait()
	})
	return p
}

// waitFor reads until a line holds the text, and gives it.
func (p *process) waitFor(text string) string {
	p.t.Helper()
	for p.lines.Scan() {
		p.said.WriteString(p.lines.Text() + "\n")
		if strings.Contains(p.lines.Text(), text) {
			return p.lines.Text()
		}
	}
	p.t.Fatalf("it ended and never said %q, but\n%s", text, p.said.String())
	return ""
}

// interrupt ends the process with Ctrl-C and gives its exit status and all that it
// said.
func (p *process) interrupt() (int, string) {
	p.t.Helper()
	if err := p.Process.Signal(os.Interrupt); err != nil {
		p.t.Fatal(err)
	}
	return p.end()
}

// end reads all that the process says until it ends, and gives its exit status and
// all that it said.
func (p *process) end() (int, string) {
	p.t.Helper()
	for p.lines.Scan() {
		p.said.WriteString(p.lines.Text() + "\n")
	}
	_ = p.Wait()
	return p.ProcessState.ExitCode(), p.said.String()
}

// drain lets the process write on.
func (p *process) drain() { go func() { _, _ = io.Copy(io.Discard, discarding{p.lines}) }() }

// discarding reads a scanner to its end.
type discarding struct{ *bufio.Scanner }

func (d discarding) Read([]byte) (int, error) {
	if d.Scan() {
		return 0, nil
	}
	return 0, io.EOF
}
