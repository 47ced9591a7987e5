package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/export/ics"
	"plenary/export/xlsx"
	"plenary/model/diag"
	"plenary/model/input"
	"plenary/model/judge"
	"plenary/model/roster"
	"plenary/model/source"
)

func newInvite(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "invite SCENARIO PLAN RECIPIENTS",
		Short: "Write invitations to each meeting as e-mails to send",
		Long: `Write an e-mail for each recipient and meeting or deadline, with an invitation
that calendars take up: Outlook, Google and Apple show Accept and Decline. For a
new version of the plan, --since gives the folder of the last time: then what
moved is invited to again, what was withdrawn is cancelled, and nobody hears of
what is as it was.

RECIPIENTS is a table (.csv or .xlsx) with the columns for, name and address; for
is an officer, a roster member or a station of the scenario, delegations or
conference-services. Nothing is sent: the files go out by your mail system.`,
		Example: `  plenary invite gcm-2018.yaml gcm-2018.plan.json people.csv --organizer 'Secretariat <secretariat@example.org>' --out first
  plenary invite gcm-2018.yaml second.plan.json people.csv --organizer 'Secretariat <secretariat@example.org>' --out second --since first`,
		Args: cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runInvite(cmd, settings, args[0], args[1], args[2])
		},
	}
	f := cmd.Flags()
	f.String("out", "", "folder to write, which must not be there yet")
	f.String("since", "", "folder that was written the last time")
	publishFlags(cmd)
	return cmd
}

// sentFile is the calendar of a recipient after the messages of its folder.
const sentFile = "sent.ics"

func runInvite(cmd *cobra.Command, settings *viper.Viper, scenarioFile, planFile, recipientFile string) error {
	out, since := settings.GetString("out"), settings.GetString("since")
	if out == "" || settings.GetString("organizer") == "" {
		return status{exitInput, "give the folder to write with --out, and with --organizer who invites and gets the answers"}
	}
	if _, err := os.Lstat(out); !errors.Is(err, fs.ErrNotExist) {
		return status{exitInput, fmt.Sprintf("%s is there already and was left as it is; give another folder", out)}
	}
	if info, err := os.Stat(since); since != "" && (err != nil || !info.IsDir()) {
		return status{exitInput, fmt.Sprintf("there is no folder %s", since)}
	}
	s, instances, p, err := readAnswer(cmd, scenarioFile, planFile)
	if err != nil {
		return err
	}
	if v := judge.Plan(s, instances, p); !v.Feasible() {
		return status{exitNo, fmt.Sprintf("the plan has %s and nobody is invited to it; see  plenary check %s %s", violations(len(v.Violations)), scenarioFile, planFile)}
	}
	lines, err := readTable(cmd, recipientFile)
	if err != nil {
		return err
	}
	recipients, problems := ics.Recipients(s, lines)
	if len(problems) > 0 {
		return refuse(cmd, problems)
	}
	var files []output
	said := make([]string, 0, len(recipients))
	for _, r := range recipients {
		opts, err := publishOptions(cmd, settings, s)
		if err != nil {
			return err
		}
		folder := folderOf(r.Address.Address)
		if since != "" {
			opts.Since, err = input.Read(filepath.Join(since, folder, sentFile), source.MostBytes)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return status{exitInput, fmt.Sprintf("%s cannot be read", filepath.Join(since, folder, sentFile))}
			}
		}
		messages, sent, err := ics.Invitations(s, p, r, opts)
		if err != nil {
			return status{exitInput, fmt.Sprintf("%s: %s", r.Address.Address, err)}
		}
		for _, m := range messages {
			files = append(files, output{filepath.Join(out, folder, m.Name), m.Content})
		}
		files = append(files, output{filepath.Join(out, folder, sentFile), sent})
		said = append(said, fmt.Sprintf("%s (%s): %d to send", r.Address.Address, r.For, len(messages)))
	}
	byItself(cmd.Context())
	if err := writeFolder(out, files); err != nil {
		return err
	}
	for _, line := range said {
		fmt.Fprintln(cmd.OutOrStdout(), line)
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "Written: %s; keep it for --since of the next version\n", out)
	return nil
}

// folderOf gives an address as the name of a folder.
func folderOf(address string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, strings.ToLower(strings.TrimLeft(address, ".")))
}

// writeFolder writes files into a new folder: all of them, or none.
func writeFolder(out string, files []output) error {
	draft, err := os.MkdirTemp(filepath.Dir(filepath.Clean(out)), ".plenary-*")
	if err != nil {
		return status{exitInput, fmt.Sprintf("%s cannot be written", out)}
	}
	defer os.RemoveAll(draft) //nolint:errcheck // it is gone if all is well
	for _, f := range files {
		name := filepath.Join(draft, strings.TrimPrefix(f.name, out))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return status{exitInput, fmt.Sprintf("%s cannot be written", out)}
		}
		if err := file.Write(name, f.content, file.Replace); err != nil {
			return status{exitInput, err.Error()}
		}
	}
	if err := os.Chmod(draft, 0o755); err != nil {
		return status{exitInput, fmt.Sprintf("%s cannot be written", out)}
	}
	if err := os.Rename(draft, out); err != nil {
		return status{exitInput, fmt.Sprintf("%s cannot be written", out)}
	}
	return nil
}

// readTable reads a CSV table or the first sheet of a workbook, or prints every
// problem.
func readTable(cmd *cobra.Command, name string) (roster.Lines, error) {
	src, err := readFile(name, "table")
	if err != nil {
		return roster.Lines{}, err
	}
	var lines roster.Lines
	var problems diag.List
	if strings.EqualFold(filepath.Ext(name), ".xlsx") {
		sheet, err := xlsx.Read(name, src)
		if err != nil {
			return roster.Lines{}, status{exitInput, fmt.Sprintf("%s cannot be read as a workbook: %s", name, err)}
		}
		lines, problems = roster.ReadSheet(name, sheet)
	} else {
		lines, problems = roster.ReadCSV(name, src)
	}
	if len(problems) > 0 {
		return roster.Lines{}, refuse(cmd, problems)
	}
	return lines, nil
}
