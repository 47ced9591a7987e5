package calendar

// Slot is a half-day in which one meeting fits, in local time.
type Slot struct {
	ID   string
	From Clock
	To   Clock // after From
}

// DefaultSlots are the meeting times of conference services: morning 10.00 to
// 13.00, afternoon 15.00 to 18.00.
var DefaultSlots = []Slot{
	{ID: "morning", From: 10 * 60, To: 13 * 60},
	{ID: "afternoon", From: 15 * 60, To: 18 * 60},
}
