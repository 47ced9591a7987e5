package plan

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

// Version is the number of the plan file's form.
const Version = 1

// Plan is a full answer to a scenario.
type Plan struct {
	source.Origin `json:"-"`
	Version       int        `json:"plenary-plan" key:"plenary-plan,required" doc:"version of the plan file" eg:"1"`
	Program       string     `json:"program,omitempty" key:"program" doc:"what wrote it" eg:"plenary 0.1.0"`
	Scenario      Source     `json:"scenario" key:"scenario" doc:"the scenario it answers" eg:"{title: Global Compact}"`
	Seed          int        `json:"seed" key:"seed" doc:"the seed it was found with" eg:"1" most:"9007199254740991"`
	Status        Status     `json:"status,omitempty" key:"status" doc:"optimal or feasible" eg:"optimal"`
	Tiers         []Tier     `json:"tiers" key:"tiers" doc:"cost and proven bound by tier, best tier first" eg:"[{tier: 1, cost: 0, bound: 0}]"`
	Sessions      []Session  `json:"sessions" key:"sessions" doc:"the sessions that are held" eg:"[{id: opening, station: geneva, days: [2017-05-08]}]"`
	Documents     []Document `json:"documents,omitempty" key:"documents" doc:"the days on which documents are issued" eg:"[{id: zero-draft, issued: 2018-02-05}]"`
	Prices        []Price    `json:"prices,omitempty" key:"prices" doc:"what one more room or interpretation team would save, the scarcest first" eg:"[{station: geneva, from: 2017-05-08, to: 2017-05-14, tier: 3, saves: 2}]"`
}

// Status says what is known of a plan.
type Status string

// What can be known of a plan: optimal in every tier and proven so, or
// feasible with bounds.
const (
	Optimal  Status = "optimal"
	Feasible Status = "feasible"
)

// Source names the scenario that a plan answers.
type Source struct {
	source.Origin `json:"-"`
	Title         string `json:"title" key:"title" doc:"the scenario's title" eg:"Global Compact"`
	File          string `json:"file,omitempty" key:"file" doc:"the scenario's file name" eg:"gcm-2018.yaml"`
	SHA256        string `json:"sha256,omitempty" key:"sha256" doc:"fingerprint of the scenario's content" eg:"9f86d0..."`
}

// Tier is the cost of a plan in one tier and what is proven of it: no plan
// that is as good in the tiers before costs less than Bound.
type Tier struct {
	source.Origin `json:"-"`
	Tier          int    `json:"tier" key:"tier" doc:"the tier's number, from 1" eg:"1"`
	Title         string `json:"title" key:"title" doc:"the tier's name" eg:"clashes avoided"`
	Cost          int64  `json:"cost" key:"cost" doc:"sum of weight × excess" eg:"0"`
	Bound         int64  `json:"bound" key:"bound" doc:"the proven lower bound" eg:"0"`
	Proven        bool   `json:"proven" key:"proven" doc:"the cost is proven optimal" eg:"yes"`
}

// Price is what one more room of a kind, or one more interpretation team, at a
// station would save in the days from From to To: whole weeks, Monday to
// Sunday. Tiers before Tier cost the same with it.
type Price struct {
	source.Origin `json:"-"`
	Station       string       `json:"station" key:"station,required" doc:"where" eg:"geneva"`
	Room          string       `json:"room,omitempty" key:"room" doc:"the room that there would be one more of; an interpretation team where nothing is said" eg:"XX"`
	From          calendar.Day `json:"from" key:"from,required" doc:"the Monday on which it comes" eg:"2017-05-08"`
	To            calendar.Day `json:"to" key:"to,required" doc:"the Sunday on which it goes" eg:"2017-05-14"`
	Tier          int          `json:"tier" key:"tier,required" doc:"the first tier that costs less" eg:"3"`
	Saves         int64        `json:"saves" key:"saves,required" doc:"how much less that tier costs" eg:"2"`
	Estimate      bool         `json:"estimate,omitempty" key:"estimate" doc:"it is about so much: nothing was planned again with it" eg:"yes"`
}

// Session is a session that is held.
type Session struct {
	source.Origin `json:"-"`
	ID            string         `json:"id" key:"@key"`
	Station       string         `json:"station" key:"station,required" doc:"where it meets" eg:"geneva"`
	Days          []calendar.Day `json:"days" key:"days,required" doc:"the days on which it meets, in order" eg:"[2017-05-08, 2017-05-09]"`
	Meetings      []Meeting      `json:"meetings,omitempty" key:"meetings" doc:"its meetings in order; where none is said, it meets in all its slots without room or interpreters" eg:"[{day: 2017-05-08, slot: morning}]"`
}

