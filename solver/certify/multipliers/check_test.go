package multipliers_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenary/solver/brute"
	"plenary/solver/certify/multipliers"
	"plenary/solver/program"
)

// The program of the package's description: two blocks want row 1, which has room
// for one of them. So the first takes its second choice, which costs 7, and makes
// 2 due for row 3 at the price of 5 less.
const small = `program 1
tiers 2
due 0 12
rows 3
hard 1
hard 0
soft 2 5 0
blocks 2
block 2
choice 0 0 1:1
choice 0 7 2-3:-1
block 1
choice 0 3 1:1
end
`

func TestCheck(t *testing.T) {
	const good = "multipliers 1\ntier 2\nparts 4\nbudget 1 0 8\nrow 1 28\nbound 22\nend\n"
	for _, c := range []struct {
		name    string
		program [2]string          // old and new text of the program
		prices  [2]string          // of the multipliers
		want    multipliers.Reason // "" where they show the bound
		says    string
		line    int
	}{
		{name: "good"},
		{name: "a lower bound than they show", prices: [2]string{"bound 22", "bound 20"}},
		{name: "none at all", prices: [2]string{"row 1 28\nbound 22", "bound 15"}},
		{name: "rounded up", prices: [2]string{"row 1 28", "row 1 25"}},
		{name: "of a soft row, at its price", prices: [2]string{"28\nbound 22", "28\nrow 3 20\nbound 17"}},
		{name: "beyond 64 bits", program: [2]string{"0 0 1:1", "0 0 1:999999999999999999"}, prices: [2]string{"row 1 28", "row 1 999999999999999999"}},

		{name: "more than they show", prices: [2]string{"bound 22", "bound 23"}, want: multipliers.NotShown, says: "the bound 23 is claimed, and the sums make 88 parts of which 4 are a unit"},
		{name: "changed", prices: [2]string{"row 1 28", "row 1 24"}, want: multipliers.NotShown},
		{name: "below 0", prices: [2]string{"row 1 28", "row 1 -28"}, want: multipliers.NotAllowed, says: "not below 0", line: 5},
		{name: "of a budget, below 0", prices: [2]string{"budget 1 0 8", "budget 1 0 -8"}, want: multipliers.NotAllowed, says: "not below 0", line: 4},
		{name: "over the price", prices: [2]string{"28\n", "28\nrow 3 21\n"}, want: multipliers.NotAllowed, says: "multiplier 21 of row 3 is over its price, which is 20 parts", line: 6},
		{name: "over the price of a tier before", program: [2]string{"soft 2", "soft 1"}, prices: [2]string{"28\n", "28\nrow 3 41\n"}, want: multipliers.NotAllowed, says: "which is 40 parts"},
		{name: "of a tier after", prices: [2]string{"tier 2\nparts 4\nbudget 1 0 8\nrow 1 28\nbound 22", "tier 1\nparts 4\nrow 3 1\nbound 0"}, want: multipliers.NotAllowed, says: "which is 0 parts"},
		{name: "of no row", prices: [2]string{"28\n", "28\nrow 4 1\n"}, want: multipliers.BadMultipliers, says: "has no row 4", line: 6},
		{name: "of no tier", prices: [2]string{"tier 2\nparts 4\nbudget 1 0 8", "tier 3\nparts 4\nbudget 1 0 8\nbudget 2 0 8"}, want: multipliers.BadMultipliers, says: "the program has 2"},
		{name: "tier 0", prices: [2]string{"tier 2", "tier 0"}, want: multipliers.BadMultipliers, line: 2},
		{name: "a row twice", prices: [2]string{"28\n", "28\nrow 1 28\n"}, want: multipliers.BadMultipliers, line: 6},
		{name: "no budget", prices: [2]string{"budget 1 0 8\n", ""}, want: multipliers.BadMultipliers, says: `begins with "budget"`},
		{name: "parts of nothing", prices: [2]string{"parts 4", "parts 0"}, want: multipliers.BadMultipliers},
		{name: "huge", prices: [2]string{"28", "9999999999999999999"}, want: multipliers.TooLarge, says: "more than 18 digits", line: 5},
		{name: "cut", prices: [2]string{"end\n", ""}, want: multipliers.BadMultipliers, says: "ends here"},
		{name: "cut in a line", prices: [2]string{"end\n", "end"}, want: multipliers.BadMultipliers, says: "ends here"},
		{name: "more after the end", prices: [2]string{"end\n", "end\n\n"}, want: multipliers.BadMultipliers, says: "after the end"},
		{name: "in words", prices: [2]string{"28", "many"}, want: multipliers.BadMultipliers, says: "a number is missing", line: 5},
		{name: "another word", prices: [2]string{"row 1", "line 1"}, want: multipliers.BadMultipliers, says: `"row" or "bound"`},
		{name: "of a later form", prices: [2]string{"multipliers 1", "multipliers 2"}, want: multipliers.BadMultipliers, line: 1},

		{name: "a cheaper choice in the program", program: [2]string{"choice 0 7 2-3:-1", "choice 0 6 2-3:-1"}, want: multipliers.NotShown},
		{name: "a roomier row in the program", program: [2]string{"hard 1\n", "hard 2\n"}, want: multipliers.NotShown},
		{name: "a program that is cut", program: [2]string{"block 1\nchoice 0 3 1:1\nend\n", ""}, want: multipliers.BadProgram, says: "ends here", line: 12},
		{name: "a program with a block less", program: [2]string{"blocks 2", "blocks 1"}, want: multipliers.BadProgram, says: `"end" is wanted`},
		{name: "a program with a choice less", program: [2]string{"block 2", "block 3"}, want: multipliers.BadProgram},
		{name: "a program without choices", program: [2]string{"block 1\nchoice 0 3 1:1", "block 0"}, want: multipliers.BadProgram, line: 12},
		{name: "a program that uses no row", program: [2]string{"0 3 1:1", "0 3 4:1"}, want: multipliers.BadProgram, says: "the program has 3", line: 13},
		{name: "a program that uses rows backwards", program: [2]string{"2-3", "3-2"}, want: multipliers.BadProgram},
		{name: "a program with a price below 0", program: [2]string{"soft 2 5", "soft 2 -5"}, want: multipliers.BadProgram, line: 7},
		{name: "a program with a number too many", program: [2]string{"hard 1\n", "hard 1 1\n"}, want: multipliers.BadProgram, says: "where the line should end"},
		{name: "a program with a cost too few", program: [2]string{"choice 0 3 1:1", "choice 0"}, want: multipliers.BadProgram},
		{name: "a program with a huge number", program: [2]string{"0 3 1:1", "0 3 1:9223372036854775808"}, want: multipliers.TooLarge, line: 13},
		{name: "a program with an endless line", program: [2]string{"hard 1\n", "hard " + strings.Repeat("0", 1<<24) + "1\n"}, want: multipliers.BadProgram, says: "more than 16777216 bytes", line: 5},
		{name: "a program with very many rows", program: [2]string{"rows 3", "rows 999999999999"}, want: multipliers.BadProgram, line: 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			replaced := func(text string, pair [2]string) string {
				if !strings.Contains(text, pair[0]) {
					t.Fatalf("there is no %q", pair[0])
				}
				return strings.Replace(text, pair[0], pair[1], 1)
			}
			bound, err := multipliers.Check(strings.NewReader(replaced(small, c.program)), strings.NewReader(replaced(good, c.prices)))
			var wrong *multipliers.Error
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want == "":
				if bound.Tier != 2 || !slices.Equal(bound.Budgets, []int64{0}) {
					t.Errorf("%+v", bound)
				}
			case !errors.As(err, &wrong):
				t.Errorf("accepted: %+v; want %s", bound, c.want)
			case wrong.Reason != c.want || !strings.Contains(wrong.Error(), c.says) || (c.line > 0 && wrong.Line != c.line):
				t.Errorf("refused for %s, line %d: %s\nwant %s, line %d: %s", wrong.Reason, wrong.Line, wrong, c.want, c.line, c.says)
			}
		})
	}
}

