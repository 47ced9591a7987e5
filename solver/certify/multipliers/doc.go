// Package multipliers checks that multipliers bound what a program costs. It is
// the small checker that such a bound rests on: it imports nothing of this
// program, reckons in integers of any size, and believes nothing that it has not
// added up.
//
//	bound, err := multipliers.Check(program, prices) // two texts
//
// A program has rows and blocks. Exactly one choice of each block is taken; it
// costs something in each tier and uses something of some rows. Of a hard row, the
// choices taken use at most its most; of a soft one, each unit over its most costs
// its weight in its tier.
//
//	program 1          the version of this form
//	tiers 2
//	due 0 12           what costs in any case, by tier
//	rows 3
//	hard 1             row 1: at most 1 is used of it
//	hard 0
//	soft 2 5 0         row 3: in tier 2, each unit over 0 costs 5
//	blocks 2
//	block 2            block 1 has two choices
//	choice 0 0 1:1     costs nothing in both tiers and uses 1 of row 1
//	choice 0 7 2-3:-1  costs 7 in tier 2 and uses -1 of rows 2 and 3 each
//	block 1
//	choice 0 3 1:1
//	end
//
// Multipliers are prices of rows, and of what the tiers before may cost:
//
//	multipliers 1      the version of this form
//	tier 2             whose cost is bounded
//	parts 4096         multipliers are counted in so many parts of a unit of cost
//	budget 1 0 8192    among what costs at most 0 in tier 1, whose multiplier is 8192
//	row 1 4096         the multiplier of row 1; rows that are not named have 0
//	bound 3            nothing costs less than 3 in tier 2
//	end
//
// The bound, in parts: what is due, less the budgets and mosts, each times its
// multiplier, and with each block's cheapest choice added, where a choice costs
// what it costs in the tier, in the tiers before times their multipliers, and what
// it uses of rows times theirs. (A tier before counts with what is due in it as
// well.) It holds as long as no multiplier is below 0, and that of a soft row not
// over its price: its weight in the tier itself, its weight times the multiplier
// of its tier in a tier before, and 0 in a tier after.
//
// Geoffrion, Lagrangean relaxation for integer programming, Mathematical
// Programming Study 2, 1974.
package multipliers
