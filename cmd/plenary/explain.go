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
	"plenary/solver/compile"
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
  "SESSION held", "SESSION not held"       it is not left out, or it is
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
	f.Int("ways", 5, "how many ways out to look for; 0 for the conflicts alone")
	f.String("ways-out", "", "folder to write, with the plan of each way out")
	f.Bool("force", false, "replace a folder of ways out that is there already")
	f.Duration("time-limit", 2*time.Minute, "stop after this long and say what is known")
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
	if settings.GetInt("ways") < 0 {
		return status{exitInput, "--ways: give 0, for the conflicts alone, or more"}
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
	call := func(set ...string) string { return "plenary plan " + name + asGiven(cmd, set...) }
	e := &explanation{ctx: ctx, s: s, instances: instances, seed: int(settings.GetUint32("seed")), most: settings.GetInt("ways"),
		show: show, out: show.above(cmd.OutOrStdout()), call: call}
	var outcome solve.Outcome
	if solve.Large(s) {
		err = e.locally()
	}
	if err == nil && e.found == nil {
		outcome, err = e.whole()
	}
	var files map[string][]byte
	var failed error
	if folder != "" && err == nil && ctx.Err() == nil && e.found != nil {
		files, failed = planWays(cmd, name, e)
	}
	show.close()
	switch {
	case failed != nil:
		return failed
	case err != nil:
		return disagreement(err)
	case e.found == nil && outcome.Status == solve.Unknown:
		return stopped(ctx, cmd)
	case e.found == nil:
		fmt.Fprintln(cmd.OutOrStdout(), "There is a plan for this scenario; see  "+call())
		return nil
	case cmd.Context().Err() != nil || (folder != "" && files == nil):
		return stopped(ctx, cmd)
	}
	if files != nil {
		if err := writeWays(cmd, folder, files, mode); err != nil {
			return err
		}
	}
	return status{code: exitNo}
}

// finding is a conflict, or several that have to be mended together, with its ways
// out.
type finding struct {
	ways []proposal
	part bool // of the scenario, which is too large to be looked at as a whole
}

// explanation says why there is no plan, and how there could be one, as it becomes
// known.
type explanation struct {
	ctx        context.Context
	s          *scenario.Scenario
	instances  []rule.Instance
	seed, most int
	show       *progress
	out        io.Writer
	call       func(set ...string) string // that plans the scenario, but for what is set again

	headed  bool
	reasons int
	known   []explain.Reason // of all groups
	found   []finding
	joint   *proposal // that ends all of several conflicts; nil where none is known
}

// locally looks for reasons in parts of a large scenario; none says nothing.
func (e *explanation) locally() error {
	e.show.say("conflicts of single sessions, bodies, officers and stations")
	for reason := range explain.Local(e.ctx, e.s, e.instances) {
		e.reason(reason)
		head := "Ways out, the cheapest first; no cheaper way ends this conflict"
		if reason.Count != nil {
			head = "Ways out, the cheapest first; each ends this conflict, but a cheaper one is not ruled out"
		}
		e.show.say(fmt.Sprintf("the cheapest ways out of conflict %d", e.reasons))
		if err := e.ways(head, true, func(each func(explain.WayOut)) (int64, error) {
			return explain.WaysOutOf(e.ctx, e.s, e.instances, reason, e.seed, e.most, each)
		}); err != nil {
			return err
		}
	}
	if e.found != nil {
		fmt.Fprintf(e.out, "\nThe scenario is too large to be looked at as a whole: these conflicts lie in single\nsessions, bodies, officers and stations. All have to be ended; then ask again.\n")
	}
	return nil
}

