package scenario

import (
	"slices"
	"strings"

	"plenary/model/diag"
	"plenary/model/source"
)

// directory finds ids that selectors select.
type directory struct {
	ids  []string
	byID []int // positions in the order of the ids
}

func newDirectory(ids []string) directory {
	d := directory{ids: ids, byID: make([]int, len(ids))}
	for i := range ids {
		d.byID[i] = i
	}
	slices.SortFunc(d.byID, func(a, b int) int { return strings.Compare(ids[a], ids[b]) })
	return d
}

// lookUp gives the positions that the entries of a selector select, when each
// is an id or a beginning of ids with a star after it, as nearly all are, and
// each selects some. Then it looks at no other ids: the rules of 3000 sessions
// with a wished date each are found in 0.1 s instead of 3.
func (d *directory) lookUp(patterns []string) (found []int, ok bool) {
	for _, p := range patterns {
		beginning, open := strings.CutSuffix(p, "*")
		if strings.ContainsAny(beginning, `!*?[\:`) {
			return nil, false
		}
		before := len(found)
		at, _ := slices.BinarySearchFunc(d.byID, beginning, func(i int, text string) int { return strings.Compare(d.ids[i], text) })
		for ; at < len(d.byID); at++ {
			id := d.ids[d.byID[at]]
			if id != beginning && !(open && strings.HasPrefix(id, beginning)) {
				break
			}
			found = append(found, d.byID[at])
		}
		if len(found) == before {
			return nil, false
		}
	}
	slices.Sort(found)
	return slices.Compact(found), true
}

// find gives the positions that a selector selects.
func (d *directory) find(patterns []string) []int {
	found, ok := d.lookUp(patterns)
	if ok {
		return found
	}
	for i, id := range d.ids {
		if Matches(patterns, id) {
			found = append(found, i)
		}
	}
	return found
}

// check adds a problem for every entry that selects none; see CheckSelector.
func (d *directory) check(at source.Origin, key string, patterns []string, what string, problems *diag.List) {
	if _, ok := d.lookUp(patterns); !ok || len(patterns) > MostPatterns {
		CheckSelector(at, key, patterns, d.ids, what, problems)
	}
}

// Referred gives the ids of the sessions, documents and events that patterns
// select, in this order.
func (s *Scenario) Referred(patterns []string) (out []string) {
	for _, i := range s.any.find(patterns) {
		out = append(out, s.any.ids[i])
	}
	return out
}
