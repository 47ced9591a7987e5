package ics

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	ical "github.com/arran4/golang-ical"

	"plenary/export/language"
	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// Changed is a plan as somebody changed it by hand in a calendar of ours.
type Changed struct {
	Plan  *plan.Plan // without costs and proof: those were the old plan's
	Notes []string   // what was left as it was, and why, in sentences
}

// Changes finds out what was changed by hand in a calendar that was written
// from the plan: sessions and meetings that moved in time, to another room or
// station, or were cancelled, and documents with another day of issue. Events
// are known by their UID, also where Outlook wrapped it into its own, and by
// their title where a program gave them a new one. What is not in the calendar
// stays as it was planned, for the calendar may be that of one station or one
// month, unless withdraw says that it was taken out.
//
// Where the entry of a whole session moved, its meetings move with it; where
// its meetings moved, they count. The problems are what no plan can hold, with
// the line of the calendar; Changed is nil then.
func Changes(file string, s *scenario.Scenario, p *plan.Plan, c *Calendar, withdraw bool) (*Changed, diag.List) {
	before, err := events(s, p, Options{Now: time.Unix(0, 0).UTC()})
	if err != nil {
		return nil, diag.List{{Place: diag.Place{File: file}, Message: err.Error(), Mend: "give the plan that the calendar was written from"}}
	}
	x := &comparing{file: file, src: c.src, scenario: s, written: before, found: map[string]Entry{}, events: map[string]*ical.VEvent{}, bySession: map[string][]string{}}
	for _, code := range append([]string{"en"}, scenario.Languages...) {
		if l, ok := language.Named(code); ok {
			x.languages = append(x.languages, &words{l, s})
		}
	}
	for _, e := range before.events {
		x.events[e.Id()] = e
		if id := before.stands[e.Id()].session; id != "" {
			x.bySession[id] = append(x.bySession[id], e.Id())
		}
	}
	x.match(c.Entries)
	if len(x.found) == 0 {
		x.problems.Add(diag.Place{File: file}, "no event of this plan stands in it", "give the plan that the calendar was written from, and the calendar as it was exported")
		return nil, x.problems
	}
	out := &plan.Plan{Version: p.Version, Program: p.Program, Scenario: p.Scenario, Seed: p.Seed}
	missing := 0
	for i := range p.Sessions {
		moved, absent := x.session(&p.Sessions[i], withdraw)
		if moved != nil {
			out.Sessions = append(out.Sessions, *moved)
		}
		missing += absent
	}
	for _, d := range p.Documents {
		out.Documents = append(out.Documents, x.document(d))
	}
	if missing > 0 {
		x.note("%s of the plan %s not in the calendar and %s as planned", counted(missing, "event"), verb(missing, "is", "are"), verb(missing, "stays", "stay"))
	}
	if len(x.problems) > 0 {
		return nil, x.problems
	}
	return &Changed{Plan: out, Notes: x.notes}, nil
}

// comparing is one run of Changes.
type comparing struct {
	file      string
	src       []byte // of the file
	scenario  *scenario.Scenario
	languages []*words                // in which the calendar may be written, English first
	written   *writing                // the plan as it was published
	events    map[string]*ical.VEvent // of it, by UID
	bySession map[string][]string     // UIDs in order
	found     map[string]Entry        // what stands for an event now, by our UID
	notes     []string
	problems  diag.List
}

func (x *comparing) note(format string, args ...any) {
	x.notes = append(x.notes, fmt.Sprintf(format, args...))
}

