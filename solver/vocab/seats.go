package vocab

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"plenary/model/roster"
	"plenary/model/scenario"
	"plenary/solver/cnf"
)

// Class is members who are alike to every rule: same roster, same values in
// the columns that rules look at, same absences. Rules count classes; names
// are dealt afterwards.
type Class struct {
	Members []*roster.Member
	Roster  string
}

// First gives a member that stands for all of the class.
func (c *Class) First() *roster.Member { return c.Members[0] }

type seatKey struct {
	kind, number int
	seat         string
}

// Seat is the literals of one seat of one meeting.
type Seat struct {
	Kind     int // position in the programme
	Number   int // of the meeting within its kind, from 1
	Position int // among the seats of the same name in the meeting, from 0
	Scenario *scenario.Seat
	Exists   cnf.Lit // the meeting is held
	Classes  []*Class
	takes    []cnf.Lit
	v        *Vocabulary
}

// TakenBy says that a member of the class has the seat.
func (t *Seat) TakenBy(c *Class) cnf.Lit {
	if i := slices.Index(t.Classes, c); i >= 0 {
		return t.takes[i]
	}
	return t.v.B.False()
}

// classify sorts the members of all rosters into classes.
func (v *Vocabulary) classify() {
	columns := slices.Clone(v.options.Columns)
	pinned := map[string]bool{}
	for _, id := range v.options.Names {
		pinned[id] = true
	}
	for i := range v.S.Sessions {
		for _, k := range v.S.Sessions[i].Programmed {
			for _, seat := range k.Seats {
				columns = append(columns, slices.Collect(maps.Keys(seat.Where))...)
			}
		}
		if p := v.S.Sessions[i].Pin; p != nil {
			for _, seats := range p.Seats {
				for _, id := range seats {
					pinned[id] = true
				}
			}
		}
	}
	slices.Sort(columns)
	columns = slices.Compact(columns)
	byKey := map[string]*Class{}
	for i := range v.S.Rosters {
		for _, m := range v.S.Rosters[i].Table.Members {
			key := v.S.Rosters[i].ID
			for _, c := range columns {
				values := slices.Clone(m.Values[c])
				slices.Sort(values)
				key += "\x00" + strings.Join(values, "\x01")
			}
			key += fmt.Sprint("\x00", m.Away)
			if v.options.Single || pinned[m.ID] {
				key += "\x00" + m.ID
			}
			class := byKey[key]
			if class == nil {
				class = &Class{Roster: v.S.Rosters[i].ID}
				byKey[key] = class
				v.classes = append(v.classes, class)
			}
			class.Members = append(class.Members, m)
		}
	}
}

// classesOf gives the classes whose members can take the seat.
func (v *Vocabulary) classesOf(seat *scenario.Seat) (out []*Class) {
	key := fmt.Sprint(seat.From, seat.Where)
	if known, ok := v.eligible[key]; ok {
		return known
	}
	can := map[*roster.Member]bool{}
	for _, m := range v.S.Eligible(*seat) {
		can[m] = true
	}
	for _, c := range v.classes {
		if can[c.First()] {
			out = append(out, c)
		}
	}
	v.eligible[key] = out
	return out
}

// newSeats makes the seats of a kind of meeting: each is taken by exactly one
// class when its meeting is held, and no class has more seats in one meeting
// than members.
func (x *Session) newSeats(kind int) {
	b, k := x.v.B, &x.Scenario.Programmed[kind]
	for number := 1; number <= k.Range().Max && len(k.Seats) > 0; number++ {
		exists := x.HasMeetings(kind, number)
		inMeeting := map[*Class][]cnf.Lit{}
		var order []*Class
		for i := range k.Seats {
			def := &k.Seats[i]
			var above *ladder
			for position := range def.Number() {
				seat := &Seat{Kind: kind, Number: number, Position: position, Scenario: def, Exists: exists, Classes: x.v.classesOf(def), v: x.v}
				for range seat.Classes {
					lit := b.Fresh()
					b.Clause(lit.Not(), exists)
					seat.takes = append(seat.takes, lit)
				}
				b.Clause(append(slices.Clone(seat.takes), exists.Not())...)
				l := newLadder(b, seat.takes)
				if above != nil {
					// Seats of one name are alike: their classes in order.
					for c, lit := range above.lits {
						b.Clause(lit.Not(), l.from[c])
					}
				}
				above = l
				for c, class := range seat.Classes {
					if inMeeting[class] == nil {
						order = append(order, class)
					}
					inMeeting[class] = append(inMeeting[class], seat.takes[c])
				}
				key := seatKey{kind, number, def.ID}
				x.seats[key] = append(x.seats[key], seat)
			}
		}
		for _, class := range order {
			n := len(class.Members)
			switch {
			case n >= len(inMeeting[class]):
			case x.v.options.Listed:
				x.v.limits = append(x.v.limits, Limit{inMeeting[class], n})
			default:
				b.Clause(cnf.NewTotalizer(b, inMeeting[class], n+1, cnf.Upward).AtLeast(n + 1).Not())
			}
		}
	}
}

// Limit says that at most so many of the literals hold.
type Limit struct {
	Of   []cnf.Lit
	Most int
}

// Limits gives what ties the seats of a meeting beside the clauses, when
// sessions are listed.
func (v *Vocabulary) Limits() []Limit { return v.limits }

// ladder allows at most one of its literals; from[i] says that the true one
// stands at position i or after.
type ladder struct{ lits, from []cnf.Lit }

func newLadder(b *cnf.Builder, lits []cnf.Lit) *ladder {
	l := &ladder{lits, make([]cnf.Lit, len(lits))}
	after := b.False()
	for i := len(lits) - 1; i >= 0; i-- {
		b.Clause(lits[i].Not(), after.Not())
		after = b.Or(lits[i], after)
		l.from[i] = after
	}
	return l
}

// Seats gives the seats of one name in the number-th meeting of a kind.
func (x *Session) Seats(kind, number int, seat string) []*Seat {
	return x.seats[seatKey{kind, number, seat}]
}

// EachSeat calls visit for every seat of the session whose meeting is of the
// kind ("" for any) and that is called seat ("" for any), in the order of the
// programme.
func (x *Session) EachSeat(kind, seat string, visit func(*Seat)) {
	for k := range x.Scenario.Programmed {
		p := &x.Scenario.Programmed[k]
		if kind != "" && p.Kind != kind {
			continue
		}
		for number := 1; number <= p.Range().Max && len(p.Seats) > 0; number++ {
			for i := range p.Seats {
				if seat != "" && p.Seats[i].ID != seat {
					continue
				}
				for _, t := range x.Seats(k, number, p.Seats[i].ID) {
					visit(t)
				}
			}
		}
	}
}
