package conference

import (
	"fmt"
	"slices"

	"plenary/export/original"
	"plenary/export/xlsx"
	"plenary/model/calendar"
	"plenary/model/plan"
)

// given is a talk with its place.
type given struct {
	*Talk
	slot     int
	time     Timeslot
	room     int
	speakers []*Speaker
}

// minutes gives the length of the talk.
func (g given) minutes() int { return g.time.Minutes() }

// endsAfterStart tells whether g has not ended when o starts.
func (g given) endsAfterStart(o given) bool {
	return g.time.Day > o.time.Day || g.time.Day == o.time.Day && g.time.To > o.time.From
}

// Evaluate computes the example's score of an assignment. Talks without a place
// are counted above all levels by the example, and as hard here; pinned talks
// cannot be moved there.
func (c *Conference) Evaluate(assigned []Assignment) original.Score {
	amount := map[string]int{}
	var all []given
	crowded := map[int]int{}
	for i, a := range assigned {
		if a.Timeslot < 0 || a.Room < 0 {
			amount[notPlaced]++
			continue
		}
		g := given{Talk: &c.Talks[i], slot: a.Timeslot, time: c.Timeslots[a.Timeslot], room: a.Room}
		for _, s := range g.Speakers {
			g.speakers = append(g.speakers, &c.Speakers[s])
		}
		if g.Crowd > 0 {
			crowded[g.slot]++
		}
		if c.Talks[i].Pinned && a != c.Assigned[i] {
			amount[pinMoved]++
		}
		c.alone(g, amount)
		all = append(all, g)
	}
	for i, a := range all {
		if a.Crowd > 0 && crowded[a.slot] > 2 {
			amount[crowdControl] += a.minutes()
		}
		for _, b := range all[:i] {
			c.pair(a, b, amount)
			c.ordered(a, b, amount)
			c.ordered(b, a, amount)
		}
	}
	score := original.Score{
		{Name: notPlaced, Level: 0, Amount: int64(amount[notPlaced]), Weight: 1},
		{Name: pinMoved, Level: 0, Amount: int64(amount[pinMoved]), Weight: 1},
	}
	for level := range 3 {
		for _, name := range constraints {
			w := int64(c.Weights[name].Levels[level])
			if reward(name) {
				w = -w
			}
			if w != 0 {
				score = append(score, original.Part{Name: name, Level: level, Amount: int64(amount[name]), Weight: w})
			}
		}
	}
	return score
}

// alone adds what a talk costs by its own place.
func (c *Conference) alone(g given, amount map[string]int) {
	room := c.Rooms[g.room]
	add := func(name string, n int) { amount[name] += n * g.minutes() }
	if room.Unavailable[g.slot] {
		add(roomUnavailable, 1)
	}
	for _, s := range g.speakers {
		if s.Unavailable[g.slot] {
			add(speakerUnavailable, 1)
		}
		add(speakerTimeRequired, missing(s.Timeslot.Required, g.time.Tags))
		add(speakerTimePreferred, missing(s.Timeslot.Preferred, g.time.Tags))
		add(speakerTimeProhibited, common(s.Timeslot.Prohibited, g.time.Tags))
		add(speakerTimeUndesired, common(s.Timeslot.Undesired, g.time.Tags))
		add(speakerRoomRequired, missing(s.Room.Required, room.Tags))
		add(speakerRoomPreferred, missing(s.Room.Preferred, room.Tags))
		add(speakerRoomProhibited, common(s.Room.Prohibited, room.Tags))
		add(speakerRoomUndesired, common(s.Room.Undesired, room.Tags))
	}
	add(talkTimeRequired, missing(g.Timeslot.Required, g.time.Tags))
	add(talkTimePreferred, missing(g.Timeslot.Preferred, g.time.Tags))
	add(talkTimeProhibited, common(g.Timeslot.Prohibited, g.time.Tags))
	add(talkTimeUndesired, common(g.Timeslot.Undesired, g.time.Tags))
	add(talkRoomRequired, missing(g.Room.Required, room.Tags))
	add(talkRoomPreferred, missing(g.Room.Preferred, room.Tags))
	add(talkRoomProhibited, common(g.Room.Prohibited, room.Tags))
	add(talkRoomUndesired, common(g.Room.Undesired, room.Tags))
	if g.Published.Timeslot >= 0 && g.Published.Timeslot != g.slot {
		amount[publishedTimeslot]++
	}
	if g.Published.Room >= 0 && g.Published.Room != g.room {
		amount[publishedRoom]++
	}
}

