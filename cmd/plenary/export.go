package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/export/ics"
	"plenary/export/letter"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// exports are the formats that export writes: calendars and tables.
var exports = append([]string{"ics"}, letter.Formats...)

func newExport(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export SCENARIO PLAN",
		Short: "Write a plan as a calendar or as tables",
		Long: `Write a plan as an iCalendar file for Outlook, or as tables for a letter (text),
for Word and Outlook (html), for Excel (csv) or as markdown. A plan that
violates hard constraints is not exported, unless --anyway.`,
		Example: `  plenary export gcm-2018.yaml gcm-2018.plan.json --to ics --out gcm.ics
  plenary export gcm-2018.yaml gcm-2018.plan.json --to html --out gcm.html`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runExport(cmd, settings, args[0], args[1])
		},
	}
	f := cmd.Flags()
	f.String("to", "ics", "what to write: "+strings.Join(exports, ", "))
	f.String("out", "", "file to write (default: print it)")
	f.Bool("force", false, "replace the file if it is there already")
	f.Bool("anyway", false, "export a plan that violates hard constraints")
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.FixedCompletions(exports, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func runExport(cmd *cobra.Command, settings *viper.Viper, scenarioFile, planFile string) error {
	to, out := settings.GetString("to"), settings.GetString("out")
	if !slices.Contains(exports, to) {
		return status{exitInput, fmt.Sprintf("there is no format %q; choose from %s", to, strings.Join(exports, ", "))}
	}
	mode := file.Mode(settings.GetBool("force"))
	s, instances, p, err := readAnswer(cmd, scenarioFile, planFile)
	if err != nil {
		return err
	}
	v := judge.Plan(s, instances, p)
	if !v.Feasible() && !settings.GetBool("anyway") {
		return status{exitNo, fmt.Sprintf("the plan has %s; see  plenary check %s %s,  or export it with --anyway", violations(len(v.Violations)), scenarioFile, planFile)}
	}
	var content []byte
	if to == "ics" {
		content, err = encodeICS(s, p)
	} else {
		var b bytes.Buffer
		err = letter.Write(&b, s, instances, p, v, letter.Format(to))
		content = b.Bytes()
	}
	if err != nil {
		return err
	}
	if out == "" {
		_, err := cmd.OutOrStdout().Write(content)
		return err
	}
	if err := free([]string{scenarioFile, planFile}, []string{out}, mode); err != nil {
		return err
	}
	if err := write([]output{{out, content}}, mode); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "Written: %s\n", out)
	return nil
}

// encodeICS gives the plan as a calendar, stamped with the present time.
func encodeICS(s *scenario.Scenario, p *plan.Plan) ([]byte, error) {
	var b bytes.Buffer
	if err := ics.Write(&b, s, p, ics.Options{Now: time.Now()}); err != nil {
		return nil, fmt.Errorf("write the calendar: %w", err)
	}
	return b.Bytes(), nil
}
