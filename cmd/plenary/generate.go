package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/scenarios/generate"
)

func newGenerate(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write a large invented scenario, to try and to measure with",
		Long: `Write an invented scenario of a given size, to try the program and to measure it
with. It is an ordinary file: read it, change it, plan it. The same size and
seed give the same file.

  S    the process of A/RES/71/280, in one file
  M    ten such processes that share stations, teams and co-facilitators
  L    700 sessions of 400 bodies in a year at four stations
  XL   3,000 sessions in three years at six stations

In L and XL, rooms and interpretation teams are used to 80 per cent. A plan that
keeps every rule exists; which one is best, with bodies whose wished dates
conflict, is for plenary plan to find.

The scenario is printed, or written to the file that --out names.`,
		Example: `  plenary generate --size L -o year.yaml
  plenary generate --size L --seed 7 --load 85 -o busy-year.yaml
  plenary generate --sessions 60 --stations 2 --months 3 > quarter.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runGenerate(cmd, settings)
		},
	}
	f := cmd.Flags()
	f.String("size", "L", "how large: "+strings.Join(generate.Sizes, ", "))
	f.Uint64("seed", 1, "another seed gives another scenario of the same size")
	f.Int("sessions", 0, "sessions, instead of those of the size")
	f.Int("stations", 0, "stations, instead of those of the size")
	f.Int("months", 0, "months, instead of those of the size")
	f.Int("load", 0, "per cent of the rooms and teams that are used, instead of 80")
	f.StringP("out", "o", "", "file to write (default: the scenario is printed)")
	f.Bool("force", false, "replace the file if it is there already")
	_ = cmd.RegisterFlagCompletionFunc("size", cobra.FixedCompletions(generate.Sizes, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func runGenerate(cmd *cobra.Command, settings *viper.Viper) error {
	size := settings.GetString("size")
	if !slices.Contains(generate.Sizes, size) {
		return status{exitInput, fmt.Sprintf("there is no size %q; choose from %s", size, strings.Join(generate.Sizes, ", "))}
	}
	o := generate.Options{Size: size, Seed: settings.GetUint64("seed"), Sessions: settings.GetInt("sessions"),
		Stations: settings.GetInt("stations"), Months: settings.GetInt("months"), Load: settings.GetInt("load")}
	out, mode := settings.GetString("out"), file.Mode(settings.GetBool("force"))
	var found spots
	if out != "" {
		var err error
		if found, err = free(nil, []string{out}, mode); err != nil {
			return err
		}
	}
	src, err := generate.Scenario(o)
	if errors.Is(err, generate.ErrOptions) || errors.Is(err, generate.ErrFull) {
		return status{exitInput, err.Error()}
	}
	if err != nil {
		return err
	}
	if out == "" {
		_, err := cmd.OutOrStdout().Write(src)
		return err
	}
	if err := found.write(cmd, output{out, src}); err != nil {
		return err
	}
	fmt.Fprintf(cmd.OutOrStdout(), "Written: %s\nNext: plenary plan %s\n", out, out)
	return nil
}
