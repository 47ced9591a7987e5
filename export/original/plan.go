package original

import (
	"plenary/model/calendar"
	"plenary/model/plan"
)

// Held gives a short session of a plan, with one meeting in each of the slots.
func Held(id, station string, day calendar.Day, slots []string, room string) plan.Session {
	s := plan.Session{ID: id, Station: station, Days: []calendar.Day{day}}
	for _, slot := range slots {
		s.Meetings = append(s.Meetings, plan.Meeting{Day: day, Slot: slot, Room: room})
	}
	return s
}

// Plan gives a plan of these sessions, as if written by hand.
func Plan(sessions []plan.Session) *plan.Plan {
	return &plan.Plan{Version: plan.Version, Tiers: []plan.Tier{}, Sessions: sessions}
}
