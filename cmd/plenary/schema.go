package main

import (
	"github.com/spf13/cobra"

	"plenary/model/schema"
)

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [scenario|sweep|plan]",
		Short: "Print the JSON Schema of the scenario language, for editors",
		Long: `Print the JSON Schema of the scenario language, or of sweep or plan files.
Editors that know it complete keys and mark mistakes while you type. In Visual
Studio Code with the YAML extension, put this line at the top of a scenario:

  # yaml-language-server: $schema=plenary.schema.json`,
		Example: `  plenary schema > plenary.schema.json
  plenary schema sweep > sweep.schema.json`,
		Args:      cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs),
		ValidArgs: []string{"scenario", "sweep", "plan"},
		RunE: func(cmd *cobra.Command, args []string) error {
			written := schema.Scenario
			switch {
			case len(args) == 0:
			case args[0] == "sweep":
				written = schema.Sweep
			case args[0] == "plan":
				written = schema.Plan
			}
			src, err := written()
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(src)
			return err
		},
	}
}
