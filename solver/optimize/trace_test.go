package optimize_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"plenary/solver/optimize"
	"plenary/solver/sat"
)

func TestTrace(t *testing.T) {
	var all time.Duration
	for _, instance := range []struct {
		name  string
		build func(seed uint64) (*sat.Solver, []optimize.Term)
	}{
		{"loose 90/90/3", func(seed uint64) (*sat.Solver, []optimize.Term) { return timetable(90, 90, 3, seed) }},
		{"tight 75/60/3", func(seed uint64) (*sat.Solver, []optimize.Term) { return timetable(75, 60, 3, seed) }},
		{"large 350/180/6", func(seed uint64) (*sat.Solver, []optimize.Term) { return timetable(350, 180, 6, seed) }},
		{"cover w", func(seed uint64) (*sat.Solver, []optimize.Term) { return cover(330, 200, 10, seed) }},
		{"cover u", func(seed uint64) (*sat.Solver, []optimize.Term) { return cover(250, 180, 1, seed) }},
		{"seats 150", func(seed uint64) (*sat.Solver, []optimize.Term) { return seats(150, 40, 30, seed) }},
		{"seats 400", func(seed uint64) (*sat.Solver, []optimize.Term) { return seats(400, 60, 30, seed) }},
	} {
		fmt.Printf("%-18s", instance.name)
		for seed := range uint64(5) {
			s, terms := instance.build(seed)
			ctx, cancel := context.WithTimeout(context.Background(), 4*time.Second)
			start := time.Now()
			r := optimize.Minimize(ctx, s, terms, optimize.Watcher{})
			took := time.Since(start)
			all += took
			if r.Status == optimize.Optimal {
				fmt.Printf(" %13v", took.Round(time.Millisecond))
			} else {
				fmt.Printf(" %13s", fmt.Sprintf("%d..%d", r.Bound, r.Cost))
			}
			cancel()
		}
		fmt.Println()
	}
	fmt.Println("ALL", all)
}
