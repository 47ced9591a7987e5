package generate

import (
	"fmt"

	"plenary/model/calendar"
	"plenary/model/plan"
)

// slotsOfDay is how many meetings fit into a day: morning and afternoon.
const slotsOfDay = 2

// slotNames are the slots of the scenario language where nothing is said.
var slotNames = [slotsOfDay]string{"morning", "afternoon"}

// perWeek is how many meetings one team serves in a week.
const perWeek = 7

// nobody stands for no room and no team; provided for those of a host.
const (
	nobody   = -1
	provided = -2
)

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
	trip        int        // cost of a supported delegate's trip
	host        bool       // rooms and teams are provided
	kinds       []roomKind // largest rooms first
	teams       int        // interpretation teams
	off         []stretch  // one team less
	closed      []stretch
	holidays    []stretch
	observances []stretch

	first  calendar.Day
	open   []int         // days of the period on which it is open, counted from the first
	room   []int         // kind of each room
	names  []string      // of each room
	taken  [][]bool      // by room and half
	serves [][]bool      // by team and half
	served []map[int]int // by team: meetings by week
}

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
			name := kind.name
			if kind.count > 1 {
				name = fmt.Sprintf("%s %d", kind.name, n+1)
			}
			c.room, c.names, c.taken = append(c.room, k), append(c.names, name), append(c.taken, make([]bool, halves))
		}
	}
	for range c.teams {
		c.serves, c.served = append(c.serves, make([]bool, halves)), append(c.served, map[int]int{})
	}
}

// week gives the Monday of a half's week.
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

// serving gives how many meetings the centre's teams can serve in the period.
func (c *centre) serving() (n int) {
	weeks := map[int]int{}
	for _, d := range c.open {
		for slot := range slotsOfDay {
			weeks[c.week(slotsOfDay*d)] += c.teamsOn(slotsOfDay*d + slot)
		}
	}
	for _, halves := range weeks {
		n += min(halves, c.teams*perWeek)
	}
	return n
}

// suits gives the smallest kind of room with so many seats and booths, nobody
// when there is none.
func (c *centre) suits(seats, booths int) int {
	if c.host {
		return provided
	}
	for k := len(c.kinds) - 1; k >= 0; k-- {
		if c.kinds[k].seats >= seats && c.kinds[k].booths >= booths {
			return k
		}
	}
	return nobody
}

// freeRoom gives the smallest free room of the kind or of a larger one.
func (c *centre) freeRoom(half, kind int) int {
	if c.host {
		return provided
	}
	for i := len(c.room) - 1; i >= 0; i-- {
		if c.room[i] <= kind && !c.taken[i][half] {
			return i
		}
	}
	return nobody
}

// freeTeam gives the free team with the fewest meetings that week.
func (c *centre) freeTeam(half int) int {
	if c.host {
		return provided
	}
	best, week := nobody, c.week(half)
	for t := range c.teamsOn(half) {
		if !c.serves[t][half] && c.served[t][week] < perWeek && (best == nobody || c.served[t][week] < c.served[best][week]) {
			best = t
		}
	}
	return best
}

// take books a room and a team, give gives them back.
func (c *centre) take(half, room, team int) {
	if room >= 0 {
		c.taken[room][half] = true
	}
	c.employ(half, team)
}

func (c *centre) give(half, room, team int) {
	if room >= 0 {
		c.taken[room][half] = false
	}
	if team >= 0 {
		c.serves[team][half] = false
		c.served[team][c.week(half)]--
	}
}

// employ books a team.
func (c *centre) employ(half, team int) {
	if team >= 0 {
		c.serves[team][half] = true
		c.served[team][c.week(half)]++
	}
}

// roomName gives the name of a room in a plan.
func (c *centre) roomName(room int) string {
	if room == provided {
		return plan.HostRoom
	}
	return c.names[room]
}

// teamName gives the name of a team in a plan.
func (c *centre) teamName(team int) string {
	switch team {
	case nobody:
		return ""
	case provided:
		return plan.HostTeam
	}
	return plan.TeamName(team + 1)
}
