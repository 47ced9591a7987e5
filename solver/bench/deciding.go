package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
)

// asked is what a planner asks about a generated scenario, by its size.
type asked struct {
	closed     string // days of a station that are lost after the plan was published
	impossible string // a change with which there is no plan
	session    string
	day        string // on which the session is wished
	never      string // on which the session cannot be
}

var questions = map[string]asked{
	"S": {"new-york=2018-03-26", "officers.co-facilitator-switzerland.away=2018-06-01..2018-06-30", "thematic-drivers", "2017-05-22", "2017-06-05"},
	"M": {"geneva=2027-07-20", "stations.geneva.interpretation.teams=0", "forests-thematic-1", "2027-08-02", "2027-12-20"},
	"L": {"geneva=2027-06-08", "stations.geneva.interpretation.teams=1", "migration-education-committee-1", "2027-04-19", "2027-12-20"},
}

func newDeciding() *cobra.Command {
	b := &bench{}
	cmd := measuring(b, "deciding", "Print the table of docs/deciding.md", b.deciding)
	rowFlags(cmd, b)
	return cmd
}

// deciding times every command that answers a question about a plan, or its absence.
func (b *bench) deciding(ctx context.Context, to io.Writer) error {
	chosen, err := b.chosen("S", "M", "L")
	if err != nil {
		return err
	}
	say(to, "| size | command | first words | end | processor time |\n|---|---|---:|---:|---:|")
	for _, r := range chosen {
		q, known := questions[r.name]
		if !known {
			continue
		}
		scenario, err := b.scenario(ctx, r)
		if err != nil {
			return err
		}
		file := func(name string) string { return filepath.Join(b.folder, r.name+"-"+name) }
		plan, mended := file("plan.json"), file("mended.json")
		limit := "--time-limit=" + r.limit.String()
		if _, err := b.answer(ctx, "plan", scenario, "--plan", plan, "--ics", file("plan.ics"), "--force", limit); err != nil {
			return err
		}
		for _, c := range []struct {
			name string
			args []string
		}{
			{"explain", []string{"explain", scenario, "--set", q.impossible, limit}},
			{"explain --session", []string{"explain", scenario, plan, "--session", q.session, limit}},
			{"explain --why-not, a day that can be", []string{"explain", scenario, plan, "--why-not", q.session + " on " + q.day, limit}},
			{"explain --why-not, a day that cannot be", []string{"explain", scenario, plan, "--why-not", q.session + " on " + q.never, limit}},
			{"alternatives -k 2", []string{"alternatives", scenario, plan, "-k", "2", "--plan", file("other.json"), "--force", limit}},
			{"repair, a station closed for a day", []string{"repair", scenario, plan, "--closed", q.closed, "--plan", mended, "--force", limit}},
			{"compare", []string{"compare", scenario, plan, mended, "--html", file("compare.html"), "--force"}},
		} {
			took, err := b.answer(ctx, c.args...)
			if err != nil {
				return err
			}
			first := fmt.Sprintf("%.1f s", took.first.Seconds())
			if took.limited {
				first = "none"
			}
			say(to, "| %s | %s | %s | %.1f s | %.1f s |", r.name, c.name, first, took.end.Seconds(), took.processor.Seconds())
		}
	}
	return nil
}

// answered is how long a command took until it said something and until it ended, and
// what the cores gave to it, which says more on a busy machine.
type answered struct {
	first, end, processor time.Duration
	limited               bool // the limit came before there was an answer
}

// The exit status of the program when its answer is no, and when the limit came first.
const (
	exitNo    = 1
	exitLimit = 3
)

// answer runs the program. It fails if the program does, other than by answering no, or
// not in time.
func (b *bench) answer(ctx context.Context, args ...string) (took answered, err error) {
	cmd := exec.CommandContext(ctx, b.program, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return took, fmt.Errorf("read what plenary %s says: %w", args[0], err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return took, fmt.Errorf("run plenary: %w", err)
	}
	said := bufio.NewReader(out)
	_, silent := said.Peek(1)
	took.first = time.Since(began)
	if _, err := io.Copy(io.Discard, said); err != nil {
		return took, fmt.Errorf("read what plenary %s says: %w", args[0], err)
	}
	err = cmd.Wait()
	took.end = time.Since(began)
	if cmd.ProcessState != nil {
		took.processor = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	var exit *exec.ExitError
	if silent != nil {
		took.first = took.end
	}
	switch {
	case err == nil:
	case errors.As(err, &exit) && exit.ExitCode() == exitLimit:
		took.limited = true
	case errors.As(err, &exit) && exit.ExitCode() == exitNo:
	default:
		return took, fmt.Errorf("plenary %v: %w", args, err)
	}
	return took, nil
}
