package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/repair"
	"plenary/solver/solve"
	"plenary/solver/whynot"
)

// runQuestion answers a question about a plan.
func runQuestion(cmd *cobra.Command, settings *viper.Viper, scenarioFile, planFile string) error {
	s, instances, p, err := readAnswer(cmd, scenarioFile, planFile)
	if err != nil {
		return err
	}
	session, wish := settings.GetString("session"), settings.GetString("why-not")
	out := cmd.OutOrStdout()
	switch {
	case session != "" && wish != "":
		return status{exitInput, "ask one question at a time: --session or --why-not"}
	case session != "":
		return runSlack(cmd, settings, s, instances, p, session)
	case wish == "":
		return status{exitInput, "say what to explain: --session SESSION or --why-not WISH; see  plenary explain --help"}
	}
	question, err := readWish(s, wish)
	if err != nil {
		return status{exitInput, err.Error()}
	}
	ctx, cancel, err := searching(cmd.Context(), settings.GetDuration("time-limit"))
	if err != nil {
		return err
	}
	defer cancel()
	changed := *s
	if changed.Priorities = append(slices.Clone(s.Priorities), repair.Title); solve.Large(s) {
		changed.Priorities = append([]string{repair.Title}, s.Priorities...)
	}
	show, err := newProgress(cmd, settings.GetString("progress"), &changed)
	if err != nil {
		return err
	}
	if solve.Large(s) {
		show.say("whether single sessions, bodies, officers and stations forbid it")
	}
	now := judge.Plan(s, instances, p)
	answer, err := whynot.Ask(ctx, s, instances, p, question, whynot.Options{Seed: int(settings.GetUint32("seed")), Progress: show.update})
	show.close()
	if err != nil {
		return disagreement(err)
	}
	if answer.Impossible {
		fmt.Fprintf(out, "There is no plan for this scenario, whether with “%s” or without. What stands in the way says  plenary explain %s%s\n", wish, scenarioFile, asGiven(cmd))
		return status{code: exitNo}
	}
	if answer.Closed == "" && answer.Breaks == nil && answer.Costs == nil {
		return stopped(ctx, cmd)
	}
	if printAnswer(out, s, wish, answer, now) {
		return nil
	}
	if x := &s.Sessions[question.Session]; question.Without() && !x.Optional {
		fmt.Fprintf(out, "\nIt is not optional. What it would cost to leave it out says  plenary explain %s %s%s --set sessions.%s.optional=yes --why-not %s\n",
			scenarioFile, planFile, asGiven(cmd), x.ID, inQuotes(wish))
	}
	return status{code: exitNo}
}

// printAnswer prints an answer and tells whether the wish can be granted.
func printAnswer(out io.Writer, s *scenario.Scenario, wish string, answer whynot.Answer, now judge.Verdict) bool {
	switch {
	case answer.Closed != "":
		fmt.Fprintf(out, "“%s” cannot be: %s.\n", wish, answer.Closed)
		return false
	case answer.Breaks != nil:
		fmt.Fprintf(out, "“%s” cannot be. It cannot hold together with these:\n\n", wish)
		for _, in := range answer.Breaks {
			fmt.Fprintf(out, "  - %s%s%s\n", in.Rule.Statement(s), in.Paragraph(), place(in))
		}
		return false
	}
	how := ""
	if answer.Fewest {
		how = " with the fewest moves"
	}
	fmt.Fprintf(out, "“%s” can be. What it costs%s:\n\n", wish, how)
	for i, t := range answer.Costs {
		note := "as now"
		if d := t.Cost - now.Costs[i]; d != 0 {
			note = fmt.Sprintf("%+d", d)
		}
		if !t.Proven && !answer.Fewest {
			note += fmt.Sprintf(", not proven (at least %d)", t.Bound)
		}
		fmt.Fprintf(out, "  Tier %d, %s: %d (%s)\n", t.Tier, t.Title, t.Cost, note)
	}
	if len(answer.Moves) == 0 {
		fmt.Fprintf(out, "\nNothing has to move: the plan grants it already.\n")
		return true
	}
	claim := "no plan of this cost changes less"
	switch {
	case answer.Fewest && answer.Proven:
		claim = "no plan changes less"
	case answer.Fewest:
		claim = fmt.Sprintf("at a price of %d; a plan that changes less is not ruled out, but none for less than %d", answer.Price, answer.Least)
	case !answer.Proven:
		claim = fmt.Sprintf("at a price of %d; a plan of this cost that changes less is not ruled out, but none for less than %d", answer.Price, answer.Least)
	}
	fmt.Fprintf(out, "\nWhat moves with it (%s):\n\n", claim)
	for _, m := range answer.Moves {
		fmt.Fprintf(out, "  - %s %s\n", titled(s, m.ID), m.Text)
	}
	return true
}

