package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/export/ics"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// importCalendarFlags are the flags of import for calendars.
func importCalendarFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.String("busy", "", "a calendar holds the busy times of officer:ID, station:ID, room:STATION/ROOM or body:ID")
	f.String("in", "", "time zone in which days begin, such as Europe/Zurich (default: of the officer's or room's station)")
	f.StringArray("zone", nil, "what a time zone that nobody knows means: \"Our Time=Europe/Zurich\"")
	f.Bool("skip-unreadable", false, "leave out the events that cannot be read")
	f.String("plan", "", "plan file to write: the plan as it was changed by hand")
	f.String("pins", "", "scenario to write: what was changed by hand, decided, the rest to be planned")
	f.Bool("withdraw-missing", false, "events that are not in the calendar were taken out")
	f.Bool("anyway", false, "write a plan that violates hard constraints")
}

// importCalendar reads busy times (FILE or SCENARIO FILE, with --busy) or a
// calendar of ours that was changed by hand (SCENARIO PLAN FILE).
func importCalendar(cmd *cobra.Command, settings *viper.Viper, args []string) error {
	name := args[len(args)-1]
	owner := settings.GetString("busy")
	switch {
	case owner == "" && len(args) < 3:
		return status{exitInput, fmt.Sprintf("say what %s is: busy times with --busy, or a calendar of a plan that was changed by hand with  plenary import SCENARIO PLAN %s", name, name)}
	case owner != "" && len(args) == 3:
		return status{exitInput, "--busy needs no plan: plenary import SCENARIO " + name + " --busy " + owner}
	}
	c, err := readCalendar(cmd, settings, name)
	if err != nil {
		return err
	}
	if owner != "" {
		return importBusy(cmd, settings, args, c, owner)
	}
	return importChanges(cmd, settings, args[0], args[1], name, c)
}

// readCalendar reads a calendar, or prints every problem.
func readCalendar(cmd *cobra.Command, settings *viper.Viper, name string) (*ics.Calendar, error) {
	means := map[string]string{}
	given, _ := cmd.Flags().GetStringArray("zone")
	for _, text := range given {
		i := strings.LastIndex(text, "=")
		if i < 0 {
			return nil, status{exitInput, fmt.Sprintf("--zone %q does not say what it means; for example --zone \"Our Time=Europe/Zurich\"", text)}
		}
		if _, err := time.LoadLocation(text[i+1:]); err != nil || text[i+1:] == "" {
			return nil, status{exitInput, fmt.Sprintf("--zone %q: there is no time zone %q", text, text[i+1:])}
		}
		means[text[:i]] = text[i+1:]
	}
	src, err := readFile(name, "calendar")
	if err != nil {
		return nil, err
	}
	c, problems := ics.Read(name, src, means)
	if c != nil && len(problems) > 0 && settings.GetBool("skip-unreadable") {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: %d of the calendar cannot be read and %s left out\n", len(problems), map[bool]string{true: "was", false: "were"}[len(problems) == 1])
		return c, nil
	}
	if len(problems) > 0 {
		return nil, refuse(cmd, problems)
	}
	return c, nil
}

// importBusy turns busy times into a part of a scenario.
func importBusy(cmd *cobra.Command, settings *viper.Viper, args []string, c *ics.Calendar, owner string) error {
	out, mode := settings.GetString("out"), file.Mode(settings.GetBool("force"))
	folder := "."
	var found spots
	if out != "" {
		folder = filepath.Dir(out)
		var err error
		if found, err = free(args, []string{out}, mode); err != nil {
			return err
		}
	}
	part := ics.Part{Calendar: from(folder, args[len(args)-1])}
	var err error
	if part.Owner, err = ics.ParseOwner(owner); err != nil {
		return status{exitInput, "--busy " + err.Error()}
	}
	if name := settings.GetString("in"); name != "" {
		if part.Zone, err = time.LoadLocation(name); err != nil {
			return status{exitInput, fmt.Sprintf("--in: there is no time zone %q", name)}
		}
	}
	if len(args) == 2 {
		if part.Scenario, _, err = read(cmd, args[0]); err != nil {
			return err
		}
		part.Extends = from(folder, args[0])
	}
	content, err := part.Write(c)
	if err != nil {
		return status{exitInput, err.Error()}
	}
	if out == "" {
		_, err := cmd.OutOrStdout().Write(content)
		return err
	}
	if err := found.write(cmd, output{out, content}); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "Written: %s\n", out)
	return nil
}

