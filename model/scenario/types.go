package scenario

import (
	"time"

	"plenary/model/calendar"
	"plenary/model/roster"
	"plenary/model/source"
)

// Version is the number of the scenario language that this program reads.
const Version = 1

// Scenario is a whole process or calendar.
type Scenario struct {
	source.Origin
	Plenary     int            `key:"plenary,required" doc:"version of the scenario language" eg:"1"`
	Title       string         `key:"title,required" doc:"what the process is called" eg:"Global Compact for Migration, preparatory process"`
	Mandate     string         `key:"mandate" doc:"the resolution or decision that asks for it" eg:"A/RES/71/280"`
	Note        string         `key:"note" doc:"anything worth remembering; never read by the program" eg:"draft of Monday"`
	Period      calendar.Range `key:"period,required" doc:"first and last day that the calendar may use" eg:"2017-04-10..2018-12-21"`
	Include     []string       `key:"include" doc:"libraries that ship with the program, by name" eg:"[un-stations, un-holidays, un-member-states]"`
	Extends     string         `key:"extends" doc:"another scenario file that this one starts from" eg:"gcm-2018.yaml"`
	Change      *source.Node   `key:"change" doc:"what differs from the scenario that is extended, in the same language" eg:"{sessions: {conference: {at: marrakech}}}"`
	Slots       []Slot         `key:"slots" doc:"the half-days in which a meeting fits, in local time and in order" eg:"{morning: 10:00-13:00, afternoon: 15:00-18:00}"`
	Holidays    []string       `key:"holidays" doc:"tables with the columns station, date, kind (official or observance), name; station * means all" eg:"[holidays.csv]"`
	Unavailable []string       `key:"unavailable" doc:"tables with the columns who (officer:ID, station:ID, room:STATION/ROOM or body:ID), days, slots (of a room) and note: when officers are away, stations and rooms closed, and other bodies meet" eg:"[away.csv]"`
	Translated  []string       `key:"translations" doc:"tables with the column text and a column for each language (ar, zh, en, fr, ru, es): how titles and other printed words of this scenario read in it" eg:"[translations.csv]"`
	Stations    []Station      `key:"stations" doc:"duty stations and host cities" eg:"{geneva: {zone: Europe/Zurich}}"`
	People      []Person       `key:"people" doc:"those who must, or would like to, be in short sessions" eg:"{amy-cole: Amy Cole}"`
	Officers    []Officer      `key:"officers" doc:"persons or offices that chair" eg:"{president: {based: new-york}}"`
	Events      []Event        `key:"events" doc:"fixed dates of others, to which sessions and documents can refer" eg:"{general-debate: {days: 2018-09-25..2018-10-01}}"`
	Busy        []Busy         `key:"busy" doc:"calendars of other bodies whose meetings delegations must attend" eg:"{human-rights-council: {file: hrc.ics}}"`
	Rosters     []Roster       `key:"rosters" doc:"tables of those who can fill seats" eg:"{experts: {file: experts.csv}}"`
	Programmes  []Programme    `key:"programmes" doc:"what a session consists of: meetings of several kinds, in order" eg:"{round: {meetings: [{kind: plenary, count: 4}]}}"`
	Phases      []Phase        `key:"phases" doc:"stages of the process, in order, with their sessions" eg:"[{id: consultations, between: 2017-04..2017-11, of: thematic-*}]"`
	Sessions    []Session      `key:"sessions,required" doc:"what must be held" eg:"[{id: opening, at: geneva, days: 2}]"`
	Documents   []Document     `key:"documents" doc:"what must be written, and by when" eg:"[{id: zero-draft, deadline: 2018-02-05}]"`
	Priorities  []string       `key:"priorities" doc:"the tiers for soft rules, best first; a later one never costs an earlier one" eg:"[optional sessions held, clashes avoided]"`
	Rules       []*source.Node `key:"rules" doc:"what the calendar obeys or is priced for breaking; one kind of rule to an item" eg:"[{day-cap: {of: thematic-*, at-most: 12}}]"`

	words map[string]map[string]string // of the translations, by text and language

	File  string   // as given
	Hash  [32]byte // of everything read: the merged tree and the tables
	index map[string]int

	sessions directory
	any      directory // sessions, documents and events
}

