package solve

import (
	"reflect"
	"slices"
	"sync"

	"plenary/solver/compile"
	"plenary/solver/optimize"
	"plenary/solver/search"
)

// watch adds up what the parts report.
type watch struct {
	sync.Mutex
	tell  func(Progress)
	tiers [][][]optimize.Term // by part and tier
	parts []partWatch
	aside []partWatch // by part: of its search by listed choices beside the clauses
	last  Progress
}

type partWatch struct {
	tier  int // the tier the part is at
	found bool
	costs []int64 // of its incumbent, by tier
	bound []int64 // by tier
	done  []bool  // by tier
}

func newWatch(problem *compile.Problem, tell func(Progress)) *watch {
	w := &watch{tell: tell, parts: make([]partWatch, len(problem.Parts))}
	n := max(1, len(problem.Scenario.Priorities))
	for i, p := range problem.Parts {
		w.tiers = append(w.tiers, p.Tiers)
		w.parts[i] = partWatch{costs: make([]int64, n), bound: make([]int64, n), done: make([]bool, n)}
		w.aside = append(w.aside, partWatch{costs: make([]int64, n), bound: make([]int64, n), done: make([]bool, n)})
	}
	return w
}

// part gives the watcher of one part.
func (w *watch) part(i int) optimize.Watcher {
	if w.tell == nil {
		return optimize.Watcher{}
	}
	p := &w.parts[i]
	return optimize.Watcher{
		Tier: func(tier int) {
			w.report(func() {
				for t := range tier {
					p.done[t], p.bound[t] = true, p.costs[t]
				}
				p.tier = tier
			})
		},
		Incumbent: func(_ int64, model []bool) {
			w.report(func() {
				p.found = true
				for t, terms := range w.tiers[i] {
					p.costs[t] = optimize.Cost(terms, model)
				}
			})
		},
		Bound: func(bound int64) { w.report(func() { p.bound[p.tier] = bound }) },
	}
}

// listed gives the watcher of a part whose choices are listed. What its program does not
// know is not in what the incumbent costs until the plan is judged.
func (w *watch) listed(i int, l *compile.Listed) func(search.Result) {
	return w.search(&w.parts[i], l)
}

// beside gives the watcher of the search by listed choices beside the clauses.
func (w *watch) beside(i int, l *compile.Listed) func(search.Result) {
	return w.search(&w.aside[i], l)
}

func (w *watch) search(p *partWatch, l *compile.Listed) func(search.Result) {
	if w.tell == nil {
		return nil
	}
	known := l.Known()
	return func(r search.Result) {
		w.report(func() {
			p.found = r.Taken != nil
			proven := true
			for t := range r.Costs {
				p.costs[t], p.bound[t] = r.Costs[t], bounded(r.Bounds[t], t, known)
				proven = proven && t < known && r.Costs[t] == r.Bounds[t]
				p.done[t] = proven
			}
		})
	}
}

// written says that a part is searched as clauses after all.
func (w *watch) written(i int, p *compile.Part) {
	w.Lock()
	defer w.Unlock()
	w.tiers[i] = p.Tiers
}

// finished records what a part's search ended with.
func (w *watch) finished(i int, r partResult) {
	if w.tell == nil {
		return
	}
	w.report(func() {
		for t := range r {
			w.parts[i].costs[t], w.parts[i].bound[t] = r[t].Cost, r[t].Bound
			w.parts[i].done[t] = r[t].Status == optimize.Optimal
			w.parts[i].found = w.parts[i].found || r[t].Model != nil
		}
	})
}

// report takes in a change and tells what it means for the whole.
func (w *watch) report(change func()) {
	w.Lock()
	defer w.Unlock()
	change()
	n := len(w.parts[0].done)
	parts := make([]partWatch, len(w.parts))
	for i := range parts {
		parts[i] = w.parts[i].knowing(w.aside[i])
	}
	now := Progress{Tier: n - 1, Found: true, Costs: make([]int64, n), Bounds: make([]int64, n)}
	for t := n - 1; t >= 0; t-- {
		for _, p := range parts {
			if !p.done[t] {
				now.Tier = t
			}
		}
	}
	for _, p := range parts {
		now.Found = now.Found && p.found
		for t := range n {
			now.Costs[t] += p.costs[t]
			// One part's bound beyond a tier that is open says nothing of the whole:
			// another part may make up for it there.
			if t <= now.Tier || len(parts) == 1 {
				now.Bounds[t] += p.bound[t]
			}
		}
	}
	now.Cost, now.Bound = now.Costs[now.Tier], now.Bounds[now.Tier]
	if !reflect.DeepEqual(now, w.last) {
		w.last = now
		w.tell(now)
	}
}

// knowing gives the better of what two searches of a part know, with what the other
// proves of it.
func (p partWatch) knowing(other partWatch) partWatch {
	if !other.found {
		return p
	}
	if !p.found || slices.Compare(other.costs, p.costs) < 0 {
		p, other = other, p
	}
	p.bound = proving(p.costs, p.bound, other.costs, other.bound)
	p.done = slices.Clone(p.done)
	for t := 0; t < len(p.done) && p.bound[t] == p.costs[t]; t++ {
		p.done[t] = true
	}
	return p
}

// proving gives what two searches prove, by tier, of the plan of one of them: a bound of
// the other holds where the tiers before cost the same.
func proving(costs, bounds, otherCosts, otherBounds []int64) []int64 {
	out := slices.Clone(bounds)
	for t := range out {
		out[t] = max(out[t], otherBounds[t])
		if otherCosts[t] != costs[t] {
			break
		}
	}
	return out
}
