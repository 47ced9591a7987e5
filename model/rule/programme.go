package rule

import (
	"fmt"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/model/source"
)

var programmeKind = Kind{
	Name: "programme", Unit: "meeting",
	Doc:     "Each session has so many meetings of a kind. The excess is the meetings missing or too many, for each session. The programme of a session asks besides that its meetings stand in their order and every day has one.",
	Example: "{of: thematic-*, kind: panel, count: 3, tier: 1}",
	New:     func() Rule { return &Programme{} },
	derive: func(s *scenario.Scenario) (out []Rule) {
		for i := range s.Sessions {
			x := &s.Sessions[i]
			mandate := x.Mandate
			for k := range s.Programmes {
				if p := &s.Programmes[k]; p.ID == x.Programme && p.Mandate != "" {
					mandate = p.Mandate
				}
			}
			r := &Programme{Common: Common{Origin: x.Origin, Mandate: mandate}, Selection: one(i)}
			for _, k := range x.Programmed {
				r.Own = append(r.Own, k.Range())
			}
			out = append(out, r)
		}
		return out
	},
}

// Programme bounds the meetings of a kind in each session. Without a kind it
// asks that a session follows the programme it names.
type Programme struct {
	Common
	Selection
	Kind  string       `key:"kind,required" doc:"the kind of meeting" eg:"panel"`
	Count source.Count `key:"count,required" doc:"how many of them" eg:"3"`

	Own []source.Count // without a kind: how many of each kind of the programme
}

func (r *Programme) resolve(s *scenario.Scenario, problems *diag.List) {
	if len(r.Sessions) > 0 {
		return
	}
	r.find(s, r.Origin, problems)
	var kinds []string
	for _, i := range r.Sessions {
		for _, k := range s.Sessions[i].Programmed {
			if s.Sessions[i].Programme != "" && !slices.Contains(kinds, k.Kind) {
				kinds = append(kinds, k.Kind)
			}
		}
	}
	if !slices.Contains(kinds, r.Kind) && len(r.Sessions) > 0 {
		problems.Add(r.At("kind"), fmt.Sprintf("no session here has meetings of the kind %q", diag.Shorten(r.Kind)), diag.Suggest(r.Kind, kinds, "the sessions need a programme"))
	}
}

func (r *Programme) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		out = append(out, &Programme{r.Common, one(i), r.Kind, r.Count, r.Own})
	}
	return out
}

// Statement says what the rule asks.
func (r *Programme) Statement(s *scenario.Scenario) string {
	x := &s.Sessions[r.Sessions[0]]
	switch {
	case r.Kind != "":
		return fmt.Sprintf("%s has %s", name(s, r.Sessions[0]), meetings(r.Count, r.Kind))
	case x.Short:
		return fmt.Sprintf("%s takes %s of one day in one room", name(s, r.Sessions[0]), x.Lasts)
	case x.FillsDay:
		return fmt.Sprintf("%s meets in every slot of its days", name(s, r.Sessions[0]))
	}
	var parts []string
	for _, k := range x.Programmed {
		parts = append(parts, meetings(k.Range(), k.Kind))
	}
	return fmt.Sprintf("%s has %s", name(s, r.Sessions[0]), strings.Join(parts, ", then "))
}

func meetings(c source.Count, kind string) string {
	return amount(c, spaced(kind)+" meeting")
}

// Check counts meetings missing or too many and, for a session's own
// programme, meetings out of order, in slots that are not the session's, and
// days or slots left empty.
func (r *Programme) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		session := &f.S.Sessions[at[i]]
		if r.Kind != "" {
			if session.Programme != "" && kindOf(session, r.Kind) != nil {
				out = append(out, counted(f, x, at[i], r.Kind, r.Count)...)
			}
			continue
		}
		if session.Short {
			out = append(out, onEnd(f, x, at[i])...)
			continue
		}
		out = append(out, followed(f, x, at[i])...)
	}
	return out
}