// Slot is a half-day.
type Slot struct {
	source.Origin
	ID    string `key:"@key"`
	Times string `key:"times,required" doc:"from and to, local time" eg:"10:00-13:00"`
	calendar.Slot
	On      []string        `key:"on" doc:"the days of the week, or the days, on which it exists; all where nothing is said" eg:"[mon-wed, 2017-05-11]"`
	Tags    []string        `key:"tags" doc:"words by which rules can select slots" eg:"[after-lunch]"`
	Mandate string          `key:"mandate" doc:"paragraph" eg:"29"`
	Note    string          `key:"note" doc:"anything worth remembering" eg:"assumed"`
	days    calendar.DaySet // of On
	first   calendar.Day    // of the period
	there   []bool          // on which days of the period it exists; nil for all
}

// FromText reads 10:00-13:00.
func (s *Slot) FromText(text string) error { s.Times = text; return nil }

// Station is a duty station or host city.
type Station struct {
	source.Origin
	ID             string          `key:"@key"`
	Title          string          `key:"title" doc:"the name of the city" eg:"Geneva"`
	Place          string          `key:"place" doc:"the building or the address, for the calendar entry" eg:"Palais des Nations"`
	Zone           string          `key:"zone" doc:"time zone of the IANA database" eg:"Europe/Zurich"`
	Coordinates    []float64       `key:"coordinates" doc:"latitude and longitude in degrees" eg:"[46.23, 6.14]"`
	Week           *calendar.Week  `key:"week" doc:"working week" eg:"mon-fri"`
	Slots          []Slot          `key:"slots" doc:"meeting times of this station where they differ" eg:"{morning: 09:30-12:30}"`
	Rooms          []Room          `key:"rooms" doc:"meeting rooms; leave out where the host provides them" eg:"{XX: {seats: 700, booths: 6}}"`
	Interpretation *Interpretation `key:"interpretation" doc:"interpretation teams; leave out where the host provides them" eg:"{teams: 2}"`
	Closed         []Closure       `key:"closed" doc:"days on which no session can meet here" eg:"[{days: 2018-09-24..2018-10-01, note: high-level week}]"`
	HolidayDays    []Closure       `key:"holidays" doc:"official holidays besides those of the library" eg:"[{days: 2017-05-01, note: Labour Day}]"`
	Observances    []Closure       `key:"observances" doc:"days on which the station works but meetings are better avoided" eg:"[{days: 2017-10-19, note: Diwali}]"`
	Mandate        string          `key:"mandate" doc:"paragraph" eg:"28"`
	Note           string          `key:"note" doc:"anything worth remembering" eg:"assumed"`

	Location *time.Location // of Zone
	shut     map[calendar.Day]string
	observed map[calendar.Day]string
	period   calendar.Range // that open counts
	open     []int32        // open[i]: how many of the first i days of the period are open
	passed   []int32        // passed[i]: how many slots the first i days of the period have here
	halls    []Hall         // every room by itself
	Used     bool           // some session may meet here
}

// Room is one meeting room, or several that are alike.
type Room struct {
	source.Origin
	ID      string        `key:"@key"`
	Seats   int           `key:"seats,required" doc:"seats for delegations" eg:"700"`
	Booths  int           `key:"booths" doc:"interpretation booths" eg:"6"`
	Count   *int          `key:"count" doc:"how many rooms of this kind there are" eg:"3"`
	Tags    []string      `key:"tags" doc:"words by which sessions and rules can ask for rooms" eg:"[recorded]"`
	Closed  []RoomClosure `key:"closed" doc:"days, or slots of days, in which the room cannot be used" eg:"[2017-07-01..2017-08-31, {days: 2017-09-04, slots: [morning]}]"`
	Note    string        `key:"note" doc:"anything worth remembering" eg:"assumed"`
	Mandate string        `key:"mandate" doc:"paragraph" eg:"29"`
}

// Hall is one room by itself: rooms of a kind that has several are as many
// halls.
type Hall struct {
	Name string
	Room *Room
}

// RoomClosure is a stretch of days, or slots of it, in which a room cannot be
// used.
type RoomClosure struct {
	source.Origin
	Days    calendar.Range `key:"days,required" doc:"a day or a range of days" eg:"2017-09-04"`
	Slots   []string       `key:"slots" doc:"the slots of these days; all where nothing is said" eg:"[morning]"`
	Note    string         `key:"note" doc:"anything worth remembering" eg:"renovation"`
	Mandate string         `key:"mandate" doc:"paragraph" eg:"29"`

	index []int // positions of Slots in Scenario.Slots
}

