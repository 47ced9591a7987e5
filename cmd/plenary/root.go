package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/export/ics"
	"plenary/export/xlsx"
	"plenary/model/diag"
	"plenary/model/input"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
)

const about = `Plenary turns a scenario file, which says what a resolution asks for, into
dates, rooms, interpreters and names: feasible, best by your own priorities,
and proven so.

A first plan in three steps:

  plenary init my-process.yaml      write a commented scenario to start from
  plenary plan my-process.yaml      plan it; writes my-process.plan.json and .ics
  plenary check my-process.yaml my-process.plan.json

Exit status: 0 done; 1 the answer is no (infeasible, violations found);
2 the input or the call is wrong; 3 a limit came before any plan; 4 a fault of
Plenary itself; 130 interrupted, best plan written.

Settings can stand in the environment (PLENARY_TIME_LIMIT=5m) or in a file
plenary.yaml, in this folder or in the folder plenary of your configuration
directory (time-limit: 5m); a flag beats the environment, which beats the file.`

// newRoot builds the command line.
func newRoot() *cobra.Command {
	settings := viper.New()
	root := &cobra.Command{
		Use:           "plenary",
		Short:         "Plan an intergovernmental conference process",
		Long:          about,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return configure(cmd, settings)
		},
	}
	root.SetVersionTemplate("plenary {{.Version}}\n")
	root.PersistentFlags().String("config", "", "file with settings (default: plenary.yaml here, or in your configuration directory)")
	root.PersistentFlags().Bool("allow-outside", false, "let a scenario read files outside of its own folder; for scenarios of people you trust")
	root.PersistentFlags().String("memory-limit", "", "stop a search that takes more memory and take the best plan so far: 4GiB (default: three quarters of what there is)")
	root.AddCommand(newPlan(settings), newCheck(settings), newExplain(settings), newRepair(settings), newAlternatives(settings), newExport(settings), newImport(settings), newFeed(settings), newServe(settings), newInvite(settings), newCompare(settings), newSweep(settings), newWorkerCommand(settings), newCertify(settings), newDiff(), newInit(), newGenerate(settings), newSchema(), newVersion())
	for _, c := range root.Commands() {
		c.Args = fitting(c.Args)
	}
	return root
}

// fitting says how a command is called where its arguments are too few or too many.
func fitting(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if check(cmd, args) == nil {
			return nil
		}
		return status{exitInput, fmt.Sprintf("it is called like this:  %s\nSee: %s --help", cmd.UseLine(), cmd.CommandPath())}
	}
}

// configure fills the flags that were not given from the environment and the
// file of settings.
func configure(cmd *cobra.Command, settings *viper.Viper) error {
	if err := sayNothing(cmd.Flags()); err != nil {
		return err
	}
	settings.SetEnvPrefix("PLENARY")
	settings.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	settings.AutomaticEnv()
	if err := settings.BindPFlags(cmd.Flags()); err != nil {
		return fmt.Errorf("bind flags: %w", err)
	}
	name, _ := cmd.Flags().GetString("config")
	found := name == ""
	if found {
		name = settingsFile()
	}
	if name != "" {
		settings.SetConfigFile(name)
		src, err := input.Read(name, mostSettings)
		if err == nil {
			err = settings.ReadConfig(bytes.NewReader(src))
		}
		if err != nil {
			return status{exitInput, fmt.Sprintf("the settings cannot be read: %s", err)}
		}
	}
	for _, key := range settings.AllKeys() {
		if settings.InConfig(key) && !known(cmd.Root(), key) {
			return status{exitInput, fmt.Sprintf("%s: unknown setting %q; settings have the names of flags", settings.ConfigFileUsed(), key)}
		}
		if text, isText := settings.Get(key).(string); isText && settings.InConfig(key) && strings.TrimSpace(text) == "" {
			return status{exitInput, fmt.Sprintf("%s: the setting %q is empty; give it a value or take it out", settings.ConfigFileUsed(), key)}
		}
	}
	if found && name == settingsHere {
		for _, key := range trusting {
			if settings.InConfig(key) {
				return status{exitInput, fmt.Sprintf("%s: %s cannot stand here, because this file may have come with the scenario; give it as a flag, or in your configuration directory", settingsHere, key)}
			}
		}
	}
	if settings.GetBool("allow-outside") {
		if err := cmd.Flags().Set("allow-outside", "true"); err != nil {
			return err
		}
	}
	return limitMemory(cmd, settings)
}

// trusting are the settings that let what others wrote reach further than the call
// says: read other files, replace yours, send what is read to a queue, let others in.
var trusting = []string{"allow-outside", "force", "nats", "listen"}

// mostSettings bounds the bytes of a file of settings.
const mostSettings = 1 << 20

// settingsHere is the file of settings in this folder.
const settingsHere = "plenary.yaml"

