package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/compare"
	"plenary/export/file"
	"plenary/export/ics"
	"plenary/model/diag"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

func newCompare(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "compare SCENARIO PLAN PLAN...",
		Short: "Set plans side by side: costs, dates, travel, interpreters, deadlines",
		Long: fmt.Sprintf(`Set plans side by side, each held against the first: what they cost by tier and
rule, what they violate, when and where every session meets, what moves, the
working days used, the travel of officers, who sits where, the use of
interpreters, the days in hand before deadlines, and the time between sessions.

--html writes the same as one file with a timeline and a heat map of weeks and
stations. It needs no other file and no network, and prints on A4.

A calendar (.ics) that was changed by hand stands behind the plan that it was made
from. A plan of another scenario, a variant for example, is given with --with:
sessions are matched by id, tiers by title. What --set, --closed and the like change is
the first scenario. At most %d plans can be compared.

Exit status 1 when a plan violates a hard constraint; all is printed and written
nevertheless.`, compare.Most),
		Example: `  plenary compare gcm-2018.yaml monday.plan.json friday.plan.json
  plenary compare gcm-2018.yaml gcm-2018.plan.json from-outlook.ics
  plenary compare gcm-2018.yaml gcm-2018.alternative-*.json --html alternatives.html
  plenary compare gcm-2018.yaml gcm-2018.plan.json --with gcm-2018-marrakech.yaml=marrakech.plan.json`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCompare(cmd, settings, args[0], args[1:])
		},
	}
	f := cmd.Flags()
	f.String("html", "", "write the comparison as one HTML file, too")
	f.Bool("force", false, "replace the file if it is there already")
	f.StringArray("with", nil, "a plan of another scenario: variant.yaml=variant.plan.json")
	changeFlags(cmd)
	return cmd
}

// answer is a plan file and the scenario file that it answers.
type answer struct{ scenario, plan string }

func runCompare(cmd *cobra.Command, settings *viper.Viper, scenarioFile string, planFiles []string) error {
	var answers []answer
	for _, name := range planFiles {
		answers = append(answers, answer{scenarioFile, name})
	}
	others, _ := cmd.Flags().GetStringArray("with")
	for _, text := range others {
		other, name, ok := strings.Cut(text, "=")
		if !ok || other == "" || name == "" {
			return status{exitInput, fmt.Sprintf("--with %q cannot be read; write  --with variant.yaml=variant.plan.json", text)}
		}
		answers = append(answers, answer{other, name})
	}
	switch {
	case len(answers) < 2:
		return status{exitInput, "there is only one plan; give another one, or one of another scenario with --with"}
	case len(answers) > compare.Most:
		return status{exitInput, fmt.Sprintf("there are %d plans; %d is the most that can be compared", len(answers), compare.Most)}
	}
	var place spots
	html, mode := settings.GetString("html"), file.Mode(settings.GetBool("force"))
	if html != "" {
		var inputs []string
		for _, a := range answers {
			inputs = append(inputs, a.scenario, a.plan)
		}
		var err error
		if place, err = free(inputs, []string{html}, mode); err != nil {
			return err
		}
	}
	sides, err := readSides(cmd, answers)
	if err != nil {
		return err
	}
	if html != "" {
		var b bytes.Buffer
		if err := compare.HTML(&b, sides); err != nil {
			return err
		}
		if err := place.write(cmd, output{html, b.Bytes()}); err != nil {
			return err
		}
	}
	if err := compare.Text(cmd.OutOrStdout(), sides); err != nil {
		return err
	}
	if html != "" {
		fmt.Fprintf(cmd.ErrOrStderr(), "\nWritten: %s\n", html)
	}
	found := 0
	for _, x := range sides {
		found += len(x.Verdict.Violations)
	}
	if found > 0 {
		return status{exitNo, violations(found)}
	}
	return nil
}

// readSides reads every scenario once and every plan, and judges the plans.
func readSides(cmd *cobra.Command, answers []answer) ([]compare.Side, error) {
	type known struct {
		s         *scenario.Scenario
		instances []rule.Instance
	}
	scenarios := map[string]known{}
	var sides []compare.Side
	var problems diag.List
	names := planNames(answers)
	for i, a := range answers {
		k, seen := scenarios[a.scenario]
		if !seen {
			from := sources(cmd)
			if a.scenario == answers[0].scenario { // what the call changes is this one
				from = changedSources(cmd, nil, reading{})
			}
			var problems diag.List
			if k.s, k.instances, problems = readFrom(a.scenario, from); len(problems) > 0 {
				return nil, refuse(cmd, problems)
			}
			scenarios[a.scenario] = k
		}
		src, err := readFile(a.plan, "plan")
		if err != nil {
			return nil, err
		}
		var p *plan.Plan
		var more diag.List
		if isCalendar(src) {
			p, more, err = changedIn(cmd, a.plan, k.s, sides, src)
		} else {
			p, more = plan.Read(a.plan, src, k.s)
		}
		if err != nil {
			return nil, err
		}
		if problems = append(problems, more...); p == nil {
			continue
		}
		if p.Scenario.SHA256 != "" && p.Scenario.SHA256 != plan.SourceOf(k.s, "").SHA256 {
			fmt.Fprintf(cmd.ErrOrStderr(), "note: %s was made for another scenario, or another state of %s; it is judged by %s as it is now\n", a.plan, a.scenario, a.scenario)
		}
		sides = append(sides, compare.Side{Name: names[i], Scenario: k.s, Instances: k.instances, Plan: p, Verdict: judge.Plan(k.s, k.instances, p)})
	}
	if len(problems) > 0 {
		return nil, refuse(cmd, problems)
	}
	return sides, nil
}

// changedIn gives the plan that a calendar makes of the last plan before it of
// the same scenario that it fits: the calendar is that plan's, changed by hand.
func changedIn(cmd *cobra.Command, name string, s *scenario.Scenario, sides []compare.Side, src []byte) (*plan.Plan, diag.List, error) {
	var misfit diag.List // of the last plan
	for _, x := range slices.Backward(sides) {
		if x.Scenario != s {
			continue
		}
		calendar, problems := ics.Read(name, src, nil)
		if calendar == nil || len(problems) > 0 {
			return nil, problems, nil
		}
		changed, problems := ics.Changes(name, s, x.Plan, calendar, false)
		if changed == nil {
			if misfit == nil {
				misfit = problems
			}
			continue
		}
		for _, note := range changed.Notes {
			fmt.Fprintf(cmd.ErrOrStderr(), "note: %s\n", note)
		}
		changed.Plan.Status, changed.Plan.Tiers = plan.Feasible, nil
		return changed.Plan, nil, nil
	}
	if misfit != nil {
		return nil, misfit, nil
	}
	return nil, nil, status{exitInput, fmt.Sprintf("%s is a calendar; name the plan that it was made from before it", name)}
}

// planNames names plans by their files, without folder and ending where that
// tells them apart.
func planNames(answers []answer) []string {
	var short, long []string
	for _, a := range answers {
		name := strings.TrimSuffix(filepath.Base(a.plan), filepath.Ext(a.plan))
		short, long = append(short, strings.TrimSuffix(name, ".plan")), append(long, a.plan)
	}
	if sorted := slices.Sorted(slices.Values(short)); len(slices.Compact(sorted)) < len(short) {
		return long
	}
	return short
}
