// Package agreement holds, for tests, the scenario of a published instance
// against the instance's own score: a plan costs the same on both sides.
package agreement
