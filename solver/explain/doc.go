// Package explain says why there is no plan: a MUS of rule instances, a set
// that cannot hold together and from which none can be left out; and what the
// cheapest ways out are.
//
//	reasons := explain.Infeasible(ctx, s, instances, outcome.Blamed[0])
//	ways, err := explain.WaysOut(ctx, s, instances, outcome.Blamed[0], seed, 5)
//
// Of a scenario too large to be looked at as a whole:
//
//	reasons := explain.Local(ctx, s, instances)
//	ways, err := explain.WaysOutOf(ctx, s, instances, reasons[0], seed, 5)
package explain
