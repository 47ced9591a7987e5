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
// part bounds b1, …, bk, which make B1, …, Bk over all parts. In a plan that costs
// no more than this one in a tier i, the part costs at most its budget there, bi +
// ci - Bi. For every tier t with bt > 0 the evidence shows that no plan of the part
// within its budgets before t costs less than bt in it: by a proof that clauses
// cannot hold together which say that one does, or, for large parts, by multipliers
// of a program, which add up to the bound. So no plan that costs no more in the
// tiers before t costs less than Bt in it; and where B is c, the plan is optimal.
//
// Proofs are made by a SAT solver that writes them, made small by package drat,
// and checked by package lrat; multipliers come from package price and are checked
// by package multipliers. Verify believes no file: it compiles the scenario again
// and compares, has the plan judged by the checker, adds up the bounds and checks
// proofs and multipliers.
package certify
