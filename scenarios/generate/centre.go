package generate

import (
	"fmt"

	"plenary/model/calendar"
)

// slotsOfDay is how many meetings fit into a day: morning and afternoon.
const slotsOfDay = 2

// slotNames are the slots of the scenario language where nothing is said.
var slotNames = [slotsOfDay]string{"morning", "afternoon"}

// stretch is a range of days and what is on.
type stretch struct {
	days calendar.Range
	note string
}

// roomKind is rooms that are alike.
type roomKind struct {
	name   string
	seats  int
	booths int
	count  int
}

// centre is a station: what it has, and what the hidden plan has taken of it.
// A half is a half-day of the period: twice the days from its first, plus one
// in the afternoon.
type centre struct {
	id          string
	title       string
	kinds       []roomKind // largest rooms first
	teams       int        // interpretation teams
	perWeek     int        // meetings of a team in a week
	off         []stretch  // one team less
	closed      []stretch
	holidays    []stretch
	observances []stretch

	first calendar.Day
	open  []int // days of the period on which it is open, counted from the first

	room   []int          // kind of each room
	names  []string       // of each room
	taken  [][]bool       // by room and half
	serves [][]bool       // by team and half
	served []map[int]int  // by team: meetings by week
	used   map[int]int    // meetings by half
	target []kindTarget   // by kind
	wanted int            // interpreted meetings that make the load
	speaks int            // interpreted meetings so far
	guests map[string]int // trip costs
}

// kindTarget is how many meetings the rooms of a kind shall have, and have.
type kindTarget struct{ want, have int }

// ready prepares the books of a centre for a period.
func (c *centre) ready(period calendar.Range) {
	c.first = period.First
	shut := func(d calendar.Day) bool {
		for _, list := range [][]stretch{c.closed, c.holidays} {
			for _, s := range list {
				if s.days.Contains(d) {
					return true
				}
			}
		}
		return !calendar.MondayToFriday[d.Weekday()]
	}
	for i := range period.Len() {
		if !shut(period.First + calendar.Day(i)) {
			c.open = append(c.open, i)
		}
	}
	halves := slotsOfDay * period.Len()
	for k, kind := range c.kinds {
		for n := range kind.count {
			c.room = append(c.room, k)
			name := kind.name
			if kind.count > 1 {
				name = fmt.Sprintf("%s %d", kind.name, n+1)
			}
			c.names = append(c.names, name)
			c.taken = append(c.taken, make([]bool, halves))
		}
	}
	for range c.teams {
		c.serves = append(c.serves, make([]bool, halves))
		c.served = append(c.served, map[int]int{})
	}
	c.used = map[int]int{}
}

// week gives the Monday of a half's week, as days since 1970.
func (c *centre) week(half int) int {
	return int((c.first + calendar.Day(half/slotsOfDay)).Monday())
}

// teamsOn gives how many teams are there in a half.
func (c *centre) teamsOn(half int) int {
	n := c.teams
	for _, s := range c.off {
		if s.days.Contains(c.first + calendar.Day(half/slotsOfDay)) {
			n--
		}
	}
	return max(n, 0)
}

// freeRoom gives the smallest free room of a kind that is at least as large as
// the one asked for, or -1.
func (c *centre) freeRoom(half, kind int) int {
	for i := len(c.room) - 1; i >= 0; i-- {
		if c.room[i] <= kind && !c.taken[i][half] {
			return i
		}
	}
	return -1
}

// freeTeam gives the team with the fewest meetings that week, or -1.
func (c *centre) freeTeam(half int) int {
	best, week := -1, c.week(half)
	for t := range c.teamsOn(half) {
		if !c.serves[t][half] && c.served[t][week] < c.perWeek && (best < 0 || c.served[t][week] < c.served[best][week]) {
			best = t
		}
	}
	return best
}

// take books a room and a team, -1 for none, and gives what gives them back.
func (c *centre) take(half, room, team int) (release func()) {
	c.taken[room][half] = true
	c.used[half]++
	if team >= 0 {
		c.serves[team][half] = true
		c.served[team][c.week(half)]++
	}
	return func() {
		c.taken[room][half] = false
		c.used[half]--
		if team >= 0 {
			c.serves[team][half] = false
			c.served[team][c.week(half)]--
		}
	}
}
