package vocab

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/scenario"
	"plenary/solver/cnf"
)

// Session is the literals of one session.
type Session struct {
	Index    int
	Scenario *scenario.Session
	Domain   Domain

	v        *Vocabulary
	held     cnf.Lit
	at       map[int]cnf.Lit // by station
	started  []cnf.Lit       // by day, from Domain.Days.First
	ended    []cnf.Lit
	on       []cnf.Lit
	length   []cnf.Lit           // [n]: takes at least n days; [0] unused
	slots    [][]cnf.Lit         // by day and slot of the scenario
	bits     []uint64            // by day, the slots it may use, of the first 64
	silent   map[[2]int]cnf.Lit  // not interpreted, by day and slot
	kinds    [][]cnf.Lit         // by kind of the programme, [n]: at least n meetings
	seats    map[seatKey][]*Seat // by meeting and seat
	places   []place             // of a short session: what it can be, whatever the room
	starts   [][]cnf.Lit         // of a short session: by day and slot
	finished [][]cnf.Lit         // of a short session: ended before, by day and slot
	rooms    map[int][]cnf.Lit   // of a short session: by station, by position of the hall
}

func (v *Vocabulary) newSession(index int, domain Domain) *Session {
	x := &Session{Index: index, Scenario: &v.S.Sessions[index], Domain: domain, v: v,
		at: map[int]cnf.Lit{}, silent: map[[2]int]cnf.Lit{}, seats: map[seatKey][]*Seat{}, rooms: map[int][]cnf.Lit{}}
	x.bits = make([]uint64, x.days())
	for i := range x.bits {
		for _, k := range x.Scenario.SlotIndex {
			if v.S.Slots[k].Exists(x.day(i)) {
				x.bits[i] |= 1 << k
			}
		}
	}
	x.held = v.B.True()
	if domain.Optional {
		x.held = v.B.Fresh()
	}
	v.structure(func() {
		x.stations()
		if x.Scenario.Short {
			x.short()
			return
		}
		x.lengths()
		if domain.Within == nil {
			x.consecutive()
		} else {
			x.scattered()
		}
		x.meetings()
	})
	return x
}

// stations makes the literals for where the session meets: exactly one
// station when it is held.
func (x *Session) stations() {
	b := x.v.B
	if len(x.Domain.Stations) == 1 {
		x.at[x.Domain.Stations[0]] = x.held
		return
	}
	lits := []cnf.Lit{x.held.Not()}
	for _, st := range x.Domain.Stations {
		lit := b.Fresh()
		x.at[st] = lit
		b.Clause(lit.Not(), x.held)
		lits = append(lits, lit)
	}
	b.Clause(lits...)
	cnf.AtMostOne(b, lits[1:])
}

// lengths makes the order literals for how many days the session takes.
func (x *Session) lengths() {
	b := x.v.B
	x.length = make([]cnf.Lit, x.Domain.Length.Max+1)
	for n := range x.length {
		switch {
		case n <= x.Domain.Length.Min:
			x.length[n] = x.held
		default:
			x.length[n] = b.Fresh()
			b.Clause(x.length[n].Not(), x.length[n-1])
		}
	}
}

// days gives the number of days in the domain.
func (x *Session) days() int { return x.Domain.Days.Len() }

func (x *Session) day(i int) calendar.Day { return x.Domain.Days.First + calendar.Day(i) }

// openOn says when the session can meet on the i-th day: at those of its
// stations that are open.
func (x *Session) openOn(i int) cnf.Lit {
	var lits []cnf.Lit
	for _, st := range x.Domain.Stations {
		if x.v.S.Stations[st].Open(x.day(i)) {
			lits = append(lits, x.at[st])
		}
	}
	if len(lits) == len(x.Domain.Stations) {
		return x.v.B.True()
	}
	return x.v.B.Or(lits...)
}

// consecutive encodes days that follow each other in the working days of the
// station: the order encoding of first and last day, tied by the length.
func (x *Session) consecutive() {
	b, n := x.v.B, x.days()
	x.started, x.ended, x.on = make([]cnf.Lit, n), make([]cnf.Lit, n), make([]cnf.Lit, n)
	last := -1
	open := make([]cnf.Lit, n)
	for i := range n {
		if open[i] = x.openOn(i); open[i] != b.False() {
			last = i
		}
	}
	if last < 0 { // nowhere to meet
		b.Clause(x.held.Not())
	}
	before, ended := b.False(), x.held.Not()
	for i := range n {
		x.on[i] = b.False()
		if open[i] == b.False() {
			x.started[i], x.ended[i] = before, ended
			continue
		}
		if i == last {
			x.started[i], x.ended[i] = x.held, b.True()
		} else {
			x.started[i], x.ended[i] = b.Fresh(), b.Fresh()
		}
		b.Clause(before.Not(), x.started[i])
		b.Clause(ended.Not(), x.ended[i])
		b.Clause(x.started[i].Not(), x.held)
		b.Clause(x.ended[i].Not(), x.started[i], x.held.Not())
		x.on[i] = b.And(x.started[i], ended.Not(), open[i])
		// The first and the last day are meeting days.
		b.Clause(before, x.started[i].Not(), x.on[i])
		b.Clause(ended, x.ended[i].Not(), x.held.Not(), x.on[i])
		before, ended = x.started[i], x.ended[i]
	}
	for _, st := range x.Domain.Stations {
		x.tieLength(st)
	}
}

