package ctt

import (
	"fmt"
	"strings"

	"plenary/export/original"
	"plenary/model/calendar"
	"plenary/model/plan"
)

// Lecture is where a lecture is held; a lecture that is not held has Room -1.
type Lecture struct {
	Period Period
	Room   int
}

// Timetable holds the lectures of each course, in any order.
type Timetable [][]Lecture

// Costs of formulation UD2: for each student without a seat, each working day
// missing, each isolated lecture and each room beyond the first.
const (
	CostSeat     = 1
	CostDays     = 5
	CostIsolated = 2
	CostRoom     = 1
)

// Evaluate computes the violations and the costs of a timetable as the
// competition's validator counts them.
func (in *Instance) Evaluate(t Timetable) original.Score {
	var lectures, conflicts, availability, occupancy, seats, days, isolated, rooms int
	held := in.perPeriod(t)
	inRoom := map[Period][]int{} // lectures in each room
	for c, course := range in.Courses {
		onDay, inRooms := map[int]bool{}, map[int]bool{}
		for p, n := range held[c] {
			lectures += n - 1 // of one course at the same time
			onDay[p.Day] = true
			if course.Unavailable[p] {
				availability += n
			}
		}
		missing := course.Lectures
		for _, l := range t[c] {
			if l.Room < 0 {
				continue
			}
			missing--
			inRooms[l.Room] = true
			if inRoom[l.Period] == nil {
				inRoom[l.Period] = make([]int, len(in.Rooms))
			}
			inRoom[l.Period][l.Room]++
			seats += max(0, course.Students-in.Rooms[l.Room].Seats)
		}
		lectures += missing
		days += max(0, course.MinDays-len(onDay))
		rooms += max(0, len(inRooms)-1)
	}
	for _, counts := range inRoom {
		for _, n := range counts {
			occupancy += max(0, n-1)
		}
	}
	for a := range in.Courses {
		for b := range a {
			if !in.conflict(a, b) {
				continue
			}
			for p := range held[a] {
				if held[b][p] > 0 {
					conflicts++
				}
			}
		}
	}
	for _, q := range in.Curricula {
		together := map[Period]int{}
		for _, c := range q.Courses {
			for p, n := range held[c] {
				together[p] += n
			}
		}
		for p, n := range together {
			if together[Period{p.Day, p.Period - 1}] == 0 && together[Period{p.Day, p.Period + 1}] == 0 {
				isolated += n
			}
		}
	}
	part := func(name string, level, amount, weight int) original.Part {
		return original.Part{Name: name, Level: level, Amount: int64(amount), Weight: int64(weight)}
	}
	return original.Score{
		part("Lectures", 0, lectures, 1),
		part("Conflicts", 0, conflicts, 1),
		part("Availability", 0, availability, 1),
		part("RoomOccupation", 0, occupancy, 1),
		part("RoomCapacity", 1, seats, CostSeat),
		part("MinWorkingDays", 1, days, CostDays),
		part("CurriculumCompactness", 1, isolated, CostIsolated),
		part("RoomStability", 1, rooms, CostRoom),
	}
}

// perPeriod counts for each course its lectures in each period.
func (in *Instance) perPeriod(t Timetable) []map[Period]int {
	out := make([]map[Period]int, len(in.Courses))
	for c := range in.Courses {
		out[c] = map[Period]int{}
		for _, l := range t[c] {
			if l.Room >= 0 {
				out[c][l.Period]++
			}
		}
	}
	return out
}

// conflict tells whether two courses share a teacher or a curriculum.
func (in *Instance) conflict(a, b int) bool {
	if in.Courses[a].Teacher == in.Courses[b].Teacher {
		return true
	}
	for _, q := range in.Curricula {
		both := 0
		for _, c := range q.Courses {
			if c == a || c == b {
				both++
			}
		}
		if both == 2 {
			return true
		}
	}
	return false
}

// Score computes the costs of a plan for Scenario.
func (in *Instance) Score(p *plan.Plan) (original.Score, error) {
	t, err := in.Timetable(p)
	if err != nil {
		return nil, err
	}
	return in.Evaluate(t), nil
}

// Own tells that the file holds no timetable.
func (in *Instance) Own() (original.Score, bool) { return nil, false }

// Timetable gives the lectures of a plan for Scenario.
func (in *Instance) Timetable(p *plan.Plan) (Timetable, error) {
	rooms := original.Index(in.roomIDs())
	slots := original.Index(in.slotIDs())
	t := make(Timetable, len(in.Courses))
	for c, lectures := range in.lectureIDs() {
		for _, id := range lectures {
			lecture := Lecture{Room: -1}
			if s := p.Session(id); s != nil {
				place, err := original.PlaceOf(s)
				if err != nil {
					return nil, err
				}
				slot, known := slots[place.Slot]
				room, named := rooms[place.Room]
				day := int(place.Day - firstDay)
				if !known || !named || day < 0 || day >= in.Days {
					return nil, fmt.Errorf("the lecture %s is on %s, in the slot %q and the room %q: there is no such place in the file", id, place.Day, place.Slot, place.Room)
				}
				lecture = Lecture{Period{day, slot}, room}
			}
			t[c] = append(t[c], lecture)
		}
	}
	return t, nil
}

// Plan gives the plan for Scenario that holds the lectures so.
func (in *Instance) Plan(t Timetable) *plan.Plan {
	ids, rooms, slots := in.lectureIDs(), in.roomIDs(), in.slotIDs()
	var sessions []plan.Session
	for c, lectures := range t {
		for i, l := range lectures {
			if l.Room >= 0 {
				sessions = append(sessions, original.Held(ids[c][i], station, firstDay+calendar.Day(l.Period.Day), []string{slots[l.Period.Period]}, rooms[l.Room]))
			}
		}
	}
	return original.Plan(sessions)
}

// Solution writes a plan in the form that the competition's validator reads:
// course, room, day and period of each lecture that is held.
func (in *Instance) Solution(p *plan.Plan) ([]byte, error) {
	t, err := in.Timetable(p)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for c, lectures := range t {
		for _, l := range lectures {
			if l.Room >= 0 {
				fmt.Fprintf(&b, "%s %s %d %d\n", in.Courses[c].ID, in.Rooms[l.Room].ID, l.Period.Day, l.Period.Period)
			}
		}
	}
	return []byte(b.String()), nil
}
