// Package repair mends a published plan after something changed: the plan with
// the least disturbance of what delegations were told, and among those the
// best by the planner's priorities.
//
//	outcome, err := repair.Plan(ctx, s, instances, published, repair.Options{})
package repair
