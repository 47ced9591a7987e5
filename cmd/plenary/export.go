package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/export/html"
	"plenary/export/ics"
	"plenary/export/language"
	"plenary/export/letter"
	"plenary/export/picture"
	"plenary/export/report"
	"plenary/export/xlsx"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// judged is a plan with what is known of it.
type judged struct {
	s         *scenario.Scenario
	instances []rule.Instance
	p         *plan.Plan
	v         judge.Verdict
	table     string // which one is written as CSV
	l         language.Language
	calendar  ics.Options
	changed   string // since the calendar published before, in words
}

func (x *judged) report() report.Report { return report.Of(x.s, x.instances, x.p, x.v, x.l) }

func (x *judged) letter(w io.Writer, format letter.Format) error {
	return letter.Write(w, x.s, x.instances, x.p, x.v, format, x.l)
}

// exporter is one format that export writes. Its name is that of the flag, too.
type exporter struct {
	name, about string
	write       func(x *judged, w io.Writer) error
	// draw gives a picture instead, written as what its file's ending says.
	draw func(r report.Report) (picture.Picture, bool, error)
}

var exporters = []exporter{
	{"ics", "calendar for Outlook and others", func(x *judged, w io.Writer) error {
		content, changed, err := encodeICS(x.s, x.p, x.calendar)
		if err != nil {
			return err
		}
		x.changed = changed
		_, err = w.Write(content)
		return err
	}, nil},
	{"xlsx", "Excel workbook with all tables", func(x *judged, w io.Writer) error { return xlsx.Write(w, x.report()) }, nil},
	{"html", "report as one page, to read and to print", func(x *judged, w io.Writer) error { return html.Write(w, x.report()) }, nil},
	{"markdown", "report as Markdown", func(x *judged, w io.Writer) error { return x.report().Markdown(w) }, nil},
	{"csv", "one table, see --table", func(x *judged, w io.Writer) error {
		t, ok := x.report().Table(x.table)
		if !ok {
			return status{exitInput, fmt.Sprintf("there is no table %q; choose from %s", x.table, strings.Join(report.TableIDs, ", "))}
		}
		return t.CSV(w)
	}, nil},
	{"json", "report for programs", func(x *judged, w io.Writer) error { return x.report().JSON(w) }, nil},
	{"text", "tables for a plain letter", func(x *judged, w io.Writer) error { return x.letter(w, letter.Text) }, nil},
	{"letter", "the same tables as HTML, to paste into Word or Outlook", func(x *judged, w io.Writer) error { return x.letter(w, letter.HTML) }, nil},
	{"timeline", "picture of all sessions, .svg or .png", nil, drawn(picture.Timeline)},
	{"weeks", "picture of the meetings by week and station, .svg or .png", nil, picture.Weeks},
	{"balance", "picture of the seats by group, .svg or .png", nil, drawn(picture.Balance)},
}

// drawn gives a drawing that cannot fail the form of one that can.
func drawn(draw func(r report.Report) (picture.Picture, bool)) func(report.Report) (picture.Picture, bool, error) {
	return func(r report.Report) (picture.Picture, bool, error) {
		p, ok := draw(r)
		return p, ok, nil
	}
}

// checkPicture tells before any work what is wrong with a picture's file.
func (a asked) checkPicture() error {
	ending := a.ending()
	switch {
	case a.draw == nil:
	case !slices.Contains(picture.Formats, ending):
		return status{exitInput, fmt.Sprintf("a picture is written as %s, not as %s", strings.Join(picture.Formats, " or "), a.file)}
	}
	return nil
}

// ending gives the format of a picture: svg on the screen.
func (a asked) ending() string {
	if a.file == "" {
		return "svg"
	}
	return strings.TrimPrefix(strings.ToLower(filepath.Ext(a.file)), ".")
}

// to writes what is asked.
func (a asked) to(w io.Writer, x *judged) error {
	if a.draw == nil {
		return a.write(x, w)
	}
	p, ok, err := a.draw(x.report())
	switch {
	case err != nil:
		return err
	case !ok:
		return status{exitNo, fmt.Sprintf("the plan has nothing to show in the picture %s", a.name)}
	}
	err = p.Write(w, a.ending())
	if missing := (picture.LettersError{}); errors.As(err, &missing) {
		return status{exitInput, missing.Error()}
	}
	return err
}

func exporterNames() (out []string) {
	for _, e := range exporters {
		out = append(out, e.name)
	}
	return out
}