// readWish reads a wish in the words of the help.
func readWish(s *scenario.Scenario, text string) (whynot.Question, error) {
	if left, member, ok := strings.Cut(text, "="); ok {
		return readSeat(s, text, strings.Fields(left), strings.TrimSpace(member))
	}
	words := strings.Fields(text)
	if len(words) < 2 {
		return whynot.Question{}, noWish(text)
	}
	session, err := sessionNamed(s, words[0])
	if err != nil {
		return whynot.Question{}, err
	}
	rest := strings.Join(words[2:], " ")
	switch {
	case words[1] == "held" && rest == "":
		return whynot.Held(session), nil
	case words[1] == "not" && rest == "held":
		return whynot.NotHeld(session), nil
	case rest == "":
	case words[1] == "on":
		day, err := calendar.ParseDay(rest)
		if err == nil && !s.Period.Contains(day) {
			err = fmt.Errorf("%s lies outside the period %s", day, s.Period)
		}
		return whynot.On(session, day), err
	case words[1] == "between":
		days, err := calendar.ParseRange(rest)
		if err == nil && !s.Period.Overlaps(days) {
			err = fmt.Errorf("%s lies outside the period %s", days, s.Period)
		}
		return whynot.Between(session, days), err
	case words[1] == "before" || words[1] == "after":
		other, err := sessionNamed(s, rest)
		if err == nil && other == session {
			err = fmt.Errorf("%s cannot lie before or after itself", rest)
		}
		if words[1] == "after" {
			session, other = other, session
		}
		return whynot.Before(session, other), err
	case words[1] == "in" && len(words) > 3 && words[2] == "room":
		return whynot.In(session, strings.Join(words[3:], " ")), nil
	case words[1] == "at" || words[1] == "in":
		for i := range s.Stations {
			if st := &s.Stations[i]; st.ID == rest || strings.EqualFold(st.Name(), rest) {
				return whynot.At(session, i), nil
			}
		}
		return whynot.Question{}, fmt.Errorf("no station is called %q; %s", diag.Shorten(rest), diag.Suggest(rest, s.StationIDs(), "take a name from stations: of the scenario"))
	}
	return whynot.Question{}, noWish(text)
}

func noWish(text string) error {
	return fmt.Errorf("%q is no wish such as \"SESSION on 2017-05-15\"; see  plenary explain --help", diag.Shorten(text))
}

func sessionNamed(s *scenario.Scenario, id string) (int, error) {
	if i := s.Session(id); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("no session is called %q; %s", diag.Shorten(id), diag.Suggest(id, s.SessionIDs(), "take a name from the id: keys of the scenario's sessions"))
}

// readSeat reads "SEAT of SESSION KIND N = MEMBER": the member by id or name. The
// session may be left out where one alone has such a meeting.
func readSeat(s *scenario.Scenario, text string, left []string, member string) (whynot.Question, error) {
	if len(left) == 4 && left[1] == "of" && member != "" {
		meeting := left[2] + " " + left[3]
		var can []string
		for i := range s.Sessions {
			if _, err := seated(s, i, meeting, left[0], member); err == nil {
				can = append(can, s.Sessions[i].ID)
			}
		}
		if len(can) != 1 {
			return whynot.Question{}, whichSession(can, left[0], meeting, member)
		}
		left = slices.Insert(slices.Clone(left), 2, can[0])
	}
	if len(left) != 5 || left[1] != "of" || member == "" {
		return whynot.Question{}, noWish(text)
	}
	session, err := sessionNamed(s, left[2])
	if err != nil {
		return whynot.Question{}, err
	}
	meeting := left[3] + " " + left[4]
	id, err := seated(s, session, meeting, left[0], member)
	return whynot.Seated(session, meeting, left[0], id), err
}

// whichSession says that a wish about a seat has to name its session.
func whichSession(can []string, seat, meeting, member string) error {
	if len(can) == 0 {
		return fmt.Errorf("no session has a %s in which %q can take the seat %s", diag.Shorten(meeting), diag.Shorten(member), diag.Shorten(seat))
	}
	return fmt.Errorf("several sessions have a %s (%s); say which: \"%s of %s %s = %s\"", meeting, strings.Join(can, ", "), seat, can[0], meeting, member)
}

