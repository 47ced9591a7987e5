package price_test

import (
	"context"
	"math"
	"testing"

	"plenary/solver/price"
	"plenary/solver/program"
)

// Two sessions of three dates with one room: one of them has to leave its
// cheapest date.
func twoSessions(t *testing.T, weight int64) *program.Program {
	t.Helper()
	b := program.NewBuilder(1)
	for range 2 {
		x := b.Block(3)
		for c := range 3 {
			b.Cost(x, c, 0, weight*int64(c))
		}
	}
	for c := range int32(3) {
		b.Row(program.Hard, 0, 1, []program.Entry{{Block: 0, Choice: c, Amount: 1}, {Block: 1, Choice: c, Amount: 1}})
	}
	p, ok := b.Program()
	if !ok {
		t.Fatal("the program has no assignment")
	}
	return p
}

func TestClimbingIsNeverLedAstray(t *testing.T) {
	for _, c := range []struct {
		weight int64
		steps  int
	}{{1, 1}, {1, 30}, {1, 2000}, {1_000_000, 2000}} {
		p := twoSessions(t, c.weight)
		x := price.New(p, 0)
		last := int64(math.MinInt64)
		for range 5 {
			x.Climb(context.Background(), c.steps, nil, float64(2*c.weight))
			bound := price.Relax(p, nil, x.Multipliers()).Bound
			if bound > c.weight*price.Scale {
				t.Errorf("weight %d, %d steps: bound %d is over the least cost %d", c.weight, c.steps, bound, c.weight*price.Scale)
			}
			if bound < last-last/1000-1 {
				t.Errorf("weight %d, %d steps: the bound fell from %d to %d", c.weight, c.steps, last, bound)
			}
			last = bound
		}
		if c.steps == 2000 && last < c.weight*price.Scale*9/10 {
			t.Errorf("weight %d: the bound is %d after many steps, the least cost %d", c.weight, last, c.weight*price.Scale)
		}
	}
}

func TestSumsBeyondSixtyFourBitsProveNothing(t *testing.T) {
	p := twoSessions(t, 1<<40)
	m := price.Multipliers{Rows: make([]int64, len(p.Rows))}
	for r := range m.Rows {
		m.Rows[r] = math.MaxInt64 / 2
	}
	if got := price.Relax(p, nil, m).Bound; got > 1<<40*price.Scale {
		t.Errorf("bound %d by sums that do not fit", got)
	}
}

// TestRowsOfAFamilyArePricedAlike has five sessions that may be left out for 1
// each, with three places: any single place has room for all who like it, so that
// only the price of all places together proves that two are left out.
func TestRowsOfAFamilyArePricedAlike(t *testing.T) {
	b := program.NewBuilder(1)
	for range 5 {
		x := b.Block(4)
		b.Cost(x, 3, 0, 1)
	}
	b.Source()
	for c := range int32(3) {
		var entries []program.Entry
		for i := range int32(5) {
			entries = append(entries, program.Entry{Block: i, Choice: c, Amount: 1})
		}
		b.Row(program.Hard, 0, 1, entries)
	}
	p, ok := b.Program()
	if !ok {
		t.Fatal("the program has no assignment")
	}
	x := price.New(p, 0)
	x.Climb(context.Background(), 1, nil, 5)
	if bound := price.Relax(p, nil, x.Multipliers()).Bound; bound != 2*price.Scale {
		t.Errorf("the bound is %d parts of a unit, two units are due", bound)
	}
}

// TestMultipliersProveUnderOtherBudgetsWhatTheyWouldAnew has two tiers, of which
// the first has a price.
func TestMultipliersProveUnderOtherBudgetsWhatTheyWouldAnew(t *testing.T) {
	b := program.NewBuilder(2)
	for range 3 {
		x := b.Block(3)
		for c := range 3 {
			b.Cost(x, c, 0, int64(c))
			b.Cost(x, c, 1, int64(4-2*c))
		}
	}
	p, ok := b.Program()
	if !ok {
		t.Fatal("the program has no assignment")
	}
	for _, m := range []price.Multipliers{{Tier: 1, Tiers: []int64{0}}, {Tier: 1, Tiers: []int64{price.Scale}}, {Tier: 1, Tiers: []int64{3*price.Scale + 7}}} {
		m.Rows = make([]int64, len(p.Rows))
		r := price.Relax(p, []int64{2}, m)
		for budget := range int64(7) {
			if r = r.Under([]int64{budget}); r.Bound != price.Relax(p, []int64{budget}, m).Bound {
				t.Errorf("multiplier %d: the bound under %d is %d, anew %d", m.Tiers[0], budget, r.Bound, price.Relax(p, []int64{budget}, m).Bound)
			}
		}
		if m.Tiers[0] > 0 {
			if far := r.Under([]int64{-1 << 60}); far.Bound > 12*price.Scale {
				t.Errorf("multiplier %d: beyond 64 bits it proves %d", m.Tiers[0], far.Bound)
			}
		}
	}
}