func (x *comparing) problem(at spot, message, mend string) {
	x.problems.Add(at.placed(x.file, x.src), message, mend)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// match finds the events of the plan among those of the calendar.
func (x *comparing) match(entries []Entry) {
	titles := map[string]string{} // of events that alone have their title
	for _, e := range x.written.events {
		title := strings.ToLower(strings.Join(strings.Fields(text(e, ical.ComponentPropertySummary)), " "))
		if _, twice := titles[title]; twice {
			titles[title] = ""
		} else {
			titles[title] = e.Id()
		}
	}
	var strangers []Entry
	for _, e := range entries {
		uid := x.ours(e.UID)
		if uid == "" {
			strangers = append(strangers, e)
			continue
		}
		x.take(uid, e)
	}
	var others []string
	for _, e := range strangers {
		title, _ := withoutCancelled(e.Title)
		uid := titles[strings.ToLower(strings.Join(strings.Fields(title), " "))]
		if _, known := x.found[uid]; uid == "" || known {
			others = append(others, "“"+headline(e.Title)+"”")
			continue
		}
		x.take(uid, e)
	}
	if n := len(others); n > 0 {
		if n > 3 {
			others = append(others[:3], "…")
		}
		x.note("%s that this plan did not publish %s passed over: %s", counted(n, "event"), verb(n, "is", "are"), strings.Join(others, ", "))
	}
}

// take notes the event that stands for the UID.
func (x *comparing) take(uid string, e Entry) {
	if other, twice := x.found[uid]; twice && (!other.From.Equal(e.From) || other.Place != e.Place) {
		x.problem(e.spots.begin, fmt.Sprintf("“%s” stands here a second time, with another time or place; the first is on line %d", headline(e.Title), other.spots.begin.line), "take one of the two out")
		return
	}
	if e.Repeats {
		x.problem(e.spots.repetition, fmt.Sprintf("“%s” was made to repeat; it takes place once", headline(e.Title)), "take the repetition out")
	}
	x.found[uid] = e
}

// ours gives the UID that we gave the event, "" when it is not ours. The part
// behind the @ may be that of an earlier title of the process.
func (x *comparing) ours(uid string) string {
	uid = unwrapped(uid)
	name, process, _ := strings.Cut(uid, "@")
	if !strings.HasSuffix(process, ".plenary") {
		return ""
	}
	uid = name + "@" + x.written.ids.process
	if _, ok := x.written.stands[uid]; !ok {
		return ""
	}
	return uid
}

// globalObjectID is how the UIDs of Outlook begin; those of events that came
// from elsewhere hold the other program's UID behind the word vCal-Uid
// ([MS-OXCICAL] 2.1.3.1.1.20.26).
const globalObjectID = "040000008200E00074C5B7101A82E008"

func unwrapped(uid string) string {
	if !strings.HasPrefix(strings.ToUpper(uid), globalObjectID) {
		return uid
	}
	raw, err := hex.DecodeString(uid)
	if err != nil {
		return uid
	}
	_, inner, ok := strings.Cut(string(raw), "vCal-Uid")
	if !ok || len(inner) < 4 {
		return uid
	}
	inner, _, _ = strings.Cut(inner[4:], "\x00") // behind a version of four bytes
	return inner
}

// cancelledWords are what stands in front of a title that does not take place.
var cancelledWords = sync.OnceValue(func() []string {
	out := []string{"Canceled: "}
	for _, code := range scenario.Languages {
		if l, ok := language.Named(code); ok {
			out = append(out, l.Text("Cancelled: %s", ""))
		}
	}
	return out
})

// withoutCancelled gives a title without the word that Outlook, Exchange and we
// put in front of what does not take place.
func withoutCancelled(title string) (string, bool) {
	for _, word := range cancelledWords() {
		if len(title) >= len(word) && strings.EqualFold(title[:len(word)], word) {
			return title[len(word):], true
		}
	}
	return title, false
}

// cancelled tells whether the event does not take place.
func (e Entry) cancelled() bool {
	_, said := withoutCancelled(e.Title)
	return e.Cancelled || said
}

// text gives the text of a property of an event.
func text(e *ical.VEvent, property ical.ComponentProperty) string {
	if p := e.GetProperty(property); p != nil {
		return p.Value
	}
	return ""
}

// place finds out where an event is now: the station and room of the scenario
// that its place names. Moved tells whether it is another than before.
func (x *comparing) place(uid string, e Entry, station, room string) (newStation, newRoom string, moved bool) {
	plain := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	was := text(x.events[uid], ical.ComponentPropertyLocation)
	now := plain(e.Place)
	if now == plain(was) || now == "" || slices.ContainsFunc(x.languages, func(w *words) bool {
		return now == plain(w.placeWords(&x.scenario.Stations[x.scenario.Station(station)], room))
	}) {
		return station, room, false
	}
	// The station where it was comes first: rooms of two stations may be called
	// alike.
	order := append([]scenario.Station{x.scenario.Stations[x.scenario.Station(station)]}, x.scenario.Stations...)
	for i := range order {
		st := &order[i]
		for _, r := range append([]string{""}, roomNames(st)...) {
			names := []string{r}
			if r == "" {
				names = []string{st.ID}
			}
			for _, w := range x.languages {
				names = append(names, w.placeWords(st, r))
				if r != "" {
					names = append(names, w.roomWords(r))
				} else {
					names = append(names, w.in(st.Name()))
				}
			}
			if slices.ContainsFunc(names, func(n string) bool { return plain(n) == now }) {
				if r == "" && st.ID == station {
					r = room
				}
				return st.ID, r, st.ID != station || r != room
			}
		}
	}
	x.note("“%s” is now at “%s”, which is no room or station of the scenario; its place stays as planned", headline(e.Title), headline(e.Place))
	return station, room, false
}

func roomNames(st *scenario.Station) (out []string) {
	for i := range st.Rooms {
		out = append(out, st.Rooms[i].Names()...)
	}
	return out
}

// wholeDays gives the days of an all-day event; programs also write one as from
// midnight to midnight in a zone.
func (e Entry) wholeDays(zone *time.Location) ([]calendar.Day, bool) {
	from, to := e.From, e.To
	if !e.WholeDays && !e.Floating {
		from, to = onTheWall(from, zone), onTheWall(to, zone)
	}
	if from != from.Truncate(24*time.Hour) || to != to.Truncate(24*time.Hour) || !from.Before(to) {
		return nil, false
	}
	return daysOf(calendar.Range{First: calendar.DayOf(from), Last: calendar.DayOf(to) - 1}), true
}

// daysOf gives the days of a range.
func daysOf(r calendar.Range) (out []calendar.Day) {
	for d := r.First; d <= r.Last; d++ {
		out = append(out, d)
	}
	return out
}

// onTheWall gives what clocks of the zone show at the moment, held in UTC.
func onTheWall(t time.Time, zone *time.Location) time.Time {
	_, offset := t.In(zone).Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// session gives the session as it is in the calendar, nil when it was
// cancelled, and how many of its events are not there.
func (x *comparing) session(was *plan.Session, withdraw bool) (*plan.Session, int) {
	s := x.scenario
	if uid := x.bySession[was.ID]; len(uid) == 1 && x.written.stands[uid[0]].short {
		return x.short(uid[0], was, withdraw)
	}
	now := *was
	now.Days, now.Meetings = slices.Clone(was.Days), nil
	name := s.Sessions[s.Session(was.ID)].Name()
	absent := 0

	// The entries of the whole session.
	var blockDays []calendar.Day
	station, stationMoved := was.Station, false
	blocks, gone := 0, 0
	for _, uid := range x.bySession[was.ID] {
		about := x.written.stands[uid]
		if about.meeting >= 0 {
			continue
		}
		blocks++
		e, there := x.found[uid]
		switch {
		case !there && !withdraw:
			absent++
			blockDays = append(blockDays, about.days...)
		case !there, e.cancelled():
			gone++
		default:
			if st, _, moved := x.place(uid, e, was.Station, ""); moved {
				station, stationMoved = st, true
			}
			days, ok := e.wholeDays(s.Stations[s.Station(was.Station)].Location)
			if !ok {
				x.problem(e.spots.start, fmt.Sprintf("“%s” stands for whole days and has hours now", headline(e.Title)), "make it an all-day event again, and move its meetings")
				days = about.days
			}
			blockDays = append(blockDays, days...)
		}
	}
	slices.Sort(blockDays)
	blockDays = slices.Compact(blockDays)

	// Its meetings.
	byDay := map[calendar.Day][]calendar.Day{} // new days of the meetings that were on a day
	timesMoved, cancelled := false, 0
	for j := range was.Meetings {
		m := was.Meetings[j]
		uid := x.uidOf(was.ID, j)
		e, there := x.found[uid]
		switch {
		case !there && !withdraw:
			absent++
		case !there, e.cancelled():
			cancelled++
			continue
		default:
			st, room, moved := x.place(uid, e, was.Station, m.Room)
			if moved && st != was.Station {
				if stationMoved && st != station {
					x.problem(e.spots.place, fmt.Sprintf("“%s” is at another station than the rest of %q", headline(e.Title), name), "move all meetings of a session to one station")
				}
				station, stationMoved = st, true
			}
			m.Room = room
			if day, slot, ok := x.slot(e, st); ok {
				if day != m.Day || slot != m.Slot {
					timesMoved = true
				}
				m.Day, m.Slot = day, slot
			}
		}
		byDay[was.Meetings[j].Day] = append(byDay[was.Meetings[j].Day], m.Day)
		now.Meetings = append(now.Meetings, m)
	}
	if gone == blocks && gone > 0 && (cancelled == len(was.Meetings) || !timesMoved && cancelled == 0) || len(was.Meetings) > 0 && cancelled == len(was.Meetings) {
		return nil, absent
	}
	if stationMoved {
		x.move(&now, was, station)
	}

	original := slices.Clone(was.Days)
	slices.Sort(original)
	blockMoved := gone == 0 && !slices.Equal(blockDays, original)
	switch {
	case timesMoved || cancelled > 0:
		now.Days = nil
		for _, d := range original {
			if !slices.ContainsFunc(was.Meetings, func(m plan.Meeting) bool { return m.Day == d }) {
				now.Days = append(now.Days, d)
			}
			now.Days = append(now.Days, byDay[d]...)
		}
		slices.Sort(now.Days)
		now.Days = slices.Compact(now.Days)
		if blockMoved && !slices.Equal(blockDays, now.Days) {
			x.note("“%s”: its meetings are on %s and count; the entry for the whole session says %s", name, calendar.Words(now.Days), calendar.Words(blockDays))
		}
	case blockMoved && len(blockDays) == len(original):
		at := map[calendar.Day]calendar.Day{}
		for i, d := range original {
			at[d] = blockDays[i]
		}
		now.Days = blockDays
		for j := range now.Meetings {
			now.Meetings[j].Day = at[now.Meetings[j].Day]
		}
	case blockMoved:
		x.problem(x.lastDay(was.ID), fmt.Sprintf("“%s” has %s now instead of %d", name, counted(len(blockDays), "day"), len(original)), "say which day its meetings are on: move the meetings, or change days: in the scenario")
	}
	x.sorted(&now)
	return &now, absent
}

// short gives a short session, which is one event, as it is in the calendar.
func (x *comparing) short(uid string, was *plan.Session, withdraw bool) (*plan.Session, int) {
	e, there := x.found[uid]
	switch {
	case !there && !withdraw:
		return was, 1
	case !there, e.cancelled():
		return nil, 0
	}
	station, room, _ := x.place(uid, e, was.Station, was.Meetings[0].Room)
	now := *was
	now.Meetings = slices.Clone(was.Meetings)
	for j := range now.Meetings {
		now.Meetings[j].Room = room
	}
	if station != was.Station {
		x.move(&now, was, station)
	}
	i, session := x.scenario.Station(station), &x.scenario.Sessions[x.scenario.Session(was.ID)]
	from := e.From
	if !e.Floating {
		from = onTheWall(from, x.scenario.Stations[i].Location)
	}
	day, clock := calendar.DayOf(from), from.Sub(from.Truncate(24*time.Hour))
	start := slices.IndexFunc(x.scenario.Slots, func(slot scenario.Slot) bool { return slot.ID == was.Meetings[0].Slot })
	if day == was.Days[0] && clock == time.Duration(x.scenario.SlotTimes(x.scenario.Station(was.Station), start).From)*time.Minute {
		return &now, 0
	}
	for _, start := range session.StartIndex {
		if e.WholeDays || clock != time.Duration(x.scenario.SlotTimes(i, start).From)*time.Minute {
			continue
		}
		slots := x.scenario.Run(session, i, day, start)
		if len(slots) == 0 {
			continue
		}
		first := now.Meetings[0]
		now.Days, now.Meetings = []calendar.Day{day}, nil
		for n, slot := range slots {
			m := first
			m.Day, m.Slot, m.Number = day, x.scenario.Slots[slot].ID, n+1
			now.Meetings = append(now.Meetings, m)
		}
		return &now, 0
	}
	x.problem(e.spots.start, fmt.Sprintf("“%s” begins at %s, where it cannot start", headline(e.Title), from.Format("15:04 on Monday, 2 January 2006")), "move it to the beginning of a slot that it may use")
	return &now, 0
}

// move gives a session its new station; rooms and teams of the old one are
// left behind.
func (x *comparing) move(now, was *plan.Session, station string) {
	now.Station = station
	st := &x.scenario.Stations[x.scenario.Station(station)]
	for j := range now.Meetings {
		m := &now.Meetings[j]
		if m.Room != "" && !slices.Contains(roomNames(st), m.Room) {
			m.Room = ""
		}
		m.Interpretation = ""
	}
	x.note("“%s” is now in %s: rooms and interpretation there are not planned yet", x.scenario.Sessions[x.scenario.Session(was.ID)].Name(), st.Name())
}

// sorted puts the meetings in order of time and finds two at one time.
func (x *comparing) sorted(now *plan.Session) {
	order := map[string]int{}
	for i := range x.scenario.Slots {
		order[x.scenario.Slots[i].ID] = i
	}
	slices.SortStableFunc(now.Meetings, func(a, b plan.Meeting) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(order[a.Slot], order[b.Slot]))
	})
	for i := 1; i < len(now.Meetings); i++ {
		if a, b := now.Meetings[i-1], now.Meetings[i]; a.Day == b.Day && a.Slot == b.Slot {
			x.problem(x.meetingSpot(now.ID, a, b), fmt.Sprintf("two meetings of “%s” are on %s in the %s", x.scenario.Sessions[x.scenario.Session(now.ID)].Name(), b.Day.Long(), b.Slot), "a session has one meeting at a time: move one of them")
		}
	}
}

