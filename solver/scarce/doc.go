// Package scarce says what one more room or interpretation team would save,
// station by station and week by week: exactly, by planning again with it, or
// about, by the prices that bound a plan.
//
//	prices, err := scarce.Prices(ctx, s, instances, best, asked) // of a plan proven optimal
//	prices, err = scarce.Estimate(ctx, s, instances, p)          // of any plan
package scarce
