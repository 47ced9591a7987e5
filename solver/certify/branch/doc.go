// Package branch refutes small formulas without a solver and writes the proof
// as one would: for the tests of certificates, which must run where no solver
// that writes proofs is installed.
package branch
