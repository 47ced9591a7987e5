package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"plenary/export/ics"
	"plenary/export/xlsx"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/solver/solve"
)

// same plans the same scenario several times, each time to the end of the first
// round of the search or to the proof, and compares the plan files. A time limit
// would cut the runs off at different points.
func (b *bench) same(ctx context.Context, to io.Writer, runs int) error {
	rows, err := b.chosen("S", "M", "L")
	if err != nil {
		return err
	}
	say(to, "| instance | plans, each from the start | the same, byte for byte | seconds |")
	say(to, "|---|---:|---|---|")
	differ := false
	for _, r := range rows {
		name, err := b.scenario(ctx, r)
		if err != nil {
			return err
		}
		var took []string
		seen := map[string]bool{}
		for len(took) < runs {
			began := time.Now()
			var sum string
			if sum, err = planned(ctx, name, r); err != nil {
				break
			}
			seen[sum] = true
			took = append(took, fmt.Sprintf("%.1f", time.Since(began).Seconds()))
		}
		answer := "yes"
		switch {
		case errors.Is(err, errNotInTime):
			answer = err.Error()
		case err != nil:
			return err
		case seen[""]:
			answer = "no plan was found"
		case len(seen) > 1:
			answer, differ = fmt.Sprintf("no: %d different ones", len(seen)), true
		}
		say(to, "| %s | %d | %s | %s |", r.name, len(took), answer, strings.Join(took, ", "))
	}
	if differ {
		return errors.New("the same seed gave different plans")
	}
	return nil
}

// errNotInTime says that a round did not end within the row's limit, so that
// runs cannot be compared.
var errNotInTime = errors.New("one round takes longer than the limit: give more with --limit")

// planned gives the fingerprint of the plan of a row, "" where none was found
// within the row's limit.
func planned(ctx context.Context, name string, r row) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, r.limit)
	defer cancel()
	s, instances, err := read(name, r.set)
	if err != nil {
		return "", err
	}
	outcome, err := solve.Plan(ctx, s, instances, solve.Options{Seed: 1, Rounds: 1})
	if err != nil {
		return "", err
	}
	if ctx.Err() != nil {
		return "", errNotInTime
	}
	if outcome.Plan == nil {
		return "", nil
	}
	content, err := outcome.Plan.Encode()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sha256.Sum256(content)), nil
}

// read reads a scenario and its rules, with changes in the words of --set.
func read(name string, set []string) (*scenario.Scenario, []rule.Instance, error) {
	s, problems := scenario.Read(name, scenario.Sources{Library: scenarios.FS, Busy: ics.Busy, Workbook: xlsx.Read, Set: set})
	if len(problems) > 0 {
		return nil, nil, problems[0]
	}
	instances, problems := rule.Of(s)
	if len(problems) > 0 {
		return nil, nil, problems[0]
	}
	return s, instances, nil
}
