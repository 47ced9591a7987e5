package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/explain"
	"plenary/solver/solve"
)

func newExplain(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "explain SCENARIO [PLAN]",
		Short: "Say why there is no plan, why a session is where it is, and why not elsewhere",
		Long: `Say why a scenario has no plan: the rules that cannot hold together, with their
paragraphs, so few that none can be left out; all independent conflicts, not
only the first. Then the cheapest ways out: which rules to bend, and by how
much, or what one more room or interpretation team would do, each checked by a
plan and with the changes of the scenario that make it one. No cheaper way out
exists, whatever rule is bent. --ways-out writes the best plan of each.

What bending a rule costs depends on its kind (a day of a window 1, a working
day of a cap 8, a clash of chairs 10, one more room for a week 10, one more team
12, leaving a session out 60).

With a plan: --session says how far a session could move while all else stays,
and what stops it. --why-not says what a wish would break, or what it would cost
and which other moves it would pull along:

  "SESSION on 2017-05-15"                  it starts on that day
  "SESSION between 2017-05-15..2017-05-19" it lies in these days
  "SESSION in Vienna"                      it meets at that station
  "SESSION in room XX"                     it meets in that room, or one of that kind
  "SESSION before OTHER", "… after OTHER"  it ends before the other starts, or the reverse
  "SESSION held"                           it is not left out
  "moderator of SESSION panel 2 = Kenya"   the member has the seat`,
		Example: `  plenary explain gcm-2018-june-away.yaml
  plenary explain gcm-2018-june-away.yaml --ways 3 --ways-out ways
  plenary explain gcm-2018.yaml gcm-2018.plan.json --session thematic-drivers
  plenary explain gcm-2018.yaml gcm-2018.plan.json --why-not "thematic-drivers on 2017-05-15"`,
		Args:              cobra.RangeArgs(1, 2),
		ValidArgsFunction: yamlFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 {
				return runQuestion(cmd, settings, args[0], args[1])
			}
			if settings.GetString("session") != "" || settings.GetString("why-not") != "" {
				return status{exitInput, "--session and --why-not ask about a plan: give its file after the scenario"}
			}
			return runExplain(cmd, settings, args[0])
		},
	}
	f := cmd.Flags()
	f.String("session", "", "how far this session could move, and what stops it")
	f.String("why-not", "", "a wish: \"SESSION on 2017-05-15\"")
	f.Int("ways", 5, "how many ways out to look for")
	f.String("ways-out", "", "folder to write, with the plan of each way out")
	f.Bool("force", false, "replace a folder of ways out that is there already")
	f.Duration("time-limit", 10*time.Minute, "stop after this long and say what is known")
	f.Uint32("seed", 1, "lots between members who are alike are drawn with this number")
	f.String("progress", "auto", "auto (on a terminal), plain (lines) or none")
	changeFlags(cmd)
	return cmd
}

func runExplain(cmd *cobra.Command, settings *viper.Viper, name string) error {
	s, instances, err := read(cmd, name)
	if err != nil {
		return err
	}
	mode, folder := file.Mode(settings.GetBool("force")), settings.GetString("ways-out")
	if folder != "" {
		if err := freeFolder(folder, list, "ways-out", mode); err != nil {
			return err
		}
	}
	show, err := newProgress(cmd, settings.GetString("progress"), &scenario.Scenario{})
	if err != nil {
		return err
	}
	ctx, cancel, err := searching(cmd.Context(), settings.GetDuration("time-limit"))
	if err != nil {
		return err
	}
	defer cancel()
	var found []finding
	var outcome solve.Outcome
	seed, most := int(settings.GetUint32("seed")), settings.GetInt("ways")
	if solve.Large(s) {
		found, err = explainLocally(ctx, s, instances, seed, most, show)
	}
	if err == nil && found == nil {
		found, outcome, err = explainWhole(ctx, s, instances, seed, most, show)
	}
	var files map[string][]byte
	var failed error
	if folder != "" && err == nil && ctx.Err() == nil && found != nil {
		files, failed = planWays(ctx, cmd, name, found, seed, show)
	}
	show.close()
	if failed != nil {
		return failed
	}
	out := cmd.OutOrStdout()
	switch {
	case err != nil:
		return disagreement(err)
	case found != nil:
		printFindings(out, s, found, "plenary plan "+name+asGiven(cmd))
	case outcome.Status == solve.Unknown:
		return stopped(ctx, cmd)
	default:
		fmt.Fprintln(out, "There is a plan for this scenario; see  plenary plan "+name+asGiven(cmd))
		return nil
	}
	if files != nil {
		if err := writeWays(cmd, folder, files, mode); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return stopped(ctx, cmd)
	}
	return status{code: exitNo}
}

