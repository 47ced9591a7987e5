package main

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/model/plan"
	"plenary/solver/alternatives"
	"plenary/solver/solve"
)

func newAlternatives(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alternatives SCENARIO",
		Short: "Find plans nearly as good as the best that really differ",
		Long: fmt.Sprintf(`Find the best plan, and then plans within a tolerance of it that differ from it
and from each other as much as can be. The distance of a plan from another is the
number of sessions that start more than %d days apart, meet at another station,
or are held in one of them alone, and of those that now start before the session
that they followed, and of those in which a seat that has to be spread over groups,
such as the moderator's, goes to another group. Each alternative is as far as any
plan within the tolerance can be from the nearest of those before it, and the
output says how far that is proven.

The tolerance is per tier: one for all (3%%, or 2 for two units of cost), or one
for each, in order (0,0,2,10%%,5).`, alternatives.Near),
		Example: `  plenary alternatives gcm-2018.yaml
  plenary alternatives gcm-2018.yaml -k 3 --within 0,0,1,10%,20`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: yamlFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runAlternatives(cmd, settings, args[0])
		},
	}
	f := cmd.Flags()
	f.IntP("count", "k", 3, "how many alternatives, besides the best plan")
	f.String("within", "3%", "tolerance of cost: for all tiers, or one for each")
	f.String("plan", "", "files to write, a number is put before the ending (default: the scenario's name with .alternative-N.json, here)")
	f.Bool("force", false, "replace files that are there already")
	f.Duration("time-limit", 10*time.Minute, "stop after this long and give what is known")
	f.Uint32("seed", 1, "lots between members who are alike are drawn with this number")
	changeFlags(cmd)
	return cmd
}

func runAlternatives(cmd *cobra.Command, settings *viper.Viper, name string) error {
	count := settings.GetInt("count")
	if count < 1 || count > 50 {
		return status{exitInput, "a number of alternatives from 1 to 50 is expected"}
	}
	mode := file.Mode(settings.GetBool("force"))
	base := settings.GetString("plan")
	if base == "" {
		base = stem(name) + ".alternative.json"
	}
	var names []string
	for i := range count + 1 {
		ending := filepath.Ext(base)
		names = append(names, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(base, ending), i, ending))
	}
	s, instances, err := read(cmd, name)
	if err != nil {
		return err
	}
	found, err := free([]string{name}, names, mode)
	if err != nil {
		return err
	}
	ctx, cancel, err := searching(cmd.Context(), settings.GetDuration("time-limit"))
	if err != nil {
		return err
	}
	defer cancel()
	best, err := solve.Plan(ctx, s, instances, solve.Options{Seed: int(settings.GetUint32("seed"))})
	switch {
	case err != nil:
		return disagreement(err)
	case best.Status == solve.Infeasible:
		return infeasible(ctx, cmd, s, instances, best, name)
	case best.Plan == nil:
		return stopped(ctx, cmd)
	}
	budget, err := tolerance(settings.GetString("within"), best.Plan.Tiers)
	if err != nil {
		return err
	}
	list, err := alternatives.Find(ctx, s, instances, best.Plan, alternatives.Options{Most: count, Budget: budget, Seed: int(settings.GetUint32("seed"))})
	if err != nil {
		return disagreement(err)
	}
	plans := []*plan.Plan{best.Plan}
	for _, a := range list {
		plans = append(plans, a.Plan)
	}
	var files []output
	for i, p := range plans {
		p.Program, p.Scenario = program(), plan.SourceOf(s, filepath.Base(name))
		content, err := p.Encode()
		if err != nil {
			return err
		}
		files = append(files, output{names[i], content})
	}
	if err := found.write(cmd, files...); err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "%s: the best plan, cost by tier %s\n", names[0], costs(best.Plan.Tiers))
	for i, a := range list {
		claim := "no plan within the tolerance is further away, proven"
		if a.Furthest > a.Distance {
			claim = fmt.Sprintf("none is further away than %d", a.Furthest)
		}
		fmt.Fprintf(out, "\n%s: cost by tier %s\ndistance %d from the nearest plan above it (%s). Against the best plan:\n%s.\n\n",
			names[i+1], costs(a.Plan.Tiers), a.Distance, claim, alternatives.Between(s, instances, best.Plan, a.Plan))
		for _, m := range plan.Moves(s, best.Plan, a.Plan) {
			if m.What == "days" || m.What == "station" || m.What == "slot" || m.What == "held" {
				fmt.Fprintf(out, "  - %s %s\n", titled(s, m.ID), m.Text)
			}
		}
	}
	if len(list) < count {
		if ctx.Err() != nil {
			return stopped(ctx, cmd)
		}
		fmt.Fprintf(out, "\nThere are no further plans within the tolerance: no other one has a distance from these.\n")
	}
	return nil
}

// costs lists the costs of tiers.
func costs(tiers []plan.Tier) string {
	var out []string
	for _, t := range tiers {
		out = append(out, strconv.FormatInt(t.Cost, 10))
	}
	return strings.Join(out, ", ")
}

// tolerance gives the most that each tier may cost.
func tolerance(text string, tiers []plan.Tier) ([]int64, error) {
	parts := strings.Split(text, ",")
	if len(parts) != 1 && len(parts) != len(tiers) {
		return nil, status{exitInput, fmt.Sprintf("--within says %d tolerances, but the scenario has %d tiers", len(parts), len(tiers))}
	}
	out := []int64{}
	for i, t := range tiers {
		part := strings.TrimSpace(parts[min(i, len(parts)-1)])
		digits, percent := strings.CutSuffix(part, "%")
		n, err := strconv.ParseInt(digits, 10, 32)
		if err != nil || n < 0 {
			return nil, status{exitInput, fmt.Sprintf("--within: %q is no tolerance such as 3%% or 2", part)}
		}
		if percent {
			n = t.Cost * n / 100
		}
		out = append(out, t.Cost+n)
	}
	return out, nil
}
