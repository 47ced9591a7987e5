// Package soak draws small random scenarios and asks four independent parties
// what their best plan costs: the optimizer by clauses, the optimizer by listed
// choices, a look at every plan (package brute), and an answer set solver that
// others wrote, with the rules said once more in its own language (rules.lp). The
// checker (package judge) measures every plan that any of them gives. Where two
// disagree, Shrink makes the scenario small.
//
// It is no part of the program. `make soak` runs it for as long as one likes:
//
//	report := soak.Examine(ctx, soak.Draw(seed), folder)
package soak
