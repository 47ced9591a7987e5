// Package rule holds the rules that a calendar obeys (hard) or is priced for
// breaking (soft). A rule measures an excess in a stated unit; the scenario
// decides whether it is forbidden or priced. Each rule has a file with its
// words in the scenario, its check, and its two sentences: the statement, for
// reasons where no plan exists, and the finding, for checks. The file of the
// same name in solver/encode says the rule to the SAT solver; the two share no
// arithmetic.
//
//	instances, problems := rule.Of(s)
//	for _, in := range instances {
//		findings := in.Rule.Check(rule.NewFacts(s, p))
//	}
package rule
