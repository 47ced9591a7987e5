// Package peerscores reads, for tests, what the makers of a published format say
// of random assignments: the output of `run.sh PEER sample` in
// solver/bench/peers.
package peerscores
