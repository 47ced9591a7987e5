// Package explain says why there is no plan: a MUS of rule instances, a set
// that cannot hold together and from which none can be left out.
//
//	reasons := explain.Infeasible(ctx, s, instances, outcome.Blamed[0])
//	ways, err := explain.WaysOut(ctx, s, instances, outcome.Blamed[0], reasons, seed, 5)
package explain
