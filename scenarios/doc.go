// Package scenarios is the data that ships: the libraries that a scenario
// includes by name, and the scenario to start from. The Global Compact for
// Migration (gcm-2018.yaml), with its variants and tables, stands beside it as
// an example and as the acceptance test.
//
//	s, problems := scenario.Read("mine.yaml", scenario.Sources{Library: scenarios.FS})
package scenarios
