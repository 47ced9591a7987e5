package generate

import (
	"strconv"

	"plenary/model/calendar"
)

// write gives the scenario as a file.
func (d *draft) write() []byte {
	var p page
	for _, line := range d.about {
		p.line("# %s", line)
	}
	p.line("plenary: 1")
	p.line("title: %s", text(d.title))
	p.line("period: %s", d.period)
	p.line("include: [un-stations, un-member-states]")
	d.writeStations(&p)
	d.writeOthers(&p)
	if d.rosters != "" {
		p.section("rosters")
		p.WriteString("rosters:\n" + d.rosters)
	}
	p.section("programmes")
	p.WriteString("programmes:\n" + d.programmes)
	d.writeSessions(&p)
	d.writeDocuments(&p)
	p.section("priorities and rules")
	p.line("priorities:")
	for _, name := range d.priorities {
		p.line("  - %s", name)
	}
	p.line("\nrules:")
	for _, line := range d.rules {
		p.line("  - %s", line)
	}
	return p.Bytes()
}

func (d *draft) writeStations(p *page) {
	p.section("stations")
	p.line("stations:")
	for _, c := range d.centres {
		p.line("  %s:", c.id)
		if c.host {
			continue
		}
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

func (d *draft) writeOthers(p *page) {
	if len(d.officers) > 0 {
		p.section("officers")
		p.line("officers:")
		for _, o := range d.officers {
			var f fields
			f.add("title", text(o.title))
			f.add("based", o.based.id)
			f.addf("travel-days", "%d", o.travel)
			if len(o.away) > 0 {
				f.add("away", list(ranges(o.away)))
			}
			p.line("  %s: %s", o.id, f)
		}
	}
	if len(d.events) > 0 {
		p.section("events")
		p.line("events:")
	}
	for _, e := range d.events {
		p.line("  %s: {title: %s, days: %s}", e.id, text(e.title), e.days)
	}
	if len(d.busy) > 0 {
		p.section("meetings of other bodies")
		p.line("busy:")
	}
	for _, b := range d.busy {
		p.line("  %s: {title: %s, days: %s}", b.id, text(b.title), list(ranges(b.days)))
	}
	if len(d.phases) > 0 {
		p.section("phases")
		p.line("phases:")
	}
	for _, x := range d.phases {
		p.line("  - {id: %s, title: %s, between: %s, of: %s}", x.id, text(x.title), x.days, list(x.of))
	}
}

// ranges writes ranges of days.
func ranges(all []calendar.Range) (out []string) {
	for _, r := range all {
		out = append(out, r.String())
	}
	return out
}

func (d *draft) writeSessions(p *page) {
	p.section("sessions")
	p.line("sessions:")
	for _, s := range d.sessions {
		var f fields
		f.add("id", s.id)
		f.add("title", text(s.title))
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
		if s.optional {
			f.add("optional", "yes")
		}
		f.add("programme", s.programme)
		if len(s.chairs) > 0 {
			var ids []string
			for _, o := range s.chairs {
				ids = append(ids, o.id)
			}
			f.add("chaired-by", list(ids))
		}
		if s.seats > 0 {
			var room fields
			room.add("seats", strconv.Itoa(s.seats))
			if s.booths > 0 {
				room.add("booths", strconv.Itoa(s.booths))
			}
			f.add("room", room.String())
		}
		f.add("interpretation", s.speaks)
		f = append(f, s.links...)
		if s.pinned {
			f.addf("pin", "{start: %s, at: %s}", s.first(), s.at.id)
		}
		p.line("  - %s", f)
	}
}

func (d *draft) writeDocuments(p *page) {
	if len(d.documents) == 0 {
		return
	}
	p.section("documents")
	p.line("documents:")
	for _, x := range d.documents {
		f := fields{"id: " + x.id, "title: " + text(x.title)}
		p.line("  - %s", append(f, x.fields...))
	}
}
