package meetings

import (
	"fmt"

	"plenary/export/original"
	"plenary/export/xlsx"
	"plenary/model/plan"
)

// placed is a meeting with its grains, the last one excluded.
type placed struct {
	*Meeting
	from, to, room int
}

// overlap gives the grains that two meetings have in common.
func (a placed) overlap(b placed) int { return max(0, min(a.to, b.to)-max(a.from, b.from)) }

// Evaluate computes the example's score of an assignment. Meetings that are not
// placed are counted above all levels by the example, and as hard here.
func (s *Schedule) Evaluate(assigned []Assignment) original.Score {
	amount := map[string]int{}
	var all []placed
	for i, a := range assigned {
		if a.Start < 0 || a.Room < 0 {
			amount[notPlaced]++
			continue
		}
		m := placed{&s.Meetings[i], a.Start, a.Start + s.Meetings[i].Grains, a.Room}
		all = append(all, m)
		s.alone(m, amount)
	}
	for i, a := range all {
		for _, b := range all[:i] {
			s.pair(a, b, amount)
		}
	}
	score := original.Score{{Name: notPlaced, Level: 0, Amount: int64(amount[notPlaced]), Weight: 1}}
	for _, c := range constraints {
		score = append(score, original.Part{Name: c.name, Level: c.level, Amount: int64(amount[c.name]), Weight: int64(s.Weights[c.name])})
	}
	return score
}

// alone adds what a meeting costs by itself.
func (s *Schedule) alone(m placed, amount map[string]int) {
	last := m.to - 1
	if last >= len(s.Grains) {
		amount[overtime] += last
	} else if s.Grains[last].Day != s.Grains[m.from].Day {
		amount[sameDay]++
	}
	seats := s.Rooms[m.room].Seats
	amount[roomCapacity] += max(0, m.Seats()-seats)
	amount[soon] += last
	for _, room := range s.Rooms {
		amount[largerRooms] += max(0, room.Seats-seats)
	}
}

// pair adds what two meetings cost together.
func (s *Schedule) pair(a, b placed, amount map[string]int) {
	overlap := a.overlap(b)
	amount[overlapping] += overlap
	if a.room == b.room {
		amount[roomConflict] += overlap
	}
	if a.to == b.from || b.to == a.from {
		amount[oneBreak]++
	}
	required := common(a.musts(), b.musts())
	mixed := common(a.musts(), b.Preferred) + common(a.Preferred, b.musts())
	preferred := common(a.Preferred, b.Preferred)
	amount[requiredConflict] += required * overlap
	amount[mixedConflict] += mixed * overlap
	amount[preferredConflict] += preferred * overlap
	if b.from < a.from {
		a, b = b, a
	}
	if a.from < b.from && a.room != b.room && b.from-a.to <= 2 {
		amount[roomStability] += required + mixed + preferred
	}
}

// common counts those who are in both lists.
func common(a, b []int) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			if x == y {
				n++
			}
		}
	}
	return n
}

// Score computes the example's score of a plan for Scenario.
func (s *Schedule) Score(p *plan.Plan) (original.Score, error) {
	assigned, err := s.Assignments(p)
	if err != nil {
		return nil, err
	}
	return s.Evaluate(assigned), nil
}

// Own computes the score of what the file itself says, when it places every
// meeting.
func (s *Schedule) Own() (original.Score, bool) {
	for _, a := range s.Assigned {
		if a.Start < 0 || a.Room < 0 {
			return nil, false
		}
	}
	return s.Evaluate(s.Assigned), true
}

// Assignments gives where a plan for Scenario places the meetings.
func (s *Schedule) Assignments(p *plan.Plan) ([]Assignment, error) {
	rooms := original.Index(s.roomIDs())
	grains := map[Grain]int{}
	for g, grain := range s.Grains {
		grains[grain] = g
	}
	slots := map[string]Grain{} // without the day
	for _, slot := range s.slots() {
		slots[slot.id] = Grain{From: slot.from}
	}
	var out []Assignment
	for _, id := range s.meetingIDs() {
		a := Assignment{-1, -1}
		if session := p.Session(id); session != nil {
			place, err := original.PlaceOf(session)
			if err != nil {
				return nil, err
			}
			at, known := slots[place.Slot]
			at.Day = s.day(place.Day)
			grain, there := grains[at]
			room, named := rooms[place.Room]
			if !known || !there || !named {
				return nil, fmt.Errorf("the meeting %s is on %s, in the slot %q and the room %q: there is no such place in the file", id, place.Day, place.Slot, place.Room)
			}
			a = Assignment{grain, room}
		}
		out = append(out, a)
	}
	return out, nil
}

// Plan gives the plan for Scenario that places the meetings so. Meetings without
// a place, or with one that runs past the last grain, are left out.
func (s *Schedule) Plan(assigned []Assignment) *plan.Plan {
	ids, rooms, slots := s.meetingIDs(), s.roomIDs(), s.slots()
	var sessions []plan.Session
	for i, a := range assigned {
		end := a.Start + s.Meetings[i].Grains
		if a.Start < 0 || a.Room < 0 || end > len(s.Grains) {
			continue
		}
		var names []string
		for _, g := range s.Grains[a.Start:end] {
			at, _ := find(slots, g.From)
			names = append(names, slots[at].id)
		}
		sessions = append(sessions, original.Held(ids[i], station, s.Days[s.Grains[a.Start].Day].Day, names, rooms[a.Room]))
	}
	return original.Plan(sessions)
}

// Solution gives the workbook with the places of a plan for Scenario filled in,
// as the example itself saves a solution.
func (s *Schedule) Solution(p *plan.Plan) ([]byte, error) {
	assigned, err := s.Assignments(p)
	if err != nil {
		return nil, err
	}
	var fillings []xlsx.Filling
	for i, a := range assigned {
		var day, start, room string
		if a.Start >= 0 {
			grain := s.Grains[a.Start]
			day, start, room = xlsx.DayText(s.Days[grain.Day].Day), grain.From.String(), s.Rooms[a.Room].Name
		}
		fillings = append(fillings,
			xlsx.Filling{Row: s.rows[i], Column: s.columns["Day"], Text: day},
			xlsx.Filling{Row: s.rows[i], Column: s.columns["Starting time"], Text: start},
			xlsx.Filling{Row: s.rows[i], Column: s.columns["Room"], Text: room})
	}
	return xlsx.Fill(s.src, "Meetings", fillings)
}
