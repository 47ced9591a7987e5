package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/memory"
	"plenary/solver/repair"
	"plenary/solver/solve"
)

func newRepair(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "repair SCENARIO PLAN",
		Short: "Mend a published plan with the fewest moves after something changed",
		Long: `Mend a published plan after something changed: the plan that disturbs least what
delegations were told, proven so, and among those the best by your priorities.
Each move has its reason. Change the scenario file, or say the change in the
call. A day that was announced and moves costs 10, another slot within its day 3,
another station 30, another member in a seat 4, a day of a document 1, unless
--price says otherwise; what is --tentative costs a tenth. With --today, what
started before that day stays.

With --since, the calendar is the next version of the one that was published:
what moved is numbered so that calendars take it up, what was withdrawn is
marked as cancelled, and nothing else changes.`,
		Example: `  plenary repair gcm-2018.yaml gcm-2018.plan.json --closed "new-york=2018-03-26..2018-03-30 (General Assembly)"
  plenary repair gcm-2018.yaml gcm-2018.plan.json --replace co-facilitator-mexico=co-facilitator-jordan --today 2017-06-01
  plenary repair gcm-2018.yaml gcm-2018.plan.json --away co-facilitator-mexico=2017-05-01..2017-05-05 --today 2017-04-20
  plenary repair gcm-2018.yaml gcm-2018.plan.json --room-lost geneva/XVII=2017-10-01..2017-10-31
  plenary repair gcm-2018.yaml gcm-2018.plan.json --add-session "id: extra, at: geneva, between: 2018-03-05..2018-03-16"
  plenary repair gcm-2018.yaml gcm-2018.plan.json --closed geneva=2017-05-22 --price seat=20 --price document=0
  plenary repair changed.yaml gcm-2018.plan.json --plan mended.json --ics gcm-2018.ics --since gcm-2018.ics`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: yamlFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRepair(cmd, settings, args[0], args[1])
		},
	}
	f := cmd.Flags()
	f.String("plan", "", "plan file to write (default: the plan's name with .repaired.json, here)")
	f.String("ics", "", "calendar to write (default: none)")
	sinceFlag(cmd)
	f.Bool("force", false, "replace files that are there already")
	f.String("today", "", "sessions and documents before this day stay as they are")
	f.StringArray("tentative", nil, "sessions that were not announced as decided, by id or pattern: changing them costs a tenth, and they are marked so in the calendar")
	f.StringArray("price", nil, "what a change of one kind costs: day=10, slot=3, station=30, seat=4 or document=1")
	f.Duration("time-limit", 10*time.Minute, "stop the search after this long and take the best plan so far")
	f.Uint32("seed", 1, "lots between members who are alike are drawn with this number")
	f.String("progress", "auto", "auto (on a terminal), plain (lines), json (a line of JSON for each better plan or bound) or none")
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		if strings.HasSuffix(err.Error(), "--change") {
			return fmt.Errorf("%w; say what happened with --away, --closed, --room-lost, --replace, --add-session or --set", err)
		}
		return err
	})
	changeFlags(cmd)
	return cmd
}

