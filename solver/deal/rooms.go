package deal

import (
	"cmp"
	"fmt"
	"slices"

	"plenary/model/plan"
	"plenary/model/scenario"
)

// rooms gives every meeting a room of its own: the one its session had before
// where that can be, else the smallest that suits. In each slot it is a
// bipartite matching by augmenting paths (Kuhn, 1955), with the wishes as the
// order of trying.
func (d *dealing) rooms() error {
	had := map[int]string{} // by session
	for from := 0; from < len(d.meetings); {
		to := from
		for to < len(d.meetings) && d.meetings[to].Day == d.meetings[from].Day && d.meetings[to].slot == d.meetings[from].slot {
			to++
		}
		if err := d.roomsOf(d.meetings[from:to], had); err != nil {
			return err
		}
		from = to
	}
	return nil
}

func (d *dealing) roomsOf(meetings []*meeting, had map[int]string) error {
	type place struct {
		station int
		room    string
	}
	taken := map[place]*meeting{}
	decided := map[*meeting]bool{} // short sessions have their rooms already
	for _, m := range meetings {
		if m.Room != "" {
			decided[m], taken[place{m.station, m.Room}] = true, m
		}
	}
	var augment func(m *meeting, tried map[place]bool) bool
	augment = func(m *meeting, tried map[place]bool) bool {
		for _, room := range d.suitable(m, d.wished(m, had)) {
			at := place{m.station, room}
			if tried[at] {
				continue
			}
			tried[at] = true
			if other := taken[at]; other == nil || (!decided[other] && augment(other, tried)) {
				taken[at] = m
				m.Room = room
				return true
			}
		}
		return false
	}
	// Sessions that keep their room first, then in the order of the scenario.
	order := slices.Clone(meetings)
	slices.SortStableFunc(order, func(a, b *meeting) int {
		return cmp.Compare(len(had[b.session]), len(had[a.session]))
	})
	for _, m := range order {
		if decided[m] {
			continue
		}
		if len(d.s.Stations[m.station].Rooms) == 0 {
			m.Room = plan.HostRoom
			continue
		}
		if !augment(m, map[place]bool{}) {
			return fmt.Errorf("no room for %s on %s, %s: counting and dealing disagree", d.s.Sessions[m.session].ID, m.Day, m.Slot)
		}
	}
	for _, m := range meetings {
		had[m.session] = m.Room
	}
	return nil
}

// wished gives the room that a meeting should have: the one that the plan to
// prefer gave it, else the one that its session had before.
func (d *dealing) wished(m *meeting, had map[int]string) string {
	if old := d.before(m, true); old != nil {
		return old.Room
	}
	return had[m.session]
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
	for i := range x.Meetings {
		if old := &x.Meetings[i]; old.Kind == m.Kind && old.Number == m.Number {
			return old
		}
	}
	return nil
}

// suitable gives the names of rooms that suit a meeting, the wished one first,
// then smaller before larger.
func (d *dealing) suitable(m *meeting, wished string) []string {
	st := &d.s.Stations[m.station]
	var rooms []*scenario.Room
	for i := range st.Rooms {
		if r := &st.Rooms[i]; r.OpenIn(m.Day, m.slot) && r.Suits(d.s.Sessions[m.session].Room) {
			rooms = append(rooms, r)
		}
	}
	slices.SortStableFunc(rooms, func(a, b *scenario.Room) int {
		return cmp.Or(cmp.Compare(a.Seats, b.Seats), cmp.Compare(a.Booths, b.Booths))
	})
	var out []string
	for _, r := range rooms {
		out = append(out, r.Names()...)
	}
	if i := slices.Index(out, wished); i > 0 {
		copy(out[1:i+1], out[:i])
		out[0] = wished
	}
	return out
}
