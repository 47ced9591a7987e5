// Package sweep answers one job of a sweep: the best plan, checked, or the rules
// that cannot hold together. The answer depends on nothing but the job, so that
// any machine may give it; package queue hands jobs to machines.
//
//	answer, err := sweep.Run(ctx, job, files, scenario.Sources{Library: scenarios.FS})
package sweep
