package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/solver/program"
)

// told gives the run that these lines tell of.
func told(lines string) run {
	x := run{}
	x.follow(strings.NewReader(lines), time.Time{})
	return x
}

const lines = `a banner, which is no JSON
{"version":"Peer 1.2"}
{"seconds":0.5,"tier":1,"costs":null,"bounds":[0,0]}
{"seconds":2,"tier":1,"costs":[5,null],"bounds":[4,0]}
{"seconds":8,"tier":2,"costs":[4,20],"bounds":[4,0]}
{"seconds":9,"tier":2,"costs":[4,20],"bounds":[4,15]}
{"seconds":30,"tier":3,"costs":[4,16],"bounds":[4,16]}
{"seconds":31,"memory":77}
`

func TestGapsAreThoseOfTheMoment(t *testing.T) {
	x := told(lines)
	for _, c := range []struct {
		tier int
		at   float64
		want string
	}{
		{0, 0.4, "no plan"},
		{0, 1, "no plan"}, // a bound, but no plan
		{0, 2, "20.0 %"},
		{1, 2, "-"}, // the peer shows the tier at work alone
		{1, 8.5, "100.0 %"},
		{1, 10, "25.0 %"},
		{0, 10, "0"},
		{1, 60, "0"}, // what it knew at its end
	} {
		if got := x.gap(c.tier, c.at); got != c.want {
			t.Errorf("gap of tier %d at %v s: %s, want %s", c.tier+1, c.at, got, c.want)
		}
	}
	if first, ok := x.first(); x.solver != "Peer 1.2" || x.memory != 77 || x.seconds != 31 || first != 2 || !ok {
		t.Errorf("read as %+v, first plan after %v (%t)", x, first, ok)
	}
}

func TestATierIsProvenOnceItAndThoseBeforeAre(t *testing.T) {
	for _, c := range []struct {
		name, lines string
		tier        int
		after       float64
		ok          bool
	}{
		{"when cost meets bound", lines, 0, 8, true},
		{"when the last tier is closed", lines, 1, 30, true},
		{"not while a tier before is open", `{"seconds":1,"costs":[5,7],"bounds":[4,7]}`, 1, 0, false},
		{"not where a bound is missing at the end", `{"seconds":1,"costs":[5],"bounds":[4]}`, 0, 0, false},
		{"from the last time on", `{"seconds":1,"costs":[4],"bounds":[4]}` + "\n" + `{"seconds":2,"costs":[4],"bounds":[3]}` + "\n" + `{"seconds":3,"costs":[4],"bounds":[4]}`, 0, 3, true},
	} {
		x := told(c.lines)
		if after, ok := x.proven(c.tier); ok != c.ok || (ok && after != c.after) {
			t.Errorf("%s: proven %t after %v, want %t after %v", c.name, ok, after, c.ok, c.after)
		}
	}
}

// TestStatementsCostWhatTheirProgramsCost looks at every assignment of a small
// program and of its statement.
func TestStatementsCostWhatTheirProgramsCost(t *testing.T) {
	b := program.NewBuilder(2)
	x, y, z := int32(b.Block(3)), int32(b.Block(2)), int32(b.Block(2))
	b.Cost(int(x), 1, 0, 4)
	b.Cost(int(z), 1, 1, 2)
	b.Due(1, 3)
	b.Row(program.Hard, 0, 1, []program.Entry{{Block: x, Choice: 0, Amount: 1}, {Block: y, Choice: 1, Amount: 1}})
	b.Row(1, 5, 2, []program.Entry{{Block: x, Choice: 2, Amount: 2}, {Block: y, Choice: 1, Amount: -1}, {Block: z, Choice: 0, Amount: 3}})
	p, ok := b.Program()
	if !ok {
		t.Fatal("the program has no assignment")
	}
	s := stated([]string{"first", "second"}, p)
	feasible := 0
	for n := range 12 {
		taken := []int32{int32(n % 3), int32(n / 3 % 2), int32(n / 6)}
		want, excess := p.Cost(taken)
		got, over := s.cost(taken)
		if (excess > 0) != over || (!over && !slices.Equal(got, want)) {
			t.Errorf("%v costs %v (breaks hard rows: %t), want %v (%t)", taken, got, over, want, excess > 0)
		}
		if !over {
			feasible++
		}
	}
	if feasible == 0 || feasible == 12 {
		t.Errorf("%d of 12 assignments are feasible", feasible)
	}
}

// cost gives what an assignment costs by the statement alone, and whether it
// breaks a hard row.
func (s *Statement) cost(taken []int32) (costs []int64, over bool) {
	on := map[int32]bool{}
	for i, c := range taken {
		on[s.Blocks[i]+c] = true
	}
	costs = slices.Clone(s.Due)
	for t, sparse := range s.Costs {
		for i, c := range sparse.Choices {
			if on[c] {
				costs[t] += sparse.Amounts[i]
			}
		}
	}
	for r, most := range s.Rows.Most {
		used := int64(0)
		for i := s.Rows.Start[r]; i < s.Rows.Start[r+1]; i++ {
			if on[s.Rows.Choices[i]] {
				used += int64(s.Rows.Amounts[i])
			}
		}
		switch {
		case used <= most:
		case s.Rows.Tier[r] == program.Hard:
			over = true
		default:
			costs[s.Rows.Tier[r]] += (used - most) * s.Rows.Weight[r]
		}
	}
	return costs, over
}

// BenchmarkStep times a step of prices over sizes; `bench curve` draws it.
func BenchmarkStep(b *testing.B) {
	for _, sessions := range []int{100, 300, 700, 1000, 2000} {
		b.Run(fmt.Sprintf("%d sessions", sessions), func(b *testing.B) {
			p, err := calendarProgram(b.TempDir(), sessions)
			if err != nil {
				b.Fatal(err)
			}
			took := step(context.Background(), p, max(1, b.N))
			b.ReportMetric(float64(took.Nanoseconds()), "ns/step")
			b.ReportMetric(float64(took.Nanoseconds())/float64(sessions), "ns/step/session")
		})
	}
}