// finding is reasons with the ways out of all of them together.
type finding struct {
	reasons []explain.Reason
	ways    []proposal
	part    bool // of the scenario, which is too large to be looked at as a whole
}

// explainLocally looks for reasons in parts of a large scenario; none says
// nothing.
func explainLocally(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, seed, most int, show *progress) (out []finding, err error) {
	show.say("conflicts of single sessions, bodies, officers and stations")
	for _, reason := range explain.Local(ctx, s, instances) {
		show.say(fmt.Sprintf("the cheapest ways out of conflict %d", len(out)+1))
		ways, err := explain.WaysOutOf(ctx, s, instances, reason, seed, most)
		if err != nil {
			return nil, err
		}
		out = append(out, finding{[]explain.Reason{reason}, propose(s, ways), true})
	}
	return out, nil
}

// explainWhole finds out whether there is a plan and, if not, all reasons.
func explainWhole(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, seed, most int, show *progress) (out []finding, outcome solve.Outcome, err error) {
	outcome, err = solve.Possible(ctx, s, instances, solve.Options{Seed: seed, Progress: show.update})
	if err != nil {
		return nil, outcome, err
	}
	groups, parts := explain.Joined(s, instances, outcome.Blamed)
	for i, group := range groups {
		var f finding
		show.say("which rules cannot hold together")
		for _, part := range parts[i] {
			f.reasons = append(f.reasons, explain.Infeasible(ctx, s, instances, part)...)
		}
		show.say("the cheapest ways out")
		ways, err := explain.WaysOut(ctx, s, instances, group, seed, most)
		if err != nil {
			return nil, outcome, err
		}
		f.ways = propose(s, ways)
		out = append(out, f)
	}
	return out, outcome, nil
}

// printFindings prints all reasons and ways out.
func printFindings(out io.Writer, s *scenario.Scenario, found []finding, call string) {
	fmt.Fprintf(out, "There is no plan for this scenario.\n")
	number := 1
	for i, f := range found {
		printReasons(out, s, f.reasons, i == 0)
		claim := "with any one of them there is a plan"
		switch {
		case f.part && f.reasons[0].Count != nil:
			claim = "each ends this conflict, but a cheaper one is not ruled out"
		case f.part:
			claim = "no cheaper way ends this conflict"
		case len(found) > 1:
			claim = "with any one of them, and one of each other list, there is a plan"
		}
		printWays(out, s, f.ways, number, claim, call)
		number += len(f.ways)
	}
	if found[0].part {
		fmt.Fprintf(out, "\nThe scenario is too large to be looked at as a whole: these conflicts lie in single\nsessions, bodies, officers and stations. All have to be ended; then ask again.\n")
	}
}

// printReasons prints the conflicts of one part of an infeasible scenario;
// first tells that nothing was printed before.
func printReasons(out io.Writer, s *scenario.Scenario, reasons []explain.Reason, first bool) {
	if len(reasons) == 0 {
		fmt.Fprintf(out, "\nThe search ended before it was known which rules cannot hold together.\n")
	}
	for i, reason := range reasons {
		head := "These cannot all hold together:"
		switch {
		case reason.Shares:
			head = "Neither can these, of which some stand above:"
		case i > 0 || !first:
			head = "And, independently of that, neither can these:"
		}
		fmt.Fprintf(out, "\n%s\n\n", head)
		for _, in := range reason.Instances {
			fmt.Fprintf(out, "  - %s%s%s\n", in.Rule.Statement(s), in.Paragraph(), place(in))
		}
		if reason.Count != nil {
			fmt.Fprintf(out, "\nbecause %s.\n", reason.Count.Words(s))
			continue
		}
		if background := explain.Background(s, reason); len(background) > 0 {
			fmt.Fprintf(out, "\nwhere\n\n")
			for _, text := range background {
				fmt.Fprintf(out, "  - %s\n", text)
			}
		}
		if reason.Minimal {
			fmt.Fprintf(out, "\nEach of them is needed: without any one, the others can hold.\n")
		} else {
			fmt.Fprintf(out, "\nSome of them may not be needed: the search ended before that was known.\n")
		}
	}
}

// place says where in the scenario a rule stands.
func place(in *rule.Instance) string {
	if in.Place.Line == 0 {
		return ""
	}
	return fmt.Sprintf(" [%s:%d]", in.Place.File, in.Place.Line)
}
