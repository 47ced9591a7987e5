package main

import (
	"errors"
	"io"
	"os"

	"golang.org/x/term"

	"plenary/model/diag"
)

// screen is where a call prints. It knows what went wrong there, such as a disk
// that is full behind it, also where nobody asked. On a terminal, and where it says
// what is the matter, no name of a file and nothing that a file says steers the
// terminal.
type screen struct {
	to     io.Writer
	inert  bool
	failed error
}

// newScreen gives where results go; elsewhere than on a terminal they are not
// touched.
func newScreen(to io.Writer) *screen {
	f, ok := to.(*os.File)
	return &screen{to: to, inert: ok && term.IsTerminal(int(f.Fd()))}
}

func (s *screen) Write(text []byte) (int, error) {
	if s.failed != nil {
		return 0, s.failed
	}
	written := text
	if s.inert {
		written = []byte(diag.Inert(string(text)))
	}
	_, err := s.to.Write(written)
	if of := (*os.PathError)(nil); errors.As(err, &of) {
		err = of.Err
	}
	if s.failed = err; err != nil {
		return 0, err
	}
	return len(text), nil
}
