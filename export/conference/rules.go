package conference

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"plenary/export/original"
)

// measure says in what the excess of a rule counts.
type measure int

const (
	perMatch  measure = iota // 1 for each
	perSlot                  // slots, by the rule's nature
	perMinute                // slots, because count: slots asks for it
)

// rule writes a rule on every level on which the constraint has a weight.
// Fields may be long and hold line ends. The weight is multiplied by factor, and
// by the minutes of a slot where slots are counted.
func (w *writing) rule(name, kind, fields string, by measure, factor int) {
	for level, weight := range w.Weights[name].Levels {
		if weight == 0 {
			continue
		}
		if level == 0 {
			fmt.Fprintf(&w.b, "  - %s: {%s}\n", kind, fields)
			continue
		}
		weight *= factor
		count := ""
		if by != perMatch {
			weight *= w.grid.minutes
		}
		if by == perMinute {
			count = ", count: slots"
		}
		fmt.Fprintf(&w.b, "  - %s: {%s%s, tier: %d, weight: %d}\n", kind, fields, count, level, weight)
	}
}

// heading writes what the rules below it are about, and the constraint.
func (w *writing) heading(text, name string) { fmt.Fprintf(&w.b, "\n  # %s (%s).\n", text, name) }

// section writes a heading and the rules below it, nothing where there are none.
func (w *writing) section(text, name string, rules func()) {
	before := w.b.Len()
	w.heading(text, name)
	after := w.b.Len()
	if rules(); w.b.Len() == after {
		kept := w.b.String()[:before]
		w.b.Reset()
		w.b.WriteString(kept)
	}
}

// list writes talks, for a line that begins with so many characters.
func (w *writing) list(talks []int) string {
	var ids []string
	for _, t := range talks {
		ids = append(ids, w.talks[t])
	}
	return original.List(16, ids)
}

// groups gives the talks of each value, in order of the values.
func (w *writing) groups(values func(Talk) []string) (names []string, talks map[string][]int) {
	talks = map[string][]int{}
	for i, t := range w.Talks {
		for _, v := range values(t) {
			talks[v] = append(talks[v], i)
		}
	}
	return slices.Sorted(maps.Keys(talks)), talks
}

// together writes a rule about the talks of each value that several talks have.
func (w *writing) together(text, name, kind string, by measure, values func(Talk) []string) {
	w.section(text, name, func() {
		names, talks := w.groups(values)
		for _, v := range names {
			if len(talks[v]) > 1 {
				w.rule(name, kind, "of: "+w.list(talks[v])+", note: "+original.Text(v), by, 1)
			}
		}
	})
}

func (w *writing) writeRules() {
	before := w.b.Len()
	w.b.WriteString("\nrules:\n")
	after := w.b.Len()
	themes := func(t Talk) []string { return t.Themes }
	contents := func(t Talk) []string { return t.Contents }
	if w.Weights[speakerConflict].Levels[1] > 0 || w.Weights[speakerConflict].Levels[2] > 0 {
		w.speakersAtOnce()
	}
	w.unavailableSpeakers()
	w.section("Talks that others build on come first", prerequisites, func() {
		for i, t := range w.Talks {
			if len(t.Before) > 0 {
				w.rule(prerequisites, "in-order", fmt.Sprintf("of: %s, then: %s", w.list(t.Before), original.Text(w.talks[i])), perMinute, 1)
			}
		}
	})
	w.together("Talks that exclude each other are not at the same time", exclusiveTags, "overlap", perSlot, func(t Talk) []string { return t.Exclusive })
	w.section("A speaker has a pause between two talks", pause, func() {
		if w.Pause > 0 {
			w.rule(pause, "pause", fmt.Sprintf(`of: "*", at-least: %d minutes, sharing: people`, w.Pause), perMatch, 1)
		}
	})
	w.section("No more than two talks that draw a crowd at the same time", crowdControl, func() {
		for _, k := range w.classes() {
			risky := slices.DeleteFunc(slices.Clone(k.talks), func(t int) bool { return w.Talks[t].Crowd == 0 })
			if len(risky) > 2 {
				w.rule(crowdControl, "parallel", "of: "+w.list(risky)+", at-most: 2", perMatch, 1)
			}
		}
	})
	w.wishes()
	w.published()
	w.together("Talks of one theme are not at the same time", themeConflict, "overlap", perSlot, themes)
	w.together("Talks of one theme on one day are in one room", themeRoom, "same-room", perMinute, themes)
	w.together("Talks of one sector are not at the same time", sectorConflict, "overlap", perSlot, func(t Talk) []string { return t.Sectors })
	w.together("Talks of one theme for one audience are not at the same time", audienceTheme, "overlap", perSlot, func(t Talk) []string {
		var out []string
		for _, theme := range t.Themes {
			for _, audience := range t.Audiences {
				out = append(out, theme+", "+audience)
			}
		}
		return out
	})
	w.levelFlow()
	w.together("Talks of one content are not at the same time", contentConflict, "overlap", perSlot, contents)
	w.together("Talks of one theme are on one day", sameDay, "same-day", perMinute, themes)
	w.together("Talks of one content are on one day", sameDay, "same-day", perMinute, contents)
	w.section("Popular talks are in large rooms", popular, func() {
		w.rule(popular, "rooms-by-size", `of: "*"`, perMinute, 1)
	})
	w.rewards()
	if w.b.Len() == after {
		kept := w.b.String()[:before]
		w.b.Reset()
		w.b.WriteString(kept)
	}
}