// whole finds out whether there is a plan and, if not, all reasons.
func (e *explanation) whole() (solve.Outcome, error) {
	outcome, err := solve.Possible(e.ctx, e.s, e.instances, solve.Options{Seed: e.seed, Progress: e.show.update})
	if err != nil || outcome.Status != solve.Infeasible {
		return outcome, err
	}
	groups, parts := explain.Joined(e.s, e.instances, outcome.Blamed)
	for i, group := range groups {
		if err := e.group(group, parts[i], len(groups) == 1); err != nil {
			return outcome, err
		}
	}
	if len(e.found) > 1 && e.most > 0 {
		return outcome, e.together()
	}
	return outcome, nil
}

// group looks for all reasons in a group, parts of which have no plan, and the ways
// out; only tells that it is the only group.
func (e *explanation) group(group compile.Group, parts []compile.Group, only bool) error {
	e.show.say("which rules cannot hold together")
	var apart, all []explain.Reason
	for _, part := range parts {
		for reason := range explain.Infeasible(e.ctx, e.s, e.instances, part) {
			e.reason(reason)
			if all = append(all, reason); !reason.Shares {
				apart = append(apart, reason)
			}
		}
	}
	if all == nil {
		e.head()
		fmt.Fprint(e.out, noReason)
	}
	e.known = append(e.known, all...)
	if len(apart) < 2 {
		claim := "with any one of them there is a plan"
		if !only {
			claim = "with any one of them, and one of each other list, there is a plan"
		}
		e.show.say("the cheapest ways out")
		return e.ways("Ways out, the cheapest first; "+claim, false, func(each func(explain.WayOut)) (int64, error) {
			return explain.WaysOut(e.ctx, e.s, e.instances, group, all, e.seed, e.most, each)
		})
	}
	// Each conflict has its own ways out: those that end all of them at once are too many,
	// and too long to read.
	for i := range apart {
		e.show.say(fmt.Sprintf("the cheapest ways out of conflict %d of %d", i+1, len(apart)))
		head := fmt.Sprintf("Ways out of conflict %d of %d, the cheapest first; no cheaper way ends it", i+1, len(apart))
		if err := e.ways(head, false, func(each func(explain.WayOut)) (int64, error) {
			return explain.WaysOutAmong(e.ctx, e.s, e.instances, group, apart, i, e.seed, e.most, each)
		}); err != nil {
			return err
		}
	}
	return nil
}

// together prints what the first way out of each list gives together, and how much
// cheaper it can be at most; or what is cheaper.
func (e *explanation) together() error {
	var first []explain.WayOut
	for _, f := range e.found {
		if len(f.ways) == 0 {
			return nil
		}
		first = append(first, f.ways[0].WayOut)
	}
	e.show.say("the first of each list together")
	whole := compile.Whole(e.s)
	way, err := explain.Together(e.ctx, e.s, e.instances, whole, first, e.seed)
	if err != nil || e.ctx.Err() != nil {
		return err
	}
	e.show.say("whether all conflicts have a cheaper way out together")
	var best *explain.WayOut
	others, err := explain.WaysOut(e.ctx, e.s, e.instances, whole, e.known, e.seed, 1, func(w explain.WayOut) { best = &w })
	switch {
	case err != nil:
		return err
	case best != nil && (way == nil || best.Price < way.Price):
		w, head := propose(e.s, *best), "All conflicts together have a cheaper way out than the first of each list"
		if way == nil {
			head = "The first way out of each list is not enough. All conflicts together have a way out"
		}
		fmt.Fprintf(e.out, "\n%s,\nfor a price of %d, and none is cheaper:\n\n", head, best.Price)
		printDeeds(e.out, e.s, w)
		printChange(e.out, w, e.call)
		e.joint = &w
		return nil
	case way == nil:
		fmt.Fprintf(e.out, "\nThe first way out of each list is not enough: end some of the conflicts, then ask again.\n")
		return nil
	case best != nil:
		fmt.Fprintf(e.out, "\nWith the first way out of each list there is a plan, for a price of %d together, and no way\nout of all conflicts is cheaper:\n\n", way.Price)
	default:
		fmt.Fprintf(e.out, "\nWith the first way out of each list there is a plan, for a price of %d together; every way\nout of all conflicts has a price of %d or more:\n\n", way.Price, others)
	}
	joint := propose(e.s, *way)
	printChange(e.out, joint, e.call)
	e.joint = &joint
	return nil
}