// pair adds what two talks cost together, whichever comes first.
func (c *Conference) pair(a, b given, amount map[string]int) {
	overlap, both := a.time.overlap(b.time), a.minutes()+b.minutes()
	themes, contents, audiences := common(a.Themes, b.Themes), common(a.Contents, b.Contents), common(a.Audiences, b.Audiences)
	speakers := common(a.Speakers, b.Speakers)
	if a.room == b.room {
		amount[roomConflict] += overlap
	}
	amount[speakerConflict] += speakers * overlap
	amount[exclusiveTags] += common(a.Exclusive, b.Exclusive) * overlap
	amount[themeConflict] += themes * overlap
	amount[sectorConflict] += common(a.Sectors, b.Sectors) * overlap
	amount[audienceTheme] += themes * audiences * overlap
	amount[contentConflict] += contents * overlap
	if speakers > 0 && a.time.Day == b.time.Day {
		if between := max(a.time.From-b.time.To, b.time.From-a.time.To); overlap > 0 || int(between) < c.Pause {
			amount[pause] += both
		}
	}
	if a.time.Day == b.time.Day && a.room != b.room {
		amount[themeRoom] += themes * both
	}
	if a.time.Day != b.time.Day {
		amount[sameDay] += (themes + contents) * both
	}
	if a.slot == b.slot {
		amount[audienceDiversity] += audiences * a.minutes()
		if a.Level != b.Level {
			amount[levelDiversity] += a.minutes()
		}
		if a.Language != b.Language {
			amount[languageDiversity] += a.minutes()
		}
	}
}

// ordered adds what two talks cost because of what a asks of b.
func (c *Conference) ordered(a, b given, amount map[string]int) {
	both := a.minutes() + b.minutes()
	if slices.ContainsFunc(b.Before, func(t int) bool { return &c.Talks[t] == a.Talk }) && a.endsAfterStart(b) {
		amount[prerequisites] += both
	}
	if a.Level < b.Level && a.endsAfterStart(b) {
		amount[levelFlow] += common(a.Contents, b.Contents) * both
	}
	if a.Favorites < b.Favorites && c.Rooms[a.room].Seats > c.Rooms[b.room].Seats {
		amount[popular] += both
	}
}

// common counts the values that are in both lists.
func common[T comparable](a, b []T) int {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// missing counts the values that are not in the other list.
func missing(want, have []string) int { return len(want) - common(want, have) }

// Score computes the example's score of a plan for Scenario.
func (c *Conference) Score(p *plan.Plan) (original.Score, error) {
	assigned, err := c.Assignments(p)
	if err != nil {
		return nil, err
	}
	return c.Evaluate(assigned), nil
}

// Own computes the score of what the file itself says, when it places every
// talk.
func (c *Conference) Own() (original.Score, bool) {
	for _, a := range c.Assigned {
		if a.Timeslot < 0 || a.Room < 0 {
			return nil, false
		}
	}
	return c.Evaluate(c.Assigned), true
}

// Assignments gives where a plan for Scenario places the talks.
func (c *Conference) Assignments(p *plan.Plan) ([]Assignment, error) {
	grid := c.grid()
	from := map[string]calendar.Clock{}
	for _, s := range grid.slots {
		from[s.id] = s.from
	}
	rooms := original.Index(c.roomIDs())
	var out []Assignment
	for i, id := range c.talkIDs() {
		a := Assignment{-1, -1}
		if session := p.Session(id); session != nil {
			place, err := original.PlaceOf(session)
			if err != nil {
				return nil, err
			}
			clock, known := from[place.Slot]
			room, named := rooms[place.Room]
			slot := slices.IndexFunc(c.Timeslots, func(t Timeslot) bool {
				return t.Day == place.Day && t.From == clock && slices.Contains(t.Types, c.Talks[i].Type)
			})
			if !known || !named || slot < 0 {
				return nil, fmt.Errorf("the talk %s is on %s, in the slot %q and the room %q: there is no such place for it in the file", id, place.Day, place.Slot, place.Room)
			}
			a = Assignment{slot, room}
		}
		out = append(out, a)
	}
	return out, nil
}

// Plan gives the plan for Scenario that places the talks so. Talks without a place
// are left out.
func (c *Conference) Plan(assigned []Assignment) *plan.Plan {
	grid, ids, rooms := c.grid(), c.talkIDs(), c.roomIDs()
	var sessions []plan.Session
	for i, a := range assigned {
		if a.Timeslot >= 0 && a.Room >= 0 {
			t := c.Timeslots[a.Timeslot]
			sessions = append(sessions, original.Held(ids[i], station, t.Day, grid.of(t), rooms[a.Room]))
		}
	}
	return original.Plan(sessions)
}

// Solution gives the workbook with the places of a plan for Scenario filled in,
// as the example itself saves a solution.
func (c *Conference) Solution(p *plan.Plan) ([]byte, error) {
	assigned, err := c.Assignments(p)
	if err != nil {
		return nil, err
	}
	var fillings []xlsx.Filling
	for i, a := range assigned {
		var day, start, end, room string
		if a.Timeslot >= 0 {
			t := c.Timeslots[a.Timeslot]
			day, start, end, room = xlsx.DayText(t.Day), t.From.String(), t.To.String(), c.Rooms[a.Room].Name
		}
		for _, x := range []struct{ heading, text string }{{"Timeslot day", day}, {"Start", start}, {"End", end}, {"Room", room}} {
			fillings = append(fillings, xlsx.Filling{Row: c.rows[i], Column: c.columns[x.heading], Text: x.text})
		}
	}
	return xlsx.Fill(c.src, "Talks", fillings)
}
