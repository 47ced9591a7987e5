package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/alternatives"
	"plenary/solver/solve"
)

func newAlternatives(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alternatives SCENARIO [PLAN]",
		Short: "Find plans nearly as good as the best that really differ",
		Long: fmt.Sprintf(`Find the best plan, or take the plan given, and then plans within a tolerance of it that differ from it
and from each other as much as can be. The distance of a plan from another is the
number of sessions that start more than %d days apart, meet at another station,
or are held in one of them alone, and of those that now start before the session
that they followed, and of those in which a seat that has to be spread over groups,
such as the moderator's, goes to another group. Each alternative is as far as any
plan within the tolerance can be from the nearest of those before it, and the
output says how far that is proven. The best plan has a third of the time limit,
unless it is proven before; each alternative its share of the rest.

The tolerance is per tier: one for all (3%%, or 2 for two units of cost), or one
for each, in order (0,0,2,10%%,5).`, alternatives.Near),
		Example: `  plenary alternatives gcm-2018.yaml
  plenary alternatives gcm-2018.yaml gcm-2018.plan.json -k 3 --within 0,0,1,10%,20`,
		Args:              cobra.RangeArgs(1, 2),
		ValidArgsFunction: yamlFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runAlternatives(cmd, settings, args)
		},
	}
	f := cmd.Flags()
	f.IntP("count", "k", 3, "how many alternatives, besides the best plan")
	f.String("within", "3%", "tolerance of cost: for all tiers, or one for each")
	f.String("plan", "", "files to write, a number is put before the ending (default: the scenario's name with .alternative-N.json, here)")
	f.Bool("force", false, "replace files that are there already")
	f.Duration("time-limit", 10*time.Minute, "stop after this long and give what is known")
	f.Uint32("seed", 1, "lots between members who are alike are drawn with this number")
	f.String("progress", "auto", "auto (on a terminal), plain (lines) or none")
	changeFlags(cmd)
	return cmd
}

func runAlternatives(cmd *cobra.Command, settings *viper.Viper, args []string) error {
	name := args[0]
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
	found, err := free(args, names, mode)
	if err != nil {
		return err
	}
	show, err := newProgress(cmd, settings.GetString("progress"), s)
	if err != nil {
		return err
	}
	defer show.close()
	limit := settings.GetDuration("time-limit")
	ctx, cancel, err := searching(cmd.Context(), limit)
	if err != nil {
		return err
	}
	defer cancel()
	seed := int(settings.GetUint32("seed"))
	best, err := startFrom(ctx, cmd, s, instances, args, limit/3, solve.Options{Seed: seed, Progress: show.update})
	if err != nil {
		return err
	}
	budget, err := tolerance(settings.GetString("within"), best.Tiers)
	if err != nil {
		return err
	}
	list, exhausted, err := alternatives.Find(ctx, s, instances, best, alternatives.Options{Most: count, Budget: budget, Seed: seed, Progress: func(now alternatives.Progress) {
		show.say(fmt.Sprintf("alternative %d: distance %d, none further than %d", now.Number, now.Distance, now.Furthest))
	}})
	show.close()
	if err != nil {
		return disagreement(err)
	}
	plans := []*plan.Plan{best}
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
	what := "the best plan"
	switch {
	case len(args) == 2:
		what = "the plan given"
	case best.Status != plan.Optimal:
		what = "the best plan found in its time"
	}
	fmt.Fprintf(out, "%s: %s, cost by tier %s\n", names[0], what, costs(best.Tiers))
	for i, a := range list {
		claim := "no plan within the tolerance is further away, proven"
		if a.Furthest > a.Distance {
			claim = fmt.Sprintf("not proven the furthest: none is further away than %d", a.Furthest)
		}
		fmt.Fprintf(out, "\n%s: cost by tier %s\ndistance %d from the nearest plan above it (%s). Against %s:\n%s.\n\n",
			names[i+1], costs(a.Plan.Tiers), a.Distance, claim, names[0], alternatives.Between(s, instances, best, a.Plan))
		for _, m := range plan.Moves(s, best, a.Plan) {
			if m.What == "days" || m.What == "station" || m.What == "slot" || m.What == "held" {
				fmt.Fprintf(out, "  - %s %s\n", titled(s, m.ID), m.Text)
			}
		}
	}
	if len(list) < count {
		if !exhausted {
			return stopped(ctx, cmd)
		}
		fmt.Fprintf(out, "\nThere are no further plans within the tolerance: no other one has a distance from these.\n")
	}
	return nil
}

// startFrom gives the plan that alternatives start from: the one that was given, or
// the best that is found in some time.
func startFrom(ctx context.Context, cmd *cobra.Command, s *scenario.Scenario, instances []rule.Instance, args []string, limit time.Duration, o solve.Options) (*plan.Plan, error) {
	if len(args) == 2 {
		p, err := readPlan(cmd, args[1], s)
		if err != nil {
			return nil, err
		}
		v := judge.Plan(s, instances, p)
		if !v.Feasible() {
			return nil, status{exitInput, fmt.Sprintf("%s breaks a rule: %s; what mends it:  plenary repair %s %s%s", args[1], v.Violations[0].Finding.Text, args[0], args[1], asGiven(cmd))}
		}
		p.Status, p.Tiers = plan.Feasible, v.Tiers(s)
		return p, nil
	}
	search, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	best, err := solve.Plan(search, s, instances, o)
	switch {
	case err != nil:
		return nil, disagreement(err)
	case best.Status == solve.Infeasible:
		return nil, infeasible(ctx, cmd, s, instances, best, args[0])
	case best.Plan == nil:
		return nil, stopped(ctx, cmd)
	}
	return best.Plan, nil
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
