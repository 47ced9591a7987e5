// Package price bounds what a program costs by pricing its rows.
//
// Relax every row and charge a price, its multiplier, for each unit used: what
// is left is a cheapest choice for each block, and that sum, less what the mosts
// are worth, is a lower bound on every assignment (Lagrangian relaxation). The
// volume algorithm climbs to prices whose bound is near that of the linear
// program:
//
//	x := price.New(prog, tier)
//	x.Climb(ctx, 400, budget, upper)
//	r := price.Relax(prog, budget, x.Multipliers()) // in exact integer arithmetic
//	fmt.Println(r.Whole())                          // no assignment within the budget costs less
//	fmt.Println(r.Reduced[block][choice])           // what a choice costs beyond the cheapest
//
// Barahona and Anbil, The volume algorithm: producing primal solutions with a
// subgradient method, Mathematical Programming 87, 2000.
package price
