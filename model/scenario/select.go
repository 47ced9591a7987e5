package scenario

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/source"
)

// Matches tells whether an id is selected by a list of ids and patterns. A
// star stands for any text; an entry that starts with ! takes out again.
func Matches(patterns []string, id string) bool {
	selected := false
	for _, p := range patterns {
		if not, negated := strings.CutPrefix(p, "!"); negated {
			if selected && match(not, id) {
				selected = false
			}
		} else if !selected && match(p, id) {
			selected = true
		}
	}
	return selected
}

// match is path.Match for ids, which hold no slash; patterns of nothing but
// stars and text, the usual ones, go a short way: selectors are looked at for
// every session, and there may be thousands.
func match(pattern, id string) bool {
	star := -1
	for i := range len(pattern) {
		switch pattern[i] {
		case '*':
			if star < 0 {
				star = i
			}
		case '?', '[', '\\':
			ok, _ := path.Match(pattern, id)
			return ok
		}
	}
	switch {
	case star < 0:
		return pattern == id
	case !strings.HasPrefix(id, pattern[:star]):
		return false
	case strings.Contains(id, "/"):
		ok, _ := path.Match(pattern, id)
		return ok
	}
	id, rest := id[star:], pattern[star+1:]
	for {
		middle, further, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(id, rest)
		}
		at := strings.Index(id, middle)
		if at < 0 {
			return false
		}
		id, rest = id[at+len(middle):], further
	}
}

// SelectSessions gives the positions of the sessions that the patterns select, in
// the order of the scenario.
func (s *Scenario) SelectSessions(patterns []string) []int {
	if found, ok := s.sessions.lookUp(patterns); ok {
		return found
	}
	var out []int
	for i := range s.Sessions {
		if s.selects(patterns, i) {
			out = append(out, i)
		}
	}
	return out
}

// tagged is how an entry of a selector begins that selects sessions by a tag.
const tagged = "tag:"

// selects tells whether patterns select a session, by its id or by a tag.
func (s *Scenario) selects(patterns []string, session int) bool {
	x, selected := &s.Sessions[session], false
	for _, p := range patterns {
		bare, negated := strings.CutPrefix(p, "!")
		if negated == !selected {
			continue // nothing to take out, or selected already
		}
		tag, byTag := strings.CutPrefix(bare, tagged)
		if (byTag && slices.Contains(x.Tags, tag)) || (!byTag && match(bare, x.ID)) {
			selected = !negated
		}
	}
	return selected
}

// CheckSessions adds a problem for every entry of a selector that selects no
// session: ids, patterns and tags.
func (s *Scenario) CheckSessions(at source.Origin, key string, patterns []string, problems *diag.List) {
	if _, ok := s.sessions.lookUp(patterns); ok && len(patterns) <= MostPatterns {
		return
	}
	if len(patterns) > MostPatterns || !slices.ContainsFunc(patterns, func(p string) bool { return strings.HasPrefix(strings.TrimPrefix(p, "!"), tagged) }) {
		CheckSelector(at, key, patterns, s.SessionIDs(), "session", problems)
		return
	}
	before := len(*problems)
	for i, p := range patterns {
		bare := strings.TrimPrefix(p, "!")
		tag, byTag := strings.CutPrefix(bare, tagged)
		switch {
		case !byTag:
			CheckSelector(at, key, []string{bare}, s.SessionIDs(), "session", problems)
		case len(s.SelectSessions([]string{bare})) == 0 && problems.Full():
			problems.Add(at.At(key, i), fmt.Sprintf("no session carries the tag %q", diag.Shorten(tag)), "give it to sessions, or correct it")
		case len(s.SelectSessions([]string{bare})) == 0:
			problems.Add(at.At(key, i), fmt.Sprintf("no session carries the tag %q", diag.Shorten(tag)), diag.Suggest(tag, s.sessionTags(), "give it to sessions, or correct it"))
		}
	}
	if len(*problems) == before && len(s.SelectSessions(patterns)) == 0 {
		problems.Add(at.At(key), "the patterns leave no session over", "an entry with ! takes out of what the entries before it select: [tag:climate, \"!side-event-3\"]")
	}
}