// Whatever multipliers are accepted, no assignment within the budgets costs less
// than their bound: random programs, with every assignment tried.
func TestNoAssignmentCostsLessThanTheBound(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 53))
	shown, met := 0, 0
	for range 400 {
		p := randomProgram(random)
		if p == nil {
			continue
		}
		var text bytes.Buffer
		if err := p.Write(&text); err != nil {
			t.Fatal(err)
		}
		tier := random.IntN(p.Tiers)
		prices := fmt.Sprintf("multipliers 1\ntier %d\nparts 4\n", tier+1)
		var budgets []int64
		for s := range tier {
			budgets = append(budgets, p.Due[s]+int64(random.IntN(8)))
			prices += fmt.Sprintf("budget %d %d %d\n", s+1, budgets[s], random.IntN(8))
		}
		for r := range p.Rows {
			if price := random.IntN(9); price > 0 {
				prices += fmt.Sprintf("row %d %d\n", r+1, price)
			}
		}
		least, any := cheapest(p, budgets)
		for bound := int64(60); bound > -60; bound-- {
			_, err := multipliers.Check(bytes.NewReader(text.Bytes()), strings.NewReader(fmt.Sprintf("%sbound %d\nend\n", prices, bound)))
			var wrong *multipliers.Error
			if errors.As(err, &wrong) && wrong.Reason == multipliers.NotShown {
				continue
			}
			if err == nil {
				shown++
				if any && least < bound {
					t.Errorf("an assignment costs %d, less than %d, by\n%s%s", least, bound, prices, &text)
				}
				if any && least == bound {
					met++
				}
			}
			break // shown, or a price too high
		}
	}
	if shown < 50 || met < 5 {
		t.Errorf("%d bounds were shown, of which %d are what an assignment costs: too few to say anything", shown, met)
	}
}

