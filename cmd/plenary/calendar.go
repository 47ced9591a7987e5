package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/export/ics"
	"plenary/export/language"
	"plenary/model/input"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/model/source"
)

// refresh is how often subscribers are told to ask again.
const refresh = 6 * time.Hour

// delivery says which way fits whom.
const delivery = `A calendar changes for a year. Which way keeps people up to date:

  subscription  plenary feed; for delegations and everybody with Outlook, Google
                or Apple: changes arrive by themselves, nothing doubles
  invitations   plenary invite; for moderators, panellists and officers: each
                meeting lands in the person's own calendar, moves with the plan,
                and is taken out again when it is withdrawn
  CalDAV        store the file on your calendar server; for conference services
  a file        for a look at it once. Outlook on the desktop takes a file that
                is opened a second time for new and doubles every event

--since gives the file published before: what changed since then is numbered so
that calendars take it up, and what was withdrawn is marked as cancelled. Language and
organizer stay as they were, unless --lang and --organizer say otherwise.`

// calendarFlags are the flags that say for whom a calendar is and what it says.
func calendarFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.String("for", "conference-services", "whom the calendar is for: "+strings.Join(ics.Audiences, ", "))
	f.String("since", "", "the calendar published before, of which this is the next version; may be the file of --out")
	publishFlags(cmd)
}

// publishFlags are the flags that say how a calendar is published, whoever it
// is for.
func publishFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.String("lang", "en", "language; of a next version that of the last: "+strings.Join(scenario.Languages, ", "))
	_ = cmd.RegisterFlagCompletionFunc("lang", cobra.FixedCompletions(scenario.Languages, cobra.ShellCompDirectiveNoFileComp))
	f.StringArray("tentative", nil, "in a calendar: sessions on hold, not decided, by id or pattern")
	f.String("organizer", "", "in a calendar: who publishes, as \"Name <address>\" (default: whoever published the version before)")
}

// english is the language of what commands print.
var english, _ = language.Named("en")

// languageOf gives the language that --lang asks for.
func languageOf(settings *viper.Viper) (language.Language, error) {
	code := settings.GetString("lang")
	l, ok := language.Named(code)
	if !ok {
		return l, status{exitInput, fmt.Sprintf("there is no language %q; choose from %s", code, strings.Join(scenario.Languages, ", "))}
	}
	return l, nil
}

// calendarOptions gives what the flags say.
func calendarOptions(cmd *cobra.Command, settings *viper.Viper, s *scenario.Scenario) (ics.Options, error) {
	opts, err := publishOptions(cmd, settings, s)
	if err != nil {
		return opts, err
	}
	if opts.For, err = ics.ParseAudience(s, settings.GetString("for")); err != nil {
		return opts, status{exitInput, "--for: " + err.Error()}
	}
	if name := settings.GetString("since"); name != "" {
		if opts.Since, err = readSince(cmd, name); err != nil {
			return opts, err
		}
	}
	return opts, nil
}

// readSince reads the calendar published before, or prints what is wrong with it.
func readSince(cmd *cobra.Command, name string) ([]byte, error) {
	src, err := readFile(name, "calendar")
	if err != nil {
		return nil, err
	}
	if problems := ics.Published(name, src); len(problems) > 0 {
		return nil, refuse(cmd, problems)
	}
	return src, nil
}

// publishOptions gives what the flags say that are the same for every audience.
func publishOptions(cmd *cobra.Command, settings *viper.Viper, s *scenario.Scenario) (ics.Options, error) {
	opts := ics.Options{Now: time.Now(), Refresh: refresh}
	var err error
	if settings.IsSet("lang") { // where it is not, that of the version before
		if opts.Language, err = languageOf(settings); err != nil {
			return opts, err
		}
	}
	if opts.Tentative, err = tentative(cmd, s); err != nil {
		return opts, err
	}
	if text := settings.GetString("organizer"); text != "" {
		who, err := mail.ParseAddress(text)
		if err != nil {
			return opts, status{exitInput, fmt.Sprintf("--organizer %q is not a name and address such as  Secretariat <secretariat@example.org>", text)}
		}
		opts.Organizer = *who
	}
	return opts, nil
}

