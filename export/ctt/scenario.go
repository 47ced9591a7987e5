package ctt

import (
	"fmt"
	"slices"
	"strings"

	"plenary/export/original"
	"plenary/model/calendar"
	"plenary/model/diag"
)

// firstDay is the Monday on which the timetable's week is laid.
var firstDay = calendar.MustDay("2007-10-01")

// station is where all lectures are held.
const station = "university"

func (in *Instance) roomIDs() []string {
	var names []string
	for _, r := range in.Rooms {
		names = append(names, r.ID)
	}
	return original.Titles(names)
}

func (in *Instance) slotIDs() []string {
	var out []string
	for p := range in.Periods {
		out = append(out, fmt.Sprintf("period-%d", p+1))
	}
	return out
}

// lectureIDs gives the ids of the lectures of each course.
func (in *Instance) lectureIDs() [][]string {
	var names []string
	for _, c := range in.Courses {
		for l := range c.Lectures {
			names = append(names, fmt.Sprintf("%s-%d", c.ID, l+1))
		}
	}
	var out [][]string
	ids := original.IDs(names)
	for _, c := range in.Courses {
		out = append(out, ids[:c.Lectures])
		ids = ids[c.Lectures:]
	}
	return out
}

// Scenario states the timetable as a scenario: each lecture is a session of one
// slot, the week lies in October 2007, and all four costs stand in one tier.
func (in *Instance) Scenario() (original.Scenario, diag.List) {
	var b strings.Builder
	last := firstDay + calendar.Day(in.Days-1)
	fmt.Fprintf(&b, "plenary: 1\ntitle: %s\nperiod: %s\n\n", original.Text("Timetable "+in.Name), calendar.Range{First: firstDay, Last: last})
	b.WriteString("slots:\n")
	minutes := min(60, (24*60-8*60)/in.Periods)
	for p, id := range in.slotIDs() {
		from := calendar.Clock(8*60 + p*minutes)
		fmt.Fprintf(&b, "  %s: %s-%s\n", id, from, from+calendar.Clock(minutes))
	}
	fmt.Fprintf(&b, "\nstations:\n  %s:\n    title: University\n    zone: UTC\n    week: mon-sun\n    rooms:\n", station)
	for r, id := range in.roomIDs() {
		fmt.Fprintf(&b, "      %s: {seats: %d}\n", original.Text(id), in.Rooms[r].Seats)
	}
	lectures := in.lectureIDs()
	b.WriteString("\nsessions: # one for each lecture\n")
	for c, course := range in.Courses {
		for l, id := range lectures[c] {
			fmt.Fprintf(&b, "  - {id: %s, title: %s, at: %s, lasts: 1 slot, attendees: %d}\n", original.Text(id),
				original.Text(fmt.Sprintf("%s, lecture %d", course.ID, l+1)), station, course.Students)
		}
	}
	b.WriteString("\npriorities:\n  - costs of the timetable\n\nrules:\n")
	in.conflicts(&b, lectures)
	in.unavailabilities(&b, lectures)
	in.prices(&b, lectures)
	return original.Scenario{Text: []byte(b.String()), Levels: []string{"cost"}, Offsets: []int64{0}}, nil
}

// conflicts writes which lectures are never at the same time.
func (in *Instance) conflicts(b *strings.Builder, lectures [][]string) {
	write := func(note string, courses []int) {
		var of []string
		for _, c := range courses {
			of = append(of, lectures[c]...)
		}
		if len(of) > 1 {
			fmt.Fprintf(b, "  - overlap:\n      of: %s\n      note: %s\n", original.List(10, of), original.Text(note))
		}
	}
	b.WriteString("  # Never at the same time: lectures of one course, of one teacher, of one curriculum.\n")
	byTeacher := map[string][]int{}
	var teachers []string
	for c, course := range in.Courses {
		if byTeacher[course.Teacher] == nil {
			teachers = append(teachers, course.Teacher)
		}
		byTeacher[course.Teacher] = append(byTeacher[course.Teacher], c)
	}
	for _, teacher := range teachers {
		write("teacher "+teacher, byTeacher[teacher])
	}
	for _, q := range in.Curricula {
		if len(q.Courses) > 1 {
			write("curriculum "+q.ID, q.Courses)
		}
	}
}

// unavailabilities writes the periods in which a course cannot be held.
func (in *Instance) unavailabilities(b *strings.Builder, lectures [][]string) {
	b.WriteString("\n  # Periods in which a course cannot be held.\n")
	slots := in.slotIDs()
	for c, course := range in.Courses {
		days := map[string][]string{} // by the slots that are not available
		var order []string
		for d := range in.Days {
			var not []string
			for p, id := range slots {
				if course.Unavailable[Period{d, p}] {
					not = append(not, id)
				}
			}
			key := original.List(14, not)
			if len(not) == 0 {
				continue
			}
			if days[key] == nil {
				order = append(order, key)
			}
			days[key] = append(days[key], (firstDay + calendar.Day(d)).String())
		}
		for _, key := range order {
			fmt.Fprintf(b, "  - times:\n      of: %s\n      not: {days: [%s], slots: %s}\n", original.List(10, lectures[c]), strings.Join(days[key], ", "), key)
		}
	}
}

// prices writes the four costs of formulation UD2.
func (in *Instance) prices(b *strings.Builder, lectures [][]string) {
	if slices.ContainsFunc(in.Courses, func(c Course) bool { return c.Students > 0 }) {
		fmt.Fprintf(b, "\n  # Students without a seat.\n  - room-size: {of: \"*\", tier: 1, weight: %d}\n", CostSeat)
	}
	b.WriteString("\n  # Lectures of a course are spread over the week.\n")
	for c, course := range in.Courses {
		if course.MinDays > 1 {
			fmt.Fprintf(b, "  - spread: {of: %s, over: %d, tier: 1, weight: %d}\n", original.List(14, lectures[c]), course.MinDays, CostDays)
		}
	}
	b.WriteString("\n  # A lecture has another of its curriculum in the period before or after it.\n")
	for _, q := range in.Curricula {
		var of []string
		for _, c := range q.Courses {
			of = append(of, lectures[c]...)
		}
		if len(of) > 0 {
			fmt.Fprintf(b, "  - compact: {of: %s, tier: 1, weight: %d, note: %s}\n", original.List(16, of), CostIsolated, original.Text("curriculum "+q.ID))
		}
	}
	b.WriteString("\n  # Lectures of a course are in one room.\n")
	for _, of := range lectures {
		if len(of) > 1 {
			fmt.Fprintf(b, "  - one-room: {of: %s, tier: 1, weight: %d}\n", original.List(16, of), CostRoom)
		}
	}
}
