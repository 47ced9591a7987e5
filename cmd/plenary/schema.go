package main

import (
	"github.com/spf13/cobra"

	"plenary/model/schema"
)

func newSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the scenario language, for editors",
		Long: `Print the JSON Schema of the scenario language. Editors that know it complete
keys and mark mistakes while you type. In Visual Studio Code with the YAML
extension, put this line at the top of a scenario:

  # yaml-language-server: $schema=plenary.schema.json`,
		Example: "  plenary schema > plenary.schema.json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			src, err := schema.Scenario()
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(src)
			return err
		},
	}
}
