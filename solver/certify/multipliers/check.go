package multipliers

import (
	"fmt"
	"io"
	"math"
	"math/big"
)

// Reason says what a refusal is about.
type Reason string

// The reasons to refuse multipliers.
const (
	BadProgram     Reason = "program-unreadable"
	BadMultipliers Reason = "multipliers-unreadable"
	TooLarge       Reason = "number-too-large" // of more than 18 digits
	NotAllowed     Reason = "multiplier-not-allowed"
	NotShown       Reason = "bound-not-shown" // the sums make less
)

// Error is a refusal.
type Error struct {
	Reason  Reason
	Program bool // it is in the program, not in the multipliers
	Line    int  // of that text, from 1; 0 for no line
	Text    string
}

// Error gives the refusal in words.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Text
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Text)
}

// Bound is what multipliers show.
type Bound struct {
	Tier    int     // whose cost is bounded, from 1
	Budgets []int64 // of the tiers before: what is taken costs at most so much there
	Least   int64   // nothing costs less
}

// The most that a program may have, so that hostile ones do not fill memory.
const (
	mostTiers  = 1_000
	mostRows   = 4_000_000
	mostBlocks = 50_000_000
)

// prices are multipliers as they were read.
type prices struct {
	Bound
	parts int64
	tiers []int64 // multipliers of the budgets
	rows  []priced
}

type priced struct {
	row, multiplier int64
	line            int
}

// Check adds up what multipliers show of a program. It fails with an *Error where
// a text cannot be read, a multiplier is not allowed, or the bound is higher than
// what the sums make.
func Check(program, multipliers io.Reader) (Bound, error) {
	p, refused := read(newText(multipliers, BadMultipliers))
	if refused != nil {
		return Bound{}, refused
	}
	s := &sum{prices: p, text: newText(program, BadProgram)}
	s.program()
	if s.text.err != nil {
		return Bound{}, s.text.err
	}
	if s.refused != nil {
		return Bound{}, s.refused
	}
	// Costs are whole: with more than n-1 units, it is n.
	below := big.NewInt(p.Least - 1)
	if s.bound.Cmp(below.Mul(below, big.NewInt(p.parts))) <= 0 {
		return Bound{}, &Error{NotShown, false, 0, fmt.Sprintf("the bound %d is claimed, and the sums make %s parts of which %d are a unit", p.Least, &s.bound, p.parts)}
	}
	return p.Bound, nil
}

// read reads multipliers.
func read(t *text) (prices, *Error) {
	var p prices
	t.line("multipliers")
	t.between(1, 1)
	t.ends()
	t.line("tier")
	p.Tier = int(t.between(1, mostTiers))
	t.ends()
	t.line("parts")
	p.parts = t.between(1, 1<<40)
	t.ends()
	for s := range p.Tier - 1 {
		t.line("budget")
		t.between(int64(s+1), int64(s+1))
		p.Budgets = append(p.Budgets, t.one())
		p.tiers = append(p.tiers, t.multiplier())
		t.ends()
		if t.err != nil {
			break
		}
	}
	word, last := t.next(), int64(0)
	for ; word == "row" && t.err == nil; word = t.next() {
		r := priced{row: t.between(last+1, mostRows), multiplier: t.multiplier(), line: t.number}
		t.ends()
		p.rows = append(p.rows, r)
		last = r.row
	}
	if t.err == nil && word != "bound" {
		t.fail(t.bad, "a line that begins with \"row\" or \"bound\" is wanted here, not %q", word)
	}
	p.Least = t.one()
	t.ends()
	t.last()
	return p, t.err
}

func (t *text) multiplier() int64 {
	n := t.one()
	if n < 0 {
		t.fail(NotAllowed, "a multiplier is not below 0")
	}
	return n
}

// sum adds up, while the program is read.
type sum struct {
	prices
	text    *text
	refused *Error
	bound   big.Int   // in parts
	upTo    []big.Int // by row: the multipliers of it and those before together
}

