// Package certify writes the evidence that no plan is better, or that there is
// no plan at all, and verifies it.
//
//	evidence, err := certify.Plan(ctx, s, instances, p, certify.Options{Prove: certify.Cadical})
//	evidence, err := certify.Impossible(ctx, s, rules, certify.Options{Prove: certify.Cadical})
//	refusals := certify.Verify(files, &certify.Subject{Scenario: s, Instances: instances})
//
// The costs of a plan are c1, …, ck by tier, and a better plan has fewer in the
// first tier in which it differs. A scenario falls into independent parts, and
// the cost of a plan is the sum of what its parts cost. The evidence gives each
// part bounds b1, …, bk and, for every tier t with bt > 0, a proof that clauses
// cannot hold together which say: the part costs at most bi in every tier i
// before t, and at most bt-1 in tier t. So no plan of the part is better than
// its bounds. Being better is kept by adding up (the lexicographic order is that
// of a group), so no plan is better than the sum of the bounds; and where that
// sum is what the plan costs, the plan is optimal.
//
// Proofs are made by a SAT solver that writes them, made small by package drat,
// and checked by package lrat. Verify believes no file: it compiles the scenario
// again and compares, has the plan judged by the checker, adds up the bounds and
// checks the proofs.
package certify
