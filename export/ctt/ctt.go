package ctt

// Instance is one timetabling problem.
type Instance struct {
	Name      string
	Days      int
	Periods   int // of a day
	Courses   []Course
	Rooms     []Room
	Curricula []Curriculum
}

// Course is held in lectures of one period each.
type Course struct {
	ID          string
	Teacher     string
	Lectures    int
	MinDays     int // days over which its lectures should be spread, at least
	Students    int
	Unavailable map[Period]bool
}

// Room is a lecture room.
type Room struct {
	ID    string
	Seats int
}

// Curriculum is a group of courses that have students in common.
type Curriculum struct {
	ID      string
	Courses []int // positions in Instance.Courses
}

// Period is a period of a day; both count from 0.
type Period struct{ Day, Period int }

// Limits of what is read.
const (
	MostBytes    = 1 << 20
	MostCourses  = 1000
	MostLectures = 3000 // of all courses together
	MostRooms    = 200
	MostDays     = 7
	MostPeriods  = 24 // of a day
	MostNumber   = 100_000
)
