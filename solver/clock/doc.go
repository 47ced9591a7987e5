// Package clock shares out the time that a search may take.
//
//	step, cancel := clock.Share(ctx, stepsLeft)
//	defer cancel()
package clock
