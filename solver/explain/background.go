package explain

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// Background gives what a reason takes for granted, one sentence each: for
// every session that it says is held, how many days it takes and where, its programme, and on
// which days of its window its stations are closed besides weekends; and what its
// sessions take or have together, where that alone breaks a rule. These are part of the
// sessions themselves and are not blamed.
func Background(s *scenario.Scenario, reason Reason) (out []string) {
	for _, in := range reason.Instances {
		if counting, ok := in.Rule.(interface {
			Sum(s *scenario.Scenario) string
		}); ok {
			if sum := counting.Sum(s); sum != "" {
				out = append(out, sum)
			}
		}
		held, ok := in.Rule.(*rule.Held)
		if !ok {
			continue
		}
		i := held.Sessions[0]
		x := &s.Sessions[i]
		text := fmt.Sprintf("“%s” takes %s days", x.Name(), x.Length())
		if x.Length().Min == 1 && x.Length().Max == 1 {
			text = fmt.Sprintf("“%s” takes 1 day", x.Name())
		}
		if x.Within != nil {
			text += fmt.Sprintf(" within %s", *x.Within)
		} else if x.Length().Max > 1 {
			text += " in a row"
		}
		var stations []string
		for _, st := range x.StationIDs {
			stations = append(stations, s.Stations[st].Name())
		}
		out = append(out, text+", in "+strings.Join(stations, " or "))
		if x.Programme != "" {
			own := rule.Programme{Selection: rule.Selection{Sessions: held.Sessions}}
			out = append(out, own.Statement(s))
		}
		if narrow := narrow(s, i); narrow != "" {
			out = append(out, narrow)
			continue
		}
		if s.Window(i).Len() > 100 { // too many holidays to be of help
			continue
		}
		for _, st := range x.StationIDs {
			if closed := closures(&s.Stations[st], s.Window(i)); closed != "" {
				out = append(out, fmt.Sprintf("%s is closed on %s", s.Stations[st].Name(), closed))
			}
		}
	}
	return out
}

// narrow says that the window of a session has fewer working days than it takes, "" where
// it has as many somewhere, closed or not.
func narrow(s *scenario.Scenario, session int) string {
	x := &s.Sessions[session]
	window := s.Window(session)
	var parts []string
	where := map[int][]string{} // by number of working days: the stations
	for _, st := range x.StationIDs {
		at, n := &s.Stations[st], 0
		for d := window.First; d <= window.Last; d++ {
			if at.Works(d) {
				n++
			}
		}
		if n >= x.Length().Min {
			return ""
		}
		where[n] = append(where[n], at.Name())
	}
	for _, n := range slices.Sorted(maps.Keys(where)) {
		at := strings.Join(where[n], " or ")
		switch {
		case window.Len() == 1:
			parts = append(parts, fmt.Sprintf("%s is no working day in %s", window.Words(), at))
		case n == 0:
			parts = append(parts, fmt.Sprintf("none of the days %s is a working day in %s", window.Words(), at))
		case n == 1:
			parts = append(parts, fmt.Sprintf("only 1 of the days %s is a working day in %s", window.Words(), at))
		default:
			parts = append(parts, fmt.Sprintf("only %d of the days %s are working days in %s", n, window.Words(), at))
		}
	}
	return strings.Join(parts, ", ")
}

// closures lists the closed working days of a station in a window, with their
// reasons.
func closures(st *scenario.Station, window calendar.Range) string {
	var parts []string
	var days []calendar.Day
	reason := ""
	flush := func() {
		if len(days) > 0 {
			parts = append(parts, calendar.Words(days)+st.ClosedNote(days[0]))
		}
		days = nil
	}
	for d := window.First; d <= window.Last; d++ {
		why := st.WhyClosed(d)
		if why == "" || !st.Works(d) {
			continue
		}
		if why != reason {
			flush()
			reason = why
		}
		days = append(days, d)
	}
	flush()
	return strings.Join(parts, ", ")
}
