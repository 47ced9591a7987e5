// Package explain says why there is no plan: a MUS of rule instances, a set
// that cannot hold together and from which none can be left out; and what the
// cheapest ways out are.
//
//	for reason := range explain.Infeasible(ctx, s, instances, group) {
//	others, err := explain.WaysOut(ctx, s, instances, group, reasons, seed, 5, each)
//
// Of a scenario too large to be looked at as a whole:
//
//	for reason := range explain.Local(ctx, s, instances) {
//	others, err := explain.WaysOutOf(ctx, s, instances, reason, seed, 5, each)
package explain
