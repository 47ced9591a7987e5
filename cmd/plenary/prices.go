package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/memory"
	"plenary/solver/scarce"
	"plenary/solver/solve"
)

// mostPrices is how many prices are printed; the plan file has all.
const mostPrices = 10

// forPrices is the part of the time limit that is kept for saying what is scarce.
const forPrices = 4

// addPrices says what is scarce, and writes it into the plan file, where the plan
// lies already: the search may take long.
func addPrices(ctx context.Context, cmd *cobra.Command, settings *viper.Viper, s *scenario.Scenario, instances []rule.Instance, outcome solve.Outcome, planFile string, out io.Writer) error {
	place, err := free(nil, []string{planFile}, file.Replace)
	if err != nil {
		return err
	}
	show, err := newProgress(cmd, settings.GetString("progress"), s)
	if err != nil {
		return err
	}
	text, err := whatIsScarce(ctx, s, instances, outcome, show)
	show.close()
	switch {
	case err != nil:
		return disagreement(err)
	case cmd.Context().Err() != nil && len(outcome.Plan.Prices) == 0:
		text = scarceTitle + "Stopped before it was known what one more room or interpretation team would save.\n"
	}
	fmt.Fprint(out, text)
	if len(outcome.Plan.Prices) == 0 {
		return nil
	}
	content, err := outcome.Plan.Encode()
	if err != nil {
		return err
	}
	return place.write(cmd, output{planFile, content})
}

// scarceTitle stands over what is scarce.
const scarceTitle = "\nWhat is scarce\n\n"

// whatIsScarce puts into the plan what one more room or team would save, and says it
// in sentences: exactly where the plan is proven and there is time, otherwise about.
func whatIsScarce(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, outcome solve.Outcome, show *progress) (string, error) {
	rooms, teams, ranked := scarce.Asked(s, instances)
	if !rooms && !teams {
		return scarceTitle + notAsked(ranked), nil
	}
	found, err := []plan.Price(nil), scarce.ErrUnproven
	if outcome.Status == solve.Optimal {
		exactly, cancel := ctx, func() {}
		if deadline, ok := ctx.Deadline(); ok {
			exactly, cancel = context.WithDeadline(ctx, deadline.Add(-time.Until(deadline)/forPrices))
		}
		found, err = scarce.Prices(exactly, s, instances, outcome.Plan, func(station string, weeks calendar.Range) {
			show.say(fmt.Sprintf("what is scarce: one more in %s, %s", station, weeks.Words()))
		})
		cancel()
	}
	var b strings.Builder
	b.WriteString(scarceTitle)
	if errors.Is(err, scarce.ErrUnproven) {
		show.say("what is scarce: prices of rooms and teams")
		found, err = scarce.Estimate(ctx, s, instances, outcome.Plan)
		switch {
		case errors.Is(err, scarce.ErrTooLong) && memory.Reached(ctx):
			return scarceTitle + "The memory limit was reached before it was known what one more room or interpretation team would save. Give more memory with --memory-limit.\n", nil
		case errors.Is(err, scarce.ErrTooLong) && ctx.Err() != nil:
			return scarceTitle + "Time was up before it was known what one more room or interpretation team would save. Give more time with --time-limit.\n", nil
		case errors.Is(err, scarce.ErrTooLong):
			return scarceTitle + "This plan is not proven optimal in every tier, and there are too many choices for an estimate.\n", nil
		}
		b.WriteString("These are estimates, made without planning again: by what rooms and teams are worth in the bounds of this plan.\nThey tell where things are tight; what one more really saves, often less, a plan with it tells.\n\n")
	}
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		fmt.Fprintf(&b, "Nothing: no single %s more, at any station, would make the plan cost less.\n", oneOf(rooms, teams))
	}
	outcome.Plan.Prices = found
	for i, p := range found[:min(len(found), mostPrices)] {
		fmt.Fprintf(&b, "%2d. %s\n", i+1, priceSentence(s, p))
	}
	if more := len(found) - mostPrices; more > 0 {
		fmt.Fprintf(&b, "    %d more in the plan file.\n", more)
	}
	if !rooms {
		b.WriteString(notAsked(ranked))
	}
	return b.String(), nil
}

// oneOf names what was asked about.
func oneOf(rooms, teams bool) string {
	switch {
	case !teams:
		return "room"
	case !rooms:
		return "interpretation team"
	}
	return "room or interpretation team"
}

// notAsked says why there are no prices of rooms.
func notAsked(ranked bool) string {
	if ranked {
		return "Rooms have no prices here: a rule ranks them by their size, and one more can also do harm.\n"
	}
	return "No rooms have prices: no station where sessions can meet lists any.\n"
}

// priceSentence says what one more would save.
func priceSentence(s *scenario.Scenario, p plan.Price) string {
	what := "interpretation team"
	if p.Room != "" {
		what = "room like " + p.Room
	}
	when := "in the week of " + p.From.Long()
	if days := (calendar.Range{First: p.From, Last: p.To}); days.Len() > 7 {
		when = "for all of " + days.Words() + ", but not for half of it,"
	}
	saves := "would save"
	if p.Estimate {
		saves = "is worth about"
	}
	return fmt.Sprintf("One more %s in %s %s %s %d in tier %d, %s.",
		what, s.Stations[s.Station(p.Station)].Name(), when, saves, p.Saves, p.Tier, s.Priorities[p.Tier-1])
}
