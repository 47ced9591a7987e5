package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/letter"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

func newCheck(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check SCENARIO PLAN",
		Short: "Judge any plan against a scenario, rule by rule",
		Long: `Judge a plan against a scenario without the solver: every violation is printed
with its paragraph, and what the plan costs by tier. The plan may come from
plenary plan or be written by hand, in JSON or YAML:

  plenary-plan: 1
  sessions:
    - {id: opening, station: geneva, days: [2017-05-08, 2017-05-09]}

Exit status 1 when a hard constraint is violated.`,
		Example: `  plenary check gcm-2018.yaml gcm-2018.plan.json
  plenary check gcm-2018.yaml my-own-plan.yaml`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			how, err := format(settings)
			if err != nil {
				return err
			}
			s, instances, p, err := readAnswer(cmd, args[0], args[1])
			if err != nil {
				return err
			}
			out, errs := cmd.OutOrStdout(), cmd.ErrOrStderr()
			if p.Scenario.SHA256 != "" && p.Scenario.SHA256 != plan.SourceOf(s, "").SHA256 {
				fmt.Fprintln(errs, "note: the plan was made for another state of the scenario; it is judged by the scenario as it is now")
			}
			v := judge.Plan(s, instances, p)
			if !v.Feasible() {
				for _, m := range v.Violations {
					fmt.Fprintf(out, "%s%s [%s, %d over]\n", m.Finding.Text, m.Instance.Paragraph(), m.Instance.Kind, m.Finding.Excess)
				}
				return status{exitNo, violations(len(v.Violations))}
			}
			claims := p.Tiers
			p.Tiers = nil
			if err := letter.Write(out, s, instances, p, v, how, english); err != nil {
				return err
			}
			for i, title := range s.Priorities {
				fmt.Fprintf(out, "Tier %d, %s: cost %d\n", i+1, title, v.Costs[i])
			}
			fmt.Fprintln(out, "No hard constraint is violated.")
			for _, t := range claims {
				if t.Tier >= 1 && t.Tier <= len(v.Costs) && v.Costs[t.Tier-1] != t.Cost {
					return status{exitNo, fmt.Sprintf("the plan says that tier %d costs %d; it costs %d", t.Tier, t.Cost, v.Costs[t.Tier-1])}
				}
			}
			return nil
		},
	}
	formatFlag(cmd)
	changeFlags(cmd)
	return cmd
}

func violations(n int) string {
	if n == 1 {
		return "1 violation"
	}
	return fmt.Sprintf("%d violations", n)
}

// readAnswer reads a scenario and a plan that answers it, or prints every
// problem.
func readAnswer(cmd *cobra.Command, scenarioFile, planFile string) (*scenario.Scenario, []rule.Instance, *plan.Plan, error) {
	s, instances, err := read(cmd, scenarioFile)
	if err != nil {
		return nil, nil, nil, err
	}
	p, err := readPlan(cmd, planFile, s)
	if err != nil {
		return nil, nil, nil, err
	}
	return s, instances, p, nil
}

// readPlan reads a plan of the scenario, or prints every problem with it.
func readPlan(cmd *cobra.Command, planFile string, s *scenario.Scenario) (*plan.Plan, error) {
	src, err := readPlanFile(planFile)
	if err != nil {
		return nil, err
	}
	p, problems := plan.Read(planFile, src, s)
	if p == nil {
		return nil, refuse(cmd, problems)
	}
	return p, nil
}

// isCalendar tells whether a file is an iCalendar file.
func isCalendar(src []byte) bool {
	return bytes.HasPrefix(bytes.TrimSpace(src), []byte("BEGIN:VCALENDAR"))
}

// readPlanFile reads the file of a plan.
func readPlanFile(name string) ([]byte, error) {
	src, err := readFile(name, "plan")
	if err != nil {
		return nil, err
	}
	if isCalendar(src) {
		return nil, status{exitInput, fmt.Sprintf("%s is a calendar; give the plan file (.plan.json) that was written beside it; what was changed in a calendar:  plenary import SCENARIO PLAN %s", name, name)}
	}
	return src, nil
}
