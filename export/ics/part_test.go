package ics_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"plenary/export/ics"
	"plenary/model/calendar"
	"plenary/model/scenario"
)

const busyTalks = `plenary: 1
title: Talks
period: 2018-03-01..2018-03-31
slots: {morning: "10:00-13:00", afternoon: "15:00-18:00"}
stations:
  geneva: {title: Geneva, zone: Europe/Zurich, rooms: {XX: {seats: 100, closed: [{days: 2018-03-29, slots: [morning], note: cleaning}]}}}
  tokyo: {title: Tokyo, zone: Asia/Tokyo}
officers: {chair: {based: tokyo, away: [{days: 2018-03-30, note: leave}]}}
sessions: [{id: talk, at: [geneva, tokyo], chaired-by: [chair]}]
`

// part writes busy times as a part of busyTalks.
func part(t *testing.T, owner string, times ...scenario.Interval) (string, error) {
	t.Helper()
	o, err := ics.ParseOwner(owner)
	if err != nil {
		t.Fatal(err)
	}
	s := read(t, busyTalks)
	content, err := ics.Part{Owner: o, Scenario: s, Extends: "talks.yaml", Calendar: "busy.ics"}.Write(&ics.Calendar{Times: times})
	return string(content), err
}

// busyBetween is a busy time in the local time of Geneva.
func busyBetween(from, to string) scenario.Interval {
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		panic(err)
	}
	at := func(text string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
		if err != nil {
			panic(err)
		}
		return x
	}
	return scenario.Interval{From: at(from), To: at(to), Title: "seminar"}
}

func TestBusyTimesCloseTheSlotsThatTheyOverlap(t *testing.T) {
	for name, c := range map[string]struct{ from, to, room, officer string }{
		"within a slot":            {"2018-03-05 11:00", "2018-03-05 12:00", `days: 2018-03-05, slots: ["morning"], note: "seminar"`, "none"}, // night in Tokyo
		"up to a slot":             {"2018-03-05 09:00", "2018-03-05 10:00", "none", `days: 2018-03-05, note: "seminar"`},                     // 17.00 to 18.00 in Tokyo
		"from the end of a slot":   {"2018-03-05 13:00", "2018-03-05 15:00", "none", "none"},
		"one minute of a slot":     {"2018-03-05 12:59", "2018-03-05 14:00", `days: 2018-03-05, slots: ["morning"], note: "seminar"`, "none"},
		"both slots":               {"2018-03-05 12:00", "2018-03-05 16:00", `days: 2018-03-05, note: "seminar"`, "none"},
		"over night":               {"2018-03-05 16:00", "2018-03-06 11:00", `days: 2018-03-05, slots: ["afternoon"], note: "seminar"`, `days: 2018-03-06, note: "seminar"`},
		"across the clocks change": {"2018-03-25 10:00", "2018-03-25 10:30", `days: 2018-03-25, slots: ["morning"], note: "seminar"`, `days: 2018-03-25, note: "seminar"`}, // 17.00 in Tokyo
		"before the period":        {"2018-02-28 10:00", "2018-02-28 12:00", "none", "none"},
		"into the period":          {"2018-02-20 10:00", "2018-03-02 20:00", `days: 2018-03-01..2018-03-02, note: "seminar"`, `days: 2018-03-01..2018-03-02, note: "seminar"`},
	} {
		for owner, want := range map[string]string{"room:geneva/XX": c.room, "officer:chair": c.officer} {
			got, err := part(t, owner, busyBetween(c.from, c.to))
			if want == "none" {
				if err == nil || err.Error() != "no busy time of the calendar overlaps a slot in the scenario's period" {
					t.Errorf("%s, %s: error %v and\n%s", name, owner, err, got)
				}
				continue
			}
			kept := map[string]string{"room:geneva/XX": `days: 2018-03-29, slots: ["morning"], note: "cleaning"`, "officer:chair": `days: 2018-03-30, note: "leave"`}[owner]
			if err != nil || !strings.Contains(got, "- {"+kept+"}\n") || !strings.Contains(got, "- {"+want+"}\n") {
				t.Errorf("%s, %s: error %v, want %s in\n%s", name, owner, err, want, got)
			}
		}
	}
}

// What does not show in a title would make the part a scenario that is refused.
func TestTitlesOfBusyTimesShowAsTheyAre(t *testing.T) {
	busy := busyBetween("2018-03-05 11:00", "2018-03-05 12:00")
	busy.Title = "se\u202emi\u3164nar"
	got, err := part(t, "room:geneva/XX", busy)
	if want := `note: "se mi nar"`; err != nil || !strings.Contains(got, want) {
		t.Errorf("error %v, want %s in\n%s", err, want, got)
	}
}

// TestBusyTimesAgreeWithLookingAtEveryDay draws busy times and compares what
// the room's part closes, read back as a scenario, with looking at every slot of
// every day.
func TestBusyTimesAgreeWithLookingAtEveryDay(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	for range 40 {
		var times []scenario.Interval
		for range 1 + r.IntN(6) {
			from := day("2018-02-25").Time(time.UTC).Add(time.Duration(r.IntN(40*24*4)) * 15 * time.Minute)
			x := scenario.Interval{From: from, To: from.Add(time.Duration(1+r.IntN(300)) * 15 * time.Minute), Title: fmt.Sprint(r.IntN(3)), Floating: r.IntN(2) == 0}
			times = append(times, x)
		}
		text, err := part(t, "room:geneva/XX", times...)
		folder := t.TempDir()
		if err == nil {
			for name, content := range map[string]string{"talks.yaml": busyTalks, "variant.yaml": text} {
				if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		closed := map[string]bool{}
		if err == nil {
			s, problems := scenario.Read(filepath.Join(folder, "variant.yaml"), scenario.Sources{})
			if len(problems) > 0 {
				t.Fatalf("%v\n%s", problems, text)
			}
			for _, c := range s.Stations[s.Station("geneva")].Rooms[0].Closed {
				for d := c.Days.First; d <= c.Days.Last; d++ {
					for _, slot := range []string{"morning", "afternoon"} {
						if len(c.Slots) == 0 || strings.Contains(strings.Join(c.Slots, " "), slot) {
							closed[d.String()+" "+slot] = true
						}
					}
				}
			}
		}
		for d := day("2018-03-01"); d <= day("2018-03-31"); d++ {
			for slot, hours := range map[string][2]calendar.Clock{"morning": {600, 780}, "afternoon": {900, 1080}} {
				want := d == day("2018-03-29") && slot == "morning" && err == nil
				for _, x := range times {
					where := zone
					if x.Floating {
						where = time.UTC
					}
					want = want || x.From.Before(d.At(hours[1], where)) && x.To.After(d.At(hours[0], where))
				}
				if got := closed[d.String()+" "+slot]; got != want {
					t.Errorf("%s in the %s is closed: %t, want %t\n%v\n%s", d, slot, got, want, times, text)
				}
			}
		}
	}
}
