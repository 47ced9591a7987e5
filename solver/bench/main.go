package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	root := &cobra.Command{Use: "bench", Short: "Measure Plenary as a user runs it", SilenceUsage: true}
	root.AddCommand(newTable(), newSame(), newAgree(), newDeciding(), newStop(), newCurve(), newState(), newSweep(), newDrag())
	if err := root.ExecuteContext(ctx); err != nil {
		os.Exit(1)
	}
}

// measuring gives a command that runs the program, with a folder for its files
// that is removed in the end.
func measuring(b *bench, use, short string, run func(context.Context, io.Writer) error) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			clean, err := b.prepare()
			if err != nil {
				return err
			}
			defer clean()
			return run(cmd.Context(), cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&b.program, "plenary", "bin/plenary", "the program to measure")
	return cmd
}

// rowFlags are the flags of everything that measures rows of the table.
func rowFlags(cmd *cobra.Command, b *bench) {
	f := cmd.Flags()
	f.StringVar(&b.instances, "instances", os.Getenv("INSTANCES"), "folder of published instances (timetabling, meetings, conference, ietf) beyond those in the repository")
	f.StringSliceVar(&b.rows, "rows", nil, "names of rows, or the beginning of names; all when left out")
	f.DurationVar(&b.limit, "limit", 0, "time limit of every run, instead of the row's own")
}

func newDrag() *cobra.Command {
	b := &bench{}
	cmd := measuring(b, "drag", "Measure what a planner waits for while she drags a session on the desk", func(ctx context.Context, to io.Writer) error {
		rows, err := b.chosen("S", "M", "L", "XL")
		if err != nil {
			return err
		}
		return b.drag(ctx, to, rows)
	})
	rowFlags(cmd, b)
	return cmd
}

func newState() *cobra.Command {
	var set []string
	cmd := &cobra.Command{
		Use: "state SCENARIO FILE.json", Short: "Write a scenario as the model that peers solve", Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := state(args[0], set)
			if err != nil {
				return err
			}
			return s.write(args[1])
		},
	}
	cmd.Flags().StringArrayVar(&set, "set", nil, "change one value, as for plenary plan")
	return cmd
}

func newTable() *cobra.Command {
	b := &bench{}
	cmd := measuring(b, "table", "Print the table of docs/performance.md", b.table)
	rowFlags(cmd, b)
	peerFlags(cmd, b)
	return cmd
}

// peerFlags are the flags of everything that runs the peers as well.
func peerFlags(cmd *cobra.Command, b *bench) {
	cmd.Flags().StringVar(&b.python, "python", os.Getenv("PEERS"), "folder that peers/setup.sh installed the peers into; none when left out")
	cmd.Flags().StringVar(&b.scripts, "peers", "solver/bench/peers", "folder of the peers' models")
	cmd.Flags().StringSliceVar(&b.solvers, "solvers", allSolvers, "whom to run")
	cmd.Flags().DurationVar(&b.stating, "stating", 2*time.Minute, "time in which a row must be written as a model, else it is too large for peers")
}

func newAgree() *cobra.Command {
	b := &bench{}
	seeds := 3
	cmd := measuring(b, "agree", "Show that the peers' models are the same problem, by what is proven to be best", func(ctx context.Context, to io.Writer) error {
		return b.agree(ctx, to, seeds)
	})
	rowFlags(cmd, b)
	peerFlags(cmd, b)
	cmd.Flags().IntVar(&seeds, "seeds", seeds, "how many generated calendars")
	return cmd
}

func newSame() *cobra.Command {
	b := &bench{}
	runs := 3
	cmd := measuring(b, "same", "Plan the same several times and compare the plan files byte for byte", func(ctx context.Context, to io.Writer) error {
		return b.same(ctx, to, runs)
	})
	rowFlags(cmd, b)
	cmd.Flags().IntVar(&runs, "runs", runs, "how often")
	return cmd
}

func newStop() *cobra.Command {
	b := &bench{}
	var o stopping
	cmd := measuring(b, "stop", "Interrupt at random moments and measure how long the program takes to end", func(ctx context.Context, to io.Writer) error {
		return b.stop(ctx, to, o)
	})
	rowFlags(cmd, b)
	cmd.Flags().IntVar(&o.times, "times", 10, "how often for each row")
	cmd.Flags().DurationVar(&o.within, "within", 15*time.Second, "the moments are within this long from the start")
	cmd.Flags().Uint64Var(&o.seed, "seed", 1, "another seed gives other moments")
	return cmd
}

func newCurve() *cobra.Command {
	var o curve
	cmd := &cobra.Command{
		Use: "curve FILE.svg", Short: "Draw what a step of prices costs over the number of sessions", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.draw(cmd.Context(), cmd.OutOrStdout(), args[0])
		},
	}
	cmd.Flags().IntSliceVar(&o.sessions, "sessions", []int{100, 300, 500, 700, 1000, 1500, 2000}, "sizes")
	cmd.Flags().IntVar(&o.steps, "steps", 50, "steps that are timed at each size")
	return cmd
}

func newSweep() *cobra.Command {
	b := &bench{}
	var o sweeping
	cmd := measuring(b, "sweep", "Print the table of docs/sweeps.md", func(ctx context.Context, to io.Writer) error {
		return b.sweep(ctx, to, o)
	})
	cmd.Flags().IntVar(&o.whatIfs, "what-ifs", 1000, "of the large sweep")
	cmd.Flags().IntVar(&o.few, "few", 60, "of the sweeps that are compared")
	return cmd
}

// say prints a line of a table.
func say(to io.Writer, format string, args ...any) {
	fmt.Fprintf(to, format+"\n", args...)
}