// tentative gives the ids of the sessions that are on hold, not decided.
func tentative(cmd *cobra.Command, s *scenario.Scenario) (out []string, err error) {
	patterns, _ := cmd.Flags().GetStringArray("tentative")
	for _, pattern := range patterns {
		found := s.SelectSessions([]string{pattern})
		if len(found) == 0 {
			return nil, status{exitInput, fmt.Sprintf("--tentative %q: no session is called so", pattern)}
		}
		for _, i := range found {
			out = append(out, s.Sessions[i].ID)
		}
	}
	return out, nil
}

// encodeICS gives the plan as a calendar, and what changed in words.
func encodeICS(s *scenario.Scenario, p *plan.Plan, opts ics.Options) (content []byte, changed string, err error) {
	var b bytes.Buffer
	tally, err := ics.Write(&b, s, p, opts)
	if err != nil {
		return nil, "", status{exitInput, err.Error()}
	}
	switch {
	case tally == ics.Tally{}:
		changed = fmt.Sprintf(" (empty: the plan has nothing for %s)", opts.For.Name())
	case len(opts.Since) > 0:
		changed = fmt.Sprintf(" (%s)", tally)
	}
	return b.Bytes(), changed, nil
}

// draft is the calendar of a plan that is being looked for: a first version, or
// with --since the next one of a calendar that was published.
type draft struct {
	file  string
	since []byte
	spots spots
	anew  bool // a first version takes the place of a calendar that is there

	tentative []string // ids of sessions that are on hold, not decided
}

// sinceFlag is the flag of commands that find a plan and write its calendar.
func sinceFlag(cmd *cobra.Command) {
	cmd.Flags().String("since", "", "the calendar published before, of which the calendar is the next version; may be the same file")
}

// newDraft says before any work what is wrong with the calendar's file, "" for
// no calendar. The answer is the plan file that is written beside it.
func newDraft(cmd *cobra.Command, settings *viper.Viper, name, answer string, inputs []string, mode file.Mode) (*draft, error) {
	d := &draft{file: name}
	since := settings.GetString("since")
	if since != "" {
		if name == "" {
			return nil, status{exitInput, "--since needs a calendar to write: give --ics, too"}
		}
		var err error
		if d.since, err = readSince(cmd, since); err != nil {
			return nil, err
		}
	}
	if name == "" {
		return d, nil
	}
	if sameFile(since, name) {
		mode = file.Replace // the next version may take the place of the last
	}
	if filepath.Clean(name) == filepath.Clean(answer) {
		return nil, status{exitInput, fmt.Sprintf("two outputs are to be written to %s", name)}
	}
	_, missing := os.Stat(name)
	d.anew = missing == nil && since == ""
	if mode == file.Keep && taken(name) {
		return nil, status{exitInput, fmt.Sprintf("%s is there already and was left as it is; to publish the next version of it, give --since %s; otherwise another name, or --force to start anew", name, name)}
	}
	var err error
	d.spots, err = free(inputs, []string{name}, mode)
	return d, err
}

// encode gives the calendar of the plan, and in words what changed; nothing
// where no calendar is wanted.
func (d *draft) encode(s *scenario.Scenario, p *plan.Plan) (content []byte, changed string, err error) {
	if d.file == "" {
		return nil, "", nil
	}
	content, changed, err = encodeICS(s, p, ics.Options{Now: time.Now(), Refresh: refresh, Since: d.since, Tentative: d.tentative, Holding: true})
	if d.anew {
		changed = fmt.Sprintf("\nnote: %s is a first version in place of the calendar that was there. If that one was published, publish\nthe next version of it instead:  --since FILE  with the file as it was published.", d.file)
	}
	return content, changed, err
}

// write writes a plan file, and its calendar beside it where one is wanted.
func (d *draft) write(cmd *cobra.Command, found spots, answer output, calendar []byte) error {
	if d.file == "" {
		return found.write(cmd, answer)
	}
	found[d.file] = d.spots[d.file]
	return found.write(cmd, answer, output{d.file, calendar})
}

// sameFile tells whether two names are one file.
func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// readFile reads a plain file up to the limit of what is read at all. What it
// should be goes into the message.
func readFile(name, what string) ([]byte, error) {
	src, err := input.Read(name, source.MostBytes)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, status{exitInput, fmt.Sprintf("there is no %s %s", what, name)}
	case err != nil:
		return nil, status{exitInput, err.Error()}
	}
	return src, nil
}
