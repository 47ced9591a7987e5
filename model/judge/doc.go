// Package judge is the independent checker: it measures every rule of a
// scenario on a plan and adds up the cost of every tier, from the plan alone.
// It shares no code with the solver.
//
//	verdict := judge.Plan(s, instances, p)
//	verdict.Feasible()
package judge