// FromText reads a bare day or range.
func (c *RoomClosure) FromText(text string) (err error) {
	c.Days, err = calendar.ParseRange(text)
	return err
}

// Interpretation is what a station has of interpreters.
type Interpretation struct {
	source.Origin
	Teams     int       `key:"teams,required" doc:"how many meetings can be interpreted at the same time" eg:"2"`
	PerWeek   *int      `key:"meetings-per-week" doc:"meetings that one team serves in a week, 7 where nothing is said" eg:"7"`
	Languages []string  `key:"languages" doc:"the languages that a team interprets, as printed; the six official ones where nothing is said" eg:"[English, French, Spanish]"`
	Off       []TeamOff `key:"off" doc:"stretches in which fewer teams are there" eg:"[{teams: 1, days: 2017-05-01..2017-05-31}]"`
	Note      string    `key:"note" doc:"anything worth remembering" eg:"assumed"`
	Mandate   string    `key:"mandate" doc:"paragraph" eg:"29"`
}

// TeamOff takes teams away for a stretch of days; the last ones first.
type TeamOff struct {
	source.Origin
	Teams   int            `key:"teams,required" doc:"how many teams are away" eg:"1"`
	Days    calendar.Range `key:"days,required" doc:"when" eg:"2017-05-01..2017-05-31"`
	Note    string         `key:"note" doc:"anything worth remembering" eg:"training"`
	Mandate string         `key:"mandate" doc:"paragraph" eg:"29"`
}

// Closure is a stretch of days with its reason.
type Closure struct {
	source.Origin
	Days    calendar.Range `key:"days,required" doc:"a day or a range of days" eg:"2018-09-24..2018-10-01"`
	Mandate string         `key:"mandate" doc:"paragraph" eg:"1"`
	Note    string         `key:"note" doc:"the reason, as printed" eg:"high-level week"`
}

// FromText reads a bare day or range.
func (c *Closure) FromText(text string) (err error) {
	c.Days, err = calendar.ParseRange(text)
	return err
}

// Officer chairs sessions.
type Officer struct {
	source.Origin
	ID         string    `key:"@key"`
	Title      string    `key:"title" doc:"the office, as printed" eg:"President of the General Assembly"`
	Based      string    `key:"based" doc:"home station" eg:"new-york"`
	TravelDays int       `key:"travel-days" doc:"full days needed between meetings at two stations" eg:"1"`
	Away       []Closure `key:"away" doc:"days on which the officer cannot chair" eg:"[2018-06-01..2018-06-30]"`
	Mandate    string    `key:"mandate" doc:"paragraph" eg:"5"`
	Note       string    `key:"note" doc:"anything worth remembering" eg:"assumed"`
}

// Person must, or would like to, be in short sessions.
type Person struct {
	source.Origin
	ID      string `key:"@key"`
	Title   string `key:"title" doc:"the name, as printed" eg:"Amy Cole"`
	Mandate string `key:"mandate" doc:"paragraph" eg:"5"`
	Note    string `key:"note" doc:"anything worth remembering" eg:"assumed"`
}

// FromText reads the name alone.
func (p *Person) FromText(text string) error { p.Title = text; return nil }

// Event is a fixed date of somebody else.
type Event struct {
	source.Origin
	ID      string         `key:"@key"`
	Title   string         `key:"title" doc:"as printed" eg:"general debate of the seventy-third session"`
	Days    calendar.Range `key:"days,required" doc:"when" eg:"2018-09-25..2018-10-01"`
	Mandate string         `key:"mandate" doc:"paragraph" eg:"1"`
	Note    string         `key:"note" doc:"anything worth remembering" eg:"assumed"`
}

// FromText reads the days alone.
func (e *Event) FromText(text string) (err error) {
	e.Days, err = calendar.ParseRange(text)
	return err
}

