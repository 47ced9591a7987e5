package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"
)

func newImport(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import [SCENARIO [PLAN]] FILE",
		Short: "Read busy times, or a calendar that was changed by hand",
		Long: `Read a calendar (.ics) that any program wrote.

With --busy its times become a part of a scenario: days on which an officer is
away, or a station or room closed; or the meetings of another body.

With a scenario and a plan, the file is the plan's calendar after somebody
changed it in Outlook: it is said what moved and whether it keeps the rules;
--plan writes it as a plan, --pins as a scenario in which it is decided and
everything else is planned around it.`,
		Example: `  plenary import gcm-2018.yaml council.ics --busy body:human-rights-council --out with-council.yaml
  plenary import gcm-2018.yaml chair.ics --busy officer:co-facilitator-mexico
  plenary import gcm-2018.yaml gcm-2018.plan.json changed.ics --plan changed.plan.json
  plenary import gcm-2018.yaml gcm-2018.plan.json changed.ics --pins decided.yaml`,
		Args: cobra.RangeArgs(1, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := args[len(args)-1]
			if !strings.EqualFold(filepath.Ext(name), ".ics") {
				return status{exitInput, fmt.Sprintf("%s is no calendar (.ics)", name)}
			}
			return importCalendar(cmd, settings, args)
		},
	}
	f := cmd.Flags()
	f.String("out", "", "file to write (default: print it)")
	f.Bool("force", false, "replace files that are there already")
	importCalendarFlags(cmd)
	return cmd
}