func runRepair(cmd *cobra.Command, settings *viper.Viper, scenarioFile, planFile string) error {
	var err error
	mode := file.Mode(settings.GetBool("force"))
	target, icsFile := settings.GetString("plan"), settings.GetString("ics")
	if target == "" {
		target = stem(planFile) + ".repaired.json"
	}
	o := repair.Options{Seed: int(settings.GetUint32("seed"))}
	given, _ := cmd.Flags().GetStringArray("price")
	if o.Prices, err = prices(given); err != nil {
		return err
	}
	if text := settings.GetString("today"); text != "" {
		today, err := calendar.ParseDay(text)
		if err != nil {
			return status{exitInput, "--today: " + err.Error()}
		}
		o.Today = today
	}
	s, instances, err := read(cmd, scenarioFile)
	if err != nil {
		return err
	}
	published, err := readPublished(cmd, planFile, s)
	if err != nil {
		return err
	}
	renamed(cmd, s, published)
	if problems := withdrawnTooLate(planFile, s, published, o.Today); len(problems) > 0 {
		return refuse(cmd, problems)
	}
	if o.Today > 0 && cmd.Flags().Changed("replace") {
		if s, instances, err = readWith(cmd, scenarioFile, reading{except: started(published, o.Today)}); err != nil {
			return err
		}
	}
	if o.Tentative, err = tentative(cmd, s); err != nil {
		return err
	}
	inputs := []string{scenarioFile, planFile}
	place, err := free(inputs, []string{target}, mode)
	if err != nil {
		return err
	}
	events, err := newDraft(cmd, settings, icsFile, target, inputs, mode)
	if err != nil {
		return err
	}
	events.tentative = o.Tentative
	if _, _, err := events.encode(s, published.Known(s)); err != nil { // before the search, not after it
		return err
	}
	changed := *s
	changed.Priorities = append([]string{repair.Title}, s.Priorities...)
	show, err := newProgress(cmd, settings.GetString("progress"), &changed)
	if err != nil {
		return err
	}
	o.Progress = show.update
	ctx, cancel, err := searching(cmd.Context(), settings.GetDuration("time-limit"))
	if err != nil {
		return err
	}
	defer cancel()
	found, err := repair.Plan(ctx, s, instances, published, o)
	show.close()
	switch {
	case err != nil:
		return disagreement(err)
	case found.Status == solve.Infeasible:
		return infeasible(ctx, cmd, s, instances, found.Outcome, scenarioFile)
	case found.Plan == nil:
		return stopped(ctx, cmd)
	}
	disturbance := found.Plan.Tiers[0]
	p := found.Plan
	p.Program, p.Scenario = program(), plan.SourceOf(s, filepath.Base(scenarioFile))
	p.Status, p.Tiers = plan.Feasible, own(p.Tiers)
	content, err := p.Encode()
	if err != nil {
		return err
	}
	moved, news, err := events.encode(s, p)
	if err != nil {
		return err
	}
	if err := events.write(cmd, place, output{target, content}, moved); err != nil {
		return err
	}
	printMoves(cmd.OutOrStdout(), s, append(lost(s, published), broken(found.Reasons)...), repair.Because(s, instances, published, p), p.Tiers, disturbance)
	written := target
	if icsFile != "" {
		written += ", " + icsFile + news
	}
	if cmd.Context().Err() != nil && found.Status != solve.Optimal {
		fmt.Fprintf(cmd.ErrOrStderr(), "\nInterrupted. The best found until then, and checked. Written: %s\n", written)
		return status{code: exitInterrupted}
	}
	if memory.Reached(ctx) && found.Status != solve.Optimal {
		fmt.Fprintf(cmd.ErrOrStderr(), "\nThe memory limit was reached. The best found until then, and checked. Written: %s\n", written)
		return nil
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "\nChecked. Written: %s\n", written)
	return nil
}

// prices gives what each kind of change costs: the usual prices, but for those
// that were given as KIND=PRICE.
func prices(given []string) (repair.Prices, error) {
	out := repair.DefaultPrices
	kinds := map[string]*int{"day": &out.Day, "slot": &out.Slot, "station": &out.Station, "seat": &out.Seat, "document": &out.Document}
	for _, text := range given {
		kind, number, _ := strings.Cut(text, "=")
		price, err := strconv.ParseUint(number, 10, 32)
		if kinds[kind] == nil || err != nil || price > rule.MostWeight {
			return out, status{exitInput, fmt.Sprintf("--price %q is no price of a change; write day, slot, station, seat or document, and a number from 0 to %d, such as day=10", text, rule.MostWeight)}
		}
		*kinds[kind] = int(price)
	}
	return out, nil
}

// own gives the tiers of the scenario itself, numbered from 1. What is proven of
// them holds among the plans that disturb as little, not among all.
func own(tiers []plan.Tier) []plan.Tier {
	out := append([]plan.Tier{}, tiers[1:]...)
	for i := range out {
		out[i].Tier--
		out[i].Bound, out[i].Proven = 0, false
	}
	return out
}

// started gives the ids of the sessions that began before a day.
func started(p *plan.Plan, today calendar.Day) (out []string) {
	for i := range p.Sessions {
		if p.Sessions[i].First() < today {
			out = append(out, p.Sessions[i].ID)
		}
	}
	return out
}

// readPublished reads the plan that delegations know, or prints every problem with
// it. It may speak of what the scenario no longer has.
func readPublished(cmd *cobra.Command, planFile string, s *scenario.Scenario) (*plan.Plan, error) {
	src, err := readPlanFile(planFile)
	if err != nil {
		return nil, err
	}
	p, problems := plan.ReadPublished(planFile, src, s)
	if p == nil {
		return nil, refuse(cmd, problems)
	}
	return p, nil
}

// withdrawnTooLate gives what the scenario no longer has although it took place
// before today.
func withdrawnTooLate(planFile string, s *scenario.Scenario, published *plan.Plan, today calendar.Day) (problems diag.List) {
	for i := range published.Sessions {
		x := &published.Sessions[i]
		switch {
		case x.First() >= today:
		case s.Session(x.ID) < 0:
			problems.Add(x.At("id"), fmt.Sprintf("“%s” began on %s, before the day of --today, but the scenario no longer has it", diag.Shorten(x.ID), x.First().Long()), "what is past stays: give the scenario the session back")
		case x.Lost(s) != "":
			problems.Add(x.At("id"), fmt.Sprintf("%s began on %s, before the day of --today, but the scenario no longer has %s", titled(s, x.ID), x.First().Long(), x.Lost(s)), "what is past stays: give the scenario back what it had")
		}
	}
	for _, d := range published.Documents {
		if d.Issued < today && s.Document(d.ID) < 0 {
			problems.Add(d.At("id"), fmt.Sprintf("“%s” was issued on %s, before the day of --today, but the scenario no longer has it", diag.Shorten(d.ID), d.Issued.Long()), "what is past stays: give the scenario the document back")
		}
	}
	return problems
}

