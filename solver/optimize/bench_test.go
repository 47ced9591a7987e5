package optimize_test

import (
	"math/rand/v2"
	"testing"

	"plenary/solver/cnf"
	"plenary/solver/optimize"
	"plenary/solver/sat"
)

// timetable writes a calendar: sessions of 1 to 3 days, each in a window
// around its wished day, rooms on every day, pairs that exclude each other, and
// a cost of weight × days from the wish. Dates are in the order encoding.
func timetable(sessions, days, rooms int, seed uint64) (*sat.Solver, []optimize.Term) {
	r := rand.New(rand.NewPCG(seed, 1))
	s := sat.New()
	b := cnf.NewBuilder(s)
	var terms []optimize.Term
	on := make([][]cnf.Lit, sessions) // on[i][d]: session i occupies day d
	for i := range on {
		length := 1 + r.IntN(3)
		wish := r.IntN(days - length + 1)
		first, last := max(0, wish-12), min(days-length, wish+12)
		weight := int64(1 + r.IntN(5))
		// by[d]: starts on day d or before.
		by := make([]cnf.Lit, days)
		for d := range by {
			switch {
			case d < first:
				by[d] = b.False()
			case d >= last:
				by[d] = b.True()
			default:
				by[d] = b.Fresh()
			}
			if d > 0 {
				b.Clause(-by[d-1], by[d])
			}
		}
		for d := first; d < wish; d++ {
			terms = append(terms, optimize.Term{Lit: by[d], Weight: weight})
		}
		for d := wish; d < last; d++ {
			terms = append(terms, optimize.Term{Lit: -by[d], Weight: weight})
		}
		on[i] = make([]cnf.Lit, days)
		for d := range on[i] {
			ended := b.False()
			if d >= length {
				ended = by[d-length]
			}
			on[i][d] = b.And(by[d], -ended)
		}
	}
	for d := range days {
		var today []cnf.Lit
		for i := range on {
			if on[i][d] != b.False() {
				today = append(today, on[i][d])
			}
		}
		total := cnf.NewTotalizer(b, today, rooms+1, cnf.Upward)
		if total.Cap() > rooms {
			b.Clause(-total.AtLeast(rooms + 1))
		}
	}
	for range sessions / 2 {
		i, j := r.IntN(sessions), r.IntN(sessions)
		if i == j {
			continue
		}
		for d := range days {
			b.Clause(-on[i][d], -on[j][d])
		}
	}
	return s, terms
}

// cover writes a weighted set cover: each element is in a few sets, one of
// which must be taken.
func cover(elements, sets int, heaviest int, seed uint64) (*sat.Solver, []optimize.Term) {
	r := rand.New(rand.NewPCG(seed, 2))
	s := sat.New()
	terms := make([]optimize.Term, sets)
	for i := range terms {
		terms[i] = optimize.Term{Lit: s.Fresh(), Weight: int64(1 + r.IntN(heaviest))}
	}
	for range elements {
		clause := make([]cnf.Lit, 2+r.IntN(4))
		for i := range clause {
			clause[i] = terms[r.IntN(sets)].Lit
		}
		s.Clause(clause...)
	}
	return s, terms
}

// seats writes a staffing plan: shifts want one of a few people who are free,
// nobody takes two at the same hour, and a seat costs its taker's distance; a
// shift may stay empty at a high cost.
func seats(shifts, people, hours int, seed uint64) (*sat.Solver, []optimize.Term) {
	r := rand.New(rand.NewPCG(seed, 3))
	s := sat.New()
	var terms []optimize.Term
	busy := make(map[[2]int][]cnf.Lit)
	load := make([][]cnf.Lit, people)
	for range shifts {
		hour := r.IntN(hours)
		var takers []cnf.Lit
		for range 6 {
			p := r.IntN(people)
			l := s.Fresh()
			takers = append(takers, l)
			busy[[2]int{p, hour}] = append(busy[[2]int{p, hour}], l)
			load[p] = append(load[p], l)
			terms = append(terms, optimize.Term{Lit: l, Weight: int64(1 + r.IntN(9))})
		}
		empty := s.Fresh()
		terms = append(terms, optimize.Term{Lit: empty, Weight: 100})
		cnf.ExactlyOne(s, append(takers, empty))
	}
	for p := range people {
		for h := range hours {
			cnf.AtMostOne(s, busy[[2]int{p, h}])
		}
		most := shifts/people + 1
		total := cnf.NewTotalizer(s, load[p], most+1, cnf.Upward)
		if most < total.Cap() {
			s.Clause(-total.AtLeast(most + 1))
		}
	}
	return s, terms
}

func BenchmarkMinimize(b *testing.B) {
	for _, instance := range []struct {
		name  string
		build func() (*sat.Solver, []optimize.Term)
	}{
		{"timetable of 90 sessions", func() (*sat.Solver, []optimize.Term) { return timetable(90, 90, 3, 1) }},
		{"timetable of 75 sessions, tight", func() (*sat.Solver, []optimize.Term) { return timetable(75, 60, 3, 2) }},
		{"timetable of 350 sessions", func() (*sat.Solver, []optimize.Term) { return timetable(350, 180, 6, 2) }},
		{"weighted cover", func() (*sat.Solver, []optimize.Term) { return cover(150, 120, 10, 1) }},
		{"unweighted cover", func() (*sat.Solver, []optimize.Term) { return cover(250, 180, 1, 0) }},
		{"150 seats", func() (*sat.Solver, []optimize.Term) { return seats(150, 40, 30, 1) }},
	} {
		b.Run(instance.name, func(b *testing.B) {
			var variables, clauses, terms int
			for b.Loop() {
				b.StopTimer()
				s, cost := instance.build()
				variables, clauses, terms = s.Variables(), s.Clauses(), len(cost)
				b.StartTimer()
				if result := optimize.Minimize(forever, s, cost, optimize.Watcher{}); result.Status != optimize.Optimal {
					b.Fatal(result.Status)
				}
			}
			b.ReportMetric(float64(variables), "variables")
			b.ReportMetric(float64(clauses), "clauses")
			b.ReportMetric(float64(terms), "terms")
		})
	}
}
