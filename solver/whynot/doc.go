// Package whynot answers questions about a plan: why a session is where it is
// and how far it could move, and why it is not elsewhere: what that would
// break, or what it would cost and pull along.
//
//	answer, err := whynot.Ask(ctx, s, instances, p, question, whynot.Options{})
package whynot
