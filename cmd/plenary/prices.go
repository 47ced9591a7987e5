package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/scarce"
	"plenary/solver/solve"
)

// mostPrices is how many prices are printed; the plan file has all.
const mostPrices = 10

// whatIsScarce puts into the plan what one more room or team would save, and says it
// in sentences.
func whatIsScarce(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, outcome solve.Outcome, show *progress) (string, error) {
	const title = "\nWhat is scarce\n\n"
	if outcome.Status != solve.Optimal {
		return title + "Prices are stated only where a plan is proven optimal in every tier; this one is not yet. Give more time with --time-limit.\n", nil
	}
	found, err := scarce.Prices(ctx, s, instances, outcome.Plan, func(station string, weeks calendar.Range) {
		show.say(fmt.Sprintf("what is scarce: one more in %s, %s", station, weeks.Words()))
	})
	switch {
	case errors.Is(err, scarce.ErrUnproven):
		return title + "Time was up before it was known what one more room or interpretation team would save. Give more time with --time-limit.\n", nil
	case err != nil:
		return "", err
	case len(found) == 0:
		return title + "Nothing: no single room or interpretation team more, at any station, would make the plan cost less.\n", nil
	}
	outcome.Plan.Prices = found
	var b strings.Builder
	b.WriteString(title)
	for i, p := range found[:min(len(found), mostPrices)] {
		fmt.Fprintf(&b, "%2d. %s\n", i+1, priceSentence(s, p))
	}
	if more := len(found) - mostPrices; more > 0 {
		fmt.Fprintf(&b, "    %d more in the plan file.\n", more)
	}
	return b.String(), nil
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
	return fmt.Sprintf("One more %s in %s %s would save %d in tier %d, %s.",
		what, s.Stations[s.Station(p.Station)].Name(), when, p.Saves, p.Tier, s.Priorities[p.Tier-1])
}
