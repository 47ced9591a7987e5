package soak

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"plenary/model/calendar"
)

// Draw writes a small random scenario: the same for the same seed. Some are
// refused by the reader; most say something.
func Draw(seed uint64) string {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 71280))}
	w.days = w.number(2, 7)
	w.first = starts[0]
	if w.chance(3) {
		w.first = starts[w.IntN(len(starts))]
	}
	w.line("plenary: 1\ntitle: drawn\nperiod: %s..%s", w.date(0), w.date(w.days-1))
	w.drawSlots()
	w.line("priorities: [one, two, three]\npeople: {p: P, q: Q}")
	w.drawStations()
	w.drawOfficers()
	w.line("events:\n  debate: {days: %s}", w.between())
	w.line("busy:\n  body: {days: [%s]}\n  others: {file: others.busy}", w.between())
	w.drawRosters()
	w.drawSessions()
	w.drawDocuments()
	w.drawRules()
	return w.String()
}

// starts are the first days of periods: in most the clocks of a station change.
// Others span a leap day, the end of a year, and a week that belongs to two.
var starts = []calendar.Day{calendar.MustDay("2018-03-08"), calendar.MustDay("2018-03-22"), calendar.MustDay("2018-10-25"), calendar.MustDay("2020-02-26"), calendar.MustDay("2018-12-28")}