// from gives the name of a file as it is called from the folder, with forward
// slashes; the name itself where there is no way.
func from(folder, name string) string {
	a, errA := filepath.Abs(folder)
	b, errB := filepath.Abs(name)
	if errA == nil && errB == nil {
		if relative, err := filepath.Rel(a, b); err == nil {
			name = relative
		}
	}
	return filepath.ToSlash(name)
}

// importChanges says what was changed by hand in a calendar of ours, checks it,
// and writes it as a plan, as pins, or both.
func importChanges(cmd *cobra.Command, settings *viper.Viper, scenarioFile, planFile, name string, c *ics.Calendar) error {
	mode := file.Mode(settings.GetBool("force"))
	planOut, pinsOut := settings.GetString("plan"), settings.GetString("pins")
	s, instances, p, err := readAnswer(cmd, scenarioFile, planFile)
	if err != nil {
		return err
	}
	var outputs []string
	for _, o := range []string{planOut, pinsOut} {
		if o != "" {
			outputs = append(outputs, o)
		}
	}
	found, err := free([]string{scenarioFile, planFile, name}, outputs, mode)
	if err != nil {
		return err
	}
	changed, problems := ics.Changes(name, s, p, c, settings.GetBool("withdraw-missing"))
	if changed == nil {
		return refuse(cmd, problems)
	}
	out, errs := cmd.OutOrStdout(), cmd.ErrOrStderr()
	printChanges(cmd, s, p, changed)
	v := judge.Plan(s, instances, changed.Plan)
	var files []output
	if pinsOut != "" {
		variant, notes := ics.Pins(s, p, changed.Plan, from(filepath.Dir(pinsOut), scenarioFile))
		for _, n := range notes {
			fmt.Fprintf(errs, "note: %s\n", n)
		}
		if variant == nil {
			fmt.Fprintln(errs, "note: no day, hour or station was changed, so there is nothing to pin")
		} else {
			files = append(files, output{pinsOut, variant})
		}
	}
	anyway := settings.GetBool("anyway")
	if planOut != "" && (v.Feasible() || anyway) {
		changed.Plan.Program, changed.Plan.Scenario = program(), plan.SourceOf(s, filepath.Base(scenarioFile))
		changed.Plan.Status = plan.Feasible
		content, err := changed.Plan.Encode()
		if err != nil {
			return err
		}
		files = append(files, output{planOut, content})
	}
	if err := found.write(cmd, files...); err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintf(errs, "Written: %s\n", f.name)
	}
	if v.Feasible() {
		printCosts(cmd, s, instances, p, v)
		fmt.Fprintln(out, "No hard constraint is violated.")
		return nil
	}
	fmt.Fprintln(out, "\nThat is against the rules:")
	for _, m := range v.Violations {
		fmt.Fprintf(out, "  - %s%s\n", m.Finding.Text, m.Instance.Paragraph())
	}
	text := violations(len(v.Violations))
	if planOut != "" && !anyway {
		text += fmt.Sprintf("; %s was not written, unless --anyway", planOut)
	}
	return status{exitNo, text}
}

// printChanges prints what moved.
func printChanges(cmd *cobra.Command, s *scenario.Scenario, p *plan.Plan, changed *ics.Changed) {
	out := cmd.OutOrStdout()
	moves := plan.Moves(s, p, changed.Plan)
	if len(moves) == 0 {
		fmt.Fprintln(out, "Nothing moves.")
	} else {
		fmt.Fprintln(out, "What moves:")
		for _, m := range moves {
			fmt.Fprintf(out, "  - %s %s\n", titled(s, m.ID), m.Text)
		}
	}
	for _, n := range changed.Notes {
		fmt.Fprintf(cmd.ErrOrStderr(), "note: %s\n", n)
	}
}

// printCosts prints what the changes cost, tier by tier.
func printCosts(cmd *cobra.Command, s *scenario.Scenario, instances []rule.Instance, before *plan.Plan, now judge.Verdict) {
	was := judge.Plan(s, instances, before)
	for i, title := range s.Priorities {
		if was.Costs[i] == now.Costs[i] {
			fmt.Fprintf(cmd.OutOrStdout(), "Tier %d, %s: cost %d, as before\n", i+1, title, now.Costs[i])
		} else {
			fmt.Fprintf(cmd.OutOrStdout(), "Tier %d, %s: cost %d instead of %d\n", i+1, title, now.Costs[i], was.Costs[i])
		}
	}
}
