package explain

// Prices are what bending a hard constraint by one unit of its excess costs,
// by kind: a day of a window is cheaper than a clash of chairs, and not to
// hold a session is dearest. Structural rules cannot be bent, but for rooms and
// teams, of which there can be more.
var Prices = map[string]int64{
	"window": 1, "phase": 2, "document": 1, "before": 1, "rest": 1, "slack": 1, "near": 1, "adjacent-to": 2,
	"avoid": 2, "breaks": 1, "idle": 1, "span": 2, "length": 8, "day-cap": 8,
	"venue": 15, "programme": 12, "interpretation": 4, "parallel": 3,
	"balance": 3, "moderators": 3, "panel-mix": 3, "travel-budget": 1, "officer-travel": 2,
	"chaired-by": 10, "pin": 20, "keep": 20, "held": 60,
	"overlap": 10, "attendance": 3, "times": 10, "places": 10, "room-size": 1, "one-room": 3, "same-room": 3,
	"same-day": 5, "days-apart": 5, "in-order": 5, "spread": 2, "compact": 1, "early": 1, "pause": 2,
	"room-change": 2, "larger-rooms-first": 1, "rooms-by-size": 2, "alongside": 5, "next-to": 5,
}

// Room and Team are what one more room or interpretation team for a week costs.
const (
	Room = 10
	Team = 12
)

// MostMore bounds how many more rooms of a kind, or teams, a way out asks for
// in one week at one station.
const MostMore = 2

// Enough and Dearest bound what a way out costs: what costs more than Enough,
// and more than Dearest times the cheapest, is not worth listing.
const (
	Enough  = 64
	Dearest = 8
)
