package calendar

import (
	"fmt"
	"strconv"
	"strings"
)

// Stretch is how long something takes within a day: so many slots, or so many
// minutes. One of the two is 0.
type Stretch struct {
	Slots   int
	Minutes int
}

// MostMinutes bounds the minutes of a stretch: a day.
const MostMinutes = 24 * 60

// ParseStretch reads "4 slots", "90 minutes" or "2 hours".
func ParseStretch(text string) (Stretch, error) {
	wrong := fmt.Errorf("%q is neither a number of slots nor of minutes, such as 4 slots or 90 minutes", shorten(text))
	number, unit, _ := strings.Cut(strings.TrimSpace(text), " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 {
		return Stretch{}, wrong
	}
	if n > MostMinutes {
		return Stretch{}, fmt.Errorf("%q is more than a day has", shorten(text))
	}
	switch strings.TrimSpace(unit) {
	case "slot", "slots":
		return Stretch{Slots: n}, nil
	case "minute", "minutes":
		return Stretch{Minutes: n}, nil
	case "hour", "hours":
		if n > 24 {
			return Stretch{}, fmt.Errorf("%q is more than a day has", shorten(text))
		}
		return Stretch{Minutes: 60 * n}, nil
	}
	return Stretch{}, wrong
}

// String gives the stretch in words: "1 slot", "90 minutes".
func (s Stretch) String() string {
	n, unit := s.Slots, "slot"
	if s.Minutes > 0 {
		n, unit = s.Minutes, "minute"
	}
	if n == 1 {
		return fmt.Sprintf("%d %s", n, unit)
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
