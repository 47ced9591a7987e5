package sweep

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"

	"plenary/model/diag"
	"plenary/model/source"
)

// Case is one what-if of a sweep.
type Case struct {
	Number   int    // from 1, in the order of the tables
	Variant  string // the title of the variant; "" for a combination
	Levels   []int  // of every axis, the position of its point; nil for a variant
	Scenario string // the file that is changed, as the sweep names it
	Set      []string
}

// Combinations gives how many combinations of levels the axes have, of which a
// sample asks some; at most MostCases+1 is counted.
func (s *Sweep) Combinations() int {
	if len(s.Axes) == 0 {
		return 0
	}
	n := 1
	for i := range s.Axes {
		n *= len(s.Axes[i].Points())
		if n > MostCases {
			return MostCases + 1
		}
	}
	return n
}

// Cases gives all what-ifs: the combinations, the last axis changing fastest, or
// those drawn by lot, and then the variants.
func (s *Sweep) Cases() (out []Case) {
	points := make([][]Point, len(s.Axes))
	for i := range s.Axes {
		points[i] = s.Axes[i].Points()
	}
	for _, levels := range s.chosen(points) {
		c := Case{Number: len(out) + 1, Levels: levels, Scenario: s.Scenario}
		for i, l := range levels {
			c.Set = append(c.Set, points[i][l].Changes...)
		}
		out = append(out, c)
	}
	for i := range s.Variants {
		v := &s.Variants[i]
		out = append(out, Case{Number: len(out) + 1, Variant: v.Title, Scenario: v.Scenario, Set: v.point.Changes})
	}
	return out
}

// chosen gives the combinations that are asked, in order.
func (s *Sweep) chosen(points [][]Point) [][]int {
	n := s.Combinations()
	if s.Sample == nil || n <= s.Sample.Count {
		out := make([][]int, n)
		for i := range out {
			out[i] = combination(points, i)
		}
		return out
	}
	lots := rand.New(rand.NewPCG(uint64(s.Sample.Seed), 0))
	var out [][]int
	if n <= MostCases { // few enough to shuffle
		for _, i := range lots.Perm(n)[:s.Sample.Count] {
			out = append(out, combination(points, i))
		}
	}
	seen := map[string]bool{}
	for len(out) < s.Sample.Count {
		levels := make([]int, len(points))
		for i := range levels {
			levels[i] = lots.IntN(len(points[i]))
		}
		if key := fmt.Sprint(levels); !seen[key] {
			seen[key] = true
			out = append(out, levels)
		}
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

// combination gives the i-th combination, the last axis changing fastest.
func combination(points [][]Point, i int) []int {
	out := make([]int, len(points))
	for a := len(points) - 1; a >= 0; a-- {
		out[a] = i % len(points[a])
		i /= len(points[a])
	}
	return out
}

// Scenarios gives the scenario files that are changed, each once.
func (s *Sweep) Scenarios() []string {
	out := []string{s.Scenario}
	for i := range s.Variants {
		if !slices.Contains(out, s.Variants[i].Scenario) {
			out = append(out, s.Variants[i].Scenario)
		}
	}
	return out
}

// Try reads every scenario as it is, and then with each level and each variant
// by itself, and gives what is wrong with them at the place in the sweep file.
// Read reads a scenario with changes and gives its problems; it is called side by
// side. What only goes wrong when levels of several axes come together is left to
// the case's answer.
func (s *Sweep) Try(read func(scenario string, set []string) diag.List) (problems diag.List) {
	for _, file := range s.Scenarios() {
		problems = append(problems, read(file, nil)...)
	}
	if len(problems) > 0 {
		return problems
	}
	type trial struct {
		file  string
		point Point
		found diag.List
	}
	var trials []*trial
	for i := range s.Axes {
		for _, p := range s.Axes[i].Points() {
			trials = append(trials, &trial{file: s.Scenario, point: p})
		}
	}
	for i := range s.Variants {
		trials = append(trials, &trial{file: s.Variants[i].Scenario, point: s.Variants[i].point})
	}
	var running sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, t := range trials {
		if len(t.point.Changes) == 0 {
			continue
		}
		slots <- struct{}{}
		running.Add(1)
		go func() {
			defer func() { <-slots; running.Done() }()
			t.found = read(t.file, t.point.Changes)
		}()
	}
	running.Wait()
	for _, t := range trials {
		for _, found := range t.found {
			problems.Add(t.point.place(found), t.point.message(found), found.Mend)
		}
	}
	return problems
}

// place gives the place of the change that a problem is about, of the first
// change where that is not known.
func (p Point) place(found diag.Problem) diag.Place {
	for i, c := range p.Changes {
		if found.Place.File == source.ChangeFile(c) {
			return p.places[i]
		}
	}
	return p.places[0]
}

// message says which level a problem comes with, and where else it stands.
func (p Point) message(found diag.Problem) string {
	text := fmt.Sprintf("with “%s”: %s", p.Label, found.Message)
	if !source.InCall(found.Place) {
		text += fmt.Sprintf(" (%s)", found.Place)
	}
	return text
}