// speakersAtOnce prices two talks of one speaker at the same time, where that is
// not only forbidden.
func (w *writing) speakersAtOnce() {
	hard := w.Weights[speakerConflict]
	soft := hard
	soft.Levels[0] = 0 // said by people: of the talks
	w.Weights[speakerConflict] = soft
	w.together("A speaker is in one talk at a time", speakerConflict, "overlap", perSlot, func(t Talk) []string {
		var out []string
		for _, s := range t.Speakers {
			out = append(out, w.Speakers[s].Name)
		}
		return out
	})
	w.Weights[speakerConflict] = hard
}

// timed writes rules that keep talks off timeslots, class by class.
func (w *writing) timed(name string, talks []int, factor int, bad func(slot int) bool) {
	for _, k := range w.classes() {
		var of []int
		for _, t := range talks {
			if slices.Contains(k.talks, t) {
				of = append(of, t)
			}
		}
		var off []Timeslot
		for _, slot := range k.timeslots {
			if bad(slot) {
				off = append(off, w.Timeslots[slot])
			}
		}
		if len(of) == 0 {
			continue
		}
		for _, part := range w.parts(off) {
			w.rule(name, "times", "of: "+w.list(of)+",\n      not: "+part.String(), perMinute, factor)
		}
	}
}

func (w *writing) unavailableSpeakers() {
	w.section("Speakers are not available at all times", speakerUnavailable, func() {
		for s, speaker := range w.Speakers {
			if len(speaker.Unavailable) == 0 {
				continue
			}
			var talks []int
			for i, t := range w.Talks {
				if slices.Contains(t.Speakers, s) {
					talks = append(talks, i)
				}
			}
			w.timed(speakerUnavailable, talks, 1, func(slot int) bool { return speaker.Unavailable[slot] })
		}
	})
}

// wishes writes the sixteen constraints about tags of timeslots and rooms.
func (w *writing) wishes() {
	of := func(name string, tags func(Wishes) []string) {
		text := "Timeslots and their tags"
		if strings.Contains(name, "room") {
			text = "Rooms and their tags"
		}
		w.section(text, name, func() { w.wish(name, tags) })
	}
	required := func(x Wishes) []string { return x.Required }
	preferred := func(x Wishes) []string { return x.Preferred }
	prohibited := func(x Wishes) []string { return x.Prohibited }
	undesired := func(x Wishes) []string { return x.Undesired }
	for _, x := range []struct {
		names []string
		tags  func(Wishes) []string
	}{
		{[]string{speakerTimeRequired, talkTimeRequired, speakerRoomRequired, talkRoomRequired}, required},
		{[]string{speakerTimeProhibited, talkTimeProhibited, speakerRoomProhibited, talkRoomProhibited}, prohibited},
		{[]string{speakerTimePreferred, talkTimePreferred, speakerRoomPreferred, talkRoomPreferred}, preferred},
		{[]string{speakerTimeUndesired, talkTimeUndesired, speakerRoomUndesired, talkRoomUndesired}, undesired},
	} {
		for _, name := range x.names {
			of(name, x.tags)
		}
	}
}

// wish writes one of them: for each tag, and for each number of those who ask
// for it, the talks that they ask for.
func (w *writing) wish(name string, tags func(Wishes) []string) {
	rooms := strings.Contains(name, "room")
	wanted := strings.Contains(name, "equired") || strings.Contains(name, "referred")
	of := func(time, room Wishes) []string {
		if rooms {
			return tags(room)
		}
		return tags(time)
	}
	type asked struct {
		tag   string
		times int
	}
	talks := map[asked][]int{}
	var order []asked
	for i, t := range w.Talks {
		count := map[string]int{}
		if strings.HasPrefix(name, "Talk") {
			for _, tag := range of(t.Timeslot, t.Room) {
				count[tag]++
			}
		} else {
			for _, s := range t.Speakers {
				for _, tag := range of(w.Speakers[s].Timeslot, w.Speakers[s].Room) {
					count[tag]++
				}
			}
		}
		for _, tag := range slices.Sorted(maps.Keys(count)) {
			key := asked{tag, count[tag]}
			if talks[key] == nil {
				order = append(order, key)
			}
			talks[key] = append(talks[key], i)
		}
	}
	for _, key := range order {
		if !rooms {
			w.timed(name, talks[key], key.times, func(slot int) bool {
				return slices.Contains(w.Timeslots[slot].Tags, key.tag) != wanted
			})
			continue
		}
		side := "not"
		if wanted {
			side = "in"
		}
		w.rule(name, "places", fmt.Sprintf("of: %s, %s: {tagged: [%s]}", w.list(talks[key]), side, original.Text(w.tags[key.tag])), perMinute, key.times)
	}
}

