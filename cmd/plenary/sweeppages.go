package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"plenary/export/compare"
	"plenary/export/file"
	"plenary/export/html"
	"plenary/export/report"
	export "plenary/export/sweep"
	"plenary/model/diag"
	"plenary/model/judge"
	"plenary/model/plan"
	solver "plenary/solver/sweep"
)

// planName gives the name of a row's plan file, as seen from the sweep's folder.
func planName(r export.Row) string {
	return fmt.Sprintf("%s/%04d-%s.plan.json", plansFolder, r.Case.Number, r.Key[:8])
}

// mostReports is how many plans have a page each where nothing else is asked.
const mostReports = 100

// side reads the plan of a row with the scenario that it answers, or tells what is
// wrong with the plan file.
func (a *whatIfs) side(cmd *cobra.Command, folder string, o export.Outcome, i int) (compare.Side, diag.List, error) {
	c := a.cases[i]
	s, instances, err := solver.Read(a.jobs[i], a.files[c.Scenario], sources(cmd))
	if err != nil {
		return compare.Side{}, nil, status{exitInput, fmt.Sprintf("no. %d cannot be read: %s", c.Number, err)}
	}
	first := slices.IndexFunc(o.Rows, func(r export.Row) bool { return r.Key == o.Rows[i].Key })
	name := filepath.Join(folder, filepath.FromSlash(planName(o.Rows[first])))
	src, err := readPlanFile(name)
	if err != nil {
		return compare.Side{}, nil, status{exitInput, fmt.Sprintf("no. %d has no plan in %s; ask first, or choose one that has a plan", c.Number, folder)}
	}
	p, problems := plan.Read(name, src, s)
	if len(problems) > 0 {
		return compare.Side{}, problems, nil
	}
	return compare.Side{Name: fmt.Sprintf("no. %d: %s", c.Number, o.Label(o.Rows[i])), Scenario: s, Instances: instances, Plan: p, Verdict: judge.Plan(s, instances, p)}, nil, nil
}

// compare compares what-ifs that were asked before, by their numbers.
func (a *whatIfs) compare(cmd *cobra.Command, folder string, numbers []int) error {
	if len(numbers) < 2 || len(numbers) > compare.Most {
		return status{exitInput, fmt.Sprintf("give 2 to %d numbers of what-ifs to compare", compare.Most)}
	}
	o := a.outcome()
	var sides []compare.Side
	var names []string
	for _, n := range numbers {
		if n < 1 || n > len(a.cases) {
			return status{exitInput, fmt.Sprintf("there is no what-if no. %d; they go from 1 to %d", n, len(a.cases))}
		}
		side, problems, err := a.side(cmd, folder, o, n-1)
		if err != nil {
			return err
		}
		if len(problems) > 0 {
			return refuse(cmd, problems)
		}
		sides, names = append(sides, side), append(names, fmt.Sprint(n))
	}
	name := filepath.Join(folder, "compare-"+strings.Join(names, "-")+".html")
	if err := writeComparison(name, sides); err != nil {
		return err
	}
	if err := compare.Text(cmd.OutOrStdout(), sides); err != nil {
		return err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "\nWritten: %s\n", name)
	return nil
}

func writeComparison(name string, sides []compare.Side) error {
	var b bytes.Buffer
	if err := compare.HTML(&b, sides); err != nil {
		return err
	}
	return file.Write(name, b.Bytes(), file.Replace)
}

// pageOf is a page to write for the plan of a row, and what came of it.
type pageOf struct {
	row      int
	name     string
	compared bool // the plan is one of those that are compared
	side     compare.Side
	problems diag.List
}

// writePages writes what the page of the outcome leads to, so many side by side: a
// report for each plan, or for those that nothing beats, and the comparison of these.
func (a *whatIfs) writePages(cmd *cobra.Command, folder string, o *export.Outcome, all bool, atOnce int) error {
	pages := a.pages(folder, o, all)
	var writing errgroup.Group
	writing.SetLimit(max(1, atOnce))
	for i := range pages {
		page := &pages[i]
		writing.Go(func() error {
			side, problems, err := a.side(cmd, folder, *o, page.row)
			page.problems = problems
			if page.compared {
				page.side = side
			}
			if err != nil || len(problems) > 0 {
				return err
			}
			return writeReport(page.name, side)
		})
	}
	if err := writing.Wait(); err != nil {
		return err
	}
	var compared []compare.Side
	for _, page := range pages {
		switch {
		case len(page.problems) > 0:
			return refuse(cmd, page.problems)
		case page.compared:
			compared = append(compared, page.side)
		}
	}
	if len(compared) > 1 {
		o.Compared = len(compared)
		return writeComparison(filepath.Join(folder, export.CompareFile), compared)
	}
	return nil
}

// pages gives the pages to write, and has the rows of the outcome name theirs.
func (a *whatIfs) pages(folder string, o *export.Outcome, all bool) (out []pageOf) {
	front := o.Front()
	all = all || o.Counts().WithPlan <= mostReports
	compared := 0
	for i := range o.Rows {
		row := &o.Rows[i]
		onFront := slices.ContainsFunc(front, func(r export.Row) bool { return r.Case.Number == row.Case.Number })
		if row.Plan == "" || !all && !onFront {
			continue
		}
		row.Report = strings.TrimSuffix(row.Plan, ".plan.json") + ".html"
		page := pageOf{row: i, name: filepath.Join(folder, filepath.FromSlash(row.Report))}
		page.compared = onFront && len(front) > 1 && compared < compare.Most
		if _, err := os.Stat(page.name); err == nil && !page.compared {
			continue // of an earlier run: the name says what is in it
		}
		if page.compared {
			compared++
		}
		out = append(out, page)
	}
	return out
}

// writeReport writes the page of a plan.
func writeReport(name string, of compare.Side) error {
	var b bytes.Buffer
	if err := html.Write(&b, report.Of(of.Scenario, of.Instances, of.Plan, of.Verdict, english)); err != nil {
		return err
	}
	return file.Write(name, b.Bytes(), file.Replace)
}
