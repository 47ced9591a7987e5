package generate

import (
	"errors"
	"fmt"
)

// Sizes are the names of the sizes, the smallest first.
var Sizes = []string{"S", "M", "L", "XL"}

// Options says what is to be generated. What is 0 is as the size has it.
type Options struct {
	Size     string // one of Sizes
	Seed     uint64 // the same seed gives the same scenario
	Sessions int    // up to MostSessions
	Stations int
	Months   int // of the period, up to MostMonths
	Load     int // per cent of the rooms and teams that the sessions take
}

// Limits of the options.
const (
	MostSessions = 5000
	MostMonths   = 60
	LeastLoad    = 10
	MostLoad     = 90
)

// ErrOptions says that an option is out of range, ErrFull that the sessions
// cannot be placed.
var (
	ErrOptions = errors.New("an option is out of range")
	ErrFull    = errors.New("there is no room left for all sessions: ask for a smaller load, more months or fewer sessions")
)

// calendars gives the options of the sizes that are calendars of many bodies.
var calendars = map[string]Options{
	"L":  {Sessions: 700, Stations: 4, Months: 12, Load: 80},
	"XL": {Sessions: 3000, Stations: 6, Months: 36, Load: 80},
}

// complete fills in what the size says, and fails with ErrOptions.
func (o Options) complete() (Options, error) {
	size, known := calendars[o.Size]
	if !known {
		return o, fmt.Errorf("%w: there is no size %q", ErrOptions, o.Size)
	}
	for _, x := range []struct {
		what        string
		n           *int
		usual       int
		least, most int
	}{
		{"sessions", &o.Sessions, size.Sessions, 1, MostSessions}, {"stations", &o.Stations, size.Stations, 1, len(cities)},
		{"months", &o.Months, size.Months, 1, MostMonths}, {"load", &o.Load, size.Load, LeastLoad, MostLoad},
	} {
		if *x.n == 0 {
			*x.n = x.usual
		}
		if *x.n < x.least || *x.n > x.most {
			return o, fmt.Errorf("%w: %s is %d, not between %d and %d", ErrOptions, x.what, *x.n, x.least, x.most)
		}
	}
	return o, nil
}

// errFixed is ErrOptions for the sizes that are what they are.
var errFixed = fmt.Errorf("%w: sessions, stations, months and load are for the sizes L and XL", ErrOptions)

// Scenario writes a scenario. It fails with ErrOptions or ErrFull.
func Scenario(o Options) ([]byte, error) {
	if o.Size == "S" {
		return resolution(o)
	}
	src, _, err := Planned(o)
	return src, err
}

// Planned writes a scenario of size M or more and tells the plan that it was
// written round. It fails with ErrOptions or ErrFull.
func Planned(o Options) ([]byte, Hidden, error) {
	make := calendarOf
	if o.Size == "M" {
		make = processesOf
	}
	d, err := make(o)
	if err != nil {
		return nil, Hidden{}, err
	}
	return d.write(), d.hidden(), nil
}
