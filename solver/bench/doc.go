// Command bench measures Plenary as a user runs it, beside what a user would
// pick instead, and prints the tables of docs/performance.md and docs/sweeps.md.
// It is no part of the program: nothing needs it to build, test or run.
//
//	make bench                    every row; hours, with all peers
//	make bench ROWS=S,M           some rows
//	go run ./solver/bench drag    the desk, while a session is dragged
//	go run ./solver/bench same    the same plan, byte for byte, in three runs
//	go run ./solver/bench stop    how long it takes to stop
//	go run ./solver/bench curve   what a step of prices costs, over sizes
//	go run ./solver/bench agree   what peers prove to be best, beside what we prove
//	go run ./solver/bench state   a scenario as the model that peers solve
//	make bench-sweep              what-ifs alone and in a sweep
//
// peers/ holds the models of the peers, one file for each.
package main
