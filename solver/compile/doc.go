// Package compile turns a scenario and its rules into clauses: domains are
// narrowed by what hard constraints forbid at once, sessions and documents that
// no rule ties together become parts of their own, and every rule instance is
// forbidden, priced or put under a selector.
//
//	problem := compile.Compile(s, instances, compile.Options{})
//	for _, part := range problem.Parts { ... part.Solver ... part.Tiers ... }
package compile
