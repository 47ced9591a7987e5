package calendar

import (
	"fmt"
	"slices"
	"strings"
)

// DaySet is days of the week and stretches of days; with neither, it is every
// day.
type DaySet struct {
	Week   *Week // nil where no day of the week is named
	Ranges []Range
}

// ParseDaySet reads days of the week (mon, mon-fri) and days (2017-05-08,
// 2017-05-08..2017-05-12, 2017-05) together. It gives the position of the text
// that is neither.
func ParseDaySet(texts []string) (set DaySet, wrong int, err error) {
	for i, text := range texts {
		if week, err := ParseWeek(text); err == nil {
			if set.Week == nil {
				set.Week = &Week{}
			}
			for d, named := range week {
				set.Week[d] = set.Week[d] || named
			}
			continue
		}
		days, err := ParseRange(text)
		if err != nil {
			if !strings.ContainsAny(text, "0123456789") {
				err = fmt.Errorf("%q is neither a day of the week such as mon or mon-fri nor a day", shorten(text))
			}
			return set, i, err
		}
		set.Ranges = append(set.Ranges, days)
	}
	return set, -1, nil
}

// Every tells whether the set is every day.
func (s DaySet) Every() bool { return s.Week == nil && len(s.Ranges) == 0 }

// Has tells whether the day is in the set.
func (s DaySet) Has(d Day) bool {
	return s.Every() || (s.Week != nil && s.Week[d.Weekday()]) ||
		slices.ContainsFunc(s.Ranges, func(r Range) bool { return r.Contains(d) })
}
