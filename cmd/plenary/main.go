// Command plenary plans intergovernmental conference processes: it reads a
// scenario, finds the best calendar, proves it, has it checked, and writes it
// for Outlook.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones on machines that have no time zone database
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second Ctrl-C ends the program at once
	}()
	call := interruptible(ctx, func(s status) {
		fmt.Fprintln(os.Stderr, "plenary: "+s.text)
		os.Exit(s.code)
	})
	os.Exit(run(call, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit statuses: what a script can rely on.
const (
	exitDone        = 0   // done
	exitNo          = 1   // the answer is no: infeasible, or violations found
	exitInput       = 2   // the input or the call is wrong
	exitLimit       = 3   // a limit of time or memory came before any plan
	exitFault       = 4   // a fault of the program itself: solver and checker disagree
	exitInterrupted = 130 // interrupted; the best plan was written, if there was one
)

// status is an error that carries the exit status. What there was to say has
// been printed when text is empty.
type status struct {
	code int
	text string
}

func (s status) Error() string { return s.text }

// disagreement is the status for an error of the solver: its plan and the
// checker do not agree, so nothing was written.
func disagreement(err error) error {
	return status{exitFault, "the solver and the checker disagree, which is a bug of Plenary; nothing was written: " + err.Error()}
}

// run runs one call and gives its exit status.
func run(ctx context.Context, args []string, in io.Reader, out, say io.Writer) int {
	screen, errs := newScreen(out), &screen{to: say, inert: true}
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(screen)
	root.SetErr(errs)
	asked, err := root.ExecuteContextC(ctx)
	if screen.failed != nil {
		fmt.Fprintf(errs, "plenary: what was to be printed could not be printed: %s\n", screen.failed)
		return exitInput
	}
	var s status
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &s):
		if s.text != "" {
			fmt.Fprintln(errs, "plenary: "+s.text)
		}
		return s.code
	default: // from the flags and arguments
		fmt.Fprintf(errs, "plenary: %s\nSee: %s --help\n", err, asked.CommandPath())
		return exitInput
	}
}
