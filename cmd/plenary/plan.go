package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/export/letter"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/explain"
	"plenary/solver/memory"
	"plenary/solver/solve"
)

func newPlan(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "plan SCENARIO",
		Short: "Find the best plan of a scenario, prove it and write it",
		Long: `Find the best plan of a scenario, tier by tier, and prove that there is no
better one. The plan is printed as tables that paste into a letter, and written
as a plan file (JSON) and as a calendar (.ics).

Ctrl-C stops the search: the best plan so far is written, and the table says
how far it is proven. If there is no plan, the rules that cannot hold together
are named, with their paragraphs.`,
		Example: `  plenary plan gcm-2018.yaml
  plenary plan gcm-2018.yaml --time-limit 2m --plan draft.json --ics draft.ics
  plenary plan gcm-2018.yaml --format html > plan.html
  plenary plan gcm-2018.yaml --force          replace the files of the last run
  plenary plan gcm-2018.yaml --plan second.json --ics gcm.ics --since gcm.ics
  plenary plan gcm-2018.yaml --prices         which rooms and teams are scarce, and when
  plenary plan gcm-2018.yaml --set stations.geneva.interpretation.teams=1`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: yamlFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runPlan(cmd, settings, args[0])
		},
	}
	f := cmd.Flags()
	f.String("plan", "", "plan file to write (default: the scenario's name with .plan.json, here)")
	f.String("ics", "", "calendar to write (default: the scenario's name with .ics, here)")
	sinceFlag(cmd)
	f.Bool("force", false, "replace files that are there already")
	f.Duration("time-limit", 10*time.Minute, "stop the search after this long and take the best plan so far")
	f.Uint32("seed", 1, "lots between members who are alike are drawn with this number")
	formatFlag(cmd)
	f.String("progress", "auto", "auto (on a terminal), plain (lines), json (a line of JSON for each better plan or bound) or none")
	f.Bool("prices", false, "say what one more room or interpretation team would save, week by week; plans again many times")
	f.Bool("stats", false, "print time, memory, variables and clauses")
	changeFlags(cmd)
	return cmd
}

func formatFlag(cmd *cobra.Command) {
	cmd.Flags().String("format", "text", "of the tables: "+strings.Join(letter.Formats, ", "))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(letter.Formats, cobra.ShellCompDirectiveNoFileComp))
}

// format gives the format of the tables that was asked for.
func format(settings *viper.Viper) (letter.Format, error) {
	f := settings.GetString("format")
	if !slices.Contains(letter.Formats, f) {
		return "", status{exitInput, fmt.Sprintf("there is no format %q; choose from %s", f, strings.Join(letter.Formats, ", "))}
	}
	return letter.Format(f), nil
}

func yamlFiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
}

func runPlan(cmd *cobra.Command, settings *viper.Viper, name string) error {
	how, err := format(settings)
	if err != nil {
		return err
	}
	mode := file.Mode(settings.GetBool("force"))
	planFile, icsFile := settings.GetString("plan"), settings.GetString("ics")
	if planFile == "" {
		planFile = stem(name) + ".plan.json"
	}
	if icsFile == "" {
		icsFile = stem(name) + ".ics"
	}
	s, instances, err := read(cmd, name)
	if err != nil {
		return err
	}
	found, err := free([]string{name}, []string{planFile}, mode)
	if err != nil {
		return err
	}
	events, err := newDraft(cmd, settings, icsFile, planFile, []string{name}, mode)
	if err != nil {
		return err
	}
	show, err := newProgress(cmd, settings.GetString("progress"), s)
	if err != nil {
		return err
	}
	started := time.Now()
	limit := settings.GetDuration("time-limit")
	ctx, cancel, err := searching(cmd.Context(), limit)
	if err != nil {
		return err
	}
	defer cancel()
	forPlan, done := ctx, func() {}
	if settings.GetBool("prices") {
		forPlan, done = context.WithTimeout(ctx, limit-limit/forPrices)
	}
	defer done()
	outcome, err := solve.Plan(forPlan, s, instances, solve.Options{Seed: int(settings.GetUint32("seed")), Progress: show.update})
	show.close()
	if err != nil {
		return disagreement(err)
	}
	if settings.GetBool("stats") {
		printStats(cmd, outcome.Size, time.Since(started))
	}
	switch outcome.Status {
	case solve.Infeasible:
		return infeasible(ctx, cmd, s, instances, outcome, name)
	case solve.Unknown:
		switch {
		case cmd.Context().Err() != nil:
			return status{exitInterrupted, "interrupted before any plan was found; nothing was written"}
		case memory.Reached(ctx):
			return status{exitLimit, "the memory limit came before any plan was found, and it is not proven that there is none; nothing was written. Give more memory with --memory-limit"}
		}
		return status{exitLimit, fmt.Sprintf("no plan was found within %s, and it is not proven that there is none; give more time with --time-limit", limit)}
	}
	p := outcome.Plan
	p.Program = program()
	p.Scenario = plan.SourceOf(s, filepath.Base(name))
	content, err := p.Encode()
	if err != nil {
		return err
	}
	calendar, news, err := events.encode(s, p)
	if err != nil {
		return err
	}
	if err := events.write(cmd, found, output{planFile, content}, calendar); err != nil {
		return err
	}
	printed := letter.Write(cmd.OutOrStdout(), s, instances, p, outcome.Verdict, how, english)
	say, stopped := cmd.ErrOrStderr(), cmd.Context().Err() != nil && outcome.Status != solve.Optimal
	switch {
	case outcome.Status == solve.Optimal:
		fmt.Fprintf(say, "\nProven optimal in every tier, and checked. Written: %s, %s%s\n", planFile, icsFile, news)
	case stopped:
		fmt.Fprintf(say, "\nInterrupted. The best plan found until then, and checked; the table says how far it is proven. Written: %s, %s%s\n", planFile, icsFile, news)
	case memory.Reached(forPlan):
		fmt.Fprintf(say, "\nThe memory limit was reached. The best plan found until then, and checked; the table says how far it is proven. Written: %s, %s%s\n", planFile, icsFile, news)
	default:
		fmt.Fprintf(say, "\nThe best plan found, and checked; the table says how far it is proven. Written: %s, %s%s\n", planFile, icsFile, news)
	}
	for _, in := range outcome.Left {
		fmt.Fprintf(say, "Not looked at while searching, as it ties too much together; what it costs is counted: %s (%s)\n", in.Rule.Statement(s), in.ID)
	}
	if settings.GetBool("prices") {
		out := cmd.OutOrStdout()
		if how != letter.Text {
			out = say // not into a page or a table
		}
		if err := addPrices(ctx, cmd, settings, s, instances, outcome, planFile, out); err != nil {
			return err
		}
		stopped = cmd.Context().Err() != nil
	}
	if stopped {
		return status{code: exitInterrupted}
	}
	return printed
}

// infeasible says which rules cannot hold together.
func infeasible(ctx context.Context, cmd *cobra.Command, s *scenario.Scenario, instances []rule.Instance, outcome solve.Outcome, name string) error {
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "There is no plan for this scenario.\n")
	for i, group := range outcome.Blamed {
		number := 0
		for reason := range explain.Minimal(ctx, s, instances, group) {
			printReason(out, s, reason, i+number == 0)
			number++
		}
		if number == 0 {
			fmt.Fprint(out, noReason)
		}
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "\nFor the cheapest ways out: plenary explain %s%s\n", name, asGiven(cmd))
	return status{code: exitNo}
}
