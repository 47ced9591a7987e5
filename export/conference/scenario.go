package conference

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"plenary/export/original"
	"plenary/model/calendar"
	"plenary/model/diag"
)

// station is where all talks are given.
const station = "venue"

func (c *Conference) roomIDs() []string {
	var names []string
	for _, r := range c.Rooms {
		names = append(names, r.Name)
	}
	return original.Titles(names)
}

func (c *Conference) talkIDs() []string {
	var names []string
	for _, t := range c.Talks {
		names = append(names, t.Code)
	}
	return original.IDs(names)
}

func (c *Conference) speakerIDs() []string {
	var names []string
	for _, s := range c.Speakers {
		names = append(names, s.Name)
	}
	return original.IDs(names)
}

// writing is one run of Scenario.
type writing struct {
	*Conference
	b       strings.Builder
	grid    grid
	talks   []string // ids
	rooms   []string
	tags    map[string]string // ids of the tags of rooms; for TYPE for the talk types
	offsets [3]int64
}

// Scenario states the file as a scenario: each talk is a session; what has a
// hard weight is hard, medium is tier 1, soft is tier 2. Rewards become prices.
func (c *Conference) Scenario() (original.Scenario, diag.List) {
	if problems := c.stated(); len(problems) > 0 {
		return original.Scenario{}, problems
	}
	w := &writing{Conference: c, grid: c.grid(), talks: c.talkIDs(), rooms: c.roomIDs()}
	w.roomTags()
	name := cmp.Or(c.Name, filepath.Base(c.File))
	fmt.Fprintf(&w.b, "plenary: 1\ntitle: %s\n", original.Text(name))
	days := w.grid.days
	fmt.Fprintf(&w.b, "period: %s\n\nslots: # %d minutes each\n", calendar.Range{First: days[0], Last: days[len(days)-1]}, w.grid.minutes)
	everyDay := int(days[len(days)-1]-days[0]) == len(days)-1
	for _, s := range w.grid.slots {
		times := fmt.Sprintf("%s-%s", s.from, s.from+calendar.Clock(w.grid.minutes))
		if len(s.on) == len(days) && everyDay {
			fmt.Fprintf(&w.b, "  %s: %s\n", s.id, times)
		} else {
			fmt.Fprintf(&w.b, "  %s: {times: %s, on: %s}\n", s.id, times, original.Days(s.on))
		}
	}
	w.writeRooms()
	w.writeSpeakers()
	w.b.WriteString("\nsessions: # attendees: how many marked the talk as a favourite\n")
	for i := range c.Talks {
		w.writeTalk(i)
	}
	w.b.WriteString("\npriorities:\n  - published times stay\n  - tracks, audiences and wishes\n")
	w.writeRules()
	return original.Scenario{Text: []byte(w.b.String()), Levels: levels, Offsets: w.offsets[1:]}, nil
}

// roomTags makes an id of each tag of a room and of each talk type.
func (w *writing) roomTags() {
	var names []string
	for _, name := range w.types() {
		names = append(names, "for "+name)
	}
	for _, r := range w.Rooms {
		names = added(names, r.Tags)
	}
	w.tags = map[string]string{}
	for i, id := range original.IDs(names) {
		w.tags[names[i]] = id
	}
}

func (w *writing) writeRooms() {
	fmt.Fprintf(&w.b, "\nstations:\n  %s:\n    title: Venue\n    zone: UTC\n    week: mon-sun\n    rooms:\n", station)
	for r, room := range w.Rooms {
		var tags []string
		for _, name := range w.types() {
			if slices.Contains(room.allowed(w.Conference), name) {
				tags = append(tags, w.tags["for "+name])
			}
		}
		for _, tag := range room.Tags {
			tags = append(tags, w.tags[tag])
		}
		fmt.Fprintf(&w.b, "      %s:\n        seats: %d\n", original.Text(w.rooms[r]), room.Seats)
		if len(tags) > 0 {
			fmt.Fprintf(&w.b, "        tags: %s\n", original.List(15, tags))
		}
		var closed []Timeslot
		for t, slot := range w.Timeslots {
			if room.Unavailable[t] && common(slot.Types, room.allowed(w.Conference)) > 0 {
				closed = append(closed, slot)
			}
		}
		if len(closed) > 0 {
			w.b.WriteString("        closed:\n")
		}
		for _, part := range w.parts(closed) {
			for _, day := range part.days {
				fmt.Fprintf(&w.b, "          - {days: %s, slots: %s}\n", day, original.List(20, part.slots))
			}
		}
	}
}

// part is some slots on some days.
type part struct {
	days  []calendar.Day
	slots []string
}

func (p part) String() string {
	return fmt.Sprintf("{days: %s, slots: %s}", original.Days(p.days), original.List(16, p.slots))
}

// parts gives slots and days that together are the timeslots.
func (w *writing) parts(timeslots []Timeslot) []part {
	onDay := map[calendar.Day][]string{}
	for _, t := range timeslots {
		onDay[t.Day] = added(onDay[t.Day], w.grid.of(t))
	}
	var out []part
	for _, day := range w.grid.days {
		slots := onDay[day]
		if len(slots) == 0 {
			continue
		}
		slices.Sort(slots)
		at := slices.IndexFunc(out, func(p part) bool { return slices.Equal(p.slots, slots) })
		if at < 0 {
			at = len(out)
			out = append(out, part{slots: slots})
		}
		out[at].days = append(out[at].days, day)
	}
	return out
}

func (w *writing) writeSpeakers() {
	if len(w.Speakers) == 0 || w.Weights[speakerConflict].Levels[0] == 0 {
		return
	}
	w.b.WriteString("\npeople:\n")
	for s, id := range w.speakerIDs() {
		fmt.Fprintf(&w.b, "  %s: {title: %s}\n", original.Text(id), original.Text(w.Speakers[s].Name))
	}
}

func (w *writing) writeTalk(i int) {
	t := w.Talks[i]
	title := cmp.Or(t.Title, t.Code)
	fmt.Fprintf(&w.b, "  - id: %s\n    title: %s\n    at: %s\n", original.Text(w.talks[i]), original.Text(title), station)
	var starts []string
	minutes := 0
	for _, slot := range w.Timeslots {
		if slices.Contains(slot.Types, t.Type) {
			starts = added(starts, []string{w.grid.id(slot.Day, slot.From)})
			minutes = slot.Minutes()
		}
	}
	fmt.Fprintf(&w.b, "    lasts: %d minutes\n    starts: %s\n", minutes, original.List(13, starts))
	fmt.Fprintf(&w.b, "    room: {tags: [%s]}\n    attendees: %d\n", original.Text(w.tags["for "+t.Type]), t.Favorites)
	if len(t.Speakers) > 0 && w.Weights[speakerConflict].Levels[0] > 0 {
		var people []string
		ids := w.speakerIDs()
		for _, s := range t.Speakers {
			people = append(people, ids[s])
		}
		fmt.Fprintf(&w.b, "    people: %s\n", original.List(14, people))
	}
	if t.Pinned {
		a := w.Assigned[i]
		slot := w.Timeslots[a.Timeslot]
		fmt.Fprintf(&w.b, "    pin: {start: %s, slot: %s, room: %s}\n", slot.Day, w.grid.id(slot.Day, slot.From), original.Text(w.rooms[a.Room]))
	}
}
