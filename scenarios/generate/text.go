package generate

import (
	"slices"
	"strconv"
	"time"

	"plenary/model/calendar"
	"plenary/model/plan"
)

// priorities are the tiers of a generated calendar.
var priorities = []string{
	"optional sessions held",
	"observances and meetings of other bodies avoided",
	"sessions near the dates that their bodies wish for",
	"stations, lengths, panels and travel",
	"time between sessions, days in hand, and what was announced",
}

// write gives the scenario as a file.
func (y *year) write() []byte {
	var p page
	h := y.hidden()
	p.line("# A generated calendar: %d sessions of %d bodies at %d stations (seed %d).", len(y.sessions), len(y.all), len(y.centres), y.options.Seed)
	p.line("# A plan that keeps every rule exists. It takes %.0f %% of the half-days of rooms;", 100*h.Rooms)
	p.line("# meetings that must be interpreted take %.0f %% of what the teams can serve.", 100*h.Teams)
	p.line("# Bodies, dates and rooms are invented.")
	p.line("plenary: 1")
	p.line("title: Calendar of conferences, %d to %d", y.period.First.Time(time.UTC).Year(), y.period.Last.Time(time.UTC).Year())
	p.line("period: %s", y.period)
	p.line("include: [un-stations, un-member-states]")
	y.writeStations(&p)
	y.writeOthers(&p)
	y.writeSessions(&p)
	y.writeDocuments(&p)
	p.section("priorities and rules")
	p.line("priorities:")
	for _, name := range priorities {
		p.line("  - %s", name)
	}
	p.line("\nrules:")
	for _, line := range y.extra {
		p.line("  %s", line)
	}
	return p.Bytes()
}

func (y *year) writeStations(p *page) {
	p.section("stations")
	p.line("stations:")
	for _, c := range y.centres {
		p.line("  %s:", c.id)
		p.line("    rooms:")
		for _, k := range c.kinds {
			var f fields
			f.addf("seats", "%d", k.seats)
			if k.booths > 0 {
				f.addf("booths", "%d", k.booths)
			}
			if k.count > 1 {
				f.addf("count", "%d", k.count)
			}
			p.line("      %s: %s", k.name, f)
		}
		p.line("    interpretation:")
		p.line("      teams: %d", c.teams)
		stretches := func(indent, key, extra string, all []stretch) {
			if len(all) == 0 {
				return
			}
			p.line("%s%s:", indent, key)
			for _, s := range all {
				p.line("%s  - {%sdays: %s, note: %s}", indent, extra, s.days, text(s.note))
			}
		}
		stretches("      ", "off", "teams: 1, ", c.off)
		stretches("    ", "closed", "", c.closed)
		stretches("    ", "holidays", "", c.holidays)
		stretches("    ", "observances", "", c.observances)
	}
}

func (y *year) writeOthers(p *page) {
	if len(y.officers) > 0 {
		p.section("officers")
		p.line("officers:")
		for _, o := range y.officers {
			var f fields
			f.add("title", text(o.title))
			f.add("based", o.based.id)
			f.addf("travel-days", "%d", o.travel)
			var away []string
			for _, r := range o.away {
				away = append(away, r.String())
			}
			if len(away) > 0 {
				f.add("away", list(away))
			}
			p.line("  %s: %s", o.id, f)
		}
	}
	p.section("dates of others")
	if len(y.events) > 0 {
		p.line("events:")
		for i, e := range y.events {
			p.line("  high-level-meeting-%d: {title: %s, days: %s}", i+1, text(e.note), e.days)
		}
	}
	p.line("busy:")
	for i, b := range busyBodies {
		var days []string
		for from := y.period.First + calendar.Day(20+31*i); from+11 <= y.period.Last; from += 182 {
			days = append(days, calendar.Range{First: from, Last: from + 11}.String())
		}
		if len(days) == 0 {
			days = []string{y.period.First.String()}
		}
		p.line("  %s: {title: %s, days: %s}", b.id, text(b.title), list(days))
	}
	p.section("programmes")
	p.line("programmes:")
	p.line("  forum:")
	p.line("    meetings:")
	p.line("      - {kind: panel, title: Panel, count: 2..3, seats: {moderator: {from: member-states}, panellists: {from: member-states, count: 2}}}")
	p.line("      - {kind: dialogue, title: Interactive dialogue}")
	y.writePhases(p)
}