// tieLength ties first and last day by the length, counted in the working
// days of the station.
func (x *Session) tieLength(st int) {
	b := x.v.B
	var open []int
	for i := range x.days() {
		if x.v.S.Stations[st].Open(x.day(i)) {
			open = append(open, i)
		}
	}
	m := len(open)
	at := x.at[st].Not()
	for n := x.Domain.Length.Min; n <= x.Domain.Length.Max; n++ {
		longer := b.False()
		if n < x.Domain.Length.Max {
			longer = x.length[n+1]
		}
		for i := range m {
			// Started by the i-th and at most n long: ended n-1 later.
			if i+n-1 < m {
				b.Clause(at, x.started[open[i]].Not(), longer, x.ended[open[i+n-1]])
			}
			// Not started before the i-th and at least n long: not ended
			// before n-1 later.
			earlier := b.False()
			if i > 0 {
				earlier = x.started[open[i-1]]
			}
			if n >= 2 && i+n-2 < m {
				b.Clause(at, x.held.Not(), earlier, x.length[n].Not(), x.ended[open[i+n-2]].Not())
			}
		}
		if m < n {
			b.Clause(at, x.length[n].Not())
		}
	}
}

// scattered encodes days that need not be consecutive: a literal for each day,
// counted, with first and last day as gates over them.
func (x *Session) scattered() {
	b, n := x.v.B, x.days()
	x.started, x.ended, x.on = make([]cnf.Lit, n), make([]cnf.Lit, n), make([]cnf.Lit, n)
	var days []cnf.Lit
	for i := range n {
		open := x.openOn(i)
		x.on[i] = b.False()
		if open != b.False() {
			x.on[i] = b.Fresh()
			b.Clause(x.on[i].Not(), open)
			b.Clause(x.on[i].Not(), x.held)
			days = append(days, x.on[i])
		}
	}
	if len(days) < x.Domain.Length.Min {
		b.Clause(x.held.Not())
	}
	count := cnf.NewTotalizer(b, days, x.Domain.Length.Max+1, cnf.BothWays)
	for k := 1; k <= count.Cap(); k++ {
		if k > x.Domain.Length.Max {
			b.Clause(count.AtLeast(k).Not())
			continue
		}
		b.Clause(count.AtLeast(k).Not(), x.length[k])
		b.Clause(count.AtLeast(k), x.length[k].Not())
	}
	for k := count.Cap() + 1; k <= x.Domain.Length.Max; k++ {
		b.Clause(x.length[k].Not())
	}
	before := b.False()
	for i := range n {
		before = b.Or(before, x.on[i])
		x.started[i] = before
	}
	if n > 0 {
		b.Clause(x.held.Not(), x.started[n-1])
	}
	after := b.False()
	for i := n - 1; i >= 0; i-- {
		x.ended[i] = after.Not()
		after = b.Or(after, x.on[i])
	}
	for i := range n {
		end := x.day(i) + calendar.Day(x.Domain.Within.N) - 1
		b.Clause(x.started[i].Not(), x.EndedBy(end))
	}
}

