package sweep

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"plenary/model/sweep"
)

// level is one level of one axis.
type level struct{ axis, point int }

// NoGo is levels that leave no plan whenever they come together.
type NoGo struct {
	Levels []string // "axis: level"
	Cases  int      // impossible, all that were asked with these levels
}

// most levels of a NoGo. Three together are seldom asked often enough to say
// anything.
const mostTogether = 2

// NoGos gives the smallest sets of levels with which every what-if asked is
// impossible, those with the most what-ifs first. There are none where nothing is
// possible at all. A set of whose what-ifs each has another such set says nothing by
// itself and is left out: in a sample it may have been drawn with that alone.
func (o Outcome) NoGos() (out []NoGo) {
	var found [][]level
	explained := map[int]bool{} // numbers of what-ifs that have a set already found
	if c := o.Counts(); c.Impossible == 0 || c.WithPlan == 0 {
		return nil
	}
	for size := 1; size <= min(mostTogether, len(o.Sweep.Axes)); size++ {
		asked, impossible := map[string][]int{}, map[string]int{}
		sets := map[string][]level{}
		var order []string
		for _, r := range o.Rows {
			if r.Case.Levels == nil {
				continue
			}
			for _, set := range subsets(r.Case.Levels, size) {
				key := keyOf(set)
				if sets[key] == nil {
					sets[key] = set
					order = append(order, key)
				}
				asked[key] = append(asked[key], r.Case.Number)
				if r.impossible() {
					impossible[key]++
				}
			}
		}
		slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(len(asked[b]), len(asked[a])) })
		for _, key := range order {
			set, numbers := sets[key], asked[key]
			if impossible[key] < len(numbers) || slices.ContainsFunc(found, func(smaller []level) bool { return within(smaller, set) }) ||
				!slices.ContainsFunc(numbers, func(n int) bool { return !explained[n] }) {
				continue
			}
			found = append(found, set)
			out = append(out, NoGo{o.named(set), len(numbers)})
			for _, n := range numbers {
				explained[n] = true
			}
		}
	}
	return out
}

// Whenever begins the list of NoGos. Of a sample it claims no more than what was asked.
func (o Outcome) Whenever() string {
	if asked, all := len(o.Rows)-len(o.Sweep.Variants), o.Sweep.Combinations(); asked < all {
		return fmt.Sprintf("Of the %d combinations that were drawn by lot from %d, none has a plan with:", asked, all)
	}
	return "There is no plan whenever:"
}

// subsets gives the sets of so many levels, at most two.
func subsets(levels []int, size int) (out [][]level) {
	for a := range levels {
		if size == 1 {
			out = append(out, []level{{a, levels[a]}})
			continue
		}
		for b := a + 1; b < len(levels); b++ {
			out = append(out, []level{{a, levels[a]}, {b, levels[b]}})
		}
	}
	return out
}

func keyOf(set []level) string {
	var b []byte
	for _, x := range set {
		b = append(b, byte(x.axis), byte(x.point), byte(x.point>>8))
	}
	return string(b)
}

// within tells whether all levels of a set are in another.
func within(smaller, set []level) bool {
	return !slices.ContainsFunc(smaller, func(x level) bool { return !slices.Contains(set, x) })
}

func (o Outcome) named(set []level) (out []string) {
	for _, x := range set {
		out = append(out, o.Sweep.Axes[x.axis].Name()+": "+o.labelOf(x.axis, x.point))
	}
	return out
}

// Conflict is rules that cannot hold together, and where they could not.
type Conflict struct {
	Reason sweep.Reason // in the words of the first what-if that has it
	Others bool         // in other what-ifs other figures stand in it
	Rows   []Row
	Common []string // "axis: level" of every such what-if, where there are several
}

// Figures says whose figures stand in the reason, where others have others.
func (c Conflict) Figures() string {
	if !c.Others {
		return ""
	}
	return fmt.Sprintf(" (with the figures of no. %d; others have others)", c.Rows[0].Case.Number)
}

// Conflicts gives the conflicts behind what is impossible, the most frequent
// first. The same rules are one conflict, whatever numbers stand in them.
func (o Outcome) Conflicts() []Conflict {
	var out []*Conflict
	byRules := map[string]*Conflict{}
	for _, r := range o.Rows {
		if !r.impossible() {
			continue
		}
		for _, reason := range r.Result.Reasons {
			key := rulesOf(reason)
			if byRules[key] == nil {
				byRules[key] = &Conflict{Reason: reason}
				out = append(out, byRules[key])
			}
			c := byRules[key]
			c.Rows = append(c.Rows, r)
			c.Others = c.Others || inWords(reason) != inWords(c.Reason)
		}
	}
	slices.SortStableFunc(out, func(a, b *Conflict) int { return cmp.Compare(len(b.Rows), len(a.Rows)) })
	var all []Conflict
	for _, c := range out {
		c.Common = o.common(c.Rows)
		all = append(all, *c)
	}
	return all
}

// rulesOf names a reason by its rules.
func rulesOf(r sweep.Reason) string {
	var ids []string
	for _, x := range r.Rules {
		ids = append(ids, x.ID)
	}
	return strings.Join(ids, "\n")
}

// common gives the levels that several rows share, of axes that have others.
func (o Outcome) common(rows []Row) []string {
	if len(rows) < 2 || slices.ContainsFunc(rows, func(r Row) bool { return r.Case.Levels == nil }) {
		return nil
	}
	var shared []level
	for a := range o.Sweep.Axes {
		x := level{a, rows[0].Case.Levels[a]}
		if len(o.Sweep.Axes[a].Points()) > 1 && !slices.ContainsFunc(rows, func(r Row) bool { return r.Case.Levels[a] != x.point }) {
			shared = append(shared, x)
		}
	}
	return o.named(shared)
}
