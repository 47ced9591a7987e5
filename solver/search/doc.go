// Package search finds good assignments of a program and proves how good they
// are, tier by tier.
//
// Each tier is searched in a program without what matters for later tiers alone, or
// follows from one other block.
//
// It anneals single changes, and chains of changes that push each other out of
// full rows, over the choices that prices find promising; on another core prices
// climb, and rows are added that the mean of what they choose exceeds. Blocks that are
// gates of others are never moved: they take at once what follows. Where prices prove
// little and only gates follow, as in timetables, single blocks change or two exchange
// places instead, in runs that grow. Then it frees some
// blocks at a time, around what costs or wastes most, and gives them their best
// assignment by branch and bound, whose bounds are prices. All share the incumbent, the
// bounds and what reduced costs forbid:
//
//	r := search.Solve(ctx, prog, search.Options{Seed: 1})
//	if r.Taken != nil {
//		fmt.Println(r.Costs, r.Bounds)
//	}
//
// Work is counted in moves, steps and looks at choices, so that the same program and
// seed give the same answer however busy the machine is.
//
// Simulated annealing: Kirkpatrick, Gelatt and Vecchi, Optimization by simulated
// annealing, Science 220, 1983. The swinging weight of hard excess: Gendreau,
// Hertz and Laporte, A tabu search heuristic for the vehicle routing problem,
// Management Science 40, 1994.
package search
