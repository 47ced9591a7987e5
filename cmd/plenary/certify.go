package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	"plenary/model/input"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
	"plenary/solver/certify"
	"plenary/solver/explain"
	"plenary/solver/solve"
)

func newCertify(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "certify SCENARIO [PLAN]",
		Short: "Write the evidence that no plan is better, or that there is none; verify it",
		Long: `Write the evidence that no plan of the scenario is better than this one; without
a plan, that the scenario has none. The evidence is a folder of plain files: the
questions as logical formulas, what their variables and clauses mean in the words
of the scenario, and for each a proof that it has no answer, which anybody can
check without trusting this program's search. It needs the program cadical.

What ties 100 sessions and more together is too large for that. There the evidence
is prices for what is scarce, and sums that anybody can add up again: no plan costs
less than they make. Where that is less than what the plan costs, both are said.

With --verify, check evidence: with the scenario, everything is compiled, judged,
added up and compared again; without it, only that the proofs refute the formulas,
and the sums make the bounds, that lie beside them. Exit status 1 when the evidence
is refused.

docs/certify.md says what the files hold and what is left to trust.`,
		Example: `  plenary certify gcm-2018.yaml gcm-2018.plan.json
  plenary certify gcm-2018-june-away.yaml
  plenary certify --verify gcm-2018.evidence gcm-2018.yaml`,
		Args:              cobra.MaximumNArgs(2),
		ValidArgsFunction: yamlFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			if folder := settings.GetString("verify"); folder != "" {
				if len(args) > 1 {
					return status{exitInput, "--verify takes the scenario alone: the plan is in the evidence"}
				}
				return runVerify(cmd, folder, args)
			}
			if len(args) == 0 {
				return status{exitInput, "give a scenario and the plan to certify, or --verify and a folder of evidence; see --help"}
			}
			return runCertify(cmd, settings, args)
		},
	}
	f := cmd.Flags()
	f.String("verify", "", "check the evidence in this folder")
	f.String("evidence", "", "folder to write (default: SCENARIO.evidence here)")
	f.Bool("force", false, "replace a folder of evidence that is there already")
	f.Duration("time-limit", 10*time.Minute, "give up after this long")
	changeFlags(cmd)
	return cmd
}

func runCertify(cmd *cobra.Command, settings *viper.Viper, args []string) error {
	scenarioFile, planFile, err := subject(args)
	if err != nil {
		return err
	}
	var s *scenario.Scenario
	var instances []rule.Instance
	var p *plan.Plan
	if planFile == "" {
		s, instances, err = read(cmd, scenarioFile)
	} else {
		s, instances, p, err = readAnswer(cmd, scenarioFile, planFile)
	}
	if err != nil {
		return err
	}
	mode := file.Mode(settings.GetBool("force"))
	folder := settings.GetString("evidence")
	if folder == "" {
		folder = stem(scenarioFile) + ".evidence"
	}
	if err := freeFolder(folder, certify.ManifestName, "evidence", mode); err != nil {
		return err
	}
	ctx, cancel, err := searching(cmd.Context(), settings.GetDuration("time-limit"))
	if err != nil {
		return err
	}
	defer cancel()
	o := certify.Options{Program: program(), Scenario: plan.SourceOf(s, filepath.Base(scenarioFile)), Prove: certify.Cadical}
	evidence, err := evidence(ctx, s, instances, p, scenarioFile, o)
	if err != nil {
		return uncertified(ctx, cmd, err)
	}
	if err := file.WriteFolder(folder, certify.ManifestName, evidence.Files, mode); err != nil {
		return status{exitInput, err.Error()}
	}
	out := cmd.OutOrStdout()
	printClaim(cmd, s, instances, evidence.Manifest)
	fmt.Fprintf(out, "The evidence is in %s. To check it:  plenary certify --verify %s %s\n", folder, folder, scenarioFile)
	return nil
}

// evidence makes the evidence about a plan, or that there is none.
func evidence(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, name string, o certify.Options) (*certify.Evidence, error) {
	if p != nil {
		return certify.Plan(ctx, s, instances, p, o)
	}
	outcome, err := solve.Plan(ctx, s, instances, solve.Options{})
	switch {
	case err != nil:
		return nil, err
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case outcome.Status != solve.Infeasible:
		return nil, status{exitNo, fmt.Sprintf("there is a plan for this scenario; plan it first, and certify the plan:\n  plenary plan %s\n  plenary certify %s %s.plan.json", name, name, stem(name))}
	}
	var rules []*rule.Instance
	for reason := range explain.Minimal(ctx, s, instances, outcome.Blamed[0]) {
		rules = reason.Instances
		break
	}
	switch {
	case rules != nil:
	case ctx.Err() != nil:
		return nil, ctx.Err()
	default: // it is by names that they cannot hold together: no fewer are known
		for i := range instances {
			if instances[i].Hard() {
				rules = append(rules, &instances[i])
			}
		}
	}
	return certify.Impossible(ctx, s, rules, o)
}

// uncertified gives the status for evidence that could not be made.
func uncertified(ctx context.Context, cmd *cobra.Command, err error) error {
	var ready status
	var better *certify.ErrBetter
	switch {
	case errors.As(err, &ready):
		return ready
	case errors.As(err, &better):
		return status{exitNo, better.Error()}
	case errors.Is(err, certify.ErrBreaks):
		return status{exitNo, "the plan violates hard constraints; plenary check names them"}
	case errors.Is(err, certify.ErrNoProver):
		return status{exitInput, certify.ErrNoProver.Error()}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return stopped(ctx, cmd)
	}
	return disagreement(err)
}

