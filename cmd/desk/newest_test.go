package desk

import "testing"

// Of more questions than may be worked at, the oldest that is not done is given up.
func TestTheNewestQuestionsAreAnswered(t *testing.T) {
	n := newest{most: 2}
	first, _ := n.begin(t.Context())
	second, done := n.begin(t.Context())
	third, _ := n.begin(t.Context())
	if first.Err() == nil || second.Err() != nil || third.Err() != nil {
		t.Fatalf("of three: %v, %v, %v", first.Err(), second.Err(), third.Err())
	}
	done()
	fourth, _ := n.begin(t.Context())
	if third.Err() != nil || fourth.Err() != nil {
		t.Fatalf("where one is done: %v, %v", third.Err(), fourth.Err())
	}
	if n.begin(t.Context()); third.Err() == nil || fourth.Err() != nil {
		t.Fatalf("one more: %v, %v", third.Err(), fourth.Err())
	}
}
