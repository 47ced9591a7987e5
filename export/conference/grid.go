package conference

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/diag"
)

// grid cuts the timeslots into slots of equal length, so that timeslots which
// overlap in part have the slots of that part in common.
type grid struct {
	minutes int // length of a slot
	slots   []slot
	days    []calendar.Day
	daily   bool // every day has slots of its own
}

// slot is a stretch of time on some days.
type slot struct {
	id   string
	from calendar.Clock
	on   []calendar.Day
}

// grid makes the grid of the timeslots in which there is a talk to give.
func (c *Conference) grid() grid {
	var g grid
	used := c.used()
	patterns := map[calendar.Day][]string{} // what each day offers
	for _, t := range used {
		g.minutes = gcd(gcd(g.minutes, int(t.From)), int(t.To))
		patterns[t.Day] = append(patterns[t.Day], fmt.Sprintln(t.From, t.To, t.Types))
	}
	g.days = slices.Sorted(maps.Keys(patterns))
	for _, day := range g.days {
		slices.Sort(patterns[day])
		g.daily = g.daily || !slices.Equal(patterns[day], patterns[g.days[0]])
	}
	for _, t := range used {
		for from := t.From; from < t.To; from += calendar.Clock(g.minutes) {
			id := g.id(t.Day, from)
			at := slices.IndexFunc(g.slots, func(s slot) bool { return s.id == id })
			if at < 0 {
				at = len(g.slots)
				g.slots = append(g.slots, slot{id: id, from: from})
			}
			if !slices.Contains(g.slots[at].on, t.Day) {
				g.slots[at].on = append(g.slots[at].on, t.Day)
			}
		}
	}
	slices.SortStableFunc(g.slots, func(a, b slot) int { return int(a.from - b.from) })
	for _, s := range g.slots {
		slices.Sort(s.on)
	}
	return g
}

// id names the slot that starts then.
func (g grid) id(day calendar.Day, from calendar.Clock) string {
	name := strings.ReplaceAll(from.String(), ":", "")
	if g.daily {
		return fmt.Sprintf("day%d-%s", slices.Index(g.days, day)+1, name)
	}
	return "at-" + name
}

// of gives the slots of a timeslot.
func (g grid) of(t Timeslot) []string {
	var out []string
	for from := t.From; from < t.To; from += calendar.Clock(g.minutes) {
		out = append(out, g.id(t.Day, from))
	}
	return out
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// used gives the timeslots of talk types of which there is a talk.
func (c *Conference) used() []Timeslot {
	var out []Timeslot
	types := c.types()
	for _, t := range c.Timeslots {
		if common(t.Types, types) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// types gives the talk types of which there is a talk, in order of the talks.
func (c *Conference) types() []string {
	var out []string
	for _, t := range c.Talks {
		out = added(out, []string{t.Type})
	}
	return out
}

// class is a set of talk types that share timeslots, with its talks and
// timeslots. Talks of different classes are never in one timeslot.
type class struct {
	types     []string
	talks     []int
	timeslots []int
}

// classes gives the classes, in order of the talks.
func (c *Conference) classes() []class {
	var out []class
	seen := map[string]bool{}
	for _, name := range c.types() {
		if seen[name] {
			continue
		}
		k := class{types: []string{name}}
		for grew := true; grew; {
			size := len(k.types)
			for _, t := range c.Timeslots {
				if common(t.Types, k.types) > 0 {
					k.types = added(k.types, t.Types)
				}
			}
			grew = len(k.types) > size
		}
		for _, name := range k.types {
			seen[name] = true
		}
		for i, t := range c.Talks {
			if slices.Contains(k.types, t.Type) {
				k.talks = append(k.talks, i)
			}
		}
		for i, t := range c.Timeslots {
			if common(t.Types, k.types) > 0 {
				k.timeslots = append(k.timeslots, i)
			}
		}
		out = append(out, k)
	}
	return out
}

// mostSlots is how many slots a scenario may have.
const mostSlots = 96

// stated gives what the language cannot say of this file.
func (c *Conference) stated() (problems diag.List) {
	times := diag.Place{File: c.File + ":Timeslots"}
	for _, k := range c.classes() {
		for i, a := range k.timeslots {
			for _, b := range k.timeslots[:i] {
				x, y := c.Timeslots[b], c.Timeslots[a]
				what := strings.Join(k.types, ", ")
				if x.Minutes() != y.Minutes() {
					problems.Add(times, fmt.Sprintf("timeslots of type %s are %d and %d minutes long", what, x.Minutes(), y.Minutes()), "use a talk type for each length: in Plenary a talk has one length")
				} else if x.overlap(y) > 0 {
					problems.Add(times, fmt.Sprintf("timeslots of type %s overlap on %s: from %s and from %s", what, x.Day, x.From, y.From), "use a talk type for each of them")
				}
			}
		}
	}
	if n := len(c.grid().slots); n > mostSlots && len(problems) == 0 {
		problems.Add(times, fmt.Sprintf("the timeslots need %d slots of %d minutes; %d is the most", n, c.grid().minutes, mostSlots), "let them start and end at quarters of an hour, the same on all days")
	}
	c.statedRooms(&problems)
	c.statedWeights(&problems)
	return problems
}

// statedRooms finds rooms that are not available in a timeslot and are in one
// that overlaps it.
func (c *Conference) statedRooms(problems *diag.List) {
	for _, r := range c.Rooms {
		types := r.allowed(c)
		for a, off := range c.Timeslots {
			if !r.Unavailable[a] || common(types, off.Types) == 0 {
				continue
			}
			for b, t := range c.Timeslots {
				if !r.Unavailable[b] && t.overlap(off) > 0 && common(types, t.Types) > 0 {
					problems.Add(diag.Place{File: c.File + ":Rooms"}, fmt.Sprintf("the room %q is not available on %s at %s, but is in a timeslot that overlaps", r.Name, t.Day, off.From), "mark both as not available, or limit the talk types of the room")
				}
			}
		}
	}
}

// allowed gives the talk types that a room takes and of which there is a talk.
func (r Room) allowed(c *Conference) []string {
	if len(r.Types) == 0 {
		return c.types()
	}
	return slices.DeleteFunc(slices.Clone(r.Types), func(name string) bool { return !slices.Contains(c.types(), name) })
}

// statedWeights finds weights on a level on which the language has no price.
func (c *Conference) statedWeights(problems *diag.List) {
	for _, name := range []string{roomUnavailable, roomConflict, pause, crowdControl} {
		if w := c.Weights[name]; w.Levels[1] > 0 || w.Levels[2] > 0 {
			problems.Add(w.place, fmt.Sprintf("%q has a weight that is not hard", name), "Plenary can only forbid this: give it a hard weight alone")
		}
	}
	for _, name := range []string{roomUnavailable, roomConflict} {
		if w := c.Weights[name]; w.Levels[0] == 0 {
			problems.Add(w.place, fmt.Sprintf("%q has no hard weight", name), "Plenary always keeps to this: give it a hard weight")
		}
	}
	for _, name := range constraints {
		if w := c.Weights[name]; reward(name) && w.Levels[0] > 0 {
			problems.Add(w.place, fmt.Sprintf("%q is a reward with a hard weight", name), "what is rewarded cannot be demanded: give it a medium or soft weight")
		}
	}
	if w := c.Weights[pause]; w.Levels[0] > 0 && c.Weights[speakerConflict].Levels[0] == 0 {
		problems.Add(c.Weights[speakerConflict].place, fmt.Sprintf("%q has no hard weight while %q has one", speakerConflict, pause), "who needs a pause between talks cannot give two at once: give it a hard weight")
	}
}
