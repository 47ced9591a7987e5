package ietf

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/source"
)

// reading is one run of Read.
type reading struct {
	problems diag.List
	out      *Meeting
	rooms    map[string]int  // all with a capacity
	known    map[string]bool // all rooms
	ids      map[int]bool
	asks     map[string]*Asks
}

// Read reads a file. Each mistake is a problem with its line; the meeting is nil
// when there is one.
func Read(file string, src []byte) (*Meeting, diag.List) {
	node, problems := source.Parse(file, src)
	if len(problems) > 0 || node == nil {
		return nil, problems
	}
	r := &reading{
		out: &Meeting{File: file}, rooms: map[string]int{}, known: map[string]bool{}, ids: map[int]bool{}, asks: map[string]*Asks{},
	}
	r.title(node)
	r.each(node, "rooms", MostRooms, r.room)
	r.each(node, "timeslots", MostTimeslots, r.timeslot)
	r.each(node, "sessions", MostSessions, r.session)
	if len(r.problems) == 0 && (len(r.out.Times) == 0 || len(r.out.Sessions) == 0) {
		r.add(node, "there is no session to hold, or no regular timeslot in a room with a capacity", "give the session requests of a whole meeting")
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	slices.SortStableFunc(r.out.Sessions, func(a, b Session) int { return a.ID - b.ID })
	r.out.trim()
	return r.out, nil
}

func (r *reading) add(at *source.Node, message, mend string) {
	r.problems.Add(at.At(), message, mend)
}

// isNull tells whether a value is missing, or written as null.
func isNull(n *source.Node) bool { return n == nil || n.Kind == source.Null }

var isoDay = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

func (r *reading) title(node *source.Node) {
	r.out.Title = r.text(node, "meeting")
	day, err := calendar.ParseDay(isoDay.FindString(r.out.Title))
	if err != nil && r.out.Title != "" {
		r.add(node.Get("meeting"), "the date of day 0 is missing", "write it with the meeting: IETF 106, Singapore, 2019-11-16, day 0 = Saturday")
	}
	r.out.Day0 = day
}

// each reads the items of a list.
func (r *reading) each(node *source.Node, key string, most int, read func(*source.Node)) {
	list := node.Get(key)
	if list == nil || list.Kind != source.Sequence {
		r.add(node, fmt.Sprintf("the list %q is missing", key), "the file has four parts: meeting, rooms, sessions and timeslots")
		return
	}
	if len(list.Items) > most {
		r.add(list, fmt.Sprintf("%d %s; %d is the most", len(list.Items), key, most), "give the file of one meeting")
		return
	}
	for _, item := range list.Items {
		if r.problems.Full() {
			return
		}
		if item.Kind != source.Mapping {
			r.add(item, "a group of keys is expected", "an item of "+key+" stands between braces")
			continue
		}
		read(item)
	}
}

// text reads a text that has to be there.
func (r *reading) text(node *source.Node, key string) string {
	value := node.Get(key)
	if isNull(value) || value.Kind != source.Scalar {
		r.add(node, fmt.Sprintf("%q is missing, or no text", key), "add it")
		return ""
	}
	return value.Value
}

// number reads a whole number, 0 for null.
func (r *reading) number(node *source.Node, key string) int {
	value := node.Get(key)
	if isNull(value) {
		return 0
	}
	n, err := strconv.Atoi(value.Value)
	if value.Kind != source.Scalar || err != nil || n < 0 || n > mostNumber {
		r.add(value, fmt.Sprintf("%q is no whole number from 0 to %d", key, mostNumber), "correct the number")
		return 0
	}
	return n
}

// texts reads a list of texts, which may be missing.
func (r *reading) texts(node *source.Node, key string) []string {
	list := node.Get(key)
	if isNull(list) {
		return nil
	}
	var out []string
	if list.Kind != source.Sequence {
		r.add(list, fmt.Sprintf("%q is no list", key), "write it between brackets")
		return nil
	}
	for _, item := range list.Items {
		if item.Kind != source.Scalar {
			r.add(item, "a text is expected here", "correct the item")
			continue
		}
		out = append(out, item.Value)
	}
	return out
}

func (r *reading) room(node *source.Node) {
	name := r.text(node, "name")
	if name == "" {
		return
	}
	if r.known[name] {
		r.add(node, fmt.Sprintf("the room %q stands here for the second time", diag.Shorten(name)), "give one of the two another name")
		return
	}
	r.known[name] = true
	if seats := r.number(node, "capacity"); seats > 0 {
		r.rooms[name] = len(r.out.Rooms)
		r.out.Rooms = append(r.out.Rooms, Room{name, seats})
	}
}

func (r *reading) timeslot(node *source.Node) {
	if r.text(node, "type") != "regular" || isNull(node.Get("room")) {
		return
	}
	room := r.text(node, "room")
	day, minutes := r.number(node, "day"), r.number(node, "minutes")
	start, err := calendar.ParseClock(r.text(node, "start"))
	switch {
	case err != nil:
		r.add(node, "the timeslot has no start", "write it as  start: 10:00")
		return
	case !r.known[room]:
		r.add(node, fmt.Sprintf("there is no room %q", diag.Shorten(room)), "name one of rooms")
		return
	case day > 366:
		r.add(node, fmt.Sprintf("day %d is far from day 0", day), "correct the day")
		return
	}
	at, used := r.rooms[room]
	t := Time{Day: r.out.Day0 + calendar.Day(day), Name: text(node.Get("name")), Start: start, Minutes: minutes}
	if !used || t.Day.Weekday() == time.Sunday || minutes == 0 {
		return
	}
	if t.end() > 24*60 {
		r.add(node, "the timeslot runs past midnight", "correct its length")
		return
	}
	same := slices.IndexFunc(r.out.Times, func(o Time) bool { return o.Day == t.Day && o.Start == t.Start && o.Minutes == t.Minutes })
	if same < 0 {
		for _, o := range r.out.Times {
			if o.overlaps(t) {
				r.add(node, fmt.Sprintf("the timeslot overlaps in part with the one at %s of %d minutes", o.Start, o.Minutes), "in Plenary the rooms have their timeslots at the same times")
				return
			}
		}
		t.Rooms = map[int]bool{}
		r.out.Times = append(r.out.Times, t)
		slices.SortStableFunc(r.out.Times, func(a, b Time) int {
			if a.Day != b.Day {
				return int(a.Day - b.Day)
			}
			return int(a.Start - b.Start)
		})
		same = slices.IndexFunc(r.out.Times, func(o Time) bool { return o.Day == t.Day && o.Start == t.Start })
	}
	if r.out.Times[same].Rooms[at] {
		r.add(node, "the room has this timeslot already", "take one of the two out")
	}
	r.out.Times[same].Rooms[at] = true
}

// text gives a value that may be missing.
func text(n *source.Node) string {
	if isNull(n) {
		return ""
	}
	return n.Value
}

func (r *reading) session(node *source.Node) {
	s := Session{Group: r.text(node, "group"), ID: r.number(node, "id"), Minutes: r.number(node, "minutes"), Attendees: r.number(node, "attendees")}
	if isNull(node.Get("id")) || r.ids[s.ID] {
		r.add(node, "the session has no number, or one that another has", "give each session an id of its own")
	}
	r.ids[s.ID] = true
	s.Joint = r.texts(node, "joint_with")
	if r.asks[s.Group] == nil {
		r.asks[s.Group] = &Asks{Conflicts: map[Conflict][]string{}}
	}
	s.Asks = r.asks[s.Group]
	if list := node.Get("constraints"); !isNull(list) && list.Kind != source.Sequence {
		r.add(list, "the constraints are no list", "write them between brackets")
	} else if !isNull(list) {
		for _, item := range list.Items {
			r.constraint(item, s.Asks)
		}
	}
	if s.Minutes > 0 {
		r.out.Sessions = append(r.out.Sessions, s)
	}
}

// constraint adds one constraint to what its group asks.
func (r *reading) constraint(node *source.Node, to *Asks) {
	if node.Kind != source.Mapping {
		r.add(node, "a group of keys is expected", "a constraint stands between braces")
		return
	}
	switch kind := r.text(node, "kind"); kind {
	case string(Chair), string(Key), string(Technology):
		if target := r.text(node, "target"); !slices.Contains(to.Conflicts[Conflict(kind)], target) {
			to.Conflicts[Conflict(kind)] = append(to.Conflicts[Conflict(kind)], target)
		}
	case "bethere":
		if isNull(node.Get("person_id")) {
			r.add(node, "the person is missing", "add  person_id")
		} else if person := r.number(node, "person_id"); !slices.Contains(to.People, person) {
			to.People = append(to.People, person)
		}
	case "timerange":
		for _, name := range r.texts(node, "unavailable") {
			part, ok := parseRange(name)
			if !ok {
				r.add(node, fmt.Sprintf("%q is no part of the week", diag.Shorten(name)), "for example  monday-morning, monday-afternoon-early, monday-afternoon-late")
			} else if !slices.Contains(to.Unavailable, part) {
				to.Unavailable = append(to.Unavailable, part)
			}
		}
	case "time_relation":
		to.TimeRelation = r.text(node, "time_relation")
		if to.TimeRelation != SubsequentDays && to.TimeRelation != OneDayApart {
			r.add(node, fmt.Sprintf("there is no relation %q", diag.Shorten(to.TimeRelation)), "it is "+SubsequentDays+" or "+OneDayApart)
		}
	case "wg_adjacent":
		to.Adjacent = r.text(node, "target")
	case "":
	default:
		r.add(node, fmt.Sprintf("there is no kind of constraint %q", diag.Shorten(kind)), "the kinds are chair_conflict, key_participant, tech_overlap, bethere, timerange, time_relation and wg_adjacent")
	}
}

// parseRange reads monday-afternoon-early.
func parseRange(name string) (Range, bool) {
	day, part, _ := strings.Cut(name, "-")
	for weekday := time.Sunday; weekday <= time.Saturday; weekday++ {
		if strings.EqualFold(weekday.String(), day) {
			return Range{weekday, part}, part == "morning" || part == "afternoon-early" || part == "afternoon-late"
		}
	}
	return Range{}, false
}

// trim shortens sessions for which there is no timeslot long enough left, and
// then makes those smaller for which there is no room large enough: the longest
// and the largest choose first, each the tightest that fits. As the builder does
// before it begins.
func (m *Meeting) trim() {
	var lengths, seats []int
	for _, t := range m.Times {
		for room := range t.Rooms {
			lengths = append(lengths, t.Minutes)
			seats = append(seats, m.Rooms[room].Seats)
		}
	}
	m.fit(lengths, func(s *Session) *int { return &s.Minutes })
	m.fit(seats, func(s *Session) *int { return &s.Attendees })
}

func (m *Meeting) fit(there []int, of func(*Session) *int) {
	slices.Sort(there)
	largest := there[len(there)-1]
	for len(there) < len(m.Sessions) { // those that will be left out, if any
		there = append(there, largest)
	}
	order := make([]*Session, len(m.Sessions))
	for i := range m.Sessions {
		order[i] = &m.Sessions[i]
	}
	slices.SortStableFunc(order, func(a, b *Session) int { return *of(b) - *of(a) })
	for _, s := range order {
		at, _ := slices.BinarySearch(there, *of(s))
		if at == len(there) {
			at--
			*of(s), s.Trimmed = there[at], true
		}
		there = slices.Delete(there, at, at+1)
	}
}
