package main

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/export/foreign"
	"plenary/export/ietf"
	"plenary/export/original"
	"plenary/export/xlsx"
	"plenary/model/input"
	"plenary/model/judge"
)

// publishedFormats says what published files can be imported, a line each.
func publishedFormats() string {
	var b strings.Builder
	for _, f := range foreign.Formats {
		fmt.Fprintf(&b, "  %-12s %s\n", f.Name, f.About)
	}
	return b.String()
}

// importPublishedFlags are the flags of import that are about published files.
func importPublishedFlags(cmd *cobra.Command) {
	var names []string
	for _, f := range foreign.Formats {
		names = append(names, f.Name)
	}
	f := cmd.Flags()
	f.String("as", "", "the format of a published file, where it cannot be seen from the content: "+strings.Join(names, ", "))
	f.Bool("soft", false, "IETF: price every violation, and let sessions be left out")
	f.Bool("score", false, "score a plan as the original does: ORIGINAL SCENARIO PLAN, or ORIGINAL alone")
	f.String("solution", "", "with --score: also write the plan in the original's own form to this file")
	_ = cmd.RegisterFlagCompletionFunc("as", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
}

// importPublished reads a published file into a scenario, or scores a plan.
func importPublished(cmd *cobra.Command, settings *viper.Viper, args []string) error {
	switch {
	case settings.GetBool("score"):
		return runScore(cmd, settings, args)
	case len(args) > 1:
		return status{exitInput, "one file is imported at a time; --score takes the original, the scenario and the plan"}
	case settings.GetString("solution") != "":
		return status{exitInput, "--solution goes with --score"}
	}
	return runImport(cmd, settings, args[0])
}

// readOriginal reads a published file, or prints every problem.
func readOriginal(cmd *cobra.Command, settings *viper.Viper, name string) (original.Instance, foreign.Format, error) {
	none := foreign.Format{}
	src, err := input.Read(name, xlsx.MostBytes)
	if err != nil {
		return nil, none, status{exitInput, err.Error()}
	}
	src = bytes.TrimPrefix(src, []byte("\uFEFF")) // some editors write it before a text
	format, known := foreign.Guess(src)
	if as := settings.GetString("as"); as != "" {
		if format, known = foreign.Named(as); !known {
			return nil, none, status{exitInput, fmt.Sprintf("there is no format %q; see  plenary import --help", as)}
		}
	}
	if !known {
		return nil, none, status{exitInput, fmt.Sprintf("%s has none of the formats that are known; see  plenary import --help", name)}
	}
	in, problems := format.Read(name, src)
	if in == nil {
		return nil, none, refuse(cmd, problems)
	}
	return in, format, nil
}

func runImport(cmd *cobra.Command, settings *viper.Viper, name string) error {
	in, format, err := readOriginal(cmd, settings, name)
	if err != nil {
		return err
	}
	if settings.GetBool("soft") {
		m, ok := in.(*ietf.Meeting)
		if !ok {
			return status{exitInput, "--soft is for the session requests of the IETF: the other formats have prices of their own"}
		}
		m.Soft = true
	}
	s, problems := in.Scenario()
	if len(problems) > 0 {
		return refuse(cmd, problems)
	}
	out := settings.GetString("out")
	if out == "" {
		out = stem(name) + ".yaml"
	}
	mode := file.Mode(settings.GetBool("force"))
	found, err := free([]string{name}, []string{out}, mode)
	if err != nil {
		return err
	}
	if err := found.write(cmd, output{out, format.Scenario(name, s)}); err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Read as: %s\nWritten: %s\nNext: plenary plan %s\n", format.About, out, out)
	return nil
}

func runScore(cmd *cobra.Command, settings *viper.Viper, args []string) error {
	if len(args) == 2 {
		return status{exitInput, "--score takes the original, the scenario and the plan"}
	}
	in, _, err := readOriginal(cmd, settings, args[0])
	if err != nil {
		return err
	}
	if len(args) == 1 {
		score, there := in.Own()
		if !there {
			return status{exitInput, fmt.Sprintf("%s says nothing of where everything is held; give a scenario and a plan as well", args[0])}
		}
		return printScore(cmd, score)
	}
	s, instances, p, err := readAnswer(cmd, args[1], args[2])
	if err != nil {
		return err
	}
	if m, ok := in.(*ietf.Meeting); ok {
		m.Soft = len(s.Priorities) > 0
	}
	stated, problems := in.Scenario()
	if len(problems) > 0 {
		return refuse(cmd, problems)
	}
	score, err := in.Score(p)
	if err != nil {
		return status{exitInput, "the original cannot score this plan: " + err.Error()}
	}
	if err := writeSolution(cmd, settings, in, args, func(by original.Writer) ([]byte, error) { return by.Solution(p) }); err != nil {
		return err
	}
	if err := printScore(cmd, score); err != nil {
		return err
	}
	v := judge.Plan(s, instances, p)
	return printComparison(cmd, original.Compare(stated, score, len(v.Violations), v.Costs))
}

// writeSolution writes the plan in the original's own form, where that is asked
// for.
func writeSolution(cmd *cobra.Command, settings *viper.Viper, in original.Instance, inputs []string, solution func(original.Writer) ([]byte, error)) error {
	out := settings.GetString("solution")
	if out == "" {
		return nil
	}
	by, ok := in.(original.Writer)
	if !ok {
		return status{exitInput, "this format has no form of its own for a plan"}
	}
	mode := file.Mode(settings.GetBool("force"))
	found, err := free(inputs, []string{out}, mode)
	if err != nil {
		return err
	}
	content, err := solution(by)
	if err != nil {
		return status{exitInput, err.Error()}
	}
	return found.write(cmd, output{out, content})
}

// printScore prints a score, constraint by constraint.
func printScore(cmd *cobra.Command, score original.Score) error {
	t := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "constraint\tlevel\tcount\tweight\tcost\n")
	for _, p := range score {
		level := "hard"
		if p.Level > 0 {
			level = fmt.Sprintf("tier %d", p.Level)
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\n", p.Name, level, p.Amount, p.Weight, p.Cost())
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print the score: %w", err)
	}
	if n := score.Penalty(); n > 0 {
		fmt.Fprintf(cmd.OutOrStdout(), "in the original's own penalties: %d\n", n)
	}
	return nil
}

// printComparison prints the score beside the costs, and tells by the status
// whether they agree.
func printComparison(cmd *cobra.Command, c original.Comparison) error {
	out := cmd.OutOrStdout()
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "\nlevel\toriginal\tPlenary\t\n")
	fmt.Fprintf(t, "hard\t%d\t%s\t\n", c.Hard, violations(c.Violations))
	for _, l := range c.Levels {
		of := ""
		if l.Offset != 0 {
			of = fmt.Sprintf("of which %d are no part of the original's", l.Offset)
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\n", l.Name, l.Original, l.Cost, of)
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("print the comparison: %w", err)
	}
	switch {
	case !c.Agree():
		return status{exitNo, "the two do not agree"}
	case c.Violations > 0:
		fmt.Fprintln(out, "Both say that the plan breaks what is hard. Other costs of such a plan may be counted differently.")
	default:
		fmt.Fprintln(out, "The two agree.")
	}
	return nil
}