// writer draws a scenario and writes it as text.
type writer struct {
	*rand.Rand
	strings.Builder
	first     calendar.Day
	days      int
	slots     []string
	stations  []string
	sessions  []string
	long      []string // of whole days, without a programme or with one
	short     []string
	optional  []string
	seated    []string // with a programme that has seats
	plain     []string // with a programme that has none
	spoken    []string // that can be interpreted
	called    []string // that somebody must be in, or is invited to
	documents []string
	rooms     []string
	officers  []string // who may chair, as lists

	panellists bool // sit in panels, beside moderators
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// number gives one of least to most.
func (w *writer) number(least, most int) int { return least + w.IntN(most-least+1) }

// pickNumber gives one of some numbers.
func (w *writer) pickNumber(options ...int) int { return options[w.IntN(len(options))] }

// chance holds one time in n.
func (w *writer) chance(n int) bool { return w.IntN(n) == 0 }

func (w *writer) pick(options ...string) string { return options[w.IntN(len(options))] }

// maybe writes a text one time in n.
func (w *writer) maybe(n int, format string, values ...func() string) string {
	if !w.chance(n) {
		return ""
	}
	var args []any
	for _, value := range values {
		args = append(args, value())
	}
	return fmt.Sprintf(format, args...)
}

// of gives a way to pick for maybe.
func (w *writer) of(options ...string) func() string {
	return func() string { return w.pick(options...) }
}

// some gives one to three of a list, as a list.
func (w *writer) some(list []string) string {
	mixed := slices.Clone(list)
	w.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
	mixed = mixed[:w.number(1, min(3, len(mixed)))]
	if w.chance(12) {
		mixed = append(mixed, mixed[0]) // said twice, meant once
	}
	return "[" + strings.Join(mixed, ", ") + "]"
}

func (w *writer) date(after int) string { return (w.first + calendar.Day(after)).String() }

func (w *writer) day() string { return w.date(w.number(0, w.days-1)) }

func (w *writer) between() string {
	from := w.number(0, w.days-1)
	return w.date(from) + ".." + w.date(w.number(from, w.days-1))
}

func (w *writer) tier() string { return fmt.Sprint(w.number(1, 3)) }

func (w *writer) duration() string {
	return w.pick("0 days", "1 days", "2 days", "1 week", "0 working days", "1 working days", "2 working days")
}

func (w *writer) gap() string {
	return w.pick("1.. days", "1..2 days", "2.. working days", "1..3 working days", "1 days", "1 working days", "2..4 days")
}

func (w *writer) drawSlots() {
	switch w.number(0, 3) {
	case 0:
		w.slots = []string{"day"}
		w.line("slots: {day: 10:00-18:00}")
	case 1:
		w.slots = []string{"morning", "afternoon"}
		w.line("slots: {morning: 10:00-13:00, afternoon: {times: 15:00-18:00, tags: [late]%s}}", w.maybe(4, ", on: [%s]", w.of("mon-thu", "fri-tue", w.date(1))))
	default:
		w.slots = []string{"a", "b", "c"}
		w.line("slots: {a: 09:00-10:00, b: {times: 10:00-10:45%s}, c: {times: 13:00-14:00, tags: [late]%s}}",
			w.maybe(3, ", on: %s", w.of("thu", "fri", "[mon, "+w.date(0)+"]")), w.maybe(5, ", on: [%s]", w.of("fri-tue", w.date(1)+".."+w.date(5))))
	}
}

func (w *writer) drawStations() {
	w.line("stations:")
	for i := range w.pickNumber(1, 1, 1, 2, 2, 2, 3) {
		id := fmt.Sprintf("s%d", i+1)
		w.stations = append(w.stations, id)
		w.line("  %s:\n    zone: %s", id, w.pick([]string{"Europe/Zurich", "America/New_York", "Pacific/Auckland"}[i], "Pacific/Apia", "Asia/Kathmandu"))
		w.WriteString(w.maybe(4, "    holidays: [%s]\n", w.day))
		w.WriteString(w.maybe(5, "    closed: [%s]\n", w.between))
		w.WriteString(w.maybe(3, "    observances: [%s, %s]\n", w.day, w.between))
		w.WriteString(w.maybe(4, "    week: %s\n", w.of("sun-thu", "mon-sun", "mon tue fri", "sat sun")))
		w.WriteString(w.maybe(5, "    slots: {%s: %s}\n", w.of(w.slots[0]), w.of(map[string]string{"day": "09:00-17:00", "morning": "09:30-12:30", "a": "09:15-10:00"}[w.slots[0]])))
		if w.chance(2) {
			w.line("    rooms:")
			for _, r := range []string{"L", "M", "S"}[:w.number(1, 3)] {
				name := r
				if i > 0 {
					name = fmt.Sprint(r, i+1)
				}
				several := w.maybe(6, ", count: 2")
				if several == "" {
					w.rooms = append(w.rooms, name)
				}
				has := w.pick("seats: 10", "seats: 20", "seats: 10, booths: 3", "seats: 30, tags: [r]")
				if r == "L" {
					has = "seats: 20, booths: 3, tags: [r]"
				}
				w.line("      %s: {%s%s%s}", name, has, several,
					w.maybe(4, ", closed: [{days: %s, slots: [%s]}, %s]", w.between, w.of(w.slots...), w.day))
			}
		}
		if w.chance(3) {
			w.line("    interpretation: {teams: %d, meetings-per-week: %d%s}", w.number(1, 2), w.number(1, 3),
				w.maybe(3, ", off: [%s]", w.of("{teams: 1, days: "+w.between()+"}", "{teams: 1, days: "+w.between()+"}, {teams: 1, days: "+w.day()+"}")))
		}
	}
}

func (w *writer) drawOfficers() {
	w.line("officers:\n  chair: {based: s1, travel-days: %d%s}", w.number(0, 2), w.maybe(3, ", away: [%s, %s]", w.between, w.day))
	w.officers = []string{"[chair]"}
	if w.chance(2) {
		w.line("  deputy: {travel-days: %d%s%s}", w.number(0, 1), w.maybe(2, ", based: %s", w.of(w.stations...)), w.maybe(3, ", away: [%s]", w.between))
		w.officers = append(w.officers, "[deputy]", "[chair, deputy]", "[deputy, deputy]")
	}
}

func (w *writer) drawRosters() {
	w.line("rosters:\n  states:\n    members:")
	for _, id := range []string{"x", "y", "z"}[:w.number(2, 3)] {
		w.line("      - {id: %s, group: %s, profile: %s%s}", id, w.pick("east", "west"), w.pick("origin", "transit", "origin; transit"),
			w.maybe(4, ", unavailable: %s", w.day))
	}
	w.line("  experts: {members: [{id: e, group: west, profile: transit}]}")
	w.line("programmes:\n  plain: {meetings: [{kind: talk, count: 1..2}, {kind: close, count: 0..1}]}")
	w.panellists = w.chance(3)
	panellists, more := "", w.maybe(4, ", {kind: dialogue, count: %s%s}", w.of("1", "0..1", "0..2"), w.of("", ", seats: {moderator: {from: [states, experts]}}"))
	if w.panellists {
		panellists = ", panellists: {from: [states], count: " + w.pick("1", "2") + "}"
	}
	w.line("  seated: {meetings: [{kind: panel, count: %s, seats: {moderator: {from: [%s]}%s%s}}%s]}", w.pick("1", "1..2", "0..2"), w.pick("states", "states, experts"),
		panellists, w.maybe(5, ", guest: {from: [states, experts], where: {group: [%s]}}", w.of("west", "east", "west, east")), more)
}

func (w *writer) drawSessions() {
	w.line("sessions:")
	for i := range w.number(1, 4) {
		id := fmt.Sprintf("m%d", i+1)
		at := w.pick(w.stations...)
		if len(w.stations) > 1 && w.chance(3) {
			at = strings.Join(w.stations, ", ")
		}
		text := fmt.Sprintf("id: %s, at: [%s]", id, at)
		switch w.number(0, 4) {
		case 0, 1:
			text += fmt.Sprintf(", lasts: %s%s%s", w.pick("1 slot", "1 slot", "2 slots", "100 minutes", "40 minutes"),
				w.maybe(5, ", starts: [%s]", w.of(w.slots...)), w.maybe(6, ", pin: {slot: %s}", w.of(w.slots...)))
			w.short = append(w.short, id)
		case 2:
			text += fmt.Sprintf(", programme: seated, days: %s", w.pick("1", "1..2", "2"))
			w.seated, w.long = append(w.seated, id), append(w.long, id)
			text += w.maybe(6, ", pin: {seats: {panel 1: {moderator: %s}}}", w.of("x", "y"))
		case 3:
			text += fmt.Sprintf(", programme: plain, days: %s", w.pick("1", "1..2", "2"))
			w.plain, w.long = append(w.plain, id), append(w.long, id)
		default:
			text += ", days: " + w.pick("1", "1..2", "2", "1..3")
			text += w.maybe(6, ", pin: {%s, at: %s}", func() string {
				return w.pick("start: "+w.day(), "days: ["+w.day()+"]", "days: ["+w.date(0)+", "+w.date(1)+"]")
			}, w.of(w.stations...))
			w.long = append(w.long, id)
		}
		if slices.Contains(w.long, id) {
			text += w.maybe(3, ", within: %s days", w.of("2", "3", "5", "7"))
		}
		w.sessions = append(w.sessions, id)
		if w.chance(2) {
			text += ", optional: yes"
			w.optional = append(w.optional, id)
		}
		text += w.maybe(4, ", between: %s", w.between) + w.maybe(5, ", slots: [%s]", w.of(w.slots...)) + w.maybe(3, ", chaired-by: %s", w.of(w.officers...))
		text += w.maybe(4, ", room: %s", w.of(append([]string{"{seats: 10}", "{seats: 20, booths: 3}", "{tags: [r]}"}, w.rooms...)...))
		if slices.Contains(w.short, id) || w.chance(3) {
			text += ", attendees: " + w.pick("5", "15", "25", "40")
		}
		if w.chance(3) {
			text += ", interpretation: " + w.pick("required", "as-available")
			w.spoken = append(w.spoken, id)
		}
		if w.chance(2) {
			text += w.pick(", people: [p]", ", people: [p, q]", ", people: [q], invited: [p]", ", people: [p], invited: [q]", ", invited: [q]")
			w.called = append(w.called, id)
		}
		text += fmt.Sprintf(", tags: [%s]", []string{"t", "u", "t, u"}[i%3])
		if i > 0 {
			text += w.maybe(5, fmt.Sprintf(", %s: {m%d: %%s}", w.pick("after", "before"), w.number(1, i)), w.gap)
		}
		w.line("  - {%s}", text)
	}
	if w.chance(4) {
		w.line("phases: {opening: {between: %s, of: %s}%s}", w.between(), w.some(w.sessions), w.maybe(3, ", closing: {between: %s, of: [%s]}", func() string { return w.date(w.days - 1) }, w.of(w.sessions...)))
	}
}

func (w *writer) drawDocuments() {
	if !w.chance(3) {
		return
	}
	w.line("documents:")
	for _, id := range []string{"draft", "summary"}[:w.number(1, 2)] {
		w.documents = append(w.documents, id)
		text := "id: " + id
		if w.chance(2) {
			text += fmt.Sprintf(", after: [%s], takes: %s%s%s", w.pick(append(w.sessions, "debate", "draft")...), w.duration(), w.maybe(3, ", within: %s", w.duration), w.maybe(3, ", processing: %s", w.duration))
		}
		text += w.maybe(2, ", before: {%s: %s}", w.of("debate", w.pick(w.sessions...), "summary", "m*"), w.duration)
		text += w.maybe(3, ", deadline: %s", w.day) + w.maybe(4, ", between: %s", w.between) + w.maybe(6, ", pin: %s", w.day)
		w.line("  - {%s}", text)
	}
}

func (w *writer) drawRules() {
	w.line("rules:\n  - avoid: {of: m1, days: [2018-01-01], tier: 1}")
	if len(w.optional) > 0 {
		w.line("  - held: {of: [%s], tier: %s}", strings.Join(w.optional, ", "), w.tier())
	}
	for range w.number(1, 6) {
		kind, body := "", ""
		for range 20 {
			if kind, body = w.drawRule(); body != "" {
				break
			}
		}
		if body == "" {
			continue
		}
		soft := ""
		if !w.chance(4) {
			soft = fmt.Sprintf(", tier: %s, weight: %d", w.tier(), w.pickNumber(1, 1, 2, 2, 3, 3, 1000, 99_991))
		}
		w.line("  - %s: {%s%s}", kind, body, soft)
	}
}

// drawRule draws a kind of rule and its fields; no fields where the scenario has
// nothing that the kind speaks of.
func (w *writer) drawRule() (kind, body string) {
	kinds := []string{
		"window", "venue", "length", "span", "phase", "programme", "held", "before", "adjacent-to", "chaired-by", "interpretation", "document", "day-cap",
		"moderators", "balance", "panel-mix", "travel-budget", "officer-travel", "avoid", "parallel", "rest", "breaks", "idle", "near", "slack", "keep", "overlap", "attendance",
		"times", "places", "room-size", "one-room", "same-room", "same-day", "days-apart", "in-order", "spread", "compact", "early", "pause", "room-change",
		"larger-rooms-first", "rooms-by-size", "alongside", "next-to",
	}
	kind = kinds[w.IntN(len(kinds))]
	switch kind {
	case "places", "room-size", "one-room", "same-room", "same-day", "days-apart", "in-order", "early", "pause", "room-change", "larger-rooms-first", "rooms-by-size", "alongside", "next-to":
		if len(w.short) > 0 {
			body = w.drawShort(kind)
		}
	case "programme", "moderators", "balance", "panel-mix":
		body = w.drawSeats(kind)
	case "document", "slack":
		if len(w.documents) > 0 {
			body = w.drawDocument(kind)
		}
	case "keep":
		body = w.drawKeep()
	default:
		body = w.drawWhen(kind)
	}
	return kind, body
}

func (w *writer) drawWhen(kind string) string {
	of := "of: " + w.pick(append([]string{`"*"`, `"tag:t"`}, w.sessions...)...)
	switch kind {
	case "window", "phase":
		return of + ", between: " + w.between()
	case "venue":
		return of + ", at: [" + w.pick(w.stations...) + "]"
	case "length":
		return of + ", days: " + w.pick("1", "2", "2..", "..1")
	case "span":
		return of + fmt.Sprintf(", within: %d days", w.number(1, 3))
	case "held":
		if len(w.optional) > 0 {
			return "of: " + w.some(w.optional)
		}
	case "before":
		if len(w.sessions) > 1 {
			return "of: " + w.pick("m2", "m1", "m*") + ", then: " + w.some(w.sessions) + ", gap: " + w.gap()
		}
	case "adjacent-to":
		return of + fmt.Sprintf(", to: debate, side: %s, within: %s", w.pick("before", "after"), w.duration())
	case "chaired-by", "officer-travel":
		return of + ", by: " + w.pick(w.officers...)
	case "interpretation":
		if len(w.spoken) > 0 {
			return "of: " + w.some(w.spoken)
		}
	case "day-cap":
		return of + ", " + w.pick("at-most", "exactly", "at-least") + fmt.Sprintf(": %d", w.number(1, 4))
	case "travel-budget":
		return of + fmt.Sprintf(", delegates: %d, cost: {s1: %d%s}, at-most: %d", w.number(1, 3), w.number(400, 1600), w.maybe(2, ", %s: 700", w.of(w.stations[len(w.stations)-1])), w.number(0, 4))
	case "avoid":
		return of + ", days: [" + w.pick("observances", "others", "body", "debate", w.date(4)+".."+w.date(5), "observances, "+w.date(1), "others, body") + "]"
	case "parallel":
		return of + fmt.Sprintf(", at-most: %d", w.number(0, 2)) + w.maybe(2, ", at: %s", func() string { return w.some(w.stations) })
	case "rest":
		if len(w.sessions) > 1 {
			return `of: ` + w.pick(`"*"`, `"tag:u"`, w.some(w.sessions)) + `, at-least: ` + w.duration()
		}
	case "breaks", "idle", "compact":
		return of
	case "near":
		return of + ", day: " + w.date(w.number(-2, w.days+1))
	case "overlap":
		return of + w.maybe(2, ", with: %s", func() string { return w.some(w.sessions) })
	case "attendance":
		if len(w.called) > 0 {
			return "of: " + w.some(w.called)
		}
	case "times":
		return of + w.pick(", in: ", ", not: ", ", not: {slots: ["+w.pick(w.slots...)+"]}, in: ", ", in: {on: [thu-sat, tue]}, not: ") + w.pick("{slots: ["+w.pick(w.slots...)+"]}", "{on: [mon, thu]}", "{days: ["+w.between()+"]}", "{slots: ["+w.pick(w.slots...)+"], on: [fri, "+w.date(4)+"]}", "{tagged: [late]}") +
			w.maybe(3, ", count: slots")
	case "spread":
		return of + fmt.Sprintf(", over: %d", w.number(1, 3))
	}
	return ""
}

func (w *writer) drawShort(kind string) string {
	of := "of: " + w.some(w.short)
	if w.chance(3) {
		of = `of: "*"`
	}
	paired := of + w.maybe(2, ", with: %s", func() string { return w.some(w.short) })
	slots := w.maybe(3, ", count: slots")
	switch kind {
	case "places":
		rooms := append([]string{"{seats: 20..}", "{seats: 10..20}", "{tagged: [r]}"}, w.rooms...)
		set := w.pick(rooms...)
		if slices.Contains(w.rooms, set) {
			set = "{rooms: [" + set + "]}"
		}
		return of + w.pick(", in: ", ", not: ") + set + slots
	case "same-room", "same-day", "rooms-by-size":
		return paired + slots
	case "alongside":
		return paired
	case "days-apart":
		return paired + w.pick(", days: 1", ", days: ..1", ", never: 1", ", never: 0", ", days: 1.., never: 2")
	case "in-order":
		return of + ", then: " + w.some(w.short) + slots
	case "pause":
		return paired + ", at-least: " + w.pick("1 slot", "2 slots", "60 minutes", "4 hours") + w.maybe(4, ", sharing: people")
	case "room-change":
		return of + ", within: " + w.pick("0 slots", "1 slot", "2 slots")
	case "next-to":
		return of + ", to: " + w.some(w.short) + ", within: " + w.pick("0 slots", "1 slot", "30 minutes", "3 hours") + w.maybe(3, ", same-room: yes")
	}
	return of // room-size, one-room, early, larger-rooms-first
}

func (w *writer) drawSeats(kind string) string {
	if kind == "programme" && len(w.plain) > 0 {
		return "of: " + w.some(w.plain) + ", kind: " + w.pick("talk", "close") + ", count: " + w.pick("1", "2", "2..", "..1", "0")
	}
	if len(w.seated) == 0 {
		return ""
	}
	of, seat := "of: "+w.some(w.seated), "moderator"
	if w.panellists && w.chance(2) {
		seat = "panellists"
	}
	switch kind {
	case "programme":
		return of + ", kind: " + w.pick("panel", "panel", "dialogue") + ", count: " + w.pick("1", "2", "2..", "..1")
	case "moderators":
		return of + ", seat: " + seat + ", from: " + w.pick("[states]", "[states, experts]", "[experts]") + w.pick("", ", each: ..1", ", each: ..2")
	case "balance":
		return of + ", seat: " + seat + ", over: " + w.pick("group, ", "profile, ") +
			w.pick("even: yes", "each: 1..2", "each: ..1", "groups: {east: 1.., transit: ..1}", "groups: {west: 2}, each: ..1", "even: yes, groups: {west: ..1}")
	}
	return of + ", kind: panel, profile: {" + w.pick("origin: 1..", "transit: 1", "origin: 1.., transit: ..1", "transit: 2..") + "}" + w.maybe(3, ", seats: [%s]", w.of(seat))
}

func (w *writer) drawDocument(kind string) string {
	of := "of: " + w.pick(append(w.documents, `"*"`)...)
	if kind == "slack" {
		return of + ", want: " + w.duration()
	}
	return of + ", " + w.pick("after: [m1], takes: 1 days, within: 2 working days", "before: [debate], by: 1 working days", "before: [m1], by: 2 days", "after: [draft, debate], takes: "+w.duration(), "before: [summary], by: "+w.duration(), "after: [m*], takes: 1 working days, deadline: "+w.day(),
		"deadline: "+w.day(), "between: "+w.between())
}

func (w *writer) drawKeep() string {
	id := w.pick(w.sessions...)
	body := "of: " + id
	if w.chance(2) {
		body += ", days: [" + w.day() + w.maybe(2, ", %s", w.day) + "]"
	}
	if w.chance(2) {
		body += ", at: " + w.pick(w.stations...)
	}
	if slices.Contains(w.short, id) {
		body += w.maybe(2, ", slot: %s", w.of(w.slots...))
		if len(w.rooms) > 0 {
			body += w.maybe(2, ", room: %s", w.of(w.rooms...))
		}
	}
	body += w.maybe(3, ", times: [%s %s%s]", w.day, w.of(w.slots...), func() string { return w.maybe(2, ", %s %s", w.day, w.of(w.slots...)) })
	if slices.Contains(w.seated, id) {
		body += w.maybe(2, ", seats: {panel %s: {moderator: %s}}", w.of("1", "2"), w.of("x", "y", "e"))
	}
	return body
}
