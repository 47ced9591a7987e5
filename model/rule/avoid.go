package rule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/scenario"
)

var avoidKind = Kind{
	Name: "avoid", Unit: "day",
	Doc:     "The sessions keep off certain days: observances of their station, the days of an event, the meetings of a busy calendar, or a range of days. The excess is the meeting days that fall on them, for each session; a day counts once, and for a busy calendar with hours only if a meeting overlaps.",
	Example: "{of: thematic-*, days: [observances, 2017-06-06..2017-06-23], tier: 1}",
	New:     func() Rule { return &Avoid{} },
}

// Observances is the word for the observances of a session's station in
// Avoid.Days.
const Observances = "observances"

// Avoid keeps sessions off days.
type Avoid struct {
	Common
	Selection
	Days []string `key:"days,required" doc:"observances, events and busy calendars by id, or days" eg:"[observances, 2017-06-06..2017-06-23]"`

	Ranges      []calendar.Range // days, events and whole days of busy calendars
	Names       []string         // what each range is, as printed
	Busy        []int            // busy calendars with hours, by position in the scenario
	Observances bool
}

func (r *Avoid) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	known := []string{Observances}
	for _, b := range s.Busy {
		known = append(known, b.ID)
	}
	known = append(known, s.EventIDs()...)
	for i, word := range r.Days {
		if word == Observances {
			r.Observances = true
			continue
		}
		if b := slices.IndexFunc(s.Busy, func(b scenario.Busy) bool { return b.ID == word }); b >= 0 {
			for _, days := range s.Busy[b].Days {
				r.Ranges, r.Names = append(r.Ranges, days), append(r.Names, s.Busy[b].Name())
			}
			if len(s.Busy[b].Times) > 0 {
				r.Busy = append(r.Busy, b)
			}
			continue
		}
		if e := slices.Index(s.EventIDs(), word); e >= 0 {
			r.Ranges, r.Names = append(r.Ranges, s.Events[e].Days), append(r.Names, s.Events[e].Name())
			continue
		}
		days, err := calendar.ParseRange(word)
		if err != nil {
			message := fmt.Sprintf("%q is neither %s, an event, a busy calendar nor a range of days", diag.Shorten(word), Observances)
			if strings.Count(word, "-") > 1 && word[0] >= '0' && word[0] <= '9' {
				problems.Add(r.At("days", i), err.Error(), "for example  days: [2017-06-06..2017-06-23]")
				continue
			}
			problems.Add(r.At("days", i), message, diag.Suggest(word, known, "write days as 2017-06-06..2017-06-23"))
			continue
		}
		r.Ranges, r.Names = append(r.Ranges, days), append(r.Names, "to be avoided")
	}
}

func (r *Avoid) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		part := *r
		part.Selection = one(i)
		out = append(out, &part)
	}
	return out
}

// Statement says what the rule asks.
func (r *Avoid) Statement(s *scenario.Scenario) string {
	var dates, parts []string
	for _, word := range r.Days {
		b := slices.IndexFunc(s.Busy, func(b scenario.Busy) bool { return b.ID == word })
		e := slices.Index(s.EventIDs(), word)
		days, err := calendar.ParseRange(word)
		switch {
		case b >= 0:
			parts = append(parts, s.Busy[b].Name())
		case e >= 0:
			parts = append(parts, s.Events[e].Name())
		case err == nil:
			dates = append(dates, days.Words())
		default:
			parts = append(parts, word)
		}
	}
	return fmt.Sprintf("%s keeps off %s", name(s, r.Sessions[0]), listed(append(dates, parts...), "and"))
}

// Check counts the meeting days that fall on what is to be avoided.
func (r *Avoid) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		for _, d := range x.Days {
			if why := r.why(f, x, d); why != "" {
				out = append(out, Finding{1, fmt.Sprintf("%s meets on %s (%s)", name(f.S, at[i]), d.Long(), why), []string{x.ID}})
			}
		}
	}
	return out
}

// why says what the session's meetings on the day clash with, "" if nothing.
func (r *Avoid) why(f *Facts, x *plan.Session, d calendar.Day) string {
	if o := f.Station(x).Observance(d); r.Observances && o != "" {
		return o
	}
	if i := slices.IndexFunc(r.Ranges, func(days calendar.Range) bool { return days.Contains(d) }); i >= 0 {
		return r.Names[i]
	}
	for _, m := range x.Meetings {
		if m.Day != d {
			continue
		}
		station := f.S.Station(x.Station)
		slot := f.S.SlotTimes(station, f.slots[m.Slot])
		from, to := d.At(slot.From, f.Station(x).Location), d.At(slot.To, f.Station(x).Location)
		for _, b := range r.Busy {
			for _, t := range f.S.Busy[b].Times {
				begin, end := t.From, t.To
				if t.Floating {
					begin, end = local(t.From, f.Station(x)), local(t.To, f.Station(x))
				}
				if begin.Before(to) && from.Before(end) {
					return f.S.Busy[b].Name()
				}
			}
		}
	}
	return ""
}

// local reads a floating time as local time at the station.
func local(t time.Time, st *scenario.Station) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, st.Location)
}
