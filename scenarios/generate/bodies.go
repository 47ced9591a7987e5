package generate

import (
	"fmt"
	"slices"
	"strings"

	"plenary/model/calendar"
)

// apart is the least days that the hidden plan has between two sessions of one
// body.
const apart = 21

// mostOfBody is how many sessions one body has at most.
const mostOfBody = 4

// bodies deals the sessions to bodies: four bodies to seven sessions, those of
// a body at one station and some weeks apart.
func (y *year) bodies() {
	groups := map[string][]*session{}
	var keys []string
	for _, s := range y.sessions {
		key := s.class.form + " " + s.at.id
		if groups[key] == nil {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], s)
	}
	for _, key := range keys {
		group := groups[key]
		y.rng.Shuffle(len(group), func(i, j int) { group[i], group[j] = group[j], group[i] })
		n := max(1, (len(group)*4+3)/7)
		var own []*body
		for i, s := range group {
			if i < n || !y.join(own, s) {
				own = append(own, &body{class: s.class, sessions: []*session{s}})
			}
		}
		y.all = append(y.all, own...)
	}
	y.name()
	for _, b := range y.all {
		slices.SortFunc(b.sessions, func(s, t *session) int { return s.on[0] - t.on[0] })
		for i, s := range b.sessions {
			s.body, s.number = b, i+1
			s.id, s.title = fmt.Sprintf("%s-%d", b.name, s.number), b.title
			if len(b.sessions) > 1 {
				s.title = fmt.Sprintf("%s, %s session", b.title, ordinals[s.number])
			}
		}
	}
	slices.SortStableFunc(y.sessions, func(s, t *session) int {
		if s.body == t.body {
			return s.number - t.number
		}
		return strings.Compare(s.body.name, t.body.name)
	})
}

// join gives a session to one of the bodies whose other sessions lie well
// apart from it.
func (y *year) join(own []*body, s *session) bool {
	for _, i := range y.rng.Perm(len(own)) {
		b := own[i]
		fits := len(b.sessions) < mostOfBody
		for _, t := range b.sessions {
			fits = fits && max(s.first()-t.last(), t.first()-s.last()) >= apart
		}
		if fits {
			b.sessions = append(b.sessions, s)
			return true
		}
	}
	return false
}

// name gives every body a name of its own.
func (y *year) name() {
	next := map[*class]int{}
	order := map[*class][]int{}
	for _, b := range y.all {
		c := b.class
		if order[c] == nil {
			order[c] = y.rng.Perm(len(subjects) * len(aspects))
		}
		round, at := next[c]/len(order[c]), order[c][next[c]%len(order[c])]
		next[c]++
		subject, aspect := subjects[at/len(aspects)], aspects[at%len(aspects)]
		if round > 0 {
			aspect += strings.Repeat("-ii", round)
		}
		b.name = fmt.Sprintf("%s-%s-%s", subject, aspect, c.form)
		b.title = fmt.Sprintf("%s on %s %s", capital(strings.ReplaceAll(c.form, "-", " ")), subject, aspect)
	}
}

// reach is how many working days before and after the wished date a session may
// start.
const reach = 25

// wishes gives every session a wished date near its place in the hidden plan,
// and a window round it.
func (y *year) wishes() {
	for _, s := range y.sessions {
		open := s.at.open
		at, _ := slices.BinarySearch(open, s.on[0])
		wish := at + y.drift()
		wish = min(max(0, wish), len(open)-1)
		s.wish = s.at.first + calendar.Day(open[wish])
		from, to := max(0, wish-reach), min(len(open)-1, wish+reach+s.days)
		s.window = calendar.Range{First: s.at.first + calendar.Day(open[from]), Last: max(s.last(), s.at.first+calendar.Day(open[to]))}
	}
}

// drift gives how many working days the wished date lies from the hidden plan:
// none for half of the sessions, up to twelve for the others.
func (y *year) drift() int {
	if y.chance(50) {
		return 0
	}
	return y.rng.IntN(13) - y.rng.IntN(13)
}