// writePhases puts some sessions of each half of the period into a phase.
func (y *year) writePhases(p *page) {
	middle := y.period.First + calendar.Day(y.period.Len()/2)
	halves := []struct {
		id   string
		days calendar.Range
	}{
		{"opening", calendar.Range{First: y.period.First, Last: middle}},
		{"closing", calendar.Range{First: middle + 1, Last: y.period.Last}},
	}
	p.section("phases")
	p.line("phases:")
	for _, half := range halves {
		of := y.some(len(y.sessions)/20+1, func(s *session) bool {
			return half.days.Contains(s.first()) && half.days.Contains(s.last())
		})
		if len(of) > 0 {
			p.line("  - {id: %s, title: %s phase, between: %s, of: %s}", half.id, capital(half.id), half.days, ids(of))
		}
	}
}

func (y *year) writeSessions(p *page) {
	p.section("sessions")
	p.line("sessions:")
	for _, s := range y.sessions {
		var f fields
		f.add("id", s.id)
		f.add("title", text(s.title()))
		at := []string{s.at.id}
		if s.also != nil {
			at = append(at, s.also.id)
		}
		f.add("at", list(at))
		f.add("between", s.window.String())
		switch {
		case s.least != s.most:
			f.addf("days", "%d..%d", s.least, s.most)
		case s.days > 1:
			f.addf("days", "%d", s.days)
		}
		switch {
		case s.within == 1:
			f.add("within", "1 week")
		case s.within > 1:
			f.addf("within", "%d weeks", s.within)
		}
		if s.mornings {
			f.add("slots", "[morning]")
		}
		if s.class.optional {
			f.add("optional", "yes")
		}
		if s.class.programme {
			f.add("programme", "forum")
		}
		if s.chair != nil {
			f.add("chaired-by", "["+s.chair.id+"]")
		}
		var room fields
		room.add("seats", strconv.Itoa(s.seats))
		if s.booths > 0 {
			room.add("booths", strconv.Itoa(s.booths))
		}
		f.add("room", room.String())
		f.add("interpretation", s.speaks)
		f.add("after", s.after)
		if s.pinned {
			f.addf("pin", "{start: %s, at: %s}", s.first(), s.at.id)
		}
		p.line("  - %s", f)
	}
}

func (y *year) writeDocuments(p *page) {
	if len(y.documents) == 0 {
		return
	}
	p.section("documents")
	p.line("documents:")
	for _, d := range y.documents {
		f := fields{"id: " + d.id, "title: " + text(d.title)}
		p.line("  - %s", append(f, d.fields...))
	}
}

// hidden gives the plan that the scenario was written round, and its load.
func (y *year) hidden() Hidden {
	h := Hidden{Plan: &plan.Plan{Version: plan.Version, Status: plan.Feasible}}
	rooms, teams, meetings, spoken := 0, 0, 0, 0
	for _, c := range y.centres {
		rooms += len(c.room) * slotsOfDay * len(c.open)
		teams += c.serving()
	}
	for _, s := range y.sessions {
		meetings += len(s.meetings)
		if s.speaks == required {
			spoken += len(s.meetings)
		}
		h.Plan.Sessions = append(h.Plan.Sessions, s.planned())
	}
	for _, d := range y.documents {
		h.Plan.Documents = append(h.Plan.Documents, plan.Document{ID: d.id, Issued: d.issued})
	}
	h.Rooms, h.Teams = float64(meetings)/float64(rooms), float64(spoken)/float64(teams)
	return h
}

// planned gives the session as the hidden plan has it.
func (s *session) planned() plan.Session {
	out := plan.Session{ID: s.id, Station: s.at.id}
	for _, d := range s.on {
		out.Days = append(out.Days, s.at.first+calendar.Day(d))
	}
	for _, m := range s.meetings {
		x := plan.Meeting{Day: s.at.first + calendar.Day(m.half/slotsOfDay), Slot: slotNames[m.half%slotsOfDay],
			Kind: m.kind, Number: m.number, Room: m.room, Seats: m.seats}
		if m.team >= 0 {
			x.Interpretation = plan.TeamName(m.team + 1)
		}
		out.Meetings = append(out.Meetings, x)
	}
	slices.SortFunc(out.Days, func(a, b calendar.Day) int { return int(a - b) })
	return out
}
