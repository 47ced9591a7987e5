package report

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// moment is a slot of a day.
type moment struct {
	day  calendar.Day
	slot string
}

// at gives the meetings at a station, by slot of a day.
func (b *builder) at(station int) map[moment][]planned {
	out := map[moment][]planned{}
	for i := range b.p.Sessions {
		x := &b.p.Sessions[i]
		if b.s.Station(x.Station) != station {
			continue
		}
		for j := range x.Meetings {
			m := &x.Meetings[j]
			at := moment{m.Day, m.Slot}
			out[at] = append(out[at], planned{x, m})
		}
	}
	return out
}

// planned is a meeting of the plan with its session.
type planned struct {
	session *plan.Session
	meeting *plan.Meeting
}

// freeRooms gives how many more meetings the station has a room for in the
// fullest of the slots in which it is used: rooms that are open, not taken, and
// suit every session that meets there then. Nil where nothing meets there.
func (b *builder) freeRooms(station int) *Left {
	least := -1
	for at, meetings := range b.at(station) {
		slot := slices.IndexFunc(b.s.Slots, func(x scenario.Slot) bool { return x.ID == at.slot })
		free := 0
		for _, hall := range b.s.Stations[station].Halls() {
			if slot >= 0 && hall.Room.OpenIn(at.day, slot) && !slices.ContainsFunc(meetings, func(x planned) bool {
				return x.meeting.Room == hall.Name || !hall.Room.Suits(b.s.Sessions[b.s.Session(x.session.ID)].Room)
			}) {
				free++
			}
		}
		if least < 0 || free < least {
			least = free
		}
	}
	if least < 0 {
		return nil
	}
	return b.inHand(least, "meeting")
}

// freeTeams gives how many more meetings the station's teams can serve in the
// fullest slot or week of those in which they serve one. Nil where they serve
// none.
func (b *builder) freeTeams(station int) *Left {
	teams := b.s.Stations[station].Interpretation
	var left []int
	weeks := map[calendar.Day]int{}
	for at, meetings := range b.at(station) {
		serving := 0
		for _, x := range meetings {
			if x.meeting.Interpretation != "" {
				serving++
			}
		}
		if serving > 0 {
			left = append(left, teams.TeamsOn(at.day)-serving)
			weeks[at.day.Monday()] += serving
		}
	}
	for monday, served := range weeks {
		most := 0
		for d := monday; d < monday+7; d++ {
			most = max(most, teams.TeamsOn(d))
		}
		left = append(left, most*teams.MeetingsPerWeek()-served)
	}
	if len(left) == 0 {
		return nil
	}
	return b.inHand(slices.Min(left), "meeting")
}

// mostAtOnce gives the meetings of the fullest slot, of the sessions and at the
// stations of the rule.
func (b *builder) mostAtOnce(r *rule.Parallel) int {
	most, count := 0, map[moment]int{}
	for _, x := range b.held(r.Sessions) {
		if !slices.Contains(r.Stations, b.s.Station(x.Station)) {
			continue
		}
		for _, m := range x.Meetings {
			at := moment{m.Day, m.Slot}
			count[at]++
			most = max(most, count[at])
		}
	}
	return most
}
