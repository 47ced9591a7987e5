package deal

import (
	"cmp"
	"fmt"
	"slices"

	"plenary/model/plan"
)

// rooms gives every meeting a room of its own: as many as can be keep the room
// that they had before, or else that of their session's last meeting; for the
// others it is the smallest that suits.
func (d *dealing) rooms() error {
	had := map[int]string{} // by session
	for from := 0; from < len(d.meetings); {
		to := from
		for to < len(d.meetings) && d.meetings[to].Day == d.meetings[from].Day && d.meetings[to].slot == d.meetings[from].slot {
			to++
		}
		byStation := map[int][]*meeting{}
		for _, m := range d.meetings[from:to] {
			switch {
			case m.Room != "": // a short session has decided on its room
			case len(d.s.Stations[m.station].Rooms) == 0:
				m.Room = plan.HostRoom
			default:
				byStation[m.station] = append(byStation[m.station], m)
			}
		}
		for station, meetings := range byStation {
			if err := d.roomsOf(station, meetings, d.meetings[from:to], had); err != nil {
				return err
			}
		}
		for _, m := range d.meetings[from:to] {
			had[m.session] = m.Room
		}
		from = to
	}
	return nil
}

// What it costs to give a meeting a room: to change one that was published is
// worse than any number of changes from one meeting of a session to the next,
// and such a change is worse than any waste of seats.
const (
	unpublished = 1 << 40
	changed     = 1 << 20
)

// roomsOf gives rooms to meetings of one slot at one station, beside those that
// have one already.
func (d *dealing) roomsOf(station int, meetings, all []*meeting, had map[int]string) error {
	halls := d.s.Stations[station].Halls()
	taken := map[string]bool{}
	for _, m := range all {
		if m.station == station && m.Room != "" {
			taken[m.Room] = true
		}
	}
	order := make([]int, len(halls)) // the smallest first
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(halls[a].Room.Seats, halls[b].Room.Seats), cmp.Compare(halls[a].Room.Booths, halls[b].Room.Booths))
	})
	costs := make([][]int, len(meetings))
	for i, m := range meetings {
		costs[i] = make([]int, len(halls))
		before := d.before(m, true)
		for rank, k := range order {
			h := halls[k]
			switch {
			case taken[h.Name] || !h.Room.OpenIn(m.Day, m.slot) || !h.Room.Suits(d.s.Sessions[m.session].Room):
				costs[i][k] = impossible
				continue
			case before != nil && before.Room != h.Name:
				costs[i][k] = unpublished
			}
			if had[m.session] != "" && had[m.session] != h.Name {
				costs[i][k] += changed
			}
			costs[i][k] += rank
		}
	}
	for i, k := range assign(costs) {
		if k < 0 {
			m := meetings[i]
			return fmt.Errorf("no room for %s on %s, %s: counting and dealing disagree", d.s.Sessions[m.session].ID, m.Day, m.Slot)
		}
		meetings[i].Room = halls[k].Name
	}
	return nil
}

// before gives the meeting as it was in the plan to prefer, nil when it was not
// there, or not at its station where that matters.
func (d *dealing) before(m *meeting, here bool) *plan.Meeting {
	if d.prefer == nil {
		return nil
	}
	x := d.prefer.Session(d.s.Sessions[m.session].ID)
	if x == nil || (here && x.Station != d.s.Stations[m.station].ID) {
		return nil
	}
	return x.Meeting(m.Kind, m.Number)
}
