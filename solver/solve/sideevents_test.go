package solve_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestTheBestSideEventsAreTheBestOfAll does the same for short sessions in
// decided rooms, beside one of whole days.
func TestTheBestSideEventsAreTheBestOfAll(t *testing.T) {
	dir := t.TempDir()
	count := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		for range 2 {
			holdAgainstAllPlans(t, dir, drawSideEvents(t), count)
		}
	})
	t.Logf("%v", count)
	if count["feasible"] == 0 || count["infeasible"] == 0 || count["refused by the reader"] > count["feasible"] {
		t.Errorf("too few of the scenarios say something: %v", count)
	}
}

// drawSideEvents draws two or three short sessions, up to two rooms and slots
// that differ by day, and rules about them.
func drawSideEvents(t *rapid.T) string {
	w := &writer{T: t}
	w.days = w.number("days", 1, 2)
	w.line("plenary: 1\ntitle: drawn\nperiod: 2018-03-08..2018-03-%02d", 7+w.days)
	w.line("slots: {a: 09:00-10:00, b: {times: 10:00-10:45%s}, c: {times: 13:00-14:00, tags: [late]}}", w.maybe(3, ", on: %s", func() string { return w.pick("on", "thu", "fri") }))
	w.line("priorities: [one, two]\npeople: {x: X, y: Y}")
	w.line("stations:\n  s1: {zone: Europe/Zurich, rooms: {L: {seats: 30, tags: [r]%s}, S: {seats: 10}}}",
		w.maybe(4, ", closed: [{days: 2018-03-08, slots: [%s]}]", func() string { return w.pick("closed slot", "a", "b", "c") }))
	w.line("sessions:")
	for i, id := range []string{"e1", "e2", "e3"}[:w.number("events", 2, 3)] {
		w.line("  - {id: %s, at: s1, lasts: %s, attendees: %s, tags: [%s]%s%s%s%s%s}", id,
			w.pick("lasts", "1 slot", "1 slot", "2 slots", "100 minutes", "40 minutes"), w.pick("attendees", "5", "15", "40"), w.pick("tags", "t", "t, u"),
			w.maybe(3, ", optional: %s", func() string { return "yes" }),
			w.maybe(2, ", people: [%s]", func() string { return w.pick("people", "x", "y", "x, y") }),
			w.maybe(4, ", starts: [%s]", func() string { return w.pick("starts", "a", "b", "b, c") }),
			w.maybe(5, ", room: %s", func() string { return w.pick("room", "L", "S", "{seats: 20}", "{tags: [r]}") }),
			w.maybe(5, ", pin: {%s}", func() string { return w.pick(fmt.Sprint("pin", i), "slot: a", "room: L", "start: 2018-03-08") }))
	}
	if w.chance(3, "whole") {
		w.line("  - {id: whole, at: s1, slots: [a, c], room: {seats: %s}, optional: yes}", w.pick("whole seats", "5", "20"))
	}
	w.line("rules:")
	rules := []string{
		"overlap: {of: '*'%s}", "overlap: {of: e1, with: [e2]%s}", "attendance: {of: [e1, e2]%s}", "times: {of: '*', not: {tagged: [late]}%s}",
		"times: {of: e1, in: {slots: [a], on: thu}, count: slots%s}", "places: {of: '*', not: {rooms: [S]}, count: slots%s}", "room-size: {of: '*'%s}", "one-room: {of: '*'%s}",
		"same-room: {of: '*', count: slots%s}", "same-day: {of: 'tag:t'%s}", "days-apart: {of: [e1, e2], days: 1%s}", "in-order: {of: e2, then: e1%s}", "spread: {of: '*', over: 2%s}",
		"compact: {of: 'tag:t'%s}", "early: {of: '*'%s}", "pause: {of: '*', at-least: 1 slot%s}", "room-change: {of: '*', within: 1 slot%s}", "larger-rooms-first: {of: '*'%s}",
		"rooms-by-size: {of: '*'%s}", "alongside: {of: e1, with: e2%s}", "next-to: {of: e1, to: e2, within: 3 hours, same-room: yes%s}", "held: {of: '*'%s}", "parallel: {of: '*', at-most: 1%s}",
	}
	var text strings.Builder
	for i := range w.number("rules", 1, 5) {
		tier := ""
		if !w.chance(6, fmt.Sprint("hard", i)) {
			tier = fmt.Sprintf(", tier: %s, weight: %s", w.pick("tier", "1", "2"), w.pick("weight", "1", "3"))
		}
		fmt.Fprintf(&text, "  - "+rules[w.number("rule", 0, len(rules)-1)]+"\n", tier)
	}
	return w.text.String() + text.String()
}