// Busy is a calendar of another body.
type Busy struct {
	source.Origin
	ID      string           `key:"@key"`
	Title   string           `key:"title" doc:"the body, as printed" eg:"Human Rights Council"`
	Days    []calendar.Range `key:"days" doc:"days on which it meets" eg:"[2017-06-06..2017-06-23]"`
	File    string           `key:"file" doc:"an iCalendar file with its meetings" eg:"hrc.ics"`
	Mandate string           `key:"mandate" doc:"paragraph" eg:"29"`
	Note    string           `key:"note" doc:"anything worth remembering" eg:"assumed"`
	Times   []Interval       // from the file
}

// Interval is a stretch of time in which a body meets. All-day entries have
// Floating set and run from midnight to midnight in UTC, to be read as local
// time wherever one is.
type Interval struct {
	From, To time.Time
	Floating bool
	Title    string
}

// Roster is a table of those who can fill seats.
type Roster struct {
	source.Origin
	ID       string              `key:"@key"`
	Title    string              `key:"title" doc:"as printed" eg:"Member States"`
	File     string              `key:"file" doc:"a CSV table, or a workbook (.xlsx) with the table on its first sheet; the first line names the columns" eg:"member-states.csv"`
	IDColumn string              `key:"id-column" doc:"the column with the id, id where nothing is said" eg:"iso3"`
	Name     string              `key:"name-column" doc:"the column with the name, name where nothing is said" eg:"name_en"`
	Join     []string            `key:"join" doc:"further tables with the same id column: their columns are added" eg:"[profiles.csv]"`
	Members  []map[string]string `key:"members" doc:"members written here instead of in a table" eg:"[{id: iom, name: International Organization for Migration}]"`
	Note     string              `key:"note" doc:"anything worth remembering" eg:"assumed"`
	Table    roster.Table
	Torn     bool   // some of it cannot be read: what it lacks is no further mistake
	Mandate  string `key:"mandate" doc:"paragraph" eg:"29"`
}

// Programme says what a session consists of.
type Programme struct {
	source.Origin
	ID       string        `key:"@key"`
	Title    string        `key:"title" doc:"as printed" eg:"informal thematic session"`
	Meetings []MeetingKind `key:"meetings,required" doc:"kinds of meetings in the order in which they are held" eg:"[{kind: panel, count: 2..3}, {kind: interactive}]"`
	Mandate  string        `key:"mandate" doc:"paragraph" eg:"16"`
	Note     string        `key:"note" doc:"anything worth remembering" eg:"assumed"`
}

// MeetingKind is one kind of meeting in a programme.
type MeetingKind struct {
	source.Origin
	Kind    string        `key:"kind,required" doc:"a short word" eg:"panel"`
	Title   string        `key:"title" doc:"as printed" eg:"Expert panel"`
	Count   *source.Count `key:"count" doc:"how many of them, 1 where nothing is said" eg:"2..3"`
	Seats   []Seat        `key:"seats" doc:"who sits on each of them" eg:"{moderator: {from: member-states}}"`
	Mandate string        `key:"mandate" doc:"paragraph" eg:"16"`
	Note    string        `key:"note" doc:"anything worth remembering" eg:"assumed"`
}

// Range gives how many meetings of this kind there can be.
func (k MeetingKind) Range() source.Count {
	if k.Count == nil {
		return source.Count{Min: 1, Max: 1}
	}
	return *k.Count
}

// Seat is a role in a meeting that somebody must fill.
type Seat struct {
	source.Origin
	ID      string              `key:"@key"`
	Title   string              `key:"title" doc:"as printed" eg:"Moderator"`
	From    []string            `key:"from,required" doc:"the rosters whose members can sit here" eg:"[member-states]"`
	Where   map[string][]string `key:"where" doc:"only members whose column has one of the values" eg:"{ldc: [yes]}"`
	Count   *int                `key:"count" doc:"how many of them in one meeting, 1 where nothing is said" eg:"4"`
	Note    string              `key:"note" doc:"anything worth remembering" eg:"assumed"`
	Mandate string              `key:"mandate" doc:"paragraph" eg:"29"`
}

// Number gives how many of the seat one meeting has.
func (s Seat) Number() int {
	if s.Count == nil {
		return 1
	}
	return *s.Count
}

