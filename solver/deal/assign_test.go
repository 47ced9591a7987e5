package deal

import (
	"math/rand/v2"
	"testing"
)

// TestAnAssignmentCostsLeastOfAll holds assignments against all permutations.
func TestAnAssignmentCostsLeastOfAll(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	possible := map[bool]int{}
	for range 2000 {
		rows := 1 + source.IntN(4)
		columns := source.IntN(6)
		costs := make([][]int, rows)
		for i := range costs {
			costs[i] = make([]int, columns)
			for k := range costs[i] {
				if costs[i][k] = source.IntN(8); source.IntN(3) == 0 {
					costs[i][k] = impossible
				}
			}
		}
		want := impossible
		var try func(row, sum int, used uint)
		try = func(row, sum int, used uint) {
			if row == rows {
				want = min(want, sum)
				return
			}
			for k, cost := range costs[row] {
				if used>>k&1 == 0 && cost < impossible {
					try(row+1, sum+cost, used|1<<k)
				}
			}
		}
		try(0, 0, 0)
		got, used := 0, uint(0)
		for i, k := range assign(costs) {
			if k < 0 {
				got = impossible
				break
			}
			if used>>k&1 == 1 {
				t.Fatalf("column %d is given twice: %v", k, costs)
			}
			got += costs[i][k]
			used |= 1 << k
		}
		if got != want {
			t.Fatalf("the assignment costs %d, the least is %d: %v", got, want, costs)
		}
		possible[want < impossible]++
	}
	if possible[true] == 0 || possible[false] == 0 {
		t.Errorf("of the cases, %d can be assigned and %d cannot", possible[true], possible[false])
	}
}
