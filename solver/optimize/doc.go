// Package optimize finds models of least cost and proves that there is none
// cheaper.
//
// A cost is a sum of [Term]: a literal that costs its weight when it is true.
// [Minimize] takes one such sum, [Tiers] several in order of priority:
//
//	results := optimize.Tiers(ctx, solver, [][]optimize.Term{conflicts, travel}, optimize.Watcher{})
//	if results[0].Status == optimize.Optimal {
//		fmt.Println(results[0].Cost, results[1].Bound, results[1].Cost)
//	}
//
// The search is core-guided: it starts from below, where nothing costs
// anything, and each core it finds raises the lower bound; models met on the
// way are incumbents and lower the upper bound. Stopped early, it hands over
// the incumbent and both bounds.
package optimize