// seated gives the id of a member who can take a seat, or says what is wrong
// with the names.
func seated(s *scenario.Scenario, session int, meeting, seat, member string) (string, error) {
	kind, number, ok := scenario.SplitMeeting(meeting)
	for _, k := range s.Sessions[session].Programmed {
		if !ok || k.Kind != kind || number > k.Range().Max {
			continue
		}
		for i := range k.Seats {
			if k.Seats[i].ID != seat {
				continue
			}
			for _, m := range s.Eligible(k.Seats[i]) {
				if m.ID == member || strings.EqualFold(m.Name, member) {
					return m.ID, nil
				}
			}
			return "", fmt.Errorf("%q cannot take the seat %s: it is not in its rosters, or not among those who can", diag.Shorten(member), seat)
		}
		return "", fmt.Errorf("a %s has no seat %q", kind, diag.Shorten(seat))
	}
	return "", fmt.Errorf("%s has no meeting %q", s.Sessions[session].ID, diag.Shorten(meeting))
}

// runSlack says how far a session could move, and what stops it.
func runSlack(cmd *cobra.Command, settings *viper.Viper, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, id string) error {
	session, err := sessionNamed(s, id)
	if err != nil {
		return status{exitInput, err.Error()}
	}
	x := p.Session(id)
	if x == nil {
		return status{exitInput, fmt.Sprintf("the plan does not hold %s; see --why-not '%s held'", id, id)}
	}
	if v := judge.Plan(s, instances, p); !v.Feasible() {
		return status{exitNo, fmt.Sprintf("the plan has %s; see  plenary check", violations(len(v.Violations)))}
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "%s meets on %s in %s.\n", titled(s, id), calendar.Words(x.Days), s.Stations[s.Station(x.Station)].Name())
	earlier, later := whynot.Slack(s, instances, p, session)
	for _, way := range []struct {
		word string
		stop whynot.Stop
	}{{"earlier", earlier}, {"later", later}} {
		far, next := "could start "+days(way.stop.Days)+" "+way.word, "One more"
		if way.stop.Days == 0 {
			far, next = "cannot start "+way.word, "One working day "+way.word
		}
		fmt.Fprintf(out, "\nWith all else as it is, it %s.", far)
		switch {
		case len(way.stop.Breaks) > 0:
			fmt.Fprintf(out, " %s would break:\n\n", next)
		case len(way.stop.Costs) > 0:
			fmt.Fprintf(out, " %s would cost:\n\n", next)
		default:
			fmt.Fprintf(out, " There the period ends.\n")
		}
		for _, text := range broken(way.stop.Breaks) {
			fmt.Fprintf(out, "  - %s\n", text)
		}
		for _, m := range way.stop.Costs {
			fmt.Fprintf(out, "  - %s (%d in tier %d)%s\n", m.Finding.Text, m.Cost(), m.Instance.Tier, m.Instance.Paragraph())
		}
	}
	if solve.Large(s) {
		return nil
	}
	return printReach(cmd, settings, s, instances, session)
}

// printReach says between which days a session could start if all else may
// move.
func printReach(cmd *cobra.Command, settings *viper.Viper, s *scenario.Scenario, instances []rule.Instance, session int) error {
	ctx, cancel, err := searching(cmd.Context(), settings.GetDuration("time-limit"))
	if err != nil {
		return err
	}
	defer cancel()
	show, err := newProgress(cmd, settings.GetString("progress"), &scenario.Scenario{})
	if err != nil {
		return err
	}
	var days [2]calendar.Range
	complete := true
	for i, best := range []bool{false, true} {
		show.say([]string{"how far it could move at all", "how far it could move at no cost"}[i])
		var known bool
		if days[i], known, err = whynot.Reach(ctx, s, instances, session, best, int(settings.GetUint32("seed"))); err != nil {
			show.close()
			return disagreement(err)
		}
		complete = complete && known
	}
	show.close()
	if !complete {
		return stopped(ctx, cmd)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "\nIf all else may move, it could start %s; in a plan\nas good as the best, %s.\n", starts(days[0]), starts(days[1]))
	return nil
}

// starts says between which days a session could start.
func starts(r calendar.Range) string {
	if r.First == r.Last {
		return "only on " + on(r.First)
	}
	return fmt.Sprintf("as early as %s and as late as %s", on(r.First), on(r.Last))
}

func on(d calendar.Day) string { return calendar.Words([]calendar.Day{d}) }

func days(n int) string {
	if n == 1 {
		return "1 working day"
	}
	return fmt.Sprintf("%d working days", n)
}