// sayNothing refuses flags that were given without a value, as a variable of a
// script that is not set does: what was meant is not known.
func sayNothing(flags *pflag.FlagSet) error {
	var empty []string
	flags.Visit(func(f *pflag.Flag) {
		given := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			given = list.GetSlice()
		}
		if slices.ContainsFunc(given, func(text string) bool { return strings.TrimSpace(text) == "" }) {
			empty = append(empty, "--"+f.Name)
		}
	})
	switch len(empty) {
	case 0:
		return nil
	case 1:
		return status{exitInput, empty[0] + " has an empty value; give it one or leave it out"}
	}
	return status{exitInput, strings.Join(empty, " and ") + " have empty values; give them some or leave them out"}
}

// settingsFile gives the file of settings here or in the configuration
// directory, "" when there is none. The name is looked for to the letter: the
// program itself may lie here under the name plenary.
func settingsFile() string {
	names := []string{settingsHere}
	if folder, err := os.UserConfigDir(); err == nil {
		names = append(names, filepath.Join(folder, "plenary", settingsHere))
	}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}

// known tells whether a setting is a flag of some command.
func known(root *cobra.Command, key string) bool {
	for _, c := range root.Commands() {
		if c.Flags().Lookup(key) != nil {
			return true
		}
	}
	return root.PersistentFlags().Lookup(key) != nil
}

// changeFlags are the flags that change a scenario for one call.
func changeFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArray("set", nil, "change one value: sessions.opening.days=2; += adds to a list")
	f.StringArray("away", nil, "an officer is away: co-facilitator-mexico=2018-06-01..2018-06-30")
	f.StringArray("closed", nil, "a station is closed: \"new-york=2018-03-05..2018-03-09 (General Assembly)\"")
	f.StringArray("room-lost", nil, "a room cannot be used: geneva/XX=2017-05-01..2017-05-31; without days, for good")
	f.StringArray("replace", nil, "an officer is replaced, by another or a new one: \"co-facilitator-mexico=co-facilitator-jordan (Co-facilitator, Jordan)\"")
	f.StringArray("add-session", nil, "one more session: \"id: extra, at: geneva, between: 2018-03-05..2018-03-16\"")
}

// changes gives what happened, as the call says.
func changes(cmd *cobra.Command) (out []scenario.Change) {
	for _, kind := range []string{"away", "closed", "room-lost", "add-session"} {
		given, _ := cmd.Flags().GetStringArray(kind)
		for _, text := range given {
			out = append(out, scenario.Change{Kind: kind, Text: text})
		}
	}
	return out
}

// sources is where the parts of a scenario come from.
func sources(cmd *cobra.Command) scenario.Sources {
	outside, _ := cmd.Flags().GetBool("allow-outside")
	return scenario.Sources{Library: scenarios.FS, Busy: ics.Busy, Workbook: xlsx.Read, Outside: outside}
}

// replacements gives the officers who are replaced. The sessions by id are
// those that the old ones chair still.
func replacements(cmd *cobra.Command, except []string) (out []scenario.Replacement) {
	given, _ := cmd.Flags().GetStringArray("replace")
	for _, text := range given {
		old, come, _ := strings.Cut(text, "=")
		id, title := scenario.Aside(come)
		out = append(out, scenario.Replacement{Old: old, New: id, Title: title, Except: except})
	}
	return out
}

// read reads a scenario and its rules, or prints every problem.
func read(cmd *cobra.Command, name string) (*scenario.Scenario, []rule.Instance, error) {
	return readWith(cmd, name, reading{})
}

// reading says what is different when a scenario is read.
type reading struct {
	except  []string          // sessions, by id, that keep the officers whom others replace elsewhere
	opening func(file string) // told each file just before it is opened; may be nil
}

// readWith reads a scenario as read does, with what is different.
func readWith(cmd *cobra.Command, name string, r reading) (*scenario.Scenario, []rule.Instance, error) {
	s, instances, problems := readChanged(cmd, name, nil, r)
	if len(problems) > 0 {
		return nil, nil, refuse(cmd, problems)
	}
	return s, instances, nil
}

// readChanged reads a scenario with the changes of the call and then more, in the
// words of source.Set, and its rules.
func readChanged(cmd *cobra.Command, name string, more []string, r reading) (*scenario.Scenario, []rule.Instance, diag.List) {
	return readFrom(name, changedSources(cmd, more, r))
}

// changedSources is where the parts of a scenario come from, with the changes of the call
// and then more.
func changedSources(cmd *cobra.Command, more []string, r reading) scenario.Sources {
	from := sources(cmd)
	given, _ := cmd.Flags().GetStringArray("set")
	from.Set, from.Changes = slices.Concat(given, more), changes(cmd)
	from.Replace, from.Opening = replacements(cmd, r.except), r.opening
	return from
}

// readFrom reads a scenario and its rules from these sources. The scenario is nil
// when nothing could be read.
func readFrom(name string, from scenario.Sources) (*scenario.Scenario, []rule.Instance, diag.List) {
	s, problems := scenario.Read(name, from)
	if s == nil {
		return nil, nil, problems
	}
	instances, more := rule.Of(s)
	return s, instances, append(problems, more...)
}

