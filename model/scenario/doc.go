// Package scenario is the scenario as plain data: what must be held, where,
// with what and under which rules. It reads a file with everything it extends
// and includes, and reports every mistake with its place.
//
//	s, problems := scenario.Read("gcm-2018.yaml", scenario.Sources{Library: scenarios.FS})
package scenario
