package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"plenary/export/file"
	"plenary/scenarios"
)

func newInit() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "init [FILE]",
		Short:   "Write a commented scenario to start from",
		Long:    "Write a small scenario with comments that plans as it stands: change it line by line into your own.",
		Example: "  plenary init my-process.yaml\n  plenary plan my-process.yaml",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "scenario.yaml"
			if len(args) == 1 {
				name = args[0]
			}
			force, _ := cmd.Flags().GetBool("force")
			found, err := free(nil, []string{name}, file.Mode(force))
			if err != nil {
				return err
			}
			if err := found.write(cmd, output{name, scenarios.Starter}); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Written: %s\nNext: plenary plan %s\n", name, name)
			return nil
		},
	}
	cmd.Flags().Bool("force", false, "replace the file if it is there already")
	return cmd
}