// Meeting is one meeting of a session.
type Meeting struct {
	source.Origin  `json:"-"`
	Day            calendar.Day        `json:"day" key:"day,required" doc:"the day" eg:"2017-05-08"`
	Slot           string              `json:"slot" key:"slot,required" doc:"the slot of the day" eg:"morning"`
	Kind           string              `json:"kind" key:"kind" doc:"the kind of its programme" eg:"panel"`
	Number         int                 `json:"number" key:"number" doc:"the how manieth of its kind, from 1" eg:"1"`
	Room           string              `json:"room,omitempty" key:"room" doc:"the room by name" eg:"XX"`
	Interpretation string              `json:"interpretation,omitempty" key:"interpretation" doc:"the interpretation team by name" eg:"team 1"`
	Seats          map[string][]string `json:"seats,omitempty" key:"seats" doc:"the members in each seat, by id" eg:"{moderator: [MEX]}"`
}

// Document is the day on which a document is issued.
type Document struct {
	source.Origin `json:"-"`
	ID            string       `json:"id" key:"@key"`
	Issued        calendar.Day `json:"issued" key:"issued,required" doc:"the day of issue" eg:"2018-02-05"`
}

// Session gives the session with the id, nil when it is not held.
func (p *Plan) Session(id string) *Session {
	for i := range p.Sessions {
		if p.Sessions[i].ID == id {
			return &p.Sessions[i]
		}
	}
	return nil
}

// Document gives the document with the id, nil when the plan has no day for it.
func (p *Plan) Document(id string) *Document {
	for i := range p.Documents {
		if p.Documents[i].ID == id {
			return &p.Documents[i]
		}
	}
	return nil
}

// First gives the first day of the session.
func (s *Session) First() calendar.Day { return slices.Min(s.Days) }

// Last gives the last day of the session.
func (s *Session) Last() calendar.Day { return slices.Max(s.Days) }

// Meeting gives the meeting of a kind by its number, nil when the session has
// none, or is not held.
func (s *Session) Meeting(kind string, number int) *Meeting {
	if s == nil {
		return nil
	}
	for i := range s.Meetings {
		if s.Meetings[i].Kind == kind && s.Meetings[i].Number == number {
			return &s.Meetings[i]
		}
	}
	return nil
}

// HostTeam and HostRoom name what the host provides at a station whose teams
// or rooms the scenario does not list.
const (
	HostTeam = "provided by the host"
	HostRoom = "provided by the host"
)

// TeamName gives the name of the station's n-th interpretation team, from 1.
func TeamName(n int) string { return fmt.Sprintf("team %d", n) }

// Encode gives the plan as a file: indented JSON with a line end.
func (p *Plan) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(p); err != nil {
		return nil, fmt.Errorf("write the plan: %w", err)
	}
	return b.Bytes(), nil
}

// SourceOf names a scenario in a plan.
func SourceOf(s *scenario.Scenario, file string) Source {
	return Source{Title: s.Title, File: file, SHA256: hex.EncodeToString(s.Hash[:])}
}

// Read reads a plan and checks that it speaks of the scenario's things:
// sessions, stations, slots. Whether it obeys the scenario's rules is for
// package judge. A session listed without meetings gets them: one in each of
// its slots on each of its days.
func Read(file string, src []byte, s *scenario.Scenario) (*Plan, diag.List) {
	p, problems, gone := read(file, src, s)
	if problems = append(problems, gone...); len(problems) > 0 {
		return nil, problems
	}
	return p, nil
}

// read gives a plan, what is wrong with it, and what it speaks of that the
// scenario does not have. The plan is nil when nothing could be read.
func read(file string, src []byte, s *scenario.Scenario) (p *Plan, problems, gone diag.List) {
	node, problems := source.Parse(file, src)
	if node == nil {
		return nil, problems, nil
	}
	p = &Plan{}
	if node.Get("plenary-plan") == nil && node.Get("sessions") == nil {
		problems.Add(node.Place, "this is no plan: neither plenary-plan nor sessions stand in it", "give the file that `plenary plan` wrote")
		return nil, problems, nil
	}
	source.Decode(node, p, &problems)
	if p.Version != Version && p.Has("plenary-plan") && !problems.At(p.At("plenary-plan")) {
		problems.Add(p.At("plenary-plan"), fmt.Sprintf("version %d of the plan file is not known to this program", p.Version), fmt.Sprintf("write  plenary-plan: %d", Version))
	}
	for i := range p.Tiers {
		t := &p.Tiers[i]
		if problems.At(t.At("cost")) || problems.At(t.At("bound")) {
			continue
		}
		if t.Bound > t.Cost {
			problems.Add(t.At("bound"), fmt.Sprintf("the bound %d is above the cost %d", t.Bound, t.Cost), "nothing costs less than its bound: give the file as it was written")
		} else if t.Proven && t.Bound < t.Cost {
			problems.Add(t.At("proven"), fmt.Sprintf("the cost %d is said to be proven, but the bound is %d", t.Cost, t.Bound), "a cost is proven when it is its bound: give the file as it was written")
		}
	}
	seen := map[string]bool{}
	for i := range p.Sessions {
		x := &p.Sessions[i]
		if seen[x.ID] {
			problems.Add(x.At("id"), fmt.Sprintf("the session %q stands here for the second time", diag.Shorten(x.ID)), "a session meets once")
		}
		seen[x.ID] = true
		p.readSession(x, s, &problems, &gone)
	}
	seen = map[string]bool{}
	for _, d := range p.Documents {
		if seen[d.ID] {
			problems.Add(d.At("id"), fmt.Sprintf("the document %q stands here for the second time", diag.Shorten(d.ID)), "a document is issued once")
		}
		seen[d.ID] = true
		if s.Document(d.ID) < 0 {
			gone.Add(d.At("id"), fmt.Sprintf("no document is called %q", diag.Shorten(d.ID)), suggest(&gone, d.ID, s.DocumentIDs))
		}
	}
	return p, problems, gone
}

