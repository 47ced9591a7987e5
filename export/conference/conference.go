package conference

import (
	"plenary/export/original"
	"plenary/model/calendar"
	"plenary/model/diag"
)

// Conference is one file.
type Conference struct {
	File      string
	Name      string
	Pause     int // minutes that a speaker needs between two talks
	Weights   map[string]Weight
	Timeslots []Timeslot
	Rooms     []Room
	Speakers  []Speaker
	Talks     []Talk
	// Assigned is what the file itself says of its talks: a solution, where it was
	// saved with one.
	Assigned []Assignment

	src     []byte
	rows    []int // of the talks on their sheet
	columns map[string]int
}

// Weight is the weight of a constraint on each level, hard first.
type Weight struct {
	Levels [3]int
	place  diag.Place
}

// Timeslot is a time in which a talk of certain types fits.
type Timeslot struct {
	Day   calendar.Day
	From  calendar.Clock
	To    calendar.Clock
	Types []string
	Tags  []string
}

// Minutes gives the length.
func (t Timeslot) Minutes() int { return int(t.To - t.From) }

// overlap gives the minutes that two timeslots have in common.
func (t Timeslot) overlap(o Timeslot) int {
	if t.Day != o.Day {
		return 0
	}
	return max(0, int(min(t.To, o.To)-max(t.From, o.From)))
}

// Room is a room in which talks of certain types can be given.
type Room struct {
	Name        string
	Seats       int
	Types       []string // all where none is named
	Tags        []string
	Unavailable map[int]bool // by position in Conference.Timeslots
}

// Speaker gives talks.
type Speaker struct {
	Name        string
	Timeslot    Wishes
	Room        Wishes
	Unavailable map[int]bool // by position in Conference.Timeslots
}

// Wishes are the tags that a timeslot or a room should or should not have.
type Wishes struct{ Required, Preferred, Prohibited, Undesired []string }

// Talk is one talk.
type Talk struct {
	Code      string
	Title     string
	Type      string
	Speakers  []int // positions in Conference.Speakers
	Themes    []string
	Sectors   []string
	Audiences []string
	Level     int
	Contents  []string
	Language  string
	Timeslot  Wishes
	Room      Wishes
	Exclusive []string // tags of talks that exclude each other
	Before    []int    // prerequisites: positions in Conference.Talks
	Favorites int
	Crowd     int // crowd control risk
	Pinned    bool
	Published Assignment // -1 where nothing was published
}

// Assignment is where a talk is given: positions in Conference.Timeslots and
// Conference.Rooms, or -1 for each.
type Assignment struct{ Timeslot, Room int }

// The constraints, as the example names them.
const (
	notPlaced             = "Not placed"
	pinMoved              = "Pinned talk moved"
	roomUnavailable       = "Room unavailable timeslot"
	roomConflict          = "Room conflict"
	speakerUnavailable    = "Speaker unavailable timeslot"
	speakerConflict       = "Speaker conflict"
	prerequisites         = "Talk prerequisite talks"
	exclusiveTags         = "Talk mutually-exclusive-talks tags"
	pause                 = "Consecutive talks pause"
	crowdControl          = "Crowd control"
	speakerTimeRequired   = "Speaker required timeslot tags"
	speakerTimeProhibited = "Speaker prohibited timeslot tags"
	talkTimeRequired      = "Talk required timeslot tags"
	talkTimeProhibited    = "Talk prohibited timeslot tags"
	speakerRoomRequired   = "Speaker required room tags"
	speakerRoomProhibited = "Speaker prohibited room tags"
	talkRoomRequired      = "Talk required room tags"
	talkRoomProhibited    = "Talk prohibited room tags"
	publishedTimeslot     = "Published timeslot"
	publishedRoom         = "Published room"
	themeConflict         = "Theme track conflict"
	themeRoom             = "Theme track room stability"
	sectorConflict        = "Sector conflict"
	audienceDiversity     = "Audience type diversity"
	audienceTheme         = "Audience type theme track conflict"
	levelDiversity        = "Audience level diversity"
	levelFlow             = "Content audience level flow violation"
	contentConflict       = "Content conflict"
	languageDiversity     = "Language diversity"
	sameDay               = "Same day talks"
	popular               = "Popular talks"
	speakerTimePreferred  = "Speaker preferred timeslot tags"
	speakerTimeUndesired  = "Speaker undesired timeslot tags"
	talkTimePreferred     = "Talk preferred timeslot tags"
	talkTimeUndesired     = "Talk undesired timeslot tags"
	speakerRoomPreferred  = "Speaker preferred room tags"
	speakerRoomUndesired  = "Speaker undesired room tags"
	talkRoomPreferred     = "Talk preferred room tags"
	talkRoomUndesired     = "Talk undesired room tags"
)

// constraints are the constraints in the order of the file.
var constraints = []string{
	roomUnavailable, roomConflict, speakerUnavailable, speakerConflict, prerequisites, exclusiveTags, pause, crowdControl,
	speakerTimeRequired, speakerTimeProhibited, talkTimeRequired, talkTimeProhibited,
	speakerRoomRequired, speakerRoomProhibited, talkRoomRequired, talkRoomProhibited,
	publishedTimeslot, publishedRoom, themeConflict, themeRoom, sectorConflict, audienceDiversity, audienceTheme, levelDiversity,
	levelFlow, contentConflict, languageDiversity, sameDay, popular,
	speakerTimePreferred, speakerTimeUndesired, talkTimePreferred, talkTimeUndesired,
	speakerRoomPreferred, speakerRoomUndesired, talkRoomPreferred, talkRoomUndesired,
}

// reward tells whether a constraint counts what is good.
func reward(name string) bool {
	return name == audienceDiversity || name == levelDiversity || name == languageDiversity
}

// levels are the tiers of a score.
var levels = []string{"medium", "soft"}

var _ original.Instance = (*Conference)(nil)

// Limits of what is read.
const (
	MostTalks     = 1000
	MostTimeslots = 200
	MostRooms     = 200
	MostSpeakers  = 2000
	mostWeight    = 1_000_000
	mostNumber    = 1_000_000
)