// published writes that talks keep what was published. A talk that was published
// in a timeslot that its type cannot have costs the same in every plan.
func (w *writing) published() {
	w.section("Talks keep their published times", publishedTimeslot, func() {
		for slot, t := range w.Timeslots {
			var talks []int
			for i, talk := range w.Talks {
				if talk.Published.Timeslot != slot {
					continue
				}
				if slices.Contains(t.Types, talk.Type) {
					talks = append(talks, i)
					continue
				}
				for level, weight := range w.Weights[publishedTimeslot].Levels {
					w.offsets[level] -= int64(weight)
				}
			}
			if len(talks) > 0 {
				w.rule(publishedTimeslot, "times", "of: "+w.list(talks)+",\n      in: "+w.parts([]Timeslot{t})[0].String(), perMatch, 1)
			}
		}
	})
	w.section("Talks keep their published rooms", publishedRoom, func() {
		for r, id := range w.rooms {
			var talks []int
			for i, talk := range w.Talks {
				if talk.Published.Room == r {
					talks = append(talks, i)
				}
			}
			if len(talks) > 0 {
				w.rule(publishedRoom, "places", fmt.Sprintf("of: %s, in: {rooms: [%s]}", w.list(talks), original.Text(id)), perMatch, 1)
			}
		}
	})
}

// levelFlow writes that the easier talk of a content comes before the harder.
func (w *writing) levelFlow() {
	w.section("Of talks of one content the easier come first", levelFlow, func() {
		names, talks := w.groups(func(t Talk) []string { return t.Contents })
		for _, content := range names {
			byLevel := map[int][]int{}
			for _, t := range talks[content] {
				byLevel[w.Talks[t].Level] = append(byLevel[w.Talks[t].Level], t)
			}
			for _, level := range slices.Sorted(maps.Keys(byLevel)) {
				var harder []int
				for _, t := range talks[content] {
					if w.Talks[t].Level > level {
						harder = append(harder, t)
					}
				}
				if len(harder) > 0 {
					w.rule(levelFlow, "in-order", fmt.Sprintf("of: %s,\n      then: %s, note: %s", w.list(byLevel[level]), w.list(harder), original.Text(content)), perMinute, 1)
				}
			}
		}
	})
}

// rewards writes what the example rewards, as a price for each pair of talks that
// are not in one timeslot.
func (w *writing) rewards() {
	w.section("Talks for one audience are at the same time", audienceDiversity, func() {
		w.each(func(k class) {
			names, talks := w.inClass(k, func(t Talk) []string { return t.Audiences })
			for _, v := range names {
				w.alongside(audienceDiversity, k, talks[v], nil)
			}
		})
	})
	w.section("Talks of different levels are at the same time", levelDiversity, func() {
		w.each(func(k class) {
			w.different(levelDiversity, k, func(t Talk) string { return fmt.Sprintf("%09d", t.Level) })
		})
	})
	w.section("Talks in different languages are at the same time", languageDiversity, func() {
		w.each(func(k class) { w.different(languageDiversity, k, func(t Talk) string { return t.Language }) })
	})
}

func (w *writing) each(write func(class)) {
	for _, k := range w.classes() {
		write(k)
	}
}

// inClass gives the talks of each value in a class, in order of the values.
func (w *writing) inClass(k class, values func(Talk) []string) ([]string, map[string][]int) {
	names, talks := w.groups(values)
	for v := range talks {
		talks[v] = slices.DeleteFunc(talks[v], func(t int) bool { return !slices.Contains(k.talks, t) })
	}
	return names, talks
}

// different rewards talks of different values.
func (w *writing) different(name string, k class, value func(Talk) string) {
	names, talks := w.inClass(k, func(t Talk) []string { return []string{value(t)} })
	for i, v := range names {
		var others []int
		for _, other := range names[i+1:] {
			others = append(others, talks[other]...)
		}
		if len(others) > 0 {
			w.alongside(name, k, talks[v], others)
		}
	}
}

// alongside prices the pairs of talks that are not in one timeslot, and notes by
// how much that is above the example's reward for those that are.
func (w *writing) alongside(name string, k class, of, with []int) {
	pairs := len(of) * (len(of) - 1) / 2
	fields := "of: " + w.list(of)
	if with != nil {
		pairs = len(of) * len(with)
		fields += ",\n      with: " + w.list(with)
	}
	if pairs == 0 {
		return
	}
	w.rule(name, "alongside", fields, perSlot, 1)
	for level, weight := range w.Weights[name].Levels {
		w.offsets[level] += int64(weight) * int64(pairs) * int64(w.Timeslots[k.timeslots[0]].Minutes())
	}
}
