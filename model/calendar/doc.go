// Package calendar holds days, ranges of days, working weeks, durations and
// half-day slots: the arithmetic of dates that model and solver share. Its
// outside oracle is the standard library's time package (see the tests).
//
//	r, err := calendar.ParseRange("2017-04-18..2017-05-31")
//	r.Contains(calendar.MustDay("2017-05-01")) // true
package calendar