// Phase is a stage of the process.
type Phase struct {
	source.Origin
	ID      string         `key:"@key"`
	Title   string         `key:"title" doc:"as printed" eg:"Phase I, consultations"`
	Between calendar.Range `key:"between,required" doc:"first and last day" eg:"2017-04..2017-11"`
	Of      []string       `key:"of,required" doc:"its sessions, by id or pattern" eg:"[thematic-*]"`
	Mandate string         `key:"mandate" doc:"paragraph" eg:"14"`
	Note    string         `key:"note" doc:"anything worth remembering" eg:"assumed"`
}

// Session is a block of one or more days of one body at one station.
type Session struct {
	source.Origin
	ID             string              `key:"@key"`
	Title          string              `key:"title" doc:"as printed" eg:"Drivers of migration"`
	Mandate        string              `key:"mandate" doc:"paragraph" eg:"15 (b) (ii)"`
	Note           string              `key:"note" doc:"anything worth remembering" eg:"assumed"`
	AtStations     []string            `key:"at,required" doc:"the station, or those to choose from" eg:"geneva"`
	Between        *calendar.Range     `key:"between" doc:"first and last day it may use; the whole period where nothing is said" eg:"2017-05-01..2017-05-31"`
	Days           *source.Count       `key:"days" doc:"how many days it takes, 1 where nothing is said" eg:"1..3"`
	Within         *calendar.Duration  `key:"within" doc:"its days need not be consecutive, but lie within this many days, first and last included" eg:"3 weeks"`
	Lasts          *calendar.Stretch   `key:"lasts" doc:"makes it a short session: on one day, in so many slots one after the other, or in those that cover so many minutes on end, in one room" eg:"90 minutes"`
	Slots          []string            `key:"slots" doc:"the slots of each day that it may use; all where nothing is said" eg:"[morning]"`
	Starts         []string            `key:"starts" doc:"the slots in which a short session may start; all of its slots where nothing is said" eg:"[morning]"`
	Optional       bool                `key:"optional" doc:"may be left out; price that with the rule held" eg:"yes"`
	ChairedBy      []string            `key:"chaired-by" doc:"officers who chair all of it" eg:"[co-facilitators]"`
	Programme      string              `key:"programme" doc:"what it consists of; plenary meetings in all slots where nothing is said" eg:"thematic"`
	Titles         map[string][]string `key:"titles" doc:"titles of its meetings by kind, in order" eg:"{panel: [Root causes, Climate]}"`
	Tags           []string            `key:"tags" doc:"words by which rules can select it: tag:climate" eg:"[climate]"`
	Attendees      int                 `key:"attendees" doc:"how many people are expected, for rules about rooms" eg:"130"`
	People         []string            `key:"people" doc:"who must be there: nobody is in two sessions at once" eg:"[amy-cole]"`
	Invited        []string            `key:"invited" doc:"who would like to be there, as far as the rule attendance asks for it" eg:"[dan-li]"`
	Room           *RoomNeed           `key:"room" doc:"what the room must have" eg:"{seats: 400, booths: 6}"`
	Interpretation string              `key:"interpretation" doc:"required, as-available or none" eg:"required"`
	Before         []Link              `key:"before" doc:"sessions that it must precede, and by how much" eg:"{thematic-drivers: 1..10 days}"`
	After          []Link              `key:"after" doc:"sessions that it must follow, and by how much" eg:"{stocktaking: 5.. working days}"`
	Pin            *Pin                `key:"pin" doc:"what is decided already" eg:"{start: 2017-05-08}"`

	Programmed []MeetingKind // of the programme; one kind for all slots where there is none
	FillsDay   bool          // has no programme: meets in every slot of each of its days, or as long as it lasts
	Short      bool          // lasts so many slots or minutes of one day, in one decided room
	SlotIndex  []int         // positions in Scenario.Slots, in order
	StartIndex []int         // of a short session: the slots in which it may start
	PeopleIDs  []int         // positions in Scenario.People
	InvitedIDs []int         // positions in Scenario.People, without those in PeopleIDs
	StationIDs []int         // positions in Scenario.Stations, in the order written
	OfficerIDs []int         // positions in Scenario.Officers
}

// The words for Session.Interpretation.
const (
	Required    = "required"
	AsAvailable = "as-available"
	None        = "none"
)