func newExport(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export SCENARIO PLAN",
		Short: "Write a plan as calendar, workbook, page or tables",
		Long: `Write a plan as files that others open: an iCalendar file for Outlook (--ics), an
Excel workbook (--xlsx), a report as one page to read and to print (--html),
Markdown, CSV, JSON, tables for a letter, or pictures. Several can be written in one call;
either all are written or none. --to prints one of them.

Calendars and reports are written in any of the six official languages (--lang); titles and
names are translated as far as the scenario's translations go. A plan that
violates hard constraints is not exported, unless --anyway.

` + delivery,
		Example: `  plenary export gcm-2018.yaml gcm-2018.plan.json --xlsx gcm.xlsx --html gcm.html
  plenary export gcm-2018.yaml gcm-2018.plan.json --html gcm-ar.html --lang ar
  plenary export gcm-2018.yaml gcm-2018.plan.json --to csv --table deadlines
  plenary export gcm-2018.yaml gcm-2018.plan.json --ics gcm.ics --since gcm.ics
  plenary export gcm-2018.yaml gcm-2018.plan.json --ics delegations.ics --for delegations --tentative 'consultation-*'`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runExport(cmd, settings, args[0], args[1])
		},
	}
	f := cmd.Flags()
	for _, e := range exporters {
		f.String(e.name, "", "file to write: "+e.about)
	}
	f.String("to", "", "print this format, or write it to --out: "+strings.Join(exporterNames(), ", "))
	f.String("out", "", "file to write the format of --to to (default: print it)")
	f.String("table", report.TableIDs[0], "table to write as CSV: "+strings.Join(report.TableIDs, ", "))
	f.Bool("force", false, "replace files that are there already")
	f.Bool("anyway", false, "export a plan that violates hard constraints")
	calendarFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.FixedCompletions(exporterNames(), cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("table", cobra.FixedCompletions(report.TableIDs, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// asked is a format to write, to a file or, without a name, to the screen.
type asked struct {
	exporter
	file string
}

// exportsAsked gives what the flags ask for: the calendar on the screen when
// they ask for nothing.
func exportsAsked(settings *viper.Viper) (out []asked, err error) {
	to, name := settings.GetString("to"), settings.GetString("out")
	for _, e := range exporters {
		if file := settings.GetString(e.name); file != "" {
			out = append(out, asked{e, file})
		}
	}
	if to == "" && (len(out) == 0 || name != "") {
		to = exporters[0].name
	}
	if to != "" {
		i := slices.IndexFunc(exporters, func(e exporter) bool { return e.name == to })
		if i < 0 {
			return nil, status{exitInput, fmt.Sprintf("there is no format %q; choose from %s", to, strings.Join(exporterNames(), ", "))}
		}
		out = append(out, asked{exporters[i], name})
	}
	return out, nil
}

func runExport(cmd *cobra.Command, settings *viper.Viper, scenarioFile, planFile string) error {
	wanted, err := exportsAsked(settings)
	if err != nil {
		return err
	}
	l, err := languageOf(settings)
	if err != nil {
		return err
	}
	for _, a := range wanted {
		if err := a.checkPicture(); err != nil {
			return err
		}
	}
	s, instances, p, err := readAnswer(cmd, scenarioFile, planFile)
	if err != nil {
		return err
	}
	x := &judged{s: s, instances: instances, p: p, v: judge.Plan(s, instances, p), table: settings.GetString("table"), l: l}
	if !x.v.Feasible() && !settings.GetBool("anyway") {
		return status{exitNo, fmt.Sprintf("the plan has %s; see  plenary check %s %s,  or export it with --anyway", violations(len(x.v.Violations)), scenarioFile, planFile)}
	}
	if slices.ContainsFunc(wanted, func(a asked) bool { return a.name == "ics" }) {
		if x.calendar, err = calendarOptions(cmd, settings, s); err != nil {
			return err
		}
	}
	mode := file.Mode(settings.GetBool("force"))
	var files []output
	var names, replaced []string
	var screen bytes.Buffer
	for _, a := range wanted {
		var b bytes.Buffer
		if err := a.to(&b, x); err != nil {
			return err
		}
		if a.file == "" {
			screen = b
			continue
		}
		switch {
		case a.name == "ics" && sameFile(settings.GetString("since"), a.file):
			// The next version takes the place of the last.
			files, replaced = append(files, output{a.file, b.Bytes()}), append(replaced, a.file)
			continue
		case a.name == "ics" && mode == file.Keep && taken(a.file):
			return status{exitInput, fmt.Sprintf("%s is there already and was left as it is; to publish the next version of it, give --since %s; to start anew, --force", a.file, a.file)}
		}
		files, names = append(files, output{a.file, b.Bytes()}), append(names, a.file)
	}
	inputs := []string{scenarioFile, planFile}
	found, err := free(append(inputs, replaced...), names, mode)
	if err != nil {
		return err
	}
	next, err := free(inputs, replaced, file.Replace)
	if err != nil {
		return err
	}
	maps.Copy(found, next)
	if err := found.write(cmd, files...); err != nil {
		return err
	}
	names = append(names, replaced...)
	if _, err := cmd.OutOrStdout().Write(screen.Bytes()); err != nil {
		return err
	}
	if len(names) > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "Written: %s%s\n", strings.Join(names, ", "), x.changed)
		if len(x.calendar.Since) > 0 {
			fmt.Fprintln(cmd.ErrOrStderr(), "Let people subscribe (plenary feed) or invite them (plenary invite): Outlook on the desktop doubles what is opened again as a file.")
		}
	}
	return nil
}
