// Package input reads files that others wrote: plain files alone, so that nothing
// waits for a pipe or reads a device for ever, up to a limit, and whole or not at
// all. What a file names is read within one folder, whatever links lie in it.
//
//	src, err := input.Read("gcm-2018.plan.json", source.MostBytes)
//	src, err = input.ReadWithin("scenarios", "scenarios/roster.csv", source.MostBytes)
package input