// meetingSpot gives where the later of two meetings of a session begins in the
// calendar: that of the file's, which has both or neither.
func (x *comparing) meetingSpot(session string, meetings ...plan.Meeting) (at spot) {
	for _, m := range meetings {
		if e, there := x.found[x.written.ids.meeting(session, &m)]; there && e.spots.start.line > at.line {
			at = e.spots.start
		}
	}
	return at
}

// slot finds the day and slot in which an event is now.
func (x *comparing) slot(e Entry, station string) (calendar.Day, string, bool) {
	i := x.scenario.Station(station)
	st := &x.scenario.Stations[i]
	from, to := e.From, e.To
	if !e.Floating {
		from, to = onTheWall(from, st.Location), onTheWall(to, st.Location)
	}
	var begins []string
	for j := range x.scenario.Slots {
		times := x.scenario.SlotTimes(i, j)
		midnight := from.Truncate(24 * time.Hour)
		begins = append(begins, times.From.String())
		if e.WholeDays || !from.Equal(midnight.Add(time.Duration(times.From)*time.Minute)) {
			continue
		}
		if !to.Equal(midnight.Add(time.Duration(times.To) * time.Minute)) {
			x.note("“%s” ends at %s now; meetings in the %s last until %s, and that stays", headline(e.Title), to.Format("15:04"), x.scenario.Slots[j].ID, times.To)
		}
		return calendar.DayOf(from), x.scenario.Slots[j].ID, true
	}
	slices.Sort(begins)
	when := "at " + from.Format("15:04 on Monday, 2 January 2006")
	if e.WholeDays {
		when = "on " + from.Format("Monday, 2 January 2006") + " without an hour"
	}
	x.problem(e.spots.start, fmt.Sprintf("“%s” begins %s; meetings in %s begin at %s", headline(e.Title), when, st.Name(), strings.Join(slices.Compact(begins), " or ")), "move it to one of these hours")
	return 0, "", false
}