// randomProgram gives a small program, or nil where it has no assignment.
func randomProgram(random *rand.Rand) *program.Program {
	tiers := 1 + random.IntN(3)
	b := program.NewBuilder(tiers)
	sizes := make([]int, 1+random.IntN(4))
	for i := range sizes {
		sizes[i] = 1 + random.IntN(3)
		b.Block(sizes[i])
		for c := range sizes[i] {
			for t := range tiers {
				b.Cost(i, c, t, int64(random.IntN(5)))
			}
		}
	}
	for range random.IntN(6) {
		var entries []program.Entry
		for i, choices := range sizes {
			for c := range choices {
				entries = append(entries, program.Entry{Block: int32(i), Choice: int32(c), Amount: int32(random.IntN(5) - 1)})
			}
		}
		b.Row(random.IntN(tiers+1)-1, int64(1+random.IntN(4)), int64(random.IntN(5)), entries)
	}
	p, _ := b.Program()
	return p
}

// cheapest tries every assignment that costs at most budgets in the first tiers,
// and gives the least that one costs in the next.
func cheapest(p *program.Program, budgets []int64) (least int64, any bool) {
	for taken := range brute.Assignments(p) {
		costs, excess := p.Cost(taken)
		within := excess == 0
		for t, budget := range budgets {
			within = within && costs[t] <= budget
		}
		if cost := costs[len(budgets)]; within && (!any || cost < least) {
			least, any = cost, true
		}
	}
	return least, any
}

func FuzzCheck(f *testing.F) {
	f.Add(small, "multipliers 1\ntier 2\nparts 4\nbudget 1 0 8\nrow 1 28\nbound 22\nend\n")
	f.Add("program 1\ntiers 1\ndue 0\nrows 0\nblocks 0\nend\n", "multipliers 1\ntier 1\nparts 1\nbound 0\nend\n")
	f.Fuzz(func(t *testing.T, text, prices string) {
		bound, err := multipliers.Check(strings.NewReader(text), strings.NewReader(prices))
		var wrong *multipliers.Error
		if err != nil && !errors.As(err, &wrong) {
			t.Errorf("%v is no refusal", err)
		}
		if err == nil && (bound.Tier < 1 || len(bound.Budgets) != bound.Tier-1) {
			t.Errorf("%+v was accepted", bound)
		}
	})
}