func counted(f *Facts, x *plan.Session, at int, kind string, want source.Count) []Finding {
	n := 0
	for _, m := range x.Meetings {
		if m.Kind == kind {
			n++
		}
	}
	if excess := want.Short(n) + want.Over(n); excess > 0 {
		return []Finding{{excess, fmt.Sprintf("%s has %s of the kind %s instead of %s", name(f.S, at), plural(n, "meeting"), spaced(kind), want), []string{x.ID}}}
	}
	return nil
}

// slotsOn gives the slots that a session may use on a day.
func slotsOn(f *Facts, session *scenario.Session, d calendar.Day) []int {
	return slices.DeleteFunc(slices.Clone(session.SlotIndex), func(k int) bool { return !f.S.Slots[k].Exists(d) })
}

// onEnd counts slots of a short session that are missing or too many, and
// rooms beyond the first.
func onEnd(f *Facts, x *plan.Session, at int) (out []Finding) {
	session := &f.S.Sessions[at]
	add := func(n int, text string) {
		if n > 0 {
			out = append(out, Finding{n, name(f.S, at) + " " + text, []string{x.ID}})
		}
	}
	if len(x.Meetings) == 0 {
		add(1, "has no slot")
		return out
	}
	first := x.Meetings[0]
	run := f.S.Run(session, f.S.Station(x.Station), first.Day, f.slots[first.Slot])
	if run == nil {
		add(1, fmt.Sprintf("cannot take %s from %s on", session.Lasts, slotOf(first.Day, first.Slot)))
		return out
	}
	strange := 0
	var rooms []string
	for i, m := range x.Meetings {
		if m.Day != first.Day || m.Kind != session.Programmed[0].Kind || m.Number != i+1 || !slices.Contains(run, f.slots[m.Slot]) {
			strange++
		}
		if !slices.Contains(rooms, m.Room) {
			rooms = append(rooms, m.Room)
		}
	}
	belong := "do not belong"
	if strange == 1 {
		belong = "does not belong"
	}
	add(strange, fmt.Sprintf("has %s that %s to it", plural(strange, "slot"), belong))
	add(len(run)-(len(x.Meetings)-strange), fmt.Sprintf("lacks %s", plural(len(run)-(len(x.Meetings)-strange), "slot")))
	add(len(rooms)-1, fmt.Sprintf("changes its room: %s", listed(rooms, "and")))
	return out
}

func followed(f *Facts, x *plan.Session, at int) (out []Finding) {
	session := &f.S.Sessions[at]
	add := func(n int, text string) {
		if n > 0 {
			out = append(out, Finding{n, name(f.S, at) + " " + text, []string{x.ID}})
		}
	}
	var order []string
	for _, k := range session.Programmed {
		order = append(order, k.Kind)
		if !session.FillsDay {
			out = append(out, counted(f, x, at, k.Kind, k.Range())...)
		}
	}
	strange, disordered, misnumbered := 0, 0, 0
	last, count := 0, map[string]int{}
	used := map[string]int{}
	for _, m := range x.Meetings {
		k := slices.Index(order, m.Kind)
		if k < 0 || !slices.Contains(slotsOn(f, session, m.Day), f.slots[m.Slot]) {
			strange++
			continue
		}
		if k < last {
			disordered++
		}
		last = max(last, k)
		count[m.Kind]++
		if m.Number != count[m.Kind] {
			misnumbered++
		}
		used[m.Day.String()]++
	}
	empty := 0
	for _, d := range x.Days {
		want := 1
		if session.FillsDay {
			want = max(1, len(slotsOn(f, session, d)))
		}
		empty += max(0, want-used[d.String()])
	}
	are := "are"
	if strange == 1 {
		are = "is"
	}
	add(strange, fmt.Sprintf("has %s that %s not in its programme or its slots", plural(strange, "meeting"), are))
	add(disordered, fmt.Sprintf("has %s out of the programme's order", plural(disordered, "meeting")))
	add(misnumbered, fmt.Sprintf("has %s with a wrong number", plural(misnumbered, "meeting")))
	add(empty, fmt.Sprintf("leaves %s of its days without a meeting", plural(empty, "slot")))
	return out
}