// head says once that there is no plan.
func (e *explanation) head() {
	if !e.headed {
		fmt.Fprint(e.out, "There is no plan for this scenario.\n")
	}
	e.headed = true
}

// reason prints a conflict.
func (e *explanation) reason(reason explain.Reason) {
	e.head()
	printReason(e.out, e.s, reason, e.reasons == 0)
	e.reasons++
}

// ways prints ways out under a head as they are found, and what is known of all
// others.
func (e *explanation) ways(head string, part bool, find func(each func(explain.WayOut)) (others int64, err error)) error {
	number := 1
	for _, f := range e.found {
		number += len(f.ways)
	}
	f := finding{part: part}
	if e.most == 0 {
		e.found = append(e.found, f)
		return nil
	}
	others, err := find(func(way explain.WayOut) {
		if f.ways == nil {
			fmt.Fprintf(e.out, "\n%s:\n", head)
		}
		w := propose(e.s, way)
		printWay(e.out, e.s, w, number+len(f.ways), e.call)
		f.ways = append(f.ways, w)
		e.show.say(fmt.Sprintf("way out %d", number+len(f.ways)))
	})
	e.found = append(e.found, f)
	if err != nil {
		return err
	}
	switch {
	case e.ctx.Err() != nil && others == 0:
		fmt.Fprintf(e.out, "\nThe search ended before a way out was found.\n")
	case e.ctx.Err() != nil && f.ways == nil:
		fmt.Fprintf(e.out, "\nThe search ended before a way out was found: every one has a price of %d or more.\n", others)
	case e.ctx.Err() != nil:
		fmt.Fprintf(e.out, "\nThe search ended here: every other way out has a price of %d or more.\n", others)
	case f.ways == nil:
		fmt.Fprintf(e.out, "\nNo way out was found by bending rules.\n")
	}
	return nil
}

// noReason is printed for reasons when there was no time to find them.
const noReason = "\nThe search ended before it was known which rules cannot hold together.\n"

// printReason prints a conflict; first tells that no other was printed before.
func printReason(out io.Writer, s *scenario.Scenario, reason explain.Reason, first bool) {
	head := "These cannot all hold together:"
	switch {
	case reason.Shares:
		head = "Neither can these, of which some stand above:"
	case !first:
		head = "And, independently of that, neither can these:"
	}
	fmt.Fprintf(out, "\n%s\n\n", head)
	for _, in := range reason.Instances {
		fmt.Fprintf(out, "  - %s%s%s\n", in.Rule.Statement(s), in.Paragraph(), place(in))
	}
	if reason.Count != nil {
		fmt.Fprintf(out, "\nbecause %s.\n", reason.Count.Words(s))
		return
	}
	if background := explain.Background(s, reason); len(background) > 0 {
		fmt.Fprintf(out, "\nwhere\n\n")
		for _, text := range background {
			fmt.Fprintf(out, "  - %s\n", text)
		}
	}
	switch {
	case reason.Smallest && first:
		fmt.Fprintf(out, "\nEach of them is needed: without any one, the others can hold. No smaller conflict exists.\n")
	case reason.Smallest:
		fmt.Fprintf(out, "\nEach of them is needed: without any one, the others can hold. No smaller conflict is left.\n")
	case reason.Minimal:
		fmt.Fprintf(out, "\nEach of them is needed: without any one, the others can hold.\n")
	default:
		fmt.Fprintf(out, "\nSome of them may not be needed: the search ended before that was known.\n")
	}
}

// place says where in the scenario a rule stands.
func place(in *rule.Instance) string {
	if in.Place.Line == 0 {
		return ""
	}
	return fmt.Sprintf(" [%s:%d]", in.Place.File, in.Place.Line)
}