// meetings makes the literals for the slots that the session occupies and the
// meetings that it has. Meetings stand in the order of the programme, so that
// the n-th occupied slot has the n-th meeting.
func (x *Session) meetings() {
	b, s := x.v.B, x.v.S
	x.slots = make([][]cnf.Lit, x.days())
	var all []cnf.Lit
	for i := range x.slots {
		x.slots[i] = make([]cnf.Lit, len(s.Slots))
		for k := range s.Slots {
			x.slots[i][k] = b.False()
		}
		if x.on[i] == b.False() {
			continue
		}
		var some []cnf.Lit
		exists := false
		for _, k := range x.Scenario.SlotIndex {
			if !s.Slots[k].Exists(x.day(i)) {
				continue
			}
			exists = true
			if x.Scenario.FillsDay {
				x.slots[i][k] = x.on[i]
				continue
			}
			lit := x.on[i]
			if len(x.Scenario.SlotIndex) > 1 { // else every day has its one slot
				lit = b.Fresh()
				b.Clause(lit.Not(), x.on[i])
			}
			x.slots[i][k] = lit
			some = append(some, lit)
		}
		if !exists {
			b.Clause(x.on[i].Not())
		}
		if len(some) > 0 {
			b.Clause(append(some, x.on[i].Not())...)
			all = append(all, some...)
		}
	}
	if x.Scenario.FillsDay {
		x.kinds = [][]cnf.Lit{nil}
		return
	}
	least, most := 0, 0
	var extra []cnf.Lit // one literal for each meeting above the least
	for _, kind := range x.Scenario.Programmed {
		c := kind.Range()
		lits := make([]cnf.Lit, c.Max+1)
		for n := range lits {
			lits[n] = x.held
			if n > c.Min {
				lits[n] = b.Fresh()
				b.Clause(lits[n].Not(), lits[n-1])
				extra = append(extra, lits[n])
			}
		}
		x.kinds = append(x.kinds, lits)
		least, most = least+c.Min, most+c.Max
	}
	total := cnf.NewTotalizer(b, extra, len(extra), cnf.BothWays)
	used := cnf.NewTotalizer(b, all, most+1, cnf.BothWays)
	for n := 1; n <= most+1; n++ {
		have, want := b.False(), b.False()
		if n <= used.Cap() {
			have = used.AtLeast(n)
		}
		switch {
		case n <= least:
			want = x.held
		case n <= most:
			want = total.AtLeast(n - least)
		}
		b.Clause(have.Not(), want)
		b.Clause(have, want.Not())
	}
}

// Held says that the session is held.
func (x *Session) Held() cnf.Lit { return x.held }

// At says that the session meets at the station.
func (x *Session) At(station int) cnf.Lit {
	if lit, ok := x.at[station]; ok {
		return lit
	}
	return x.v.B.False()
}

// StartedBy says that the session's first day is d or earlier; never, when it
// is not held.
func (x *Session) StartedBy(d calendar.Day) cnf.Lit {
	switch {
	case d < x.Domain.Days.First || x.days() == 0:
		return x.v.B.False()
	case d >= x.Domain.Days.Last:
		return x.held
	}
	return x.started[d-x.Domain.Days.First]
}

// EndedBy says that the session's last day is d or earlier; always, when it
// is not held.
func (x *Session) EndedBy(d calendar.Day) cnf.Lit {
	switch {
	case d < x.Domain.Days.First:
		return x.held.Not()
	case d >= x.Domain.Days.Last || x.days() == 0:
		return x.v.B.True()
	}
	return x.ended[d-x.Domain.Days.First]
}

// On says that the session meets on the day.
func (x *Session) On(d calendar.Day) cnf.Lit {
	if !x.Domain.Days.Contains(d) {
		return x.v.B.False()
	}
	return x.on[d-x.Domain.Days.First]
}

// Occupies says that the session has a meeting in the slot of the day.
func (x *Session) Occupies(d calendar.Day, slot int) cnf.Lit {
	if !x.Domain.Days.Contains(d) {
		return x.v.B.False()
	}
	return x.slots[d-x.Domain.Days.First][slot]
}

// Interpreted says that the session's meeting in the slot is interpreted; it
// holds only where there is one.
func (x *Session) Interpreted(d calendar.Day, slot int) cnf.Lit {
	return x.v.B.And(x.Occupies(d, slot), x.Uninterpreted(d, slot).Not())
}

// Uninterpreted says that the session's meeting in the slot is not interpreted;
// it holds only where there is one.
func (x *Session) Uninterpreted(d calendar.Day, slot int) cnf.Lit {
	occupied := x.Occupies(d, slot)
	switch {
	case x.Scenario.Interpretation == scenario.None || occupied == x.v.B.False():
		return occupied
	case x.Scenario.Interpretation == scenario.Required && !x.v.options.Loose:
		return x.v.B.False()
	}
	key := [2]int{int(d), slot}
	if lit, ok := x.silent[key]; ok {
		return lit
	}
	lit := x.v.B.Fresh()
	x.v.B.Clause(lit.Not(), occupied)
	x.silent[key] = lit
	x.v.silent[lit] = true
	return lit
}

// TakesDays says that the session takes at least n days.
func (x *Session) TakesDays(n int) cnf.Lit {
	switch {
	case n <= 0:
		return x.v.B.True()
	case n >= len(x.length):
		return x.v.B.False()
	}
	return x.length[n]
}

// HasMeetings says that the session has at least n meetings of the kind, given
// by its position in the programme. A session without a programme answers for
// one meeting alone.
func (x *Session) HasMeetings(kind, n int) cnf.Lit {
	switch {
	case n <= 0:
		return x.v.B.True()
	case x.Scenario.FillsDay:
		return x.held
	case n >= len(x.kinds[kind]):
		return x.v.B.False()
	}
	return x.kinds[kind][n]
}

// Kind gives the position of a kind of meeting in the programme, -1 when the
// session has none such.
func (x *Session) Kind(kind string) int {
	return slices.IndexFunc(x.Scenario.Programmed, func(k scenario.MeetingKind) bool { return k.Kind == kind })
}
