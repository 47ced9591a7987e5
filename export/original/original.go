package original

import (
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
)

// Instance is a published file that was read.
type Instance interface {
	// Scenario states the file as a scenario, in the words of the language. What
	// the language cannot say to the letter is a problem.
	Scenario() (Scenario, diag.List)
	// Score computes the file's own score of a plan for that scenario. It fails
	// when a session of the plan has no place that the file knows.
	Score(*plan.Plan) (Score, error)
	// Own computes the score of the plan that stands in the file itself, and
	// tells whether there is one.
	Own() (Score, bool)
}

// Scenario is the text of a scenario, with what ties its costs to the score.
type Scenario struct {
	Text []byte
	// Levels names the original's levels that are tiers of the scenario, the best
	// first: medium, soft.
	Levels []string
	// Offsets say by how much the cost of each tier is above the original's: a
	// reward for what is good is stated as a price for what is missing.
	Offsets []int64
}

// Part is what one constraint of the original adds to a score.
type Part struct {
	Name   string
	Level  int   // 0 is hard, 1 the best tier, and so on
	Amount int64 // in the units of the original
	Weight int64 // below 0 for a reward
	// Penalty is what the original adds up for one, where its sum runs over levels
	// that are tiers here; 0 where Weight is all.
	Penalty int64
}

// Cost gives weight × amount.
func (p Part) Cost() int64 { return p.Weight * p.Amount }

// Score is what the original says of a plan, constraint by constraint.
type Score []Part

// Cost adds up a level; 0 is hard.
func (s Score) Cost(level int) int64 {
	sum := int64(0)
	for _, p := range s {
		if p.Level == level {
			sum += p.Cost()
		}
	}
	return sum
}

// Penalty adds up the original's own penalties, where it has such.
func (s Score) Penalty() int64 {
	sum := int64(0)
	for _, p := range s {
		sum += p.Penalty * p.Amount
	}
	return sum
}

// Place is where a short session meets in a plan: the day, the first slot and
// the room of all its meetings.
type Place struct {
	Day  calendar.Day
	Slot string
	Room string
}

// PlaceOf gives the place of a session that has one meeting for each of its
// slots, in the order of the day and in one room.
func PlaceOf(s *plan.Session) (Place, error) {
	if len(s.Meetings) == 0 {
		return Place{}, fmt.Errorf("the session %s has no meeting", s.ID)
	}
	first := s.Meetings[0]
	for _, m := range s.Meetings {
		if m.Room != first.Room || m.Day != first.Day {
			return Place{}, fmt.Errorf("the session %s has meetings in two rooms or on two days", s.ID)
		}
	}
	return Place{first.Day, first.Slot, first.Room}, nil
}

// Index gives the position of each value, the first where one stands twice.
func Index[T comparable](values []T) map[T]int {
	out := make(map[T]int, len(values))
	for i, v := range slices.Backward(values) {
		out[v] = i
	}
	return out
}
