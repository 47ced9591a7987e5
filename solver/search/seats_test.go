package search

import (
	"context"
	"testing"

	"plenary/solver/program"
)

// TestSeatsAreSharedOutExactly has as many seats as the groups must have at
// least, so that a seat has to go from a group with too many to one with too few.
func TestSeatsAreSharedOutExactly(t *testing.T) {
	const groups, each = 40, 2
	b := program.NewBuilder(1)
	session := b.Block(2)
	b.Cost(session, 1, 0, 1)
	for range groups * each {
		b.Follow(b.Block(groups))
	}
	for g := range int32(groups) {
		var entries []program.Entry
		for seat := range int32(groups * each) {
			entries = append(entries, program.Entry{Block: seat + 1, Choice: g, Amount: -1})
		}
		b.Row(program.Hard, 0, -each, entries)
	}
	p, ok := b.Program()
	if !ok {
		t.Fatal("the program is infeasible")
	}
	taken := make([]int32, len(p.Blocks))
	last := int32(len(p.Rows) - 1) // asks for the last group, which no seat is of
	if s := newState(p, taken, []float64{1}, 1); !s.helps(1, last) || s.helps(1, 0) {
		t.Error("a seat of the first group does not help the last, or helps the first")
	}
	if r := Solve(context.Background(), p, Options{Seed: 1, Rounds: 1}); !r.Proven() {
		t.Errorf("seats are not shared out: %v, bounds %v", r.Costs, r.Bounds)
	}
}