func (s *sum) program() {
	t := s.text
	t.line("program")
	t.between(1, 1)
	t.ends()
	t.line("tiers")
	tiers := int(t.between(1, mostTiers))
	t.ends()
	if t.err == nil && s.Tier > tiers {
		s.refused = &Error{BadMultipliers, false, 0, fmt.Sprintf("they are for tier %d, and the program has %d", s.Tier, tiers)}
		return
	}
	t.line("due")
	s.costs(tiers, &s.bound)
	t.ends()
	for i, budget := range s.Budgets {
		s.less(budget, s.tiers[i])
	}
	t.line("rows")
	rows := t.between(0, mostRows)
	t.ends()
	s.upTo = append(s.upTo, big.Int{})
	left := s.rows
	for r := int64(1); r <= rows && t.err == nil; r++ {
		var p priced
		if len(left) > 0 && left[0].row == r {
			p, left = left[0], left[1:]
		}
		s.row(tiers, p)
	}
	if len(left) > 0 && s.refused == nil {
		s.refused = &Error{BadMultipliers, false, left[0].line, fmt.Sprintf("the program has no row %d", left[0].row)}
	}
	t.line("blocks")
	blocks := t.between(0, mostBlocks)
	t.ends()
	for i := int64(0); i < blocks && t.err == nil; i++ {
		s.block(tiers)
	}
	t.last()
}

// less takes off the bound what a budget or most is worth.
func (s *sum) less(most, multiplier int64) {
	var worth big.Int
	s.bound.Sub(&s.bound, worth.Mul(big.NewInt(most), big.NewInt(multiplier)))
}

// costs adds what the numbers of the line, one for each tier, cost.
func (s *sum) costs(tiers int, to *big.Int) {
	var one, times big.Int
	for i := 1; i <= tiers; i++ {
		cost := s.text.one()
		switch {
		case cost == 0 || i > s.Tier:
			continue
		case i == s.Tier:
			times.SetInt64(s.parts)
		default:
			times.SetInt64(s.tiers[i-1])
		}
		to.Add(to, one.Mul(one.SetInt64(cost), &times))
	}
}

// row takes in a row with its multiplier.
func (s *sum) row(tiers int, p priced) {
	t := s.text
	word := t.next()
	if word == "soft" {
		tier, weight := int(t.between(1, int64(tiers))), t.between(0, math.MaxInt64)
		var most big.Int
		switch {
		case tier == s.Tier:
			most.Mul(big.NewInt(weight), big.NewInt(s.parts))
		case tier < s.Tier:
			most.Mul(big.NewInt(weight), big.NewInt(s.tiers[tier-1]))
		}
		if most.Cmp(big.NewInt(p.multiplier)) < 0 && p.multiplier > 0 && s.refused == nil {
			s.refused = &Error{NotAllowed, false, p.line, fmt.Sprintf("the multiplier %d of row %d is over its price, which is %s parts", p.multiplier, p.row, &most)}
		}
	} else if word != "hard" {
		t.fail(BadProgram, "a line that begins with \"hard\" or \"soft\" is wanted here, not %q", word)
	}
	s.less(t.one(), p.multiplier)
	t.ends()
	var next big.Int
	next.Add(&s.upTo[len(s.upTo)-1], big.NewInt(p.multiplier))
	s.upTo = append(s.upTo, next)
}

// block adds the cheapest choice of a block.
func (s *sum) block(tiers int) {
	t := s.text
	t.line("block")
	choices := t.between(1, 1<<40)
	t.ends()
	var least, cost, use big.Int
	for c := int64(0); c < choices && t.err == nil; c++ {
		t.line("choice")
		cost.SetInt64(0)
		s.costs(tiers, &cost)
		for len(t.rest) > 0 && t.err == nil {
			first, last, amount := s.use()
			if t.err != nil {
				return
			}
			if use.Sub(&s.upTo[last], &s.upTo[first-1]); use.Sign() != 0 {
				cost.Add(&cost, use.Mul(&use, big.NewInt(amount)))
			}
		}
		if c == 0 || cost.Cmp(&least) < 0 {
			least.Set(&cost)
		}
	}
	s.bound.Add(&s.bound, &least)
}

// use reads the rows, first to last, of each of which a choice uses an amount.
func (s *sum) use() (first, last, amount int64) {
	t := s.text
	first, end := t.integer(":-")
	last = first
	if end == '-' {
		last, end = t.integer(":")
	}
	if t.err == nil && end != ':' {
		t.fail(BadProgram, "a use is written ROW:AMOUNT or FIRST-LAST:AMOUNT")
	}
	amount = t.one()
	if rows := int64(len(s.upTo) - 1); t.err == nil && (first < 1 || last < first || last > rows) {
		t.fail(BadProgram, "there are no rows %d to %d; the program has %d", first, last, rows)
	}
	return first, last, amount
}
