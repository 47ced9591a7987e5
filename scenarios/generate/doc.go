// Package generate writes scenarios of any size, to try the program and to
// measure it with: ordinary files in the language of docs/scenario.md.
//
// A generated calendar is feasible by construction. The generator first makes a
// plan, the hidden plan, that takes rooms, interpretation teams, officers and
// seats as a real calendar would; only then it writes the windows, wished
// dates, conflicts, deadlines and caps, each so that the hidden plan keeps
// what is hard. The hidden plan costs something in every tier but the first:
// wished dates conflict, and finding the best plan is the task.
//
//	text, hidden, err := generate.Scenario(generate.Options{Size: "L", Seed: 1})
package generate