// subject gives the scenario and the plan, "" for none, that the arguments
// name: a plan alone says itself which scenario it answers.
func subject(args []string) (scenarioFile, planFile string, err error) {
	if len(args) == 2 {
		return args[0], args[1], nil
	}
	if !strings.HasSuffix(args[0], ".json") {
		return args[0], "", nil
	}
	src, err := readPlanFile(args[0])
	if err != nil {
		return "", "", err
	}
	var p plan.Plan
	if err := json.Unmarshal(src, &struct{ Scenario *plan.Source }{&p.Scenario}); err != nil || p.Scenario.File == "" {
		return "", "", status{exitInput, fmt.Sprintf("%s does not say which scenario it answers; give the scenario before it", args[0])}
	}
	for _, folder := range []string{filepath.Dir(args[0]), "."} {
		name := filepath.Join(folder, filepath.Base(p.Scenario.File))
		if _, err := os.Stat(name); err == nil {
			return name, args[0], nil
		}
	}
	return "", "", status{exitInput, fmt.Sprintf("%s answers the scenario %s, which is neither beside it nor here; give the scenario before it", args[0], p.Scenario.File)}
}

// runVerify checks evidence.
func runVerify(cmd *cobra.Command, folder string, args []string) error {
	var about *certify.Subject
	if len(args) == 1 {
		s, instances, err := read(cmd, args[0])
		if err != nil {
			return err
		}
		about = &certify.Subject{Scenario: s, Instances: instances}
	}
	files, err := readEvidence(folder)
	if err != nil {
		return err
	}
	var manifest certify.Manifest
	var refusals []certify.Refusal
	done := make(chan struct{})
	go func() {
		manifest, refusals = certify.Verify(files, about)
		close(done)
	}()
	select {
	case <-done:
	case <-cmd.Context().Done():
		return status{exitInterrupted, "interrupted before all was checked"}
	}
	out, here := cmd.OutOrStdout(), program()
	for _, r := range refusals {
		fmt.Fprintf(out, "%s: %s [%s]\n", filepath.Join(folder, r.File), r.Text, r.Reason)
		if r.Reason == certify.OtherFormula && manifest.Program != here {
			fmt.Fprintf(out, "  the evidence was made by %s; this is %s, which may write clauses differently\n", manifest.Program, here)
		}
	}
	if refusals != nil {
		return status{exitNo, "the evidence is refused"}
	}
	if about == nil {
		fmt.Fprintf(out, "Every proof refutes the formula, and all multipliers bound the program, that lie beside them.\n"+
			"Whether formulas and programs say what the scenario says was not checked; give it for that:\n"+
			"  plenary certify --verify %s %s\n", folder, manifest.Scenario.File)
		return nil
	}
	printClaim(cmd, about.Scenario, about.Instances, manifest)
	fmt.Fprintln(out, "Checked: "+checked(manifest))
	return nil
}

// checked says what was checked of evidence.
func checked(m certify.Manifest) string {
	listed := false
	for _, p := range m.Parts {
		listed = listed || p.Listed != nil
	}
	if listed {
		return "formulas, programs and maps are those of the scenario, every proof refutes its formula, and all multipliers make their bounds."
	}
	return "formulas and maps are those of the scenario, and every proof refutes its formula."
}

// readEvidence reads the manifest of a folder and the files that it names.
func readEvidence(folder string) (map[string][]byte, error) {
	files := map[string][]byte{}
	take := func(name string, most int) error {
		src, err := input.ReadWithin(folder, filepath.Join(folder, name), most)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // Verify misses it
		case err != nil:
			return status{exitInput, err.Error()}
		}
		files[name] = src
		return nil
	}
	if err := take(certify.ManifestName, source.MostBytes); err != nil {
		return nil, err
	}
	if files[certify.ManifestName] == nil {
		return nil, status{exitInput, fmt.Sprintf("%s is no folder of evidence: there is no %s in it", folder, certify.ManifestName)}
	}
	m, err := certify.ReadManifest(files[certify.ManifestName])
	if err != nil {
		return files, nil // Verify says why
	}
	for _, name := range m.Names() {
		if err := take(name, mostEvidence); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// mostEvidence bounds the bytes of one file of evidence.
const mostEvidence = 1 << 30

// printClaim says what evidence shows.
func printClaim(cmd *cobra.Command, s *scenario.Scenario, instances []rule.Instance, m certify.Manifest) {
	out := cmd.OutOrStdout()
	switch m.Claim {
	case certify.Optimal:
		fmt.Fprintln(out, "No plan is better.")
	case certify.Bounded:
		fmt.Fprintln(out, "No plan is better than these bounds:")
	case certify.NoPlan:
		fmt.Fprintln(out, "There is no plan: these cannot all hold together.")
		for _, id := range m.Rules {
			for i := range instances {
				if in := &instances[i]; in.ID == id {
					fmt.Fprintf(out, "  - %s%s\n", in.Rule.Statement(s), in.Paragraph())
				}
			}
		}
	}
	before := ""
	for i, t := range m.Tiers {
		fmt.Fprintf(out, "Tier %d, %s: this plan costs %d; ", t.Tier, t.Title, t.Cost)
		switch t.Bound {
		case t.Cost:
			fmt.Fprintf(out, "no plan%s costs less\n", before)
		case 0:
			fmt.Fprintln(out, "nothing is shown")
		default:
			fmt.Fprintf(out, "no plan%s costs less than %d\n", before, t.Bound)
		}
		before = " that costs no more in tier 1"
		if i > 0 {
			before = fmt.Sprintf(" that costs no more in tiers 1 to %d", i+1)
		}
	}
}