// RoomNeed is what a session's room must have.
type RoomNeed struct {
	source.Origin
	Seats   int      `key:"seats" doc:"at least so many seats" eg:"400"`
	Booths  int      `key:"booths" doc:"at least so many interpretation booths" eg:"6"`
	Named   string   `key:"named" doc:"this room and no other" eg:"XX"`
	Tags    []string `key:"tags" doc:"a room that carries all of these tags" eg:"[recorded]"`
	Note    string   `key:"note" doc:"anything worth remembering" eg:"assumed"`
	Mandate string   `key:"mandate" doc:"paragraph" eg:"29"`
}

// FromText reads the name of a room.
func (r *RoomNeed) FromText(text string) error { r.Named = text; return nil }

// Link is the distance to another session: from the last day of the earlier
// one to the first day of the later one, so that the next day is 1.
type Link struct {
	source.Origin
	ID      string     `key:"@key"`
	Gap     source.Gap `key:"gap,required" doc:"how much later, the next day being 1" eg:"1..10 days"`
	Mandate string     `key:"mandate" doc:"paragraph" eg:"18"`
	Note    string     `key:"note" doc:"anything worth remembering" eg:"assumed"`
}

// FromText reads the gap alone.
func (l *Link) FromText(text string) (err error) {
	l.Gap, err = source.ParseGap(text)
	return err
}

// Pin is what is decided already.
type Pin struct {
	source.Origin
	Start   *calendar.Day                `key:"start" doc:"the first day" eg:"2017-05-08"`
	Days    []calendar.Day               `key:"days" doc:"all its days" eg:"[2017-05-08, 2017-05-10, 2017-05-11]"`
	Station string                       `key:"at" doc:"the station" eg:"geneva"`
	Slot    string                       `key:"slot" doc:"the slot in which a short session starts" eg:"morning"`
	Room    string                       `key:"room" doc:"the room of a short session, by name" eg:"XX"`
	Seats   map[string]map[string]string `key:"seats" doc:"who sits where: kind and number of the meeting, seat, member" eg:"{panel 1: {moderator: MEX}}"`
	Mandate string                       `key:"mandate" doc:"paragraph" eg:"15"`
	Note    string                       `key:"note" doc:"anything worth remembering" eg:"announced"`
}

// Document is something written by a date.
type Document struct {
	source.Origin
	ID         string             `key:"@key"`
	Title      string             `key:"title" doc:"as printed" eg:"Zero draft of the compact"`
	Mandate    string             `key:"mandate" doc:"paragraph" eg:"27"`
	Note       string             `key:"note" doc:"anything worth remembering" eg:"assumed"`
	Writer     string             `key:"writer" doc:"who writes it, in words; officers by id or title see it in their own calendars: chair, chair and rapporteur, or co-facilitators for all whose id or title begins with co-facilitator" eg:"co-facilitators"`
	Between    *calendar.Range    `key:"between" doc:"first and last day on which it may be issued" eg:"2018-01-08..2018-02-05"`
	Deadline   *calendar.Day      `key:"deadline" doc:"the last day on which it may be issued" eg:"2018-02-05"`
	Takes      *calendar.Duration `key:"takes" doc:"writing time from the last day of what it follows; then comes processing, if any, then the issue" eg:"15 working days"`
	Within     *calendar.Duration `key:"within" doc:"it is issued no later than this after the last day of what it follows" eg:"20 working days"`
	After      []string           `key:"after" doc:"sessions, events or documents that it draws on, by id or pattern" eg:"[thematic-*]"`
	Before     []Due              `key:"before" doc:"sessions, events or documents that need it, by id or pattern, and how long before their first day" eg:"{stocktaking: 6 weeks}"`
	Processing *calendar.Duration `key:"processing" doc:"editing and translation: it is submitted so long before its issue" eg:"4 weeks"`
	Pin        *calendar.Day      `key:"pin" doc:"the day of issue, decided already" eg:"2018-02-05"`
}

// Due is how long before something a document must be out.
type Due struct {
	source.Origin
	ID      string            `key:"@key"`
	By      calendar.Duration `key:"by,required" doc:"how long before the first day" eg:"6 weeks"`
	Mandate string            `key:"mandate" doc:"paragraph" eg:"25"`
	Note    string            `key:"note" doc:"anything worth remembering" eg:"assumed"`
}

// FromText reads the duration alone.
func (d *Due) FromText(text string) (err error) {
	d.By, err = calendar.ParseDuration(text)
	return err
}