// sessionTags gives the tags that sessions carry, in order.
func (s *Scenario) sessionTags() (out []string) {
	for i := range s.Sessions {
		out = append(out, s.Sessions[i].Tags...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// SelectDocuments gives the positions of the documents that the patterns
// select.
func (s *Scenario) SelectDocuments(patterns []string) []int {
	var out []int
	for i := range s.Documents {
		if Matches(patterns, s.Documents[i].ID) {
			out = append(out, i)
		}
	}
	return out
}

// SelectEvents gives the positions of the events that the patterns select.
func (s *Scenario) SelectEvents(patterns []string) []int {
	var out []int
	for i := range s.Events {
		if Matches(patterns, s.Events[i].ID) {
			out = append(out, i)
		}
	}
	return out
}

// CheckSelector adds a problem for every pattern that selects none of the
// ids. What names the things in the message: "session".
func CheckSelector(at source.Origin, key string, patterns, ids []string, what string, problems *diag.List) {
	if len(patterns) > MostPatterns {
		problems.Add(at.At(key), fmt.Sprintf("there are %d ids and patterns; %d is the most", len(patterns), MostPatterns), "select many by one pattern: thematic-*")
		return
	}
	before := len(*problems)
	for i, p := range patterns {
		bare := strings.TrimPrefix(p, "!")
		if _, err := path.Match(bare, ""); err != nil {
			problems.Add(at.At(key, i), fmt.Sprintf("%q is not a pattern", diag.Shorten(p)), "write an id, or use a star: thematic-*")
			continue
		}
		if slices.ContainsFunc(ids, func(id string) bool { return match(bare, id) }) {
			continue
		}
		find(at.At(key, i), bare, ids, what, problems)
	}
	if len(*problems) == before && len(patterns) > 0 && !slices.ContainsFunc(ids, func(id string) bool { return Matches(patterns, id) }) {
		problems.Add(at.At(key), fmt.Sprintf("the patterns leave no %s over", what), "an entry with ! takes out of what the entries before it select: [thematic-*, \"!thematic-drivers\"]")
	}
}

// SessionIDs gives the ids of all sessions in order.
func (s *Scenario) SessionIDs() []string {
	return idsOf(s.Sessions, func(x Session) string { return x.ID })
}

// DocumentIDs gives the ids of all documents in order.
func (s *Scenario) DocumentIDs() []string {
	return idsOf(s.Documents, func(x Document) string { return x.ID })
}

// EventIDs gives the ids of all events in order.
func (s *Scenario) EventIDs() []string {
	return idsOf(s.Events, func(x Event) string { return x.ID })
}

// StationIDs gives the ids of all stations in order.
func (s *Scenario) StationIDs() []string {
	return idsOf(s.Stations, func(x Station) string { return x.ID })
}

func idsOf[T any](items []T, id func(T) string) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = id(item)
	}
	return out
}

// find gives the position of the id among ids, or reports that it is unknown.
func find(at diag.Place, id string, ids []string, what string, problems *diag.List) int {
	i := slices.Index(ids, id)
	if i < 0 {
		mend := "add it, or correct the name"
		if !problems.Full() {
			mend = diag.Suggest(id, ids, mend)
		}
		problems.Add(at, fmt.Sprintf("no %s is called %q", what, diag.Shorten(id)), mend)
	}
	return i
}

// Session gives the position of a session by id, -1 when there is none.
func (s *Scenario) Session(id string) int {
	if i, ok := s.index["session "+id]; ok {
		return i
	}
	return -1
}

// Document gives the position of a document by id, -1 when there is none.
func (s *Scenario) Document(id string) int {
	if i, ok := s.index["document "+id]; ok {
		return i
	}
	return -1
}

// known tells whether a session, document or event has the id.
func (s *Scenario) known(id string) bool {
	for _, set := range []string{"session ", "document ", "event "} {
		if _, ok := s.index[set+id]; ok {
			return true
		}
	}
	return false
}

// Station gives the position of a station by id, -1 when there is none.
func (s *Scenario) Station(id string) int {
	if i, ok := s.index["station "+id]; ok {
		return i
	}
	return -1
}

// Roster gives a roster by id, nil when there is none.
func (s *Scenario) Roster(id string) *Roster {
	if i, ok := s.index["roster "+id]; ok {
		return &s.Rosters[i]
	}
	return nil
}

// MemberName gives the name of a member of any roster, the id where there is none.
func (s *Scenario) MemberName(id string) string {
	for i := range s.Rosters {
		if m := s.Rosters[i].Table.Member(id); m != nil {
			return cmp.Or(m.Name, id)
		}
	}
	return id
}

// Works tells whether the station's week has the day, whatever is closed.
func (st *Station) Works(d calendar.Day) bool {
	if st.Week == nil {
		return calendar.MondayToFriday[d.Weekday()]
	}
	return st.Week[d.Weekday()]
}

// Open tells whether sessions can meet at the station on the day.
func (st *Station) Open(d calendar.Day) bool {
	_, shut := st.shut[d]
	return st.Works(d) && !shut
}

// count sums up the open days of the period and their slots, for openIn and
// SlotNumber.
func (s *Scenario) count(st *Station) {
	period := s.Period
	st.period, st.open, st.passed = period, make([]int32, period.Len()+1), make([]int32, period.Len()+1)
	always, sometimes := int32(0), []int{}
	for k := range s.Slots {
		if s.Slots[k].days.Every() {
			always++
		} else {
			sometimes = append(sometimes, k)
		}
	}
	for i := range period.Len() {
		st.open[i+1], st.passed[i+1] = st.open[i], st.passed[i]
		d := period.First + calendar.Day(i)
		if !st.Open(d) {
			continue
		}
		st.open[i+1]++
		st.passed[i+1] += always
		for _, k := range sometimes {
			if s.Slots[k].Exists(d) {
				st.passed[i+1]++
			}
		}
	}
}

// SlotNumber gives the position of a slot of a day, from 0, among all slots of
// the open days of the station's period in the order of time: how many lie
// before it. Before the period it is 0.
func (s *Scenario) SlotNumber(station int, d calendar.Day, slot int) int {
	st := &s.Stations[station]
	i := int(d - st.period.First)
	if i < 0 || i >= len(st.passed) {
		return int(st.passed[min(max(0, i), len(st.passed)-1)])
	}
	n := int(st.passed[i])
	for k := range slot {
		if s.Slots[k].Exists(d) {
			n++
		}
	}
	return n
}

// Exists tells whether the slot exists on the day.
func (s *Slot) Exists(d calendar.Day) bool {
	if i := int(d - s.first); s.there != nil && i >= 0 && i < len(s.there) {
		return s.there[i]
	}
	return s.days.Has(d)
}

// Run gives the slots that a short session takes when it starts in a slot of a
// day at a station: none when it cannot start there, because the slot does not
// exist on that day, or the session may not use it or those that follow, or
// they do not last long enough.
func (s *Scenario) Run(x *Session, station int, d calendar.Day, start int) (slots []int) {
	if !slices.Contains(x.StartIndex, start) {
		return nil
	}
	minutes := 0
	var end calendar.Clock
	for k := start; k < len(s.Slots); k++ {
		if !s.Slots[k].Exists(d) {
			if k == start {
				return nil
			}
			continue
		}
		times := s.SlotTimes(station, k)
		pause := len(slots) > 0 && times.From > end
		if !slices.Contains(x.SlotIndex, k) || (x.Lasts.Minutes > 0 && pause) {
			return nil
		}
		slots, end = append(slots, k), times.To
		minutes += int(times.To - times.From)
		if (x.Lasts.Minutes > 0 && minutes >= x.Lasts.Minutes) || (x.Lasts.Minutes == 0 && len(slots) >= x.Lasts.Slots) {
			return slots
		}
	}
	return nil
}

// openIn gives how many days of the range, within the period, are open.
func (st *Station) openIn(days calendar.Range) int {
	days = days.Intersect(st.period)
	if days.Len() == 0 {
		return 0
	}
	return int(st.open[days.Last-st.period.First+1] - st.open[days.First-st.period.First])
}

// worksIn counts the days of the station's working week in some days, closed or not.
func (st *Station) worksIn(days calendar.Range) (n int) {
	days = days.Intersect(st.period)
	for d := days.First; d <= days.Last; d++ {
		if st.Works(d) {
			n++
		}
	}
	return n
}

// WhyClosed says why no session can meet on the day, "" when one can.
func (st *Station) WhyClosed(d calendar.Day) string {
	if why, shut := st.shut[d]; shut {
		return why
	}
	if !st.Works(d) {
		return d.Weekday().String()
	}
	return ""
}

// ClosedNote gives the reason in brackets, after a space; "" where there is none that
// the day's name does not say.
func (st *Station) ClosedNote(d calendar.Day) string {
	if why, shut := st.shut[d]; shut && why != closedUnsaid {
		return " (" + why + ")"
	}
	return ""
}

// closedUnsaid is why a station is closed where nothing is said.
const closedUnsaid = "closed"

// Observance gives the name of the observance on the day, "" when there is
// none.
func (st *Station) Observance(d calendar.Day) string { return st.observed[d] }

// Weekdays tells whether the day is a Monday to Friday: the working days of
// documents, which belong to no station.
func Weekdays(d calendar.Day) bool { return calendar.MondayToFriday[d.Weekday()] }

// SlotTimes gives the slot's local times at the station.
func (s *Scenario) SlotTimes(station, slot int) calendar.Slot {
	return s.slotTimes(&s.Stations[station], slot)
}

func (s *Scenario) slotTimes(st *Station, slot int) calendar.Slot {
	out := s.Slots[slot].Slot
	for _, own := range st.Slots {
		if own.ID == out.ID {
			return own.Slot
		}
	}
	return out
}

// Window gives the days that a session may use by its own keys.
func (s *Scenario) Window(session int) calendar.Range {
	if b := s.Sessions[session].Between; b != nil {
		return b.Intersect(s.Period)
	}
	return s.Period
}

// Length gives how many days the session may take.
func (x *Session) Length() source.Count {
	if x.Days == nil {
		return source.Count{Min: 1, Max: 1}
	}
	return *x.Days
}

// Suits tells whether the room has what the session needs, closures aside.
func (r *Room) Suits(need *RoomNeed) bool {
	if need == nil {
		return true
	}
	for _, tag := range need.Tags {
		if !slices.Contains(r.Tags, tag) {
			return false
		}
	}
	return r.Seats >= need.Seats && r.Booths >= need.Booths && (need.Named == "" || need.Named == r.ID)
}

// Number gives how many rooms of the kind there are.
func (r *Room) Number() int {
	if r.Count == nil {
		return 1
	}
	return *r.Count
}

// Names gives the names of the rooms of this kind: the id alone for one, the
// id with a number for several.
func (r *Room) Names() []string {
	if r.Count == nil {
		return []string{r.ID}
	}
	out := make([]string, *r.Count)
	for i := range out {
		out[i] = fmt.Sprintf("%s %d", r.ID, i+1)
	}
	return out
}

// named tells whether a room of this kind has the name. It is asked for every meeting
// of a plan, and makes no list of names.
func (r *Room) named(name string) bool {
	if r.Count == nil {
		return r.ID == name
	}
	number, of := strings.CutPrefix(name, r.ID+" ")
	n, err := strconv.Atoi(number)
	return of && err == nil && 1 <= n && n <= *r.Count && strconv.Itoa(n) == number
}

// OpenIn tells whether the room can be used in the slot of the day.
func (r *Room) OpenIn(d calendar.Day, slot int) bool { return r.closure(d, slot) == nil }

// closure gives what closes the room in the slot of the day, nil when it is open.
func (r *Room) closure(d calendar.Day, slot int) *RoomClosure {
	for i := range r.Closed {
		if c := &r.Closed[i]; c.Days.Contains(d) && (len(c.Slots) == 0 || slices.Contains(c.index, slot)) {
			return c
		}
	}
	return nil
}

// WhyClosed gives the reason why the room is closed in the slot of the day, "" when it
// is open or none is said.
func (r *Room) WhyClosed(d calendar.Day, slot int) string {
	if c := r.closure(d, slot); c != nil {
		return c.Note
	}
	return ""
}

// Halls gives every room of the station by itself, in the order written.
func (st *Station) Halls() []Hall { return st.halls }

// Hall gives the position of a room by name among the halls, -1 when the
// station has none such.
func (st *Station) Hall(name string) int {
	return slices.IndexFunc(st.halls, func(h Hall) bool { return h.Name == name })
}

// RoomNamed gives the kind of room that a room's name belongs to, nil when
// the station has no such room.
func (st *Station) RoomNamed(name string) *Room {
	for i := range st.Rooms {
		if st.Rooms[i].named(name) {
			return &st.Rooms[i]
		}
	}
	return nil
}

// TeamsOn gives how many interpretation teams the station has on the day.
func (i *Interpretation) TeamsOn(d calendar.Day) int {
	n := i.Teams
	for _, off := range i.Off {
		if off.Days.Contains(d) {
			n -= off.Teams
		}
	}
	return max(0, n)
}

// MeetingsPerWeek gives how many meetings one team serves in a week: seven,
// the workload standard of the Organization, where nothing is said.
func (i *Interpretation) MeetingsPerWeek() int {
	if i.PerWeek == nil {
		return 7
	}
	return *i.PerWeek
}

// officialLanguages are those of the Assembly (rule 51 of its rules of
// procedure), in the order in which the Organization lists them.
var officialLanguages = []string{"Arabic", "Chinese", "English", "French", "Russian", "Spanish"}

// LanguageNames gives the languages that a team of the station interprets, as
// printed. A host that provides interpreters provides the six official ones.
func (st *Station) LanguageNames() []string {
	if st.Interpretation == nil || len(st.Interpretation.Languages) == 0 {
		return officialLanguages
	}
	return st.Interpretation.Languages
}

// MeetingTitle gives the title of the session's n-th meeting of the kind,
// counted from 1.
func (x *Session) MeetingTitle(kind MeetingKind, n int) string {
	if titles := x.Titles[kind.Kind]; n <= len(titles) {
		return titles[n-1]
	}
	title := kind.Title
	if title == "" {
		first, size := utf8.DecodeRuneInString(kind.Kind)
		title = string(unicode.ToUpper(first)) + kind.Kind[size:]
	}
	if kind.Range().Max > 1 {
		title = fmt.Sprintf("%s %d", title, n)
	}
	return title
}

// Name gives what the session is called in print.
func (x *Session) Name() string { return titleOr(x.Title, x.ID) }

// Name gives what the document is called in print.
func (d *Document) Name() string { return titleOr(d.Title, d.ID) }

// Name gives what the station is called in print.
func (st *Station) Name() string { return titleOr(st.Title, st.ID) }

// Name gives what the officer is called in print.
func (o *Officer) Name() string { return titleOr(o.Title, o.ID) }

// Name gives what the person is called in print.
func (p *Person) Name() string { return titleOr(p.Title, p.ID) }

// Name gives what the event is called in print.
func (e *Event) Name() string { return titleOr(e.Title, e.ID) }

// Name gives what the busy body is called in print.
func (b *Busy) Name() string { return titleOr(b.Title, b.ID) }

func titleOr(title, id string) string {
	if title != "" {
		return title
	}
	return strings.ReplaceAll(id, "-", " ")
}
