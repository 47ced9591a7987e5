package report

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// stay is when and where a short session is: first and last are positions of
// slots.
type stay struct {
	station, first, last int
	day                  calendar.Day
	room                 string
}

// stay gives when and where a short session is; false where it is not held, or
// is no short one.
func (b *builder) stay(session int) (stay, bool) {
	x := b.p.Session(b.s.Sessions[session].ID)
	if x == nil || len(x.Meetings) == 0 || !b.s.Sessions[session].Short {
		return stay{}, false
	}
	slot := func(id string) int {
		return slices.IndexFunc(b.s.Slots, func(s scenario.Slot) bool { return s.ID == id })
	}
	first, last := x.Meetings[0], x.Meetings[len(x.Meetings)-1]
	out := stay{b.s.Station(x.Station), slot(first.Slot), slot(last.Slot), first.Day, first.Room}
	return out, out.first >= 0 && out.last >= 0
}

// between gives the slots that lie between the end of one session and the start
// of another, less than 0 where they overlap or stand the other way round.
func (b *builder) between(x, y stay) int {
	return b.s.SlotNumber(y.station, y.day, y.first) - b.s.SlotNumber(x.station, x.day, x.last) - 1
}

// fewest keeps the least of what is left; nil where nothing was counted.
type fewest struct{ left *int }

func (f *fewest) take(n int) {
	if f.left == nil || n < *f.left {
		f.left = &n
	}
}

// of gives what is left in a unit.
func (f fewest) of(b *builder, unit string) *Left {
	if f.left == nil {
		return nil
	}
	return b.inHand(*f.left, unit)
}

// short says a rule of short sessions, or of the time between sessions, that
// has something in hand; nil for others.
func (b *builder) short(r rule.Rule) *fact {
	f, least := fact{plan: b.l.Text("kept")}, fewest{}
	switch r := r.(type) {
	case *rule.RoomSize:
		for _, i := range r.Sessions {
			if x, held := b.stay(i); held {
				for _, hall := range b.s.Stations[x.station].Halls() {
					if hall.Name == x.room {
						f.plan = b.l.Count("%d seats", hall.Room.Seats)
						least.take(hall.Room.Seats - b.s.Sessions[i].Attendees)
					}
				}
			}
		}
		f.left = least.of(b, "seat")
	case *rule.Rest:
		sessions := b.held(r.Sessions)
		if len(sessions) == 2 {
			x, y := sessions[0], sessions[1]
			if y.First() < x.First() {
				x, y = y, x
			}
			f.left = b.inHand(int(y.First()-1-r.AtLeast.After(x.Last(), scenario.Weekdays)), "day")
		}
	case *rule.Pause:
		unit := "slot"
		if r.AtLeast.Minutes > 0 {
			unit = "minute"
		}
		r.Each(func(i, j int) {
			x, heldX := b.stay(i)
			y, heldY := b.stay(j)
			if !heldX || !heldY || x.station != y.station || !r.Concerns(b.s, i, j) {
				return
			}
			if b.between(x, y) < 0 {
				x, y = y, x
			}
			switch {
			case b.between(x, y) < 0: // at one time: no pause between them is asked for
			case unit == "slot":
				least.take(b.between(x, y) - r.AtLeast.Slots)
			case x.day == y.day: // a night is no pause that could become too short
				least.take(int(b.s.SlotTimes(y.station, y.first).From-b.s.SlotTimes(x.station, x.last).To) - r.AtLeast.Minutes)
			}
		})
		f.left = least.of(b, unit)
	case *rule.InOrder:
		for _, i := range r.Sessions {
			for _, j := range r.Later {
				x, heldX := b.stay(i)
				y, heldY := b.stay(j)
				if heldX && heldY && i != j && x.station == y.station {
					least.take(b.between(x, y))
				}
			}
		}
		f.left = least.of(b, "slot")
	case *rule.DaysApart:
		if r.Days == nil {
			return nil
		}
		r.Each(func(i, j int) {
			x, heldX := b.stay(i)
			y, heldY := b.stay(j)
			if heldX && heldY {
				if left := b.roomIn(*r.Days, int(max(x.day, y.day)-min(x.day, y.day)), "day"); left != nil {
					least.take(left.Amount)
				}
			}
		})
		f.left = least.of(b, "day")
	default:
		return nil
	}
	return &f
}
