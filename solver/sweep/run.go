package sweep

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/sweep"
	"plenary/solver/explain"
	"plenary/solver/memory"
	"plenary/solver/solve"
)

// Read reads the scenario of a job out of its files, with the job's changes. Of
// sources only what is not files is taken: the library and the readers of
// calendars and workbooks.
func Read(job sweep.Job, files scenario.Bundle, sources scenario.Sources) (*scenario.Scenario, []rule.Instance, error) {
	sources.Bundle, sources.Folder, sources.Collect, sources.Set = files, ".", nil, job.Set
	s, problems := scenario.Read(job.Scenario, sources)
	if s != nil {
		instances, more := rule.Of(s)
		if problems = append(problems, more...); len(problems) == 0 {
			return s, instances, nil
		}
	}
	var errs []error
	for i, p := range problems.Sorted() {
		if i == mostProblems {
			break
		}
		errs = append(errs, p)
	}
	return nil, nil, errors.Join(errs...)
}

// mostProblems bounds what is told of a scenario that cannot be read.
const mostProblems = 5

// Run answers a job. The error is that of ctx, when it was done first: then the
// job is as if it had never been begun.
func Run(ctx context.Context, job sweep.Job, files scenario.Bundle, sources scenario.Sources) (sweep.Answer, error) {
	s, instances, err := Read(job, files, sources)
	if err != nil {
		return sweep.Answer{Status: sweep.Unreadable, Trouble: err.Error()}, nil
	}
	bounded, end := memory.Bounded(ctx)
	defer end()
	limited, cancel := context.WithTimeout(bounded, job.Time)
	defer cancel()
	// One part of the scenario after the other: the cores are for other jobs.
	outcome, err := solve.Plan(limited, s, instances, solve.Options{Seed: job.Seed, Rounds: job.Rounds, AtOnce: 1})
	if ctx.Err() != nil {
		return sweep.Answer{}, ctx.Err()
	}
	if err != nil {
		return sweep.Answer{Status: sweep.Failed, Trouble: "the solver and the checker disagree, which is a bug of Plenary: " + err.Error()}, nil
	}
	var answer sweep.Answer
	switch outcome.Status {
	case solve.Infeasible:
		answer.Status = sweep.Impossible
		for _, group := range outcome.Blamed {
			answer.Reasons = append(answer.Reasons, told(s, slices.Collect(explain.Minimal(limited, s, instances, group)))...)
		}
		cut(&answer, limited)
	case solve.Unknown:
		answer.Status = sweep.Unknown
		cut(&answer, limited)
		answer.Trouble = "no plan was found within the limit, and it is not proven that there is none"
	default:
		p := outcome.Plan
		p.Program = job.Program
		p.Scenario = plan.SourceOf(s, job.Scenario)
		if answer.Plan, err = p.Encode(); err != nil {
			return answer, err
		}
		answer.Tiers, answer.Status = p.Tiers, sweep.Status(p.Status)
		if outcome.Status != solve.Optimal {
			cut(&answer, limited)
		}
	}
	return answer, ctx.Err()
}

// cut notes what ended a search early, if anything did.
func cut(answer *sweep.Answer, search context.Context) {
	answer.MemoryUp = memory.Reached(search)
	answer.TimeUp = search.Err() != nil && !answer.MemoryUp
}

// told puts reasons in words.
func told(s *scenario.Scenario, reasons []explain.Reason) (out []sweep.Reason) {
	for _, r := range reasons {
		x := sweep.Reason{Background: explain.Background(s, r), Minimal: r.Minimal}
		for _, in := range r.Instances {
			x.Rules = append(x.Rules, sweep.Blamed{ID: in.ID, Text: fmt.Sprint(in.Rule.Statement(s), in.Paragraph())})
		}
		out = append(out, x)
	}
	return out
}
