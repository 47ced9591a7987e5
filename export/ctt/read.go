package ctt

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"plenary/model/diag"
)

// reading is one run of Read.
type reading struct {
	file     string
	lines    []string
	next     int      // the line that field reads next, from 0
	fields   []string // of the line that was read last
	problems diag.List
	courses  map[string]int
	rooms    map[string]bool
	in       *Instance
	lost     bool // a section is not where it should be: what follows would be wrong
}

// Read reads a file. Each mistake is a problem with its line; the instance is
// nil when there is one.
func Read(file string, src []byte) (*Instance, diag.List) {
	r := &reading{file: file, courses: map[string]int{}, rooms: map[string]bool{}, in: &Instance{}}
	if len(src) > MostBytes || !utf8.Valid(src) {
		r.problems.Add(diag.Place{File: file}, fmt.Sprintf("this is no .ctt file: such a file is text of at most %d MiB", MostBytes>>20), "give the file as it was published")
		return nil, r.problems
	}
	r.lines = strings.Split(strings.ReplaceAll(string(src), "\r", ""), "\n")
	counts := r.header()
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	r.section("COURSES:", counts[0], r.course)
	r.section("ROOMS:", counts[1], r.room)
	r.section("CURRICULA:", counts[2], r.curriculum)
	r.section("UNAVAILABILITY_CONSTRAINTS:", counts[3], r.unavailable)
	if fields := r.line(); len(r.problems) == 0 && (len(fields) != 1 || fields[0] != "END.") {
		r.wrong("END. is expected here", "write END. on the last line; the counts at the top of the file may be too small")
	}
	lectures := 0
	for _, c := range r.in.Courses {
		lectures += c.Lectures
	}
	if lectures > MostLectures {
		r.problems.Add(diag.Place{File: file}, fmt.Sprintf("the courses have %d lectures; %d is the most", lectures, MostLectures), "take courses out")
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return r.in, nil
}

// line gives the fields of the next line that is not empty, nil at the end.
func (r *reading) line() []string {
	for r.next < len(r.lines) {
		r.next++
		if r.fields = strings.Fields(r.lines[r.next-1]); len(r.fields) > 0 {
			return r.fields
		}
	}
	r.fields = nil
	return nil
}

// wrong adds a problem with the line that was read last.
func (r *reading) wrong(message, mend string) {
	at := r.place()
	at.Width = utf8.RuneCountInString(at.Text)
	r.problems.Add(at, message, mend)
}

// wrongField adds a problem with a field of the line that was read last, from 0.
func (r *reading) wrongField(i int, message, mend string) {
	at := r.place()
	before, rest := "", at.Text
	for _, f := range r.fields[:i+1] {
		begins := strings.Index(rest, f)
		at.Column = utf8.RuneCountInString(before+rest[:begins]) + 1
		at.Width = utf8.RuneCountInString(f)
		before, rest = before+rest[:begins]+f, rest[begins+len(f):]
	}
	r.problems.Add(at, message, mend)
}

// place gives the beginning of the line that was read last.
func (r *reading) place() diag.Place {
	at := diag.Place{File: r.file, Line: max(1, r.next), Column: 1}
	if r.next > 0 && r.next <= len(r.lines) {
		at.Text = strings.ReplaceAll(r.lines[r.next-1], "\t", " ")
	}
	return at
}

// header reads the name and the counts, in the order of the format: courses,
// rooms, curricula and constraints.
func (r *reading) header() (counts [4]int) {
	if fields := r.line(); len(fields) < 2 || fields[0] != "Name:" {
		r.wrong("the file does not begin with Name:", "give a .ctt file of the timetabling competition")
		return counts
	} else {
		r.in.Name = strings.Join(fields[1:], " ")
	}
	for _, want := range []struct {
		key         string
		to          *int
		least, most int
	}{
		{"Courses:", &counts[0], 1, MostCourses},
		{"Rooms:", &counts[1], 1, MostRooms},
		{"Days:", &r.in.Days, 1, MostDays},
		{"Periods_per_day:", &r.in.Periods, 1, MostPeriods},
		{"Curricula:", &counts[2], 0, MostCourses},
		{"Constraints:", &counts[3], 0, MostNumber},
	} {
		fields := r.line()
		if len(fields) != 2 || fields[0] != want.key {
			r.wrong(fmt.Sprintf("%s and a number are expected here", want.key), "the format has these lines: Name, Courses, Rooms, Days, Periods_per_day, Curricula, Constraints")
			return counts
		}
		*want.to = r.number(1, want.least, want.most)
	}
	return counts
}

// number reads a field of the line that was read last, a number from least to most.
func (r *reading) number(field, least, most int) int {
	text := r.fields[field]
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		r.wrongField(field, fmt.Sprintf("%q is not a number from %d to %d", diag.Shorten(text), least, most), "correct the number")
		return least
	}
	return n
}

