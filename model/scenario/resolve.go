package scenario

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/roster"
	"plenary/model/source"
)

// Limits of a scenario: far above a year of a large conference centre.
const (
	MostPeriod     = 3700 // days
	MostSessions   = 5000
	MostDocuments  = 2000
	MostStations   = 300
	MostRules      = 20_000    // listed under rules
	MostListed     = 5000      // rosters, programmes, officers, events, busy calendars, phases, each
	MostClosed     = 2_000_000 // closed days and observances of all stations together
	MostPatterns   = 1000      // ids and patterns in one list that selects
	MostReferences = 100_000   // of all documents to sessions, documents and events
	MostTables     = 200       // files of rosters, holidays, unavailability and busy calendars
	MostSlots      = 96        // of a day: quarters of an hour
	MostOn         = 400       // days and ranges of days on which a slot exists
	MostTags       = 100       // of a session, a slot or a room
	MostPeople     = 20_000
	MostCalled     = 1000 // people who must, or would like to, be in one session
	MostTravel     = 30   // travel days of an officer
	MostRooms      = 500  // of a station
	MostTeams      = 100  // of a station
	MostMeetings   = 400  // of a session
	MostSeats      = 60   // of one meeting
	MostPriorities = 40
)

// many gives "1 day", "2 days".
func many(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// resolve links what refers to each other, reads the tables and checks what
// can be checked without a solver.
func (r *reading) resolve(s *Scenario) {
	if s.Period.Len() > MostPeriod {
		r.add(s.At("period"), fmt.Sprintf("the period has %d days; %d is the most", s.Period.Len(), MostPeriod), "plan ten years at a time")
		s.Period.Last = s.Period.First + MostPeriod
	}
	if !r.ids(s) {
		return
	}
	r.slots(s)
	r.unavailable(s)
	for i := range s.Stations {
		r.station(s, &s.Stations[i])
	}
	r.holidays(s)
	r.translations(s)
	for i := range s.Stations {
		s.count(&s.Stations[i])
	}
	r.rooms(s)
	r.officers(s)
	r.events(s)
	r.busy(s)
	for i := range s.Rosters {
		r.roster(&s.Rosters[i])
	}
	for i := range s.Programmes {
		r.programme(s, &s.Programmes[i])
	}
	r.sharedIDs(s)
	for i := range s.Sessions {
		r.session(s, i)
	}
	for i := range s.Documents {
		if r.document(s, &s.Documents[i]); r.hopeless {
			return
		}
	}
	r.phases(s)
	r.priorities(s)
	r.circles(s)
}

func (r *reading) add(at diag.Place, message, mend string) { r.problems.Add(at, message, mend) }

const idMend = "an id begins with a letter or digit and has up to 60 letters, digits, - and _"

var goodID = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,59}$`)

// ids checks that ids are short words and unique: sessions, documents and
// events share one set, because after: and before: may name any of them.
// It gives false when there is more than can be looked through.
func (r *reading) ids(s *Scenario) bool {
	s.sessions = newDirectory(s.SessionIDs())
	s.any = newDirectory(slices.Concat(s.SessionIDs(), s.DocumentIDs(), s.EventIDs()))
	s.index = map[string]int{}
	shared := map[string]diag.Place{}
	type named struct {
		id string
		at diag.Place
	}
	alike := map[string]named{} // the first of the ids that look so
	check := func(set, id string, i int, origin source.Origin, list string, seen map[string]diag.Place) {
		at := origin.At("id")
		if !goodID.MatchString(id) {
			r.add(at, fmt.Sprintf("%q is no id", diag.Shorten(id)), idMend)
		}
		if mixed := diag.Alphabets(id); len(mixed) > 1 {
			r.add(at, fmt.Sprintf("the id %q mixes %s letters, which look alike", diag.Shorten(id), strings.Join(mixed, " and ")), "write the id in one alphabet")
		}
		looks := diag.Appearance(id)
		if first, there := alike[looks]; !there {
			alike[looks] = named{id, at}
		} else if first.id != id {
			r.add(at, fmt.Sprintf("the id %q looks like %q %s, and has letters of another alphabet", diag.Shorten(id), diag.Shorten(first.id), first.at.From(at)), "write both in one alphabet, or give one of them another id")
		}
		if first, twice := seen[id]; twice {
			r.add(at, fmt.Sprintf("the id %q is used twice in %s; the first is %s", diag.Shorten(id), list, first.From(at)), "give one of them another id")
			return
		}
		seen[id] = at
		s.index[set+" "+id] = i
	}
	for i, x := range s.Sessions {
		check("session", x.ID, i, x.Origin, "sessions, documents and events", shared)
	}
	for i, x := range s.Documents {
		check("document", x.ID, i, x.Origin, "sessions, documents and events", shared)
	}
	for i, x := range s.Events {
		check("event", x.ID, i, x.Origin, "sessions, documents and events", shared)
	}
	own := map[string]diag.Place{}
	for i, x := range s.Stations {
		check("station", x.ID, i, x.Origin, "stations", own)
	}
	own = map[string]diag.Place{}
	for i, x := range s.Officers {
		check("officer", x.ID, i, x.Origin, "officers", own)
	}
	own = map[string]diag.Place{}
	for i, x := range s.People {
		check("person", x.ID, i, x.Origin, "people", own)
	}
	own = map[string]diag.Place{}
	for i, x := range s.Rosters {
		check("roster", x.ID, i, x.Origin, "rosters", own)
	}
	own = map[string]diag.Place{}
	for i, x := range s.Programmes {
		check("programme", x.ID, i, x.Origin, "programmes", own)
	}
	own = map[string]diag.Place{}
	for i, x := range s.Busy {
		check("busy", x.ID, i, x.Origin, "busy", own)
	}
	own = map[string]diag.Place{}
	for i, x := range s.Phases {
		check("phase", x.ID, i, x.Origin, "phases", own)
	}
	small := true
	for _, list := range []struct {
		key     string
		n, most int
	}{
		{"sessions", len(s.Sessions), MostSessions}, {"documents", len(s.Documents), MostDocuments}, {"stations", len(s.Stations), MostStations},
		{"rules", len(s.Rules), MostRules}, {"rosters", len(s.Rosters), MostListed}, {"programmes", len(s.Programmes), MostListed},
		{"officers", len(s.Officers), MostListed}, {"events", len(s.Events), MostListed}, {"busy", len(s.Busy), MostListed},
		{"phases", len(s.Phases), MostListed}, {"holidays", len(s.Holidays), MostTables}, {"unavailable", len(s.Unavailable), MostTables}, {"translations", len(s.Translated), MostTables}, {"slots", len(s.Slots), MostListed}, {"people", len(s.People), MostPeople},
	} {
		if list.n > list.most {
			r.add(s.KeyAt(list.key), fmt.Sprintf("there are %d %s; %d is the most", list.n, list.key, list.most), "plan a part at a time")
			small, r.hopeless = false, true
		}
	}
	return small
}

func (r *reading) slots(s *Scenario) {
	if len(s.Slots) == 0 {
		for _, slot := range calendar.DefaultSlots {
			s.Slots = append(s.Slots, Slot{ID: slot.ID, Slot: slot})
		}
		return
	}
	if len(s.Slots) > MostSlots {
		r.add(s.At("slots"), fmt.Sprintf("a day has %d slots; %d is the most", len(s.Slots), MostSlots), "a slot is the time of one meeting")
	}
	r.slotTimes(s.Slots)
	for i := range s.Slots {
		x := &s.Slots[i]
		days, wrong, err := calendar.ParseDaySet(x.On)
		switch {
		case err != nil:
			r.add(x.At("on", wrong), "on: "+err.Error(), "for example  on: [mon-wed, 2017-05-11]")
		case len(x.On) == 0 && x.Has("on"):
			r.add(x.At("on"), "the slot exists on no day", "leave on: out for every day, or name some")
		case len(x.On) > MostOn:
			r.add(x.At("on"), fmt.Sprintf("there are %d days and ranges; %d is the most", len(x.On), MostOn), "join days into ranges")
		case !days.Every():
			x.days, x.first, x.there = days, s.Period.First, make([]bool, s.Period.Len())
			for k := range x.there {
				x.there[k] = days.Has(s.Period.First + calendar.Day(k))
			}
		}
		r.tags(x.Origin, x.Tags)
	}
	r.slotOrder(s, func(i int) calendar.Slot { return s.Slots[i].Slot }, func(i int, a, b calendar.Slot) (diag.Place, string) {
		return s.Slots[i].At(), fmt.Sprintf("the slot %s starts before %s ends", b.ID, a.ID)
	})
}

// slotOrder reports slots that share a day and do not follow each other, each
// at most once, in the words given.
func (r *reading) slotOrder(s *Scenario, times func(i int) calendar.Slot, words func(i int, a, b calendar.Slot) (diag.Place, string)) {
	for i := range s.Slots {
		for j := i - 1; j >= 0; j-- {
			a, b := times(j), times(i)
			if b.To > 0 && b.From < a.To && r.shareADay(s, i, j) {
				at, message := words(i, a, b)
				r.add(at, message, "slots of a day follow each other in the order of the day")
				break
			}
		}
	}
}

// shareADay tells whether two slots exist on one day of the period.
func (r *reading) shareADay(s *Scenario, i, j int) bool {
	if share, known := r.share[[2]int{i, j}]; known {
		return share
	}
	share := false
	for d := s.Period.First; d <= s.Period.Last && !share; d++ {
		share = s.Slots[i].Exists(d) && s.Slots[j].Exists(d)
	}
	if r.share == nil {
		r.share = map[[2]int]bool{}
	}
	r.share[[2]int{i, j}] = share
	return share
}

// tags checks words that slots, rooms and sessions carry.
func (r *reading) tags(o source.Origin, tags []string) {
	if len(tags) > MostTags {
		r.add(o.At("tags"), fmt.Sprintf("there are %d tags; %d is the most", len(tags), MostTags), "keep those that rules select by")
		return
	}
	for i, tag := range tags {
		if !goodID.MatchString(tag) {
			r.add(o.At("tags", i), fmt.Sprintf("%q is no tag", diag.Shorten(tag)), "a tag is a word, as an id is: after-lunch")
		}
	}
}

// rooms links the closures of rooms to slots and names every room by itself.
func (r *reading) rooms(s *Scenario) {
	ids := idsOf(s.Slots, func(x Slot) string { return x.ID })
	for i := range s.Stations {
		st := &s.Stations[i]
		for j := range st.Rooms {
			room := &st.Rooms[j]
			r.tags(room.Origin, room.Tags)
			for k := range room.Closed {
				c := &room.Closed[k]
				c.index = nil
				for n, id := range c.Slots {
					if at := find(c.At("slots", n), id, ids, "slot", &r.problems); at >= 0 {
						c.index = append(c.index, at)
					}
				}
			}
			for _, name := range room.Names() {
				st.halls = append(st.halls, Hall{name, room})
			}
		}
	}
}

func (r *reading) slotTimes(slots []Slot) {
	for i := range slots {
		x := &slots[i]
		x.Slot.ID = x.ID
		from, to, ok := strings.Cut(x.Times, "-")
		a, err := calendar.ParseClock(strings.TrimSpace(from))
		b, err2 := calendar.ParseClock(strings.TrimSpace(to))
		switch {
		case x.Times == "":
		case !ok || err != nil || err2 != nil:
			r.add(x.At(), fmt.Sprintf("%q are not times of a slot", diag.Shorten(x.Times)), "for example  "+x.ID+": 10:00-13:00")
		case b <= a:
			r.add(x.At(), fmt.Sprintf("the slot ends (%s) before it starts (%s)", b, a), "swap the two times")
		default:
			x.From, x.To = a, b
		}
	}
}

func (r *reading) station(s *Scenario, st *Station) {
	st.shut, st.observed = map[calendar.Day]string{}, map[calendar.Day]string{}
	st.Location = time.UTC
	zone, err := time.LoadLocation(st.Zone)
	switch {
	case st.Zone == "":
		r.add(st.At(), fmt.Sprintf("the station %q has no time zone", st.ID), "add  zone: Europe/Zurich, or include: un-stations for known duty stations")
	case err == nil && st.Zone != "Local":
		st.Location = zone
	case !r.problems.At(st.At("zone")):
		r.add(st.At("zone"), fmt.Sprintf("there is no time zone %q", diag.Shorten(st.Zone)), "use a name of the IANA database such as Europe/Zurich")
	}
	if n := len(st.Coordinates); st.Has("coordinates") && (n != 2 || st.Coordinates[0] < -90 || st.Coordinates[0] > 90 || st.Coordinates[1] < -180 || st.Coordinates[1] > 180) {
		r.add(st.At("coordinates"), "coordinates are a latitude and a longitude in degrees", "for example  coordinates: [46.23, 6.14]")
	}
	r.stationSlots(s, st)
	rooms := 0
	seen := map[string]bool{}
	for i := range st.Rooms {
		room := &st.Rooms[i]
		if room.Count != nil && (*room.Count < 1 || *room.Count > MostRooms) {
			r.add(room.At("count"), fmt.Sprintf("a number of rooms from 1 to %d is expected", MostRooms), "leave count out for one room")
			room.Count = nil
		}
		rooms += room.Number()
		for _, name := range room.Names() {
			if seen[name] {
				r.add(room.At(), fmt.Sprintf("two rooms are called %q", diag.Shorten(name)), "rooms of a station have different names")
				break
			}
			seen[name] = true
		}
	}
	if rooms > MostRooms {
		r.add(st.At("rooms"), fmt.Sprintf("the station has %d rooms; %d is the most", rooms, MostRooms), "name only rooms that a session can use")
	}
	if i := st.Interpretation; i != nil {
		if i.Teams > MostTeams {
			r.add(i.At("teams"), fmt.Sprintf("%d teams is the most", MostTeams), "leave interpretation: out where the host provides what is needed")
			i.Teams = MostTeams
		}
		for _, off := range i.Off {
			if off.Teams > i.Teams {
				r.add(off.At("teams"), fmt.Sprintf("%s off, but the station has %d", many(off.Teams, "team is", "teams are"), i.Teams), "correct teams: in one of the two places")
			}
		}
	}
	for _, list := range [][]Closure{st.Closed, st.HolidayDays, st.Observances} {
		for i := range list {
			c := &list[i]
			into, why := st.shut, c.Note
			if len(st.Observances) > 0 && &list[0] == &st.Observances[0] {
				into = st.observed
			}
			if why == "" {
				why = closedUnsaid
			}
			r.mark(c.At(), into, c.Days.Intersect(s.Period), why)
		}
	}
}

// stationSlots checks the meeting times of a station: together with those of
// the scenario they follow each other.
func (r *reading) stationSlots(s *Scenario, st *Station) {
	before := len(r.problems)
	r.slotTimes(st.Slots)
	ids := idsOf(s.Slots, func(x Slot) string { return x.ID })
	seen := map[string]bool{}
	for i := range st.Slots {
		x := &st.Slots[i]
		find(x.At("id"), x.ID, ids, "slot", &r.problems)
		if seen[x.ID] {
			r.add(x.At("id"), fmt.Sprintf("the slot %q stands here for the second time", diag.Shorten(x.ID)), "keep one of the two")
		}
		seen[x.ID] = true
		for _, key := range []string{"on", "tags"} {
			if x.Has(key) {
				r.add(x.KeyAt(key), key+": stands with a slot of one station", "a station can change the times alone: write "+key+": with the slots of the scenario")
			}
		}
	}
	if len(r.problems) > before || len(st.Slots) == 0 {
		return
	}
	r.slotOrder(s, func(i int) calendar.Slot { return s.slotTimes(st, i) }, func(_ int, a, b calendar.Slot) (diag.Place, string) {
		return st.At("slots"), fmt.Sprintf("at this station, the slot %s starts (%s) before %s ends (%s)", b.ID, b.From, a.ID, a.To)
	})
}

// holidays reads the tables of holidays and observances.
func (r *reading) holidays(s *Scenario) {
	ids := s.StationIDs()
	for i, name := range s.Holidays {
		at := s.At("holidays", i)
		lines, ok := r.table(at, name)
		if !ok || lines.Columns == nil {
			continue
		}
		missing := slices.DeleteFunc([]string{"station", "date", "kind", "name"}, func(c string) bool { return slices.Contains(lines.Columns, c) })
		if len(missing) > 0 {
			r.add(lines.First, "the table has no column "+strings.Join(missing, ", "), "the columns are station, date, kind, name")
			continue
		}
		for _, row := range lines.Rows {
			r.holiday(s, row, ids, r.library[at.File])
		}
	}
}

func (r *reading) holiday(s *Scenario, row roster.Row, ids []string, library bool) {
	day, err := calendar.ParseRange(row.Value["date"])
	if err != nil {
		r.add(row.Cell("date"), err.Error(), "for example 2017-05-01, or 2017-05-01..2017-05-03")
		return
	}
	kind := row.Value["kind"]
	if kind != "official" && kind != "observance" {
		r.add(row.Cell("kind"), fmt.Sprintf("the kind %q is neither official nor observance", diag.Shorten(kind)), diag.Suggest(kind, []string{"official", "observance"}, ""))
		return
	}
	// The library knows stations that this scenario need not have.
	if id := row.Value["station"]; id != "*" && !library {
		if find(row.Cell("station"), id, ids, "station", &r.problems) < 0 {
			return
		}
	}
	for i := range s.Stations {
		st := &s.Stations[i]
		if st.ID != row.Value["station"] && row.Value["station"] != "*" {
			continue
		}
		into := st.shut
		if kind == "observance" {
			into = st.observed
		}
		name := row.Value["name"]
		if name == "" {
			name = kind
		}
		r.mark(row.Cell("date"), into, day.Intersect(s.Period), name)
	}
}

// mark writes why the days are closed or observed; what was written first
// stands.
func (r *reading) mark(at diag.Place, into map[calendar.Day]string, days calendar.Range, why string) {
	if r.closed > MostClosed {
		return
	}
	if r.closed += days.Len(); r.closed > MostClosed {
		r.add(at, fmt.Sprintf("the stations have more than %d closed days and observances together", MostClosed), "join ranges that overlap, or shorten the period")
		return
	}
	for d := days.First; d <= days.Last; d++ {
		if into[d] == "" {
			into[d] = why
		}
	}
}

func (r *reading) officers(s *Scenario) {
	for i := range s.Officers {
		o := &s.Officers[i]
		if o.Based != "" {
			find(o.At("based"), o.Based, s.StationIDs(), "station", &r.problems)
		}
		if o.TravelDays > MostTravel {
			r.add(o.At("travel-days"), fmt.Sprintf("%d travel days is the most", MostTravel), "write the full days between two meetings, such as 1")
			o.TravelDays = MostTravel
		}
	}
}

func (r *reading) events(s *Scenario) {
	for _, e := range s.Events {
		if e.Days.Len() > MostPeriod {
			r.add(e.At("days"), "the event is longer than ten years", "name its own days alone")
		}
	}
}

func (r *reading) busy(s *Scenario) {
	for i := range s.Busy {
		b := &s.Busy[i]
		if b.File == "" {
			if len(b.Days) == 0 {
				r.add(b.At(), fmt.Sprintf("the busy calendar %q says neither days nor a file", b.ID), "add  days: [2017-06-06..2017-06-23]  or  file: hrc.ics")
			}
			continue
		}
		file, src, ok := r.named(b.At("file"), b.File)
		if !ok {
			continue
		}
		if r.sources.Busy == nil {
			r.add(b.At("file"), "iCalendar files cannot be read here", "write the days into the scenario")
			continue
		}
		times, problems := r.sources.Busy(file, src)
		r.problems = append(r.problems, problems...)
		b.Times = times
	}
}

func (r *reading) roster(x *Roster) {
	before := len(r.problems)
	defer func() { x.Torn = len(r.problems) > before }()
	idColumn, nameColumn := x.IDColumn, x.Name
	if idColumn == "" {
		idColumn = "id"
	}
	if nameColumn == "" {
		nameColumn = "name"
	}
	switch {
	case x.File == "" && len(x.Members) == 0:
		r.add(x.At(), fmt.Sprintf("the roster %q has neither a file nor members", x.ID), "add  file: table.csv  or  members: [{id: ..., name: ...}]")
		return
	case x.File != "":
		lines, ok := r.table(x.At("file"), x.File)
		if !ok {
			return
		}
		table, problems := roster.Read(lines, idColumn, nameColumn)
		r.problems = append(r.problems, problems...)
		x.Table = table
	}
	for i, values := range x.Members {
		at := x.At("members", i)
		if len(x.Table.Members) >= roster.MostMembers || len(x.Table.Columns) > roster.MostColumns {
			r.add(at, fmt.Sprintf("the roster has more than %d members or %d columns", roster.MostMembers, roster.MostColumns), "leave out what no seat needs")
			break
		}
		id := values[idColumn]
		if id == "" || x.Table.Member(id) != nil {
			r.add(at, fmt.Sprintf("this member has no id, or one that is taken (%q)", diag.Shorten(id)), "every member has an id of its own")
			continue
		}
		m, err := roster.NewMember(id, values[nameColumn], values)
		if err != nil {
			r.add(at, roster.Unavailable+": "+err.Error(), "for example 2017-05-01..2017-05-14; 2017-07-03")
		}
		for _, column := range slices.Sorted(maps.Keys(values)) {
			if !slices.Contains(x.Table.Columns, column) {
				x.Table.Columns = append(x.Table.Columns, column)
			}
		}
		x.Table.Add(m)
	}
	for i, name := range x.Join {
		if lines, ok := r.table(x.At("join", i), name); ok {
			r.problems = append(r.problems, x.Table.Join(lines, idColumn)...)
		}
	}
	for _, m := range x.Table.Members {
		m.Roster = x.ID
	}
}

// sharedIDs refuses members of two rosters with one id where seats draw from
// both: a plan names members by id alone.
func (r *reading) sharedIDs(s *Scenario) {
	drawn := map[string]bool{}
	for _, p := range s.Programmes {
		for _, k := range p.Meetings {
			for _, seat := range k.Seats {
				for _, id := range seat.From {
					drawn[id] = true
				}
			}
		}
	}
	first := map[string]*Roster{}
	for i := range s.Rosters {
		x := &s.Rosters[i]
		if !drawn[x.ID] {
			continue
		}
		for _, m := range x.Table.Members {
			if other := first[m.ID]; other != nil {
				r.add(x.At(), fmt.Sprintf("the member %q is in this roster and in %q, and seats draw from both", diag.Shorten(m.ID), other.ID), "give one of them another id: a plan names members by id")
				break
			}
			first[m.ID] = x
		}
	}
}

func (r *reading) programme(s *Scenario, p *Programme) {
	seen := map[string]bool{}
	for i := range p.Meetings {
		k := &p.Meetings[i]
		if k.Kind == "" || !goodID.MatchString(k.Kind) {
			if k.Has("kind") {
				r.add(k.At("kind"), fmt.Sprintf("%q is no id", diag.Shorten(k.Kind)), idMend)
			}
			continue
		}
		if seen[k.Kind] {
			r.add(k.At("kind"), fmt.Sprintf("the programme has the kind %q twice", k.Kind), "give the second one another name")
		}
		seen[k.Kind] = true
		if c := k.Range(); c.Max > MostMeetings {
			r.add(k.At("count"), fmt.Sprintf("a session has at most %d meetings", MostMeetings), "write a range such as 2..3")
			k.Count = &source.Count{Min: min(c.Min, MostMeetings), Max: MostMeetings}
		}
		seats := 0
		for j := range k.Seats {
			seats += r.seat(s, &k.Seats[j])
		}
		if seats > MostSeats {
			r.add(k.At("seats"), fmt.Sprintf("one meeting has %d seats to fill; %d is the most", seats, MostSeats), "name only seats that somebody must be found for")
		}
	}
}

// seat checks one seat and gives how many of it a meeting has.
func (r *reading) seat(s *Scenario, seat *Seat) int {
	n := seat.Number()
	if n < 1 {
		r.add(seat.At("count"), "a seat that nobody takes is no seat", "leave the seat out, or write a number from 1")
	}
	var rosters []*Roster
	sound := true
	for i, id := range seat.From {
		if x := s.Roster(id); x != nil {
			rosters = append(rosters, x)
			sound = sound && !x.Torn
			continue
		}
		sound = false
		var ids []string
		if !r.problems.Full() {
			ids = idsOf(s.Rosters, func(x Roster) string { return x.ID })
		}
		find(seat.At("from", i), id, ids, "roster", &r.problems)
	}
	for _, column := range slices.Sorted(maps.Keys(seat.Where)) {
		known := false
		var columns []string
		for _, x := range rosters {
			known = known || slices.Contains(x.Table.Columns, column)
			columns = append(columns, x.Table.Columns...)
		}
		if !known && sound {
			sound = false
			r.add(seat.At("where", column), fmt.Sprintf("no roster of this seat has a column %q", diag.Shorten(column)), diag.Suggest(column, columns, "name a column of the table"))
		}
	}
	if sound && len(seat.From) > 0 {
		if eligible := len(s.Eligible(*seat)); eligible < n {
			r.add(seat.At(), fmt.Sprintf("%s needed in one meeting, but only %d can take this seat", many(n, "member is", "members are"), eligible), "widen from: or where:, or lower the count")
		}
	}
	return min(n, MostSeats+1)
}

// Eligible gives the members who can take a seat, whatever the days.
func (s *Scenario) Eligible(seat Seat) []*roster.Member {
	var out []*roster.Member
	for _, id := range seat.From {
		x := s.Roster(id)
		if x == nil {
			continue
		}
		for _, m := range x.Table.Members {
			if seat.suits(m) {
				out = append(out, m)
			}
		}
	}
	return out
}

// suits tells whether the member has what the seat's where: asks for.
func (s *Seat) suits(m *roster.Member) bool {
	for column, values := range s.Where {
		if !slices.ContainsFunc(values, func(v string) bool { return m.Has(column, v) }) {
			return false
		}
	}
	return true
}

// canTake tells whether the member with the id is among those eligible.
func (s *Scenario) canTake(seat *Seat, id string) bool {
	return slices.ContainsFunc(seat.From, func(from string) bool {
		x := s.Roster(from)
		if x == nil {
			return false
		}
		m := x.Table.Member(id)
		return m != nil && seat.suits(m)
	})
}

func (r *reading) session(s *Scenario, index int) {
	x := &s.Sessions[index]
	r.sessionPlace(s, x)
	x.SlotIndex = nil
	if len(x.Slots) == 0 && x.Has("slots") {
		r.add(x.At("slots"), "the session may use no slot", "leave slots: out for all, or name some")
	}
	slotIDs := idsOf(s.Slots, func(x Slot) string { return x.ID })
	for i, id := range x.Slots {
		find(x.At("slots", i), id, slotIDs, "slot", &r.problems)
	}
	for i, id := range slotIDs {
		if len(x.Slots) == 0 || slices.Contains(x.Slots, id) {
			x.SlotIndex = append(x.SlotIndex, i)
		}
	}
	r.short(s, x, slotIDs)
	r.called(s, x)
	for i, id := range x.ChairedBy {
		if o := find(x.At("chaired-by", i), id, idsOf(s.Officers, func(x Officer) string { return x.ID }), "officer", &r.problems); o >= 0 && !slices.Contains(x.OfficerIDs, o) {
			x.OfficerIDs = append(x.OfficerIDs, o)
		}
	}
	r.sessionMeetings(s, x)
	switch x.Interpretation {
	case "":
		x.Interpretation = None
	case Required, AsAvailable, None:
	default:
		r.add(x.At("interpretation"), fmt.Sprintf("interpretation %q is not known", diag.Shorten(x.Interpretation)), diag.Suggest(x.Interpretation, []string{Required, AsAvailable, None}, ""))
	}
	for _, links := range []struct {
		key  string
		list []Link
	}{{"before", x.Before}, {"after", x.After}} {
		for _, l := range links.list {
			o := s.Session(l.ID)
			switch {
			case o == index:
				r.add(l.At("id"), "a session cannot stand "+links.key+" itself", "name another session")
			case o < 0:
				find(l.At("id"), l.ID, r.sessions(s), "session", &r.problems)
			}
			if (l.Has("gap") || l.Gap.Most.N > 0) && l.Gap.Least.N < 1 {
				r.add(l.At("gap"), "the gap counts from the last day of the one to the first day of the other: the next day is 1", "write 1.. or more")
			}
		}
	}
	r.window(s, index)
	r.pin(s, index)
}

// sessions gives the ids of sessions that come near in hints, while hints are
// of use.
func (r *reading) sessions(s *Scenario) []string {
	if r.problems.Full() {
		return nil
	}
	return s.SessionIDs()
}

func (r *reading) sessionPlace(s *Scenario, x *Session) {
	for i, id := range x.AtStations {
		st := find(x.At("at", i), id, s.StationIDs(), "station", &r.problems)
		if st >= 0 && !slices.Contains(x.StationIDs, st) {
			x.StationIDs = append(x.StationIDs, st)
			s.Stations[st].Used = true
		}
	}
	if x.Room == nil {
		return
	}
	var rooms []string
	listed, suits := len(x.StationIDs) > 0, false // every station lists its rooms; one of them suits
	for _, i := range x.StationIDs {
		st := &s.Stations[i]
		rooms = append(rooms, idsOf(st.Rooms, func(x Room) string { return x.ID })...)
		listed = listed && len(st.Rooms) > 0
		for j := range st.Rooms {
			suits = suits || st.Rooms[j].Suits(x.Room)
		}
	}
	switch {
	case x.Room.Named != "" && !slices.Contains(rooms, x.Room.Named):
		r.add(x.At("room"), fmt.Sprintf("no station of this session has a room called %q", diag.Shorten(x.Room.Named)), diag.Suggest(x.Room.Named, rooms, "list the room under rooms: of the station"))
	case listed && !suits && x.Room.Named != "":
		r.add(x.At("room"), fmt.Sprintf("the room %q does not have %s", diag.Shorten(x.Room.Named), x.Room.asked()), "ask for less, or name a larger room")
	case listed && !suits:
		r.add(x.At("room"), fmt.Sprintf("no room at the stations of this session has %s", x.Room.asked()), "ask for less, or list a larger room under rooms: of the station")
	}
}

// asked gives "400 seats and 6 booths".
func (r *RoomNeed) asked() string {
	var parts []string
	if r.Seats > 0 {
		parts = append(parts, many(r.Seats, "seat", "seats"))
	}
	if r.Booths > 0 {
		parts = append(parts, many(r.Booths, "booth", "booths"))
	}
	if len(r.Tags) > 0 {
		word := "the tag "
		if len(r.Tags) > 1 {
			word = "the tags "
		}
		parts = append(parts, word+diag.Shorten(strings.Join(r.Tags, ", ")))
	}
	return strings.Join(parts, " and ")
}

// sessionMeetings links the programme and checks that the meetings fit into
// the days.
func (r *reading) sessionMeetings(s *Scenario, x *Session) {
	length := x.Length()
	if length.Min < 1 || length.Max > 366 {
		r.add(x.At("days"), "a session takes 1 to 366 days", "for example  days: 2..3")
		x.Days = nil
		length = x.Length()
	}
	if w := x.Within; w != nil {
		if w.Unit == calendar.WorkingDays {
			r.add(x.At("within"), "the span counts calendar days, first and last included", "for example  within: 2 weeks")
		}
		if w.N < length.Min {
			r.add(x.At("within"), fmt.Sprintf("%s cannot lie within %s", many(length.Min, "day", "days"), *w), "lengthen within:, or shorten days:")
		}
	}
	if x.Programme == "" {
		if n := length.Min * len(x.SlotIndex); n > MostMeetings && !x.Short {
			r.add(x.At("days"), fmt.Sprintf("%d days of %d slots are %d meetings; a session has at most %d", length.Min, len(x.SlotIndex), n, MostMeetings), "split the session, or name fewer slots")
		}
		x.FillsDay = true
		kind := "plenary"
		if x.Short {
			kind = "meeting"
		}
		x.Programmed = []MeetingKind{{Kind: kind, Count: &source.Count{Min: 1, Max: MostMeetings}}}
		if len(x.Titles) > 0 {
			r.add(x.KeyAt("titles"), "titles name the meetings of a programme, but the session has none", "add  programme: thematic, or take titles: out")
		}
		return
	}
	i := find(x.At("programme"), x.Programme, idsOf(s.Programmes, func(x Programme) string { return x.ID }), "programme", &r.problems)
	if i < 0 {
		return
	}
	x.Programmed = s.Programmes[i].Meetings
	least, most := 0, 0
	var kinds []string
	for _, k := range x.Programmed {
		least, most = least+k.Range().Min, most+k.Range().Max
		kinds = append(kinds, k.Kind)
	}
	places := length.Max * len(x.SlotIndex)
	switch {
	case most > MostMeetings:
		r.add(x.At("programme"), fmt.Sprintf("the programme has up to %d meetings; %d is the most", most, MostMeetings), "lower the counts, or split the session")
		x.Programmed = nil
		return
	case least > places:
		r.add(x.At("programme"), fmt.Sprintf("the programme has at least %s, but %s of %s hold %d", many(least, "meeting", "meetings"), many(length.Max, "day", "days"), many(len(x.SlotIndex), "slot", "slots"), places), "allow more days, or fewer meetings")
	case most < length.Min:
		r.add(x.At("programme"), fmt.Sprintf("the programme has at most %s, which cannot fill %s", many(most, "meeting", "meetings"), many(length.Min, "day", "days")), "every day of a session has a meeting: shorten days:, or add meetings")
	}
	for _, kind := range slices.Sorted(maps.Keys(x.Titles)) {
		i := find(x.KeyAt("titles", kind), kind, kinds, "kind of meeting", &r.problems)
		if i >= 0 && len(x.Titles[kind]) > x.Programmed[i].Range().Max {
			r.add(x.At("titles", kind), fmt.Sprintf("there are %d titles for at most %s", len(x.Titles[kind]), many(x.Programmed[i].Range().Max, "meeting", "meetings")), "take some out")
		}
	}
}

// window checks that the days of the session can lie in its window.
func (r *reading) window(s *Scenario, index int) {
	x := &s.Sessions[index]
	w := s.Window(index)
	if x.Between != nil && w.Len() == 0 {
		r.add(x.At("between"), fmt.Sprintf("the window lies outside the period %s", s.Period), "widen the period, or correct the window")
		return
	}
	if len(x.StationIDs) == 0 || s.Period.Len() == 0 {
		return
	}
	most, works := 0, 0
	need := x.Length().Min
	for _, i := range x.StationIDs {
		st := &s.Stations[i]
		most, works = max(most, st.openIn(s.Period)), max(works, st.worksIn(s.Period))
	}
	// That a window is too narrow, or a station closed, is no mistake: a conflict like any
	// other, with its ways out.
	if works < need && !x.Optional {
		r.add(x.At("days"), fmt.Sprintf("the session takes %s, but only %s open at its station in the period %s", many(need, "day", "days"), many(most, "day is", "days are"), s.Period), "lengthen the period, or shorten days:")
	}
}

func (r *reading) pin(s *Scenario, index int) {
	x := &s.Sessions[index]
	if x.Pin == nil {
		return
	}
	p := x.Pin
	if p.Station != "" {
		if !slices.Contains(x.AtStations, p.Station) {
			r.add(p.At("at"), fmt.Sprintf("the session can't meet at %q", diag.Shorten(p.Station)), diag.Suggest(p.Station, x.AtStations, "name a station of at:"))
		}
	}
	if p.Days != nil && !x.Length().Has(len(p.Days)) {
		r.add(p.At("days"), fmt.Sprintf("%s pinned, but the session takes %s", many(len(p.Days), "day is", "days are"), x.Length()), "correct days: in one of the two places")
	}
	r.pinnedShort(s, x)
	if !slices.ContainsFunc([]string{"start", "days", "at", "seats", "slot", "room"}, p.Has) {
		r.add(p.At(), "the pin says neither start, days, at, slot, room nor seats", "for example  pin: {start: 2017-05-08}, or take it out")
	}
	for i, d := range p.Days {
		r.pinned(s, x, d, p.At("days", i))
	}
	slices.Sort(p.Days)
	for i := 1; i < len(p.Days); i++ {
		if p.Days[i] == p.Days[i-1] {
			r.add(p.At("days"), fmt.Sprintf("the day %s is pinned twice", p.Days[i]), "write it once")
		}
	}
	if p.Start != nil {
		r.pinned(s, x, *p.Start, p.At("start"))
	}
	for _, meeting := range slices.Sorted(maps.Keys(p.Seats)) {
		kind, number, ok := SplitMeeting(meeting)
		i := slices.IndexFunc(x.Programmed, func(k MeetingKind) bool { return k.Kind == kind })
		if !ok || i < 0 || number > x.Programmed[i].Range().Max {
			r.add(p.KeyAt("seats", meeting), fmt.Sprintf("the session has no meeting %q", diag.Shorten(meeting)), "write the kind and the number, such as panel 1")
			continue
		}
		seats := x.Programmed[i].Seats
		for _, seat := range slices.Sorted(maps.Keys(p.Seats[meeting])) {
			member := p.Seats[meeting][seat]
			j := find(p.KeyAt("seats", meeting, seat), seat, idsOf(seats, func(x Seat) string { return x.ID }), "seat", &r.problems)
			if j < 0 {
				continue
			}
			if !s.canTake(&seats[j], member) {
				r.add(p.At("seats", meeting, seat), fmt.Sprintf("%q cannot take this seat", diag.Shorten(member)), "name a member of its rosters by id")
			}
		}
	}
}

// pinned checks that the session can meet on a day that its pin names.
func (r *reading) pinned(s *Scenario, x *Session, d calendar.Day, at diag.Place) {
	switch {
	case !s.Period.Contains(d):
		r.add(at, fmt.Sprintf("%s lies outside the period %s", d, s.Period), "widen the period, or correct the date")
		return
	case x.Between != nil && !x.Between.Contains(d):
		r.add(at, fmt.Sprintf("%s lies outside the session's own days, between: %s", d, x.Between), "widen between:, or correct the date")
		return
	}
	var shut []string
	for _, i := range x.StationIDs {
		st := &s.Stations[i]
		if x.Pin.Station != "" && x.Pin.Station != st.ID {
			continue
		}
		why := st.WhyClosed(d)
		if why == "" {
			return
		}
		if why != closedUnsaid {
			why = "closed: " + why
		}
		shut = append(shut, fmt.Sprintf("%s (%s)", diag.Shorten(st.ID), diag.Shorten(why)))
	}
	switch {
	case len(shut) > 3:
		r.add(at, fmt.Sprintf("no station of the session is open on %s: neither %s nor the others", d, shut[0]), "choose a day on which one of them is open")
	case len(shut) > 0:
		r.add(at, fmt.Sprintf("no session can meet on %s in %s", d, strings.Join(shut, " or ")), "choose a day on which the station is open")
	}
}

// SplitMeeting reads "panel 2" as the kind and the number; the number may be
// left out for the first.
func SplitMeeting(text string) (kind string, number int, ok bool) {
	kind, digits, numbered := strings.Cut(text, " ")
	if !numbered {
		return kind, 1, true
	}
	c, err := source.ParseCount(digits)
	return kind, c.Min, err == nil && c.Min >= 1 && c.Min == c.Max
}

func (r *reading) document(s *Scenario, d *Document) {
	s.any.check(d.Origin, "after", d.After, "session, document or event", &r.problems)
	if len(d.After) > MostPatterns || len(d.Before) > MostPatterns {
		if len(d.Before) > MostPatterns {
			r.add(d.At("before"), fmt.Sprintf("there are %d ids and patterns; %d is the most", len(d.Before), MostPatterns), "select many by one pattern: thematic-*")
		}
		r.hopeless = true
		return
	}
	r.referred += len(s.any.find(d.After))
	for _, due := range d.Before {
		r.referred += len(s.any.find([]string{due.ID}))
	}
	if r.referred > MostReferences {
		r.hopeless = true
		r.add(d.At("id"), fmt.Sprintf("the documents refer to more than %d sessions, documents and events", MostReferences), "name what a document draws on, not all there is")
		return
	}
	for _, due := range d.Before {
		if !strings.Contains(due.ID, "*") {
			if !s.known(due.ID) {
				find(due.At("id"), due.ID, s.any.ids, "session, document or event", &r.problems)
			}
		} else if len(s.any.find([]string{due.ID})) == 0 {
			r.add(due.At("id"), fmt.Sprintf("no session, document or event is called %q", diag.Shorten(due.ID)), "write an id, or a pattern such as thematic-*")
		}
	}
	if d.Between != nil && d.Between.Intersect(s.Period).Len() == 0 {
		r.add(d.At("between"), fmt.Sprintf("the days lie outside the period %s", s.Period), "widen the period, or correct the days")
	}
	for _, x := range []struct {
		key string
		day *calendar.Day
	}{{"deadline", d.Deadline}, {"pin", d.Pin}} {
		if x.day != nil && !s.Period.Contains(*x.day) {
			r.add(d.At(x.key), fmt.Sprintf("%s: %s lies outside the period %s", x.key, *x.day, s.Period), "widen the period, or correct the date")
		}
	}
	if d.Within != nil && len(d.After) == 0 {
		r.add(d.At("within"), "the time limit starts after something, but after: is missing", "add  after: [session]")
	}
	if d.Takes != nil && len(d.After) == 0 {
		r.add(d.At("takes"), "the lead time starts after something, but after: is missing", "add  after: [session]")
	}
}

func (r *reading) phases(s *Scenario) {
	for i := range s.Phases {
		p := &s.Phases[i]
		s.CheckSessions(p.Origin, "of", p.Of, &r.problems)
		if p.Between.Intersect(s.Period).Len() == 0 && p.Has("between") && p.Between.Len() > 0 {
			r.add(p.At("between"), fmt.Sprintf("the phase lies outside the period %s", s.Period), "widen the period, or correct the days")
		}
		if i > 0 && p.Between.First < s.Phases[i-1].Between.First {
			r.add(p.At("between"), fmt.Sprintf("the phase starts before the phase %q, which is listed first", s.Phases[i-1].ID), "list phases in the order in which they start")
		}
	}
}

func (r *reading) priorities(s *Scenario) {
	if len(s.Priorities) > MostPriorities {
		r.add(s.At("priorities"), fmt.Sprintf("%d tiers is the most", MostPriorities), "join some")
	}
	for i, p := range s.Priorities {
		if strings.TrimSpace(p) == "" {
			r.add(s.At("priorities", i), "a tier has no name", "say what it is about")
		}
		if slices.Contains(s.Priorities[:i], p) {
			r.add(s.At("priorities", i), fmt.Sprintf("the tier %q is listed twice", diag.Shorten(p)), "take one of the two out; rules name tiers by number")
		}
	}
}

// circles reports sessions and documents that wait for each other.
func (r *reading) circles(s *Scenario) {
	g := simple.NewDirectedGraph()
	ids := append(s.SessionIDs(), s.DocumentIDs()...)
	edge := func(a, b int) {
		if 0 <= min(a, b) && max(a, b) < len(ids) && a != b { // events wait for nothing
			g.SetEdge(simple.Edge{F: simple.Node(a), T: simple.Node(b)})
		}
	}
	for i := range s.Sessions {
		for _, l := range s.Sessions[i].Before {
			edge(i, s.Session(l.ID))
		}
		for _, l := range s.Sessions[i].After {
			edge(s.Session(l.ID), i)
		}
	}
	for i := range s.Documents {
		self := len(s.Sessions) + i
		for _, j := range s.any.find(s.Documents[i].After) {
			edge(j, self)
		}
		for _, due := range s.Documents[i].Before {
			for _, j := range s.any.find([]string{due.ID}) {
				edge(self, j)
			}
		}
	}
	for _, component := range topo.TarjanSCC(g) {
		if len(component) < 2 {
			continue
		}
		var members []string
		first := len(ids)
		for _, n := range component {
			first = min(first, int(n.ID()))
		}
		for _, n := range component {
			members = append(members, ids[n.ID()])
		}
		slices.Sort(members)
		var at diag.Place
		if first < len(s.Sessions) {
			at = s.Sessions[first].At("id")
		} else {
			at = s.Documents[first-len(s.Sessions)].At("id")
		}
		r.add(at, "these wait for each other in a circle: "+diag.Shorten(strings.Join(members, ", ")), "take out one before: or after: among them")
	}
}
