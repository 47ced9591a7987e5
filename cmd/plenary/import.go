package main

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"
)

func newImport(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import [SCENARIO [PLAN]] FILE",
		Short: "Read a calendar, or an instance that others published",
		Long: `Read a calendar (.ics) that any program wrote, or an instance that others
published:

` + publishedFormats() + `
A published file becomes an ordinary scenario; which of them it is, is seen from
the content. What is hard there is hard here; what is priced there is priced here,
its levels being tiers. With --score, its own score of a plan is computed,
constraint by constraint, from the original file and the plan alone, and compared
with what the plan costs by the scenario; exit status 1 when the two do not agree.

A calendar's times become a part of a scenario with --busy: days on which an
officer is away, or a station or room closed; or the meetings of another body.
With a scenario and a plan, the calendar is the plan's calendar after somebody
changed it in Outlook: it is said what moved and whether it keeps the rules;
--plan writes it as a plan, --pins as a scenario in which it is decided and
everything else is planned around it.`,
		Example: `  plenary import gcm-2018.yaml council.ics --busy body:human-rights-council --out with-council.yaml
  plenary import gcm-2018.yaml chair.ics --busy officer:co-facilitator-mexico
  plenary import gcm-2018.yaml gcm-2018.plan.json changed.ics --plan changed.plan.json
  plenary import gcm-2018.yaml gcm-2018.plan.json changed.ics --pins decided.yaml
  plenary import comp01.ctt
  plenary import --score comp01.ctt comp01.yaml comp01.plan.json`,
		Args: cobra.RangeArgs(1, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.EqualFold(filepath.Ext(args[len(args)-1]), ".ics") {
				return importCalendar(cmd, settings, args)
			}
			return importPublished(cmd, settings, args)
		},
	}
	f := cmd.Flags()
	f.StringP("out", "o", "", "file to write (default: print it; of a published file, its name with the ending .yaml, here)")
	f.Bool("force", false, "replace files that are there already")
	importCalendarFlags(cmd)
	importPublishedFlags(cmd)
	return cmd
}