// document gives the document as it is in the calendar.
func (x *comparing) document(was plan.Document) plan.Document {
	for _, uid := range slices.Sorted(maps.Keys(x.written.stands)) {
		about := x.written.stands[uid]
		e, there := x.found[uid]
		if about.document != was.ID || !there {
			continue
		}
		name := x.scenario.Documents[x.scenario.Document(was.ID)].Name()
		days, ok := e.wholeDays(time.UTC)
		switch {
		case e.cancelled():
			x.note("“%s” is cancelled in the calendar; a document stays in the plan until it is taken out of the scenario", headline(e.Title))
		case !ok || len(days) != 1:
			x.problem(e.spots.start, fmt.Sprintf("“%s” is due on a day, and has hours or several days now", headline(e.Title)), "make it an all-day event of one day again")
		case about.step == "issue":
			was.Issued = days[0]
		case days[0] != x.published(uid):
			x.note("“%s” is to be submitted on %s now; the day of submission follows from the day of issue: move that", name, days[0].Long())
		}
	}
	return was
}

// published gives the day of an all-day event as it was published.
func (x *comparing) published(uid string) calendar.Day {
	t, err := x.events[uid].GetAllDayStartAt()
	if err != nil {
		return 0
	}
	return calendar.DayOf(t)
}

// uidOf gives the event of the session's j-th meeting.
func (x *comparing) uidOf(session string, j int) string {
	for _, uid := range x.bySession[session] {
		if x.written.stands[uid].meeting == j {
			return uid
		}
	}
	return ""
}

// lastDay gives where in the calendar the last entry of the whole session ends.
func (x *comparing) lastDay(session string) (at spot) {
	for _, uid := range x.bySession[session] {
		if e, there := x.found[uid]; there && x.written.stands[uid].meeting < 0 && e.spots.end.line > at.line {
			at = e.spots.end
		}
	}
	return at
}