// section reads a heading and so many lines below it.
func (r *reading) section(heading string, count int, read func(fields []string)) {
	if r.lost {
		return
	}
	if fields := r.line(); len(fields) != 1 || fields[0] != heading {
		r.wrong(fmt.Sprintf("%s is expected here", heading), "the counts at the top of the file say how many lines each section has")
		r.lost = true
		return
	}
	for range count {
		fields := r.line()
		if fields == nil {
			r.wrong(fmt.Sprintf("the file ends in the section %s, for which %d lines are announced", heading, count), "correct the counts at the top of the file")
			r.lost = true
			return
		}
		if read(fields); r.problems.Full() {
			r.lost = true
			return
		}
	}
}

func (r *reading) course(fields []string) {
	if _, twice := r.courses[fields[0]]; twice {
		r.wrongField(0, fmt.Sprintf("the course %q stands here for the second time", diag.Shorten(fields[0])), "give one of the two another name")
	}
	r.courses[fields[0]] = len(r.in.Courses)
	if len(fields) != 5 {
		r.wrong("a course has five fields", "course, teacher, lectures, least number of days, students")
		r.in.Courses = append(r.in.Courses, Course{ID: fields[0], Unavailable: map[Period]bool{}})
		return
	}
	r.in.Courses = append(r.in.Courses, Course{
		ID: fields[0], Teacher: fields[1],
		Lectures:    r.number(2, 1, MostLectures),
		MinDays:     r.number(3, 0, MostDays),
		Students:    r.number(4, 0, MostNumber),
		Unavailable: map[Period]bool{},
	})
}

func (r *reading) room(fields []string) {
	if len(fields) != 2 {
		r.wrong("a room has two fields", "room, seats")
		return
	}
	if r.rooms[fields[0]] {
		r.wrongField(0, fmt.Sprintf("the room %q stands here for the second time", diag.Shorten(fields[0])), "give one of the two another name")
	}
	r.rooms[fields[0]] = true
	r.in.Rooms = append(r.in.Rooms, Room{fields[0], r.number(1, 0, MostNumber)})
}

func (r *reading) curriculum(fields []string) {
	if len(fields) < 2 {
		r.wrong("a curriculum has a name, the number of its courses, and these", "for example  q000 2 c0001 c0002")
		return
	}
	problems := len(r.problems)
	if count := r.number(1, 0, MostCourses); count != len(fields)-2 && len(r.problems) == problems {
		r.wrongField(1, fmt.Sprintf("the number of courses is given as %d, and %d stand here", count, len(fields)-2), "correct the number")
	}
	c := Curriculum{ID: fields[0]}
	seen := map[int]bool{}
	for i, id := range fields[2:] {
		course, ok := r.find(i + 2)
		if ok && seen[course] {
			r.wrongField(i+2, fmt.Sprintf("the course %q is named twice", diag.Shorten(id)), "take one of the two out")
		} else if ok {
			seen[course] = true
			c.Courses = append(c.Courses, course)
		}
	}
	r.in.Curricula = append(r.in.Curricula, c)
}

func (r *reading) unavailable(fields []string) {
	if len(fields) != 3 {
		r.wrong("a constraint has three fields", "course, day, period, both from 0")
		return
	}
	p := Period{r.number(1, 0, r.in.Days-1), r.number(2, 0, r.in.Periods-1)}
	if course, ok := r.find(0); ok {
		r.in.Courses[course].Unavailable[p] = true
	}
}

// find gives the position of the course that a field of the line names.
func (r *reading) find(field int) (int, bool) {
	id := r.fields[field]
	course, ok := r.courses[id]
	if !ok {
		var names []string
		if !r.problems.Full() {
			for _, c := range r.in.Courses {
				names = append(names, c.ID)
			}
		}
		r.wrongField(field, fmt.Sprintf("no course is called %q", diag.Shorten(id)), diag.Suggest(id, names, "name a course of the section COURSES"))
	}
	return course, ok
}
