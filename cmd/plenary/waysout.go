package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"plenary/export/file"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/solver/compile"
	"plenary/solver/explain"
	"plenary/solver/solve"
)

// list is the file in a folder of ways out that says what each of them is.
const list = "ways-out.txt"

// proposal is a way out with the changes that make it a plan.
type proposal struct {
	explain.WayOut
	set    []string // flags --set
	byHand []string // rules that no flag changes
}

// propose gives the proposal for a way out.
func propose(s *scenario.Scenario, way explain.WayOut) proposal {
	p := proposal{WayOut: way}
	set, byHand := way.Changes(s)
	p.set = set
	for _, b := range byHand {
		text := b.Instance.Rule.Statement(s) + b.Instance.Paragraph() + place(b.Instance)
		if b.To != "" {
			text += ", to  " + b.To
		}
		p.byHand = append(p.byHand, text)
	}
	return p
}

// printWay prints a way out under its number.
func printWay(out io.Writer, s *scenario.Scenario, w proposal, number int, call func(set ...string) string) {
	fmt.Fprintf(out, "\n  %d. price %d\n", number, w.Price)
	printDeeds(out, s, w)
	printChange(out, w, call)
}

// printDeeds prints what a way out accepts and adds.
func printDeeds(out io.Writer, s *scenario.Scenario, w proposal) {
	for _, m := range w.Bent {
		fmt.Fprintf(out, "     - accept that %s%s\n", m.Finding.Text, m.Instance.Paragraph())
	}
	for _, m := range w.More {
		fmt.Fprintf(out, "     - %s\n", m.Words(s))
	}
}

// printChange prints how a way out changes the scenario.
func printChange(out io.Writer, w proposal, call func(set ...string) string) {
	if len(w.set) > 0 {
		fmt.Fprintf(out, "     %s%s\n", call(w.set...), flags(w.set))
	}
	for _, text := range w.byHand {
		fmt.Fprintf(out, "     change by hand: %s\n", text)
	}
}

func flags(set []string) string {
	var out strings.Builder
	for _, text := range set {
		out.WriteString(" --set " + inQuotes(text))
	}
	return out.String()
}

// planWays plans with each way out, and with the cheapest of each other list, then with
// the way out of all conflicts together, and gives the files of the folder.
func planWays(cmd *cobra.Command, name string, e *explanation) (map[string][]byte, error) {
	files, about, number := map[string][]byte{}, &strings.Builder{}, 0
	known := map[string]planned{} // by flags
	add := func(file, what string, w *proposal, part bool) error {
		printChange(about, *w, e.call)
		if len(w.byHand) > 0 {
			fmt.Fprintf(about, "     no plan: some rules have to be changed by hand first\n")
			return nil
		}
		p, again := known[flags(w.set)]
		if !again {
			e.show.say("the plan of " + what)
			var err error
			if p, err = planWith(e.ctx, cmd, name, w.set, e.seed, part); err != nil {
				return err
			}
			known[flags(w.set)] = p
		}
		if p.content == nil {
			fmt.Fprintf(about, "     no plan: %s\n", p.how)
			return nil
		}
		files[file] = p.content
		fmt.Fprintf(about, "     %s: %s\n", file, p.how)
		return nil
	}
	for i := range e.found {
		for _, w := range e.found[i].ways {
			number++
			all, err := e.withOthers(i, w)
			if err != nil {
				return nil, disagreement(err)
			}
			fmt.Fprintf(about, "%d. price %d\n", number, w.Price)
			if all == nil {
				fmt.Fprintf(about, "     no plan: with the cheapest way out of each other conflict it is not enough\n")
				continue
			}
			if err := add(fmt.Sprintf("way-%d.plan.json", number), fmt.Sprintf("way out %d", number), all, e.found[i].part); err != nil {
				return nil, err
			}
		}
	}
	if e.joint != nil {
		fmt.Fprintf(about, "All conflicts together: price %d\n", e.joint.Price)
		if err := add("together.plan.json", "the way out of all conflicts together", e.joint, false); err != nil {
			return nil, err
		}
	}
	files[list] = []byte(about.String())
	return files, nil
}

// withOthers gives a way out of one list and the cheapest of each other list as one;
// nil if they are not enough. Of parts of a large scenario it is not known whether
// they are.
func (e *explanation) withOthers(list int, w proposal) (*proposal, error) {
	if len(e.found) == 1 {
		return &w, nil
	}
	ways := []explain.WayOut{w.WayOut}
	for i, other := range e.found {
		if i != list && len(other.ways) > 0 {
			ways = append(ways, other.ways[0].WayOut)
			w.set, w.byHand = slices.Concat(w.set, other.ways[0].set), slices.Concat(w.byHand, other.ways[0].byHand)
		}
	}
	if e.found[list].part {
		return &w, nil
	}
	all, err := explain.Together(e.ctx, e.s, e.instances, compile.Whole(e.s), ways, e.seed)
	if err != nil || all == nil {
		return nil, err
	}
	joined := propose(e.s, *all)
	return &joined, nil
}

// planned is the plan of a way out, nil if there is none, and how good it is or why not.
type planned struct {
	content []byte
	how     string
}

// planWith plans a scenario with more changes. Of a large scenario the first plan will do,
// and there may be conflicts left.
func planWith(ctx context.Context, cmd *cobra.Command, name string, set []string, seed int, part bool) (planned, error) {
	s, instances, problems := readChanged(cmd, name, set, reading{})
	if len(problems) > 0 {
		return planned{}, disagreement(problems[0])
	}
	search := solve.Plan
	if part {
		for range explain.Local(ctx, s, instances) {
			return planned{how: "there are other conflicts"}, nil
		}
		search = solve.Possible
	}
	outcome, err := search(ctx, s, instances, solve.Options{Seed: seed})
	switch {
	case err != nil:
		return planned{}, disagreement(err)
	case outcome.Status == solve.Infeasible && part:
		return planned{how: "there are other conflicts"}, nil
	case outcome.Status == solve.Infeasible:
		return planned{}, disagreement(fmt.Errorf("with%s there is no plan still", flags(set)))
	case outcome.Plan == nil:
		return planned{how: "the search ended before it was found"}, nil
	}
	how := "a plan, checked, not proven the best"
	if outcome.Status == solve.Optimal {
		how = "the best plan, proven and checked"
	}
	outcome.Plan.Program = program()
	outcome.Plan.Scenario = plan.SourceOf(s, filepath.Base(name))
	content, err := outcome.Plan.Encode()
	return planned{content, how}, err
}

// writeWays writes the folder of ways out.
func writeWays(cmd *cobra.Command, folder string, files map[string][]byte, mode file.Mode) error {
	if err := file.WriteFolder(folder, list, files, mode); err != nil {
		return status{exitInput, err.Error()}
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "\nWritten: %s (plans: %d)\n", folder, len(files)-1)
	return nil
}
