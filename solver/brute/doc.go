// Package brute lists every plan of a tiny scenario and finds the best one by
// looking at all of them; of a program it lists every assignment. Tests hold
// encodings and solver against it; nothing else imports it, and it imports no
// solver.
//
//	brute.Plans(s, instances, brute.Options{}, func(p *plan.Plan) bool { ... })
//	best := brute.Best(s, instances, 10_000)
package brute