// asGiven gives the flags that change the scenario as they were given, each
// after a space, to be repeated in a call that is proposed: but for values that it sets
// again.
func asGiven(cmd *cobra.Command, again ...string) string {
	set := map[string]bool{}
	for _, text := range again {
		path, _, _ := strings.Cut(text, "=")
		set[path] = !strings.HasSuffix(path, "+")
	}
	var out strings.Builder
	for _, name := range []string{"set", "away", "closed", "room-lost", "add-session", "replace"} {
		if cmd.Flags().Lookup(name) == nil {
			continue
		}
		given, _ := cmd.Flags().GetStringArray(name)
		for _, text := range given {
			if path, _, _ := strings.Cut(text, "="); name != "set" || !set[path] {
				out.WriteString(" --" + name + " " + inQuotes(text))
			}
		}
	}
	if outside, _ := cmd.Flags().GetBool("allow-outside"); outside {
		out.WriteString(" --allow-outside")
	}
	return out.String()
}

// inQuotes writes a text so that a shell takes it as it is.
func inQuotes(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }

// refuse prints problems with the input.
func refuse(cmd *cobra.Command, problems diag.List) error {
	if err := problems.Write(cmd.ErrOrStderr()); err != nil {
		return status{exitInput, err.Error()}
	}
	return status{code: exitInput}
}

// output is a file that a command will write.
type output struct {
	name    string
	content []byte
}

// spots are where the files of a call will be written, by their names, as they
// were before the work.
type spots map[string]file.Spot

// free tells before any work whether all files can be written, so that no
// search is lost to a file in the way.
func free(inputs, outputs []string, mode file.Mode) (spots, error) {
	found := spots{}
	for i, name := range outputs {
		for _, input := range inputs {
			if sameFile(input, name) {
				return nil, status{exitInput, fmt.Sprintf("%s is an input of this call and is not replaced; give another name", name)}
			}
		}
		for _, other := range outputs[:i] {
			if filepath.Clean(name) == filepath.Clean(other) {
				return nil, status{exitInput, fmt.Sprintf("two outputs are to be written to %s", name)}
			}
		}
		spot, err := file.Look(name, mode)
		if errors.Is(err, file.ErrExists) {
			return nil, status{exitInput, fmt.Sprintf("%s is there already and was left as it is; give another name, or --force to replace it", name)}
		} else if err != nil {
			return nil, status{exitInput, err.Error()}
		}
		found[name] = spot
	}
	return found, nil
}

// freeFolder tells before any work whether a folder can be written, which a flag
// names. One that a call of the same kind wrote holds the marker.
func freeFolder(name, marker, flag string, mode file.Mode) error {
	switch err := file.CheckFolder(name, marker, mode); {
	case errors.Is(err, file.ErrExists):
		return status{exitInput, fmt.Sprintf("%s is there already and was left as it is; give another name with --%s, or --force to replace it", name, flag)}
	case err != nil:
		return status{exitInput, err.Error()}
	}
	return nil
}

// taken tells whether a file is there that is kept unless it is said otherwise.
func taken(name string) bool {
	_, err := file.Look(name, file.Keep)
	return errors.Is(err, file.ErrExists)
}

// write writes all files, or none of them where they were to be. What took long to
// work out is not lost to somebody who wrote there meanwhile, or to a disk that is
// full: then all are written under names that are free.
func (found spots) write(cmd *cobra.Command, outputs ...output) error {
	byItself(cmd.Context())
	var files []file.Content
	for _, o := range outputs {
		files = append(files, file.Content{Spot: found[o.name], Bytes: o.content})
	}
	err := file.WriteAll(files)
	if err == nil {
		return nil
	}
	for _, folder := range []string{"", os.TempDir()} {
		if names, failed := putAside(folder, files); failed == nil {
			return status{exitInput, fmt.Sprintf("%s; nothing was replaced. What was to be written is in %s", err, strings.Join(names, ", "))}
		}
	}
	return status{exitInput, err.Error() + "; nothing was written"}
}

// mostAside is how many names are tried for a file that cannot have its own.
const mostAside = 100

// putAside writes files under names that are free, in the folder, or "" for each its
// own, and gives the names.
func putAside(folder string, files []file.Content) (names []string, err error) {
	for n := 2; n < mostAside; n++ {
		var others []file.Content
		names = nil
		for _, f := range files {
			ending := filepath.Ext(f.Name)
			name := fmt.Sprintf("%s-%d%s", strings.TrimSuffix(f.Name, ending), n, ending)
			if folder != "" {
				name = filepath.Join(folder, filepath.Base(name))
			}
			spot, failed := file.Look(name, file.Keep)
			if err = failed; err != nil {
				break
			}
			others, names = append(others, file.Content{Spot: spot, Bytes: f.Bytes}), append(names, name)
		}
		if err == nil {
			err = file.WriteAll(others)
		}
		if !errors.Is(err, file.ErrExists) {
			return names, err
		}
	}
	return nil, err
}

// stem gives the name of a scenario file without folder and ending.
func stem(name string) string {
	return strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
}