// renamed notes which sessions that are withdrawn may have been given another id.
func renamed(cmd *cobra.Command, s *scenario.Scenario, published *plan.Plan) {
	var added []string
	for i := range s.Sessions {
		if id := s.Sessions[i].ID; published.Session(id) == nil {
			added = append(added, id)
		}
	}
	for i := range published.Sessions {
		id := published.Sessions[i].ID
		if s.Session(id) >= 0 {
			continue
		}
		if near := diag.Near(id, added); near != "" {
			fmt.Fprintf(cmd.ErrOrStderr(), "note: the scenario no longer has “%s”, but now has “%s”; if that is the same session, give it its new name in the plan file, too\n", diag.Shorten(id), diag.Shorten(near))
		}
	}
}

// lost says which sessions were published with what the scenario no longer has.
func lost(s *scenario.Scenario, published *plan.Plan) (out []string) {
	for i := range published.Sessions {
		x := &published.Sessions[i]
		if gone := x.Lost(s); s.Session(x.ID) >= 0 && gone != "" {
			out = append(out, fmt.Sprintf("%s was announced with %s, which the scenario no longer has", titled(s, x.ID), gone))
		}
	}
	return out
}

// broken says what a plan violates, with the paragraphs: of what a rule finds of the
// same sessions the first.
func broken(violations []judge.Measured) (out []string) {
	type about struct {
		rule     *rule.Instance
		sessions string
	}
	of := func(m judge.Measured) about { return about{m.Instance, strings.Join(m.Finding.Sessions, "\n")} }
	eachOnce(violations, of, func(m judge.Measured, more string) {
		out = append(out, m.Finding.Text+m.Instance.Paragraph()+more)
	})
	return out
}

// eachOnce tells the first of those findings that are alike, and how many more there are.
func eachOnce[K comparable](findings []judge.Measured, of func(judge.Measured) K, tell func(first judge.Measured, more string)) {
	count := map[K]int{}
	for _, m := range findings {
		count[of(m)]++
	}
	for _, m := range findings {
		n := count[of(m)]
		count[of(m)] = 0
		switch n {
		case 0: // told already
		case 1:
			tell(m, "")
		default:
			tell(m, fmt.Sprintf(", and %d more like it", n-1))
		}
	}
}

// printMoves prints what no longer holds, and what moves and why.
func printMoves(out io.Writer, s *scenario.Scenario, broken []string, moves []repair.Change, tiers []plan.Tier, disturbance plan.Tier) {
	if len(broken) == 0 {
		whole := "The"
		if slices.ContainsFunc(moves, func(m repair.Change) bool { return s.Session(m.ID) < 0 && s.Document(m.ID) < 0 }) {
			whole = "What is left of the"
		}
		fmt.Fprintln(out, whole+" published plan still keeps every rule.")
	} else {
		fmt.Fprintf(out, "The published plan no longer holds:\n\n")
		for _, text := range broken {
			fmt.Fprintf(out, "  - %s\n", text)
		}
	}
	if len(moves) == 0 {
		fmt.Fprintln(out, "\nNothing moves.")
	} else {
		fmt.Fprintf(out, "\nWhat moves, and why:\n\n")
		for _, m := range moves {
			fmt.Fprintf(out, "  - %s %s\n", titled(s, m.ID), m.Text)
			printBecause(out, m.Because)
		}
	}
	claim := "proven: no plan disturbs less"
	if !disturbance.Proven {
		claim = fmt.Sprintf("proven not below %d", disturbance.Bound)
	}
	fmt.Fprintf(out, "\nDisturbance %d, %s.\n", disturbance.Cost, claim)
	for _, t := range tiers {
		fmt.Fprintf(out, "Tier %d, %s: cost %d\n", t.Tier, t.Title, t.Cost)
	}
}

// printBecause prints what would be if a move were not made: of each rule's
// findings the first.
func printBecause(out io.Writer, reasons []judge.Measured) {
	of := func(m judge.Measured) *rule.Instance { return m.Instance }
	eachOnce(reasons, of, func(m judge.Measured, more string) {
		note := ""
		if !m.Instance.Hard() {
			note = fmt.Sprintf(" (%d in tier %d)", m.Cost(), m.Instance.Tier)
		}
		fmt.Fprintf(out, "      because otherwise %s%s%s%s\n", m.Finding.Text, note, m.Instance.Paragraph(), more)
	})
}

// titled names a session or document.
func titled(s *scenario.Scenario, id string) string {
	if i := s.Session(id); i >= 0 {
		return "“" + s.Sessions[i].Name() + "”"
	}
	if i := s.Document(id); i >= 0 {
		return "“" + s.Documents[i].Name() + "”"
	}
	return "“" + diag.Shorten(id) + "”"
}
