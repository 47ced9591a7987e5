package vocab

import (
	"fmt"
	"maps"
	"slices"

	"plenary/model/calendar"
	"plenary/solver/cnf"
)

// Words says what literals mean, each in a sentence without a full stop. A
// literal with several meanings, such as of a session that meets on its only
// possible day, has the first.
func (v *Vocabulary) Words() map[cnf.Lit]string {
	w := words{v.B.True(): "what always holds"}
	for _, x := range v.All() {
		w.session(x)
	}
	for _, x := range v.documents {
		if x == nil {
			continue
		}
		for i, lit := range x.by {
			w.add(lit, "“%s” is issued by %s", x.Scenario.Name(), (x.Days.First + calendar.Day(i)).Long())
		}
	}
	return w
}

type words map[cnf.Lit]string

func (w words) add(lit cnf.Lit, format string, a ...any) {
	if w[lit] == "" && w[lit.Not()] == "" {
		w[lit] = fmt.Sprintf(format, a...)
	}
}

func (w words) session(x *Session) {
	name := x.Scenario.Name()
	w.add(x.held, "“%s” is held", name)
	for _, st := range slices.Sorted(maps.Keys(x.at)) {
		w.add(x.at[st], "“%s” meets at %s", name, x.v.S.Stations[st].Name())
	}
	for _, p := range x.places {
		w.add(p.lit, "“%s” starts on %s in the %s at %s", name, p.Day.Long(), x.v.S.Slots[p.Start()].ID, x.v.S.Stations[p.Station].Name())
	}
	for _, st := range slices.Sorted(maps.Keys(x.rooms)) {
		for i, lit := range x.rooms[st] {
			w.add(lit, "“%s” has room %s at %s", name, x.v.S.Stations[st].Halls()[i].Name, x.v.S.Stations[st].Name())
		}
	}
	for n := 1; n < len(x.length); n++ {
		w.add(x.length[n], "“%s” takes at least %s", name, count(n, "day"))
	}
	for i := range x.days() {
		day := x.day(i).Long()
		w.add(x.started[i], "“%s” starts on %s or earlier", name, day)
		w.add(x.ended[i], "“%s” ends on %s or earlier, or is not held", name, day)
		w.add(x.on[i], "“%s” meets on %s", name, day)
		for k, lit := range x.slots[i] {
			if x.starts != nil {
				w.add(x.starts[i][k], "“%s” starts on %s in the %s", name, day, x.v.S.Slots[k].ID)
			}
			w.add(lit, "“%s” meets on %s in the %s", name, day, x.v.S.Slots[k].ID)
			silent, known := x.silent[[2]int{int(x.day(i)), k}]
			if known {
				w.add(silent, "“%s” has no interpretation on %s in the %s", name, day, x.v.S.Slots[k].ID)
			}
		}
	}
	for k, lits := range x.kinds {
		for n := 1; n < len(lits); n++ {
			w.add(lits[n], "“%s” has at least %s", name, count(n, x.kindName(k)))
		}
	}
	x.EachSeat("", "", func(t *Seat) {
		for c, lit := range t.takes {
			w.add(lit, "in %s %d of “%s”, seat %s %d is taken by %s", x.kindName(t.Kind), t.Number, name, t.Scenario.ID, t.Position+1, t.Classes[c].words())
		}
	})
}

// kindName names a kind of meeting; a session without a programme has meetings
// of no kind.
func (x *Session) kindName(kind int) string {
	if name := x.Scenario.Programmed[kind].Kind; name != "" {
		return name
	}
	return "meeting"
}

// words names the members of a class by one of them.
func (c *Class) words() string {
	if len(c.Members) == 1 {
		return c.First().ID
	}
	return fmt.Sprintf("%s or one of %d alike in %s", c.First().ID, len(c.Members)-1, c.Roster)
}

func count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
