// Package solve finds a plan: it compiles a scenario, optimizes its parts side
// by side, tier by tier, deals out rooms, teams and names, and hands the plan
// over only after the independent checker has agreed to it.
//
//	outcome, err := solve.Plan(ctx, s, instances, solve.Options{})
package solve
