package report

import "plenary/model/calendar"

// Version is the number of the report's JSON form. It grows when a key changes
// its meaning or goes; new keys may come without.
const Version = 1

// Report is what is said of a plan. The tags doc make its documentation.
type Report struct {
	Version    int          `json:"plenary-report" doc:"version of this form"`
	Language   string       `json:"language" doc:"of all printed text: ar, zh, en, fr, ru or es"`
	Title      string       `json:"title" doc:"of the process"`
	Mandate    string       `json:"mandate,omitempty" doc:"the resolution or decision"`
	First      calendar.Day `json:"first" doc:"first day on which something is held or issued"`
	Last       calendar.Day `json:"last" doc:"last such day"`
	Kept       bool         `json:"kept" doc:"every hard rule holds, measured anew from the plan"`
	Proven     bool         `json:"proven" doc:"the plan file claims a proof that no plan is better, and its costs are those measured"`
	Figures    []Figure     `json:"figures" doc:"the plan in numbers"`
	Phases     []Phase      `json:"phases" doc:"stages of the process"`
	Sessions   []Session    `json:"sessions" doc:"what is held, by date"`
	NotHeld    []string     `json:"not-held" doc:"titles of optional sessions that the plan leaves out"`
	Paragraphs []Paragraph  `json:"paragraphs" doc:"compliance, paragraph by paragraph"`
	Balances   []Balance    `json:"balances" doc:"how seats are spread over groups"`
	Documents  []Document   `json:"documents" doc:"what is issued, by date"`
	Teams      []TeamWeek   `json:"interpretation" doc:"interpretation teams, week by week"`
	Tiers      []Tier       `json:"tiers" doc:"cost of each priority, best first"`
	Costs      []Cost       `json:"costs" doc:"what the costs are made of, the dearest of each priority first"`
}

// Figure is one number with its label.
type Figure struct {
	Label string `json:"label" doc:"what is counted"`
	Value string `json:"value" doc:"the number as printed"`
}

// Phase is a stage of the process.
type Phase struct {
	ID    string       `json:"id" doc:"in the scenario"`
	Title string       `json:"title" doc:"as printed"`
	First calendar.Day `json:"first" doc:"first day"`
	Last  calendar.Day `json:"last" doc:"last day"`
}

// Session is a session that is held.
type Session struct {
	ID           string         `json:"id" doc:"in the scenario"`
	Title        string         `json:"title" doc:"as printed"`
	Paragraph    string         `json:"paragraph,omitempty" doc:"that asks for it"`
	Phase        string         `json:"phase,omitempty" doc:"id of its phase"`
	Station      string         `json:"station" doc:"id of the station"`
	StationTitle string         `json:"station-title" doc:"the city"`
	Days         []calendar.Day `json:"days" doc:"on which it meets, in order"`
	Dates        string         `json:"dates" doc:"the days in words"`
	Chairs       []string       `json:"chairs" doc:"officers who chair"`
	Interpreted  bool           `json:"interpreted" doc:"every meeting is interpreted"`
	Meetings     []Meeting      `json:"meetings" doc:"in order"`
}

// Meeting is one meeting of a session.
type Meeting struct {
	Day            calendar.Day `json:"day" doc:"when"`
	Slot           string       `json:"slot" doc:"id of the slot"`
	From           string       `json:"from" doc:"local time, 10:00"`
	To             string       `json:"to" doc:"local time"`
	Kind           string       `json:"kind" doc:"kind of meeting in the programme"`
	Title          string       `json:"title" doc:"as printed"`
	Room           string       `json:"room,omitempty" doc:"as printed"`
	Interpretation string       `json:"interpretation,omitempty" doc:"the team, as printed"`
	Seats          []Seat       `json:"seats,omitempty" doc:"who sits where"`
}

// Seat is a role in a meeting with those who take it.
type Seat struct {
	ID      string   `json:"id" doc:"in the programme"`
	Title   string   `json:"title" doc:"as printed"`
	Members []Member `json:"members" doc:"who takes it"`
}

// Member is one who takes a seat.
type Member struct {
	ID     string   `json:"id" doc:"in the roster"`
	Name   string   `json:"name" doc:"as printed"`
	Groups []string `json:"groups,omitempty" doc:"regional group, profile and the like: the columns that rules look at"`
}

// Paragraph is what one paragraph asks and how the plan meets it.
type Paragraph struct {
	Paragraph string    `json:"paragraph" doc:"number, empty for rules that come from no paragraph"`
	Subjects  []Subject `json:"subjects" doc:"what it speaks of"`
}

