package meetings

import (
	"plenary/export/original"
	"plenary/model/calendar"
)

// Schedule is one file.
type Schedule struct {
	File     string
	Weights  map[string]int // of the constraints, by name
	Days     []Day
	Grains   []Grain // numbered through over all days
	Rooms    []Room
	People   []string
	Meetings []Meeting
	// Assigned is what the file itself says of its meetings: a solution, where it
	// was saved with one. Meetings that are not placed have grain and room -1.
	Assigned []Assignment

	src     []byte
	rows    []int // of the meetings on their sheet
	columns map[string]int
}

// Day is a day on which meetings can be held.
type Day struct {
	Day   calendar.Day
	Start calendar.Clock
	End   calendar.Clock
	Lunch calendar.Clock // no grain starts within the hour from here
}

// GrainMinutes is the length of a grain.
const GrainMinutes = 15

// Grain is a stretch of 15 minutes of a day.
type Grain struct {
	Day  int // position in Schedule.Days
	From calendar.Clock
}

// Room is a meeting room.
type Room struct {
	Name  string
	Seats int
}

// Meeting is one meeting. People are positions in Schedule.People.
type Meeting struct {
	Topic     string
	Grains    int   // how long it is
	Speakers  []int // required, and not counted for the room
	Required  []int
	Preferred []int
}

// Seats gives how many seats the room should have.
func (m Meeting) Seats() int { return len(m.Required) + len(m.Preferred) }

// musts gives those who must be there.
func (m Meeting) musts() []int { return append(append([]int{}, m.Speakers...), m.Required...) }

// Assignment is where a meeting is held: the grain it starts on and the room,
// or -1 for each.
type Assignment struct{ Start, Room int }

// The constraints, as the example names them.
const (
	notPlaced         = "Not placed"
	roomConflict      = "Room conflict"
	overtime          = "Don't go in overtime"
	requiredConflict  = "Required attendance conflict"
	roomCapacity      = "Required room capacity"
	sameDay           = "Start and end on same day"
	mixedConflict     = "Required and preferred attendance conflict"
	preferredConflict = "Preferred attendance conflict"
	soon              = "Do all meetings as soon as possible"
	oneBreak          = "One TimeGrain break between two consecutive meetings"
	overlapping       = "Overlapping meetings"
	largerRooms       = "Assign larger rooms first"
	roomStability     = "Room stability"
)

// constraints are the constraints in the order of the file, with the level of
// their weight.
var constraints = []struct {
	name  string
	level int
}{
	{roomConflict, 0},
	{overtime, 0},
	{requiredConflict, 0},
	{roomCapacity, 0},
	{sameDay, 0},
	{mixedConflict, 1},
	{preferredConflict, 1},
	{soon, 2},
	{oneBreak, 2},
	{overlapping, 2},
	{largerRooms, 2},
	{roomStability, 2},
}

// levels are the tiers of a score.
var levels = []string{"medium", "soft"}

var _ original.Instance = (*Schedule)(nil)

// Limits of what is read.
const (
	MostMeetings = 2000
	MostPeople   = 2000
	MostRooms    = 200
	MostDays     = 200
	mostWeight   = 1_000_000
	mostSeats    = 100_000
)
