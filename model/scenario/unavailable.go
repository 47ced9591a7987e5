package scenario

import (
	"fmt"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/roster"
	"plenary/model/source"
)

// MostUnavailable is how many stretches of days the tables of a scenario may
// have together.
const MostUnavailable = 10_000

// unavailable reads the tables of days on which officers are away, stations
// and rooms closed, and other bodies meet.
func (r *reading) unavailable(s *Scenario) {
	for i, name := range s.Unavailable {
		lines, ok := r.table(s.At("unavailable", i), name)
		if !ok || lines.Columns == nil {
			continue
		}
		missing := slices.DeleteFunc([]string{"who", "days"}, func(c string) bool { return slices.Contains(lines.Columns, c) })
		if len(missing) > 0 {
			r.add(lines.First, "the table has no column "+strings.Join(missing, ", "), "the columns are who, days, and if you like slots and note")
			continue
		}
		for _, row := range lines.Rows {
			if r.away > MostUnavailable {
				r.add(row.Place, fmt.Sprintf("the tables have more than %d stretches of days", MostUnavailable), "join days that follow each other, or leave out what lies outside the period")
				return
			}
			r.unavailableRow(s, row)
		}
	}
}

// unavailableRow adds what one line says to its owner's own days.
func (r *reading) unavailableRow(s *Scenario, row roster.Row) {
	who := row.Value["who"]
	kind, id, _ := strings.Cut(who, ":")
	id, room, inRoom := strings.Cut(id, "/")
	if !slices.Contains([]string{"officer", "station", "room", "body"}, kind) || id == "" || inRoom != (kind == "room") {
		r.add(row.Cell("who"), fmt.Sprintf("%q does not say who or what is unavailable", diag.Shorten(who)), "write officer:ID, station:ID, room:STATION/ROOM or body:ID")
		return
	}
	var days []calendar.Range
	for text := range strings.SplitSeq(row.Value["days"], ";") {
		if strings.TrimSpace(text) == "" && len(days) > 0 {
			continue
		}
		span, err := calendar.ParseRange(strings.TrimSpace(text))
		if err != nil {
			r.add(row.Cell("days"), err.Error(), "for example 2018-06-04, or 2018-06-04..2018-06-08; 2018-07-16")
			return
		}
		r.away++
		if days = append(days, span); len(days) > roster.MostAway {
			r.add(row.Cell("days"), fmt.Sprintf("%d stretches of days in one cell are the most", roster.MostAway), "write them on several lines")
			return
		}
	}
	var slots []string
	known := idsOf(s.Slots, func(x Slot) string { return x.ID })
	for slot := range strings.SplitSeq(row.Value["slots"], ";") {
		switch slot = strings.TrimSpace(slot); {
		case slot == "":
		case kind != "room":
			r.add(row.Cell("slots"), "only a room can be closed in some slots of a day", "leave the cell empty: whole days are meant")
			return
		case find(row.Cell("slots"), slot, known, "slot", &r.problems) < 0:
			return
		default:
			slots = append(slots, slot)
		}
	}
	origin, note := source.From(row.Cell("days")), row.Value["note"]
	at := func(what string, ids []string) int { return find(row.Cell("who"), id, ids, what, &r.problems) }
	switch kind {
	case "officer":
		if i := at("officer", idsOf(s.Officers, func(x Officer) string { return x.ID })); i >= 0 {
			s.Officers[i].Away = append(s.Officers[i].Away, closures(origin, days, note)...)
		}
	case "body":
		if i := at("busy calendar", idsOf(s.Busy, func(x Busy) string { return x.ID })); i >= 0 {
			s.Busy[i].Days = append(s.Busy[i].Days, days...)
		}
	case "station":
		if i := at("station", s.StationIDs()); i >= 0 {
			s.Stations[i].Closed = append(s.Stations[i].Closed, closures(origin, days, note)...)
		}
	case "room":
		i := at("station", s.StationIDs())
		if i < 0 {
			return
		}
		rooms := s.Stations[i].Rooms
		if j := find(row.Cell("who"), room, idsOf(rooms, func(x Room) string { return x.ID }), "room", &r.problems); j >= 0 {
			for _, span := range days {
				rooms[j].Closed = append(rooms[j].Closed, RoomClosure{Origin: origin, Days: span, Slots: slots, Note: note})
			}
		}
	}
}

func closures(origin source.Origin, days []calendar.Range, note string) (out []Closure) {
	for _, span := range days {
		out = append(out, Closure{Origin: origin, Days: span, Note: note})
	}
	return out
}