// Subject is a session, a document or several of them.
type Subject struct {
	Title string `json:"title" doc:"as printed"`
	Rules []Rule `json:"rules" doc:"what is asked of it"`
}

// Rule is one rule with what the plan makes of it.
type Rule struct {
	ID        string   `json:"id" doc:"name of the rule"`
	Kind      string   `json:"kind" doc:"kind of rule, see the rules' own page"`
	Label     string   `json:"label" doc:"the kind in a word or two, as printed"`
	Tier      int      `json:"tier" doc:"0 for a hard rule, else the number of its priority"`
	Statement string   `json:"statement" doc:"the rule as an English sentence"`
	Asked     string   `json:"asked" doc:"what it asks, in short; empty where the statement says it best"`
	Plan      string   `json:"plan" doc:"how the plan meets it, in short; empty where the findings say it best"`
	Left      *Left    `json:"in-hand,omitempty" doc:"what is left before the rule would break, where that is a number"`
	Kept      bool     `json:"kept" doc:"the rule holds"`
	Findings  []string `json:"findings,omitempty" doc:"where it does not, as English sentences"`
}

// Left is what is left in hand.
type Left struct {
	Amount int    `json:"amount" doc:"how much, less than 0 where it is missing"`
	Unit   string `json:"unit" doc:"day, working-day, minute, slot, meeting, seat, thousand"`
	Text   string `json:"text" doc:"as printed"`
}

// Balance is how a seat is spread over groups.
type Balance struct {
	Seat      string  `json:"seat" doc:"the seat, as printed"`
	Over      string  `json:"over" doc:"what the groups are, as printed"`
	Of        string  `json:"of" doc:"sessions, as the rule selects them"`
	Paragraph string  `json:"paragraph,omitempty" doc:"that asks for it"`
	Groups    []Group `json:"groups" doc:"in the order of the roster"`
}

// Group is the seats of one group.
type Group struct {
	ID    string   `json:"id" doc:"value in the roster's column"`
	Title string   `json:"title" doc:"as printed"`
	Seats int      `json:"seats" doc:"that it has"`
	Least int      `json:"least" doc:"that the rule asks for"`
	Most  int      `json:"most" doc:"that the rule allows, -1 where it does not say"`
	Names []string `json:"names" doc:"who has them"`
}

// Document is something that is issued.
type Document struct {
	ID        string        `json:"id" doc:"in the scenario"`
	Title     string        `json:"title" doc:"as printed"`
	Paragraph string        `json:"paragraph,omitempty" doc:"that asks for it"`
	Writer    string        `json:"writer,omitempty" doc:"who writes it"`
	Submitted *calendar.Day `json:"submitted,omitempty" doc:"when it goes to editing and translation"`
	Issued    calendar.Day  `json:"issued" doc:"when it is out"`
	Deadlines []Deadline    `json:"deadlines" doc:"what it has to be out for"`
}

// Deadline is the last day for a document.
type Deadline struct {
	For  string       `json:"for" doc:"what needs it"`
	Last calendar.Day `json:"last" doc:"the last day that is in time"`
	Left int          `json:"in-hand" doc:"calendar days left, less than 0 when it is late"`
}

// TeamWeek is the work of one interpretation team in one week.
type TeamWeek struct {
	Week         calendar.Day `json:"week" doc:"its Monday"`
	Station      string       `json:"station" doc:"id of the station"`
	StationTitle string       `json:"station-title" doc:"the city"`
	Team         string       `json:"team" doc:"as printed"`
	Meetings     int          `json:"meetings" doc:"that it serves in the week"`
	Most         int          `json:"most" doc:"that it may serve, -1 where the host provides it"`
	Sessions     []string     `json:"sessions" doc:"titles of the sessions served"`
}

// Tier is the cost of one priority.
type Tier struct {
	Tier   int    `json:"tier" doc:"number, from 1"`
	Title  string `json:"title" doc:"as printed"`
	Cost   int64  `json:"cost" doc:"measured from the plan: weight × excess"`
	Bound  *int64 `json:"bound,omitempty" doc:"the plan file's proven lower bound, where it has one for this cost"`
	Proven bool   `json:"proven" doc:"no plan costs less here without costing more in a better priority"`
}

// Cost is one finding that costs something.
type Cost struct {
	Tier      int    `json:"tier" doc:"number of the priority"`
	Cost      int64  `json:"cost" doc:"weight × excess"`
	Text      string `json:"text" doc:"why, as an English sentence"`
	Paragraph string `json:"paragraph,omitempty" doc:"of the rule"`
}
