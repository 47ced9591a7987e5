// Package feed serves calendars to subscribe to: one for each audience, under an
// address that nobody can guess and that can be revoked. It only reads.
//
//	f, err := feed.Open("gcm-2018.feed")
//	key, err := f.Address("delegations", time.Now())
//	err = f.Publish(s, p, ics.Options{Now: time.Now()})
//	http.Handle("/", f)
//
// A folder holds the addresses and, for each audience, the calendar as it was
// published last, of which the next one is the next version.
package feed
