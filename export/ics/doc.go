// Package ics carries plans out to calendar programs and the calendars of
// other bodies in, as iCalendar (RFC 5545). Write gives one all-day event per
// session block, one timed event per meeting and one per date of a document;
// Busy gives the times at which another body meets.
//
//	err := ics.Write(w, s, p, ics.Options{Now: time.Now()})
//	times, err := ics.Busy("hrc.ics", src)
//
// The two halves share no arithmetic of zones and dates. What is written is
// held against readers that others wrote, and so is what is read.
package ics
