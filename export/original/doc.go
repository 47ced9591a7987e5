// Package original says what the packages that read published instances have in
// common: each reads a file into plain data, states it as a scenario, and
// computes the score that the file's own makers would give to a plan, from the
// file and the plan alone. No rule of Plenary is looked at for that: the two
// sums are compared, so that a mistake in one of them shows.
package original