// MostMeetings bounds the meetings, and the days, of one session in a plan: no
// scenario asks for so many.
const MostMeetings = 12 * 366

// suggest gives the mend for an unknown id, while hints are of use.
func suggest(problems *diag.List, id string, ids func() []string) string {
	const mend = "a plan speaks of what its scenario has: correct the id, or take the item out"
	if problems.Full() {
		return mend
	}
	return diag.Suggest(id, ids(), mend)
}

func (p *Plan) readSession(x *Session, s *scenario.Scenario, problems, gone *diag.List) {
	if len(x.Days) == 0 {
		problems.Add(x.At("days"), "a session that is held has at least one day", "take the session out of the plan, or give it days")
		return
	}
	slices.Sort(x.Days)
	for i, d := range x.Days {
		if i > 0 && d == x.Days[i-1] {
			problems.Add(x.At("days"), fmt.Sprintf("the day %s stands here twice", d), "take one of the two out")
		}
	}
	index := s.Session(x.ID)
	if index < 0 {
		gone.Add(x.At("id"), fmt.Sprintf("no session is called %q", diag.Shorten(x.ID)), suggest(gone, x.ID, s.SessionIDs))
		return
	}
	if s.Station(x.Station) < 0 {
		gone.Add(x.At("station"), fmt.Sprintf("no station is called %q", diag.Shorten(x.Station)), suggest(gone, x.Station, s.StationIDs))
	}
	session := &s.Sessions[index]
	if len(x.Meetings) > MostMeetings || len(x.Days) > MostMeetings {
		problems.Add(x.At(), fmt.Sprintf("the session has %d days and %d meetings; %d is the most of each", len(x.Days), len(x.Meetings), MostMeetings), "give the file that `plenary plan` wrote")
		return
	}
	if len(x.Meetings) == 0 {
		x.Meetings = defaultMeetings(x, session, s)
	}
	slots := map[string]int{}
	var names []string
	for i := range s.Slots {
		slots[s.Slots[i].ID] = i
		names = append(names, s.Slots[i].ID)
	}
	for i := range x.Meetings {
		m := &x.Meetings[i]
		if _, ok := slots[m.Slot]; !ok {
			gone.Add(m.At("slot"), fmt.Sprintf("no slot is called %q", diag.Shorten(m.Slot)), diag.Suggest(m.Slot, names, "name a slot of the scenario"))
		}
		if !slices.Contains(x.Days, m.Day) {
			problems.Add(m.At("day"), fmt.Sprintf("the meeting is on %s, which is no day of the session", m.Day), "add the day to days:, or correct it")
		}
		if m.Kind == "" {
			m.Kind = session.Programmed[0].Kind
		}
		if m.Number == 0 {
			m.Number = 1
			for _, other := range x.Meetings[:i] {
				if other.Kind == m.Kind {
					m.Number++
				}
			}
		}
	}
	slices.SortStableFunc(x.Meetings, func(a, b Meeting) int {
		if a.Day != b.Day {
			return int(a.Day - b.Day)
		}
		return slots[a.Slot] - slots[b.Slot]
	})
	for i := 1; i < len(x.Meetings); i++ {
		if a, b := x.Meetings[i-1], x.Meetings[i]; a.Day == b.Day && a.Slot == b.Slot {
			problems.Add(b.At(), fmt.Sprintf("two meetings of the session are on %s in the %s", b.Day, b.Slot), "a session has one meeting at a time")
		}
	}
}

// defaultMeetings gives the meetings of a session in a plan that lists none.
// A short session gets the first slots of its day in which it can be.
func defaultMeetings(x *Session, session *scenario.Session, s *scenario.Scenario) []Meeting {
	if station := s.Station(x.Station); session.Short && station >= 0 {
		for _, start := range session.StartIndex {
			var out []Meeting
			for i, slot := range s.Run(session, station, x.Days[0], start) {
				out = append(out, Meeting{Day: x.Days[0], Slot: s.Slots[slot].ID, Kind: session.Programmed[0].Kind, Number: i + 1})
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	var kinds []string
	for _, k := range session.Programmed {
		for range min(k.Range().Max, scenario.MostMeetings) {
			kinds = append(kinds, k.Kind)
		}
	}
	var out []Meeting
	count := map[string]int{}
	for _, d := range x.Days {
		for _, slot := range session.SlotIndex {
			if !s.Slots[slot].Exists(d) {
				continue
			}
			if len(out) >= len(kinds) {
				return out
			}
			kind := kinds[len(out)]
			count[kind]++
			out = append(out, Meeting{Day: d, Slot: s.Slots[slot].ID, Kind: kind, Number: count[kind]})
		}
	}
	return out
}
