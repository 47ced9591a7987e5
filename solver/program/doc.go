// Package program holds multiple-choice programs: what is left of a scenario
// when it is said in sums instead of clauses.
//
// A program has blocks, and each block takes exactly one of its choices: a
// session one of its dates, a document its day of issue, a seat who sits on it.
// A choice costs something in each tier and uses up rows; a row has a most that
// must not be exceeded, or is priced by the unit:
//
//	b := program.NewBuilder(2)                      // two tiers
//	opening := b.Block(3)                           // three dates
//	b.Cost(opening, 2, 0, 5)                        // the third costs 5 in the first tier
//	b.Row(program.Hard, 0, 1, program.Use{Block: opening, Choice: 0, Amount: 1}, …)
//	p, ok := b.Program()
//
// In the literature: a 0-1 program with generalized upper bounds (Dantzig and
// Van Slyke, 1967), the form in which Lagrangian relaxation of the rows leaves a
// cheapest choice for each block.
package program
